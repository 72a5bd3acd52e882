"""Each rule is told of what it is for, and can be switched off alone: the others go on, and it alone can stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from far_model import TEMPLATE, FarModel

from benchmarks.watching.room import Room, Scene
from client.verify.desk import HINTS, DeskWatcher
from client.verify.rules import Kind
from client.verify.watching import Watcher
from faces.detect import Face, FaceAnalyser, Picture
from faces.pose import Pose
from simulation.puppet import portrait

STEP_MS = 333
RNG = np.random.default_rng(4)
NOISE = [RNG.integers(60, 200, (120, 160, 3), dtype=np.uint8) for _ in range(50)]
DARK = [RNG.integers(2, 5, (120, 160, 3), dtype=np.uint8) for _ in range(50)]
POINTS = portrait("astronaut")[1].astype(np.float32)
FACE = Face((250, 150, 120, 120), 0.9, POINTS, Pose(0, 0, 0), 0.3, 0.0, 0.0)
Look = tuple[Picture, list[Face]]
Told = set[str]
DESK = (Kind.CAMERA_CHANGED, Kind.CAMERA_VIRTUAL, Kind.ANOTHER_WINDOW, Kind.SCREEN_ADDED, Kind.CLIPBOARD,
        Kind.LONG_PASTE, Kind.ANSWERS_JUMP, Kind.VIRTUAL_MACHINE, Kind.REMOTE_DESKTOP, Kind.SCREEN_SHARING)  # fmt: skip


def at_the_desk(off: Sequence[str]) -> Told:
    """Everything that can be done there."""
    desk = DeskWatcher(off=off)
    found = [f for second in range(5) for f in desk.front("firefox", "", False, second * 1000)]
    found += [f for number in range(9) for f in desk.answer(f"q{number}", 500, number * 1000)]
    found += desk.screens(2, ["screen-2"], 0) + desk.clipboard(500, 0)
    found += desk.camera("a", "virtual", True, 0) + desk.camera("b", "hardware", True, 0)
    found += desk.hints({name: ("yes", name) for name in HINTS}, 0)
    return {f.kind for f in found}


def seen(watcher: Watcher, looks: Iterable[Look], step_ms: int = STEP_MS, sound: bool = False) -> Told:
    found, t = [], 0
    for bgr, faces in looks:
        if sound and t > 4000:  # the lips were seen before
            watcher.hear(voice(), t)
        found += watcher.feed(bgr, faces, t)
        t += step_ms
    return {f.kind for f in found + watcher.finish()}


def voice() -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    t = np.arange(48 * STEP_MS) / 48_000
    return np.asarray(1500 * sum(np.sin(2 * np.pi * 140 * h * t) for h in range(1, 9)), dtype=np.int16)


def turned(yaw: float) -> Face:
    return replace(FACE, points=np.zeros((478, 3), np.float32), pose=Pose(yaw, 0, 0))


def talking(k: int) -> Face:
    return replace(turned(0), mouth_open=0.3 * (k % 2))


def dressed(analyser: FaceAnalyser) -> list[Look]:
    """Bare for ten seconds, then with a mask."""
    room = Room("second", 1)
    bare, masked = ((p, analyser.look(p)) for p in (room.draw(Scene("second")),
                                                    room.draw(Scene("second", cover="mask_blue"))))  # fmt: skip
    return [bare] * 30 + [masked] * 20


SCENES: dict[Kind, Callable[[], list[Look]]] = {
    Kind.NOBODY: lambda: [(p, []) for p in NOISE],
    Kind.SEVERAL_FACES: lambda: [(p, [turned(0), replace(turned(0), box=(10, 150, 110, 110))]) for p in NOISE],
    Kind.LOOKS_AWAY: lambda: [(p, [turned(40)]) for p in NOISE],
    Kind.CAMERA_COVERED: lambda: [(p, []) for p in DARK],
    Kind.CAMERA_FROZEN: lambda: [(NOISE[0], [turned(0)])] * 30,
    Kind.CAMERA_REPLAYED: lambda: [(p, [turned(0)]) for p in NOISE * 3],
    Kind.STILL_FACE: lambda: [(NOISE[k % 50], [FACE]) for k in range(260)],
    Kind.TALKING: lambda: [(p, [talking(k)]) for k, p in enumerate(NOISE)],
    Kind.SPEECH_WITHOUT_LIPS: lambda: [(p, [turned(0)]) for p in NOISE],
}
HEARD = (Kind.TALKING, Kind.SPEECH_WITHOUT_LIPS)


@pytest.fixture(params=[kind for kind in Kind if kind not in DESK], ids=str)
def rule(request: pytest.FixtureRequest, analyser: FaceAnalyser) -> tuple[Kind, Callable[[Sequence[str]], Told]]:
    """A rule and what is told, with some switched off, while there is reason for it."""
    kind: Kind = request.param
    if kind is Kind.FACE_COVERED:
        looks = dressed(analyser)
    elif kind is Kind.DIFFERENT_PERSON:
        other = Room("second", 1).draw(Scene("second"))
        looks = [(other, analyser.look(other))] * 20
    else:
        looks = SCENES[kind]()

    def told(off: Sequence[str]) -> Told:
        template = TEMPLATE if kind is Kind.DIFFERENT_PERSON else None
        watcher = Watcher(template=template, describer=FarModel(0.7), off=off)
        return seen(watcher, looks, 1000 if kind is Kind.STILL_FACE else STEP_MS, kind in HEARD)

    return kind, told


def test_each_rule_of_camera_and_sound(rule: tuple[Kind, Callable[[Sequence[str]], Told]]) -> None:
    kind, told = rule
    everything = told(())
    assert kind in everything
    assert told((kind,)) == everything - {kind}
    assert told([other for other in Kind if other is not kind]) == {kind}


def test_everything_at_the_desk_is_told() -> None:
    assert at_the_desk(()) == set(DESK)


@pytest.mark.parametrize("kind", DESK)
def test_each_rule_of_the_desk(kind: Kind) -> None:
    alone = at_the_desk([other for other in Kind if other is not kind])
    # an input that is a program is another camera too; where the one is not to be told, the other is
    assert alone == {kind}
    assert at_the_desk((kind,)) == set(DESK) - {kind}
