"""Ready phrases for students: the kind each is sent as unless another is chosen; words: ``phrase.<name>``."""

from __future__ import annotations

PHRASES = {
    "camera": "camera", "light": "camera", "quiet": "warning", "alone": "warning", "wait": "info", "seen": "info",
    "network": "info", "go_on": "info", "call": "call",
}  # fmt: skip
