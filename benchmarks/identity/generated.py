"""A small set without anybody's rights in it, to run the benchmark's path in tests: its figures mean nothing.

Each "person" is a mixture of the two free portraits of ``simulation``, bent by a smooth field of its own and tinted;
each photograph adds light, a small turn and noise.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from faces.detect import Picture
from faces.geometry import Floats, similarity
from simulation.puppet import noisy, portrait

CONTROL = 6  # points of the bending field along each side
BEND_PIXELS = 7.0


def write_set(folder: Path, people: int = 24, photos: int = 4, seed: int = 0) -> None:
    """``folder/Person_000/Person_000_0001.jpg`` and so on, the same for the same seed."""
    first, points = portrait("astronaut")
    second, other = portrait("second")
    matrix = similarity(other[:, :2], points[:, :2])
    height, width = first.shape[:2]
    second = np.asarray(cv2.warpAffine(second, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    for number in range(people):
        rng = np.random.default_rng([seed, number])
        name = f"Person_{number:03d}"
        place = folder / name
        place.mkdir(parents=True)
        face = _round_the_middle(_person(first, second, rng), points)
        for photo in range(1, photos + 1):
            cv2.imwrite(str(place / f"{name}_{photo:04d}.jpg"), _photo(face, rng), [cv2.IMWRITE_JPEG_QUALITY, 90])


def _round_the_middle(picture: Picture, points: Floats) -> Picture:
    """A square with the face in its middle, as the photographs of the known sets are cut."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    half = round(float((high - low).max()))
    x, y = (int(value) + half for value in (low + high) / 2)
    wide = cv2.copyMakeBorder(picture, half, half, half, half, cv2.BORDER_REPLICATE)
    return np.asarray(wide[y - half : y + half, x - half : x + half], dtype=np.uint8)


def _person(first: Picture, second: Picture, rng: np.random.Generator) -> Picture:
    share = float(rng.choice([0.0, 1.0])) * 0.8 + float(rng.uniform(0, 0.2))
    mixed = cv2.addWeighted(first, 1 - share, second, share, 0)
    height, width = mixed.shape[:2]

    def field() -> Floats:
        coarse = rng.normal(0, BEND_PIXELS, (CONTROL, CONTROL)).astype(np.float32)
        return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float64)

    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bent = cv2.remap(
        mixed, (x + field()).astype(np.float32), (y + field()).astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    tint = rng.uniform(0.7, 1.15, 3)
    return np.asarray(np.clip(bent * tint, 0, 255), dtype=np.uint8)


def _photo(face: Picture, rng: np.random.Generator) -> Picture:
    height, width = face.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-6, 6)), float(rng.uniform(0.9, 1.05)))
    turned = cv2.warpAffine(face, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    lit = np.asarray(np.clip(turned * float(rng.uniform(0.75, 1.15)), 0, 255), dtype=np.uint8)
    return noisy(lit, int(rng.integers(1 << 30)), 4.0)
