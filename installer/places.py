"""Where everything of the installers lies, and which commit and version is built."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

from installer.errors import InstallerError

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "installers"
FROZEN = WORK / "senim"  # the generic build: one folder, the executable on top
TOOLS = WORK / "tools"
ICONS = ROOT / "var" / "web" / "node_modules" / "lucide-static" / "icons"


def version(commit: str = "HEAD") -> str:
    """The program's version, as the commit's ``pyproject.toml`` says it. Raises ``InstallerError``."""
    project = tomllib.loads(git("show", f"{commit}:pyproject.toml").decode())["project"]
    return str(project["version"])


def git(*words: str) -> bytes:
    """What a git command printed. Raises ``InstallerError`` with git's own words."""
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"git {' '.join(words)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def commit_id(name: str = "HEAD") -> str:
    return git("rev-parse", "--verify", f"{name}^{{commit}}").decode().strip()


def commit_seconds(name: str = "HEAD") -> int:
    """When the commit was made (Unix seconds): the time every built file gets."""
    return int(git("log", "-1", "--format=%ct", name))


def reproducible_environment(seconds: int) -> dict[str, str]:
    """What every child process of a build gets, so that two builds do not differ."""
    keep = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONPATH")
    kept = {name: os.environ[name] for name in keep if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(seconds)}
