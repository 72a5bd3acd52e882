"""All sources of one session together: open, watch, record, stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from client.capture.settings import CaptureSettings
from client.capture.source import Frame, Next, ScreenInfo, SegmentSink, SourceState
from client.clock import Clock
from client.errors import SenimError


class Capture:
    """Every method returns at once except ``stop`` (2 s at most) and ``close`` (3 s at most)."""

    def __init__(self, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        raise NotImplementedError

    def open(self, camera: str | None, microphone: str | None, screens: Sequence[ScreenInfo] | None = None) -> None:
        """Start the sources; nothing is recorded yet. ``camera``: a ``Device.id`` or a stream address.
        None leaves the stream out; ``screens`` None means all there are (and follows changes)."""
        raise NotImplementedError

    def states(self) -> dict[str, SourceState]:
        raise NotImplementedError

    def problem(self, stream: str) -> SenimError | None:
        """Why the stream is LOST (or did not open); None when it runs."""
        raise NotImplementedError

    def latest(self, stream: str) -> Frame | None:
        raise NotImplementedError

    def changed(self, stream: str) -> float:
        """Largest share of the picture that changed at once since the last call, 0..1."""
        raise NotImplementedError

    def sound_level(self) -> float:
        raise NotImplementedError

    def heard(self) -> bool:
        """True once the microphone gave anything but digital silence."""
        raise NotImplementedError

    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None:
        """``following``: where streams go on after a restart of the recorder."""
        raise NotImplementedError

    def stop(self, until_ms: int) -> dict[str, int]:
        """End the recording at session time ``until_ms``; the sources stay open. Returns where each stream ended."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
