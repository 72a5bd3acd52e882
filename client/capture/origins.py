"""Where a device's pictures or sound come from: hardware, software, or nobody can tell.

Programs that stand in for a camera or a microphone register devices under names of their own. Known names
and the kernel's own word are told; everything else is *unknown*, which is said so and held against nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, runtime_checkable


class Origin(StrEnum):
    """``HARDWARE``: the system says on which bus. ``VIRTUAL``: a program makes it. ``UNKNOWN``: it does not tell."""

    HARDWARE = "hardware"
    VIRTUAL = "virtual"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What the system calls a device that is open. ``stand_in``: it is not the one that was chosen."""

    name: str
    origin: Origin
    stand_in: bool = False


@runtime_checkable
class KnowsItself(Protocol):
    """A source that can say which device it reads."""

    def known_as(self) -> KnownAs | None:
        """None until it is known. Called from any thread; returns at once."""
        ...


@runtime_checkable
class Replaceable(Protocol):
    """A source whose device may be gone for good while the system has another one."""

    def allow_stand_in(self) -> None:
        """From the next start on the system's default will do where the chosen device is missing."""
        ...

    def chosen_is_back(self) -> bool:
        """A stand-in is read, and the chosen device is there again."""
        ...


# Programs whose devices carry these names (in small letters, as whole words). To be kept up to date.
_VIRTUAL = (
    "virtual", "v4l2loopback", "dummy", "loopback", "vivid", "null", "monitor of",
    # cameras
    "obs", "obs-camera", "manycam", "snap camera", "xsplit", "vcam", "camtwist", "splitcam", "youcam", "chromacam",
    "webcamoid", "akvirtualcamera", "unity video capture", "mmhmm", "finecam", "nvidia broadcast", "camo",
    # telephones that serve as cameras, and whatever else their programs are fed with
    "droidcam", "ivcam", "iriun", "epoccam",
    # microphones, and inputs that hear what the computer plays
    "cable output", "vb-audio", "voicemeeter", "blackhole", "soundflower", "stereo mix", "what u hear", "wave out mix",
)  # fmt: skip
_ANY = re.compile("|".join(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" for name in _VIRTUAL))


def named_origin(name: str) -> Origin:
    """By its name alone: a known virtual device, or unknown."""
    return Origin.VIRTUAL if _ANY.search(name.lower()) else Origin.UNKNOWN


def linux_origin(node: Path, name: str) -> Origin:
    """``node``: a link of /sys/class that leads to where the kernel keeps the device; a name can lie, this cannot
    without the rights of the computer's administrator."""
    if named_origin(name) is Origin.VIRTUAL:
        return Origin.VIRTUAL
    place = node.resolve().parts
    if "virtual" in place:
        return Origin.VIRTUAL
    on_a_bus = any(part.startswith(("usb", "pci")) for part in place)
    return Origin.HARDWARE if on_a_bus else Origin.UNKNOWN
