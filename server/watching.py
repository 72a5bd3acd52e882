"""The rules the recorder watches by, as policy and review name them, and what was measured of each.

The words are those of ``client.verify.rules.Kind``; a test holds the two lists together.
"""

from __future__ import annotations

from dataclasses import dataclass

RULES = (
    "nobody", "several_faces", "looks_away", "different_person", "face_covered", "camera_covered", "camera_frozen",
    "camera_replayed", "talking", "speech_without_lips", "camera_changed", "camera_virtual", "another_window",
    "screen_added", "clipboard", "long_paste", "answers_jump", "virtual_machine", "remote_desktop", "screen_sharing",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """With simulated students, seeds never used while tuning (docs/watching.md)."""

    planted: int
    found: int
    false_per_hour: float


RATES: dict[str, Rate] = {}
"""Empty until the figures of the held-out seeds are in."""


def unknown_rules(words: list[str]) -> list[str]:
    """Those that are no rule's word."""
    return [word for word in words if word not in RULES]
