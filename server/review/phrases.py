"""What a person says to students in ready words, which exist in every language."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES = {
    "camera": "camera", "light": "camera", "quiet": "warning", "alone": "warning", "wait": "info", "seen": "info",
    "network": "info", "go_on": "info", "call": "call",
}  # fmt: skip
"""The kind each is sent as unless another is chosen; words: ``phrase.<name>``."""

REASONS: Mapping[str, tuple[str, ...]] = {
    "pause": ("technical", "recording", "paper", "identity", "asked", "alarm"),
    "end": ("asked", "health", "technical", "alarm", "cancelled", "identity", "away", "rules"),
    "no_break": ("early", "late", "part", "used", "others", "clearing"),
    "camera": ("face", "identity", "place", "other"),
}
"""Of each deed; words: ``reason.<deed>.<name>``, without a full stop, because they stand in a sentence."""
