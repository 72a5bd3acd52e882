"""The writer: order, a disk that fills, what is given up and said so."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from spool_parts import FullDisk, Spooling

from client.spool.book import Book
from client.spool.table import SegmentState
from evidence.ledger import Ledger
from evidence.signing import SigningKey, payload_of


def payloads(room: Spooling, kind: str = "") -> list[dict[str, Any]]:
    found = [payload_of(line) for line in room.spool.lines()]
    return [p for p in found if not kind or p["type"] == kind]


def test_a_full_disk_is_told_and_nothing_is_lost_once_there_is_room(tmp_path: Path) -> None:
    disk = FullDisk()
    room = Spooling(tmp_path, disk)
    room.segment(0)
    room.done()
    disk.full = True
    room.segment(1)
    room.segment(2)
    room.ears.wait_for(lambda: "disk_full" in room.ears.words)
    assert [r.index for r in room.spool.table.segments(SegmentState.LISTED)] == [0]
    assert not (room.spool.path / "reserve").exists()
    disk.full = False
    room.done()
    assert [p["index"] for p in payloads(room, "segment")] == [0, 1, 2]
    assert payloads(room, "gap") == []
    assert room.ears.words[-1] == "disk_ok"
    assert room.ears.dropped == []
    room.close()


def test_what_the_server_holds_goes_first(tmp_path: Path) -> None:
    disk = FullDisk()
    room = Spooling(tmp_path, disk)
    room.segment(0)
    room.done()
    room.spool.table.move("camera", 0, SegmentState.LISTED, SegmentState.HELD)
    disk.full = True
    room.segment(1)
    room.ears.wait_for(lambda: "disk_full" in room.ears.words)
    assert room.spool.table.segments(SegmentState.DROPPED)[0].index == 0
    disk.full = False
    room.done()
    room.close()


def test_a_disk_full_for_too_long_leaves_a_gap_line_never_a_lie(tmp_path: Path) -> None:
    disk = FullDisk()
    room = Spooling(tmp_path, disk, waiting_bytes=5000)
    room.segment(0)
    room.done()
    disk.full = True
    for number in range(1, 6):
        room.segment(number, size=2000)
    room.ears.wait_for(lambda: len(room.ears.dropped) == 3)
    disk.full = False
    room.done()
    gaps = payloads(room, "gap")
    assert {(g["stream"], g["cause"]) for g in gaps} == {("camera", "disk-full")}
    assert [(g["from"], g["to"]) for g in gaps] == [(1000, 2000), (2000, 3000), (3000, 4000)]
    listed = payloads(room, "segment")
    assert [p["index"] for p in listed] == [0, 1, 2]
    assert [p["start"] for p in listed] == [0, 4000, 5000]
    room.close()


class HangingDisk(FullDisk):
    """A disk whose writes do not return until it wakes."""

    def __init__(self) -> None:
        super().__init__()
        self.waking = threading.Event()

    def write(self, path: Path, content: bytes) -> None:
        assert self.waking.wait(20)
        super().write(path, content)


def test_a_disk_that_hangs_does_not_fill_the_memory(tmp_path: Path) -> None:
    disk = HangingDisk()
    room = Spooling(tmp_path, disk, waiting_bytes=5000)
    room.done()
    for number in range(20):
        room.segment(number)
    assert len(room.ears.dropped) == 15
    assert room.ears.words == []
    disk.waking.set()
    room.done()
    room.segment(20)
    room.done()
    assert [p["start"] for p in payloads(room, "segment")] == [0, 1000, 2000, 3000, 4000, 20_000]
    gaps = payloads(room, "gap")  # more than one if the disk hung in the middle of the loss
    assert {g["cause"] for g in gaps} == {"disk-stalled"}
    assert [g["from"] for g in gaps] + [20_000] == [5000] + [g["to"] for g in gaps]
    room.close()


def test_a_full_disk_at_the_end_still_ends(tmp_path: Path) -> None:
    disk = FullDisk()
    room = Spooling(tmp_path, disk)
    room.done()
    disk.full = True
    room.segment(0)
    room.ears.wait_for(lambda: "disk_full" in room.ears.words)
    room.close()
    assert room.ears.dropped == ["camera"]


def test_drained_means_that_what_follows_a_line_is_done_too(tmp_path: Path) -> None:
    """The note that the exam is sealed stands before anybody says so."""
    room = Spooling(tmp_path)
    inside: list[bool] = []
    room.writer.line("event", lambda: inside.append(room.writer.drain(0)), name="x", data={})
    room.done()
    assert inside == [False]
    room.close()


def test_a_dying_disk_is_told_once_and_for_all(tmp_path: Path) -> None:
    class Dying(FullDisk):
        def write(self, path: Path, content: bytes) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    room = Spooling(tmp_path, Dying())
    room.segment(0)
    room.ears.wait_for(lambda: bool(room.ears.errors))
    assert not room.writer.drain(1)
    room.close()


def test_a_line_the_ledger_does_not_take_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.writer.line("event", None, name="Not A Word", data={})
    room.segment(0)
    assert room.writer.drain(5)
    assert len(room.ears.errors) == 1
    assert [p["index"] for p in payloads(room, "segment")] == [0]
    room.close()


def test_a_gap_line_says_what_a_crash_cost(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    room.writer.expect_gap("camera", 1000, "recorder-restarted")
    room.part(1)
    room.segment(3, part=1)
    room.segment(4, part=1)
    room.done()
    assert [(g["from"], g["to"], g["cause"]) for g in payloads(room, "gap")] == [(1000, 3000, "recorder-restarted")]
    room.close()


def test_a_gap_after_a_crash_begins_where_the_crash_s_own_ends(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    room.writer.expect_gap("camera", 1000, "recorder-restarted")
    room.writer.line("gap", None, stream="camera", **{"from": 2500, "to": 9000}, cause="camera-busy")
    room.part(1)
    room.segment(9, part=1)
    room.done()
    told = [(g["from"], g["to"], g["cause"]) for g in payloads(room, "gap")]
    assert told == [(1000, 2500, "recorder-restarted"), (2500, 9000, "camera-busy")]
    room.close()


def test_little_space_is_told(tmp_path: Path) -> None:
    free = [10**9]
    room = Spooling(tmp_path, free_bytes=lambda _path: free[0])
    room.done()
    room.ears.wait_for(lambda: True)
    free[0] = 1000
    room.writer._looked_ms = -(10**9)
    room.segment(0)
    room.ears.wait_for(lambda: room.ears.words == ["disk_low"])
    room.close()


def test_a_torn_ledger_write_is_cut_off_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, file = SigningKey.generate(), tmp_path / "ledger.txt"
    book = Book(Ledger("s", key, file, "0" * 64), file, key, lambda _line: None)
    begin: dict[str, Any] = {
        "session": "s", "seat": "x", "nonce": "", "client": {}, "system": {}, "streams": [], "devices": {},
        "simulated": [], "policy": {}, "server_key": None,
    }  # fmt: skip
    real = os.fsync
    failing = [True]

    def full(descriptor: int) -> None:
        if failing[0] and stat.S_ISREG(os.fstat(descriptor).st_mode) and os.fstat(descriptor).st_size:
            os.ftruncate(descriptor, max(0, os.fstat(descriptor).st_size - 10))
            raise OSError(errno.ENOSPC, "full")
        real(descriptor)

    for kind, fields in (("begin", begin), ("event", {"name": "x", "data": {}})):
        failing[0] = True
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="full"):
            book.append(kind, 5, "2026-01-31T09:00:00Z", **fields)
        monkeypatch.setattr("os.fsync", real)
        book.append(kind, 5, "2026-01-31T09:00:00Z", **fields)
    assert [payload_of(line)["type"] for line in file.read_text().splitlines()] == ["begin", "event"]
    book.close()


def test_an_event_may_tell_a_name_and_a_moment_of_its_own(tmp_path: Path) -> None:
    room = Spooling(tmp_path, FullDisk())
    room.writer.event("devices", stream="sound", name="USB microphone", at=7)
    room.done()
    (event,) = payloads(room, "event")
    assert event["name"] == "devices"
    assert event["data"] == {"stream": "sound", "name": "USB microphone", "at": 7}
    room.close()
