"""Where a head points: Kabsch's rotation of 28 rigid points against a mean frontal face."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faces.geometry import Floats, rotation_between
from faces.landmarks import RIGID, Points

MEAN_SHAPE = Path(__file__).parent / "data" / "mean_shape.json"


@dataclass(frozen=True)
class Pose:
    """Degrees. yaw > 0: the nose points to the picture's right (the person's left); pitch > 0: down;
    roll > 0: the head leans clockwise in the picture."""

    yaw: float
    pitch: float
    roll: float


@functools.cache
def mean_shape() -> Floats:
    """The 28 rigid points of the mean frontal face, in the order of ``landmarks.RIGID``. See data/SOURCES.md."""
    stored = json.loads(MEAN_SHAPE.read_text("utf-8"))
    if tuple(stored["indices"]) != RIGID:
        raise ValueError("faces/data/mean_shape.json was made for other points")
    return np.asarray(stored["points"], dtype=np.float64)


def pose_of(points: Points) -> Pose:
    """The pose of one face (478 or 468 points in pixels)."""
    r = rotation_between(mean_shape(), points[list(RIGID)].astype(np.float64))
    yaw = math.degrees(math.atan2(r[2, 0], math.hypot(r[0, 0], r[1, 0])))
    pitch = math.degrees(math.atan2(r[2, 1], r[2, 2]))
    roll = math.degrees(math.atan2(r[1, 0], r[0, 0]))
    return Pose(yaw, pitch, roll)
