"""What the institution asks of one sitting, read from the server's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from client.capture.source import ScreenInfo
from client.errors import SenimError
from evidence.names import BadName, check_stream_name

FILES_MOST_BYTES = 500 * 1024 * 1024  # where a server says nothing
SCREENS = "screen-1"  # stands for all screens of the computer


class BadPolicy(SenimError):
    """The server's policy is not one we understand; sitting under a guessed one would be unfair."""

    code = "server_answer"


@dataclass(frozen=True)
class Policy:
    """``simulated_camera``: address of a stand-in the exam allows, or None. ``minutes`` with extra time."""

    streams: tuple[str, ...]
    title: str
    minutes: int
    kept_days: int
    rehearsal: bool
    simulated_camera: str | None = None
    simulated_microphone: bool = False
    identity: Mapping[str, Any] = field(default_factory=dict)
    files_most_bytes: int = FILES_MOST_BYTES  # of attached files, sealed
    watching_off: tuple[str, ...] = ()  # rules of client.verify.rules.Kind that stay off

    def wants(self, stream: str) -> bool:
        return stream in self.streams

    @property
    def screens(self) -> list[ScreenInfo] | None:
        """As ``Capture.open`` takes them: all there are (None), or none where the consent names none."""
        return None if any(stream.startswith("screen-") for stream in self.streams) else []

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Policy:
        """Raises ``BadPolicy``."""
        try:
            streams = tuple(check_stream_name(name) for name in body["streams"])
            stand_ins = body.get("simulated") or {}
            camera = stand_ins.get("camera")
            if camera is not None and not isinstance(camera, str):
                raise BadPolicy("simulated camera")
            return cls(
                streams=streams,
                title=str(body.get("title", "")),
                minutes=int(body["minutes"]) + int(body.get("extra_minutes", 0)),
                kept_days=int(body.get("kept_days", 0)),
                rehearsal=bool(body.get("rehearsal", False)),
                simulated_camera=camera or None,
                simulated_microphone=stand_ins.get("microphone") is True,
                identity=dict(body.get("identity") or {}),
                files_most_bytes=int((body.get("files") or {}).get("most_bytes", FILES_MOST_BYTES)),
                watching_off=tuple(map(str, (body.get("watching") or {}).get("off") or ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError, BadName) as error:
            raise BadPolicy(str(error)) from error
