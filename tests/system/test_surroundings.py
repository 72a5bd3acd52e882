"""Hints about the computer: yes with evidence, no, or unknown."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from client.system.maker import BIOS_VALUES, GUEST, of_dmi, of_the_kernel, of_the_registry
from client.system.surroundings import NO, UNKNOWN, YES, look, machine, names_of, remote_session, running


def maker(root: Path, **said: str) -> Path:
    folder = root / "sys/class/dmi/id"
    folder.mkdir(parents=True)
    for name, text in said.items():
        (folder / name).write_text(text + "\n")
    return root


@pytest.mark.parametrize(
    ("vendor", "product", "answer"),
    [
        ("QEMU", "Standard PC (Q35)", (YES, "QEMU")),
        ("innotek GmbH", "VirtualBox", (YES, "innotek GmbH")),
        ("Microsoft Corporation", "Virtual Machine", (YES, "Virtual Machine")),
        ("LENOVO", "20XW004RGE", (NO, "")),
        ("Microsoft Corporation", "Surface Pro 7", (NO, "")),
    ],
)
def test_a_machine_is_known_by_its_maker(tmp_path: Path, vendor: str, product: str, answer: tuple[str, str]) -> None:
    assert machine(of_dmi(maker(tmp_path, sys_vendor=vendor, product_name=product))) == answer
    assert (
        machine(of_the_registry(lambda name: dict(zip(BIOS_VALUES, (vendor, product, "board"), strict=True))[name]))
        == answer
    )


def test_a_machine_that_says_nothing_is_unknown(tmp_path: Path) -> None:
    def refused(_name: str) -> str:
        raise FileNotFoundError

    assert machine(of_dmi(tmp_path)) == machine(of_the_registry(refused)) == (UNKNOWN, "")


@pytest.mark.parametrize(
    ("present", "refused", "answer"),
    [
        (1, 0, (YES, "kern.hv_vmm_present: virtual machine")), (0, 0, (NO, "")), (0, -1, (UNKNOWN, "")),
    ],
)  # fmt: skip
def test_macos_says_whether_it_is_a_guest(present: int, refused: int, answer: tuple[str, str]) -> None:
    def asked(name: bytes, value: Any, size: Any, _new: None, _none: Any) -> int:
        assert (name, size._obj.value) == (GUEST, ctypes.sizeof(ctypes.c_int))
        value._obj.value = present
        return refused

    assert machine(of_the_kernel(SimpleNamespace(sysctlbyname=asked))) == answer
    assert of_the_kernel(SimpleNamespace()) == []


def test_programs_of_windows_and_macos() -> None:
    def gone() -> str:
        raise psutil.NoSuchProcess(1)

    named = [SimpleNamespace(name=name) for name in (lambda: "AnyDesk.exe", gone, lambda: "zoom.us")]
    assert names_of(named) == {"anydesk", "zoom.us"}  # type: ignore[arg-type]  # stand-ins
    assert psutil.Process().name().lower() in names_of(psutil.process_iter())


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"DISPLAY": ":0"}, NO), ({"DISPLAY": "host.example:10.0"}, YES), ({"DISPLAY": "localhost:10.0"}, YES),
        ({"DISPLAY": ":10", "XRDP_SESSION": "1"}, YES), ({}, UNKNOWN),
    ],
)  # fmt: skip
def test_a_session_from_afar(environment: dict[str, str], word: str) -> None:
    assert remote_session(environment)[0] == word


def test_windows_says_it_itself() -> None:
    assert remote_session({}, lambda number: int(number == 0x1000)) == (YES, "SM_REMOTESESSION")
    assert remote_session({}, lambda _number: 0) == (NO, "")


def test_only_known_names_are_evidence(tmp_path: Path) -> None:
    for number, name in enumerate(("bash", "private-diary", "obs", "zoom", "x11vnc")):
        (tmp_path / "proc" / str(number)).mkdir(parents=True)
        (tmp_path / "proc" / str(number) / "comm").write_text(name + "\n")
    (tmp_path / "proc" / "99").mkdir()  # it ended meanwhile
    (tmp_path / "proc" / "self").mkdir()
    told = look(tmp_path, {"DISPLAY": "host:10.0"})
    assert told["screen_sharing"] == (YES, "obs, zoom")
    assert told["remote_desktop"] == (YES, "DISPLAY=host:10.0, x11vnc")
    assert told["virtual_machine"] == (UNKNOWN, "")
    assert "diary" not in repr(told)


def test_a_system_that_does_not_tell(tmp_path: Path) -> None:
    told = look(tmp_path, {"DISPLAY": ":0"})
    assert told["screen_sharing"][0] == told["remote_desktop"][0] == UNKNOWN
    assert set(told) == {"virtual_machine", "remote_desktop", "screen_sharing"}


def test_this_computer_is_asked() -> None:
    told = look()
    assert {word for word, _ in told.values()} <= {YES, NO, UNKNOWN} and len(told) == 3


def test_no_folder_of_processes(tmp_path: Path) -> None:
    assert running(tmp_path / "none") is None
