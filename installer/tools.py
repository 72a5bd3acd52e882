"""The tools of the installers (PyInstaller and the like), from a hashed lock of their own.

They go into folders beside the virtual environment, not into it: ``./setup`` stays as it is and small. PyInstaller
has a folder and a lock of its own: what lies on its path can end up in the frozen program, and a library of another
tool did, in place of the locked one, before they were parted (decision 21).
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

LOCKS = {
    "PyInstaller": ROOT / "setup" / "requirements-freeze.lock",
    "the rest": ROOT / "setup" / "requirements-installers.lock",
}


def provide(module: str) -> Path:
    """The folder with ``module``, made once for each lock and interpreter. Raises ``InstallerError``."""
    name = module if module in LOCKS else "the rest"
    lock, folder = LOCKS[name], TOOLS / name.replace(" ", "-").lower()
    key = _key(lock)
    if _stamp(folder) == key:
        return folder
    sys.stderr.write(f"== installing the pinned tools of the installers: {name} (once)\n")
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    _install(lock, fresh)
    (fresh / ".stamp").write_text(key, encoding="ascii")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder


def run(module: str, *words: str, env: dict[str, str] | None = None) -> str:
    """``python -m module words`` with the tools at hand; what it printed. Raises ``InstallerError``."""
    given = dict(os.environ if env is None else env)
    given["PYTHONPATH"] = str(provide(module))
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"{module} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")
    return done.stdout


def _install(lock: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--target", str(folder), "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"the tools cannot be installed: {done.stderr.strip()[-800:]}")


def _key(lock: Path) -> str:
    """Changes with the lock and with the interpreter the packages were chosen for."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def _stamp(folder: Path) -> str:
    try:
        return (folder / ".stamp").read_text(encoding="ascii")
    except OSError:
        return ""
