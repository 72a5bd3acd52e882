"""Taking in a delivery file: the same rules as over the network, ending in the same receipt.

No sign-in is asked for, because nothing is believed that is not proved: lines by the session's signatures, segments by
the digests in those lines, answers by their commitments. Repeating a file is harmless.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from evidence.ledger import check_commitment
from evidence.receipt import Head, short_code
from evidence.signing import canonical_json, line_digest
from server import audit, delivery
from server.accept_bundle_file import DeliveryFile, FileRefused, SealedAnswers, Trouble
from server.ingest import deliver, exam
from server.ingest.access import Access, Caller
from server.ingest.outcomes import Refused
from server.ingest.services import Services
from server.schema import seats, sessions, users

LINES_AT_ONCE = 2000
WRITERS = 6  # each waits for the disk most of the time


@dataclass(frozen=True)
class TakenIn:
    """``receipt`` and ``code`` are empty while pieces or answers are missing. ``refused``: why the ledger was taken
    only up to a line, or ""."""

    session: str
    receipt: str = ""
    code: str = ""
    handed_in_before: bool = False
    pieces: int = 0  # that came with the file
    damaged: int = 0  # of these, not as the ledger lists them
    answers: int = 0  # taken from the file
    missing_pieces: int = 0
    missing_answers: int = 0
    ended: bool = True
    refused: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def accept(services: Services, file: DeliveryFile, who: str) -> TakenIn:
    """Raises ``FileRefused``. ``who`` stands in the audit chain."""
    row, seat, user = _find(services, file)
    if row["receipt"] is not None:
        if row["begin_digest"] != line_digest("ledger", file.lines[0]):
            raise FileRefused(Trouble.OTHER_SESSION)
        return TakenIn(row["id"], row["receipt"], short_code(row["receipt"]), handed_in_before=True)
    sealed = file.answers(delivery.identity(services.at_rest))
    fits = delivery.resume_fits(services.at_rest, row["id"], user["password_hash"], sealed.resume)
    in_charge = fits and row["machine"] == sealed.machine
    delivering = Access(Caller(user, row["client_token"] if in_charge else ""), row, seat)
    answering = Access(Caller(user, row["client_token"]), row, seat)
    refused = _lines(services, delivering, file)
    pieces, damaged = _segments(services, delivering, file)
    answers = _answers(services, answering, sealed)
    _note(services, row["id"], who, {"pieces": pieces, "answers": answers})
    head = Head(len(file.lines) - 1, line_digest("ledger", file.lines[-1]))
    result = exam.hand_in(services, answering, head.to_json(), {})
    taken = TakenIn(row["id"], pieces=pieces, damaged=damaged, answers=answers, refused=refused)
    if isinstance(result, Refused):
        lacking = sum(map(len, deliver.missing(services, delivering).values()))
        return replace(taken, missing_pieces=lacking, ended=False)
    if result["receipt"] is None:
        lacking = sum(map(len, result["missing"].values()))
        return replace(taken, missing_pieces=lacking, missing_answers=len(result["missing_answers"]))
    return replace(taken, receipt=result["receipt"], code=short_code(result["receipt"]))


def _find(services: Services, file: DeliveryFile) -> tuple[RowMapping, RowMapping, RowMapping]:
    def work(connection: Connection) -> tuple[RowMapping, RowMapping, RowMapping]:
        row = connection.execute(select(sessions).where(sessions.c.id == file.session)).mappings().first()
        if row is None:
            raise FileRefused(Trouble.UNKNOWN_SESSION)
        if row["seat"] != file.seat_key.seat:
            raise FileRefused(Trouble.OTHER_SESSION)
        if row["erased_at"] is not None or row["state"] == "closed":
            raise FileRefused(Trouble.CLOSED)
        seat = connection.execute(select(seats).where(seats.c.id == row["seat"])).mappings().one()
        user = connection.execute(select(users).where(users.c.id == row["student"])).mappings().one()
        return row, seat, user

    return services.database.read(work)


def _lines(services: Services, access: Access, file: DeliveryFile) -> str:
    """The reason of the first refusal, or "". What was held or accepted before it stays, and its pieces still count."""
    for at in range(0, len(file.lines), LINES_AT_ONCE):
        result = deliver.ledger(services, access, file.lines[at : at + LINES_AT_ONCE])
        if isinstance(result, Refused):
            if at == 0 and result.values.get("n") == 0:
                raise FileRefused(Trouble.OTHER_SESSION, str(result.values.get("reason")))
            return str(result.values.get("reason", result.code))
    return ""


def _segments(services: Services, access: Access, file: DeliveryFile) -> tuple[int, int]:
    """(pieces in the file, of these not taken)."""

    def put(place: tuple[str, int]) -> bool:
        sealed = file.read_segment(*place)
        if sealed is None:
            return False
        return not isinstance(deliver.segment(services, access, *place, sealed=sealed), Refused)

    with ThreadPoolExecutor(WRITERS) as writers:
        taken = sum(writers.map(put, file.segments))
    return len(file.segments), len(file.segments) - taken


def _answers(services: Services, access: Access, sealed: SealedAnswers) -> int:
    """How many were taken: those that the ledger holds a commitment to, and none else."""
    taken = 0
    for answer in sealed.answers:
        with services.ledgers.hold(access.id) as live:
            listed = live.answer_commitment(answer.question, answer.revision)
        content = {"question": answer.question, "revision": answer.revision, "value": answer.value}
        proved = listed == answer.commitment and check_commitment(
            bytes.fromhex(answer.salt), canonical_json(content, sort_keys=True), answer.commitment
        )
        if proved and not isinstance(exam.save_answer(services, access, answer), Refused):
            taken += 1
    return taken


def _note(services: Services, session: str, who: str, details: dict[str, int]) -> None:
    def work(connection: Connection) -> None:
        now = services.now()
        audit.append(connection, at=now, who=who, action="delivery-file", subject=f"session/{session}", details=details)

    services.database.write(work)
