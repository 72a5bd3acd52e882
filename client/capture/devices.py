"""Which cameras and microphones there are.

Asked in a child process: PortAudio aborts the whole process where the sound system is broken, and camera
drivers are no better. The child's death is an error here, not our own.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from client.capture.origins import Origin, linux_origin, named_origin
from client.capture.pulse import DOORS, default_microphone, through_server
from client.capture.source import Device
from client.errors import DevicesUnreadable

_TIMEOUT_S = 12.0  # on a busy machine; an idle one needs 0.5 s
_DEATH_S = 1.0
_NOT_FOR_PEOPLE = ("sysdefault", "front", "surround", "dmix", "dsnoop", "hdmi", "iec958", "lavrate", "samplerate",
                   "speexrate", "upmix", "vdownmix", "oss", "jack")  # fmt: skip


def child_command() -> list[str]:
    """How to run this module as a program: from source, or as ``<the frozen client> --list-devices``
    (its start file hands the rest of the line to ``main``)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--list-devices"]
    return [sys.executable, "-m", "client.capture.devices"]


def cameras(command: Sequence[str] | None = None) -> list[Device]:
    """Raises ``DevicesUnreadable``; no camera is an empty list."""
    return _ask("cameras", command)


def microphones(command: Sequence[str] | None = None) -> list[Device]:
    """Raises ``DevicesUnreadable``; no microphone is an empty list."""
    return _ask("microphones", command)


def microphone_id(info: dict[str, Any]) -> str:
    """A name that survives re-plugging, unlike PortAudio's index."""
    return f"{info['hostApi']}:{info['name']}"


def _ask(kind: str, command: Sequence[str] | None) -> list[Device]:
    try:
        lines = _said([*(command or child_command()), kind]).splitlines() or [b""]
        return [Device(str(d["id"]), str(d["name"]), bool(d["simulated"])) for d in json.loads(lines[-1])]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        raise DevicesUnreadable(f"{kind}: {type(error).__name__}") from error


def _said(command: Sequence[str]) -> bytes:
    """What the child printed. It gets ``_TIMEOUT_S``; one that hangs in a driver does not even die when it is
    killed, and is left behind. Raises ``OSError``, ``subprocess.SubprocessError``."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=None if getattr(sys, "frozen", False) else Path(__file__).parents[2],
    )
    try:
        said = child.communicate(timeout=_TIMEOUT_S)[0]
    except subprocess.TimeoutExpired:
        child.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.communicate(timeout=_DEATH_S)
        raise
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return said


# ---- inside the child -----------------------------------------------------------------------


def _list_cameras() -> list[Device]:
    if sys.platform == "linux":
        return linux_cameras(Path("/sys/class/video4linux"), Path("/dev"))
    from client.capture.qt_devices import camera_names

    return [Device(str(index), name, named_origin(name) is Origin.VIRTUAL) for index, name in enumerate(camera_names())]


def linux_cameras(listed: Path, nodes: Path) -> list[Device]:
    """Capture nodes by the kernel's list; a camera's second (metadata) node has ``index`` 1."""
    found = []
    entries = listed.iterdir() if listed.is_dir() else iter(())
    for entry in sorted(entries, key=lambda e: (len(e.name), e.name)):
        number = entry.name.removeprefix("video")
        if not number.isdecimal() or not (nodes / entry.name).exists():
            continue
        index = entry / "index"
        if index.exists() and index.read_text().strip() != "0":
            continue
        label = entry / "name"
        name = label.read_text().strip() if label.exists() else entry.name
        found.append(Device(number, name, linux_origin(entry, name) is Origin.VIRTUAL))
    return found


def _list_microphones() -> list[Device]:
    import pyaudio

    port = pyaudio.PyAudio()
    try:
        infos = [dict(port.get_device_info_by_index(index)) for index in range(port.get_device_count())]
    finally:
        port.terminate()
    default = default_microphone() if sys.platform == "linux" else None
    found = []
    for info in infos:
        name = str(info["name"])
        if int(info["maxInputChannels"]) <= 0 or any(name.lower().startswith(word) for word in _NOT_FOR_PEOPLE):
            continue
        if through_server(name) and default is not None:
            found.append(Device(microphone_id(info), default.name, default.origin is Origin.VIRTUAL))
        else:
            found.append(Device(microphone_id(info), name, named_origin(name) is Origin.VIRTUAL))
    return _best_first(found)


def _best_first(found: list[Device]) -> list[Device]:
    """One line per thing to choose: the sound server's doors all lead to the same microphone."""
    doors = [d for d in found if d.id.rpartition(":")[2] in DOORS]
    doors.sort(key=lambda d: ("pulse", "pipewire", "default").index(d.id.rpartition(":")[2]))
    rest = [d for d in found if d not in doors]
    return doors[:1] + rest


def main(arguments: Sequence[str]) -> int:
    """Print the list as JSON, as the last line (libraries print before it)."""
    kinds: dict[str, Callable[[], list[Device]]] = {"cameras": _list_cameras, "microphones": _list_microphones}
    if len(arguments) != 1 or arguments[0] not in kinds:
        return 2
    devices = kinds[arguments[0]]()
    rows = [{"id": d.id, "name": d.name, "simulated": d.simulated} for d in devices]
    sys.stdout.write("\n" + json.dumps(rows, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
