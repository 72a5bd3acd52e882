"""What scenarios do at the computer is real (windows, clipboard, monitors, programs) and told by the client's code."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.watching.computer import Computer
from benchmarks.watching.script import Act, Session
from benchmarks.watching.windows import Windows
from client.system.front import Front
from simulation.screen import Screen


@pytest.mark.display
def test_windows_come_to_the_front_and_go() -> None:
    with Screen("640x480") as screen:
        windows = Windows(screen.env["DISPLAY"])
        assert windows.front(None) == Front("senim", "Senim", True)
        assert windows.front(("firefox", "медиана – іздеу")) == Front("firefox", "медиана – іздеу", False)
        assert windows.front(("firefox", "another page")) == Front("firefox", "another page", False)
        assert windows.front(("", "")) == Front("", "", False)
        assert windows.front(None) == Front("senim", "Senim", True)


def act(at: int, does: str, lasts: int = 1, **values: Any) -> Act:
    return Act(at * 1000, (at + lasts) * 1000, does, (), (), values)


@pytest.mark.display
def test_what_is_done_at_the_computer_is_told() -> None:
    acts = (
        act(5, "window", 6, app="firefox", title="a search"), act(20, "screens", count=2), act(25, "screens", count=1),
        act(30, "clipboard", letters=12), act(31, "clipboard", letters=640), act(45, "types", 12, question="q", rate=9),
        act(58, "moves", question="q"), act(60, "pastes", question="q", letters=130),
        act(71, "replaces", question="q", letters=240), act(74, "answers", 6, count=8),
        act(82, "camera", name="USB Camera", place="unknown"), act(85, "camera", name="USB Camera", place="virtual"),
        act(90, "hint", what="virtual_machine"), act(95, "hint", what="remote_desktop"),
        act(100, "hint", what="screen_sharing"), act(110, "hint", what="screen_sharing", word="unknown"),
    )  # fmt: skip
    with Computer(Session("s", 1, "astronaut", False, 2.0, 30, 1.0, 2.0, 20.0, False, acts)) as computer:
        for t_ms in range(0, 120_000, 333):
            computer.until(t_ms)
        computer.finish(120_000)
    told = [(at // 1000, f.kind, f.values) for at, f in computer.told if f.phase in ("began", "once")]
    assert [(kind, values) for _, kind, values in told] == [
        ("another_window", {"app": "firefox", "title": "a search"}), ("screen_added", {"count": 2}),
        ("clipboard", {"letters": 640}), ("long_paste", {"letters": 130}),
        ("long_paste", {"letters": 239}),  # its first letter was there before
        ("answers_jump", {"answers": 6}), ("camera_changed", {"name": "USB Camera", "origin": "unknown"}),
        ("camera_virtual", {"name": "USB Camera", "origin": "virtual"}), ("virtual_machine", {"evidence": "QEMU"}),
        ("remote_desktop", {"evidence": "anydesk"}), ("screen_sharing", {"evidence": "obs"}),
    ]  # fmt: skip
    began = [5, 20, 31, 60, 71, 74, 82, 85, 90, 95, 100]
    assert all(0 <= at - then <= 5 for (at, _, _), then in zip(told, began, strict=True)), told
