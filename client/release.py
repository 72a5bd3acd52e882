"""What the institution says of a newer version: believed only with its signature, told in one sentence, never acted on.

The program downloads and installs nothing by itself.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from evidence.packages import Package, PackagesError, is_older, order, read_release
from evidence.signing import VerifyingKey


class ReleaseOlder(PackagesError):
    """Of an older version, and not signed as the one that takes the place of this one."""

    code = "release_older"


@dataclass(frozen=True)
class Update:
    """``where``: an https address, or "" when the institution installs it; ``back``: to an older version, as signed.
    ``packages``: those of this system."""

    version: str
    where: str
    back: bool
    packages: tuple[Package, ...]


def system_name(platform: str = sys.platform) -> str:
    """As a notice names this system."""
    return {"win32": "windows", "darwin": "macos"}.get(platform, "linux")


def read_update(line: str | None, key: VerifyingKey, own: str, server: str, system: str = "") -> Update | None:
    """The version to change to; None when there is no notice, this version is that one, or none is for this system.

    ``own``: this program's version; ``server``: the institution's address, before a path. Raises ``PackagesError``
    (its ``code`` says why) for a notice that is not believed.
    """
    if line is None:
        return None
    release = read_release(line, key)
    packages = tuple(release.for_system(system or system_name()))
    if order(release.version) == order(own):
        return None
    back = is_older(release.version, own)
    if back and own not in release.replaces:
        raise ReleaseOlder(f"{release.version} is older than {own}, and not signed to replace it")
    where = server + release.where if release.where.startswith("/") else release.where
    return Update(release.version, where, back, packages) if packages else None
