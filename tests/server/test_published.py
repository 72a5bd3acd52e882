"""The serving process publishes the day's checkpoint into the institution's folder."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from exam_hall import HandClock, Server
from sitting import Sitting

from evidence.verify_checkpoint import verify_checkpoints
from server.admin.institution_keys import verifying_key
from server.reminder import DAY_SECONDS, HOUR_SECONDS, Reminder
from server.settings import DataFolder


def publish_into(root: Path, folder: Path, copies: int) -> None:
    file = root / "settings.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('checkpoint_folder = ""', f'checkpoint_folder = "{folder}"')
    file.write_text(text.replace("checkpoint_copies = 30", f"checkpoint_copies = {copies}"), encoding="utf-8")


def test_each_day_a_signed_file_and_the_last_copies(
    server: Server, sitting: Sitting, clock: HandClock, tmp_path: Path
) -> None:
    folder, verifying = tmp_path / "www", verifying_key(DataFolder(server.root))
    reminder = Reminder(server.root, clock)
    reminder.tick(0.0)
    assert not (server.root / "checkpoints.txt").exists(), "no folder is set: nothing is published"
    folder.mkdir()
    (folder / "index.html").write_text("theirs")
    publish_into(server.root, folder, 2)
    sitting.ready_for_paper(verifying)
    for day in range(1, 5):
        reminder.tick(day * DAY_SECONDS - 1)
        reminder.tick(day * DAY_SECONDS)
        reminder.tick(day * DAY_SECONDS + 1)
        assert len((folder / "checkpoints.txt").read_text().splitlines()) == day
        clock.move(days=1)
    assert sorted(file.name for file in folder.iterdir()) == [
        "checkpoints-2026-02-02.txt", "checkpoints-2026-02-03.txt", "checkpoints.txt", "index.html",
    ]  # fmt: skip
    published = (folder / "checkpoints.txt").read_bytes()
    assert (folder / "checkpoints-2026-02-03.txt").read_bytes() == published
    report = verify_checkpoints(published, verifying, server.root / "sessions")
    assert report.exit_code == 0
    assert (server.root / "checkpoints.txt").read_bytes() == published


def test_a_folder_that_is_away_is_told_and_tried_again_within_the_hour(
    server: Server, clock: HandClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "senim.retention")
    publish_into(server.root, tmp_path / "www", 5)
    reminder = Reminder(server.root, clock)
    reminder.tick(0.0)
    assert caplog.messages == ["the day's checkpoint was not published"]
    assert not (server.root / "checkpoints.txt").exists(), "nothing is signed that nobody would see"
    (tmp_path / "www").mkdir()
    reminder.tick(HOUR_SECONDS - 1)
    assert not (tmp_path / "www" / "checkpoints.txt").exists()
    reminder.tick(HOUR_SECONDS)
    assert (tmp_path / "www" / "checkpoints.txt").exists()
    reminder.tick(2 * HOUR_SECONDS)
    assert len((tmp_path / "www" / "checkpoints.txt").read_text().splitlines()) == 1
