"""What is done at the computer during a sitting is sealed with a commitment in the ledger, and the student is told
only what they can mend."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.engine.desk_duty import DeskDuty
from client.engine.recording import Recording
from client.system.front import Front
from simulation.manual_clock import ManualClock

TYPED = " Twenty seconds of somebody who writes quickly, and whose recorder was started anew meanwhile."
SEARCH = Front("firefox", "a private search", False)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mapping[str, Any], bool]]:
    """Every finding's content and whether it was sealed at once."""
    found: list[tuple[Mapping[str, Any], bool]] = []
    real = Recording.finding

    def keep(
        self: Recording, about: str, kind: str, content: Mapping[str, Any], at_ms: int, important: bool = False
    ) -> None:
        if about == "watching":
            found.append((content, important))
        real(self, about, kind, content, at_ms, important)

    monkeypatch.setattr(Recording, "finding", keep)
    return found


def until(condition: Callable[[], bool]) -> bool:
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_what_the_desk_tells_is_sealed_and_committed(
    open_window: Callable[..., Window],
    institution: Institution,
    captures: list[FakeCapture],
    sealed: list[tuple[Mapping[str, Any], bool]],
) -> None:
    window = open_window(front=lambda: SEARCH, hints=lambda: {"virtual_machine": ("yes", "QEMU")})
    paper = window.to_paper(institution.student())
    question = text_question(paper)

    def kinds() -> set[str]:
        return {str(content["kind"]) for content, _ in sealed}

    window.answer(question, "a" * 300)
    window.say(m.WindowEvent("clipboard", 240))
    captures[0].sink.event("screens", {"count": 2, "screens": [], "added": ["screen-2"], "removed": []})
    captures[0].sink.event(
        "devices", {"stream": "camera", "name": "OBS Virtual Camera", "origin": "virtual", "replaced": True}
    )
    wanted = {"another_window", "long_paste", "clipboard", "screen_added", "camera_virtual", "virtual_machine"}
    assert until(lambda: wanted <= kinds()), kinds()
    window.hand_in()
    window.state("delivered")
    verified(institution, window)
    by_kind = {str(content["kind"]): content["values"] for content, _ in sealed}
    shown = {str(content["kind"]): len(content["pictures"]) for content, _ in sealed if content["phase"] != "over"}
    assert shown["another_window"] == shown["long_paste"] == shown["camera_virtual"] == 1, "what was to be seen then"
    assert shown["virtual_machine"] == 0
    assert by_kind["another_window"] == {"app": "firefox", "title": "a private search"}
    assert by_kind["long_paste"] == {"letters": 300} and by_kind["clipboard"] == {"letters": 240}
    assert all(important for content, important in sealed if content["phase"] in ("began", "once"))
    ended = [content for content, _ in sealed if content["kind"] == "another_window"]
    assert ended[-1]["phase"] == "over" and len({content["incident"] for content in ended}) == 1
    lines = lines_of(institution, window)
    promised = [line for line in lines if line["type"] == "finding" and line["about"] == "watching"]
    assert len(promised) == len(sealed)
    assert "firefox" not in repr(lines) and "private" not in repr(lines) and "'clipboard'" not in repr(lines)


