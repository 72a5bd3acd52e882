"""The package built on Debian 12 in a clean Debian 13, where libraries got other names and the desktop's are newer."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clean_debian import PROGRAM, SESSION, SHARED, STUDENT, installed, lacking, sit, with_people

from installer import places
from installer.linux.clean_root import CleanRoot
from simulation.process import StandIn


@pytest.fixture(scope="module")
def root(deb: Path) -> Iterator[CleanRoot]:
    SHARED.mkdir(parents=True, exist_ok=True)
    with CleanRoot(places.WORK / "clean-root-13", [SHARED, Path("/tmp")], "trixie") as made:
        yield with_people(made)


def test_in_sat_and_out(root: CleanRoot, deb: Path, tmp_path: Path) -> None:
    root.must(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", "apparmor"
    )  # in the version of Ubuntu 24.04
    first = installed(root, deb)
    assert first.returncode == 0, first.stdout + first.stderr
    assert lacking(root) == ""
    root.must("apt-get", "purge", "-y", "-qq", "senim")
    before = root.snapshot()  # what the package depends on stays
    assert installed(root, deb).returncode == 0
    _user_namespaces_are_asked_for(root)
    checked = root.run(*STUDENT, "senim", "--check", "--json")
    assert checked.returncode == 1, checked.stderr
    assert json.loads(checked.stdout)["items"][0]["code"] == "server_unreachable"
    _the_window_comes(root)
    # In a session without a folder of its own: what the libraries make then lies in the program's.
    sit(root, tmp_path)
    root.must("apt-get", "purge", "-y", "-qq", "senim")
    root.must("rm", "-r", "/home/student/.local")  # the person's own: no package takes it
    after = root.snapshot()
    assert sorted(name for name in {*before, *after} if before.get(name) != after.get(name)) == []


def _user_namespaces_are_asked_for(root: CleanRoot) -> None:
    """By a profile that the system's own parser reads; purging takes it along. No kernel here acts on it."""
    root.must("apparmor_parser", "--skip-kernel-load", "--skip-read-cache", "/etc/apparmor.d/senim")
    profile = (root.path / "etc/apparmor.d/senim").read_text(encoding="ascii")
    assert f"/{PROGRAM}/{{senim,_internal/PySide6/Qt/libexec/QtWebEngineProcess}}" in profile
    assert (root.path / PROGRAM / "_internal/PySide6/Qt/libexec/QtWebEngineProcess").exists()


def _the_window_comes(root: CleanRoot) -> None:
    """Started by an ordinary person, with Chromium's sandbox on."""
    with StandIn("simulation.screen", ["--size", "1366x768"]) as screen:
        environ = {**os.environ, **screen.ready["env"]}
        theirs = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/home/student", f"XDG_RUNTIME_DIR={SESSION}"]
        command = ["chroot", "--userspec=student", str(root.path), "env", "-i", *theirs,
                   f"DISPLAY={environ['DISPLAY']}", "/usr/bin/senim"]  # fmt: skip
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            until = time.monotonic() + 120
            seen = ["xdotool", "search", "--onlyvisible", "--name", "Senim"]
            while not subprocess.run(seen, env=environ, capture_output=True, check=False).stdout.strip():
                assert running.poll() is None, running.stderr.read() if running.stderr else ""
                assert time.monotonic() < until, "no window"
                time.sleep(0.2)
        finally:
            running.terminate()
            running.wait(60)
    until = time.monotonic() + 120
    while any(_programs(root)):  # the recorder ends after its window, and a running program is not removed
        assert time.monotonic() < until, "the recorder did not end"
        time.sleep(0.2)


def _programs(root: CleanRoot) -> Iterator[Path]:
    """Running programs of the package, as this machine sees them."""
    for link in Path("/proc").glob("[0-9]*/exe"):
        try:
            if link.readlink().is_relative_to(root.path / PROGRAM):
                yield link
        except OSError:  # it has just ended
            continue
