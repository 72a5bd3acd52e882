"""The whole check, real models on the puppet: the three outcomes, and a way out of everything."""

from __future__ import annotations

import base64
import dataclasses
import json

import cv2
import numpy as np
import pytest
from student_actor import Change, look, sit, words

from client.verify.identity import IdentityCheck
from faces.asks import follows, plan
from faces.describe import Describer
from faces.detect import FaceAnalyser, Picture
from faces.match import Limits
from faces.template import Template, enrol
from simulation.performer import Performer
from simulation.puppet import Posture, Puppet, portrait, tilted_sheet

COHORT = 0.70


@pytest.fixture(scope="module")
def astronaut(analyser: FaceAnalyser, describer: Describer) -> Template:
    return enrol(portrait("astronaut")[0], analyser, describer)


@pytest.fixture(scope="module")
def second(analyser: FaceAnalyser, describer: Describer) -> Template:
    return enrol(portrait("second")[0], analyser, describer)


@pytest.fixture(scope="module")
def performer() -> Performer:
    return Performer((640, 480), 15)


@pytest.fixture(autouse=True)
def at_rest(performer: Performer) -> None:
    performer.set_mode("live")
    performer.pose("straight")
    for _ in range(12):
        performer.frame()


def test_the_right_person_passes(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template
) -> None:
    check = IdentityCheck("nonce 1", astronaut, COHORT, Limits(), describer=describer)
    progress, t = sit(check, analyser, performer)
    evidence = check.evidence()
    assert (progress.outcome, progress.prompt, progress.progress) == ("match", "done", 1.0), evidence
    assert 8_000 < t < 30_000
    assert words(evidence) == [s.prompt for s in plan("nonce 1")]
    for prompt in evidence["prompts"]:
        if prompt["prompt"].startswith("turn"):
            assert prompt["peak"] >= 20 and prompt["residual"] >= 0.05
        if prompt["prompt"] == "blink":
            assert prompt["peak"] < 0.7
    assert len(evidence["distances"]) == 5 and evidence["score"] < -0.05 and evidence["reason"] == "compared"
    assert evidence["cohort"] == COHORT and evidence["limits"] == Limits().to_dict()
    assert 10 < evidence["looks_per_second"] < 20
    own = check.own_template()
    assert own is not None and float(np.linalg.norm(own.descriptor - astronaut.descriptor)) < 0.4
    _pictures_are_small(evidence)
    json.dumps(evidence, allow_nan=False)


def _pictures_are_small(evidence: dict[str, list[str]]) -> None:
    assert set(evidence["picture_names"]) == {"first", "last", "turn_left", "turn_right"}
    for text in evidence["pictures"]:
        data = base64.b64decode(text)
        assert len(data) < 25_000
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None and max(picture.shape) <= 240


@pytest.mark.parametrize(("cohort", "outcome"), [(0.70, "no_match"), (0.78, "invigilator"), (None, "invigilator")])
def test_another_person_never_matches(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, second: Template, cohort: float, outcome: str
) -> None:
    check = IdentityCheck("nonce 2", second, cohort, Limits(), describer=describer)
    progress, _ = sit(check, analyser, performer)
    assert progress.outcome == outcome
    assert check.reason == {0.70: "compared", 0.78: "unsure", None: "no_cohort"}[cohort]


def test_without_a_reference_a_person_decides(
    analyser: FaceAnalyser, describer: Describer, performer: Performer
) -> None:
    check = IdentityCheck("nonce 3", None, None, Limits(), describer=describer)
    progress, _ = sit(check, analyser, performer)
    assert (progress.outcome, check.reason) == ("invigilator", "no_reference")
    assert len(check.evidence()["pictures"]) == 4 and check.own_template() is not None


def test_limits_or_template_of_another_model(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template
) -> None:
    foreign = dataclasses.replace(astronaut, model="0" * 64)
    check = IdentityCheck("nonce 4", foreign, COHORT, Limits(), describer=describer)
    progress, _ = sit(check, analyser, performer)
    assert (progress.outcome, check.reason) == ("invigilator", "other_model")


