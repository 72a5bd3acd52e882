"""One session's folder on the student's disk, in the layout the server and a bundle use.

    session.json  seat-key.txt  server-key.txt  ledger.txt  receipts.txt  segments/<stream>/<index>.age
    table.db  local.key  reserve

The ledger is the commit point: what it lists exists. Everything else can be put in order again from it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from client.spool.disk import write_whole
from client.spool.note import SessionNote, SpoolDamaged, Stage, check_session_name
from client.spool.table import ELSEWHERE, SegmentRow, SegmentState, Table
from client.spool.vault import Vault
from evidence.signing import SigningError, payload_of

# Kept free for the last ledger lines and answers when the disk runs full.
RESERVE_BYTES = 1024 * 1024


class SessionSpool:
    """Open with ``create`` or ``open``. Safe from several threads."""

    def __init__(self, path: Path, note: SessionNote, table: Table, vault: Vault) -> None:
        self.path, self.table, self._vault = path, table, vault
        self._note, self._lock = note, threading.RLock()

    @classmethod
    def create(cls, root: Path, note: SessionNote) -> SessionSpool:
        """A new folder; everything in it is readable by this user alone."""
        path = root / check_session_name(note.session)
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path / "seat-key.txt", note.seat_key.encode() + b"\n")
        write_whole(path / "server-key.txt", note.server_key.encode() + b"\n")
        write_whole(path / "reserve", bytes(RESERVE_BYTES))
        Vault(path / "local.key", create=True)
        note.save(path)  # last: a folder with a note is a session, and can be opened
        return cls._open(path, note, create=False)

    @classmethod
    def open(cls, path: Path) -> SessionSpool:
        """Raises ``SpoolDamaged``, ``VaultClosed``."""
        note = SessionNote.load(path)
        if note.session != path.name:
            raise SpoolDamaged(f"{path.name} holds another session")
        # After the receipt the local key is destroyed; an empty one does for the index.
        return cls._open(path, note, create=note.stage is Stage.DELIVERED)

    @classmethod
    def _open(cls, path: Path, note: SessionNote, create: bool) -> SessionSpool:
        vault = Vault(path / "local.key", create=create)
        spool = cls(path, note, Table(path / "table.db", vault), vault)
        spool.put_in_order()
        return spool

    def close(self) -> None:
        self.table.close()

    # -- the note -----------------------------------------------------------------------

    @property
    def note(self) -> SessionNote:
        return self._note

    def update(self, **changes: Any) -> None:
        """Change fields of the note, on the disk when this returns."""
        with self._lock:
            self._note = dataclasses.replace(self._note, **changes)
            self._note.save(self.path)

    # -- files --------------------------------------------------------------------------

    @property
    def ledger_file(self) -> Path:
        return self.path / "ledger.txt"

    def segment_file(self, stream: str, index: int) -> Path:
        return self.path / "segments" / stream / f"{index:06d}.age"

    def read_segment(self, stream: str, index: int) -> bytes:
        """Raises ``OSError`` when the file is gone."""
        return self.segment_file(stream, index).read_bytes()

    def lines(self) -> list[str]:
        """The ledger's whole lines; a torn last one is left out."""
        return read_lines(self.ledger_file)

    def add_receipt(self, line: str) -> None:
        """After the whole lines: a full disk or a crash may have torn the last one. Raises ``OSError``."""
        file = self.path / "receipts.txt"
        with self._lock:
            content = file.read_bytes() if file.exists() else b""
            if content and not content.endswith(b"\n"):
                os.truncate(file, content.rfind(b"\n") + 1)
            with file.open("a", encoding="ascii") as writing:
                writing.write(line + "\n")

    def receipts(self) -> list[str]:
        return read_lines(self.path / "receipts.txt")

    # -- order after a crash ------------------------------------------------------------

    def put_in_order(self) -> None:
        """Make the table say what ledger and folder say; called at every opening.

        A row being written whose line exists is listed. A listed segment without a row gets one. A half
        written file goes. Whole files without a line stay ``writing``: see ``unlisted``.
        """
        rows = {(row.stream, row.index): row for row in self.table.segments()}
        for fields in self._segment_lines():
            key = fields["stream"], fields["index"]
            row = rows.get(key)
            if row is None:
                self._restore(fields)
            elif row.state is SegmentState.WRITING:
                self.table.listed(*key, fields["n"])
        for part in (self.path / "segments").glob("*/*.part"):
            part.unlink(missing_ok=True)
        for row in self.table.segments(SegmentState.WRITING):
            if not self._whole(row):
                self.segment_file(row.stream, row.index).unlink(missing_ok=True)
                self.table.forget(row.stream, row.index)
        self._set_strays_aside()
        if self._note.stage not in (Stage.ENDED, Stage.DELIVERED) and self._has_end():
            self.update(stage=Stage.ENDED)  # killed between the last line and the note

    def _has_end(self) -> bool:
        lines = self.lines()
        try:
            return bool(lines) and payload_of(lines[-1]).get("type") == "end"
        except SigningError:
            return False

    def unlisted(self) -> list[SegmentRow]:
        """Whole files no line lists: the next key's ledger adopts them, marked so."""
        return self.table.segments(SegmentState.WRITING)

    def _segment_lines(self) -> Iterator[dict[str, Any]]:
        for line in self.lines():
            try:
                payload = payload_of(line)
            except SigningError:
                continue  # a damaged ledger is the opener's problem, not the index's
            if payload.get("type") == "segment":
                yield payload

    def _restore(self, fields: dict[str, Any]) -> None:
        held = self.segment_file(fields["stream"], fields["index"]).exists()
        state = SegmentState.LISTED if held else SegmentState.DROPPED
        rest = {k: v for k, v in fields.items() if k not in ("n", "type", "prev", "at", "wall", "session")}
        rest |= {} if held else {ELSEWHERE: True}
        self.table.restore(
            SegmentRow(fields["stream"], fields["index"], fields["sha256"], fields["size"], state, fields["n"], rest)
        )

    def _whole(self, row: SegmentRow) -> bool:
        try:
            return hashlib.sha256(self.read_segment(row.stream, row.index)).hexdigest() == row.sha256
        except OSError:
            return False

    def _set_strays_aside(self) -> None:
        """Files nobody knows (the table was lost before their line) would stand in the way of new ones."""
        for file in (self.path / "segments").glob("*/*.age"):
            if not file.stem.isdigit() or self.table.segment(file.parent.name, int(file.stem)) is None:
                aside = self.path / "stray"
                aside.mkdir(exist_ok=True)
                file.replace(aside / f"{file.parent.name}-{file.name}")

    # -- space --------------------------------------------------------------------------

    def make_room(self, needed: int) -> int:
        """Remove segments the server holds, oldest first, until ``needed`` bytes are free; bytes freed."""
        freed = 0
        for row in self.table.segments(SegmentState.HELD):
            if freed >= needed:
                break
            file = self.segment_file(row.stream, row.index)
            there = file.exists()
            if not self._dropped(row):  # a disk so full that the table takes nothing: the file first
                file.unlink(missing_ok=True)
                self._dropped(row)
            file.unlink(missing_ok=True)
            freed += row.size if there else 0
        return freed

    def _dropped(self, row: SegmentRow) -> bool:
        """Note that the file goes. False when not even the note fits on the disk; the row stays ``held`` then."""
        try:
            self.table.move(row.stream, row.index, SegmentState.HELD, SegmentState.DROPPED)
        except OSError:
            return False
        return True

    def give_up_reserve(self) -> None:
        (self.path / "reserve").unlink(missing_ok=True)

    def delivered(self, receipt: str, unix_ms: int) -> None:
        """The closing receipt is here: paper, answers and their key leave this disk; the rest stays
        a week more."""
        self.add_receipt(receipt)
        self.update(stage=Stage.DELIVERED, receipt=receipt, delivered_unix_ms=unix_ms)
        self.table.forget_secrets()
        self._vault.destroy()


def read_lines(file: Path) -> list[str]:
    """The whole lines of a ledger file, without its newlines; a torn last line is left out."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return []
    *whole, _torn = content.decode("ascii", "replace").split("\n")
    return whole


def sessions_in(root: Path) -> list[Path]:
    """The session folders of a spool, by name."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if (path / "session.json").is_file())
