"""Each process of the program tells numpy to use one thread, before numpy is there to hear it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from client.numpy_threads import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
# Stands in for numpy: tells what it finds in the environment at the moment it is loaded, and ends the process.
NUMPY = f"""
import os, sys
sys.stdout.write(f"numpy sees {{os.environ.get('{VARIABLE}')}}")
sys.stdout.flush()
os._exit(0)
"""
CONFIG = '{"name": "T", "server": "http://127.0.0.1:1", "verifying_key": "ed25519:' + "A" * 43 + '"}'


@pytest.mark.parametrize(
    "module",
    [
        ["client.headless", "--login", "l", "--password", "p"],
        ["client.main", "--recorder"],
        ["client.main", "--list-devices", "cameras"],
    ],
    ids=["headless", "recorder", "devices"],
)
def test_before_numpy_is_loaded(module: list[str], tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text(NUMPY)
    (tmp_path / "institution.json").write_text(CONFIG)
    command = [sys.executable, "-m", *module, "--config", str(tmp_path / "institution.json"), "--data", str(tmp_path)]
    environ = {k: v for k, v in os.environ.items() if k != VARIABLE} | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert "numpy sees 1" in done.stdout + done.stderr, done.stdout + done.stderr
