"""The identity benchmark: rates of known numbers, parts that share nobody, a run from photographs to plots."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.identity import generated, measuring
from benchmarks.identity.describing import Descriptions
from benchmarks.identity.groups import BANDS, read_groups
from benchmarks.identity.photos import DataMissing, split_of
from benchmarks.identity.rates import curve, fmr, fnmr, limit_at
from benchmarks.identity.rules import Part, Scores, cohort_numbers, first_people
from faces.chip import aligned_chip
from faces.detect import FaceAnalyser
from faces.match import APART_SHARE, USUAL_APART


def test_rates_of_scores_that_are_known() -> None:
    genuine, impostor = np.array([0.1, 0.2, 0.3, 0.9]), np.linspace(0.5, 1.5, 1001)
    assert limit_at(impostor, 0.1) == pytest.approx(0.6)
    assert 0.2 < curve(genuine, impostor).eer < 0.4
    rate = fnmr(genuine > 0.6, np.array([0, 0, 1, 1]))
    assert (rate.value, rate.pairs, rate.people) == (0.25, 4, 2)
    assert rate.low == 0.0 and rate.high == 0.5
    accepted, pairs = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 4.0], [4.0, 0.0]])
    assert fmr(accepted, pairs).value == 0.25


def crowd(seed: int, people: int = 30, photos: int = 4) -> Part:
    """People as points, photographs near them."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(people, 64))
    rows = np.repeat(centres, photos, axis=0) + rng.normal(0, 0.15, (people * photos, 64))
    owner = np.repeat(np.arange(people), photos)
    count = people * photos
    return Part(tuple(f"p{k}" for k in range(people)), rows, owner, np.linspace(0, 50, count), np.zeros(count))


def on_a_line(names: str, places: list[float]) -> Part:
    """One photograph of each person."""
    zeros = np.zeros(len(names))
    return Part(tuple(names), np.array([[x, 0.0] for x in places]), np.arange(len(names)), zeros, zeros)


def test_a_cohort_number_is_the_mean_of_the_nearest_five() -> None:
    one, line = on_a_line("a", [0.0]), on_a_line("bcdefgh", [1.0, 2, 3, 4, 5, 6, 7])
    assert cohort_numbers(one, line).tolist() == [[3.0]]
    assert cohort_numbers(one, first_people(line, 5)).tolist() == [[3.0]]
    assert first_people(line, None) is not line and first_people(line, None).names == line.names


def test_who_is_compared_is_not_in_the_cohort() -> None:
    line = on_a_line("abcdefgh", [0.0, 1, 2, 3, 4, 5, 6, 7])
    numbers = cohort_numbers(line, line)
    assert numbers[0, 0] == 3.0, "a: b to f, never a"
    assert numbers[0, 1] == 4.0, "a against b: c to g"
    assert numbers[0, 7] == 3.0, "h is too far away to be among the five"
    scores = Scores(line, line, "server")
    assert scores.matrix[0, 1] == 1.0 - (numbers[0, 1] + numbers[1, 0]) / 2
    assert Scores(line, line, "client").matrix[0, 1] == 1.0 - 4.0


def test_a_reference_whose_views_disagree_is_compared_more_mildly_a_probe_is_not() -> None:
    line = on_a_line("abcdefgh", [0.0, 1, 2, 3, 4, 5, 6, 7])
    unsure = replace(line, apart=np.array([USUAL_APART + 0.04, USUAL_APART, *[0.0] * 6]))
    for rule in ("client", "server"):
        changed = Scores(line, line, rule).matrix - Scores(unsure, line, rule).matrix
        assert changed[0] == pytest.approx(0.04 * APART_SHARE) and changed[1:] == pytest.approx(0)
    assert np.array_equal(Scores(line, line, "plain").matrix, Scores(unsure, line, "plain").matrix)


