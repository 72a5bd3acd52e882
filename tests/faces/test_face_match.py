"""Descriptor, template, cohort number, enrolment, and the three outcomes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from faces.chip import aligned_chip, steady_chip
from faces.describe import MODEL_SHA256, Describer
from faces.detect import Face, FaceAnalyser, Picture, face_without_points
from faces.gates import Gate
from faces.match import (
    APART_SHARE,
    USUAL_APART,
    Limits,
    Outcome,
    allowance,
    cohort_number,
    decide,
    decide_both_sides,
    distance,
)
from faces.measured import MEASURED, Measured, automatic_match
from faces.models import ModelError, checked_descriptor_file, descriptor_file
from faces.picture import MAX_BYTES, UnreadablePicture, read_picture
from faces.template import ReferenceRejected, Template, TemplateError, enrol
from simulation.puppet import PORTRAITS, Posture, Puppet, noisy, portrait

LIMITS = Limits()


@pytest.fixture(scope="module")
def astronaut(analyser: FaceAnalyser, describer: Describer) -> Template:
    return enrol(portrait("astronaut")[0], analyser, describer)


def test_same_person_near_other_person_far(analyser: FaceAnalyser, describer: Describer, astronaut: Template) -> None:
    picture = noisy(Puppet.of("astronaut").draw(Posture(yaw=6, pitch=-4, mouth=0.2), (640, 480)), 4)
    same = describer.describe(picture, analyser.look(picture)[0])
    assert same.shape == (128,) and same.dtype == np.float64
    assert distance(same, astronaut.descriptor) < 0.40
    other = enrol(portrait("second")[0], analyser, describer)
    assert distance(other.descriptor, astronaut.descriptor) > 0.65


def test_the_descriptor_does_not_change_in_the_mirror(analyser: FaceAnalyser, describer: Describer) -> None:
    picture, _ = portrait("astronaut")
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    one, two = (describer.describe(p, analyser.look(p)[0]) for p in (picture, mirrored))
    assert distance(one, two) < 0.15


def test_a_quick_look_lies_near_to_a_whole_one(analyser: FaceAnalyser, describer: Describer) -> None:
    picture, _ = portrait("astronaut")
    face = analyser.look(picture)[0]
    whole, quick = describer.describe(picture, face), describer.describe(picture, face, quick=True)
    assert 0 < distance(whole, quick) < 0.1


def test_a_larger_chip_shows_the_same_middle(analyser: FaceAnalyser) -> None:
    picture, _ = portrait("astronaut")
    face = analyser.look(picture)[0]
    chip, larger = steady_chip(picture, face), steady_chip(picture, face, 1.05)
    inner = cv2.resize(chip, None, fx=1.05, fy=1.05, interpolation=cv2.INTER_LINEAR)[4:154, 4:154]
    assert chip.shape == larger.shape == (150, 150, 3)
    assert float(np.abs(inner.astype(int) - larger).mean()) < 3 < float(np.abs(chip.astype(int) - larger).mean())


def test_points_that_tremble_move_the_descriptors_chip_less(analyser: FaceAnalyser) -> None:
    picture, _ = portrait("astronaut")
    face = analyser.look(picture)[0]
    assert face.points is not None
    rng = np.random.default_rng(1)
    trembling = [
        replace(face, points=face.points + rng.normal(0, 1.5, face.points.shape).astype(np.float32)) for _ in range(8)
    ]

    def moved(chip: Callable[[Picture, Face], Picture]) -> float:
        still = chip(picture, face).astype(int)
        return float(np.mean([np.abs(chip(picture, other) - still).mean() for other in trembling]))

    assert moved(steady_chip) < 0.6 * moved(aligned_chip)
    both = aligned_chip(picture, face).astype(int), steady_chip(picture, face)
    assert float(np.abs(both[0] - both[1]).mean()) < 6  # they lie nearly the same


@pytest.mark.parametrize("chip", [aligned_chip, steady_chip])
def test_without_points_there_is_no_chip(chip: Callable[[Picture, Face], Picture]) -> None:
    with pytest.raises(ValueError, match="no points"):
        chip(portrait("astronaut")[0], face_without_points((0, 0, 100, 100), 0.9))


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    data = bytearray(descriptor_file().read_bytes())
    data[1000] ^= 1
    damaged = tmp_path / "weights.dat"
    damaged.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        Describer(damaged)
    with pytest.raises(ModelError, match="cannot be read"):
        checked_descriptor_file(tmp_path / "missing.dat")


@pytest.mark.parametrize(
    ("distances", "cohort", "outcome"),
    [
        ([0.40, 0.45, 0.50], 0.52, Outcome.MATCH),
        ([0.40, 0.45, 0.50], 0.501, Outcome.MATCH),
        ([0.40, 0.46, 0.50], 0.50, Outcome.INVIGILATOR),  # s = -0.04
        ([0.61, 0.62, 0.63], 0.70, Outcome.INVIGILATOR),  # near enough by score, not by distance
        ([0.70, 0.75, 0.80], 0.60, Outcome.NO_MATCH),
        ([0.30, 0.75, 0.80], 0.60, Outcome.NO_MATCH),  # the median decides
        ([0.60, 0.65, 0.66], 0.55, Outcome.INVIGILATOR),  # s = +0.10 is not above it
        ([0.90, 0.90], 0.60, Outcome.INVIGILATOR),  # too few pictures
        ([], 0.60, Outcome.INVIGILATOR),
        ([0.30, 0.35, 0.38], None, Outcome.MATCH),
        ([0.42, 0.45, 0.48], None, Outcome.INVIGILATOR),
        ([0.90, 0.95, 0.99], None, Outcome.INVIGILATOR),  # without a cohort number nobody is refused
    ],
)
def test_decision(distances: list[float], cohort: float | None, outcome: Outcome) -> None:
    assert decide(distances, cohort, LIMITS).outcome is outcome


def test_limits_of_another_model_decide_nothing() -> None:
    assert decide([0.1, 0.1, 0.1], 0.6, Limits(model="0" * 64)).outcome is Outcome.INVIGILATOR


def test_limits_travel_as_an_object() -> None:
    limits = Limits.from_dict({"accept": -0.06, "distance": 0.55, "something": 1})
    assert (limits.accept, limits.distance, limits.reject, limits.model) == (-0.06, 0.55, 0.10, MODEL_SHA256)
    assert Limits.from_dict(limits.to_dict()) == limits
    with pytest.raises(ValueError, match="numbers"):
        Limits.from_dict({"accept": "low"})


def test_cohort_number() -> None:
    me = np.zeros(128)
    others = [np.eye(128)[0] * d for d in (0.9, 0.5, 0.7, 0.6, 0.8, 5.0)]
    assert cohort_number(me, others) == pytest.approx(0.7)
    assert cohort_number(me, others[:4]) is None


def test_template_round_trip(astronaut: Template) -> None:
    again = Template.from_json(astronaut.to_json())
    assert again.model == MODEL_SHA256 and np.array_equal(again.descriptor, astronaut.descriptor)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model": "f" * 64}, "other_model"),
        ({"version": 1}, "other_version"),
        ({"descriptor": [0.0] * 127}, "malformed"),
        ({"descriptor": [float("nan")] * 128}, "malformed"),
        ({"descriptor": ["0"] * 128}, "malformed"),
    ],
)
def test_foreign_templates_are_refused(astronaut: Template, change: dict[str, object], code: str) -> None:
    with pytest.raises(TemplateError) as error:
        Template.from_dict({**astronaut.to_dict(), **change})
    assert error.value.code == code
    with pytest.raises(TemplateError):
        Template.from_json("[]")
    with pytest.raises(TemplateError):
        Template.from_json("{")


def test_enrolment_of_a_tight_portrait(analyser: FaceAnalyser, describer: Describer) -> None:
    photo, _ = portrait("second")
    tight = np.ascontiguousarray(photo[30:260, 140:370])
    assert distance(enrol(tight, analyser, describer).descriptor, enrol(photo, analyser, describer).descriptor) < 0.4


def test_a_poor_reference_is_rejected_with_reasons(analyser: FaceAnalyser, describer: Describer) -> None:
    empty = np.full((400, 400, 3), 200, np.uint8)
    with pytest.raises(ReferenceRejected) as nobody:
        enrol(empty, analyser, describer)
    assert nobody.value.gates == [Gate.NO_FACE]
    tiny = np.asarray(cv2.resize(portrait("astronaut")[0], (153, 120), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    with pytest.raises(ReferenceRejected) as small:
        enrol(tiny, analyser, describer)
    assert Gate.TOO_FAR in small.value.gates
    pair = np.hstack([portrait("astronaut")[0], portrait("second")[0]])
    with pytest.raises(ReferenceRejected) as two:
        enrol(pair, analyser, describer)
    assert two.value.gates == [Gate.SEVERAL_FACES]


def test_stored_pictures_are_read_upright_and_shrunk() -> None:
    upright = read_picture((PORTRAITS / "astronaut.jpg").read_bytes())
    assert upright.shape == (360, 460, 3)
    with Image.open(PORTRAITS / "astronaut.jpg") as image:
        big = image.resize((2300, 1800)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn by 90 degrees clockwise to look at it"
    data = io.BytesIO()
    big.save(data, "JPEG", exif=exif)
    turned = read_picture(data.getvalue())
    assert turned.shape[1] == 1280 and turned.shape[0] < turned.shape[1]
    small = cv2.resize(turned, (460, 360), interpolation=cv2.INTER_AREA).astype(np.float64)
    assert np.abs(small - upright).mean() < 12


def test_hostile_pictures_are_refused() -> None:
    with pytest.raises(UnreadablePicture) as text:
        read_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert text.value.code == "not_a_picture"
    with pytest.raises(UnreadablePicture) as cut:
        read_picture((PORTRAITS / "astronaut.jpg").read_bytes()[:9000])
    assert cut.value.code == "not_a_picture"
    with pytest.raises(UnreadablePicture) as long:
        read_picture(b"\xff\xd8" + bytes(MAX_BYTES))
    assert long.value.code == "too_large"
    bomb = io.BytesIO()
    Image.new("1", (12000, 9000)).save(bomb, "PNG")
    with pytest.raises(UnreadablePicture) as wide:
        read_picture(bomb.getvalue())
    assert wide.value.code == "too_large"


@pytest.mark.parametrize(
    ("group", "band", "others", "allowed"),
    [(0.04, 0.004, 100, True), (0.041, 0.001, 100, False), (0.01, 0.0041, 100, False), (0.01, 0.001, 99, False)],
    ids=["both-within", "group", "band", "small-cohort"],
)
def test_the_software_says_match_alone_only_where_groups_fare_well(
    group: float, band: float, others: int, allowed: bool
) -> None:
    assert automatic_match("m", others, {"m": Measured(group, band, 100)}) is allowed


def test_a_model_nobody_measured_never_matches_alone() -> None:
    assert not automatic_match("0" * 64, 10**6)
    assert not automatic_match(MODEL_SHA256, 20)
    assert automatic_match(MODEL_SHA256, 10**6) is (
        MEASURED[MODEL_SHA256].worst_group_fmr <= 0.04 and MEASURED[MODEL_SHA256].darkest_band_fmr <= 0.004
    )


def test_without_the_automatic_match_a_person_decides_what_is_alike() -> None:
    close, far = [0.3, 0.3, 0.3], [0.95, 0.95, 0.95]
    limits = Limits.from_dict({"automatic": False})
    assert decide(close, 0.7, Limits()).outcome is Outcome.MATCH
    assert decide(close, 0.7, limits).outcome is Outcome.INVIGILATOR
    assert decide(close, None, limits).outcome is Outcome.INVIGILATOR
    assert decide(far, 0.7, limits).outcome is Outcome.NO_MATCH
    assert Limits.from_dict(Limits(automatic=False).to_dict()) == Limits(automatic=False)


def test_both_sides_of_the_servers_rule() -> None:
    """A stranger whose own neighbours lie near is not helped by a reference with far ones, nor the other way."""
    decision = decide_both_sides([0.5, 0.5, 0.5], 0.8, [0.6, 0.6, 0.6], Limits())
    assert decision.score is not None and abs(decision.score + 0.2) < 1e-9 and decision.outcome is Outcome.MATCH
    assert decide_both_sides([0.95] * 3, 0.7, [0.7] * 3, Limits()).outcome is Outcome.NO_MATCH
    assert decide_both_sides([0.5] * 3, None, [0.6] * 3, Limits()).score is None
    assert decide_both_sides([0.5] * 3, 0.8, [0.6, None, 0.6], Limits()).outcome is Outcome.INVIGILATOR
    assert decide_both_sides([], 0.8, [], Limits()).distance is None
    milder = decide_both_sides([0.5, 0.5, 0.5], 0.8, [0.6, 0.6, 0.6], Limits(), extra=0.01)
    assert milder.score == pytest.approx(-0.21), "a reference's allowance counts whole"


def test_the_allowance_follows_the_reference_and_ends_where_nothing_is_known() -> None:
    assert allowance(USUAL_APART) == 0 == allowance(0.0)
    assert allowance(USUAL_APART - 0.02) == pytest.approx(-0.02 * APART_SHARE)
    assert 0 < allowance(USUAL_APART + 0.05) < 0.02, "one picture in a hundred has more"


def test_a_reference_knows_how_far_its_views_lie_apart(
    analyser: FaceAnalyser, describer: Describer, astronaut: Template
) -> None:
    picture, _ = portrait("astronaut")
    face = analyser.look(picture)[0]
    descriptor, apart = describer.describe_reference(picture, face)
    assert np.array_equal(descriptor, describer.describe(picture, face)) and 0.05 < apart < 0.2
    assert astronaut.apart == pytest.approx(apart, abs=0.05) and astronaut.to_dict()["apart"] == astronaut.apart
