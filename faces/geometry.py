"""Small pieces of plane and space geometry, numpy only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def rotation_between(source: Floats, target: Floats) -> Floats:
    """The rotation R (3x3) that best turns ``source`` into ``target`` (both Nx3), any scale and place.

    Kabsch's method: target - mean ~ s * R @ (source - mean).
    """
    x, y = source - source.mean(0), target - target.mean(0)
    u, _, vt = np.linalg.svd(y.T @ x)
    return np.asarray(u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))]) @ vt, dtype=np.float64)


def similarity(source: Floats, target: Floats) -> Floats:
    """The 2x3 matrix of the least-squares similarity (turn, size, shift) from ``source`` to ``target`` (Nx2)."""
    mean_s, mean_t = source.mean(0), target.mean(0)
    s, t = source - mean_s, target - mean_t
    u, values, vt = np.linalg.svd(t.T @ s)
    sign = np.diag([1.0, np.sign(np.linalg.det(u @ vt))])
    turn = u @ sign @ vt
    size = float(np.trace(np.diag(values) @ sign) / (s**2).sum())
    return np.column_stack([size * turn, mean_t - size * turn @ mean_s])
