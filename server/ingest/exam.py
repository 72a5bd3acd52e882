"""The paper, the answers, and handing in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from evidence.receipt import make_closing_receipt, short_code
from server import answer_values, audit, breaks, papers
from server.answer_values import Value
from server.at_rest import answer_purpose
from server.clock import after, parse
from server.ingest.access import Access, given_minutes
from server.ingest.deliver import missing
from server.ingest.ledgers import LiveLedger
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.times import added_minutes, ends_at, window_end
from server.schema import answers, ledger_lines, segments, sessions

MAX_ANSWER_CHARACTERS = 200_000
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Answer:
    """One revision as sent. ``at``: session ms; ``commitment``, ``salt``: hex, as the ledger and review know them."""

    question: str
    revision: int
    value: Value
    at: int
    commitment: str
    salt: str

    def well_formed(self) -> bool:
        hashes = all(_HEX64.fullmatch(entry) for entry in (self.commitment, self.salt))
        numbers = 0 < self.revision < 2**31 and 0 <= self.at < 2**53
        known = answer_values.is_value(self.value) and answer_values.letters(self.value) <= MAX_ANSWER_CHARACTERS
        return hashes and numbers and known


def paper(services: Services, access: Access) -> dict[str, Any] | Refused:
    """Releases the paper once the recording has begun; the first release starts the exam's time."""
    refused = _may_write(access)
    if refused is not None:
        return refused

    given = given_minutes(services, access)

    def work(connection: Connection) -> Refused | None:
        now = services.now()
        session = connection.execute(select(sessions).where(sessions.c.id == access.id)).one()
        waiting = _waiting_for(connection, session, access.seat["streams"])
        if waiting:
            return Refused(Refusal.PAPER_NOT_READY, {"waiting_for": waiting})
        added = added_minutes(connection, session.exam, access.id) + given
        ends = ends_at(access.seat, session.started_at, added)
        if now >= (ends or window_end(access.seat, added)):
            return Refused(Refusal.TIME_OVER, {"ends": ends})
        if ends is None:
            connection.execute(update(sessions).where(sessions.c.id == access.id).values(started_at=now))
        return None

    refused = services.database.write(work)
    if refused is not None:
        return refused
    return papers.for_session(services.paper(access.session["exam"]), access.session["nonce"])


def _waiting_for(connection: Connection, session: Row[Any], streams: list[str]) -> list[str]:
    waiting = []
    if session.begin is None:
        waiting.append("begin")
    if not session.identity:
        waiting.append("identity")
    listed = select(segments.c.stream).where(segments.c.session == session.id).distinct()
    held = set(connection.execute(listed).scalars())
    return waiting + [stream for stream in streams if stream not in held]


def save_answer(services: Services, access: Access, answer: Answer) -> int | Refused:
    """Keeps one revision; every older one stays. Repeating a held revision is harmless."""
    refused = _may_write(access)
    if refused is not None:
        return refused
    if access.session["started_at"] is None:
        return Refused(Refusal.PAPER_NOT_READY, {"waiting_for": ["paper"]})
    if not answer.well_formed():
        return Refused(Refusal.BAD_REQUEST)
    question = services.paper(access.session["exam"]).question(answer.question)
    if question is None or question.kind == "description":
        return Refused(Refusal.UNKNOWN_QUESTION)
    if not answer_values.fits(question, answer.value):
        return Refused(Refusal.BAD_REQUEST, {"detail": "the value does not fit the question"})
    content = json.dumps(answer.value, ensure_ascii=False).encode()
    sealed = services.at_rest.seal(answer_purpose(access.id, answer.question, answer.revision), content)
    given = given_minutes(services, access)
    return services.database.write(lambda connection: _save(services, connection, access, answer, sealed, given))


def _save(
    services: Services, connection: Connection, access: Access, answer: Answer, sealed: bytes, given: float
) -> int | Refused:
    now = services.now()
    here = (answers.c.session == access.id) & (answers.c.question == answer.question)
    newest = connection.execute(select(answers).where(here).order_by(answers.c.revision.desc()).limit(1)).first()
    if newest is not None and newest.revision >= answer.revision:
        if newest.revision == answer.revision and newest.commitment == answer.commitment:
            return answer.revision
        return Refused(Refusal.ANSWER_STALE, {"revision": newest.revision, "value": _open(services, newest)})
    session = connection.execute(select(sessions).where(sessions.c.id == access.id)).one()
    if session.state != "open":
        return Refused(Refusal.ALREADY_HANDED_IN)
    ends = ends_at(access.seat, session.started_at, added_minutes(connection, session.exam, access.id) + given)
    if ends is None:
        return Refused(Refusal.PAPER_NOT_READY, {"waiting_for": ["paper"]})
    in_time = now <= after(ends, seconds=services.settings.grace_seconds)
    if not in_time and not _made_in_time(connection, session, answer, ends, services.settings.grace_seconds):
        return Refused(Refusal.TIME_OVER, {"ends": ends})
    connection.execute(
        insert(answers).values(
            session=access.id,
            question=answer.question,
            revision=answer.revision,
            sealed_value=sealed,
            at_ms=answer.at,
            commitment=answer.commitment,
            salt=answer.salt,
            received_at=now,
            late=now > ends,
        )
    )
    return answer.revision


def _made_in_time(connection: Connection, session: Row[Any], answer: Answer, ends: str, grace_seconds: int) -> bool:
    """Whether the session's own clock puts a late arrival inside the exam: the network was gone, the work is not lost.

    It is kept as ``late``; a person sees it and the ledger that speaks for it.
    """
    opened = connection.execute(
        select(func.min(ledger_lines.c.at_ms)).where(
            ledger_lines.c.session == session.id,
            ledger_lines.c.type == "event",
            ledger_lines.c.name == "paper-opened",
        )
    ).scalar()
    if opened is None:
        return False
    allowed_ms = (parse(ends) - parse(session.started_at)).total_seconds() * 1000
    return bool(answer.at <= opened + allowed_ms + grace_seconds * 1000)


