"""Where devices come from, by their names, by the kernel and the sound server; and lists that never hang."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from client.capture import devices, pulse
from client.capture.asking import Asking
from client.capture.origins import KnownAs, KnowsItself, Origin, linux_origin, named_origin
from client.capture.sound import Microphone
from client.clock import SessionClock
from client.errors import DevicesUnreadable

from .fakes import FakeSound, wait_for


@pytest.mark.parametrize(
    "name",
    [
        "OBS Virtual Camera", "OBS-Camera", "ManyCam Virtual Webcam", "Snap Camera", "DroidCam Source 3",
        "v4l2loopback (0x0000)", "Dummy video device (0x0000)", "XSplit VCam", "CABLE Output (VB-Audio Virtual Cable)",
        "BlackHole 2ch", "Stereo Mix (Realtek High Definition Audio)", "Monitor of Built-in Audio", "null",
    ],
)  # fmt: skip
def test_known_virtual_devices_give_themselves_away(name: str) -> None:
    assert named_origin(name) is Origin.VIRTUAL


@pytest.mark.parametrize(
    "name",
    [
        "HD Pro Webcam C920", "Integrated Camera: Integrated C", "FaceTime HD Camera", "USB Live camera", "",
        "Камера ноутбука", "Microphone Array (Realtek)", "Annulla Pro", "Jobs Cam",
    ],
)  # fmt: skip
def test_all_others_are_unknown_and_that_is_no_accusation(name: str) -> None:
    assert named_origin(name) is Origin.UNKNOWN


def test_the_kernel_knows_on_which_bus_a_camera_is(tmp_path: Path) -> None:
    def node(place: str) -> Path:
        real = tmp_path / "devices" / place / "video4linux" / "video0"
        real.mkdir(parents=True)
        link = tmp_path / place.replace("/", "-")
        link.symlink_to(real)
        return link

    usb = node("pci0000:00/0000:00:14.0/usb1/1-6")
    loopback, board = node("virtual"), node("platform/soc")
    assert linux_origin(usb, "HD Webcam") is Origin.HARDWARE
    assert linux_origin(loopback, "HD Webcam") is Origin.VIRTUAL  # a loopback with a borrowed name
    assert linux_origin(board, "unicam") is Origin.UNKNOWN
    assert linux_origin(usb, "OBS Virtual Camera") is Origin.VIRTUAL


SOURCES: list[dict[str, Any]] = [
    {"name": "alsa_input.pci-0000_00_1f.3.analog-stereo", "driver": "PipeWire", "description": "Built-in",
     "properties": {"device.api": "alsa"}},
    {"name": "bluez_input.00", "driver": "module-bluez5-device.c", "description": "Headset", "properties": {}},
    {"name": "usb", "driver": "module-alsa-card.c", "description": "USB", "properties": {}},
    {"name": "out.monitor", "driver": "module-alsa-card.c", "monitor_source": "out", "description": "Monitor",
     "properties": {"device.class": "monitor"}},
    {"name": "pipe", "driver": "module-pipe-source.c", "description": "Unix FIFO source", "properties": {}},
    {"name": "clean", "driver": "module-echo-cancel.c", "description": "Built-in (echo cancelled)",
     "properties": {"device.master_device": "usb"}},
    {"name": "fake", "driver": "module-virtual-source.c", "description": "Microphone",
     "properties": {"device.master_device": "out.monitor"}},
    {"name": "ring", "driver": "x", "description": "Ring", "properties": {"device.master_device": "ring"}},
    {"name": "odd", "driver": "PipeWire", "description": "Odd thing", "properties": None},
]  # fmt: skip


def test_the_sound_server_tells_where_a_microphone_comes_from() -> None:
    found = {s["name"]: pulse.source_origin(s, SOURCES) for s in SOURCES}
    assert list(found.values()) == [
        Origin.HARDWARE, Origin.HARDWARE, Origin.HARDWARE, Origin.VIRTUAL, Origin.VIRTUAL, Origin.HARDWARE,
        Origin.VIRTUAL, Origin.UNKNOWN, Origin.UNKNOWN,
    ]  # fmt: skip


def test_which_microphone_a_stream_is_attached_to(monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = [
        {"source": 9, "properties": {"media.role": "filter"}},
        {"source": 4, "properties": {"application.process.id": "77"}},
    ]
    sources = [{**source, "index": number} for number, source in enumerate(SOURCES)]
    answers = {"sources": sources, "source-outputs": outputs}
    monkeypatch.setattr(pulse, "_pactl", lambda *words: json.dumps(answers[words[-1]]).encode())
    assert pulse.heard_microphone(77) == KnownAs("Unix FIFO source", Origin.VIRTUAL)
    assert pulse.heard_microphone(78) is None


@pytest.mark.parametrize(
    "answer",
    [b"", b"not json", b'{"a": 1}', b"[1, 2]", OSError("no pactl"), subprocess.TimeoutExpired("pactl", 5)],
)
def test_a_sound_server_that_answers_nonsense_tells_nothing(
    answer: bytes | Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(*words: str) -> bytes:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(pulse, "_pactl", say)
    assert pulse.heard_microphone(1) is None
    assert pulse.default_microphone() is None


def test_only_linux_has_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert pulse.through_server("pulse") and not pulse.through_server("HD Webcam: USB Audio (hw:1,0)")
    monkeypatch.setattr(sys, "platform", "win32")
    assert not pulse.through_server("default")


# ---- lists from a child ---------------------------------------------------------------------


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_TIMEOUT_S", 0.3)
    with pytest.raises(DevicesUnreadable, match="cameras: TimeoutExpired"):
        devices.cameras([sys.executable, "-c", "import time; time.sleep(60)"])


def test_a_child_that_does_not_even_die_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a camera driver does that hangs in the kernel: the kill has no effect."""
    monkeypatch.setattr(devices, "_TIMEOUT_S", 0.2)
    monkeypatch.setattr(devices, "_DEATH_S", 0.2)
    children: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def started(*words: Any, **more: Any) -> subprocess.Popen[bytes]:
        child = popen(*words, **more)
        monkeypatch.setattr(child, "kill", lambda: None)
        children.append(child)
        return child

    monkeypatch.setattr(devices.subprocess, "Popen", started)
    with pytest.raises(DevicesUnreadable):
        devices.microphones([sys.executable, "-c", "import time; time.sleep(60)"])
    assert children[0].poll() is None
    children[0].terminate()
    children[0].wait(5)


def test_a_child_that_prints_before_the_list() -> None:
    row = '[{"id": "0", "name": "Камера", "simulated": false}]'
    (found,) = devices.cameras([sys.executable, "-c", f"print('ALSA lib: noise'); print('''{row}''')"])
    assert (found.id, found.name) == ("0", "Камера")


def test_questions_are_answered_when_they_are() -> None:
    answers = itertools.chain([DevicesUnreadable("not yet")], itertools.repeat(7))

    def ask() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    asking = Asking("capture-question", ask, every_s=0.01)
    wait_for(lambda: asking.answer == 7)
    assert asking.answered
    asking.stop()


def test_a_microphone_says_what_it_is_and_a_stand_in_need_not() -> None:
    assert isinstance(Microphone("", SessionClock()), KnowsItself)
    assert not isinstance(FakeSound(SessionClock()), KnowsItself)
