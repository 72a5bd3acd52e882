"""One program at a time; a windowless one gives way."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from client.spool.lock import SpoolLock, SpoolLocked


def test_a_second_program_waits_and_is_told(tmp_path: Path) -> None:
    first, second = SpoolLock(tmp_path), SpoolLock(tmp_path)
    first.take(0)
    with pytest.raises(SpoolLocked):
        second.take(0.1)
    assert not first.wanted()
    first.release()
    second.take(0)
    assert second.held
    second.release()


def test_the_holder_sees_that_it_is_wanted(tmp_path: Path) -> None:
    first, second = SpoolLock(tmp_path), SpoolLock(tmp_path)
    first.take(0)
    waiting = threading.Thread(target=second.take, args=(5,))
    waiting.start()
    until = time.monotonic() + 5
    while not first.wanted() and time.monotonic() < until:
        time.sleep(0.01)
    first.release()
    waiting.join(5)
    assert second.held and not second.wanted()
    second.release()


def test_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib; from client.spool.lock import SpoolLock;"
        "lock = SpoolLock(pathlib.Path(sys.argv[1])); lock.take(0); print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline().strip() == b"held"
    lock = SpoolLock(tmp_path)
    with pytest.raises(SpoolLocked):
        lock.take(0)
    other.kill()
    other.wait()
    other.stdout.close()
    lock.take(2)
    lock.release()
