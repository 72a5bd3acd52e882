"""A Debian package out of the frozen folder and an institution's signed files. Needs ``dpkg-deb``, nothing else."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
import subprocess
from pathlib import Path

from installer import places
from installer.branding.institution import Branding
from installer.errors import InstallerError
from installer.linux.depends import DEPENDS

FILES = Path(__file__).parent / "files"
METAINFO = "org.senim.client.metainfo.xml"
LEVEL = "9"  # of zstd: 19 saves 8 % and takes minutes


def build(frozen: Path, branding: Branding, version: str, seconds: int, target: Path) -> Path:
    """The package's file in the folder ``target``. ``seconds``: Unix time of the build, which every file gets at most.
    Raises ``InstallerError``."""
    if not (frozen / "senim").is_file():
        raise InstallerError(f"{frozen} is no frozen program for Linux")
    if shutil.which("dpkg-deb") is None:
        raise InstallerError("dpkg-deb is missing (Debian's package dpkg)")
    target.mkdir(parents=True, exist_ok=True)
    package = target / f"senim-{branding.id}_{version}_amd64.deb"
    root = target / f".{package.stem}.root"
    shutil.rmtree(root, ignore_errors=True)
    try:
        lay_out(root, frozen, branding, version, seconds)
        command = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{LEVEL}", "--build", str(root), str(package)]
        env = places.reproducible_environment(seconds)
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    if done.returncode != 0:
        package.unlink(missing_ok=True)
        raise InstallerError(f"dpkg-deb: {done.stderr.strip()}")
    return package


def lay_out(root: Path, frozen: Path, branding: Branding, version: str, seconds: int) -> None:
    """The package's tree below ``root``; the program's files are links, so this takes no time and no space."""
    program = root / "usr" / "lib" / "senim"
    shutil.copytree(frozen, program, symlinks=True, copy_function=os.link)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "senim").symlink_to("../lib/senim/senim")
    day = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    share = root / "usr" / "share"
    words = {"@VERSION@": version, "@DATE@": day}
    _put(share / "applications" / "senim.desktop", _text("senim.desktop", words))
    _put(share / "metainfo" / METAINFO, _text(METAINFO, words))
    _put(share / "icons" / "hicolor" / "scalable" / "apps" / "senim.svg", _text("senim.svg", words))
    _put(share / "man" / "man1" / "senim.1.gz", gzip.compress(_text("senim.1", words), mtime=0))
    _put(share / "senim" / "apparmor", _text("apparmor", words))
    _put(share / "doc" / "senim" / "copyright", _copyright())
    for name, content in branding.files.items():
        _put(root / "etc" / "senim" / name, content)
    _control(root, branding, version)
    for path in [*root.rglob("*"), root]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
            os.utime(path, (seconds, seconds))


def control_text(branding: Branding, version: str, kilobytes: int) -> str:
    """The package's facts. Every text in it was checked to be one line."""
    return (
        f"Package: senim\nVersion: {version}\nArchitecture: amd64\nMaintainer: {branding.maintainer}\n"
        f"Installed-Size: {kilobytes}\nDepends: {', '.join(DEPENDS)}\nSection: education\nPriority: optional\n"
        "Description: exam client that records, seals and hands in\n"
        f" For the exams of {branding.config.name_in('en')}.\n"
        f" Server: {branding.config.server}\n"
        f" Fingerprint of the institution's key: {branding.fingerprint}\n"
    )


def _control(root: Path, branding: Branding, version: str) -> None:
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    _put(root / "DEBIAN" / "control", control_text(branding, version, size // 1024).encode())
    _put(root / "DEBIAN" / "conffiles", "".join(f"/etc/senim/{name}\n" for name in sorted(branding.files)).encode())
    for script in ("preinst", "postinst", "prerm", "postrm"):
        _put(root / "DEBIAN" / script, (FILES / script).read_bytes())
        (root / "DEBIAN" / script).chmod(0o755)


def _copyright() -> bytes:
    return (
        b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        b"Upstream-Name: Senim\n\nFiles: *\nCopyright: the Senim authors and those named in NOTICES.txt\n"
        b"License: GPL-3.0-or-later\n On Debian the text is in /usr/share/common-licenses/GPL-3.\n"
    )


def _text(name: str, words: dict[str, str]) -> bytes:
    text = (FILES / name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(word, value)
    return text.encode()


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o644)
