"""A clean Debian in a folder: what a package needs shows only where nothing else is installed. Needs root."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer.errors import InstallerError
from installer.places import WORK

SUITE = "bookworm"
# What a system with a desktop has beside the package's own dependencies: none of them is installed by it.
BASE = ("ca-certificates",)
# Written by the package tools themselves at every step.
_NOT_COMPARED = ("proc/", "sys/", "dev/", "tmp/", "run/", "var/lib/apt/", "var/lib/dpkg/", "var/cache/", "var/log/",
                 "etc/ld.so.cache", "etc/passwd-", "etc/group-", "etc/shadow-", "etc/gshadow-")  # fmt: skip


class CleanRoot:
    """``path``: the root folder. ``shared``: folders of this machine that are seen inside at the same place. ``suite``:
    the Debian release."""

    def __init__(self, path: Path, shared: Sequence[Path] = (), suite: str = SUITE) -> None:
        if getattr(os, "geteuid", lambda: -1)() != 0:
            raise InstallerError("a clean root needs root (chroot); run this as root")
        for program, package in (("debootstrap", "debootstrap"), ("chroot", "coreutils"), ("mount", "mount")):
            if shutil.which(program) is None:
                raise InstallerError(f"{program} is missing: apt-get install {package}")
        self.path, self._suite = path, suite
        # Package tools ask at a terminal; Chromium's processes share memory.
        self._shared = [Path("/proc"), *(Path("/dev", name) for name in ("", "pts", "shm")), *shared]
        self._mounted: list[Path] = []

    def __enter__(self) -> CleanRoot:
        self._unpack()
        for place in self._shared:
            inside = self.path / place.relative_to("/")
            inside.mkdir(parents=True, exist_ok=True)
            _run("mount", "--bind", str(place), str(inside))
            self._mounted.append(inside)
        return self

    def __exit__(self, *_: object) -> None:
        for inside in reversed(self._mounted):
            _run("umount", "--lazy", str(inside))
        self._mounted = []
        if f" {self.path}/" in Path("/proc/self/mounts").read_text(encoding="utf-8"):
            raise InstallerError(f"{self.path} still has mounts: unmount them, then remove it by hand")
        _run("rm", "-rf", "--one-file-system", str(self.path))  # never into what is mounted, whatever happens

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """One command inside; never raises for its exit code."""
        given = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root", **_apt(), **(env or {})}
        return subprocess.run(
            ["chroot", str(self.path), *command], env=given, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def must(self, *command: str, env: Mapping[str, str] | None = None) -> str:
        """The same, where failing is an error. Raises ``InstallerError`` with the last words."""
        done = self.run(*command, env=env)
        if done.returncode != 0:
            raise InstallerError(f"{' '.join(command)}: {(done.stdout + done.stderr).strip()[-1500:]}")
        return done.stdout

    def snapshot(self) -> dict[str, str]:
        """Every file by name: digest, link target, or "" for a folder; without what package tools write."""
        found = {}
        for folder, folders, files in os.walk(self.path):
            below = os.path.relpath(folder, self.path)
            folders[:] = [name for name in folders if not self._left_out(f"{below}/{name}/")]
            for name in [*folders, *files]:
                place = Path(below, name).as_posix()
                if not self._left_out(place):
                    found[place] = _content(Path(folder, name))
        return found

    def _left_out(self, place: str) -> bool:
        shared = [inside.relative_to(self.path).as_posix() + "/" for inside in self._mounted]
        return place.removeprefix("./").startswith((*_NOT_COMPARED, *shared))

    def _unpack(self) -> None:
        """From a packed root that is made once; a fetch for each run would be rude and slow."""
        packed = WORK / f"{self._suite}.tar"
        if not packed.exists():
            fresh = WORK / f"{self._suite}.fresh"
            shutil.rmtree(fresh, ignore_errors=True)
            _run("debootstrap", "--variant=minbase", f"--include={','.join(BASE)}", self._suite, str(fresh))
            _run("tar", "-C", str(fresh), "-cf", f"{packed}.part", ".")
            Path(f"{packed}.part").rename(packed)
            shutil.rmtree(fresh)
        if self.path.exists():
            raise InstallerError(f"{self.path} is there already: something else uses it")
        self.path.mkdir(parents=True)
        _run("tar", "-C", str(self.path), "-xf", str(packed))
        shutil.copy("/etc/resolv.conf", self.path / "etc" / "resolv.conf")
        for file in Path("/etc/apt/apt.conf.d").iterdir():
            if "Acquire::" in file.read_text(encoding="utf-8"):  # how this machine reaches its mirror
                shutil.copy(file, self.path / "etc/apt/apt.conf.d" / file.name)
        self.must("apt-get", "update", "-qq")


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def _apt() -> dict[str, str]:
    """Quiet package tools, and the way to the mirror where this machine needs one."""
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    return {"DEBIAN_FRONTEND": "noninteractive", **proxies}


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()[-1500:]}")
