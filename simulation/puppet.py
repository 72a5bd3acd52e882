"""A portrait that turns its head, blinks and talks: pictures for tests and the demo, no camera needed.

The portrait's own face points make a 3-D mesh; the mesh is posed and the photo is drawn onto it
triangle by triangle. The same input gives the same picture. Beyond 30 degrees jaw and cheek tear.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from simulation.mesh_parts import ABOVE_LIDS, CHIN, EYE_CORNERS, FACE_EDGES, LIDS, LOWER_LIP, MOUTH_INSIDE, OVAL

Picture = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

PORTRAITS = Path(__file__).parent / "portraits"
MOUTH_BGR = (22, 22, 60)


@dataclass(frozen=True)
class Posture:
    """Degrees (yaw > 0: towards the person's left; pitch > 0: down; roll > 0: clockwise in the picture),
    shift in pixels of the portrait, ``blink`` and ``mouth`` 0..1."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    blink: float = 0.0
    mouth: float = 0.0
    dx: float = 0.0
    dy: float = 0.0


def portrait(name: str) -> tuple[Picture, Floats]:
    """A portrait of this folder ("astronaut", "second"): BGR picture and its face points (468, 3)."""
    picture = cv2.imread(str(PORTRAITS / f"{name}.jpg"), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"no portrait {name}")
    stored = json.loads((PORTRAITS / f"{name}.json").read_text("utf-8"))
    return np.asarray(picture, dtype=np.uint8), np.asarray(stored["points"], dtype=np.float64)


class Puppet:
    """Draws one portrait in any posture, in the portrait's own size."""

    def __init__(self, bgr: Picture, points: Floats) -> None:
        self._photo, self._points = bgr, points[:468]
        height, width = bgr.shape[:2]
        self._focal = 3.2 * height
        middle = self._points[list(FACE_EDGES)].mean(0)
        # The axis a head turns about lies behind the face.
        depth = 0.35 * float(np.linalg.norm(self._points[234] - self._points[454]))
        self._axis = middle + np.array([0.0, 0.0, depth])
        self._rings, self._follow = _rings(self._points, middle, self._axis[2], width, height)
        self._border = _border(width, height)
        self._source = np.concatenate([self._points[:, :2], self._rings[:, :2], self._border]).astype(np.float32)
        self._triangles = _triangles(self._source, width, height)

    @classmethod
    def of(cls, name: str) -> Puppet:
        return cls(*portrait(name))

    def draw(self, posture: Posture, size: tuple[int, int] | None = None) -> Picture:
        """The picture (BGR) in this posture, scaled to ``size`` (width, height) if given."""
        target, depth = self._posed(posture)
        picture = self._warp(target, depth)
        if posture.mouth > 0.05:
            hole = np.zeros(picture.shape[:2], np.uint8)
            cv2.fillPoly(hole, [target[list(MOUTH_INSIDE)].round().astype(np.int32)], (255,), cv2.LINE_AA)
            share = hole[..., None] / 255.0
            picture = np.asarray(picture * (1 - share) + np.array(MOUTH_BGR) * share, dtype=np.uint8)
        if size is not None and size != (picture.shape[1], picture.shape[0]):
            picture = np.asarray(cv2.resize(_fit(picture, size), size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
        return picture

    def _posed(self, p: Posture) -> tuple[npt.NDArray[np.float32], Floats]:
        points = self._expression(p)
        turn = _rotation(p.yaw, p.pitch, p.roll)
        face, rings = (points - self._axis) @ turn.T, (self._rings - self._axis) @ turn.T

        def seen(q: Floats) -> Floats:
            flat = self._axis[:2] + q[:, :2] * (self._focal / (self._focal + q[:, 2:])) + [p.dx, p.dy]
            return np.asarray(flat, dtype=np.float64)

        still = self._rings[:, :2]
        hair = still + self._follow[:, None] * (seen(rings) - still)
        target = np.concatenate([seen(face), hair, self._border]).astype(np.float32)
        return target, np.concatenate([face[:, 2], np.full(len(hair) + len(self._border), 1e3)])

    def _expression(self, p: Posture) -> Floats:
        points = self._points.copy()
        if p.blink:
            for upper, lower in LIDS.items():
                points[upper] += 0.97 * p.blink * (points[lower] - points[upper])
            between = self._points[list(EYE_CORNERS), 0].mean()
            for k in ABOVE_LIDS:
                upper, lower = (159, 145) if self._points[k, 0] < between else (386, 374)
                points[k, 1] += 0.35 * p.blink * abs(self._points[lower, 1] - self._points[upper, 1])
        if p.mouth:
            drop = p.mouth * 0.22 * float(np.linalg.norm(points[10] - points[152]))
            points[list(LOWER_LIP), 1] += 0.8 * drop
            points[list(CHIN), 1] += drop
            points[[78, 308, 61, 291], 0] += np.array([1, -1, 1, -1]) * 0.06 * drop
        return points

    def _warp(self, target: npt.NDArray[np.float32], depth: Floats) -> Picture:
        height, width = self._photo.shape[:2]
        corners = self._triangles
        owner = np.full((height, width), -1, np.int32)
        pixels = (target[corners] * 16).round().astype(np.int32)
        for t in np.argsort(-depth[corners].mean(1)):  # far triangles first, near ones over them
            cv2.fillConvexPoly(owner, pixels[t], (int(t),), cv2.LINE_8, 4)
        to_photo = _affine(target[corners].astype(np.float64), self._source[corners].astype(np.float64))
        y, x = np.mgrid[0:height, 0:width]
        a = to_photo[owner.clip(0)]
        inside = owner >= 0
        map_x = np.where(inside, a[..., 0, 0] * x + a[..., 0, 1] * y + a[..., 0, 2], x).astype(np.float32)
        map_y = np.where(inside, a[..., 1, 0] * x + a[..., 1, 1] * y + a[..., 1, 2], y).astype(np.float32)
        warped = cv2.remap(self._photo, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, dtype=np.uint8)


def noisy(picture: Picture, seed: int, sigma: float = 3.0) -> Picture:
    """The picture with a sensor's noise, the same for the same seed."""
    noise = np.random.default_rng(seed).normal(0, sigma, picture.shape).astype(np.float32)
    return np.asarray(np.clip(picture + noise, 0, 255), dtype=np.uint8)


def tilted_sheet(picture: Picture, yaw: float) -> Picture:
    """The picture as a flat print, turned by ``yaw`` degrees before a camera: what a held-up photo looks like."""
    height, width = picture.shape[:2]
    focal = 2.5 * width
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    turned = np.column_stack([corners - [width / 2, height / 2], np.zeros(4)]) @ _rotation(yaw, 0, 0).T
    seen = turned[:, :2] * (focal / (focal + turned[:, 2:])) + [width / 2, height / 2]
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), borderValue=(90, 90, 90)), dtype=np.uint8)


