"""After a crash the recorder learns from the ledger which monitor each screen's stream showed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spool_parts import Spooling

from client.engine.recording import _monitors


def screens(**monitors: str) -> dict[str, Any]:
    listed = [{"stream": s.replace("_", "-"), "name": name, "width": 8, "height": 8} for s, name in monitors.items()]
    return {"count": len(listed), "screens": listed, "added": [], "removed": []}


def test_the_last_that_was_told_of_each_stream_holds(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.writer.event("screens", **screens(screen_1="HDMI-1", screen_2="eDP-1"))
    room.writer.event("devices", camera="none")
    room.writer.event("screens", **screens(screen_2="eDP-1", screen_3="DP-2"))
    room.done()
    assert _monitors(room.writer.book) == {"screen-1": "HDMI-1", "screen-2": "eDP-1", "screen-3": "DP-2"}
    room.close()
