"""Scenarios: what a simulated student does and when, read from TOML files, and drawn anew for each seed.

A file is one session; its format is written in docs/watching.md, so that others can add theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.watching.room import COVERS, PEOPLE
from client.verify.rules import Kind

SCENARIOS = Path(__file__).parent / "scenarios"
DOES = frozenset({
    "leaves", "guest", "looks", "swaps", "covers", "camera_covered", "camera_frozen", "camera_replayed", "mouths",
    "talks", "voice", "noise", "window", "screens", "camera", "clipboard", "pastes", "types", "answers", "hint",
})  # fmt: skip
SHIFT_S = 6.0  # a seed moves an act by up to so much
STRETCH = (0.9, 1.25)
CAMERA_FPS = 30


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


def drawn(file: Path, seed: int) -> Session:
    """The session this seed makes of the file. Raises ``BadScenario``."""
    try:
        body = tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadScenario(f"{file.name}: {error}") from error
    rng = np.random.default_rng([seed, sum(file.name.encode())])
    dim = body.get("light", "good") == "dim"
    try:
        minutes = float(body["minutes"])
        acts = tuple(_act(file, k, act, rng, minutes) for k, act in enumerate(body["act"]))
        return Session(
            name=file.stem, seed=seed, who=str(body.get("who") or rng.choice(PEOPLE)), mirrored=bool(rng.integers(2)),
            minutes=minutes, fps=int(body.get("fps", CAMERA_FPS)),
            light=float(rng.uniform(0.3, 0.4) if dim else rng.uniform(0.75, 1.1)),
            noise=float(rng.uniform(4.0, 6.0) if dim else rng.uniform(1.5, 3.5)),
            hiss=float(rng.uniform(15, 120)), glasses=bool(body.get("glasses", False)), acts=acts,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise BadScenario(f"{file.name}: {error!r}") from error


def _act(file: Path, number: int, body: Mapping[str, Any], rng: np.random.Generator, minutes: float) -> Act:
    def bad(why: str) -> BadScenario:
        return BadScenario(f"{file.name}, act {number + 1}: {why}")

    does = body.get("does")
    if does not in DOES:
        raise bad(f"does {does!r}; known: {', '.join(sorted(DOES))}")
    kinds = {name: _kinds(body.get(name, []), bad) for name in ("finding", "also")}
    if does == "covers" and body.get("what") not in COVERS:
        raise bad(f"covers with {body.get('what')!r}; known: {', '.join(COVERS)}")
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