def _rotation(yaw: float, pitch: float, roll: float) -> Floats:
    (cy, cp, cr), (sy, sp, sr) = np.cos(np.radians([yaw, pitch, roll])), np.sin(np.radians([yaw, pitch, roll]))
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    return np.asarray(about_z @ about_x @ about_y, dtype=np.float64)


def _rings(points: Floats, middle: Floats, depth: float, width: int, height: int) -> tuple[Floats, Floats]:
    """Two rings round the face (hair, neck) that follow the head less and less."""
    rings, follow = [], []
    for size, share in ((1.25, 0.85), (1.6, 0.35)):
        ring = middle + (points[list(OVAL)] - middle) * [size, size, 1]
        ring[:, 2] = depth
        ring[:, 0] = ring[:, 0].clip(2, width - 3)
        ring[:, 1] = ring[:, 1].clip(2, height - 3)
        rings.append(ring)
        follow.append(np.full(len(ring), share))
    return np.concatenate(rings), np.concatenate(follow)


def _border(width: int, height: int) -> Floats:
    e = np.linspace(0, 1, 9)
    x, y, zero = e * (width - 1), e * (height - 1), e * 0
    sides = [(x, zero), (x, zero + height - 1), (zero, y), (zero + width - 1, y)]
    return np.asarray(np.unique(np.concatenate([np.column_stack(s) for s in sides]).round(), axis=0), dtype=np.float64)


def _triangles(points: npt.NDArray[np.float32], width: int, height: int) -> npt.NDArray[np.int64]:
    """Delaunay triangles over all points."""
    plane = cv2.Subdiv2D((-5, -5, width + 10, height + 10))
    index: dict[tuple[float, float], int] = {}
    for k, p in enumerate(points.tolist()):
        key = (round(p[0], 2), round(p[1], 2))
        if key not in index:
            index[key] = k
            plane.insert((p[0], p[1]))
    places, numbers = np.array(list(index)), list(index.values())
    found = []
    for corners in np.asarray(plane.getTriangleList()).reshape(-1, 3, 2):
        away = np.abs(places[None] - corners[:, None]).sum(2)
        near = away.argmin(1)
        if away[range(3), near].max() < 0.1:  # else a corner of the plane itself
            found.append([numbers[j] for j in near])
    return np.asarray(found, dtype=np.int64)


def _affine(target: Floats, source: Floats) -> Floats:
    """Per triangle the 2x3 matrix from the drawn picture back to the photo."""
    edges = np.stack([target[:, 1] - target[:, 0], target[:, 2] - target[:, 0]], 2)
    edges[np.abs(_determinant(edges)) < 1e-3] = np.eye(2)
    photo = np.stack([source[:, 1] - source[:, 0], source[:, 2] - source[:, 0]], 2)
    # Two by two by hand: numpy's solver goes through OpenBLAS, where two threads at once were seen to spin for ever.
    swapped = np.stack([edges[:, 1, 1], -edges[:, 0, 1], -edges[:, 1, 0], edges[:, 0, 0]], 1).reshape(-1, 2, 2)
    turn = np.einsum("nij,njk->nik", photo, swapped / _determinant(edges)[:, None, None])
    shift = source[:, 0] - np.einsum("nij,nj->ni", turn, target[:, 0])
    return np.asarray(np.concatenate([turn, shift[:, :, None]], 2), dtype=np.float64)


def _determinant(matrices: Floats) -> Floats:
    return np.asarray(matrices[:, 0, 0] * matrices[:, 1, 1] - matrices[:, 0, 1] * matrices[:, 1, 0])


def _fit(picture: Picture, size: tuple[int, int]) -> Any:
    """The middle of the picture with the shape of ``size``, so that faces keep their proportions."""
    height, width = picture.shape[:2]
    if width * size[1] > height * size[0]:
        keep = round(height * size[0] / size[1])
        left = (width - keep) // 2
        return picture[:, left : left + keep]
    keep = round(width * size[1] / size[0])
    return picture[:keep]