def test_rules_that_the_policy_switches_off(
    open_window: Callable[..., Window],
    institution: Institution,
    sealed: list[tuple[Mapping[str, Any], bool]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from client.engine.policy import Policy

    real = Policy.from_json.__func__

    def without(cls: type[Policy], body: Mapping[str, Any]) -> Policy:
        return real(cls, {**body, "watching": {"off": ["another_window", "long_paste", "nobody"]}})

    monkeypatch.setattr(Policy, "from_json", classmethod(without))
    asked: list[Front] = []
    window = open_window(front=lambda: asked.append(SEARCH) or SEARCH)
    paper = window.to_paper(institution.student())
    window.answer(text_question(paper), "a" * 300)
    before = len(asked)
    assert until(lambda: len(asked) > before + 3), "in front for longer than it has to be"
    window.say(m.WindowEvent("clipboard", 240))
    assert until(lambda: "clipboard" in {str(content["kind"]) for content, _ in sealed})
    window.hand_in()
    window.state("delivered")
    assert {str(content["kind"]) for content, _ in sealed} <= {"clipboard", "camera_covered", "camera_frozen"}


def test_what_changed_between_check_and_paper_is_told_with_the_paper(
    window: Window,
    institution: Institution,
    captures: list[FakeCapture],
    sealed: list[tuple[Mapping[str, Any], bool]],
) -> None:
    window.sign_in(institution.student())
    window.open()
    window.check()
    window.identify()
    captures[0].sink.event("screens", {"count": 2, "screens": [], "added": ["screen-2"], "removed": []})
    captures[0].sink.event(
        "devices", {"stream": "camera", "name": "OBS Virtual Camera", "origin": "virtual", "replaced": True}
    )
    assert sealed == []
    window.paper()
    assert until(lambda: {"camera_virtual", "screen_added"} <= {str(content["kind"]) for content, _ in sealed})
    window.hand_in()
    window.state("delivered")


def test_a_face_that_is_not_seen_is_a_note_and_no_more(window: Window, institution: Institution) -> None:
    window.to_paper(institution.student())
    told = window.expect(m.Problem, lambda problem: problem.code == "face_not_seen")
    assert told.values == {}
    window.hand_in()
    window.state("delivered")


def test_what_was_written_while_the_recorder_was_gone_is_no_paste(
    open_window: Callable[..., Window], institution: Institution, sealed: list[tuple[Mapping[str, Any], bool]]
) -> None:
    """The window goes on without it and hands over the newest of each answer at once."""
    window = open_window()
    question = text_question(window.to_paper(institution.student()))
    window.answer(question, "The first words.", where="disk")
    key = window.saw(m.SessionKeyCopy)
    window.close()
    again = open_window()
    again.say(m.RestoreSession(key.session, key.secret))
    again.say(m.SetAnswer(question, 21, "The first words." + TYPED))
    again.say(m.SetAnswer(question, 22, "The first words." + TYPED + " More."))
    again.expect(m.AnswerSaved, lambda saved: saved.revision == 22)
    again.hand_in()
    again.state("delivered")
    assert "long_paste" not in {str(content["kind"]) for content, _ in sealed}


@pytest.mark.parametrize(("restarted", "at_once"), [(True, set()), (False, {"answers_jump", "long_paste"})])
def test_only_a_recorder_that_was_gone_catches_up(restarted: bool, at_once: set[str]) -> None:
    clock, told = ManualClock(), []
    duty = DeskDuty(clock, lambda content, _at: told.append(content["kind"]), (), dict, restarted=restarted)

    def many() -> None:
        for number in range(8):
            duty.answered(f"choice{number}", ["a"])

    many()
    duty.answered("text", TYPED)
    assert set(told) == at_once
    clock.advance(60)
    told.clear()
    duty.answered("text", TYPED + " A text of somebody else's, brought in when the recorder had caught up again." * 2)
    many()
    assert set(told) == {"long_paste", "answers_jump"}


def test_in_a_break_windows_and_clipboard_are_nobodys_matter() -> None:
    """What outlasts the break, a second screen, is told; afterwards all rules begin anew."""
    clock, told = ManualClock(), []
    duty = DeskDuty(clock, lambda content, _at: told.append((content["kind"], content["phase"])), (), dict)

    def elsewhere(seconds: int) -> None:
        for _ in range(seconds):
            clock.advance(1)
            duty.second(Front("Browser", "News", False))

    elsewhere(4)
    assert told == [("another_window", "began")]
    told.clear()
    duty.rest(True)
    elsewhere(60)
    duty.clipboard(5000)
    duty.noticed("screens", {"count": 2, "added": ["screen-2"]})
    assert [kind for kind, phase in told if phase != "over"] == ["screen_added"]
    told.clear()
    duty.rest(False)
    elsewhere(4)
    duty.clipboard(5000)
    assert told == [("another_window", "began"), ("clipboard", "once")]
