"""How a command ends that cannot do what was asked."""

from __future__ import annotations


class CommandFailed(Exception):
    """What the person at the keyboard must know; ends the command with exit code 1."""
