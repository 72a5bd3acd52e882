"""The ingest holds no key that opens a segment, and no serving process ever reads the configuration key."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from exam_hall import PASSPHRASES, PASSWORD
from sitting import Sitting
from test_commands import wait_until

from evidence import age
from evidence.verify import verify
from server.admin.institution_keys import open_review_identity, verifying_key
from server.settings import DataFolder
from simulation.held_port import held_port

ROOT = Path(__file__).resolve().parents[2]

# Notes each file that the process opens, then is the server.
WATCHED = """
import os, sys
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        os.write(out, os.fsencode(arguments[0]) + b"\\n")
sys.addaudithook(hook)
from server.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


def private_halves(root: Path) -> list[Path]:
    """Every file of an age identity, and the configuration key."""
    return [*root.rglob("*identity.age"), *root.rglob("configuration.key.age")]


@pytest.fixture
def served(root: Path) -> tuple[Path, int, int]:
    """The data folder, with ports of its own for now: nothing else in the settings depends on the day."""
    ports = held_port(), held_port()
    text = (root / "settings.toml").read_text(encoding="utf-8")
    text = text.replace("ingest_port = 8600", f"ingest_port = {ports[0]}")
    (root / "settings.toml").write_text(text.replace("review_port = 8601", f"review_port = {ports[1]}"), "utf-8")
    return root, *ports


def start(root: Path, opened: Path, process: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WATCHED, str(opened), "--data", str(root), process]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, env=dict(os.environ))


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def open_now(root: Path) -> None:
    """The exam is held in 2026-01: open it at the time of this run, which the real process goes by."""
    import sqlite3

    with sqlite3.connect(root / "senim.db") as connection:
        connection.execute("UPDATE seats SET opens_at='2020-01-01T00:00:00.000Z', closes_at='2099-01-01T00:00:00.000Z'")


def test_a_whole_session_through_an_ingest_without_any_private_half(
    served: tuple[Path, int, int], tmp_path: Path
) -> None:
    root, port, _ = served
    folder = DataFolder(root)
    verifying = verifying_key(folder)
    review = open_review_identity(folder, PASSPHRASES.review)
    open_now(root)
    taken = private_halves(root)
    assert len(taken) == 7, "four seats, review, escrow, configuration"
    for file in taken:
        file.unlink()
    opened = tmp_path / "opened"
    process = start(root, opened, "serve-ingest")
    try:
        process.stdin.write(b"\n")  # as ``serve`` does: no secret for this one
        process.stdin.flush()
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: httpx.get(f"{address}/health").status_code == 200)
        with httpx.Client(base_url=address, timeout=20) as client:
            sitting = Sitting.sign_in(client, "aigerim", PASSWORD, tmp_path)
            sitting.ready_for_paper(verifying)
            sitting.paper()
            sitting.record(verifying, 2)
            sitting.end()
            assert sitting.deliver().status_code == 200
            sitting.put_all()
            assert sitting.hand_in().json()["receipt"]
    finally:
        stop(process)
    report = verify(folder.sessions / sitting.session, verifying)
    assert (report.ok, report.state) == (True, "complete")
    sealed = list(root.rglob("segments/*/*.age"))
    assert len(sealed) == 9
    for file in sealed:
        with pytest.raises(age.NoMatchingIdentity):
            age.decrypt(file.read_bytes(), [review])
    read = opened.read_text(encoding="utf-8", errors="replace")
    assert "server.key" in read, "the hook saw what was opened"
    assert "identity" not in read and "configuration.key" not in read
    assert not any(b"AGE-SECRET-KEY" in file.read_bytes() for file in root.rglob("*") if file.is_file())


def test_review_serves_without_the_configuration_key(served: tuple[Path, int, int], tmp_path: Path) -> None:
    root, _, port = served
    identity = open_review_identity(DataFolder(root), PASSPHRASES.review)
    DataFolder(root).configuration_key.unlink()
    process = start(root, tmp_path / "opened", "serve-review")
    try:
        process.stdin.write(identity.text.encode() + b"\n")
        process.stdin.flush()
        wait_until(lambda: httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200)
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code < 500
        time.sleep(0.5)  # its jobs begin
    finally:
        stop(process)
    read = (tmp_path / "opened").read_text(encoding="utf-8", errors="replace")
    assert "settings.toml" in read, "the hook saw what was opened"
    assert "configuration.key" not in read
