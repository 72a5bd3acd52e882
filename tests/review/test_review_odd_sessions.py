"""Sessions that are unusually long, short, or wide, or whose computer's clock jumped: over HTTP, as the player asks."""

from __future__ import annotations

import re

import pytest
from recorded_session import END_AT, PAPER_AT
from review_hall import Hall
from review_site import Visitor, open_all

from server.review.timeline import MOST_TICKS

EIGHT_HOURS_MS = 8 * 3_600_000


def page_of(hall: Hall, visitor: Visitor, **changes: object) -> str:
    hall.record(**changes)
    open_all(visitor.site)
    return visitor.as_person("proctor").page("/sessions/sess1")


def index_of(visitor: Visitor) -> dict:
    answer = visitor.media("sess1", "index", visitor.view("sess1"))
    assert answer.status_code == 200
    return answer.json()


def ticks(page: str) -> list[str]:
    return re.findall(r"<text[^>]*>([\d:]+)</text>", page)


@pytest.mark.parametrize("end_at", [PAPER_AT + 2000, EIGHT_HOURS_MS])
def test_two_seconds_and_eight_hours(hall: Hall, visitor: Visitor, end_at: int) -> None:
    page = page_of(hall, visitor, end_at=end_at)
    index = index_of(visitor)
    assert index["exam"] == [PAPER_AT / 1000, end_at / 1000] and index["to"] == end_at / 1000
    assert set(index["streams"]) == {"screen-1", "camera", "sound"}
    assert 1 <= len(ticks(page)) <= MOST_TICKS
    places = [float(x) for x in re.findall(r'\b(?:x|cx)="(-?[\d.]+)%"', page)]
    assert places and all(0 <= x <= 100 for x in places), "nothing is drawn outside of the axis"
    assert ('<rect class="gap"' in page) == (end_at > END_AT)


def test_ten_screens(hall: Hall, visitor: Visitor) -> None:
    page = page_of(hall, visitor, more_screens=9)
    streams = index_of(visitor)["streams"]
    in_order = [f"screen-{n}" for n in range(1, 11)]
    assert [name for name in streams if name.startswith("screen")] == in_order
    assert re.findall(r'data-lane="(screen-\d+)"', page) == in_order
    assert re.findall(r'data-coverage="(screen-\d+)"', page) == in_order


@pytest.mark.parametrize("jump_ms", [-3_600_000, 7_200_000])
def test_a_clock_that_jumps_moves_no_lane(hall: Hall, visitor: Visitor, jump_ms: int) -> None:
    """The axis goes by the recorder's own steady clock; the times of the ledger's lines move nothing."""
    page = page_of(hall, visitor, clock_jump_ms=jump_ms)
    index = index_of(visitor)
    assert (index["from"], index["to"]) == (1.5, END_AT / 1000)
    assert all(text.startswith("09:00:") for text in ticks(page))
    assert visitor.site.verifications.get("sess1").report.ok


def test_a_key_of_another_institution_opens_nothing_and_says_so(hall: Hall, visitor: Visitor) -> None:
    hall.student("s2", "Басқа")
    hall.record("sess2", "s2")
    hall.record()
    hall.folder.seat_identity("seat-s1").write_bytes(hall.folder.seat_identity("seat-s2").read_bytes())
    open_all(visitor.site)
    page = visitor.as_person("proctor").page("/sessions/sess1")
    assert "problems" in page and index_of(visitor)["streams"] == {}
    assert visitor.media("sess1", "track", visitor.view("sess1")).json() == {"seconds": [], "thumbs": {}}
    answer = visitor.media("sess1", "screen-1/0-1", visitor.view("sess1"))
    assert answer.content == bytes.fromhex("0000000000000000 0000000100000000"), "each segment said to be unreadable"


def test_one_that_is_still_uploading_plays_what_is_there(hall: Hall, visitor: Visitor) -> None:
    """The student is done, pieces are on their way: nothing of it is called missing, and they join when they come."""
    recorded = hall.record(skip=(("screen-1", 2), ("camera", 4)))
    recorded.set_state(state="open", handed_in_at=None, receipt=None, receipt_code=None, end_reason="handed-in")
    open_all(visitor.site)

    def runs(stream: str) -> list[list[int]]:
        return [[segment[0] for segment in run["segments"]] for run in index_of(visitor)["streams"][stream]["runs"]]

    page = visitor.as_person("proctor").page("/sessions/sess1")
    assert 'class="chip state-sending"' in page and "state-sending" in visitor.page("/exams/algebra/rows")
    assert '<rect class="broken"' not in page and 'class="chip verification-none"' in page
    assert runs("screen-1") == [[0, 1], [4]] and runs("camera") == [[0, 1, 2, 3]]
    assert not visitor.site.verifications.work(), "the whole is verified once it is there"
    recorded.deliver()
    open_all(visitor.site)
    page = visitor.page("/sessions/sess1")
    assert 'class="chip state-handed_in"' in page and '<rect class="broken"' not in page
    assert runs("screen-1") == [[0, 1, 2, 3, 4]] == runs("camera")
    assert visitor.site.verifications.get("sess1").report.ok


def test_what_never_came_is_shown_as_missing(hall: Hall, visitor: Visitor) -> None:
    page = page_of(hall, visitor, skip=(("screen-1", 2),))
    assert '<rect class="broken"' in page and 'class="chip verification-problems"' in page
