"""Each rule over time: found once, not found too early, and quiet with an honest student."""

from __future__ import annotations

import numpy as np
import pytest
from far_model import TEMPLATE, FarModel

from client.verify.rules import Finding, WatchLimits
from client.verify.watching import Watcher
from faces.describe import Describer
from faces.detect import Face, FaceAnalyser, Picture
from faces.pose import Pose
from faces.template import Template, enrol
from simulation.puppet import Posture, Puppet, noisy, portrait

STEP_MS = 333


def last(found: list[Finding]) -> list[Finding]:
    """Of each incident what was told last."""
    return list({(f.kind, f.incident): f for f in found}.values())


RNG = np.random.default_rng(3)
POINTS = np.zeros((478, 3), np.float32)


def person(yaw: float = 0.0, size: int = 120, x: int = 250) -> Face:
    return Face((x, 150, size, size), 0.9, POINTS, Pose(yaw, 3.0, 0), 0.3, 0.0, 0.0)


def room() -> Picture:
    return RNG.integers(60, 200, (480, 640, 3), dtype=np.uint8)


def watch(watcher: Watcher, scenes: list[tuple[float, list[Face]]], picture: Picture | None = None) -> list[Finding]:
    """Scenes of (seconds, faces), one after the other."""
    found, t = [], 0
    for seconds, faces in scenes:
        for _ in range(round(seconds * 1000 / STEP_MS)):
            found += watcher.feed(room() if picture is None else picture, faces, t)
            t += STEP_MS
    return found + watcher.finish()


def test_an_honest_student_is_not_flagged() -> None:
    scenes = [(20, [person()]), (1.5, [person(30)]), (10, [person(-8)]), (2, []), (20, [person()]),
              (0.7, [person(), person(x=10)]), (10, [person()])]  # fmt: skip
    assert watch(Watcher(), scenes) == []


@pytest.mark.parametrize(
    ("kind", "faces", "seconds", "values"),
    [
        ("nobody", [], 8, {}),
        ("several_faces", [person(), person(x=10, size=90)], 4, {"faces": 2.0}),
        ("looks_away", [person(38)], 6, {"yaw": 38.0}),
        ("looks_away", [person(-38)], 6, {"yaw": -38.0}),
    ],
)
def test_one_incident_is_one_finding(kind: str, faces: list[Face], seconds: int, values: dict[str, float]) -> None:
    began, finding = watch(Watcher(), [(5, [person()]), (seconds, faces), (5, [person()])])
    assert (began.kind, began.phase, finding.kind, finding.phase) == (kind, "began", kind, "over")
    assert began.incident == finding.incident == began.from_ms == finding.from_ms == pytest.approx(5000, abs=400)
    assert began.to_ms - 5000 < 5000  # told within five seconds
    assert finding.to_ms == pytest.approx(5000 + seconds * 1000, abs=700)
    assert finding.values == values


def test_a_flicker_does_not_split_an_incident() -> None:
    scenes = [(5, [person()]), (4, []), (0.7, [person()]), (4, []), (5, [person()])]
    assert [f.kind for f in last(watch(Watcher(), scenes))] == ["nobody"]