def test_nobody_before_the_camera(analyser: FaceAnalyser, astronaut: Template) -> None:
    empty = np.full((480, 640, 3), 110, np.uint8)
    check = IdentityCheck("nonce 5", astronaut, COHORT, Limits())
    t = 0
    while not (progress := check.feed(empty, look(analyser, empty), t)).outcome:
        assert (progress.prompt, progress.advice, progress.progress) == ("look_straight", "no_face", 0.0)
        t += 250
        assert t < 60_000
    assert (progress.outcome, check.reason) == ("invigilator", "no_face")
    assert check.evidence()["distances"] == [] and check.evidence()["pictures"] == []


@pytest.mark.parametrize("ignored", ["turn_left", "turn_right", "blink"])
def test_a_prompt_that_is_not_followed_goes_to_a_person(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template, ignored: str
) -> None:
    # A nonce whose first ask is the ignored one, and a face that stays still.
    nonce = next(f"n{k}" for k in range(99) if plan(f"n{k}")[1].prompt == ignored)
    check = IdentityCheck(nonce, astronaut, COHORT, Limits(), describer=describer)
    face = analyser.look(performer.still())
    picture, t = performer.still(), 0
    while not (progress := check.feed(picture, face, t)).outcome:
        t += 80
    assert (progress.outcome, check.reason) == ("invigilator", "prompt_not_seen")
    assert check.evidence()["prompts"][-1]["prompt"] == ignored
    assert check.evidence()["prompts"][-1]["done_ms"] is None


def test_a_flat_print_passes_no_turn(analyser: FaceAnalyser, describer: Describer, astronaut: Template) -> None:
    """A photo held up and swung to both sides by up to 40 degrees, again and again."""
    nonce = next(f"n{k}" for k in range(99) if plan(f"n{k}")[1].prompt == "turn_left")
    check = IdentityCheck(nonce, astronaut, COHORT, Limits(), describer=describer)
    photo = Puppet.of("astronaut").draw(Posture(), (640, 480))
    swing = [*range(0, 41, 4), *range(40, -41, -4), *range(-40, 1, 4)]
    looks = {yaw: (p := tilted_sheet(photo, yaw), analyser.look(p)) for yaw in set(swing)}
    t, k = 0, 0
    while not check.outcome:
        asked = bool(check.evidence()["prompts"]) and check.evidence()["prompts"][-1]["prompt"] == "turn_left"
        k = k + 1 if asked else 0
        picture, faces = looks[swing[k % len(swing)]]
        check.feed(picture, faces, t)
        t += 70
    assert check.outcome == "invigilator" and check.reason in ("prompt_not_seen", "flat_picture")
    assert check.evidence()["prompts"][-1]["residual"] < 0.05


def test_a_slow_camera_is_named(analyser: FaceAnalyser, describer: Describer, astronaut: Template) -> None:
    nonce = next(f"n{k}" for k in range(99) if plan(f"n{k}")[1].prompt == "blink")
    check = IdentityCheck(nonce, astronaut, COHORT, Limits(), describer=describer)
    picture = Puppet.of("astronaut").draw(Posture(), (640, 480))
    faces, t = analyser.look(picture), 0
    while not check.outcome:
        check.feed(picture, faces, t)
        t += 250
    assert (check.outcome, check.reason) == ("invigilator", "camera_too_slow")


def test_swapping_people_midway_starts_again_and_then_goes_to_a_person(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template
) -> None:
    """Two near faces break the track: the prompts begin again, three times, then a person decides."""
    check = IdentityCheck("nonce 6", astronaut, COHORT, Limits(), describer=describer)
    guest = cv2.resize(portrait("second")[0][:, 110:350], (240, 360))

    def visit(picture: Picture, t_ms: int) -> Picture:
        if t_ms % 4000 > 3700:
            picture[120:480, 400:640] = guest
        return picture

    progress, _ = sit(check, analyser, performer, change=visit)
    assert (progress.outcome, check.reason) == ("invigilator", "track_lost")
    assert check.evidence()["tries"] == 3


def test_the_student_may_leave_it_to_a_person(
    analyser: FaceAnalyser, performer: Performer, astronaut: Template
) -> None:
    check = IdentityCheck("nonce 7", astronaut, COHORT, Limits())
    sit(check, analyser, performer, until_ms=1000)
    check.leave_to_person("cannot_turn")
    assert (check.outcome, check.reason) == ("invigilator", "cannot_turn")
    check.leave_to_person("again")
    picture = performer.still()
    assert check.feed(picture, analyser.look(picture), 2000).outcome == "invigilator"
    assert check.evidence()["reason"] == "cannot_turn"


