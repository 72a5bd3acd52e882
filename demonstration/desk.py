"""Eyes and hands of a person at the screen, from outside the program.

Eyes: the accessibility tree (AT-SPI), which is also what a screen reader sees. Hands: real key and
button events through the X server (xdotool). Runs under the system's own Python, because Debian's
AT-SPI bindings belong to it, and imports nothing of the program.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demonstration.accessibility import Atspi, GLib
from demonstration.keyboard import Keyboard, LettersLost, xdotool

MAX_DEPTH = 40
WINDOWS = ("frame", "dialog", "window", "file chooser", "alert")
FIELDS = ("text", "entry", "password text")


class NotSeen(Exception):
    """What the driver looked for did not appear in time; the text says what was there instead."""


@dataclass(frozen=True)
class Target:
    """One thing on the screen: accessible name, role, and its rectangle in screen pixels."""

    name: str
    role: str
    x: int
    y: int
    width: int
    height: int
    enabled: bool
    checked: bool
    node: Any

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Desk:
    """``name`` arguments are whole accessible names or compiled patterns searched in them."""

    def __init__(self, application: str, screen: tuple[int, int]) -> None:
        self._application = application
        self._screen = screen
        self._keyboard = Keyboard(self.names)

    # ---- eyes

    def targets(self) -> Iterator[Target]:
        """Everything now showing in the program's windows."""
        for node, states in self._nodes():
            target = _target(node, states)
            if target is not None:
                yield target

    def names(self) -> list[str]:
        """The names alone: much cheaper than whole targets, each property being a call to the program."""
        return [node.get_name() or "" for node, _ in self._nodes()]

    def find(self, name: str | re.Pattern[str], role: str = "", seconds: float = 30, enabled: bool = True) -> Target:
        """The first showing thing of that name. Raises ``NotSeen`` after ``seconds``."""
        found = self.wait(lambda: self.look(name, role, enabled), seconds)
        if found is None:
            seen = sorted({f"{t.role}: {t.name}" for t in self.targets() if t.name.strip()})
            raise NotSeen(
                f"no {role or 'thing'} called {name!r} within {seconds:g} s; there was:\n  " + "\n  ".join(seen)
            )
        return found

    def look(self, name: str | re.Pattern[str], role: str = "", enabled: bool = True) -> Target | None:
        """Like ``find`` but at once, and None when it is not there."""
        for node, states in self._nodes():
            called = node.get_name() or ""
            if not (name.search(called) if isinstance(name, re.Pattern) else name == called):
                continue
            target = _target(node, states)
            if target is not None and role in ("", target.role) and (target.enabled or not enabled):
                return target
        return None

    def wait(self, question: Callable[[], Target | None], seconds: float) -> Target | None:
        """The answer of ``question`` as soon as it is not None, or None after ``seconds``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                answer = question()
            except GLib.Error:
                answer = None  # the page changed under our eyes: look again
            if answer is not None:
                return answer
            time.sleep(0.2)
        return None

    def field_in_focus(self) -> Target | None:
        """The text field that the next key goes to."""
        for node, states in self._nodes():
            if states.contains(Atspi.StateType.FOCUSED) and node.get_role_name() in FIELDS:
                return _target(node, states)
        return None

    def picture(self, path: Path) -> None:
        """The whole screen as PNG."""
        width, height = self._screen
        size = f"{width}x{height}"
        grab = ["ffmpeg", "-v", "error", "-y", "-f", "x11grab", "-draw_mouse", "0", "-video_size", size]
        subprocess.run([*grab, "-i", os.environ["DISPLAY"], "-frames:v", "1", str(path)], check=True)

    # ---- hands

    def click(self, name: str | re.Pattern[str], role: str = "", seconds: float = 30) -> Target:
        """Moves the pointer to the thing and clicks it, scrolling it into view first if it lies outside."""
        target = self.find(name, role, seconds)
        self.click_target(target)
        return target

    def click_target(self, target: Target) -> None:
        x, y = target.centre
        xdotool("mousemove", str(x), str(y))
        xdotool("click", "1")

    def tick(self, choice: Target, tries: int = 4) -> None:
        """Clicks a radio button or check box that is not ticked yet, until it is. Raises ``NotSeen``."""
        for _ in range(tries):
            self.click_target(choice)
            if self.wait(lambda: choice if _ticked(choice.node) else None, 5) is not None:
                return
        raise NotSeen(f"{choice.name!r} was clicked {tries} times and is not ticked")

    def click_in_list(self, name: str, role: str, inside: tuple[int, int]) -> None:
        """Turns the wheel until the thing lies between the heights ``inside`` (pixels), then clicks it."""
        for _ in range(40):
            target = self.find(name, role)
            if inside[0] < target.centre[1] < inside[1]:
                self.click_target(target)
                return
            xdotool("mousemove", str(target.centre[0]), str(sum(inside) // 2))
            xdotool("click", "5" if target.centre[1] >= inside[1] else "4")
            time.sleep(0.2)
        raise NotSeen(f"{name!r} could not be scrolled into view")

    def fill(self, field: Target, text: str) -> None:
        """Types ``text`` in place of what the field holds and reads it back. Raises ``NotSeen``."""
        try:
            self._keyboard.fill(field.node, lambda: self.click_target(field), text)
        except LettersLost as lost:
            raise NotSeen(str(lost)) from lost

    def press(self, *keys: str) -> None:
        """X key names: Return, Tab, ctrl+a ..."""
        self._keyboard.press(*keys)

    @property
    def typed_again(self) -> int:
        """How many texts had to be typed a second time."""
        return self._keyboard.typed_again

    # ---- inside

    def _nodes(self) -> Iterator[tuple[Any, Any]]:
        """Showing nodes with their states, in the order of the tree."""
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if program is not None and self._application in (program.get_name() or "").lower():
                # Without this the bindings answer from a cache that only an event loop keeps fresh.
                program.set_cache_mask(Atspi.Cache.NONE)
                for window in _children(program):
                    if window.get_role_name() in WINDOWS:
                        yield from _walk(window, 0)


def _ticked(node: Any) -> bool:
    return bool(node.get_state_set().contains(Atspi.StateType.CHECKED))


def _children(node: Any) -> Iterator[Any]:
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def _walk(node: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    states = node.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING) or depth > MAX_DEPTH:
        return
    yield node, states
    for child in _children(node):
        yield from _walk(child, depth + 1)


def _target(node: Any, states: Any) -> Target | None:
    component = node.get_component_iface()
    if component is None:
        return None
    box = component.get_extents(Atspi.CoordType.SCREEN)
    enabled = states.contains(Atspi.StateType.ENABLED) or states.contains(Atspi.StateType.SENSITIVE)
    checked = states.contains(Atspi.StateType.CHECKED)
    name = node.get_name() or ""
    return Target(name, node.get_role_name(), box.x, box.y, box.width, box.height, enabled, checked, node)
