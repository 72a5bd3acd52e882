"""A photograph of the student held before the camera, on paper or on a telephone: a flat thing in a hand or on a stand.

Its turns are a real sheet's in perspective; light stays that of the room. Same input, same pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from simulation.puppet import Floats, Picture

WHAT = ("print", "phone")
SHEET = (360, 480)  # width, height in pixels of the camera's picture when it is held straight
EDGE = 14
QUALITY = 80  # JPEG of the photograph
# What a hand does, in degrees, pixels and shares: the sum of a tremble, a sway and a drift, never the same twice.
SWAY = {"yaw": 9.0, "pitch": 7.0, "roll": 4.0, "dx": 14.0, "dy": 10.0, "size": 0.05}
STEPS_S = (0.6, 1.7, 5.0)
PARTS = (0.2, 0.35, 0.45)


@dataclass(frozen=True)
class Hold:
    """How the sheet stands before the lens: degrees, pixels, and a share of its size."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    dx: float = 0.0
    dy: float = 0.0
    size: float = 0.0


def hand(t_ms: int, drawn: Floats, steady: float) -> Hold:
    """A hand's sway at a moment. ``steady`` 1: a stand, which does not move at all. ``drawn``: numbers -1..1."""
    values = {}
    for row, (name, most) in enumerate(SWAY.items()):
        parts = [
            part * _between(drawn, t_ms / 1000 / step, 131 * (3 * row + k))
            for k, (step, part) in enumerate(zip(STEPS_S, PARTS, strict=True))
        ]
        values[name] = (1 - steady) * most * sum(parts)
    return Hold(**values)


def _between(drawn: Floats, place: float, offset: int) -> float:
    """Smoothly from one drawn number to the next."""
    number, share = divmod(place, 1.0)
    one, other = (float(drawn[(int(number) + offset + k) % len(drawn)]) for k in (0, 1))
    return one + (other - one) * (1 - math.cos(math.pi * share)) / 2


def sheet_of(portrait: Picture, middle: tuple[float, float], what: str) -> Picture:
    """The photograph as a thing: cut round the face's ``middle``, compressed, with its edge."""
    width, height = SHEET
    x, y = (round(value) for value in middle)
    wide = cv2.copyMakeBorder(portrait, height, height, width, width, cv2.BORDER_REPLICATE)
    cut = wide[y + height - height // 2 : y + height + height // 2, x + width - width // 2 : x + width + width // 2]
    _, data = cv2.imencode(".jpg", cut, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    seen = cv2.imdecode(data, cv2.IMREAD_COLOR)
    faded = cv2.convertScaleAbs(seen, alpha=0.85, beta=22) if what == "print" else cv2.convertScaleAbs(seen, alpha=1.05)
    edge = (235, 238, 238) if what == "print" else (18, 18, 20)
    faded[:EDGE], faded[-EDGE:], faded[:, :EDGE], faded[:, -EDGE:] = edge, edge, edge, edge
    return np.asarray(faded, dtype=np.uint8)


def before_the_camera(behind: Picture, sheet: Picture, hold: Hold) -> Picture:
    """``behind`` with the sheet in front of it."""
    height, width = behind.shape[:2]
    tall, wide = sheet.shape[:2]
    source = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], dtype=np.float64)
    flat = np.column_stack([(source - [wide / 2, tall / 2]) * (1 + hold.size), np.zeros(4)])
    turned = flat @ _turn(hold).T
    focal = 1.2 * width
    seen = turned[:, :2] * (focal / (focal + turned[:, 2:])) + [width / 2 + hold.dx, height / 2 + hold.dy]
    matrix = cv2.getPerspectiveTransform(source.astype(np.float32), seen.astype(np.float32))
    result = behind.copy()
    cv2.warpPerspective(
        sheet, matrix, (width, height), dst=result, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )
    return result


def _turn(hold: Hold) -> Floats:
    yaw, pitch, roll = np.radians([hold.yaw, hold.pitch, hold.roll])
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y, dtype=np.float64)
