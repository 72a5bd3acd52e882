"""What a broken table still gives: answers, paper and waiting lines, which lie nowhere else.

Each row is sealed by the session's own key, so one that opens is what was written, whatever became of the file around
it. Rows are read from both ends: a page that cannot be read in the middle costs what lies on it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client.spool.table import Table

# Table, and its columns as ``client.spool.table`` has them.
_ROWS = {
    "answer": "question, revision, state, listed, body",
    "kept": "name, body",
    "waiting": "id, stream, body",
}


@dataclass(frozen=True)
class Salvaged:
    """``whole``: every row of the broken table could be read and opened."""

    answers: int
    whole: bool


def salvage(broken: Path, fresh: Table) -> Salvaged:
    """Copy what opens into ``fresh``. Raises ``OSError`` where the disk is full."""
    counts, whole = dict.fromkeys(_ROWS, 0), True
    for kind, columns in _ROWS.items():
        rows, all_read = _read(broken, kind, columns)
        counts[kind] = fresh.put_back(kind, rows)
        whole = whole and all_read and counts[kind] == len(rows)
    return Salvaged(counts["answer"], whole)


def _read(file: Path, kind: str, columns: str) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows in their order, and whether none was missed."""
    first, all_read = _walk(file, kind, columns, "ASC")
    if all_read:
        return first, True
    last, _ = _walk(file, kind, columns, "DESC")
    found = {row[0]: row[1:] for row in [*first, *last]}
    return [found[number] for number in sorted(found)], False


def _walk(file: Path, kind: str, columns: str, way: str) -> tuple[list[tuple[Any, ...]], bool]:
    """(row number, columns) until the end or the first page that cannot be read; when whole, without the number."""
    rows: list[tuple[Any, ...]] = []
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            query = f"SELECT rowid, {columns} FROM {kind} NOT INDEXED ORDER BY rowid {way}"  # noqa: S608  # our own words
            for row in connection.execute(query):
                rows.append(row)  # those before the error are what it is about
    except sqlite3.Error:
        return rows, False
    return [row[1:] for row in rows], True
