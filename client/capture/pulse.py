"""What a sound server on Linux (PulseAudio, or PipeWire in its place) says about microphones.

PortAudio sees one door, "pulse", whatever stands behind it, and a stream may be moved from one microphone to
another without a word. Asked through ``pactl``, bounded in time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from client.capture.origins import KnownAs, Origin, named_origin

DOORS = frozenset({"pulse", "pipewire", "default"})
_ASK_S = 5.0
_DEEP = 8  # filters upon filters


def through_server(name: str) -> bool:
    """Whether PortAudio's device of this name leads to the sound server."""
    return sys.platform == "linux" and name in DOORS


def default_microphone() -> KnownAs | None:
    """The server's default; None without a server, or without one."""
    try:
        name = _pactl("get-default-source").decode().strip()
        return _known(_listed("sources"), "name", name)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def heard_microphone(process: int) -> KnownAs | None:
    """The one a stream of this process listens to now; None if none does or nobody tells."""
    try:
        index = next((s.get("source") for s in _listed("source-outputs") if _is_of(s, process)), None)
        return None if index is None else _known(_listed("sources"), "index", index)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def _is_of(stream: Mapping[str, Any], process: int) -> bool:
    return str(_properties(stream).get("application.process.id")) == str(process)


def _known(sources: Sequence[Mapping[str, Any]], key: str, value: Any) -> KnownAs | None:
    source = next((s for s in sources if s.get(key) == value), None)
    if source is None:
        return None
    name = str(source.get("description") or source.get("name"))
    return KnownAs(name, source_origin(source, sources))


def source_origin(source: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> Origin:
    """A filter (echo cancelling, remapping) is what its master is; a monitor hears what the computer plays."""
    for _ in range(_DEEP):
        properties = _properties(source)
        if source.get("monitor_source") or properties.get("device.class") == "monitor":
            return Origin.VIRTUAL
        master = properties.get("device.master_device")
        above = next((s for s in sources if master and s.get("name") == master), None)
        if above is None:
            break
        source = above
    name, driver = str(source.get("name")), str(source.get("driver"))
    api = str(_properties(source).get("device.api"))
    by_driver = any(word in driver for word in ("alsa", "bluez", "bluetooth"))
    if by_driver or api.startswith(("alsa", "bluez")) or name.startswith(("alsa_input.", "bluez_input.")):
        return Origin.HARDWARE
    if driver.startswith(("module-null", "module-pipe", "module-sine", "module-virtual")):
        return Origin.VIRTUAL
    return named_origin(f"{name} {source.get('description')}")


def _properties(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    found = thing.get("properties")
    return found if isinstance(found, Mapping) else {}


def _listed(kind: str) -> list[Mapping[str, Any]]:
    found = json.loads(_pactl("-f", "json", "list", kind))
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _pactl(*words: str) -> bytes:
    return subprocess.run(["pactl", *words], capture_output=True, timeout=_ASK_S, check=True).stdout
