"""The Debian package where things go wrong: full and read-only disks, a broken-off upgrade, missing libraries, people
without a home folder, two versions beside each other. Afterwards the program works, or says what to do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clean_debian import PROGRAM, STUDENT, installed, shared, undelivered, version

from installer.linux.clean_root import CleanRoot


@contextmanager
def mounted(place: Path, *words: str) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", *words, str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def works(root: CleanRoot) -> bool:
    """``--check`` comes as far as the institution's server, which is not there."""
    done = root.run(*STUDENT, "senim", "--check")
    return done.returncode == 1 and "server_unreachable" in done.stdout


def test_missing_libraries_are_named(root: CleanRoot, deb: Path) -> None:
    """The package's files alone, unpacked where a desktop's libraries are missing."""
    root.must("dpkg-deb", "-x", shared(deb), "/opt/trial")
    try:
        for file in root.path.glob("usr/lib/*/libEGL.so.1*"):
            file.rename(file.with_name("hidden-" + file.name))
        done = root.run(*STUDENT, "/opt/trial/usr/lib/senim/senim", "--config", "/opt/trial/etc/senim/institution.json")
        assert done.returncode == 69, done.stderr
        assert "apt-get install" in done.stderr
        assert "libegl1" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        for file in root.path.glob("usr/lib/*/hidden-*"):
            file.rename(file.with_name(file.name.removeprefix("hidden-")))
        shutil.rmtree(root.path / "opt/trial")


def test_somebody_without_a_home(at_home: CleanRoot) -> None:
    at_home.must("useradd", "--no-create-home", "--home-dir", "/home/nowhere", "nowhere")
    try:
        done = at_home.run("runuser", "-u", "nowhere", "--", "senim", "--check", env={"HOME": "/home/nowhere"})
        assert done.returncode == 73, done.stderr
        assert "/home belongs to somebody else or is read only" in done.stderr
    finally:
        at_home.must("userdel", "nowhere")


def test_a_read_only_etc(root: CleanRoot, deb: Path) -> None:
    """Nothing is installed by halves; and an installed program needs to write nothing there."""
    etc = root.path / "etc"
    subprocess.run(["mount", "--bind", str(etc), str(etc)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(etc)], check=True)
        refused = installed(root, deb)
        assert refused.returncode != 0
        assert "Read-only file system" in refused.stdout + refused.stderr
        assert version(root) == ""
        subprocess.run(["mount", "-o", "remount,bind,rw", str(etc)], check=True)
        done = installed(root, deb)
        assert done.returncode == 0, done.stdout + done.stderr
        subprocess.run(["mount", "-o", "remount,bind,ro", str(etc)], check=True)
        assert works(root)
    finally:
        subprocess.run(["umount", "--lazy", str(etc)], check=True)
    root.must("apt-get", "purge", "-y", "-qq", "senim")


def test_a_disk_that_is_full_keeps_the_old_version(root: CleanRoot, deb: Path, newer: Path, frozen: Path) -> None:
    size = sum(path.lstat().st_size for path in frozen.rglob("*"))
    with mounted(root.path / PROGRAM, "-t", "tmpfs", "-o", f"size={int(size * 1.2)}", "tmpfs"):
        done = installed(root, deb)
        assert done.returncode == 0, done.stdout + done.stderr
        refused = installed(root, newer)
        assert refused.returncode != 0
        assert "No space left on device" in refused.stdout + refused.stderr
        assert version(root) == "0.1.0"
        assert works(root)
        assert list((root.path / PROGRAM).rglob("*.dpkg-new")) == []
    # The files go with the mount: dpkg's list is brought in line by hand, as nobody's disk does this.
    root.must("apt-get", "purge", "-y", "-qq", "senim", env={"SENIM_FORCE": "1"})


def test_a_disk_that_is_full_at_first(root: CleanRoot, deb: Path) -> None:
    with mounted(root.path / PROGRAM, "-t", "tmpfs", "-o", "size=100m", "tmpfs"):
        refused = installed(root, deb)
        assert refused.returncode != 0
        assert "No space left on device" in refused.stdout + refused.stderr
        assert version(root) == ""
        assert [path for path in (root.path / PROGRAM).rglob("*") if path.is_file()] == []
    done = installed(root, deb)
    assert done.returncode == 0, done.stdout + done.stderr
    assert works(root)
    root.must("apt-get", "purge", "-y", "-qq", "senim")


def test_an_upgrade_that_was_broken_off(at_home: CleanRoot, newer: Path) -> None:
    """Killed in the middle of unpacking; dpkg's own repair and the same command again end well, and nobody's recording
    was touched."""
    piece = undelivered(at_home)
    before = piece.read_bytes()
    command = ["chroot", str(at_home.path), "dpkg", "-i", shared(newer)]
    upgrade = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + 120
        while not any((at_home.path / PROGRAM).rglob("*.dpkg-new")):
            assert upgrade.poll() is None, "dpkg was through before it could be broken off"
            assert time.monotonic() < until
    finally:
        os.killpg(upgrade.pid, signal.SIGKILL)
        upgrade.wait()
    assert version(at_home) == ""
    at_home.run("dpkg", "--configure", "-a")  # apt names this command; what it says of this package is not the end
    done = installed(at_home, newer)
    assert done.returncode == 0, done.stdout + done.stderr
    assert version(at_home) == "0.1.1"
    assert works(at_home)
    left = [path for path in (at_home.path / PROGRAM).rglob("*") if ".dpkg-" in path.name]
    assert left == []
    assert piece.read_bytes() == before
    shutil.rmtree(at_home.path / "home/student/.local")


def test_two_versions_beside_each_other(at_home: CleanRoot, deb: Path) -> None:
    """A copy in a folder with Kazakh letters and a space, and the installed one, on one person's data: the second
    says that the first is running, and each runs alone."""
    copy = "/home/student/Емтихан бумасы"
    at_home.must("dpkg-deb", "-x", shared(deb), copy)
    data = ("--data", "/home/student/Деректер")
    config = ("--config", "/etc/senim/institution.json")
    # ``chroot --userspec``: a child of our own, to be ended by its id.
    running = subprocess.Popen(
        ["chroot", "--userspec=student", str(at_home.path), "/usr/bin/senim", "--recorder", *config, *data],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        assert running.stdout.read(1), "the recorder says nothing"
        second = at_home.run(*STUDENT, f"{copy}/usr/lib/senim/senim", "--reset", *data)
        assert second.returncode == 75
        assert "Senim is running" in second.stderr
    finally:
        running.kill()
        running.wait()
    assert at_home.run(*STUDENT, f"{copy}/usr/lib/senim/senim", "--reset", *data).returncode == 0
    assert at_home.run(*STUDENT, f"{copy}/usr/lib/senim/senim", "--check", *config, *data).returncode == 1
    at_home.must("rm", "-rf", copy, "/home/student/Деректер")
