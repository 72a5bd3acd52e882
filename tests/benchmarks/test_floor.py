"""Phase "floor": the bare libraries are really called, and what they come to is told."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.recording import floor


def test_each_library_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "SECONDS", 0.3)
    monkeypatch.setattr(floor, "PICTURES", 2)
    nothing: Any = None
    found = floor.measure(nothing)
    assert len(found) == 5 and min(found.values()) >= 0
    assert found["the camera's encoder"] > 0 < found["JPEG to the encoder's colours by OpenCV"]
    assert "the cheapest of them together" in floor.details(found)[-1]


def test_the_cheaper_decoder_counts_and_the_loop_does_not() -> None:
    assert floor.least({"nothing": 0.5, "opencv": 3.0, "libavcodec": 2.0, "encoder": 4.0, "opus": 1.0}) == 5.5
