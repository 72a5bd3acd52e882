"""``senim --reset`` and leaving, with the installed package and recordings that nobody received."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clean_debian import STUDENT, version
from spooled import files, names, session

from evidence.age import generate_identity
from installer.linux.clean_root import CleanRoot

QUESTION = "remove the program all the same?"
DATA = "home/student/.local/share/senim"


@pytest.fixture
def unsent(at_home: CleanRoot) -> Iterator[Path]:
    """The folder of a recording of the student's, as the recorder leaves it."""
    folder = session(at_home.path / DATA, "one", recipient=generate_identity().recipient.text)
    theirs(at_home)
    yield folder
    shutil.rmtree(at_home.path / "home/student/.local")


def theirs(root: CleanRoot) -> None:
    root.must("chown", "-R", "student:student", "/home/student/.local")


def kept(root: CleanRoot) -> Path:
    return root.path / DATA / "undelivered/one.senim"


def test_a_broken_state_is_mended_and_the_recording_saved(at_home: CleanRoot, unsent: Path) -> None:
    before = files(unsent)
    for table in unsent.glob("table.db*"):
        table.write_bytes(b"no database" * 1000)
    (at_home.path / DATA / "settings.json").write_text("{{{", encoding="ascii")
    theirs(at_home)
    done = at_home.run(*STUDENT, "senim", "--reset", "--save", "/home/student/Менің файлдарым")
    assert done.returncode == 75, done.stderr
    assert "made anew from the ledger" in done.stdout
    assert "not delivered: Physics (s0, https://exam.example.edu)" in done.stdout, "named"
    assert "Start Senim and sign in" in done.stdout, "and offered to be delivered"
    saved = at_home.path / "home/student/Менің файлдарым/one.senim"
    try:
        assert {"answers.age", "ledger.txt", "segments/camera/000000.age"} <= names(saved)
    finally:
        shutil.rmtree(saved.parent)
    assert files(unsent) == before
    listed = at_home.run(*STUDENT, "senim", "--unsent", "--json")
    assert [one["session"] for one in json.loads(listed.stdout)] == ["one"]
    assert not (at_home.path / DATA / "settings.json").exists()


def test_nobody_to_ask_is_a_refusal_with_a_code(at_home: CleanRoot, unsent: Path) -> None:
    """dpkg tells the script's code; apt and what stands above it see a failure."""
    refused = at_home.run("dpkg", "--remove", "senim")
    assert refused.returncode != 0
    assert "returned error exit status 75" in refused.stdout + refused.stderr
    assert at_home.run("apt-get", "purge", "-y", "-qq", "senim").returncode != 0
    assert version(at_home) != "", "the program is there, and can deliver"
    assert not kept(at_home).exists()


@pytest.mark.parametrize("answer", ["n", "", "y"])
def test_somebody_at_a_terminal_is_asked(at_home: CleanRoot, unsent: Path, answer: str) -> None:
    before = files(unsent)
    said = at_a_terminal(at_home, answer, "apt-get", "remove", "-y", "senim")
    assert "not delivered: Physics" in said
    assert QUESTION in said
    removed = answer == "y"
    assert (version(at_home) == "") is removed
    assert kept(at_home).exists() is removed
    if removed:
        assert {"answers.age", "ledger.txt", "segments/camera/000000.age"} <= names(kept(at_home))
        assert kept(at_home).stat().st_uid == unsent.stat().st_uid != 0
    assert files(unsent) == before


def test_force_keeps_a_delivery_file(at_home: CleanRoot, unsent: Path) -> None:
    before = files(unsent)
    at_home.must("apt-get", "purge", "-y", "-qq", "senim", env={"SENIM_FORCE": "1"})
    assert {"answers.age", "ledger.txt", "segments/camera/000000.age"} <= names(kept(at_home))
    assert files(unsent) == before


def at_a_terminal(root: CleanRoot, answer: str, *command: str) -> str:
    """What a command says to somebody who answers its question."""
    near, far = os.openpty()
    environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root", "TERM": "dumb"}
    running = subprocess.Popen(["chroot", str(root.path), *command], env=environ, stdin=far, stdout=far, stderr=far,
                               start_new_session=True)  # fmt: skip
    os.close(far)
    said, answered, until = b"", False, time.monotonic() + 300
    while time.monotonic() < until:
        if near in select.select([near], [], [], 1)[0]:
            try:
                said += os.read(near, 4096)
            except OSError:  # the other end is closed
                break
        if not answered and QUESTION.encode() in said:
            os.write(near, answer.encode() + b"\n")
            answered = True
    os.close(near)
    running.wait(60)
    return said.decode("utf-8", "replace")
