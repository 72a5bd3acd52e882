"""The recorder as shipped, with a few notes taken on the way; started like ``client.main --recorder``.

    python -m benchmarks.recording.recorder_process --judges on|off --notes FILE [--core N] -- CLIENT-ARGUMENTS

Notes: which thread of ours has which id (at once, so that processor time can be told by thread), and at the end
the times at which the camera's pictures were taken and how often the judges looked. ``--judges off``: the face
models do not load, as on a computer where they fail; everything else is untouched.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import threading
from pathlib import Path
from unittest import mock

from client.capture.camera import Camera
from client.capture.source import Reading
from client.clock import raw_ns
from client.engine import face_tools
from client.main import main as client_main
from faces.detect import Face, Picture


class NoFaces(Exception):
    """The judges are switched off in this run."""


class _NoFaceTools:
    def __init__(self) -> None:
        raise NoFaces


class Notes:
    """What a run is asked about afterwards."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._names: dict[int, str] = {os.getpid(): "main"}
        self._stamps: list[int] = []
        self._looks: list[int] = []

    def note_threads(self) -> None:
        """From now on: the ids of threads that ``threading`` starts; others belong to libraries."""
        start = threading.Thread.start

        def started(thread: threading.Thread) -> None:
            start(thread)
            self._named(thread)

        mock.patch.object(threading.Thread, "start", started).start()  # all threads pass here

    def _named(self, thread: threading.Thread) -> None:
        if thread.native_id is None:
            return
        self._names[thread.native_id] = thread.name
        self.write()

    def tap_camera(self) -> None:
        read = Camera.read

        def noted(camera: Camera, wait_s: float) -> Reading | None:
            reading = read(camera, wait_s)
            if reading is not None:
                self._stamps.append(reading.t_ns)
            return reading

        mock.patch.object(Camera, "read", noted).start()

    def count_looks(self) -> None:
        """Of the judges while they watch; the identity check looks in another way."""
        follow = face_tools.RealFaceTools.follow

        def counted(tools: face_tools.RealFaceTools, bgr: Picture, t_ms: int) -> list[Face]:
            self._looks.append(raw_ns())
            return follow(tools, bgr, t_ms)

        mock.patch.object(face_tools.RealFaceTools, "follow", counted).start()

    def write(self) -> None:
        notes = {"threads": self._names, "camera_ns": self._stamps, "looks_ns": self._looks}
        waiting = self._file.with_suffix(f".{threading.get_ident()}")
        waiting.write_text(json.dumps(notes), encoding="ascii")
        waiting.replace(self._file)


def main() -> int:
    ours = sys.argv[1 : sys.argv.index("--")]
    theirs = sys.argv[sys.argv.index("--") + 1 :]
    parser = argparse.ArgumentParser(description="The recorder of the recording benchmark.")
    parser.add_argument("--judges", choices=("on", "off"), required=True)
    parser.add_argument("--notes", type=Path, required=True)
    parser.add_argument("--core", type=int)
    options = parser.parse_args(ours)
    if options.core is not None and sys.platform == "linux":
        os.sched_setaffinity(0, {options.core})
    notes = Notes(options.notes)
    notes.note_threads()
    notes.tap_camera()
    if options.judges == "off":
        mock.patch.object(face_tools, "RealFaceTools", _NoFaceTools).start()  # fails as a missing model would
    else:
        notes.count_looks()
    atexit.register(notes.write)
    return client_main(["--recorder", *theirs])


if __name__ == "__main__":
    raise SystemExit(main())
