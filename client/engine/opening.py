"""Opening a seat: what the network is asked, what of its answers is believed, and what lies here already.

Everything in this file blocks and runs in the thread for calls. What comes out is checked: the seat key and
the server key carry the institution's signature, names are fit for folders, a ledger that goes on is whole.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from typing import Any

from client.clock import Origin, SessionClock
from client.engine.branches import bring_segments, set_aside
from client.engine.policy import Policy
from client.engine.recording import Opened
from client.engine.session_time import clock_of, learn_server_time
from client.engine.signed_keys import check_keys, keep_delivery
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.machine import machine_name
from client.spool.disk import write_whole
from client.spool.folder import SessionSpool, sessions_in
from client.spool.note import SessionNote, SpoolDamaged, Stage, check_session_name
from client.spool.vault import VaultClosed
from client.upload.history import LINES_AT_ONCE, held_by_receipts
from client.upload.transport import NetworkDown, OpenedSession, Refused, Resume, Transport
from evidence.errors import EvidenceError
from evidence.ledger import Ledger
from evidence.signing import SigningKey, VerifyingKey, line_digest, payload_of

STRAIGHT_BACK_MS = 15 * 60_000
"""Away for longer, the check of devices and identity is made again."""


class KeyLost(SenimError):
    """What lies on this computer cannot be gone on with, and the server does not help."""

    code = "key_lost"


@dataclass(frozen=True)
class Asked:
    """The student's wish. ``title`` and ``login`` go into the note for later."""

    seat: str
    title: str
    login: str
    consent_version: str
    consented_at: str
    takeover: bool
    straight_back: bool = False


@dataclass(frozen=True)
class Entered:
    """A session ready to be sat. ``done``: it was handed in before, only the delivery is left. ``straight_back``: to
    the questions, which are here, without another check."""

    opened: Opened
    policy: Policy
    clock: SessionClock
    reference: dict[str, Any] | None
    resumed: bool
    done: bool
    ends: str
    notices: list[dict[str, Any]]
    straight_back: bool = False


def open_seat(workshop: Workshop, transport: Transport, asked: Asked) -> Entered:
    """Raises ``SenimError``: refused, not reachable, not signed, damaged."""
    local = _local_session(workshop, asked)
    if local is not None:
        deliver_lines(transport, local)
        if local.note.stage is Stage.ENDED:
            return _deliver_only(workshop, transport, local, asked)
    key = SigningKey.generate()
    answer = transport.open_session(asked.seat, session_request(workshop, key.verifying, asked))
    seat_key, server_key = check_keys(workshop, answer.seat_key, answer.server_key, asked.seat)
    policy = Policy.from_json(answer.policy)
    session = check_session_name(answer.session)
    if local is not None and local.note.session != session:
        local.close()  # of another sitting of this seat; its folder stays and is delivered by itself
        local = None
    grant = answer.resume.grant if answer.resume is not None else None
    if answer.resume is not None and answer.resume.head is not None:
        spool = _go_on(workshop, transport, answer, answer.resume, local=local, asked=asked)
    else:
        spool = _start(workshop, answer, local, asked)
    clock = clock_of(spool, answer)
    straight_back = asked.straight_back and spool is local and _away_shortly(spool, clock)
    spool.update(
        stage=Stage.OPENED,
        nonce=answer.nonce,
        policy=answer.policy,
        origin=asdict(clock.origin),
        grant=grant or "",
        ends=answer.status.ends or spool.note.ends,
        consent_version=asked.consent_version,
        consented_at=asked.consented_at,
        paper_shown=spool.note.paper_shown or _released(answer),
    )
    _keep_reference(spool, answer.reference)
    keep_delivery(spool, answer, server_key)
    learn_server_time(spool, clock, answer.status.server_time)
    _merge_answers(transport, spool, answer)
    opened = Opened(spool, key, seat_key, server_key, grant)
    resumed = answer.resume is not None and answer.resume.head is not None
    ends, notices = answer.status.ends or "", answer.status.notices
    return Entered(opened, policy, clock, answer.reference, resumed, False, ends, notices, straight_back)


def _away_shortly(spool: SessionSpool, clock: SessionClock) -> bool:
    """The questions were open here, and the last line is young: whoever sat here before a crash sits here still."""
    note, lines = spool.note, spool.lines()
    if note.stage is not Stage.SITTING or spool.table.kept("paper") is None:
        return False
    return clock.now_ms() - int(payload_of(lines[-1])["at"]) <= STRAIGHT_BACK_MS


def _released(answer: OpenedSession) -> bool:
    return answer.resume is not None and answer.resume.paper_released


def session_request(workshop: Workshop, key: VerifyingKey, asked: Asked) -> dict[str, Any]:
    """The body of the call that opens a seat."""
    return {
        "session_key": key.text,
        "client": {"name": "Senim", "version": workshop.version, "system": platform.system()},
        "consent": {"version": asked.consent_version, "at": asked.consented_at},
        "machine": machine_name(workshop.data_dir),
        "takeover": asked.takeover,
    }


# -- what lies here already -----------------------------------------------------------------


def _local_session(workshop: Workshop, asked: Asked) -> SessionSpool | None:
    """This student's undelivered session of the seat on this computer, if there is one that can be read."""
    for folder in sessions_in(workshop.spool_root):
        try:
            note = SessionNote.load(folder)
            same = (note.seat, note.login, note.server) == (asked.seat, asked.login, workshop.server)
            if same and note.stage is not Stage.DELIVERED:
                return SessionSpool.open(folder)
        except (SpoolDamaged, VaultClosed):
            continue  # it is set aside when its name is needed again; what it holds is sealed and stays
    return None


