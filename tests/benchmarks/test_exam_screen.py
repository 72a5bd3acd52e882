"""The exam screen is the same each time, however its events fall together."""

from __future__ import annotations

from itertools import islice, pairwise, takewhile

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from benchmarks.recording.drawing import SCREEN, ExamPicture
from benchmarks.recording.script import CYCLE_S, SCRIPTS, Event, exam, flashes


def first(seconds: float) -> list[Event]:
    return list(takewhile(lambda event: event.at < seconds, exam()))


def draw(events: list[Event], together: int) -> ExamPicture:
    picture = ExamPicture()
    for begin in range(0, len(events), together):
        places = [picture.apply(event) for event in events[begin : begin + together]]
        picture.paint([place for place in places if not place.isEmpty()])
    return picture


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_is_the_same_each_time_and_goes_forward(name: str) -> None:
    one, other = (list(islice(SCRIPTS[name](), 2000)) for _ in range(2))
    assert one == other
    assert [event.at for event in one] == sorted(event.at for event in one)


def test_the_default_run_shows_everything_that_is_promised() -> None:
    events = first(2 * CYCLE_S)
    kinds = {event.kind for event in events}
    assert kinds == {
        "question", "clock", "caret", "pointer", "scroll", "option", "key", "back", "window", "window-scroll", "video",
    }  # fmt: skip
    typed = "".join(event.text for event in events)
    assert set("әғқңөұүһі") & set(typed) and "ы" in typed
    big = [event.at for event in events if event.kind not in ("clock", "caret")]
    assert max(later - earlier for earlier, later in pairwise(big)) > 8  # a pause for reading


def test_another_seed_is_another_exam() -> None:
    assert list(islice(exam(7), 500)) != list(islice(exam(8), 500))


def test_flashes_come_and_go() -> None:
    seen = [event.value for event in islice(flashes(), 20) if event.kind == "flash"]
    assert seen[:4] == [1, 0, 1, 0]


@pytest.mark.parametrize("until", [20.0, 55.0, 78.0, 95.0])
def test_what_is_drawn_bit_by_bit_is_what_is_drawn_at_once(qtbot: QtBot, until: float) -> None:
    events = first(until)
    one, other = draw(events, 1), draw(events, 7)
    assert one.mark() == other.mark()
    one.paint([SCREEN])
    assert one.mark() == other.mark()


def test_an_event_changes_only_what_it_says(qtbot: QtBot) -> None:
    picture = draw(first(50.0), 1)
    before = picture.pixels().copy()
    place = picture.apply(Event(50.0, "key", text="ж"))
    picture.paint([SCREEN])
    rows, columns = (picture.pixels() != before).any(axis=2).nonzero()
    assert rows.size
    assert place.contains(QRect(int(columns.min()), int(rows.min()), int(columns.max() - columns.min() + 1), 1))
    assert place.top() <= rows.min() and rows.max() <= place.bottom()


def test_the_pointer_alone_draws_nothing(qtbot: QtBot) -> None:
    picture = ExamPicture()
    assert picture.apply(Event(0.0, "pointer", place=(5, 6))).isEmpty()
    assert picture.pointer == (5, 6)
