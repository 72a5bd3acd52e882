"""What the window says about one thing that happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """``tone``: info, amber (look here) or red (something is lost or about to be)."""

    what: str
    means: str
    remedy: str
    tone: str = "amber"
