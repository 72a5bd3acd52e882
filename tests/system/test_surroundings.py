"""Hints about the computer: yes with evidence, no, or unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from client.system import surroundings
from client.system.surroundings import NO, UNKNOWN, YES, look, machine, remote_session, running


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
    assert machine(maker(tmp_path, sys_vendor=vendor, product_name=product)) == answer


def test_a_machine_that_says_nothing_is_unknown(tmp_path: Path) -> None:
    assert machine(tmp_path) == (UNKNOWN, "")


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
    assert remote_session({}, lambda number: int(number == 0x1000)) == (YES, "remote session")
    assert remote_session({}, lambda _number: 0) == (NO, "")


def test_only_known_names_are_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("bash", "private-diary", "obs", "x11vnc")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "comm").write_text(name + "\n")
    (tmp_path / "99").mkdir()  # it ended meanwhile
    (tmp_path / "self").mkdir()
    monkeypatch.setattr(surroundings, "running", lambda: running(tmp_path))
    monkeypatch.setattr(surroundings, "machine", lambda: (NO, ""))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("XRDP_SESSION", raising=False)
    told = look()
    assert told["screen_sharing"] == (YES, "obs is running")
    assert told["remote_desktop"] == (YES, "x11vnc is running")
    assert "diary" not in repr(told)


def test_a_system_that_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "running", lambda: None)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("XRDP_SESSION", raising=False)
    told = look()
    assert told["screen_sharing"][0] == told["remote_desktop"][0] == UNKNOWN
    assert set(told) == {"virtual_machine", "remote_desktop", "screen_sharing"}


def test_no_folder_of_processes(tmp_path: Path) -> None:
    assert running(tmp_path / "none") is None
