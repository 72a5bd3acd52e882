"""Opening a seat again: nothing that counts is left behind in a branch, and no branch is made for a busy server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from spool_parts import Spooling, note

from client.engine.branches import bring_segments, set_aside
from client.engine.opening import deliver_lines
from client.spool.disk import write_whole
from client.spool.folder import SessionSpool
from client.spool.table import SegmentState
from client.upload.transport import Refused, Transport


class Refusing:
    """A server that takes no lines."""

    def __init__(self, error: Refused) -> None:
        self.error, self.asked = error, 0

    def post_lines(self, session: str, lines: Sequence[str]) -> Any:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize(("word", "status"), [("overloaded", 503), ("internal", 500), ("too_many", 429)])
def test_a_busy_server_ends_the_opening_before_a_new_grant_voids_the_lines(
    tmp_path: Path, word: str, status: int
) -> None:
    room, server = Spooling(tmp_path), Refusing(Refused(word, status, {}))
    room.done()
    with pytest.raises(Refused, match=word):
        deliver_lines(cast(Transport, server), room.spool)
    assert server.asked == 1
    room.close()


def test_lines_the_server_will_never_take_do_not_keep_the_student_out(tmp_path: Path) -> None:
    room, server = Spooling(tmp_path), Refusing(Refused("ledger_conflict", 409, {}))
    room.done()
    deliver_lines(cast(Transport, server), room.spool)
    assert server.asked == 1
    room.close()


def test_what_the_server_s_ledger_lists_is_brought_from_the_branch(tmp_path: Path) -> None:
    """The server's ledger ends earlier than ours: pieces that both list are still owed, others stay aside."""
    room = Spooling(tmp_path)
    for number in range(3):
        room.segment(number)
    room.done()
    lines = room.spool.lines()
    room.spool.table.move("camera", 0, SegmentState.LISTED, SegmentState.HELD)
    rotten = room.spool.segment_file("camera", 1)
    sealed = {n: room.spool.read_segment("camera", n) for n in range(3)}
    room.close()
    rotten.write_bytes(sealed[1][:-1])

    aside = set_aside(tmp_path, "session-1")
    assert aside is not None and aside.name == "session-1.branch-1"
    spool = SessionSpool.create(tmp_path, note())
    write_whole(spool.ledger_file, "".join(line + "\n" for line in lines[:4]).encode())  # begin, part, two segments
    bring_segments(aside, spool)
    spool.put_in_order()
    assert [(row.index, row.state) for row in spool.table.segments()] == [
        (0, SegmentState.LISTED), (1, SegmentState.DROPPED),
    ]  # fmt: skip
    assert spool.read_segment("camera", 0) == sealed[0]
    assert (aside / "segments" / "camera" / "000002.age").read_bytes() == sealed[2]
    spool.close()


def test_nothing_to_set_aside(tmp_path: Path) -> None:
    assert set_aside(tmp_path, "session-1") is None
