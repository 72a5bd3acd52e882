"""Pictures that were there before, and a face that shows less than usual."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from benchmarks.watching.room import COVERS, PEOPLE, Room, Scene
from client.verify.covering import LEARN_LOOKS, Covering, grey_chip
from client.verify.repeats import Grey, Repeats, small_of
from faces.detect import Face, FaceAnalyser, Picture
from simulation.puppet import noisy

STEP_MS = 333


def moving(count: int, seed: int) -> list[Grey]:
    """A bright spot that wanders over a noisy picture, never the same way twice."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:80, 0:107]
    place, pictures = np.array([40.0, 50.0]), []
    for _ in range(count):
        place = np.clip(place + rng.normal(0, 6, 2), 10, 70)
        spot = 90 * np.exp(-((y - place[0]) ** 2 + (x - place[1]) ** 2) / 200)
        pictures.append(np.asarray(spot + 80 + rng.normal(0, 3, (80, 107)), dtype=np.uint8))
    return pictures


def again(pictures: list[Grey], seed: int) -> list[Grey]:
    """The same, encoded anew: with another noise."""
    rng = np.random.default_rng(seed)
    return [np.asarray(p + rng.normal(0, 2, p.shape), dtype=np.uint8) for p in pictures]


def look(pictures: list[Grey]) -> list[tuple[bool, int]]:
    repeats = Repeats()
    return [repeats.feed(picture, small_of(picture), k * STEP_MS) for k, picture in enumerate(pictures)]


def test_a_loop_is_told_within_seconds_and_how_long_ago_it_was() -> None:
    loop = moving(40, 1)
    told = look(moving(60, 2) + loop * 3)
    assert not any(sign for sign, _ in told[:100])
    assert told[103] == (True, 40 * STEP_MS) and all(sign for sign, _ in told[103:])


def test_a_loop_encoded_again_is_found_later() -> None:
    loop = moving(45, 3)
    told = look(loop + again(loop, 4) + again(loop, 5))
    assert not any(sign for sign, _ in told[:45]) and any(sign for sign, _ in told[45:])


@pytest.mark.parametrize("seed", [6, 7, 8])
def test_somebody_who_moves_or_sits_still_does_not_repeat(seed: int) -> None:
    still = again([moving(1, seed)[0]] * 150, seed)
    assert not any(sign for sign, _ in look(moving(200, seed) + still))


@pytest.mark.parametrize("cover", ["", "glasses", *(c for c in COVERS if c not in ("glasses", "paper"))])
def test_covers_are_told_from_a_bare_face(cover: str, analyser: FaceAnalyser) -> None:
    room, covering = Room("second", 1), Covering()
    bare, covered = (noisy(room.draw(Scene("second", cover=c)), k) for k, c in enumerate(("", cover)))
    for _ in range(2 * LEARN_LOOKS):
        face = analyser.look(bare)[0]
        assert not covering.feed(grey_chip(bare, face), face)
    found = analyser.look(covered)[0]
    assert covering.feed(grey_chip(covered, found), found) == (cover not in ("", "glasses"))


@pytest.mark.parametrize("who", PEOPLE)
def test_in_poor_light_noise_is_no_mouth_and_a_bent_head_no_cover(who: str, analyser: FaceAnalyser) -> None:
    room, covering = Room(who, 1), Covering()

    def seen(seed: int, **scene: Any) -> tuple[Picture, Face]:
        bright = room.draw(Scene(who, **scene))
        dim = np.asarray(cv2.convertScaleAbs(bright, alpha=0.3), dtype=np.uint8)
        return noisy(dim, seed, 5.0), analyser.look(bright)[0]

    bare, face = seen(1)
    for _ in range(2 * LEARN_LOOKS):
        assert not covering.feed(grey_chip(bare, face), face)
    down, face = seen(2, pitch=20)
    assert not covering.feed(grey_chip(down, face), face)
    masked, face = seen(3, cover="mask_black")
    assert covering.feed(grey_chip(masked, face), face)


def test_what_was_worn_from_the_beginning_is_usual(analyser: FaceAnalyser) -> None:
    room, covering = Room("second", 1), Covering()
    masked = noisy(room.draw(Scene("second", cover="mask_blue")), 3)
    face = analyser.look(masked)[0]
    assert not any(covering.feed(grey_chip(masked, face), face) for _ in range(40))
    assert covering.feed(None, None) is False
