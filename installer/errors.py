"""The one error a person at the command line sees."""

from __future__ import annotations


class InstallerError(Exception):
    """A build or a package cannot be made; the text says why and what to do."""
