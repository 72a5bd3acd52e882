"""What the receipt says is missing adds up to what its share says."""

from __future__ import annotations

import pytest

from client.engine.receipt import gaps_of
from evidence.coverage import claimed

BEGIN = {"type": "begin", "at": 0, "streams": ["sound"]}
OPENED = {"type": "event", "at": 1000, "name": "paper-opened"}


def segment(start: int, end: int, pts: int) -> dict[str, object]:
    return {"type": "segment", "at": end, "stream": "sound", "part": 0, "index": 0, "pts0": pts, "pts1": pts + 1,
            "start": start, "end": end, "size": 10}  # fmt: skip


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([(900, 21_000)], []),
        ([(900, 20_960)], [("short", 0.04)]),  # the last packet ended just before the exam did
        ([(1030, 10_000), (14_000, 20_960)], [("unexplained", 4.0), ("short", 0.07)]),
    ],
)
def test_short_pieces_are_summed_up(pieces: list[tuple[int, int]], expected: list[tuple[str, float]]) -> None:
    lines = [BEGIN, OPENED, *(segment(start, end, 10 * n) for n, (start, end) in enumerate(pieces))]
    sound = claimed([*lines, {"type": "end", "at": 21_000, "until": 21_000}])["sound"]
    found = gaps_of(sound)
    assert [(gap["cause"], gap["seconds"]) for gap in found] == expected
    assert (sound.ratio == 1.0) == (found == [])
    assert sound.seconds - sound.covered == pytest.approx(sum(gap["seconds"] for gap in found), abs=0.1)
