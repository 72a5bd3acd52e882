"""Encoders of pictures that raise: each time costs one picture, and another encoder is taken in the end."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from client.capture import video_track
from client.capture.encode import EncoderFailed, Recipe
from client.capture.encoder_faults import EncoderFaults
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.source import (
    Pixels,
    SourceState,
)

from .played import LANES, Played


class Failing:
    """Puts encoders in place that raise when told; ``bad`` codecs refuse every picture."""

    def __init__(self) -> None:
        self.bad: set[str] = set()
        self.opens: set[str] = set()
        self.next_picture = False
        self.opened: list[str] = []

    def __call__(self, recipe: Recipe, *size: Any) -> Any:
        self.opened.append(recipe.codec)
        if recipe.codec in self.opens:
            raise EncoderFailed("does not open")
        encoder = GuardedEncoder(recipe, *size)
        whole = encoder.encode

        def encode(yuv: Pixels, pts: int, key: bool) -> Any:
            if self.next_picture or recipe.codec in self.bad:
                self.next_picture = False
                raise EncoderFailed("native trouble")
            return whole(yuv, pts, key)

        encoder.encode = encode
        return encoder


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    made = Failing()
    monkeypatch.setattr(video_track, "GuardedEncoder", made)
    return made


@pytest.mark.parametrize("kind", LANES)
def test_an_encoder_that_raises_costs_one_picture(kind: str, failing: Failing) -> None:
    played = Played(kind)
    played.look(20)
    failing.next_picture = True
    played.look(20)
    kept = played.finish()
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    ((_, start, end, cause),) = [gap for gap in kept.gaps if gap[3] != "opening"]
    assert cause == "encoder_failed" and 0 < end - start <= 200
    assert [data for name, data in kept.events if name == "encoder-failed"] == [{"stream": kind, "codec": "av1"}]
    assert not kept.has_event("source-lost", kind)
    assert played.lane.state is SourceState.RUNNING


@pytest.mark.parametrize("kind", LANES)
def test_an_encoder_that_fails_again_and_again_is_exchanged(kind: str, failing: Failing) -> None:
    failing.bad = {"libsvtav1"}
    played = Played(kind)
    played.look(40)
    kept = played.finish()
    assert failing.opened == ["libsvtav1"] * 3 + ["libvpx-vp9"]
    assert all("vp09" in p.media for p in kept.parts)
    steps = [data for name, data in kept.events if name == "quality"]
    assert steps == [{"stream": kind, "step": "vp9", "direction": "down", "reason": "encoder-failed"}]


def test_one_that_does_not_even_open_is_exchanged_too(failing: Failing) -> None:
    failing.opens = {"libsvtav1"}
    played = Played("camera")
    played.look(40)
    kept = played.finish()
    assert "vp09" in kept.parts[0].media and kept.parts[0].part == 0


def test_if_none_works_all_is_a_gap_and_little_is_tried(failing: Failing) -> None:
    failing.bad = {"libsvtav1", "libvpx-vp9"}
    played = Played("screen-1")
    played.look(600)
    played.lane.finish(played.clock.now_ms())
    played.lane._obey()
    assert played.kept.segments == [] and played.kept.parts == []
    gaps = sorted(gap[1:3] for gap in played.kept.gaps)
    assert gaps[-1][1] == played.clock.now_ms()
    assert all(a[1] == b[0] for a, b in itertools.pairwise(gaps)), "one after the other, no hole between"
    assert len(failing.opened) < 20


def test_waiting_for_an_encoder_gets_longer_and_is_forgotten_when_it_works() -> None:
    faults, second = EncoderFaults(), 1_000_000_000
    assert [faults.note(second * n) for n in (1, 2, 3)] == [False, False, True]
    assert not faults.waiting(3 * second + 1)
    assert faults.note(4 * second) and faults.waiting(4 * second + second // 4)
    for n in range(5, 25):
        faults.note(n * second)
    assert faults.waiting(24 * second + 29 * second)
    assert not faults.waiting(24 * second + 31 * second)
    assert not faults.note(200 * second)
