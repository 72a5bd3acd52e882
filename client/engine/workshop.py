"""Everything the engine takes from outside, in one frozen object: tests put stand-ins in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from client.capture.ladder import Felt
from client.capture.settings import CaptureSettings
from client.capture.source import Device, Frame, Next, Pixels, ScreenInfo, SegmentSink, SoundBlock, SourceState
from client.clock import Clock
from client.errors import SenimError
from client.spool.disk import write_whole
from client.system.absences import Absences
from client.system.front import Front, nobody_tells
from client.system.watch import Tell
from client.upload.transport import Transport
from evidence.signing import VerifyingKey

if TYPE_CHECKING:  # loading it takes seconds, and the window has no use for it
    from faces.detect import Face
    from faces.model import FaceModel


class CaptureLike(Protocol):
    """What the engine needs of ``client.capture.capture.Capture``; its contract is written there."""

    def open(self, camera: str | None, microphone: str | None, screens: Sequence[ScreenInfo] | None = None) -> None: ...
    def states(self) -> dict[str, SourceState]: ...
    def problem(self, stream: str) -> SenimError | None: ...
    def latest(self, stream: str) -> Frame | None: ...
    def changed(self, stream: str) -> float: ...
    def camera_fault(self) -> str | None: ...
    def look_closely(self, on: bool) -> None: ...
    def sound_level(self) -> float: ...
    def heard(self) -> bool: ...
    def listen(self, hear: Callable[[SoundBlock], None] | None) -> None: ...
    def press(self, disk: Felt, uplink: Felt) -> None: ...
    def lowest_quality(self) -> bool: ...
    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None: ...
    def stop(self, until_ms: int) -> dict[str, int]: ...
    def close(self) -> None: ...


class FaceTools(Protocol):
    """Detector and descriptor, made in the thread that uses them."""

    def look(self, bgr: Pixels) -> list[Face]:
        """The faces of one picture, whatever came before."""
        ...

    def follow(self, bgr: Pixels, t_ms: int) -> list[Face]:
        """The same for one person through an exam, for less; ``t_ms`` rises."""
        ...

    def describer(self, model: str, kind: str) -> FaceModel | None:
        """The model of this SHA-256; where this computer has not got it, the program's own, whose numbers are compared
        among themselves only. Raises ``faces.models.ModelError`` when none can be loaded."""
        ...

    def close(self) -> None: ...


class Watch(Protocol):
    """What the engine needs of ``client.system.watch.SystemWatch``."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class NoWatch:
    """Nobody keeps the computer awake or watches it; sleep shows in the clocks all the same."""

    def __init__(self, clock: Clock, absences: Absences, tell: Tell) -> None:
        """All three go unused."""

    def start(self) -> None:
        """No thread."""

    def stop(self) -> None:
        """Nothing to let go of."""


def _no_hints() -> dict[str, tuple[str, str]]:
    return {}


@dataclass(frozen=True)
class Workshop:
    """``front``: the window in front, empty where the system does not tell. ``hints``: {name: (yes, no or unknown,
    evidence)} of virtual machine, remote desktop and screen sharing.

    ``managed``: a computer of the institution, on which nobody but IT installs.
    ``watch``: keeps the computer awake and watches it while something is recorded.
    """

    data_dir: Path
    server: str
    verifying_key: VerifyingKey
    version: str
    transport: Callable[[], Transport]
    capture: Callable[[Clock, CaptureSettings, SegmentSink], CaptureLike]
    cameras: Callable[[], list[Device]]
    microphones: Callable[[], list[Device]]
    face_tools: Callable[[], FaceTools]
    front: Callable[[], Front] = nobody_tells
    hints: Callable[[], Mapping[str, tuple[str, str]]] = _no_hints
    managed: bool = False
    watch: Callable[[Clock, Absences, Tell], Watch] = NoWatch
    write: Callable[[Path, bytes], None] = write_whole
    free_bytes: Callable[[Path], int] = field(default=lambda path: shutil.disk_usage(path).free)

    @property
    def spool_root(self) -> Path:
        return self.data_dir / "spool"
