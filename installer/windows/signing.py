"""The hook that signs what Windows runs. Without a certificate packages are made unsigned, and that is said.

``SENIM_SIGN`` names a program that gets one file's name and signs it in place (signtool, osslsigncode, a service).
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from installer.errors import InstallerError

VARIABLE = "SENIM_SIGN"


def hook() -> str:
    """The command NSIS runs over the finished installer; ``%1`` is the file."""
    program = os.environ.get(VARIABLE, "")
    if not program:
        return "true %1" if os.name == "posix" else "cmd /c rem %1"
    if "'" in program or "\n" in program:
        raise InstallerError(f"{VARIABLE}: a program's path without quotes")
    return f'{shlex.quote(program)} "%1"'


def sign_file(file: Path) -> bool:
    """Sign ``file`` by the hook; False when there is none. Raises ``InstallerError``."""
    program = os.environ.get(VARIABLE, "")
    if not program:
        sys.stderr.write(f"== {file.name} is not signed ({VARIABLE} is not set)\n")
        return False
    done = subprocess.run([program, str(file)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"signing {file.name}: {(done.stderr or done.stdout).strip()[-400:]}")
    return True
