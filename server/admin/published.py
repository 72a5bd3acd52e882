"""The day's checkpoint file, put by the serving process where the institution publishes it."""

from __future__ import annotations

import re
from pathlib import Path

from server.admin import checkpoints
from server.admin.checkpoints import Published
from server.admin.console import Console
from server.admin.errors import CommandFailed

_DATED = re.compile(r"checkpoints-\d{4}-\d{2}-\d{2}\.txt")


def publish_daily(console: Console) -> Published | None:
    """``checkpoints.txt`` and its copy of the day in the folder of the settings; of the dated copies the newest N stay.
    None if no folder is set. Raises ``CommandFailed`` if it cannot be reached: nothing is signed then."""
    if not console.settings.checkpoint_folder:
        return None
    folder = Path(console.settings.checkpoint_folder)
    if not folder.is_dir():
        raise CommandFailed(f"checkpoints cannot be published: {folder} is no folder (is its disk there?)")
    done = checkpoints.publish(console, folder / checkpoints.FILE)
    try:
        checkpoints.copy_to(folder / checkpoints.FILE, folder / f"checkpoints-{console.now()[:10]}.txt")
        dated = sorted(file for file in folder.iterdir() if _DATED.fullmatch(file.name))
        for old in dated[: -max(1, console.settings.checkpoint_copies)]:
            old.unlink()
    except OSError as error:
        raise CommandFailed(f"the checkpoint is published, but its dated copies are not in order: {error}") from error
    return done
