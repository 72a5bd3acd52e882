"""What this machine has (screen, camera, microphone), and stand-ins for what it lacks."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demonstration.institution import DemoFailed
from simulation.process import StandIn, StandInFailed

SCREEN = (1366, 768)
STAND_IN_S = 90  # on a machine busy with other work


@dataclass(frozen=True)
class Devices:
    """``env``: what programs need to reach the stand-ins. ``camera``/``camera_control``: loopback addresses
    of the stand-in camera, "" with a real one. ``microphone``: True if it is a stand-in."""

    env: dict[str, str] = field(default_factory=dict)
    screen: bool = False
    camera: str = ""
    camera_control: str = ""
    microphone: bool = False


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_camera() -> bool:
    return sys.platform != "linux" or any(Path("/dev").glob("video*"))


def has_microphone() -> bool:
    """A sound card that can record, or a sound server that somebody set up."""
    if sys.platform != "linux" or os.environ.get("PULSE_SERVER"):
        return True
    cards = Path("/proc/asound/pcm")
    return cards.exists() and "capture" in cards.read_text(encoding="utf-8", errors="replace")


def provide(stack: contextlib.ExitStack, run: Path, stand_ins: set[str]) -> Devices:
    """Starts the named stand-ins ("screen", "camera", "microphone") for as long as ``stack`` lives."""
    env: dict[str, str] = {}
    camera = control = ""
    if "screen" in stand_ins:
        env.update(_start(stack, "simulation.screen", ["--size", f"{SCREEN[0]}x{SCREEN[1]}"])["env"])
    if "microphone" in stand_ins:
        env.update(_start(stack, "simulation.microphone", ["--run", str(run / "sound")])["env"])
    if "camera" in stand_ins:
        ready = _start(stack, "simulation.camera", ["--port", "0"])
        camera, control = ready["url"], ready["control"]
    env.update(_session_bus(stack, run, env))
    return Devices(env, "screen" in stand_ins, camera, control, "microphone" in stand_ins)


def _start(stack: contextlib.ExitStack, module: str, arguments: list[str]) -> dict[str, Any]:
    stand_in = StandIn(module, arguments)
    stack.callback(stand_in.stop)
    try:
        return stand_in.start(STAND_IN_S)
    except StandInFailed as failed:
        raise DemoFailed(f"A stand-in device did not start: {failed}") from failed


def _session_bus(stack: contextlib.ExitStack, run: Path, env: dict[str, str]) -> dict[str, str]:
    """A bus for the accessibility tree, where the desktop has none (a bare Xvfb)."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not shutil.which("dbus-daemon"):
        return {}
    runtime = run / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = ["dbus-daemon", "--session", "--print-address", "--nofork"]
    variables = {**os.environ, **env, "XDG_RUNTIME_DIR": env.get("XDG_RUNTIME_DIR", str(runtime))}
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=variables, text=True)
    stack.callback(bus.wait)
    stack.callback(bus.terminate)
    assert bus.stdout is not None
    address = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
    launcher = subprocess.Popen(
        ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"],
        env={**variables, **address}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stack.callback(launcher.wait)
    stack.callback(launcher.terminate)
    return {**address, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
