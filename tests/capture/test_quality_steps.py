"""Steps of the ladder in the middle of a recording."""

from __future__ import annotations

import pytest

from client.capture.ladder import Felt
from client.capture.settings import CaptureSettings
from client.capture.trial import FINE, OTHER, Outcome

from .played import LANES, Played


@pytest.mark.parametrize("kind", LANES)
def test_a_whole_descent_and_the_way_back_lose_no_picture(kind: str) -> None:
    """Minutes with a full disk, then calm: every part joins the one before without a gap."""
    settings = CaptureSettings(screen_heartbeat_s=1.0, camera_rate=2, screen_rate=2, screen_small_change_s=0.4)
    played = Played(kind, settings)
    disk = Felt.PRESSING
    for second in range(600):
        if second == 160:
            disk = Felt.CALM
        played.quality.press(disk, Felt.CALM)
        played.look(10)
    kept = played.finish()
    told = [(d["step"], d["direction"]) for name, d in kept.events if name == "quality"]
    down = [step for step, direction in told if direction == "down"]
    assert down and [step for step, direction in told if direction == "up"] == list(reversed(down))
    assert [g for g in kept.gaps if g[3] != "opening"] == []
    assert {p.reason for p in kept.parts[1:]} == {"quality"}


def test_a_lighter_preset_comes_at_once() -> None:
    played = Played("screen-1", CaptureSettings(screen_preset=8))
    for _ in range(60):
        played.look(10)
        played.quality.slots("camera", 1, 30)  # the processor is the same
    assert played.quality.settings.screen_preset == 12
    kept = played.finish()
    assert [p.reason for p in kept.parts] == ["start", "quality", "quality"], "8, 10, 12"


def test_a_coarser_picture_comes_with_the_next_key_picture() -> None:
    played = Played("screen-1", CaptureSettings())
    for _ in range(30):
        played.quality.press(Felt.PRESSING, Felt.CALM)
        played.look(10)
    assert played.quality.settings.screen_crf == CaptureSettings().screen_crf + 8
    assert len(played.kept.parts) == 1, "nobody is in a hurry"
    played.look(300)
    kept = played.finish()
    assert [p.reason for p in kept.parts] == ["start", "quality"]
    assert kept.parts[1].origin_ms >= 1000 * CaptureSettings().screen_key_after_s


def test_what_the_trial_chose_is_recorded_with_and_told() -> None:
    played = Played("screen-1", CaptureSettings())
    played.quality.adopt(Outcome(FINE, {}))
    assert played.quality.settings.screen_preset == 8
    played.quality.begin()
    played.look(5)
    played.quality.adopt(Outcome(OTHER, {}))  # a trial that ended late
    played.look(5)
    kept = played.finish()
    assert [d["codec"] for name, d in kept.events if name == "codec"] == ["av1", "vp9"]
    assert ["vp09" in p.media for p in kept.parts] == [False, True]
    assert kept.parts[1].reason == "quality"
