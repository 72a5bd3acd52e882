"""The judges open no internet socket, not even from native code and not for a moment."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("no_internet.py")
ROOT = PROGRAM.parents[2]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = {['x', *arguments]!r}; "
         f"exec(compile(open({str(PROGRAM)!r}).read(), {str(PROGRAM)!r}, 'exec'))"],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("family", ["4", "6"])
def test_the_trap_catches_a_socket(family: str) -> None:
    ended = _run("--control", family)
    assert ended.returncode == -signal.SIGSYS, ended.stderr
    assert "opened" not in ended.stdout


def test_judging_faces_opens_none() -> None:
    ended = _run()
    assert (ended.returncode, ended.stdout.strip()) == (0, "judged"), ended.stderr[-2000:]
