"""The hand on the keyboard: types into a field, reads it back by its accessible text, and types again what got lost.

A program that is busy reads its keyboard late, and Qt asks for the layout when it *handles* the news of a change: keys
typed before the next change but handled after it come out in the wrong letters. So the layout changes only once the
field holds what was typed so far, and the first key after a change waits until the program has answered again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from demonstration.accessibility import Atspi

LAYOUT_SETTLES_S = 0.2
FOCUS_S = 5.0
STILL_S = 12.0  # a field that has not changed for so long holds all that will come
TRIES = 4


class LettersLost(Exception):
    """A field does not take a text, however often it is typed; the text says what it holds instead."""


class Keyboard:
    """``answered``: returns once the program's own loop has answered a question."""

    def __init__(self, answered: Callable[[], object]) -> None:
        self._answered = answered
        self.typed_again = 0

    def fill(self, node: Any, click: Callable[[], object], text: str) -> None:
        """``text`` in place of what the accessible field ``node`` holds. ``click``: gives it the focus.
        Raises ``LettersLost``."""
        for _ in range(TRIES):
            click()
            _until(lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED), FOCUS_S)
            self.press("ctrl+a")
            if self._type(text, lambda typed: arrived(node, typed)):
                return
            self.typed_again += 1
            print(f"typed again: {text!r} had come as {text_of(node)!r}", file=sys.stderr)
        raise LettersLost(f"typed {text!r} {TRIES} times, but the field holds {text_of(node)!r}")

    def press(self, *keys: str) -> None:
        """X key names: Return, Tab, ctrl+a ..."""
        xdotool("key", "--delay", "40", *keys)

    def _type(self, text: str, whole: Callable[[str], bool]) -> bool:
        """Types, changing the layout on the way as a person would; False as soon as ``whole`` says that what was
        typed so far did not come.

        xdotool can also bind missing letters to spare keys, but programs learn of such a change too late and lose
        letters; a whole layout is announced before the first key.
        """
        typed, layout = "", "us"
        try:
            for wanted, run in _layout_runs(text):
                if wanted != layout:
                    self._lay_out(wanted)
                    layout = wanted
                xdotool("type", "--delay", "30", "--", run)
                typed += run
                if not whole(typed):
                    return False
        finally:
            if layout != "us":
                self._lay_out("us")  # where ``press`` finds its keys
        return True

    def _lay_out(self, layout: str) -> None:
        subprocess.run(["setxkbmap", "-layout", layout], check=True)
        time.sleep(LAYOUT_SETTLES_S)
        self._answered()


def text_of(node: Any) -> str:
    """What an accessible field holds; of a password the dots."""
    text = node.get_text_iface()
    return str(Atspi.Text.get_text(text, 0, -1)) if text is not None else ""


def arrived(node: Any, text: str) -> bool:
    """Waits until the field ``node`` holds ``text`` (a password: as many letters), as long as it goes on changing."""
    hidden = node.get_role_name() == "password text"
    held, since = "", time.monotonic()
    while True:
        now = _length(node) * "•" if hidden else text_of(node)
        if now == (len(text) * "•" if hidden else text):
            return True
        if now != held:
            held, since = now, time.monotonic()
        if time.monotonic() - since > STILL_S:
            return False
        time.sleep(0.1)


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, stdout=subprocess.DEVNULL)


def _length(node: Any) -> int:
    text = node.get_text_iface()
    return int(Atspi.Text.get_character_count(text)) if text is not None else 0


def _layout_runs(text: str) -> Iterator[tuple[str, str]]:
    """``text`` cut into runs that one layout ("us" or "kz") can type; spaces stay with their run."""
    for run in re.findall(r"[\u0400-\u04ff][\u0400-\u04ff ]*|[^\u0400-\u04ff]+", text):
        yield ("kz" if "\u0400" <= run[0] <= "\u04ff" else "us"), run


def _until(held: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if held():
            return True
        time.sleep(0.1)
    return False