@pytest.mark.parametrize("rule", ["plain", "client", "server"])
def test_a_crowd_that_lies_apart_is_told_apart(rule: str) -> None:
    test, other = Scores(crowd(2), crowd(4), rule), Scores(crowd(3), crowd(4), rule)
    limit = other.limit(1e-2)
    assert test.curve().eer < 0.01 and test.fnmr(limit).value < 0.05
    assert test.fmr(limit).value < 0.05
    genuine, impostor = test.of_three()
    assert len(genuine) == 30 and len(impostor) == 30 * 29 and genuine.max() < np.median(impostor)


class _SmallModel:
    """Grey values of the chip: quick, and good enough for pictures that were bent differently."""

    sha256, size = "a" * 64, 64

    def describe(self, bgr, face, *, quick=False) -> np.ndarray:
        grey = cv2.cvtColor(aligned_chip(bgr, face), cv2.COLOR_BGR2GRAY).astype(np.float64)
        small = cv2.resize(grey, (8, 8), interpolation=cv2.INTER_AREA).ravel()
        return (small - small.mean()) / small.std()

    def describe_reference(self, bgr, face) -> tuple[np.ndarray, float]:
        return self.describe(bgr, face), 0.1


def test_from_photographs_to_figures_and_plots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "faces"
    generated.write_set(data, people=24, photos=4)
    monkeypatch.setattr(measuring, "load_model", lambda choice: _SmallModel())
    labels = tmp_path / "groups.csv"
    names = sorted(place.name for place in data.iterdir())
    labels.write_text("person,group\n" + "".join(f"{name},{'ab'[k % 2]}\n" for k, name in enumerate(names)))
    chosen = argparse.Namespace(
        people=None, cohort=None, model=None, sha256="", kind="sface", groups=labels, plots=tmp_path / "plots",
        kept=None,
    )  # fmt: skip
    result = measuring.measure(chosen, data, tmp_path / "kept.npz")
    wanted = {"eer", "fnmr_at_fmr_1e3", "fnmr_3_frames", "server_eer", "server_fnmr_at_fmr_1e3", "worst_group_fmr",
              "darkest_band_fmr"}  # fmt: skip
    assert wanted <= set(result.figures)
    assert all(result.figures[key].value is not None for key in wanted - {"darkest_band_fmr"})
    assert result.figures["people_3_frames"].value == 12 and result.figures["fmr_found_3_frames"].value is not None
    for name in ("trade-off", "scores", "groups"):
        assert cv2.imread(str(tmp_path / "plots" / f"{name}.png")).shape == (620, 900, 3)
    before = (tmp_path / "kept.npz").stat().st_mtime_ns
    with FaceAnalyser() as analyser:  # known photographs are not described again
        model = _SmallModel()
        model.describe_reference = None
        assert len(Descriptions(tmp_path / "kept.npz", model).of(split_of(data).photos, analyser)) == 96
    assert (tmp_path / "kept.npz").stat().st_mtime_ns >= before


def test_the_parts_share_nobody_and_are_the_same_each_time(tmp_path: Path) -> None:
    for number in range(30):
        place = tmp_path / f"Person_{number}"
        place.mkdir()
        for photo in range(1, 2 + number % 6):
            (place / f"Person_{number}_{photo:04d}.jpg").touch()
    split = split_of(tmp_path)
    assert split == split_of(tmp_path)
    names = [*split.others, *split.test]
    assert len(names) == len(set(names)) == 25 and len(split.test) == 13
    assert max(len(own) for own in split.test.values()) == 4
    few = split_of(tmp_path, most=4)
    assert list(few.test) == list(split.test)[:4] and len(few.others) == 4


def test_a_folder_that_holds_no_such_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="0 people"):
        split_of(tmp_path)
    with pytest.raises(DataMissing, match="cannot be read"):
        split_of(tmp_path / "nowhere")
    (tmp_path / "g.csv").write_text("name;kind\n")
    with pytest.raises(DataMissing, match="person and group"):
        read_groups(tmp_path / "g.csv")
    assert BANDS[0].startswith("darkest")
