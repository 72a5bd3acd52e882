"""The contract between devices, recording and whoever keeps the result.

A *source* is one device. It knows nothing of recording: it opens, gives its newest reading with the
time of capture, and closes; a device that fails raises a ``CaptureError`` and may be started again.
A *stream* ("screen-1", "camera", "sound") is a source's recording: parts (one encoder run, one init
segment) cut into segments. Real devices and fakes keep the same contract.

Session times are milliseconds (``_ms``) or nanoseconds (``_ns``) of ``client.clock``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from client.errors import SenimError

Pixels = NDArray[np.uint8]
Samples = NDArray[np.int16]

SOUND = "sound"
CAMERA = "camera"
SOUND_RATE = 48_000
"""Samples a second of the sound stream; also the timescale of its parts."""
VIDEO_TIMESCALE = 90_000


class SourceState(StrEnum):
    """``OPENING``: started, nothing delivered yet. ``RUNNING``: a real picture or sound came.
    ``LOST``: it failed (see the problem) and is tried again. ``STOPPED``: closed on purpose."""

    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ScreenInfo:
    """One screen; ``x``/``y``/``width``/``height`` in pixels of the desktop.

    ``name``: the monitor's (its output's), by which it is known again; no other has it at the same time.
    ``scale``: its pixels for one of the desktop's units (2.0: HiDPI), where the system tells.
    """

    stream: str
    name: str
    x: int
    y: int
    width: int
    height: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Device:
    """A camera or microphone one can choose. ``simulated``: known not to be a real device."""

    id: str
    name: str
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The newest picture of a stream: ``bgr`` is uint8 height x width x 3, not to be written to."""

    t_ms: int
    bgr: Pixels


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture source has a newer picture, captured at ``t_ns``.

    ``changed_tiles`` of ``tiles`` (60 x 60 px) differ from the reading before; a camera, whose every
    picture is new, says 1 of 1. Another ``scale`` (as in ``ScreenInfo``) starts another part, as another size does.
    """

    t_ns: int
    width: int
    height: int
    changed_tiles: int = 1
    tiles: int = 1
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """Mono samples at ``SOUND_RATE``; ``t_ns`` is when the first of them was heard."""

    t_ns: int
    samples: Samples


class PictureSource(Protocol):
    """A screen or a camera. All but ``bgr`` are called from one thread, ``bgr`` from any."""

    stream: str

    def start(self) -> None:
        """Open the device. Raises ``CaptureError``; may be called again after ``stop``."""
        ...

    def read(self, wait_s: float) -> Reading | None:
        """The newest picture, or None if there was no newer one within ``wait_s``.

        Raises ``CaptureError`` when the device is gone; then only ``stop`` may follow.
        """
        ...

    def yuv(self) -> Pixels:
        """The picture of the last reading as I420, uint8 (height * 3 / 2) x width; valid until the next read."""
        ...

    def bgr(self) -> Pixels | None:
        """The picture of the last reading, None before the first."""
        ...

    def stop(self) -> None:
        """Release the device; harmless if it is not open. Raises nothing."""
        ...


class SoundSource(Protocol):
    """A microphone. Called from one thread. One that can also say what it reads keeps ``origins.KnowsItself``,
    one that can leave its place to another ``origins.Replaceable``."""

    stream: str

    def start(self) -> None: ...

    def read(self, wait_s: float) -> SoundBlock | None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class PartInfo:
    """A part begins. ``origin_ms``: session time of pts 0. ``media``: MIME type with the codecs value
    for WebCodecs and MSE. ``init``: the part's init segment (also the head of its first segment's body).
    ``rate``: nominal pictures or samples a second. ``reason``: start, resumed, size, scale, source-back, quality,
    device, encoder."""

    stream: str
    part: int
    origin_ms: int
    timescale: int
    media: str
    width: int
    height: int
    rate: int
    init: bytes = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentInfo:
    """A closed segment. ``pts1`` is the next segment's ``pts0``, or the end of the part.

    ``body``: media bytes; the first ``init`` of them are the part's init segment (0 in all but a part's
    first segment). ``index`` runs on over parts. ``keys``: pts of key frames. ``changed``: largest share
    of the picture (0..1) that changed within one reading of the segment.
    """

    stream: str
    part: int
    index: int
    pts0: int
    pts1: int
    start_ms: int
    end_ms: int
    frames: int
    keys: tuple[int, ...]
    changed: float
    init: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Next:
    """Where a stream goes on after the recorder was restarted: the next part and segment index.
    ``name``: of a screen's stream the monitor it recorded (``ScreenInfo.name``), "" if not known."""

    part: int = 0
    index: int = 0
    name: str = ""

    @property
    def fresh(self) -> bool:
        """Nothing of the stream was recorded yet."""
        return not self.part and not self.index


class SegmentSink(Protocol):
    """Takes what was recorded. Called from the streams' own threads, one stream from one thread at a
    time, so it must be thread-safe and quick: hand over and return (a slow sink delays only its stream).
    """

    def part(self, info: PartInfo) -> None:
        """Before the part's first segment."""
        ...

    def segment(self, info: SegmentInfo) -> None: ...

    def event(self, name: str, data: Mapping[str, Any]) -> None:
        """A technical fact: source-lost {stream, code}, source-back {stream}; camera-black, camera-covered,
        camera-one-coloured, camera-frozen, picture-back {stream}; microphone-muted, microphone-silent, sound-back
        {stream}, sound-lost {stream, ms}; devices {stream, name, origin, stand_in, replaced}; quality {stream,
        step}; screens {count, screens: [{stream, name, width, height, scale}], added: [stream], removed: [stream]}
        when recording begins and when they change."""
        ...

    def gap(self, stream: str, from_ms: int, to_ms: int, cause: str) -> None:
        """Nothing of ``stream`` was recorded from..to; ``cause`` is the problem's code."""
        ...

    def state(self, stream: str, state: SourceState, problem: SenimError | None) -> None:
        """A source changed its state; also before recording and after it."""
        ...

    def level(self, value: float) -> None:
        """Sound level 0..1 (60 dB), about four times a second while the microphone runs."""
        ...
