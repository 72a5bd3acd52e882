"""The tools of the installers (PyInstaller and the like), from a hashed lock of their own.

They go into a folder beside the virtual environment, not into it: ``./setup`` stays as it is and small, and what
is frozen can never pick up a tool by accident (decision 17).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer.errors import InstallerError
from installer.places import ROOT, TOOLS

LOCK = ROOT / "setup" / "requirements-installers.lock"


def provide() -> None:
    """Install what the lock names, once for each lock and interpreter. Raises ``InstallerError``."""
    if _stamp() == _key():
        return
    sys.stderr.write("== installing the pinned tools of the installers (once; about 70 MB)\n")
    fresh = TOOLS.with_name("tools.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _install(fresh)
    (fresh / ".stamp").write_text(_key(), encoding="ascii")
    shutil.rmtree(TOOLS, ignore_errors=True)
    fresh.rename(TOOLS)


def run(module: str, *words: str, env: dict[str, str] | None = None) -> str:
    """``python -m module words`` with the tools at hand; what it printed. Raises ``InstallerError``."""
    provide()
    given = dict(os.environ if env is None else env)
    given["PYTHONPATH"] = str(TOOLS)
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"{module} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")
    return done.stdout


def _install(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--target", str(folder), "-r", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"the tools cannot be installed: {done.stderr.strip()[-800:]}")


def _key() -> str:
    """Changes with the lock and with the interpreter the packages were chosen for."""
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def _stamp() -> str:
    try:
        return (TOOLS / ".stamp").read_text(encoding="ascii")
    except OSError:
        return ""
