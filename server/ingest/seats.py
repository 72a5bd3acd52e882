"""A student's exams, and opening a session: the seat's key, the policy, the reference, the way back in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, insert, select, update

from evidence.receipt import Head, make_grant
from evidence.signing import VerifyingKey, payload_of
from server import accounts, audit, delivery
from server.at_rest import template_purpose
from server.clock import after
from server.ingest import ledger_index
from server.ingest.access import Access, Caller, session_of
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.times import added_minutes, exam_state
from server.references import limits_of, others_enrolled
from server.schema import exams, references, seats, sessions
from server.settings import LANGUAGES


@dataclass(frozen=True)
class Opening:
    """What the client sent to open a session, checked for form."""

    session_key: VerifyingKey
    client: Mapping[str, str]
    consent_version: str
    consented_at: str
    machine: str
    takeover: bool


def list_exams(services: Services, caller: Caller) -> dict[str, Any]:
    def work(connection: Connection) -> list[dict[str, Any]]:
        query = (
            select(seats, exams.c.title, exams.c.rehearsal, sessions.c.state, sessions.c.id.label("session"))
            .join(exams, exams.c.id == seats.c.exam)
            .outerjoin(sessions, sessions.c.seat == seats.c.id)
            .where(seats.c.student == caller.id)
            .order_by(seats.c.opens_at, seats.c.id)
        )
        return [_listed(connection, row, now) for row in connection.execute(query)]

    now = services.now()
    return {"server_time": now, "exams": services.database.read(work)}


def open_session(
    services: Services, caller: Caller, seat: str, opening: Opening
) -> tuple[Access, dict[str, Any]] | Refused:
    """Makes the seat's one session, or leads back into it. Returns the access and the answer without its status."""
    found = services.database.read(lambda connection: _find(services, connection, caller, seat))
    if isinstance(found, Refused):
        return found
    seat_row, exam, session = found
    if session is None:
        session_id = services.database.write(lambda connection: _begin(services, connection, caller, seat_row, opening))
        resume = None
    else:
        session_id = session["id"]
        again = _come_back(services, caller, session, opening)
        if isinstance(again, Refused):
            return again
        resume = again
    seat_key = services.settings.folder.seat_key_line(seat).read_text().strip()
    services.store.create(session_id, seat_key, services.server_key_line)
    # An exam that begins late in the token's life must not lose it in the middle.
    hours, now = services.settings.token_hours, services.now()
    services.database.write(
        lambda connection: accounts.renew_token(connection, caller.token_hash, now=now, hours=hours)
    )
    access = services.database.read(lambda connection: session_of(connection, caller, session_id))
    if isinstance(access, Refused):
        return access
    answer = {
        "session": session_id,
        "nonce": access.session["nonce"],
        "seat_key": seat_key,
        "server_key": services.server_key_line,
        "policy": _policy(services, seat_row, exam),
        "reference": _reference(services, caller.id),
        "resume": resume,
        "delivery": _delivery(services, caller, session_id),
    }
    return access, answer


def _find(
    services: Services, connection: Connection, caller: Caller, seat: str
) -> tuple[RowMapping, RowMapping, RowMapping | None] | Refused:
    seat_row = connection.execute(select(seats).where(seats.c.id == seat)).mappings().first()
    if seat_row is None or seat_row["student"] != caller.id:
        return Refused(Refusal.NOT_YOURS)
    exam = connection.execute(select(exams).where(exams.c.id == seat_row["exam"])).mappings().one()
    session = connection.execute(select(sessions).where(sessions.c.seat == seat)).mappings().first()
    added = added_minutes(connection, seat_row["exam"], session["id"] if session else None)
    # A session that was begun can always be entered again: what was recorded must be delivered and handed in.
    match exam_state(seat_row, session["state"] if session else None, added, services.now()):
        case "upcoming":
            return Refused(Refusal.EXAM_NOT_OPEN, {"opens": seat_row["opens_at"]})
        case "handed_in":
            return Refused(Refusal.ALREADY_HANDED_IN)
        case "closed":
            return Refused(Refusal.EXAM_CLOSED, {"closes": seat_row["closes_at"]})
    return seat_row, exam, session


def _begin(services: Services, connection: Connection, caller: Caller, seat: RowMapping, opening: Opening) -> str:
    held = connection.execute(select(sessions.c.id).where(sessions.c.seat == seat["id"])).scalar()
    if held is not None:  # the same request came twice at once
        return str(held)
    now = services.now()
    session_id = secrets.token_hex(10)
    connection.execute(
        insert(sessions).values(
            id=session_id,
            seat=seat["id"],
            exam=seat["exam"],
            student=caller.id,
            nonce=secrets.token_hex(16),
            first_key=opening.session_key.text,
            session_key=opening.session_key.text,
            opened_at=now,
            **_client_values(caller, opening, now),
        )
    )
    _audit(connection, caller, "session-open", session_id, now=now, details={"seat": seat["id"]})
    return session_id


