"""What is done at the computer beside the exam: windows in front, screens, devices, clipboard, answers.

Facts come from the engine as they happen; no key, no address and no content is ever among them. Methods may be
called from any thread; times are session milliseconds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from client.verify.rules import Finding, Kind, Rule, Values, once, wanted

MOST_LETTERS = 120


@dataclass(frozen=True)
class DeskLimits:
    """A revision of an answer goes out a second after its first letter at the latest (``client.ui.answers``), and
    who types 120 words a minute types ten letters in it: ``paste_letters`` in one revision were not typed."""

    window_ms: int = 2000
    window_calm_ms: int = 2500
    again_ms: int = 30_000
    clipboard_letters: int = 20  # a word or a number is copied while working
    clipboard_calm_ms: int = 10_000
    paste_letters: int = 80
    jump_answers: int = 6  # different questions answered ...
    jump_ms: int = 12_000  # ... within this time


HINTS = {"virtual_machine": Kind.VIRTUAL_MACHINE, "remote_desktop": Kind.REMOTE_DESKTOP,
         "screen_sharing": Kind.SCREEN_SHARING}  # fmt: skip


class DeskWatcher:
    """``off``: rules that stay off."""

    def __init__(self, limits: DeskLimits | None = None, *, off: Sequence[str] = ()) -> None:
        self._limits, self._off = limits or DeskLimits(), tuple(off)
        lim = self._limits
        self._lock = threading.Lock()
        self._window = Rule(Kind.ANOTHER_WINDOW, lim.window_ms, lim.window_calm_ms, lim.again_ms)
        self._clip_ms = -(10**9)
        self._lengths: dict[str, int] = {}
        self._answered: deque[tuple[int, str]] = deque(maxlen=200)
        self._jump_ms = -(10**9)
        self._hinted: set[Kind] = set()
        self._virtual = False

    def front(self, app: str, title: str, ours: bool | None, t_ms: int) -> list[Finding]:
        """Which window is in front, about once a second. ``ours`` None: the system does not tell."""
        if not self._on(Kind.ANOTHER_WINDOW):
            return []
        values: Values = {"app": app[:MOST_LETTERS], "title": title[:MOST_LETTERS]}
        with self._lock:
            return self._window.feed(ours is False, t_ms, values)

    def screens(self, count: int, added: Sequence[str], t_ms: int) -> list[Finding]:
        """The screens changed while recording; ``added`` names the new streams."""
        if not added or count < 2 or not self._on(Kind.SCREEN_ADDED):
            return []
        return [once(Kind.SCREEN_ADDED, t_ms, {"count": count})]

    def camera(self, name: str, origin: str, replaced: bool, t_ms: int) -> list[Finding]:
        """Which camera is read. One that is a program is told once, as is each replacement."""
        found: list[Finding] = []
        said: Values = {"name": name[:MOST_LETTERS], "origin": origin}
        virtual = origin == "virtual"
        if virtual and not self._virtual and self._on(Kind.CAMERA_VIRTUAL):
            found.append(once(Kind.CAMERA_VIRTUAL, t_ms, said))
        elif replaced and self._on(Kind.CAMERA_CHANGED):
            found.append(once(Kind.CAMERA_CHANGED, t_ms, said))
        self._virtual = virtual
        return found

    def clipboard(self, letters: int, t_ms: int) -> list[Finding]:
        """The clipboard was filled with so many letters (their number is all that is known)."""
        lim = self._limits
        if letters < lim.clipboard_letters or not self._on(Kind.CLIPBOARD):
            return []
        with self._lock:
            before, self._clip_ms = self._clip_ms, t_ms
        return [] if t_ms - before < lim.clipboard_calm_ms else [once(Kind.CLIPBOARD, t_ms, {"letters": letters})]

    def restored(self, question: str, letters: int) -> None:
        """What an answer held when the exam went on: the next one is compared with it."""
        with self._lock:
            self._lengths[question] = letters

    def answer(self, question: str, letters: int | None, t_ms: int) -> list[Finding]:
        """A new revision of an answer; ``letters`` None: a choice."""
        with self._lock:
            return self._paste(question, letters, t_ms) + self._jump(question, t_ms)

    def hints(self, known: Mapping[str, tuple[str, str]], t_ms: int) -> list[Finding]:
        """``known``: {"virtual_machine" ...: ("yes" | "no" | "unknown", evidence)}; a yes is told once."""
        found = []
        for name, kind in HINTS.items():
            word, evidence = known.get(name, ("unknown", ""))
            if word == "yes" and kind not in self._hinted and self._on(kind):
                self._hinted.add(kind)
                found.append(once(kind, t_ms, {"evidence": evidence[:MOST_LETTERS]}))
        return found

    def finish(self) -> list[Finding]:
        """The exam (or a break) is here: what lasts is over."""
        with self._lock:
            return self._window.close()

    def _on(self, kind: Kind) -> bool:
        return wanted(kind, self._off)

    def _paste(self, question: str, letters: int | None, t_ms: int) -> list[Finding]:
        if letters is None:
            return []
        grown = letters - self._lengths.get(question, 0)
        self._lengths[question] = letters
        long = grown >= self._limits.paste_letters and self._on(Kind.LONG_PASTE)
        return [once(Kind.LONG_PASTE, t_ms, {"letters": grown})] if long else []

    def _jump(self, question: str, t_ms: int) -> list[Finding]:
        lim = self._limits
        self._answered.append((t_ms, question))
        while self._answered[0][0] < t_ms - lim.jump_ms:
            self._answered.popleft()
        several = len({name for _, name in self._answered})
        if several < lim.jump_answers or t_ms - self._jump_ms < lim.jump_ms or not self._on(Kind.ANSWERS_JUMP):
            return []
        self._jump_ms = t_ms
        return [once(Kind.ANSWERS_JUMP, t_ms, {"answers": several}, self._answered[0][0])]