def wish_break(services: Services, access: Access, word: str) -> Refused | None:
    """What the student wants of a break, one of ``breaks.WISHES``. One that runs can be ended at any time."""
    if word not in breaks.WISHES:
        return Refused(Refusal.BAD_REQUEST, {"detail": "wish"})
    refused = _may_write(access)
    if refused is not None:
        return refused
    given = given_minutes(services, access)

    def work(connection: Connection) -> Refused | None:
        now = services.now()
        started = connection.execute(select(sessions.c.started_at).where(sessions.c.id == access.id)).scalar_one()
        ends = ends_at(access.seat, started, added_minutes(connection, access.session["exam"], access.id) + given)
        if word in ("ask", "begin") and (ends is None or now >= ends):
            return Refused(Refusal.TIME_OVER, {"ends": ends}) if ends else Refused(Refusal.PAPER_NOT_READY)
        rule = breaks.rule_of(connection, access.session["exam"], services.settings.break_rule)
        done = breaks.wish(connection, rule, access.id, word, now)
        return None if done else Refused(Refusal.NO_BREAK)

    return services.database.write(work)


def all_answers(services: Services, access: Access) -> dict[str, dict[str, Any]]:
    """The newest revision of each answer."""
    rows = services.database.read(lambda connection: _newest(connection, access.id))
    return {row.question: {"revision": row.revision, "value": _open(services, row)} for row in rows}


def _newest(connection: Connection, session: str) -> list[Row[Any]]:
    query = select(answers).where(answers.c.session == session).order_by(answers.c.question, answers.c.revision)
    return list({row.question: row for row in connection.execute(query)}.values())


def _open(services: Services, row: Row[Any]) -> Value:
    purpose = answer_purpose(row.session, row.question, row.revision)
    value: Value = json.loads(services.at_rest.open(purpose, row.sealed_value))
    return value


def _may_write(access: Access) -> Refused | None:
    if access.session["state"] != "open":
        return Refused(Refusal.ALREADY_HANDED_IN)
    return None if access.in_charge else Refused(Refusal.IN_USE_ELSEWHERE)


def hand_in(
    services: Services, access: Access, head: Mapping[str, Any], revisions: Mapping[str, int]
) -> dict[str, Any] | Refused:
    """The closing receipt once the ledger's end, every listed segment and every answer is held; else what is not.

    ``revisions``: question -> newest revision the client knows of. Repeating it returns the same receipt.
    """
    if access.session["state"] == "closed":
        return Refused(Refusal.EXAM_CLOSED)
    with services.ledgers.hold(access.id) as live:
        session = services.database.read(
            lambda connection: connection.execute(select(sessions).where(sessions.c.id == access.id)).one()
        )
        if session.receipt is not None:
            return {"receipt": session.receipt, "missing": {}, "missing_answers": []}
        held = live.head
        if session.end_reason is None or held is None or held.to_json() != dict(head):
            return Refused(Refusal.NOT_ENDED, {"head": held.to_json() if held else None})
        lacking = missing(services, access)
        unanswered = _lacking_answers(services, access, live, revisions)
        if lacking or unanswered:
            return {"receipt": None, "missing": lacking, "missing_answers": unanswered}
        receipt = _close(services, access, live, session)
    services.presence.forget(access.id)
    return {"receipt": receipt, "missing": {}, "missing_answers": []}


def _lacking_answers(services: Services, access: Access, live: LiveLedger, revisions: Mapping[str, int]) -> list[str]:
    """Answers that the ledger or the client names in a newer revision than is held, while they can still be sent."""

    given = given_minutes(services, access)

    def work(connection: Connection) -> tuple[list[Row[Any]], str | None]:
        started = connection.execute(select(sessions.c.started_at).where(sessions.c.id == access.id)).scalar_one()
        added = added_minutes(connection, access.session["exam"], access.id) + given
        return _newest(connection, access.id), ends_at(access.seat, started, added)

    rows, ends = services.database.read(work)
    # Long after the end only answers made in time are taken; one that never can be must not block the receipt.
    if ends is None or services.now() > after(ends, days=1):
        return []
    wanted = {question: max(revision, 0) for question, revision in revisions.items()}
    for question, revision in live.answer_revisions().items():
        wanted[question] = max(revision, wanted.get(question, 0))
    held = {row.question: row.revision for row in rows}
    return sorted(question for question, revision in wanted.items() if revision > held.get(question, 0))


def _close(services: Services, access: Access, live: LiveLedger, session: Row[Any]) -> str:
    now, coverage, head = services.now(), live.coverage(), live.head
    if head is None:
        raise AssertionError("only a ledger with an end is closed")
    receipt = make_closing_receipt(
        access.id,
        session.begin_digest,
        live.key,
        head,
        {stream: found["ratio"] for stream, found in coverage.items()},
        live.answers_digest,
        session.opened_at,
        now,
        services.server_key,
    )
    services.store.append_receipt(access.id, receipt)

    def work(connection: Connection) -> None:
        connection.execute(
            update(sessions)
            .where(sessions.c.id == access.id)
            .values(
                state="handed_in",
                handed_in_at=now,
                coverage_claimed=coverage,
                receipt=receipt,
                receipt_code=short_code(receipt),
                seen_at=now,
            )
        )
        who = access.caller.user["login"]
        audit.append(connection, at=now, who=who, action="hand-in", subject=access.id, details={"n": head.n})

    services.database.write(work)
    return receipt
