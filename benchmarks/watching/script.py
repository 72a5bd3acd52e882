"""Scenarios: what a simulated student does and when, read from TOML files, and drawn anew for each seed.

A file is one session; its format is written in docs/watching.md, so that others can add theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.watching import held
from benchmarks.watching.devices import PLACES
from benchmarks.watching.room import COVERS, PEOPLE
from client.verify.rules import Kind

SCENARIOS = Path(__file__).parent / "scenarios"
DOES = frozenset({
    "leaves", "guest", "looks", "swaps", "covers", "camera_covered", "camera_frozen", "camera_replayed", "mouths",
    "talks", "voice", "noise", "holds", "stares", "window", "screens", "camera", "clipboard", "pastes", "replaces",
    "moves", "types", "answers", "hint",
})  # fmt: skip
SHIFT_S = 6.0  # a seed moves an act by up to so much
STRETCH = (0.9, 1.25)
CAMERA_FPS = 30
IDLE_S = 25.0  # between acts of a brief session: every baseline is learnt, every calm is over


class BadScenario(Exception):
    """The file does not say what it has to; the text names file, act and fault."""


@dataclass(frozen=True)
class Act:
    """``finding``: rules of which one has to tell of it; none: it is honest. ``also``: rules that may."""

    from_ms: int
    to_ms: int
    does: str
    finding: tuple[str, ...]
    also: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Session:
    """One drawn session. ``light`` multiplies the picture, ``noise`` is the sensor's, ``hiss`` the room's (RMS)."""

    name: str
    seed: int
    who: str
    mirrored: bool
    minutes: float
    fps: int
    light: float
    noise: float
    hiss: float
    glasses: bool
    acts: tuple[Act, ...]

    @property
    def honest(self) -> bool:
        return not any(act.finding for act in self.acts)


def scenarios(folder: Path = SCENARIOS) -> list[Path]:
    """The files, in their order. Raises ``BadScenario`` when there is none."""
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise BadScenario(f"no scenario (*.toml) in {folder}")
    return found


def drawn(file: Path, seed: int, brief: bool = False) -> Session:
    """The session this seed makes of the file. ``brief``: idle time is cut short. Raises ``BadScenario``."""
    try:
        body = tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadScenario(f"{file.name}: {error}") from error
    rng = np.random.default_rng([seed, sum(file.name.encode())])
    dim = body.get("light", "good") == "dim"
    try:
        minutes = float(body["minutes"])
        acts = tuple(_act(file, k, act, rng, minutes) for k, act in enumerate(body["act"]))
        if brief:
            acts, minutes = _brief(acts)
        return Session(
            name=file.stem, seed=seed, who=str(body.get("who") or rng.choice(PEOPLE)), mirrored=bool(rng.integers(2)),
            minutes=minutes, fps=int(body.get("fps", CAMERA_FPS)),
            light=float(rng.uniform(0.3, 0.4) if dim else rng.uniform(0.75, 1.1)),
            noise=float(rng.uniform(4.0, 6.0) if dim else rng.uniform(1.5, 3.5)),
            hiss=float(rng.uniform(15, 120)), glasses=bool(body.get("glasses", False)), acts=acts,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise BadScenario(f"{file.name}: {error!r}") from error


def _brief(acts: tuple[Act, ...]) -> tuple[tuple[Act, ...], float]:
    """The acts with at most ``IDLE_S`` between them (or what a loop has to repeat), and the minutes they take."""
    moved: list[Act] = []
    end_ms = new_end_ms = shift = 0
    for act in sorted(acts, key=lambda act: act.from_ms):
        idle = round(1000 * (IDLE_S + float(act.values.get("loop", 0))))
        if act.from_ms >= end_ms:  # else it is part of what goes on
            shift = max(0, act.from_ms - (new_end_ms + idle))
        moved.append(replace(act, from_ms=act.from_ms - shift, to_ms=act.to_ms - shift))
        end_ms, new_end_ms = max(end_ms, act.to_ms), max(new_end_ms, act.to_ms - shift)
    return tuple(moved), new_end_ms / 60_000 + IDLE_S / 60


def _act(file: Path, number: int, body: Mapping[str, Any], rng: np.random.Generator, minutes: float) -> Act:
    def bad(why: str) -> BadScenario:
        return BadScenario(f"{file.name}, act {number + 1}: {why}")

    does = body.get("does")
    if does not in DOES:
        raise bad(f"does {does!r}; known: {', '.join(sorted(DOES))}")
    kinds = {name: _kinds(body.get(name, []), bad) for name in ("finding", "also")}
    if does == "covers" and body.get("what") not in COVERS:
        raise bad(f"covers with {body.get('what')!r}; known: {', '.join(COVERS)}")
    if does == "holds" and body.get("what") not in held.WHAT:
        raise bad(f"holds {body.get('what')!r}; known: {', '.join(held.WHAT)}")
    if does == "camera" and body.get("place") not in PLACES:
        raise bad(f"a camera in {body.get('place')!r}; known: {', '.join(PLACES)}")
    shift, stretch = rng.uniform(-SHIFT_S, SHIFT_S), rng.uniform(*STRETCH)
    start = round(1000 * max(0.0, float(body["at"]) + (shift if body.get("moves", True) else 0.0)))
    lasts = round(1000 * float(body.get("for", 1)) * (stretch if body.get("moves", True) else 1.0))
    if start + lasts > minutes * 60_000:
        raise bad("it does not end within the session")
    return Act(start, start + lasts, str(does), kinds["finding"], kinds["also"], dict(body))


def _kinds(said: Any, bad: Any) -> tuple[str, ...]:
    words = [said] if isinstance(said, str) else list(said)
    for word in words:
        if word not in list(Kind):
            raise bad(f"no rule {word!r}")
    return tuple(str(word) for word in words)