def test_advice_while_the_gates_fail(analyser: FaceAnalyser, performer: Performer, astronaut: Template) -> None:
    check = IdentityCheck("nonce 8", astronaut, COHORT, Limits())
    dark = (performer.still() * 0.25).astype(np.uint8)
    faces = analyser.look(dark)
    for k in range(320):
        progress = check.feed(dark, faces, k * 100)
        if progress.outcome:
            break
        assert progress.advice == "too_dark"
    assert (check.outcome, check.reason) == ("invigilator", "too_dark")


def ends(analyser: FaceAnalyser, describer: Describer, template: Template, picture: Picture, step_ms: int = 80) -> str:
    """What a check that sees only this picture says in the end; it always ends with a person."""
    check = IdentityCheck("nonce 9", template, COHORT, Limits(), describer=describer)
    faces, t = analyser.look(picture), 0
    while not check.outcome:
        check.feed(picture, faces, t)
        t += step_ms
        assert t < 200_000
    assert check.outcome == "invigilator" and check.evidence()["reason"] == check.reason
    return check.reason


def test_a_camera_of_160_by_120_is_too_small(analyser: FaceAnalyser, describer: Describer, astronaut: Template) -> None:
    picture = Puppet.of("astronaut").draw(Posture(), (160, 120))
    assert ends(analyser, describer, astronaut, picture) in ("too_far", "blurred")


def test_a_camera_upside_down_leads_to_a_person(
    analyser: FaceAnalyser, describer: Describer, astronaut: Template
) -> None:
    picture = np.ascontiguousarray(Puppet.of("astronaut").draw(Posture(), (640, 480))[::-1, ::-1])
    assert ends(analyser, describer, astronaut, picture) in ("no_face", "face_turned", "face_covered")


def test_a_phone_with_a_portrait_held_still_leads_to_a_person(
    analyser: FaceAnalyser, describer: Describer, astronaut: Template
) -> None:
    """It looks straight for as long as one wants, but turns no head and shuts no eye."""
    room = np.full((480, 640, 3), 96, np.uint8)
    room[60:420, 180:460] = 20
    room[70:410, 190:450] = cv2.resize(portrait("astronaut")[0][:, 60:340], (260, 340))
    reason = ends(analyser, describer, astronaut, room)
    assert reason in ("prompt_not_seen", "flat_picture", "too_far")


def test_four_pictures_a_second_are_said_to_be_too_few(
    analyser: FaceAnalyser, describer: Describer, astronaut: Template
) -> None:
    picture = Puppet.of("astronaut").draw(Posture(), (640, 480))
    reason = ends(analyser, describer, astronaut, picture, step_ms=250)
    assert reason in ("camera_too_slow", "prompt_not_seen")


def test_a_template_that_cannot_be_used_has_its_own_reason(
    analyser: FaceAnalyser, describer: Describer, performer: Performer
) -> None:
    check = IdentityCheck("nonce 1", None, None, Limits(), describer=describer, unusable="other_model")
    progress, _ = sit(check, analyser, performer)
    assert (progress.outcome, check.reason) == ("invigilator", "other_model")


def test_the_prompts_of_a_real_check_can_be_recomputed(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template
) -> None:
    """Whoever holds the nonce finds the same prompts, also after a track that broke."""
    check = IdentityCheck("nonce 6", astronaut, COHORT, Limits(), attempt=2, describer=describer)

    def away(picture: Picture, t_ms: int) -> Picture:
        return np.zeros_like(picture) if 5000 < t_ms < 6500 else picture

    sit(check, analyser, performer, change=away)
    evidence = json.loads(json.dumps(check.evidence()))
    assert evidence["tries"] == 2 and follows(evidence["prompts"], evidence["nonce"], evidence["attempt"])
    assert not follows(evidence["prompts"], "another nonce", evidence["attempt"])


