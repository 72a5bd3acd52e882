"""A recording held against the screen's log: what is perfect, what is late, what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.recording.measures import BEST_DB, Luma, psnr
from benchmarks.recording.quality import Judge, ScreenQuality, camera_quality
from benchmarks.recording.replay import NotTheSame, Replay, ScreenLog
from benchmarks.recording.sync import flash_times, flashes_seen, picture_offsets

EVER = 1 << 62


def pictures(log: ScreenLog) -> list[tuple[int, Luma]]:
    """What a recorder without any loss would have: each step, 20 ms after it was drawn."""
    replay = Replay(log, "exam")
    return [(step.after + 17_000_000, replay.luma(number)) for number, step in enumerate(log.steps)]


def judged(log: ScreenLog, frames: list[tuple[int, Luma]]) -> ScreenQuality:
    judge = Judge(log, "exam")
    judge.feed(frames, 0, EVER)
    return judge.quality


def test_a_log_is_read_as_it_was_written(played: Path) -> None:
    log = ScreenLog.read(played)
    assert len(log.steps) > 30 and log.steps[0].mark
    assert log.between(8_000_000_000, 10_000_000_000) == [2.5]


def test_a_replay_that_differs_says_so(played: Path) -> None:
    text = played.read_text("ascii").splitlines(keepends=True)
    text[5] = text[5].rsplit(" ", 1)[0] + " 0123456789abcdef\n"
    played.write_text("".join(text), "ascii")
    replay = Replay(ScreenLog.read(played), "exam")
    with pytest.raises(NotTheSame):
        replay.luma(6)


def test_a_replay_only_goes_forward(played: Path) -> None:
    replay = Replay(ScreenLog.read(played), "exam")
    replay.luma(3)
    with pytest.raises(ValueError, match="forward"):
        replay.luma(2)


def test_a_perfect_recording(played: Path) -> None:
    log = ScreenLog.read(played)
    quality = judged(log, pictures(log))
    assert quality.frames == len(log.steps)
    assert quality.stale_tiles == 0 and quality.changed_tiles > 100
    assert quality.missed == 0 and max(quality.errors_ms) == 0
    assert min(quality.motion) == BEST_DB and min(quality.settled) == BEST_DB


def test_pictures_that_come_one_frame_late_are_stale(played: Path) -> None:
    log = ScreenLog.read(played)
    frames = pictures(log)
    late = [(t, before) for (t, _), (_, before) in zip(frames[1:], frames, strict=False)]
    quality = judged(log, late)
    assert quality.stale_tiles > 0.9 * quality.changed_tiles


def test_a_stamp_that_is_off_is_measured(played: Path) -> None:
    """Ten milliseconds before the screen showed it: still the likest picture, and the error is told."""
    log = ScreenLog.read(played)
    frames = pictures(log)
    large = next(k for k in range(2, len(frames)) if psnr(frames[k - 1][1], frames[k][1]) < 20)
    early = (log.steps[large].before - 10_000_000, frames[large][1])
    assert max(judged(log, [frames[large - 2], early]).errors_ms) == pytest.approx(10.0)


def test_a_large_change_that_was_not_recorded_at_once_is_missed(played: Path) -> None:
    log, replay = ScreenLog.read(played), Replay(ScreenLog.read(played), "exam")
    for number in range(len(log.steps)):
        replay.luma(number)
    large = next(k for k, tiles in enumerate(replay.changed) if k and tiles > 100)
    frames = pictures(log)
    kept = [frames[large - 1], (frames[large][0] + 300_000_000, frames[large][1])]
    assert judged(log, kept).missed >= 2
    assert judged(log, frames[large - 1 : large + 1]).missed == 0


def test_camera_pictures_are_held_against_the_one_sent_before_their_stamp(played: Path) -> None:
    truths = [picture for _, picture in pictures(ScreenLog.read(played))[:3]]
    sent = [(1_000, 0), (2_000, 1), (3_000, 2)]
    found, recorded = camera_quality(
        [(1_500, truths[0]), (3_001, truths[1]), (9_000, truths[2])], sent, truths, 0, 5_000
    )
    assert (found, recorded) == ([BEST_DB, BEST_DB], 2)


def test_a_camera_picture_that_was_made_smaller_is_compared_too() -> None:
    true = np.tile(np.linspace(20, 220, 640, dtype=np.uint8), (480, 1))
    small = np.ascontiguousarray(true[::2, ::2])
    found, recorded = camera_quality([(5, small)], [(1, 0)], [true], 0, 10)
    assert recorded == 1 and 30 < found[0] < BEST_DB


def test_flashes_are_held_against_the_time_in_which_they_had_to_be_seen() -> None:
    true = [(1_000_000_000, 1_010_000_000), (4_000_000_000, 4_010_000_000)]
    seen = [1_090_000_000, 4_210_000_000, 9_000_000_000]
    assert picture_offsets(true, seen) == [0.0, 100.0]
    assert picture_offsets(true, [990_000_000]) == [-10.0]


def test_a_flash_is_seen_once(tmp_path: Path) -> None:
    light, dark = np.full((1080, 1920), 240, np.uint8), np.full((1080, 1920), 20, np.uint8)
    assert list(flashes_seen(iter([(1, light), (2, dark), (3, dark), (4, light), (5, dark)]))) == [2, 5]
    file = tmp_path / "flashes.log"
    file.write_text("10 11 1 0 0 \n20 21 2 0 0 \n30 31 3 0 0 \n40 41 4 0 0 \n", "ascii")
    assert flash_times(ScreenLog.read(file)) == [(30, 31)]
