"""Names that come from outside and end up in paths."""

from __future__ import annotations

import re

from evidence.errors import EvidenceError

_STREAM = re.compile(r"[a-z][a-z0-9-]{0,31}")
# Not a name on Windows, whatever stands behind the dot.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


class BadName(EvidenceError):
    """A stream's name that is not ``[a-z][a-z0-9-]{0,31}`` (or a device name of Windows)."""


def check_stream_name(name: str) -> str:
    """``name`` itself; raises ``BadName``."""
    if not isinstance(name, str) or not _STREAM.fullmatch(name) or _RESERVED.fullmatch(name):
        raise BadName("a stream's name is a-z, 0-9 and hyphens, 32 at most")
    return name