def acts(check: IdentityCheck) -> Change:
    """Opens the mouth and comes closer when that is asked; what the steerable puppet cannot do."""
    puppet, drawn = Puppet.of("astronaut"), {}

    def seen(picture: Picture, t_ms: int) -> Picture:
        asked = check.evidence()["prompts"][-1:]
        prompt, since = (asked[0]["prompt"], t_ms - asked[0]["asked_ms"]) if asked else ("", 0)
        if prompt == "open_mouth" and 500 < since < 1200:
            return drawn.setdefault("mouth", puppet.draw(Posture(mouth=0.5), (640, 480)))
        if prompt == "come_closer" and since > 500:
            return np.asarray(cv2.resize(picture[48:432, 64:576], (640, 480)), dtype=np.uint8)
        return picture

    return seen


@pytest.mark.parametrize(("cannot", "done"), [
    (("blink",), {"open_mouth"}),
    (("blink", "open_mouth"), {"nod_up", "nod_down"}),
    (("turn_left", "turn_right"), {"nod_up", "nod_down"}),
], ids=["mouth", "nod-for-blink", "nod-for-turn"])  # fmt: skip
def test_somebody_who_cannot_follow_a_prompt_passes_by_another(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template,
    cannot: tuple[str, ...], done: set[str],
) -> None:  # fmt: skip
    check = IdentityCheck("nonce 1", astronaut, COHORT, Limits(), describer=describer)
    progress, _ = sit(check, analyser, performer, cannot=cannot, change=acts(check))
    evidence = json.loads(json.dumps(check.evidence()))
    assert progress.outcome == "match", evidence
    assert done & set(words(evidence)) and not set(cannot) & set(words(evidence))
    assert follows(evidence["prompts"], "nonce 1", 1) and not follows(evidence["prompts"], "nonce 2", 1)
    replaced = [p for p in evidence["prompts"] if "instead_of" in p and p["done_ms"] is not None]
    assert replaced and all(p["instead_of"] in cannot for p in replaced)
    assert all(p["residual"] >= 0.05 for p in replaced if p["prompt"].startswith("nod"))


def test_what_cannot_show_a_live_head_leads_to_a_person(
    analyser: FaceAnalyser, describer: Describer, performer: Performer, astronaut: Template
) -> None:
    """Coming closer is asked last; the pictures are compared and kept, but the software does not say "match"."""
    check = IdentityCheck("nonce 1", astronaut, COHORT, Limits(), describer=describer)
    cannot = ("turn_left", "turn_right", "nod_down", "nod_up")
    progress, _ = sit(check, analyser, performer, cannot=cannot, change=acts(check))
    evidence = check.evidence()
    assert (progress.outcome, check.reason) == ("invigilator", "not_shown_live")
    assert "come_closer" in words(evidence) and len(evidence["distances"]) == 5
    assert follows(json.loads(json.dumps(evidence["prompts"])), "nonce 1", 1)


def test_a_flat_print_that_nods_shows_no_live_head(
    analyser: FaceAnalyser, describer: Describer, astronaut: Template
) -> None:
    nonce = next(f"n{k}" for k in range(99) if plan(f"n{k}")[1].prompt == "turn_left")
    check = IdentityCheck(nonce, astronaut, COHORT, Limits(), describer=describer)
    photo = Puppet.of("astronaut").draw(Posture(), (640, 480))
    upright = np.ascontiguousarray(photo.swapaxes(0, 1))  # tilted to the side, and turned back: tilted up and down
    swing = [*range(0, 41, 5), *range(40, -41, -5), *range(-40, 1, 5)]
    looks = {}
    for tilt in set(swing):
        picture = np.ascontiguousarray(tilted_sheet(upright, tilt).swapaxes(0, 1))
        looks[tilt] = picture, analyser.look(picture)
    t, k, asked = 0, 0, ""
    while not check.outcome:
        check.another_prompt() if asked == "turn_left" else None
        picture, faces = looks[swing[k % len(swing)]] if asked.startswith("nod") else looks[0]
        asked = check.feed(picture, faces, t).prompt
        k, t = k + 1, t + 70
    assert check.outcome == "invigilator" and check.reason in ("prompt_not_seen", "flat_picture")
    assert check.evidence()["prompts"][-1]["prompt"].startswith("nod")
    assert check.evidence()["prompts"][-1]["residual"] < 0.05
