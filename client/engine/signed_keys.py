"""What the server hands over with a seat, once its signatures hold: keys, and what lets this computer deliver later."""

from __future__ import annotations

from client.engine.workshop import Workshop
from client.errors import SenimError
from client.spool.folder import SessionSpool
from client.spool.note import Stage
from client.upload.transport import OpenedSession
from evidence import age
from evidence.errors import EvidenceError
from evidence.keys import SeatKey, read_seat_key, read_server_key
from evidence.signing import VerifyingKey, read_line

RESUME = "resume"  # the kept thing's name


class SeatKeyUnsigned(SenimError):
    """The keys of this seat do not carry the institution's signature: nothing may be sealed to them."""

    code = "seat_key_unsigned"


def check_keys(workshop: Workshop, seat_line: str, server_line: str, seat: str) -> tuple[SeatKey, VerifyingKey]:
    """Both keys, if the institution signed them and the seat is this one. Raises ``SeatKeyUnsigned``."""
    try:
        seat_key = read_seat_key(seat_line, workshop.verifying_key)
        server_key = read_server_key(server_line, workshop.verifying_key)
    except EvidenceError as error:
        raise SeatKeyUnsigned(str(error)) from error
    if seat_key.seat != seat:
        raise SeatKeyUnsigned(f"the key is signed for seat {seat_key.seat}")
    return seat_key, server_key


def keep_delivery(spool: SessionSpool, answer: OpenedSession, server_key: VerifyingKey) -> None:
    """The recipient in clear, once its signature holds; the resume token under the local key, gone with the receipt."""
    if answer.delivery is None:
        return
    try:
        named = read_line("delivery", answer.delivery.recipient, server_key)
        if named["session"] != answer.session:
            raise SeatKeyUnsigned("a recipient for another session")
        spool.update(recipient=age.parse_recipient(str(named["recipient"])).text)
    except (EvidenceError, KeyError) as error:
        raise SeatKeyUnsigned(f"the recipient of answers: {error}") from error
    spool.table.keep(RESUME, answer.delivery.resume.encode())


def resume_token(spool: SessionSpool) -> str:
    """This session's, or "" where there is none (any more)."""
    kept = spool.table.kept(RESUME) if spool.note.stage is not Stage.DELIVERED else None
    return kept.decode() if kept else ""
