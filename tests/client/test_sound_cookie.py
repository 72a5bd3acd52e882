"""Asking for a microphone leaves nothing in the person's home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from client.sound_cookie import VARIABLE, keep_in_session
from simulation.process import StandIn

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has just signed in."""
    places = {"HOME": tmp_path / "home", "XDG_RUNTIME_DIR": tmp_path / "session"}
    for place in places.values():
        place.mkdir(mode=0o700)
    return {name: str(place) for name, place in places.items()}


def test_a_sound_server_is_asked_and_the_home_stays_empty(person: dict[str, str], tmp_path: Path) -> None:
    """The real command at a real sound server, which hands out microphones to whoever it knows."""
    with StandIn("simulation.microphone", ["--run", str(tmp_path / "sound")]) as microphone:
        left_out = (VARIABLE, "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        environ = {name: value for name, value in os.environ.items() if name not in left_out}
        command = [sys.executable, "-m", "client.main", "--list-devices", "microphones"]
        done = subprocess.run(command, cwd=ROOT, env={**environ, **microphone.ready["env"], **person},
                              capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
    assert done.returncode == 0 and len(done.stdout) > 10, done.stderr
    assert list(Path(person["HOME"]).rglob("*")) == []
    assert [path.name for path in Path(person["XDG_RUNTIME_DIR"]).iterdir()] == ["senim-sound-cookie"]


def test_a_cookie_of_one_s_own_is_used(person: dict[str, str], tmp_path: Path) -> None:
    """A sound server on another computer asks for it."""
    (tmp_path / "settings" / "pulse").mkdir(parents=True)
    for cookie in (tmp_path / "home" / ".pulse-cookie", tmp_path / "settings" / "pulse" / "cookie"):
        cookie.write_bytes(bytes(256))
        environ = {**person, "XDG_CONFIG_HOME": str(tmp_path / "settings")}
        keep_in_session(environ)
        assert VARIABLE not in environ
        cookie.unlink()
    chosen = {**person, VARIABLE: "/elsewhere"}
    keep_in_session(chosen)
    assert chosen[VARIABLE] == "/elsewhere"


def test_without_a_session_s_folder_nothing_is_chosen(person: dict[str, str]) -> None:
    for session in ("", "/nonexistent"):
        environ = {**person, "XDG_RUNTIME_DIR": session}
        keep_in_session(environ)
        assert VARIABLE not in environ
