"""What a simulated student's camera sees: a puppet in a room, and what is before its face. Same input, same pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from simulation.mesh_parts import OVAL
from simulation.puppet import Floats, Picture, Posture, Puppet, portrait

SIZE = (640, 480)
PEOPLE = ("astronaut", "second", "third")
# How the portrait has to be turned to look straight into the camera.
STRAIGHT = {"third": Posture(yaw=-9, pitch=5, roll=-10)}
JAW = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
BRIDGE = (425, 195, 205)
COVERS = ("mask_blue", "mask_white", "mask_black", "scarf", "hand_mouth", "hand_eyes", "paper", "glasses", "cup")


@dataclass(frozen=True)
class Scene:
    """One picture before light and noise. ``who`` "" is an empty room; ``mouth`` 0..1; shifts in portrait pixels."""

    who: str
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    mouth: float = 0.0
    blink: float = 0.0
    dx: float = 0.0
    dy: float = 0.0
    cover: str = ""
    guest: str = ""
    guest_side: str = "right"
    guest_tall: float = 0.75
    mirrored: bool = False


class Room:
    """Draws scenes; those that were drawn before are kept."""

    def __init__(self, home: str, seed: int) -> None:
        self._home, self._seed = home, seed
        self._puppets: dict[str, Puppet] = {}
        self._drawn: dict[Scene, Picture] = {}
        self._empty: Picture | None = None

    def draw(self, scene: Scene) -> Picture:
        """640x480, BGR; not to be written to."""
        if scene not in self._drawn:
            if len(self._drawn) > 900:  # 0.9 MB each
                self._drawn.clear()
            self._drawn[scene] = self._draw(scene)
        return self._drawn[scene]

    def _draw(self, scene: Scene) -> Picture:
        picture = self._person(replace(scene, guest="", mirrored=False)) if scene.who else self._nobody()
        if scene.guest:
            picture = _beside(picture, scene)
        return np.ascontiguousarray(picture[:, ::-1]) if scene.mirrored else picture

    def _person(self, scene: Scene) -> Picture:
        if scene.who not in self._puppets:
            self._puppets[scene.who] = Puppet.of(scene.who)
        rest = STRAIGHT.get(scene.who, Posture())
        posture = Posture(
            yaw=rest.yaw + scene.yaw, pitch=rest.pitch + scene.pitch, roll=rest.roll + scene.roll, blink=scene.blink,
            mouth=scene.mouth, dx=scene.dx, dy=scene.dy,
        )  # fmt: skip
        picture = self._puppets[scene.who].draw(posture, SIZE)
        return _covered(picture, scene) if scene.cover else picture

    def _nobody(self) -> Picture:
        """The portrait's colours without the person, and some furniture."""
        if self._empty is None:
            photo, _ = portrait(self._home)
            tiny = cv2.resize(photo, (6, 4), interpolation=cv2.INTER_AREA)
            room = cv2.resize(tiny, SIZE, interpolation=cv2.INTER_CUBIC)
            rng = np.random.default_rng(self._seed)
            for _ in range(7):
                x, y = int(rng.integers(0, 560)), int(rng.integers(0, 360))
                w, h = int(rng.integers(30, 200)), int(rng.integers(30, 240))
                colour = tuple(int(c) for c in rng.integers(30, 220, 3))
                cv2.rectangle(room, (x, y), (x + w, y + h), colour, -1)
            self._empty = np.asarray(cv2.GaussianBlur(room, (5, 5), 0), dtype=np.uint8)
        return self._empty


def _beside(picture: Picture, scene: Scene) -> Picture:
    """A second person leans in from the side, or stands far behind (``guest_tall`` small)."""
    other, points = portrait(scene.guest)
    middle, half = float(points[:, 0].mean()), 100
    left = round(min(max(0.0, middle - half), other.shape[1] - 2 * half))
    height, width = picture.shape[:2]
    tall = round(height * scene.guest_tall)
    guest = cv2.resize(other[:, left : left + 2 * half], (round(tall * 2 * half / other.shape[0]), tall))
    result = picture.copy()
    at = width - guest.shape[1] if scene.guest_side == "right" else 0
    bottom = height if scene.guest_tall > 0.4 else round(0.45 * height)
    result[bottom - tall : bottom, at : at + guest.shape[1]] = guest
    return result


def face_middle(scene: Scene) -> tuple[float, float]:
    """Where the middle of the face is in the drawn picture, for a face that looks about straight."""
    x, y = _points(scene).mean(axis=0)
    return (SIZE[0] - float(x) if scene.mirrored else float(x)), float(y)


def _points(scene: Scene) -> Floats:
    """The face's points in the drawn picture, for a face that looks about straight."""
    photo, points = portrait(scene.who)
    scale = SIZE[0] / photo.shape[1]
    moved = points[:, :2] + [scene.dx, scene.dy]
    return np.asarray(moved * scale, dtype=np.float64)


