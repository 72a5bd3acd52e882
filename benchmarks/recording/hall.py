"""Everything around the recorder: screen, microphone, camera, server; started once for all phases."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.recording import processes, screen
from benchmarks.recording.drawing import HEIGHT, WIDTH
from benchmarks.recording.institution import STREAMS, Institution
from benchmarks.recording.opened import OpenedSession
from benchmarks.recording.product import Product
from benchmarks.recording.replay import ScreenLog
from simulation.microphone import Microphone
from simulation.process import StandIn
from simulation.screen import Screen


def say(text: str) -> None:
    """Progress, beside the figures."""
    print(f"-- {text}", file=sys.stderr, flush=True)


class Hall:
    """``minutes``: the longest exam. Use with ``with``; the environment of this process points at its devices."""

    def __init__(self, minutes: int = 60) -> None:
        self._minutes = minutes
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Hall:
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="senim-recording-")))
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        say("screen, microphone, camera, server")
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def _start(self) -> None:
        os.environ.update(self._stack.enter_context(Screen(f"{WIDTH}x{HEIGHT}")).env)
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ.update(self._stack.enter_context(Microphone(self.folder / "sound")).env)
        self.display = os.environ["DISPLAY"]
        self.camera_log = self.folder / "camera.log"
        camera = StandIn("benchmarks.recording.camera", ["--log", str(self.camera_log)])
        self._stack.callback(camera.stop)
        self.camera = str(camera.start(90)["url"])
        self.x_server = next(pid for pid in processes.descendants(os.getpid()) if processes.name(pid) == "Xvfb")
        self.institution = self._institution(STREAMS)

    def _institution(self, streams: Sequence[str]) -> Institution:
        place = self.folder / f"institution-{len(list(self.folder.glob('institution-*')))}"
        place.mkdir()
        institution = Institution(place, self.camera, self._minutes, streams)
        self._stack.callback(institution.stop)
        institution.start()
        return institution

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def show(self, script: str, core: int | None = None) -> Iterator[Path]:
        """The exam screen, playing a script; its log, which is whole once this has ended."""
        self._count += 1
        log = self.folder / f"screen-{self._count}.log"
        pinned = ["--core", str(core)] if core is not None else []
        words = ["--script", script, "--log", str(log), *pinned]
        window = StandIn("benchmarks.recording.screen", words, screen.environment())
        window.start(60)
        try:
            yield log
        finally:
            window.stop()

    @contextmanager
    def product(self, *, judges: bool, core: int | None = None) -> Iterator[Product]:
        """A recorder whose exam has begun."""
        self._count += 1
        product = Product(self.folder / f"product-{self._count}", self.institution, judges, core)
        try:
            product.to_paper()
            yield product
        finally:
            with contextlib.suppress(OSError):
                product.close()

    def opened(self, product: Product) -> OpenedSession:
        return OpenedSession(
            self.institution.session_folder(product.session), self.institution.seat_identity(product.seat)
        )


def replay_log(log: Path) -> ScreenLog:
    """The log of a screen that has ended; makes sure that this process can draw."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        os.environ.update(screen.environment())
        _keep.append(QGuiApplication(["replay", "-platform", "offscreen"]))
    return ScreenLog.read(log)


_keep: list[object] = []  # Qt's application object lives as long as the process
