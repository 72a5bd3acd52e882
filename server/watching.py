"""The rules the recorder watches by, as policy and review name them, and what was measured of each.

The words are those of ``client.verify.rules.Kind``; a test holds the two lists together.
"""

from __future__ import annotations

from dataclasses import dataclass

RULES = (
    "nobody", "several_faces", "looks_away", "different_person", "face_covered", "camera_covered", "camera_frozen",
    "camera_replayed", "still_face", "talking", "speech_without_lips", "camera_changed", "camera_virtual",
    "another_window", "screen_added", "clipboard", "long_paste", "answers_jump", "virtual_machine", "remote_desktop",
    "screen_sharing",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """With simulated students, seeds never used while tuning (docs/watching.md)."""

    planted: int
    found: int
    false_per_hour: float


RATES: dict[str, Rate] = {
    "another_window": Rate(4, 4, 0.00),
    "answers_jump": Rate(2, 2, 0.00),
    "camera_changed": Rate(2, 2, 0.00),
    "camera_covered": Rate(5, 5, 0.00),
    "camera_frozen": Rate(3, 3, 0.00),
    "camera_replayed": Rate(4, 4, 0.00),
    "camera_virtual": Rate(1, 1, 0.00),
    "clipboard": Rate(2, 2, 0.00),
    "different_person": Rate(2, 2, 0.00),
    "face_covered": Rate(7, 7, 0.00),
    "long_paste": Rate(4, 4, 0.00),
    "looks_away": Rate(4, 4, 0.00),
    "nobody": Rate(5, 5, 0.00),
    "remote_desktop": Rate(1, 1, 0.00),
    "screen_added": Rate(1, 1, 0.00),
    "screen_sharing": Rate(1, 1, 0.00),
    "several_faces": Rate(3, 3, 0.00),
    "speech_without_lips": Rate(5, 5, 0.00),
    "still_face": Rate(3, 3, 0.00),
    "talking": Rate(7, 7, 0.00),
    "virtual_machine": Rate(1, 1, 0.00),
}
"""Seed 1005, whole sessions: ``./benchmark watching --seed 1005``."""


def unknown_rules(words: list[str]) -> list[str]:
    """Those that are no rule's word."""
    return [word for word in words if word not in RULES]
