"""What can go wrong in the client, by name.

Every error that a person may have to act on derives from ``SenimError`` and carries a stable
``code``: one word that the window turns into a sentence in three languages, filled with ``values``.
A library's own exceptions become one of these where the library is called, nowhere else.
"""

from __future__ import annotations

from typing import ClassVar


class SenimError(Exception):
    """Base of all errors the client names. ``code`` is stable; ``values`` fill the sentence."""

    code: ClassVar[str] = "internal"

    def __init__(self, detail: str = "", **values: str) -> None:
        super().__init__(detail or type(self).code)
        self.detail = detail
        self.values = values


# ---- capture ------------------------------------------------------------------------------


class CaptureError(SenimError):
    """A device or an encoder does not do its work."""

    code = "capture_failed"


class CameraMissing(CaptureError):
    """There is no such camera."""

    code = "camera_missing"


class CameraBusy(CaptureError):
    """The camera is there but does not open: another program holds it, or it is forbidden."""

    code = "camera_busy"


class CameraDenied(CaptureError):
    """The camera is there, and this system's rights keep us from it."""

    code = "camera_denied"


class CameraNotAllowed(CaptureError):
    """A stream address where the exam's policy wants a real camera."""

    code = "camera_not_allowed"


class CameraLost(CaptureError):
    """The camera gave pictures and then stopped."""

    code = "camera_lost"


class MicrophoneMissing(CaptureError):
    """There is no such microphone, or none at all."""

    code = "microphone_missing"


class MicrophoneBusy(CaptureError):
    """The microphone is there but does not open."""

    code = "microphone_busy"


class MicrophoneLost(CaptureError):
    """The microphone gave sound and then stopped."""

    code = "microphone_lost"


class ScreenMissing(CaptureError):
    """There is no such screen (any more), or no screen can be reached."""

    code = "screen_missing"


class ScreenRemoved(ScreenMissing):
    """This one screen was unplugged or switched off; others are there."""


class ScreenNotShown(CaptureError):
    """The system opens the screen but gives no picture of it (permission, Wayland without portal)."""

    code = "screen_not_shown"


class EncoderMissing(CaptureError):
    """None of the encoders we can record with is in this build of FFmpeg."""

    code = "encoder_missing"


class DevicesUnreadable(CaptureError):
    """The child process that lists the devices died or did not answer."""

    code = "devices_unreadable"
