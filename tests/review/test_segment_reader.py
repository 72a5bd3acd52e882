"""The process that opens segments: it breaks, hangs and lies, and nothing but the segment that did it is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import breaking_reader as weak
import psutil
import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select

from server import schema
from server.review import reading, segment_reader
from server.review.opening import check
from server.review.reading import SegmentReader
from server.review.unsealing import PROBLEMS

HIT = ("camera", 2)
COMMAND = (sys.executable, str(Path(__file__).with_name("breaking_reader.py")))


@pytest.fixture
def weak_reader(visitor: Visitor) -> Iterator[Callable[..., SegmentReader]]:
    """In place of the site's own."""
    made: list[SegmentReader] = []

    def make(**limits: float) -> SegmentReader:
        made.append(SegmentReader(COMMAND, **limits))
        visitor.site.opener._reader = made[-1]
        return made[-1]

    yield make
    for one in made:
        one.close()


def spoiled(hall: Hall, word: bytes) -> None:
    """A whole session in which one segment's media meet the weak spot."""

    def spoil(header, body):
        return header, (body + word if (header.stream, header.index) == HIT else body)

    hall.record(spoil=spoil)


def rows(hall: Hall) -> dict[tuple[str, int], tuple[bool, str | None]]:
    query = select(schema.segments)
    found = hall.database.read(lambda connection: connection.execute(query).mappings().all())
    return {(row["stream"], row["index"]): (row["opened_ok"], row["opened_problem"]) for row in found}


def test_a_segment_that_crashes_the_reader_is_marked_and_all_others_open(
    hall: Hall, visitor: Visitor, weak_reader: Callable[..., SegmentReader]
) -> None:
    reader = weak_reader()
    spoiled(hall, weak.ABORT)
    open_all(visitor.site)
    found = rows(hall)
    assert found.pop(HIT) == (False, "broke_reader")
    assert set(found.values()) == {(True, None)}
    assert reader.pid is not None, "the process was started anew for what came after"
    visitor.sign_in()
    page = visitor.page("/sessions/sess1")
    assert visitor.site.texts["kk"]("opening.broke_reader") in page


def asked(hall: Hall, visitor: Visitor, reader: SegmentReader, stream: str, index: int) -> str:
    recording = visitor.site.recordings.get("sess1")
    place = {"session": "sess1", "seat": "seat-s1", "stream": stream, "index": index}
    return check(visitor.site.vault, reader, recording, **place).problem


def test_one_that_hangs_is_ended(hall: Hall, visitor: Visitor, weak_reader: Callable[..., SegmentReader]) -> None:
    spoiled(hall, weak.SLEEP)
    assert asked(hall, visitor, weak_reader(most_seconds=0.2), *HIT) == "broke_reader"
    assert asked(hall, visitor, weak_reader(), "camera", 3) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a process's time or memory")
def test_one_that_takes_too_much_is_ended_by_the_system(
    hall: Hall, visitor: Visitor, weak_reader: Callable[..., SegmentReader]
) -> None:
    spoiled(hall, weak.SPIN)
    assert asked(hall, visitor, weak_reader(cpu_seconds=0), *HIT) == "broke_reader"
    assert asked(hall, visitor, weak_reader(), "camera", 3) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_memory_has_an_end(hall: Hall, visitor: Visitor, weak_reader: Callable[..., SegmentReader]) -> None:
    spoiled(hall, weak.EAT)
    assert asked(hall, visitor, weak_reader(), *HIT) == "broke_reader"


def test_what_it_says_is_checked(hall: Hall, visitor: Visitor, weak_reader: Callable[..., SegmentReader]) -> None:
    spoiled(hall, weak.LIE)
    assert asked(hall, visitor, weak_reader(), *HIT) == "unexpected"


def test_a_reader_that_cannot_be_started_marks_nothing(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    visitor.site.opener._reader = SegmentReader((sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(OSError, match="does not start: ended with 3"):
        visitor.site.opener.work()
    assert {found[0] for found in rows(hall).values()} == {None}


def test_a_new_reader_is_given_the_first_segment_of_the_part(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    reader = SegmentReader()
    try:
        assert asked(hall, visitor, reader, "camera", 3) == ""
        hall.store.segment_path("sess1", "camera", 0).unlink()
        assert asked(hall, visitor, reader, "camera", 2) == "", "it knows what the part's init says"
        reader.close()
        assert asked(hall, visitor, reader, "camera", 2) == "not_held"
    finally:
        reader.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_waits_its_turn_and_its_keys_come_by_the_pipe_alone(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    reader = SegmentReader()
    try:
        assert asked(hall, visitor, reader, "camera", 0) == ""
        assert reader.pid is not None
        process = psutil.Process(reader.pid)
        assert process.nice() == os.nice(0) + segment_reader.NICENESS
        told = " ".join(process.cmdline()) + Path(f"/proc/{reader.pid}/environ").read_text()
        assert "AGE-SECRET-KEY" not in told.upper()
        assert process.open_files() == []
    finally:
        reader.close()


def test_a_job_says_the_same_on_both_ends() -> None:
    job = segment_reader.Job("key", "s", "camera", 0, 1, "00", "video", "aa", 1000, 1, 0, 5, (0, 3), first_sha256="bb")
    packed = job.packed(b"sealed", b"first")
    (length,) = segment_reader.LENGTH.unpack(packed[:4])
    assert segment_reader.Job.unpacked(packed[4 : 4 + length]) == replace(job, size=6, first_size=5)
    assert packed[4 + length :] == b"sealedfirst"
    assert reading.BROKE in PROBLEMS
