"""A break through the engine: asked for, allowed, begun, ended; recorded all the while; quiet in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from client_hall import Institution, Wire, gaps_of
from fake_window import NoFaces, Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.engine import judge
from client.engine.recording import Recording
from client.verify.rules import WatchLimits


def view_of(window: Window, state: str) -> m.BreakView:
    return window.expect(m.BreakView, lambda view: view.state == state)


def names(institution: Institution, window: Window) -> list[str]:
    wanted = [line for line in lines_of(institution, window) if line["type"] == "event"]
    return [line["name"] for line in wanted if line["name"].startswith("break")]


class Looks(NoFaces):
    """Counts the judge's looks."""

    def __init__(self) -> None:
        self.count = 0

    def follow(self, bgr: Any, t_ms: int) -> list[Any]:
        self.count += 1
        return []


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Phase and time of what the judge told of: the camera of these tests shows nobody, half a second is enough."""
    found: list[tuple[str, int]] = []
    real = Recording.finding

    def keep(
        self: Recording, about: str, kind: str, content: Mapping[str, Any], at_ms: int, important: bool = False
    ) -> None:
        if content.get("kind") == "nobody":
            found.append((str(content["phase"]), at_ms))
        real(self, about, kind, content, at_ms, important)

    monkeypatch.setattr(Recording, "finding", keep)
    monkeypatch.setattr(judge, "WatchLimits", partial(WatchLimits, nobody_ms=500))
    return found


def until(condition: Callable[[], bool]) -> bool:
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_break_is_recorded_and_quiet(
    institution: Institution, open_window: Callable[..., Window], told: list[tuple[str, int]]
) -> None:
    looks, student = Looks(), institution.student()
    window = open_window(face_tools=lambda: looks)
    paper = window.to_paper(student)
    assert view_of(window, "") == m.BreakView("", 10, False, 0, True, "", 0.0)
    assert until(lambda: len(told) == 1), "nobody is there"
    window.say(m.BreakWish("begin"))
    assert window.problem("no_break").during == "BreakWish"
    window.say(m.BreakWish("ask"))
    view_of(window, "asked")
    institution.allow_break(student, 7)
    assert view_of(window, "allowed").minutes == 7
    window.say(m.BreakWish("begin"))
    view = view_of(window, "running")
    assert 410 < view.seconds_left <= 421 and view.until and not view.stops_clock
    assert until(lambda: told[-1][0] == "over"), "the incident of before ends with the break's beginning"
    count, seen = len(told), looks.count
    assert until(lambda: looks.count > seen + 6), "it goes on looking"
    assert len(told) == count, "and finds nothing"
    window.say(m.BreakWish("end"))
    view_of(window, "")
    assert until(lambda: len(told) > count and told[count][0] == "began"), "the rules begin anew"
    window.answer(text_question(paper), "answered afterwards")
    window.hand_in()
    window.state("delivered")
    verified(institution, window)
    assert gaps_of(lines_of(institution, window)) == [], "recording went on"
    assert names(institution, window) == ["break-began", "break-over"]


def test_without_network_a_break_ends_at_once_and_the_institution_hears_of_it_later(
    institution: Institution, open_window: Callable[..., Window], wire: Wire
) -> None:
    window, student = open_window(server=wire.address), institution.student()
    window.to_paper(student)
    view_of(window, "")
    institution.allow_break(student, 5, stops_clock=True)
    view_of(window, "allowed")
    window.say(m.BreakWish("begin"))
    assert view_of(window, "running").stops_clock
    standing = window.expect(m.ClockView).seconds_left
    wire.cut()
    window.problem("network_lost")
    window.say(m.BreakWish("end"))
    view_of(window, "")
    left = window.expect(m.ClockView, lambda clock: clock.seconds_left != standing).seconds_left
    assert standing - 60 < left < standing, "what was not used of the break is not added to the exam"
    window.say(m.BreakWish("ask"))
    assert window.problem("break_offline")
    wire.mend()
    assert until(lambda: institution.break_states(student) == ["over"])
    window.hand_in()
    window.state("delivered")
    assert names(institution, window) == ["break-began", "break-over"]