def test_two_incidents_are_two_findings() -> None:
    scenes = [(6, []), (5, [person()]), (6, []), (5, [person()])]
    assert [f.incident // 1000 for f in last(watch(Watcher(), scenes))] == [0, 10]


def test_a_long_incident_is_told_again_while_it_lasts() -> None:
    found = watch(Watcher(), [(75, []), (5, [person()])])
    assert [f.phase for f in found] == ["began", "lasts", "lasts", "over"]
    assert {(f.kind, f.incident, f.from_ms) for f in found} == {("nobody", 0, 0)}
    assert [round(f.to_ms / 1000) for f in found] == [4, 34, 64, 75]


def test_what_still_lasts_at_the_end_is_told() -> None:
    found = watch(Watcher(), [(5, [person()]), (6, [])])
    assert [(f.kind, f.phase) for f in found] == [("nobody", "began"), ("nobody", "over")]


def test_signs_now_and_then_are_no_incident() -> None:
    """Each is within the calm of the last, but most looks show nothing."""
    assert watch(Watcher(), [(0.3, []), (1, [person()])] * 20) == []


def test_small_faces_behind_are_not_near() -> None:
    assert watch(Watcher(), [(10, [person(), person(x=10, size=30)])]) == []


def test_a_covered_camera_is_not_an_empty_room() -> None:
    dark = RNG.integers(2, 6, (480, 640, 3), dtype=np.uint8)
    watcher, found, t = Watcher(), [], 0
    for _ in range(20):
        dark = RNG.integers(2, 6, (480, 640, 3), dtype=np.uint8)
        found += watcher.feed(dark, [], t)
        t += STEP_MS
    assert [f.kind for f in last(found + watcher.finish())] == ["camera_covered"]


def test_a_frozen_picture() -> None:
    assert [f.kind for f in last(watch(Watcher(), [(9, [person()])], room()))] == ["camera_frozen"]


def test_without_pictures_nothing_lasts() -> None:
    """One look shows nobody, then the camera is away, then one look again: that is no minute of an empty chair."""
    watcher = Watcher()
    found = watcher.feed(room(), [], 0) + watcher.feed(room(), [], 60_000) + watcher.feed(room(), [], 60_333)
    assert found == []
    for t in range(61_000, 70_000, STEP_MS):
        found += watcher.feed(room(), [], t)
    over = watcher.feed(room(), [], 100_000)
    assert [(f.phase, f.from_ms) for f in found + over] == [("began", 60_000), ("over", 60_000)]
    assert over[0].to_ms < 70_000


def test_the_sample_for_the_track() -> None:
    watcher = Watcher()
    assert watcher.sample() == {"faces": 0, "yaw": None, "pitch": None}
    watcher.feed(room(), [person(12.34)], 0)
    assert watcher.sample() == {"faces": 1, "yaw": 12.3, "pitch": 3.0}
    watcher.feed(room(), [], 300)
    assert watcher.sample() == {"faces": 0, "yaw": None, "pitch": None}


def test_the_right_person_leaves_and_another_sits_down(analyser: FaceAnalyser, describer: Describer) -> None:
    template: Template = enrol(portrait("astronaut")[0], analyser, describer)
    limits = WatchLimits(person_every_ms=3000)
    watcher = Watcher(limits, template=template, describer=describer)
    pictures = [Puppet.of(name).draw(Posture(), (640, 480)) for name in ("astronaut", "second")]
    looks = [(p, analyser.look(p)) for p in pictures]
    found: list[Finding] = []
    for k in range(90):
        picture, faces = looks[k >= 30]
        found += watcher.feed(noisy(picture, k), faces, k * STEP_MS)
        assert k >= 30 or not found
    different = [f for f in found if f.kind == "different_person"]
    assert different and different[0].from_ms >= 30 * STEP_MS and different[0].values["distance"] > 0.6
    assert different[0].to_ms - 30 * STEP_MS < 9000
    (over,) = [f for f in watcher.finish() if f.kind == "different_person"]
    assert (over.phase, over.incident) == ("over", different[0].incident) and over.to_ms > different[-1].to_ms


def test_somebody_else_is_an_incident_with_an_end(analyser: FaceAnalyser) -> None:
    """It lasts while the other one is there, whoever is seen once by mistake, and ends with the right person."""
    limits = WatchLimits(person_every_ms=2000, person_again_ms=600, again_ms=5000)
    pictures = [Puppet.of(name).draw(Posture(), (640, 480)) for name in ("astronaut", "second")]
    right, wrong = ((p, analyser.look(p)) for p in pictures)
    model = FarModel(lambda bgr: 0.3 if bgr is right[0] else 0.7)
    watcher = Watcher(limits, template=TEMPLATE, describer=model, off=("camera_replayed", "camera_frozen"))
    scenes = [right] * 6 + [wrong] * 24 + [right] * 2 + [wrong] * 12 + [right] * 30
    found = [f for k, (picture, faces) in enumerate(scenes) for f in watcher.feed(picture, faces, k * STEP_MS)]
    found = [f for f in found if f.kind == "different_person"]
    assert len({f.incident for f in found}) == 1
    assert [f.phase for f in found] == ["began", "lasts", "over"] and found[-1].values["distance"] > 0.6
    assert 24 + 6 < found[-1].to_ms / STEP_MS < 6 + 24 + 2 + 12
    assert watcher.finish() == []


def test_who_sits_down_is_looked_at_at_once(analyser: FaceAnalyser, describer: Describer) -> None:
    """The next turn of the comparison is 20 s away; somebody who comes back after an absence does not wait for it."""
    template: Template = enrol(portrait("astronaut")[0], analyser, describer)
    watcher = Watcher(template=template, describer=describer)
    pictures = [Puppet.of(name).draw(Posture(), (640, 480)) for name in ("astronaut", "second")]
    right, wrong = ((p, analyser.look(p)) for p in pictures)
    scenes = [right] * 6 + [(room(), [])] * 3 + [wrong] * 30
    found = [f for k, (picture, faces) in enumerate(scenes) for f in watcher.feed(picture, faces, k * STEP_MS)]
    (different,) = [f for f in found if f.kind == "different_person"]
    assert different.from_ms == 9 * STEP_MS


@pytest.mark.parametrize(
    ("away", "cohort", "told"),
    [
        (0.57, None, False), (0.62, None, True), (0.57, 0.51, True), (0.55, 0.51, False),
        (0.62, 0.64, True),  # far from everybody: never above the distance
        (0.44, 0.30, False), (0.46, 0.30, True),  # nor below what one sitting has
    ],
)  # fmt: skip
def test_whoever_has_near_neighbours_is_compared_more_strictly(
    analyser: FaceAnalyser, away: float, cohort: float | None, told: bool
) -> None:
    picture = Puppet.of("astronaut").draw(Posture(), (640, 480))
    faces, off = analyser.look(picture), ("camera_frozen", "camera_replayed")
    watcher = Watcher(template=TEMPLATE, describer=FarModel(away), cohort=cohort, off=off)
    found = [f for k in range(30) for f in watcher.feed(picture, faces, k * STEP_MS)]
    assert {f.kind for f in found} == ({"different_person"} if told else set())
