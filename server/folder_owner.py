"""Whose the data folder is. What root writes into the folder of the service's account, the service cannot read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote

from server.admin.errors import CommandFailed

ROOT = 0


def check_owner(root: Path) -> None:
    """Root leaves the data folder of another account alone. Raises ``CommandFailed`` with the command to give."""
    if sys.platform == "win32" or os.geteuid() != ROOT:
        return
    try:
        owner = root.stat().st_uid
    except OSError:
        return  # it is made first, or the command says what is wrong with it
    if owner != ROOT:
        name = _name(owner)
        raise CommandFailed(
            f"{root} belongs to {name}, and what root writes there the server could not read. Run this as {name}: "
            f"sudo -u {quote(name)} {quote(sys.executable)} -m server --data {quote(str(root))} …"
        )


def _name(user: int) -> str:
    if sys.platform == "win32":
        return str(user)
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"#{user}"
