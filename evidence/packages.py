"""Lists of packages and the notice that names a new version, both signed by the institution's configuration key.

``SHA256SUMS`` beside packages is readable by ``sha256sum -c``; ``SHA256SUMS.sig`` is one signed line of kind
``packages`` with its digest. A **release notice** is one signed line of kind ``release``::

    {"type": "release", "institution": "ed25519:…", "version": "0.2.0", "made": "2027-01-31", "replaces": [],
     "where": "https://…" or "/path on the institution's server" or "",
     "packages": [{"system": "linux", "file": "senim-….deb", "sha256": "<hex>"}]}

``replaces`` is empty for a newer version; a notice of an older one names the versions that it takes the place of, and
nobody else may follow it. ``where`` is empty when the institution installs the packages itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from evidence.errors import EvidenceError
from evidence.signing import SigningKey, VerifyingKey, payload_of, read_line, sign_line

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
SUMS_KIND, RELEASE_KIND = "packages", "release"
SYSTEMS = {"deb": "linux", "exe": "windows", "msi": "windows", "pkg": "macos", "dmg": "macos"}  # by a file's ending
MOST_PACKAGES = 16
_SUMS_LINE = re.compile(r"([0-9a-f]{64})  ([^/\n\0]+)")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,119}")
_HEX = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_VERSION = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")
_PLACE = re.compile(r"[!-~]{1,300}")  # no blanks, no line breaks, nothing that turns the direction of writing


class PackagesError(EvidenceError):
    """A list of packages or a release notice cannot be believed; ``code`` is the stable word for it."""

    code = "release_malformed"


class ForeignRelease(PackagesError):
    """Made for another institution."""

    code = "release_foreign"


class UnsignedRelease(PackagesError):
    """Not signed by the institution's configuration key."""

    code = "release_unsigned"


# ---- SHA256SUMS


def sums_text(digests: Mapping[str, str]) -> str:
    """``digests``: hex SHA-256 by file name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def sign_sums(text: str, key: SigningKey) -> str:
    payload = {"type": SUMS_KIND, "sums": hashlib.sha256(text.encode()).hexdigest()}
    return sign_line(SUMS_KIND, payload, key)


def read_sums(text: str, signature: str, key: VerifyingKey) -> dict[str, str]:
    """Hex SHA-256 by file name. Raises ``PackagesError``."""
    try:
        payload = read_line(SUMS_KIND, signature.strip(), key)
    except EvidenceError as error:
        raise PackagesError(f"{SIGNATURE} was not made by this key: {error}") from error
    if payload.get("type") != SUMS_KIND or payload.get("sums") != hashlib.sha256(text.encode()).hexdigest():
        raise PackagesError(f"{SUMS} was changed after it was signed")
    found = {}
    for line in text.splitlines():
        match = _SUMS_LINE.fullmatch(line)
        if match is None:
            raise PackagesError(f"{SUMS}: not a line of it: {line[:80]}")
        found[match[2]] = match[1]
    return found


# ---- release notices


@dataclass(frozen=True)
class Package:
    """``system``: linux, windows or macos; ``sha256``: hex."""

    system: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Release:
    """``made``: an ISO day; ``replaces``: the versions that an older one takes the place of; ``where``: https address,
    path on the institution's server, or "" when the institution installs it."""

    version: str
    made: str
    replaces: tuple[str, ...]
    where: str
    packages: tuple[Package, ...]

    def for_system(self, system: str) -> list[Package]:
        return [one for one in self.packages if one.system == system]


def order(version: str) -> tuple[int, ...]:
    """A version as numbers, to compare; raises ``PackagesError``. ``0.2`` and ``0.2.0`` are one."""
    if not _VERSION.fullmatch(version):
        raise PackagesError(f"{version!r} is not a version: write 0.2.0")
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_older(version: str, than: str) -> bool:
    """Whether ``version`` is known to be older; what is no version is not."""
    try:
        return order(version) < order(than)
    except PackagesError:
        return False


def packages_of(digests: Mapping[str, str], version: str) -> list[Package]:
    """Those of a folder's list that install ``version``. Raises ``PackagesError`` where a package is of another one."""
    found = []
    for name in sorted(digests):
        system = SYSTEMS.get(name.rpartition(".")[2])
        if system is None:
            continue
        if not re.search(rf"[-_]{re.escape(version)}(?![0-9.]*[0-9])", name):
            raise PackagesError(f"{name} is not a package of version {version}: a folder holds one version alone")
        found.append(Package(system, name, digests[name]))
    if not found:
        raise PackagesError(f"no package ends in {', '.join(SYSTEMS)}")
    return found


def sign_release(release: Release, key: SigningKey) -> str:
    """The signed line. Raises ``PackagesError`` for what the client would refuse."""
    payload = {
        "type": RELEASE_KIND, "institution": key.verifying.text, "version": release.version, "made": release.made,
        "replaces": list(release.replaces), "where": release.where,
        "packages": [{"system": p.system, "file": p.file, "sha256": p.sha256} for p in release.packages],
    }  # fmt: skip
    _parse(payload)
    return sign_line(RELEASE_KIND, payload, key)


def read_release(line: str, key: VerifyingKey) -> Release:
    """Raises ``ForeignRelease``, ``UnsignedRelease``, ``PackagesError``."""
    try:
        named = payload_of(line).get("institution")
    except EvidenceError as error:
        raise PackagesError(str(error)) from error
    if named != key.text:
        raise ForeignRelease("made for another institution")
    try:
        payload = read_line(RELEASE_KIND, line, key)
    except EvidenceError as error:
        raise UnsignedRelease(f"the institution did not sign this notice: {error}") from error
    return _parse(payload)


def _parse(payload: Mapping[str, Any]) -> Release:
    version, made, where = (payload.get(name) for name in ("version", "made", "where"))
    replaces, packages = payload.get("replaces"), payload.get("packages")
    if payload.get("type") != RELEASE_KIND or not isinstance(version, str) or not isinstance(where, str):
        raise PackagesError("not a release notice")
    if not isinstance(made, str) or not _DAY.fullmatch(made):
        raise PackagesError("does not say on which day it was made")
    if not isinstance(replaces, list) or len(replaces) > MOST_PACKAGES:
        raise PackagesError("does not say which versions it replaces")
    for one in (version, *replaces):
        order(one if isinstance(one, str) else "")
    if not isinstance(packages, list) or not 0 < len(packages) <= MOST_PACKAGES:
        raise PackagesError(f"names no package, or more than {MOST_PACKAGES}")
    return Release(version, made, tuple(replaces), check_place(where), tuple(_package(one) for one in packages))


def _package(body: object) -> Package:
    names = ("system", "file", "sha256")
    system, file, sha256 = (str(body.get(name)) if isinstance(body, dict) else "" for name in names)
    if system not in SYSTEMS.values() or not _FILE.fullmatch(file) or not _HEX.fullmatch(sha256):
        raise PackagesError("a package without system, plain file name or SHA-256")
    return Package(system, file, sha256)


def check_place(where: str) -> str:
    """``where`` itself: an https address, a path on the institution's own server, or "". Raises ``PackagesError``."""
    if not where:
        return where
    parts = urlsplit(where) if _PLACE.fullmatch(where) else None
    if parts is None or "\\" in where or ".." in parts.path.split("/") or parts.username or parts.password:
        raise PackagesError(f"{where!r} is neither an https address nor a path")
    path = where.startswith("/") and not where.startswith("//") and not parts.query and not parts.fragment
    if not path and not (parts.scheme == "https" and parts.hostname):
        raise PackagesError(f"{where!r} is neither an https address nor a path")
    return where
