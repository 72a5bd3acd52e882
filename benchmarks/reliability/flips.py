"""Single bits of a delivered session flipped, in every kind of byte it has."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.recording.institution import Institution
from evidence.vectors.flips import flip_each_kind


def run(institution: Institution, session: Path, folder: Path, each: int, seed: int) -> tuple[int, int]:
    """(tried, detected), on a copy."""
    copy = shutil.copytree(session, folder / "flipped")
    kinds = flip_each_kind(copy, institution.verifying_key, seed, each)
    return sum(kind.tried for kind in kinds), sum(kind.detected for kind in kinds)
