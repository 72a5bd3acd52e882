"""Vectors whose zip is special: compressed, damaged, with more in it than belongs there."""

from __future__ import annotations

import hashlib
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from evidence.bundle import FolderSource

_NO_PLACE = ("segments/camera/7.age", "segments/camera/000007.AGE", "segments/aux/000000.age")


def _zip(folder: Path, target: Path, method: int) -> None:
    source = FolderSource(folder)
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.mkdir("segments")
        for name in sorted(source.names(), reverse=True):
            info = zipfile.ZipInfo(name)
            archive.writestr(info, source.read(name, 2**24), method)


def _deflated(folder: Path, target: Path) -> None:
    """As another program may write it: compressed, with folders of its own and in another order."""
    _zip(folder, target, zipfile.ZIP_DEFLATED)


def _more(folder: Path, target: Path) -> None:
    _zip(folder, target, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in ("notes.txt", "segments/camera/000007.age.part", *_NO_PLACE):
            archive.writestr(zipfile.ZipInfo(name), b"something else")


def _doubled(folder: Path, target: Path) -> None:
    """One name twice, and a link."""
    _zip(folder, target, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(zipfile.ZipInfo("receipts.txt"), b"")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")


def _rotten(folder: Path, target: Path) -> None:
    """A bad sector under one segment: the zip's own checksum does not fit."""
    _zip(folder, target, zipfile.ZIP_STORED)
    content = bytearray(target.read_bytes())
    place = content.find((folder / "segments" / "camera" / "000001.age").read_bytes())
    content[place + 900] ^= 1
    target.write_bytes(content)


def _random(_folder: Path, target: Path) -> None:
    target.write_bytes(hashlib.shake_256(b"bundle").digest(2000))


BUNDLES: dict[str, Callable[[Path, Path], None]] = {
    "bundle-deflated": _deflated,
    "bundle-with-more": _more,
    "bundle-doubled": _doubled,
    "bundle-rotten": _rotten,
    "bundle-random": _random,
}