def _covered(picture: Picture, scene: Scene) -> Picture:
    points, result = _points(scene), picture.copy()
    if scene.cover.startswith("mask"):
        colour = {"mask_blue": (190, 160, 110), "mask_white": (225, 228, 230), "mask_black": (30, 28, 30)}[scene.cover]
        _fill(result, points[[*JAW, *BRIDGE]], colour, folds=3)
    elif scene.cover == "scarf":
        shape = points[[*JAW]] + [0.0, 0.0]
        shape[1:-1, 1] += 18
        _fill(result, np.vstack([shape, points[[*BRIDGE]]]), (60, 50, 120), folds=6)
    elif scene.cover == "hand_mouth":
        _hand(result, points, 13, 0.62)
    elif scene.cover == "hand_eyes":
        _hand(result, points, 168, 0.6)
    elif scene.cover == "paper":
        low, high = points[list(OVAL)].min(0), points[list(OVAL)].max(0)
        top = low[1] + 0.12 * (high[1] - low[1])
        corners = np.array(
            [[low[0] - 30, top], [high[0] + 30, top - 8], [high[0] + 36, high[1] + 60], [low[0] - 24, high[1] + 66]]
        )
        _fill(result, corners, (235, 238, 238), folds=0)
    elif scene.cover == "cup":
        _cup(result, points)
    elif scene.cover == "glasses":
        _glasses(result, points)
    return result


def _fill(picture: Picture, shape: Floats, colour: tuple[int, int, int], folds: int) -> None:
    cv2.fillPoly(picture, [shape.round().astype(np.int32)], colour, cv2.LINE_AA)
    low, high = shape.min(0), shape.max(0)
    darker = tuple(round(0.85 * c) for c in colour)
    for k in range(folds):
        y = round(low[1] + (high[1] - low[1]) * (k + 1.5) / (folds + 2))
        inset = 0.3 * (high[0] - low[0])
        cv2.line(picture, (round(low[0] + inset), y), (round(high[0] - inset), y + 3), darker, 2, cv2.LINE_AA)


def _hand(picture: Picture, points: Floats, over: int, size: float) -> None:
    """A hand in the face's own colour, with the shadows between four fingers."""
    cheek = points[50].round().astype(int)
    patch = picture[max(0, cheek[1] - 6) : cheek[1] + 6, max(0, cheek[0] - 6) : cheek[0] + 6]
    skin = tuple(int(c) for c in patch.reshape(-1, 3).mean(0))
    wide = float(np.linalg.norm(points[234] - points[454])) * size
    centre = points[over].round().astype(int)
    axes = (round(wide * 0.75), round(wide * 0.42))
    cv2.ellipse(picture, (int(centre[0]), int(centre[1])), axes, 12, 0, 360, skin, -1, cv2.LINE_AA)
    shadow = tuple(round(0.72 * c) for c in skin)
    for k in (-1, 0, 1):
        y = int(centre[1] + k * axes[1] * 0.45)
        cv2.line(picture, (int(centre[0]) - axes[0] + 14, y - 6), (int(centre[0]) + axes[0] - 10, y + 6), shadow, 2)


def _cup(picture: Picture, points: Floats) -> None:
    mouth = points[13]
    wide = float(np.linalg.norm(points[61] - points[291]))
    left, right = round(mouth[0] - 0.8 * wide), round(mouth[0] + 0.8 * wide)
    top, bottom = round(mouth[1] - 0.25 * wide), round(mouth[1] + 2.0 * wide)
    cv2.rectangle(picture, (left, top), (right, bottom), (200, 205, 210), -1)
    cv2.rectangle(picture, (left, top), (right, top + 6), (150, 150, 160), -1)


def _glasses(picture: Picture, points: Floats) -> None:
    eyes = [points[[33, 133]].mean(0), points[[362, 263]].mean(0)]
    radius = round(0.42 * float(np.linalg.norm(eyes[0] - eyes[1])))
    for eye in eyes:
        x, y = round(eye[0]), round(eye[1])
        cv2.ellipse(picture, (x, y), (radius, round(radius * 0.8)), 0, 0, 360, (25, 25, 30), 3, cv2.LINE_AA)
        cv2.line(
            picture, (x - radius // 3, y - radius // 2), (x + radius // 5, y - radius // 2 + 4), (245, 245, 245), 2
        )
    inner = [round(eyes[0][0]) + radius, round(eyes[1][0]) - radius]
    y = round((eyes[0][1] + eyes[1][1]) / 2)
    cv2.line(picture, (inner[0], y), (inner[1], y), (25, 25, 30), 3)
