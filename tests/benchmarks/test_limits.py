"""Limits against tables (Clopper and Pearson; Garwood) and at the edges."""

from __future__ import annotations

import pytest

from benchmarks.limits import hourly_limits, share_limits


@pytest.mark.parametrize(
    ("hits", "of", "limits"),
    [(0, 10, (0.0, 0.3085)), (10, 10, (0.6915, 1.0)), (5, 10, (0.1871, 0.8129)), (1, 30, (0.0008, 0.1722))],
)
def test_of_a_share(hits: int, of: int, limits: tuple[float, float]) -> None:
    assert share_limits(hits, of) == pytest.approx(limits, abs=1e-4)


@pytest.mark.parametrize(("count", "limits"), [(0, (0.0, 3.689)), (1, (0.0253, 5.572)), (10, (4.795, 18.39))])
def test_of_a_count(count: int, limits: tuple[float, float]) -> None:
    assert hourly_limits(count, 1.0) == pytest.approx(limits, abs=5e-3)
    assert hourly_limits(count, 2.0)[1] == pytest.approx(limits[1] / 2, abs=5e-3)
