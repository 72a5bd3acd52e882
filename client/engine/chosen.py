"""The devices one sitting is recorded with: chosen in the check, written down, found again after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from client.capture.source import Device
from client.engine.policy import Policy
from client.spool.note import SessionNote
from evidence.signing import SigningError, payload_of


@dataclass(frozen=True)
class Chosen:
    """None: the exam does not ask for it, or nothing was chosen."""

    camera: Device | None = None
    microphone: Device | None = None

    @classmethod
    def before(cls, note: SessionNote, policy: Policy, lines: Sequence[str]) -> Chosen:
        """Those that the note names. ``lines``: of the ledger; ``begin`` knows whether the microphone was a stand-in,
        its id alone does not tell."""
        camera = Device(note.camera, note.camera, note.camera == policy.simulated_camera) if note.camera else None
        stand_in = policy.simulated_microphone and "microphone" in _declared(lines)
        return cls(camera, Device(note.microphone, note.microphone, stand_in) if note.microphone else None)

    @property
    def simulated(self) -> list[str]:
        """Which of camera, microphone are stand-ins."""
        named = (("camera", self.camera), ("microphone", self.microphone))
        return [name for name, device in named if device is not None and device.simulated]

    def names(self, streams: Sequence[str]) -> dict[str, Any]:
        """As the ledger's ``begin`` has them."""
        return {
            "camera": self.camera.name if self.camera else None,
            "microphone": self.microphone.name if self.microphone else None,
            "screens": [stream for stream in streams if stream.startswith("screen-")],
        }


def _declared(lines: Sequence[str]) -> list[str]:
    """The stand-ins that ``begin`` names."""
    try:
        names = payload_of(lines[0])["simulated"]
        return list(names) if isinstance(names, list) else []
    except (IndexError, KeyError, SigningError):
        return []
