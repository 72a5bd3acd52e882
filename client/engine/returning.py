"""Going on after window and recorder died and the paper had been opened: with the institution, or without a network.

Without one the new session key begins with a ``resume`` line without a grant: unanchored until the server has
countersigned it.
"""

from __future__ import annotations

from typing import Any

from client.clock import Origin, SessionClock, iso
from client.engine.opening import Entered
from client.engine.policy import Policy
from client.engine.recording import Opened
from client.engine.signed_keys import check_keys, resume_token
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.exam import unix_ms
from client.machine import machine_name
from client.spool.folder import SessionSpool, sessions_in
from client.spool.note import SessionNote, SpoolDamaged, Stage, check_session_name
from client.upload.transport import Transport
from evidence.lost_time import AGAIN, GiveBack, lost_time
from evidence.signing import SigningKey, payload_of

# After a restart of the program the server's time is known from before; any fresh answer is better than this memory.
REMEMBERED_ROUND_TRIP_MS = 5000


class CannotGoOn(SenimError):
    """The questions were not opened on this computer, or what is needed to go on is not here."""

    code = "cannot_go_on"


def may_go_on(note: SessionNote, server: str) -> bool:
    """Whether this session can be gone on with here, without asking anybody."""
    return note.server == server and note.stage is Stage.SITTING and note.paper_shown


def consents_here(workshop: Workshop, login: str) -> dict[str, tuple[str, str]]:
    """{seat: version and time of the consent} of this student's exams that can be gone on with here."""
    found: dict[str, tuple[str, str]] = {}
    for folder in sessions_in(workshop.spool_root):
        try:
            note = SessionNote.load(folder)
        except SpoolDamaged:
            continue
        if note.login == login and may_go_on(note, workshop.server):
            found[note.seat] = note.consent_version, note.consented_at
    return found


def enter_offline(workshop: Workshop, session: str) -> Entered:
    """Raises ``SenimError``, ``EvidenceError``, ``OSError``."""
    spool = SessionSpool.open(workshop.spool_root / check_session_name(session))
    note = spool.note
    if not may_go_on(note, workshop.server) or spool.table.kept("paper") is None:
        spool.close()
        raise CannotGoOn(session)
    seat_key, server_key = check_keys(workshop, note.seat_key, note.server_key, note.seat)
    opened = Opened(spool, SigningKey.generate(), seat_key, server_key)
    payloads = [payload_of(line) for line in spool.lines()]
    clock = clock_again(note, int(payloads[-1]["at"]))
    ends = _ends_again(note, payloads, clock.now_ms())
    return Entered(opened, Policy.from_json(note.policy), clock, None, True, False, ends, [])


def _ends_again(note: SessionNote, payloads: list[dict[str, Any]], now_ms: int) -> str:
    """The last end the server named, moved by what its rule will give back of the time since the last line. The server
    works it out from the same lines as soon as it has them."""
    if not note.ends:
        return ""
    rule = GiveBack.from_json(note.policy.get("give_back"))
    back: list[dict[str, Any]] = [
        {"type": "resume", "at": now_ms}, {"type": "event", "name": AGAIN, "at": now_ms},
    ]  # fmt: skip
    before, after = rule.of(lost_time(payloads)), rule.of(lost_time([*payloads, *back]))
    more = after.stopped_ms + after.network_ms - before.stopped_ms - before.network_ms
    return iso(unix_ms(note.ends) + max(0, more))


def clock_again(note: SessionNote, last_ms: int = 0) -> SessionClock:
    """The session's clock in a new process. ``last_ms``: the last line's session time, which has passed in any case,
    whatever somebody made of the computer's wall clock. After a restart of the computer the time is unproven."""
    origin = Origin(**note.origin)
    clock = SessionClock(origin)
    same_boot = clock.origin == origin
    if clock.now_ms() < last_ms:
        back_ns = (last_ms - clock.now_ms()) * 1_000_000
        clock = SessionClock(Origin(clock.origin.raw_ns - back_ns, clock.origin.unix_ms, clock.origin.boot))
    if note.server_unix_ms is not None:
        if same_boot:
            half = REMEMBERED_ROUND_TRIP_MS // 2
            clock.learn_server_time(note.server_unix_ms + half, 0, REMEMBERED_ROUND_TRIP_MS)
        else:
            clock.assume_server_time(note.server_unix_ms)
    return clock


def use_resume(workshop: Workshop, transport: Transport, spool: SessionSpool) -> None:
    """Let ``transport`` go on with the session where nobody is signed in."""
    token = resume_token(spool)
    if token:
        transport.resume_with(spool.note.session, token, machine_name(workshop.data_dir))
