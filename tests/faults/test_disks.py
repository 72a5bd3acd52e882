"""Disks that run full or break, at every place that writes: what was called kept stays, and it goes on afterwards."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from client_hall import ROOT
from spool_parts import Spooling

from client.spool.table import SegmentState
from simulation.faulty_disk import environment

MEMORY = Path("/dev/shm")  # hundreds of rounds: what is told to be synced need not wait for a real disk


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as place:
        yield Path(place)


def rounds(script: str, room: Path, library: Path) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name(script)), str(room)]
    rooms = [ROOT, *(ROOT / "tests" / name for name in ("faults", "client", "server"))]
    environ = {**environment(library, room), "PYTHONPATH": os.pathsep.join(map(str, rooms))}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_student_s_disk(room: Path, library: Path, planned: Callable[[list[str], list[str]], None]) -> None:
    found = rounds("spool_on_disk.py", room, library)
    assert found["wrong"] == []
    planned(found["planned"], found["met"])
    places = {name.partition(": ")[2] for name in found["planned"]}
    assert {
        "write session-1/ledger.txt", "sync session-1/ledger.txt", "write session-1/segments/camera/*.age.part",
        "rename session-1/segments/camera/*.age", "sync session-1/segments/camera", "write session-1/receipts.txt",
        "write session-1/table.db-wal", "sync session-1/table.db-wal", "write session-1/session.json.part",
        "rename session-1/session.json", "write session-1/local.key", "write session-1/reserve.part",
    } <= places  # fmt: skip


def test_the_institution_s_disk(room: Path, library: Path, planned: Callable[[list[str], list[str]], None]) -> None:
    found = rounds("store_on_disk.py", room, library)
    assert found["wrong"] == []
    planned(found["planned"], found["met"])
    places = {name.partition(": ")[2].replace("data/sessions/*/", "") for name in found["planned"]}
    assert {
        "write ledger.txt", "sync ledger.txt", "write segments/camera/.*.age.*.part", "link segments/camera/*.age",
        "sync segments/camera", "write receipts.txt", "write data/senim.db-wal", "sync data/senim.db-wal",
        "link seat-key.txt", "mkdir segments/camera",
    } <= places  # fmt: skip


def test_room_is_made_on_a_disk_that_takes_not_even_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the institution holds goes from a disk so full that the table cannot say so first."""
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    spool, move, full = room.spool, room.spool.table.move, [True]
    move("camera", 0, SegmentState.LISTED, SegmentState.HELD)

    def once_full(*arguments: Any) -> None:
        if full.pop() if full else False:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        move(*arguments)

    monkeypatch.setattr(spool.table, "move", once_full)
    assert spool.make_room(1) > 2000
    assert not spool.segment_file("camera", 0).exists()
    row = spool.table.segment("camera", 0)
    assert row is not None and row.state is SegmentState.DROPPED
    room.close()