def deliver_lines(transport: Transport, spool: SessionSpool) -> None:
    """Bring the old key's remaining lines home first: the server's grant then names the very last of them."""
    lines, session = spool.lines(), spool.note.session
    at = held_by_receipts(spool.receipts(), session) + 1
    while at < len(lines):
        try:
            taken = transport.post_lines(session, lines[at : at + LINES_AT_ONCE])
        except NetworkDown:
            raise
        except Refused as error:
            if error.passing:
                raise  # opened now, the server would go on without these lines, and they would never count
            return  # what it holds instead is seen when the seat is opened
        except SenimError:
            return
        at = max(at + 1, taken.head.n + 1)


def _deliver_only(workshop: Workshop, transport: Transport, spool: SessionSpool, asked: Asked) -> Entered:
    """Handed in without network earlier: nothing is recorded any more, it only has to arrive."""
    note = spool.note
    lines = spool.lines()
    current = current_key(lines)
    ends, notices = note.ends, []
    try:
        answer = transport.open_session(asked.seat, session_request(workshop, current, asked))
        ends, notices = answer.status.ends or ends, answer.status.notices
    except Refused as error:
        # The receipt may be all that is missing; then the seat does not open any more.
        if error.word not in ("already_handed_in", "exam_closed"):
            raise
    seat_key, server_key = check_keys(workshop, note.seat_key, note.server_key, note.seat)
    opened = Opened(spool, SigningKey.generate(), seat_key, server_key)
    clock = SessionClock(Origin(**note.origin))
    return Entered(opened, Policy.from_json(note.policy), clock, None, False, True, ends, notices)


def current_key(lines: list[str]) -> VerifyingKey:
    """The session key the last line was signed with. Raises ``SpoolDamaged``."""
    try:
        payloads = [payload_of(line) for line in lines]
        text = [p["key"] for p in payloads if p.get("type") in ("begin", "resume")][-1]
        return VerifyingKey.from_text(text)
    except (EvidenceError, IndexError, KeyError, TypeError) as error:
        raise SpoolDamaged(f"the ledger names no key: {error}") from error


# -- a folder for it ------------------------------------------------------------------------


def _start(workshop: Workshop, answer: OpenedSession, local: SessionSpool | None, asked: Asked) -> SessionSpool:
    """Nothing of this session is at the server: a clean folder, or the empty one from before."""
    if local is not None and not local.lines():
        local.update(seat_key=answer.seat_key, server_key=answer.server_key)
        return local
    if local is not None:
        local.close()
    set_aside(workshop.spool_root, answer.session)
    return SessionSpool.create(workshop.spool_root, _note(workshop, answer, asked))


def _go_on(
    workshop: Workshop,
    transport: Transport,
    answer: OpenedSession,
    resume: Resume,
    *,
    local: SessionSpool | None,
    asked: Asked,
) -> SessionSpool:
    """Go on after the server's head: with the ledger that lies here, or with the server's where ours differs."""
    head = resume.head
    if local is not None and head is not None:
        lines = local.lines()
        if lines and (len(lines) - 1, line_digest("ledger", lines[-1])) == (head.n, head.digest):
            return local
    lines = _ledger_from_server(transport, answer, resume)
    rescued = local.table.answers() if local is not None else []
    marks = local.table.kept("marks") if local is not None else None
    if local is not None:
        local.close()
    aside = set_aside(workshop.spool_root, answer.session)
    spool = SessionSpool.create(workshop.spool_root, _note(workshop, answer, asked))
    write_whole(spool.ledger_file, "".join(line + "\n" for line in lines).encode("ascii"))
    _check_ledger(spool, answer)
    if aside is not None:
        bring_segments(aside, spool)
    spool.put_in_order()
    for row in rescued:
        spool.table.put_answer(row.question, row.revision, row.body)
    if marks is not None:
        spool.table.keep("marks", marks)
    return spool


def _ledger_from_server(transport: Transport, answer: OpenedSession, resume: Resume) -> list[str]:
    try:
        lines = transport.ledger(answer.session)
    except Refused as error:
        raise KeyLost(str(error)) from error
    head = resume.head
    if head is None or len(lines) - 1 != head.n or line_digest("ledger", lines[-1]) != head.digest:
        raise KeyLost("the server's ledger is not the one it names")
    return lines


def _check_ledger(spool: SessionSpool, answer: OpenedSession) -> None:
    """Every signature and link of the fetched ledger, before anything is built on it."""
    try:
        with Ledger.reopen(spool.ledger_file, SigningKey.generate()) as ledger:
            if ledger.session != answer.session:
                raise KeyLost("the server's ledger is another session's")
    except EvidenceError as error:
        raise KeyLost(str(error)) from error


def _note(workshop: Workshop, answer: OpenedSession, asked: Asked) -> SessionNote:
    return SessionNote(
        session=answer.session, seat=asked.seat, title=asked.title, login=asked.login, server=workshop.server,
        nonce=answer.nonce, policy=answer.policy, seat_key=answer.seat_key, server_key=answer.server_key, origin={},
    )  # fmt: skip


def _keep_reference(spool: SessionSpool, reference: dict[str, Any] | None) -> None:
    spool.table.keep("reference", json.dumps(reference).encode())


def _merge_answers(transport: Transport, spool: SessionSpool, answer: OpenedSession) -> None:
    """The newest of what the server and this disk hold; what only the server has comes here too."""
    if not _released(answer):
        return
    here = {row.question: row.revision for row in spool.table.answers()}
    for question, (revision, value) in transport.answers(answer.session).answers.items():
        if revision > here.get(question, 0):
            spool.table.put_answer(question, revision, {"value": value, "at": 0, "commitment": "", "salt": ""})
            spool.table.answer_listed(question, revision)
            spool.table.answer_at_server(question, revision)
