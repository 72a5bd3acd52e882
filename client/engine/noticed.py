"""What the capture notices of its devices during the exam, as the window's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from client.capture.source import CAMERA, SOUND

_WORDS = {
    "microphone-muted": "microphone_muted",
    "microphone-silent": "microphone_silent",
    "sound-back": "microphone_heard",
    "camera-black": "camera_black",
    "camera-one-coloured": "camera_black",
    "camera-covered": "camera_covered",
    "camera-frozen": "camera_frozen",
    "picture-back": "camera_seen",
}


def problem_of(name: str, data: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """(code, values) of the sentence for the ledger event ``name``; None where there is nothing to say."""
    if name == "devices" and data.get("replaced") is True:
        kind = {CAMERA: "camera", SOUND: "microphone"}.get(str(data.get("stream")))
        return (f"{kind}_replaced", {"name": str(data.get("name", ""))}) if kind else None
    code = _WORDS.get(name)
    return (code, {}) if code else None
