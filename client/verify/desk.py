"""What is done at the computer beside the exam: windows in front, screens, devices, clipboard, answers.

Facts come from the engine as they happen; no key, no address and no content is ever among them. Methods may be
called from any thread; times are session milliseconds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from client.verify.bursts import Burst, Join, also, first, most, total
from client.verify.rules import Finding, Kind, Rule, Values, wanted

MOST_LETTERS = 120
NEVER = 10**12  # ms
MOST_WINDOWS = 5  # named of one incident


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
    paste_calm_ms: int = 10_000  # a text brought in pieces
    plugs_calm_ms: int = 20_000  # a loose cable


HINTS = {"virtual_machine": Kind.VIRTUAL_MACHINE, "remote_desktop": Kind.REMOTE_DESKTOP,
         "screen_sharing": Kind.SCREEN_SHARING}  # fmt: skip


@dataclass
class _Windows:
    """Those in front during one incident."""

    apps: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def saw(self, app: str, title: str) -> Values:
        for names, name in ((self.apps, app), (self.titles, title)):
            if name and name not in names and len(names) < MOST_WINDOWS:
                names.append(name)
        return {"app": _listed(self.apps), "title": _listed(self.titles)}


def _listed(names: Sequence[str]) -> str:
    """All of them, each cut so that none crowds the others out."""
    longest = MOST_LETTERS if len(names) < 2 else 2 * MOST_LETTERS // len(names) - 3
    return " · ".join(name if len(name) <= longest else name[: longest - 1] + "…" for name in names)


class DeskWatcher:
    """``off``: rules that stay off."""

    def __init__(self, limits: DeskLimits | None = None, *, off: Sequence[str] = ()) -> None:
        self._limits, self._off = limits or DeskLimits(), tuple(off)
        lim = self._limits
        self._lock = threading.Lock()
        self._window = Rule(Kind.ANOTHER_WINDOW, lim.window_ms, lim.window_calm_ms, lim.again_ms)
        self._windows = _Windows()
        self._answered: deque[tuple[int, str]] = deque(maxlen=200)
        calm = {
            Kind.CLIPBOARD: lim.clipboard_calm_ms, Kind.LONG_PASTE: lim.paste_calm_ms, Kind.ANSWERS_JUMP: lim.jump_ms,
            Kind.SCREEN_ADDED: lim.plugs_calm_ms, Kind.CAMERA_CHANGED: lim.plugs_calm_ms,
            Kind.CAMERA_VIRTUAL: lim.plugs_calm_ms,
        }  # fmt: skip
        self._bursts = {kind: Burst(kind, ms, lim.again_ms) for kind, ms in calm.items()}
        self._bursts |= {kind: Burst(kind, NEVER, NEVER) for kind in HINTS.values()}
        self._virtual = False

    def front(self, app: str, title: str, ours: bool | None, t_ms: int) -> list[Finding]:
        """Which window is in front, about once a second. ``ours`` None: the system does not tell."""
        if not self._on(Kind.ANOTHER_WINDOW):
            return []
        with self._lock:
            if self._window.began is None:
                self._windows = _Windows()
            values = self._windows.saw(app, title) if ours is False else {}
            return self._window.feed(ours is False, t_ms, values)

    def screens(self, count: int, added: Sequence[str], t_ms: int) -> list[Finding]:
        """The screens changed while recording; ``added`` names the new streams."""
        return self._tell(Kind.SCREEN_ADDED, t_ms, most("count", count)) if added and count > 1 else []

    def camera(self, name: str, origin: str, replaced: bool, t_ms: int) -> list[Finding]:
        """Which camera is read. One that is a program is told once, as is each replacement."""
        virtual, before = origin == "virtual", self._virtual
        self._virtual = virtual
        said = also("name", name[:MOST_LETTERS], " · ", 2 * MOST_LETTERS)

        def named(told: Values | None) -> Values:
            return {**said(told), "origin": origin}

        if virtual and not before and self._on(Kind.CAMERA_VIRTUAL):
            return self._tell(Kind.CAMERA_VIRTUAL, t_ms, named)
        return self._tell(Kind.CAMERA_CHANGED, t_ms, named) if replaced else []

    def clipboard(self, letters: int, t_ms: int) -> list[Finding]:
        """The clipboard was filled with so many letters (their number is all that is known)."""
        enough = letters >= self._limits.clipboard_letters
        return self._tell(Kind.CLIPBOARD, t_ms, most("letters", letters)) if enough else []

    def answer(self, question: str, put_in: int | None, t_ms: int) -> list[Finding]:
        """A new revision of an answer; ``put_in``: letters that came in with it, from elsewhere (``OwnText``);
        None: a choice."""
        long = put_in is not None and put_in >= self._limits.paste_letters
        pasted = self._tell(Kind.LONG_PASTE, t_ms, total("letters", put_in)) if long and put_in is not None else []
        return pasted + self._jump(question, t_ms)

    def hints(self, known: Mapping[str, tuple[str, str]], t_ms: int) -> list[Finding]:
        """``known``: {"virtual_machine" ...: ("yes" | "no" | "unknown", evidence)}; a yes is told once, and again with
        evidence that is new."""
        found = []
        for name, kind in HINTS.items():
            word, evidence = known.get(name, ("unknown", ""))
            if word == "yes":
                found += self._tell(kind, t_ms, also("evidence", evidence[:MOST_LETTERS], ", ", 2 * MOST_LETTERS))
        return found

    def finish(self) -> list[Finding]:
        """The exam (or a break) is here: what lasts is over."""
        with self._lock:
            return self._window.close()

    def _on(self, kind: Kind) -> bool:
        return wanted(kind, self._off)

    def _tell(self, kind: Kind, t_ms: int, join: Join, from_ms: int | None = None) -> list[Finding]:
        if not self._on(kind):
            return []
        with self._lock:
            return self._bursts[kind].happened(t_ms, join, from_ms)

    def _jump(self, question: str, t_ms: int) -> list[Finding]:
        lim = self._limits
        with self._lock:
            self._answered.append((t_ms, question))
            while self._answered[0][0] < t_ms - lim.jump_ms:
                self._answered.popleft()
            several, began = len({name for _, name in self._answered}), self._answered[0][0]
        if several < lim.jump_answers:
            return []
        return self._tell(Kind.ANSWERS_JUMP, t_ms, first("answers", several), began)