def _come_back(services: Services, caller: Caller, session: RowMapping, opening: Opening) -> dict[str, Any] | Refused:
    """Another machine only with ``takeover`` while the present one is alive; another key only by a grant."""
    now = services.now()
    elsewhere = session["machine"] != opening.machine
    seen = services.presence.last(session["id"], session["seen_at"])
    if elsewhere and not opening.takeover and now < after(seen, seconds=services.settings.active_seconds):
        return Refused(Refusal.IN_USE_ELSEWHERE, {"seen": seen})
    with services.ledgers.hold(session["id"]) as ledger:
        values = _client_values(caller, opening, now)
        grant = None
        if ledger.head is None:  # nothing was delivered under the old key: the new one simply takes its place
            values |= {"first_key": opening.session_key.text, "session_key": opening.session_key.text}
        elif opening.session_key.text != ledger.key.text:
            # Asked for the same key once more, the same grant: lines that carry it may be on their way.
            grant = _granted_before(services, session["id"], opening.session_key, ledger.head)
            if grant is None:
                reason = "other-machine" if elsewhere else "restart"
                grant = make_grant(
                    session["id"], ledger.key, opening.session_key, ledger.head, reason, now, services.server_key
                )
        values |= {"pending_grant": grant, "pending_elsewhere": elsewhere and grant is not None}

        def work(connection: Connection) -> None:
            connection.execute(update(sessions).where(sessions.c.id == session["id"]).values(**values))
            details = {"elsewhere": elsewhere, "new_key": grant is not None}
            _audit(connection, caller, "session-resume", session["id"], now=now, details=details)

        services.database.write(work)
        head = ledger.head
        if head is None:
            ledger.reload()
    return {
        "head": {"n": head.n, "digest": head.digest} if head else None,
        "origin": services.database.read(lambda connection: ledger_index.origin(connection, session["id"])),
        "grant": grant,
        "paper_released": session["started_at"] is not None,
    }


def _granted_before(services: Services, session: str, key: VerifyingKey, head: Head) -> str | None:
    """The grant that waits for its ``resume`` line, if it is for this key and follows this head."""
    query = select(sessions.c.pending_grant).where(sessions.c.id == session)
    pending = services.database.read(lambda connection: connection.execute(query).scalar())
    if pending is None:
        return None
    named = payload_of(pending)
    return str(pending) if (named["new_key"], named["head"]) == (key.text, head.to_json()) else None


def _client_values(caller: Caller, opening: Opening, now: str) -> dict[str, Any]:
    return {
        "machine": opening.machine,
        "client_token": caller.token_hash,
        "client": dict(opening.client),
        "consent_version": opening.consent_version,
        "consented_at": opening.consented_at,
        "seen_at": now,
    }


def _audit(
    connection: Connection, caller: Caller, action: str, session: str, *, now: str, details: Mapping[str, Any]
) -> None:
    audit.append(connection, at=now, who=caller.user["login"], action=action, subject=session, details=details)


def _policy(services: Services, seat: RowMapping, exam: RowMapping) -> dict[str, Any]:
    settings = services.settings
    return {
        "streams": seat["streams"],
        "simulated": {"camera": seat["simulated_camera"], "microphone": seat["simulated_microphone"]},
        "identity": _identity(services, seat["student"]),
        "watching": {"off": settings.watching_off},
        "files": {"most_bytes": settings.files_most_bytes},
        "minutes": seat["minutes"],
        "extra_minutes": seat["extra_minutes"],
        "kept_days": seat["kept_days"],
        "title": exam["title"],
        "rehearsal": exam["rehearsal"],
        "languages": list(LANGUAGES),
        "check_at": f"{settings.review_address}/receipt",
        "give_back": {
            "stopped": settings.give_back_stopped,
            "network": settings.give_back_network,
            "most_minutes": settings.give_back_most_minutes,
        },
    }


def _identity(services: Services, student: str) -> dict[str, Any]:
    """Limits and model; whether software alone may say "match" hangs on how many others are enrolled."""
    settings = services.settings
    model = limits_of(settings).model
    others = services.database.read(lambda connection: others_enrolled(connection, student, model))
    kind = settings.identity_model_kind if settings.identity_model else "dlib"
    return {**limits_of(settings, others).to_dict(), "kind": kind}


def _delivery(services: Services, caller: Caller, session: str) -> dict[str, str]:
    """What lets this computer go on, or hand in by a file, when nobody can sign in."""
    recipient = delivery.recipient_line(services.at_rest, session, services.server_key)
    resume = delivery.resume_token(services.at_rest, session, caller.user["password_hash"])
    return {"recipient": recipient, "resume": resume}


def _reference(services: Services, student: str) -> dict[str, Any] | None:
    row = services.database.read(
        lambda connection: connection.execute(select(references).where(references.c.student == student)).first()
    )
    if row is None:
        return None
    template = json.loads(services.at_rest.open(template_purpose(student), row.sealed_template))
    template.pop("apart", None)  # the cohort number holds it already
    return {"template": template, "cohort": row.cohort}


def _listed(connection: Connection, row: Row[Any], now: str) -> dict[str, Any]:
    added = added_minutes(connection, row.exam, row.session)
    return {
        "seat": row.id,
        "title": row.title,
        "opens": row.opens_at,
        "closes": row.closes_at,
        "minutes": row.minutes,
        "extra_minutes": row.extra_minutes,
        "state": exam_state(row._mapping, row.state, added, now),
        "rehearsal": row.rehearsal,
        "streams": row.streams,
        "kept_days": row.kept_days,
        "simulated_allowed": row.simulated_camera is not None or row.simulated_microphone,
    }
