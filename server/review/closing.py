"""When a session was handed in: the client's signed word, the server's before it, the server's after it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from evidence.errors import EvidenceError
from evidence.signing import payload_of
from server.database import Database
from server.schema import ledger_lines
from server.store import Store


@dataclass(frozen=True)
class Closed:
    """ISO UTC. ``local``: this computer's wall clock in the signed ``end`` line; ``anchored``: the last line that had
    arrived before the end did, or None; ``arrived``: when the end arrived."""

    local: str
    anchored: str | None
    arrived: str


def closed(database: Database, store: Store, session: str) -> Closed | None:
    """None while there is no end."""

    def work(connection: Connection) -> tuple[int, int, str, str | None] | None:
        here = ledger_lines.c.session == session
        end = connection.execute(select(ledger_lines).where(here, ledger_lines.c.type == "end")).first()
        if end is None:
            return None
        before = select(func.max(ledger_lines.c.arrived_at)).where(here, ledger_lines.c.arrived_at < end.arrived_at)
        return end.offset, end.length, end.arrived_at, connection.execute(before).scalar()

    found = database.read(work)
    if found is None:
        return None
    offset, length, arrived, anchored = found
    try:
        local = str(payload_of(store.read_line(session, offset, length))["wall"])
    except (OSError, EvidenceError, KeyError, UnicodeDecodeError):
        return None
    return Closed(local, anchored, arrived)
