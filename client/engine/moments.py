"""Evidence frames of what is done at the computer: what the screens (or the camera) showed at that moment."""

from __future__ import annotations

from collections.abc import Callable

from client.capture.source import CAMERA, Frame
from client.engine.pictures import jpeg
from client.verify.rules import Finding, Kind, Phase

MOST_SCREENS = 2
WIDTH = 320
_OF_THE_CAMERA = (Kind.CAMERA_CHANGED, Kind.CAMERA_VIRTUAL)
_NOT_TO_BE_SEEN = (Kind.VIRTUAL_MACHINE, Kind.REMOTE_DESKTOP, Kind.SCREEN_SHARING)  # their evidence is a name


def frames_of(finding: Finding, latest: Callable[[str], Frame | None]) -> tuple[str, ...]:
    """JPEG, base64; none of an incident's end. ``latest``: the newest picture of a stream."""
    if finding.phase == Phase.OVER or finding.kind in _NOT_TO_BE_SEEN:
        return ()
    screens = [f"screen-{number}" for number in range(1, MOST_SCREENS + 1)]
    streams = [CAMERA] if finding.kind in _OF_THE_CAMERA else screens
    frames = [latest(stream) for stream in streams]
    return tuple(jpeg(frame.bgr, WIDTH)[0] for frame in frames if frame is not None)
