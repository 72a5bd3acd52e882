"""What is done at the computer beside the exam: windows in front, screens, devices, clipboard, answers.

Facts come from the engine as they happen; no key, no address and no content is ever among them. Methods may be
called from any thread; times are session milliseconds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from client.verify.rules import Finding, Kind, Phase, Rule, Values, once, wanted

MOST_LETTERS = 120
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
    most = MOST_LETTERS if len(names) < 2 else 2 * MOST_LETTERS // len(names) - 3
    return " · ".join(name if len(name) <= most else name[: most - 1] + "…" for name in names)


class DeskWatcher:
    """``off``: rules that stay off."""

    def __init__(self, limits: DeskLimits | None = None, *, off: Sequence[str] = ()) -> None:
        self._limits, self._off = limits or DeskLimits(), tuple(off)
        lim = self._limits
        self._lock = threading.Lock()
        self._window = Rule(Kind.ANOTHER_WINDOW, lim.window_ms, lim.window_calm_ms, lim.again_ms)
        self._windows = _Windows()
        self._clip: Finding | None = None  # the newest incident, as it was told last
        self._clip_ms = -(10**9)
        self._answered: deque[tuple[int, str]] = deque(maxlen=200)
        self._jump_ms = -(10**9)
        self._hinted: dict[Kind, Finding] = {}
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
        """The clipboard was filled with so many letters (their number is all that is known). Copies that follow soon
        are the same incident; it is told again when one is larger, or while it lasts."""
        lim = self._limits
        if letters < lim.clipboard_letters or not self._on(Kind.CLIPBOARD):
            return []
        with self._lock:
            told, last, self._clip_ms = self._clip, self._clip_ms, t_ms
            if told is None or t_ms - last >= lim.clipboard_calm_ms:
                self._clip = once(Kind.CLIPBOARD, t_ms, {"letters": letters})
                return [self._clip]
            most = max(letters, int(told.values["letters"]))
            if most == told.values["letters"] and t_ms - told.to_ms < lim.again_ms:
                return []
            self._clip = replace(told, to_ms=t_ms, phase=str(Phase.LASTS), values={"letters": most})
            return [self._clip]

    def answer(self, question: str, put_in: int | None, t_ms: int) -> list[Finding]:
        """A new revision of an answer; ``put_in``: letters that came in with it, from elsewhere (``OwnText``);
        None: a choice."""
        with self._lock:
            return self._paste(put_in, t_ms) + self._jump(question, t_ms)

    def hints(self, known: Mapping[str, tuple[str, str]], t_ms: int) -> list[Finding]:
        """``known``: {"virtual_machine" ...: ("yes" | "no" | "unknown", evidence)}; a yes is told once, and again with
        evidence that is new."""
        found = []
        for name, kind in HINTS.items():
            word, evidence = known.get(name, ("unknown", ""))
            if word == "yes" and self._on(kind):
                found += self._hint(kind, evidence[:MOST_LETTERS], t_ms)
        return found

    def finish(self) -> list[Finding]:
        """The exam (or a break) is here: what lasts is over."""
        with self._lock:
            return self._window.close()

    def _on(self, kind: Kind) -> bool:
        return wanted(kind, self._off)

    def _hint(self, kind: Kind, evidence: str, t_ms: int) -> list[Finding]:
        told = self._hinted.get(kind)
        if told is None:
            self._hinted[kind] = once(kind, t_ms, {"evidence": evidence})
            return [self._hinted[kind]]
        known = str(told.values["evidence"]).split(", ")
        new = [word for word in evidence.split(", ") if word not in known]
        both = ", ".join([*known, *new])[: 2 * MOST_LETTERS]
        if both == told.values["evidence"]:
            return []
        self._hinted[kind] = replace(told, to_ms=t_ms, phase=str(Phase.LASTS), values={"evidence": both})
        return [self._hinted[kind]]

    def _paste(self, put_in: int | None, t_ms: int) -> list[Finding]:
        long = put_in is not None and put_in >= self._limits.paste_letters and self._on(Kind.LONG_PASTE)
        return [once(Kind.LONG_PASTE, t_ms, {"letters": put_in})] if long and put_in is not None else []

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
