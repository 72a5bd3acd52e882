"""The trial of encoders: the rule as a function of what was measured, and the measuring itself."""

from __future__ import annotations

import time
from typing import Any

import pytest

from client.capture import trial
from client.capture.encode import EncoderFailed, Recipe
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.settings import CaptureSettings
from client.capture.trial import FINE, LIGHT, OTHER, USUAL, Candidate, Speed, choose, next_try, run_trial

# Milliseconds (key, scrolled page, letter) of four computers, from strong to hopeless.
STRONG = {FINE: (500, 20, 6), USUAL: (300, 9, 3), LIGHT: (150, 7, 3), OTHER: (60, 30, 4)}
ORDINARY = {FINE: (1200, 60, 16), USUAL: (800, 25, 9), LIGHT: (350, 18, 8), OTHER: (140, 90, 11)}
WEAK = {FINE: (6000, 300, 80), USUAL: (4000, 125, 45), LIGHT: (1700, 90, 40), OTHER: (700, 450, 55)}
HOPELESS = {FINE: (20_000, 900, 300), USUAL: (15_000, 500, 250), LIGHT: (7000, 380, 200), OTHER: (3000, 500, 170)}


def told(computer: dict[Candidate, tuple[int, int, int]]) -> tuple[Candidate, list[Candidate]]:
    """(what is chosen, what was tried for it)."""
    found: dict[Candidate, Speed | None] = {}
    while (candidate := next_try(found)) is not None:
        assert candidate not in found
        found[candidate] = Speed(*computer[candidate])
    return choose(found), list(found)


def test_the_best_that_keeps_up_with_as_few_tries_as_possible() -> None:
    assert told(STRONG) == (FINE, [USUAL, FINE])
    assert told(ORDINARY) == (USUAL, [USUAL])
    assert told(WEAK) == (LIGHT, [USUAL, LIGHT])
    assert told(HOPELESS) == (OTHER, [USUAL, LIGHT, OTHER])


def test_the_fine_preset_must_cost_little_and_not_only_keep_up() -> None:
    found: dict[Candidate, Speed | None] = {USUAL: Speed(300, 9, 3), FINE: Speed(900, 60, 25)}
    assert found[FINE] is not None and found[FINE].keeps_up
    assert choose(found) is USUAL


def test_what_does_not_work_is_passed_over() -> None:
    assert next_try({USUAL: None}) is LIGHT
    assert next_try({USUAL: None, LIGHT: None}) is OTHER
    assert next_try({USUAL: None, LIGHT: None, OTHER: None}) is None
    assert choose({USUAL: None, LIGHT: None, OTHER: Speed(9000, 900, 90)}) is OTHER
    assert choose({USUAL: None, LIGHT: None, OTHER: None}) is USUAL
    assert choose({}) is USUAL


def test_more_of_the_screen_costs_more() -> None:
    load = Speed(750, 20, 10).load
    assert load == pytest.approx((20 + 10 + 10) / 1000)
    assert Speed(1500, 40, 20).load == pytest.approx(2 * load)


def test_a_real_trial_tells_what_it_measured() -> None:
    outcome = run_trial(CaptureSettings(), 640, 480, 640 * 480, time.monotonic_ns, lambda: False)
    assert outcome is not None and outcome.chosen in (FINE, USUAL, LIGHT, OTHER)
    said = outcome.told()
    assert said["codec"] == outcome.chosen.codec
    measured = said["ms"]
    assert isinstance(measured, dict) and "av1-10" in measured
    assert all(len(row) == 3 and all(ms > 0 for ms in row) for row in measured.values())
    assert outcome.chosen.settings(CaptureSettings()).video_codec in {"av1", "vp9"}


def test_an_encoder_that_does_not_open_is_told_and_another_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(recipe: Recipe, *size: Any) -> GuardedEncoder:
        if recipe.codec == "libsvtav1":
            raise EncoderFailed("no such instruction")
        return GuardedEncoder(recipe, *size)

    monkeypatch.setattr(trial, "GuardedEncoder", refuse)
    outcome = run_trial(CaptureSettings(), 640, 480, 640 * 480, time.monotonic_ns, lambda: False)
    assert outcome is not None and outcome.chosen is OTHER
    assert outcome.told()["codec"] == "vp9" and outcome.told()["preset"] is None
    assert outcome.found[USUAL] is None and outcome.found[LIGHT] is None


def test_a_recording_that_begins_ends_the_trial() -> None:
    asked = iter([False, False] + [True] * 100)
    assert run_trial(CaptureSettings(), 640, 480, 640 * 480, time.monotonic_ns, lambda: next(asked)) is None


def test_without_svt_there_is_nothing_to_try() -> None:
    outcome = run_trial(CaptureSettings(video_codec="vp9"), 640, 480, 1, time.monotonic_ns, lambda: False)
    assert outcome is not None and outcome.chosen is OTHER and outcome.found == {}
