"""Which Python packages are really inside a frozen folder: those that any of its files came from."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable
from pathlib import Path


def distributions(sources: Iterable[str]) -> dict[str, str]:
    """{name: version} of the installed packages that own at least one of ``sources`` (paths on the build machine)."""
    used = {str(Path(source).resolve()) for source in sources}
    found = {}
    for package in importlib.metadata.distributions():
        folder = str(Path(str(package.locate_file(""))).resolve())  # once: asking the disk for each file takes minutes
        if any(f"{folder}/{file.as_posix()}" in used for file in package.files or []):
            found[canonical(package.metadata["Name"])] = package.version
    return dict(sorted(found.items()))


def canonical(name: str) -> str:
    """A package's name as locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()
