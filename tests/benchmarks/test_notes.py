"""What the recorder's process writes down on the way."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from benchmarks.recording.recorder_process import Notes
from client.engine import face_tools


class Faces:
    """In the place of the real tools, which load models."""

    def follow(self, bgr: Any, t_ms: int) -> list[Any]:
        return [bgr, t_ms]


def test_looks_are_counted_and_passed_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(face_tools.RealFaceTools.follow)  # what the judges call while they watch
    monkeypatch.setattr(face_tools, "RealFaceTools", Faces)
    monkeypatch.setattr(Faces, "follow", Faces.follow)  # put back afterwards
    notes = Notes(tmp_path / "notes.json")
    notes.count_looks()
    assert Faces().follow("picture", 40) == ["picture", 40]
    Faces().follow("picture", 80)
    notes.write()
    assert len(json.loads((tmp_path / "notes.json").read_text("ascii"))["looks_ns"]) == 2


def test_threads_of_ours_are_known_by_their_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", threading.Thread.start)  # put back afterwards
    notes = Notes(tmp_path / "notes.json")
    notes.note_threads()
    told = threading.Event()
    thread = threading.Thread(target=told.wait, name="capture-screen-1")
    thread.start()
    try:
        assert json.loads((tmp_path / "notes.json").read_text("ascii"))["threads"][str(thread.native_id)] == thread.name
    finally:
        told.set()
        thread.join(5)
