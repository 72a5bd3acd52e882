"""What a receipt proves, worked out for whoever holds one: its signature, and what this server holds of it today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from evidence.errors import EvidenceError
from evidence.keys import read_server_key
from evidence.receipt import read_receipt, short_code
from evidence.signing import SigningError, VerifyingKey, group, line_digest, payload_of
from server.database import Database
from server.schema import sessions
from server.settings import DataFolder
from server.store import Store, StoreError

MAX_FILE_BYTES = 256 * 1024
_LETTERS = str.maketrans("OIL", "011")  # as Crockford reads what people write


class Outcome(StrEnum):
    """Each has a sentence on the page."""

    GOOD = "good"  # issued here, and what it speaks of is held unchanged
    ERASED = "erased"  # the same, and the recording was erased since
    DIFFERS = "differs"  # signed here, but the server's ledger or receipt is another now
    NOT_HELD = "not_held"  # signed here, and the session is not on this server
    CHANGED = "changed"  # not signed by this institution, or altered
    NO_RECEIPT = "no_receipt"  # the file holds none
    UNKNOWN_CODE = "unknown_code"


@dataclass(frozen=True)
class Checked:
    """``receipt``: its payload where one was found. Nothing in it names a person."""

    outcome: Outcome
    code: str = ""
    receipt: Mapping[str, Any] | None = None

    @property
    def good(self) -> bool:
        return self.outcome in (Outcome.GOOD, Outcome.ERASED)


def plain_code(text: str) -> str:
    """``XXXX-XXXX-XXXX`` however it was typed; "" where it cannot be one."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(_LETTERS)
    return group(letters, "-") if re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{12}", letters) else ""


class ReceiptCheck:
    """Public keys, the database's index and the session folders; no key that opens or signs anything."""

    def __init__(self, folder: DataFolder, database: Database, store: Store) -> None:
        self._folder, self._database, self._store = folder, database, store

    def by_code(self, text: str) -> Checked:
        code = plain_code(text)
        query = select(sessions).where(sessions.c.receipt_code == code)
        row = self._database.read(lambda connection: connection.execute(query).mappings().first()) if code else None
        if row is None:
            return Checked(Outcome.UNKNOWN_CODE, code)
        return self._against(row["receipt"], row)

    def by_file(self, content: bytes) -> Checked:
        """The last closing receipt in a text file, else its last receipt of any kind."""
        lines = [line for line in content.decode("utf-8", "replace").splitlines() if _looks_signed(line)]
        closing = [line for line in lines if payload_of(line).get("type") == "closing"]
        found = (closing or [line for line in lines if payload_of(line).get("type") == "head"])[-1:]
        return self._line(found[0]) if found else Checked(Outcome.NO_RECEIPT)

    def _line(self, line: str) -> Checked:
        try:
            session = str(read_receipt(line, self._server_key())["session"])
        except EvidenceError:
            return Checked(Outcome.CHANGED)

        def work(connection: Connection) -> RowMapping | None:
            return connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()

        row = self._database.read(work)
        if row is None:
            return Checked(Outcome.NOT_HELD, short_code(line), payload_of(line))
        return self._against(line, row)

    def _against(self, line: str, row: RowMapping) -> Checked:
        """``line`` beside what is held today."""
        try:
            receipt = read_receipt(line, self._server_key())
        except EvidenceError:
            return Checked(Outcome.CHANGED)
        same = receipt["type"] != "closing" or line == row["receipt"]
        if not same or not self._holds(row["id"], receipt["head"]):
            outcome = Outcome.DIFFERS
        else:
            outcome = Outcome.ERASED if row["erased_at"] else Outcome.GOOD
        return Checked(outcome, short_code(line), receipt)

    def _holds(self, session: str, head: Mapping[str, Any]) -> bool:
        """Whether the ledger's line that the receipt names is still the same."""
        try:
            lines = self._store.path(session).joinpath("ledger.txt").read_text(encoding="ascii").split("\n")[:-1]
            n, digest = int(head["n"]), str(head["digest"])
            return 0 <= n < len(lines) and line_digest("ledger", lines[n]) == digest
        except (OSError, StoreError, SigningError, UnicodeDecodeError):
            return False

    def _server_key(self) -> VerifyingKey:
        verifying = VerifyingKey.from_text(self._folder.verifying_key.read_text().strip())
        return read_server_key(self._folder.server_key_line.read_text().strip(), verifying)


def _looks_signed(line: str) -> bool:
    try:
        payload_of(line)
    except (EvidenceError, ValueError):
        return False
    return True
