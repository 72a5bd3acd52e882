"""Builds the real recorder: every object by hand, and the process around it."""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from client.capture import devices
from client.capture.capture import Capture
from client.capture.choose import needs_qt_loop
from client.capture.memory import use_few_heaps
from client.capture.settings import CaptureSettings
from client.capture.source import SegmentSink
from client.clock import Clock
from client.engine.engine import Engine
from client.engine.workshop import CaptureLike, FaceTools, Workshop
from client.pipe import Pipe, standard_streams
from client.rooms import room_of
from client.settings import Settings
from client.system import surroundings
from client.system.front import front_window
from client.system.priority import give_way
from client.system.thread_names import name_threads
from client.system.watch import SystemWatch
from client.upload.http import HttpTransport
from client.upload.transport import Transport
from client.version import VERSION
from evidence.signing import VerifyingKey

FACE_MODEL = "face-model.onnx"  # beside institution.json, where the institution has a model of its own


def real_workshop(settings: Settings) -> Workshop:
    """The institution's address and key come from its configuration, everything else from this computer."""
    config = settings.config

    def transport() -> Transport:
        return HttpTransport(config.server, config.pinned_ca, f"Senim/{VERSION}")

    def capture(clock: Clock, capture_settings: CaptureSettings, sink: SegmentSink) -> CaptureLike:
        return Capture(clock, capture_settings, sink)

    def face_tools() -> FaceTools:
        from client.engine.face_tools import RealFaceTools

        file = settings.config_file.with_name(FACE_MODEL) if settings.config_file is not None else None
        return RealFaceTools(file)

    command = device_command()
    return Workshop(
        data_dir=settings.data_dir,
        server=config.server,
        verifying_key=VerifyingKey.from_text(config.verifying_key),
        version=VERSION,
        transport=transport,
        capture=capture,
        cameras=lambda: devices.cameras(command),
        microphones=lambda: devices.microphones(command),
        face_tools=face_tools,
        front=front_window(os.getppid()),
        hints=surroundings.look,
        watch=SystemWatch,
        managed=room_of(config.rooms, platform.node()) is not None,
    )


def device_command() -> list[str]:
    """How to run the child that lists devices; frozen, the same executable does it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--list-devices"]
    return devices.child_command()


def run_recorder(settings: Settings, main_thread: Callable[[Callable[[float], bool]], None] | None) -> int:
    """Serve the window on standard input and output until both are done.

    ``main_thread`` gets ``wait(seconds) -> ended`` and returns when that is true: where screens come through
    Qt, its loop must run in the process's main thread.
    """
    reading, writing = standard_streams()
    give_way()
    use_few_heaps()
    name_threads("senim-recorder")
    log_to(settings.data_dir)
    pipe = Pipe(reading, writing)
    engine = Engine(real_workshop(settings), pipe)
    pipe.start(engine.receive, engine.window_lost)
    engine.start()
    if main_thread is not None and needs_qt_loop():
        main_thread(engine.wait)
    engine.wait()
    pipe.close()
    return 0


def log_to(data_dir: Path) -> None:
    """One log file, begun anew when it grows; nothing secret is ever logged."""
    from logging.handlers import RotatingFileHandler

    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(data_dir / "recorder.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.captureWarnings(True)
    threading.excepthook = _log_thread_death


def _log_thread_death(arguments: threading.ExceptHookArgs) -> None:
    where = arguments.thread.name if arguments.thread else "?"
    logging.getLogger("client").error(
        "thread %s died", where,
        exc_info=(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
        if arguments.exc_value is not None else None,
    )  # fmt: skip
