"""Asking for a microphone leaves nothing in the person's home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from client import sound_places
from client.sound_places import COOKIE, RUNTIME, STATE, out_of_home
from simulation.process import StandIn

ROOT = Path(__file__).resolve().parents[2]
# The real command where no session of this machine's own person is found.
START = """
import os
import sys
from pathlib import Path
from client import main, sound_places
sound_places.SESSIONS = Path("/nonexistent")
with sound_places.out_of_home(os.environ, Path(sys.argv[1]) if sys.argv[1] else None):
    main.main(["--list-devices", "microphones"])
"""
LEFT_OUT = ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


@pytest.fixture(scope="module")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """A real sound server; its socket lies in the folder ``pulse`` of its session's folder."""
    with StandIn("simulation.microphone", ["--run", str(tmp_path_factory.mktemp("sound"))]) as microphone:
        yield microphone


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has just signed in."""
    places = {"HOME": tmp_path / "home", "XDG_RUNTIME_DIR": tmp_path / "session"}
    for place in places.values():
        place.mkdir(mode=0o700)
    return {name: str(place) for name, place in places.items()}


@pytest.fixture(autouse=True)
def no_other_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Of this machine's own person nothing is used; what stands in for the folder of sessions."""
    monkeypatch.setattr(sound_places, "SESSIONS", tmp_path / "run-user")
    return tmp_path / "run-user" / str(tmp_path.stat().st_uid)


def asked(person: dict[str, str], own: Path | None, **more: str) -> str:
    """What the real command says of microphones, by whatever way it finds a server."""
    environ = {name: value for name, value in os.environ.items() if name not in LEFT_OUT and "PULSE" not in name}
    done = subprocess.run([sys.executable, "-c", START, str(own or "")], cwd=ROOT, env={**environ, **more, **person},
                          capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_sound_server_is_asked_and_the_home_stays_empty(
    person: dict[str, str], sound_server: StandIn, tmp_path: Path
) -> None:
    """The real command at a real sound server, which hands out microphones to whoever it knows."""
    assert len(asked(person, tmp_path / "data" / "sound", **sound_server.ready["env"])) > 10
    assert list(Path(person["HOME"]).rglob("*")) == []
    assert [path.name for path in Path(person["XDG_RUNTIME_DIR"]).iterdir()] == ["senim-sound-cookie"]
    assert not (tmp_path / "data").exists()


def test_without_a_session_s_folder_all_of_it_lies_in_our_own(
    person: dict[str, str], sound_server: StandIn, tmp_path: Path
) -> None:
    """A server that is named, and none at all: then the library looks for one."""
    del person["XDG_RUNTIME_DIR"]
    (tmp_path / "tmp").mkdir()
    person["TMPDIR"] = str(tmp_path / "tmp")
    assert len(asked(person, tmp_path / "data" / "sound", **sound_server.ready["env"])) > 10
    (tmp_path / "client.conf").write_text("autospawn = no\n", encoding="ascii")
    asked(person, tmp_path / "data" / "sound", PULSE_CLIENTCONFIG=str(tmp_path / "client.conf"))
    assert list(Path(person["HOME"]).rglob("*")) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["sound"]
    asked(person, None, PULSE_CLIENTCONFIG=str(tmp_path / "client.conf"))
    assert list(Path(person["HOME"]).rglob("*")) == []
    assert list((tmp_path / "tmp").iterdir()) == [], "a look leaves nothing"


def test_a_server_that_listens_in_the_home_s_own_way_is_found(
    person: dict[str, str], sound_server: StandIn, tmp_path: Path
) -> None:
    """One that was started without a session's folder too: the link to its folder is there already."""
    del person["XDG_RUNTIME_DIR"]
    machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    link = Path(person["HOME"]) / ".config/pulse" / f"{machine}-runtime"
    link.parent.mkdir(parents=True, mode=0o700)
    link.symlink_to(socket_of(sound_server).parent)
    alsa = {name: value for name, value in sound_server.ready["env"].items() if "PULSE" not in name}
    assert len(asked(person, tmp_path / "data" / "sound", **alsa)) > 10
    assert list(link.parent.iterdir()) == [link]


def test_the_session_s_folder_is_found_without_its_variable(
    person: dict[str, str], no_other_session: Path, tmp_path: Path
) -> None:
    """Started by something that passes no environment on."""
    no_other_session.mkdir(parents=True, mode=0o700)
    environ = {"HOME": person["HOME"]}
    with out_of_home(environ, tmp_path / "own"):
        pass
    assert environ[RUNTIME] == str(no_other_session / "pulse")
    assert Path(environ[COOKIE]).parent == no_other_session
    assert STATE not in environ and not (tmp_path / "own").exists()


def test_a_cookie_of_one_s_own_is_used(person: dict[str, str], tmp_path: Path) -> None:
    """A sound server on another computer asks for it."""
    (tmp_path / "settings" / "pulse").mkdir(parents=True)
    for cookie in (tmp_path / "home" / ".pulse-cookie", tmp_path / "settings" / "pulse" / "cookie"):
        cookie.write_bytes(bytes(256))
        environ = {**person, "XDG_CONFIG_HOME": str(tmp_path / "settings")}
        with out_of_home(environ, tmp_path / "own"):
            assert COOKIE not in environ
        cookie.unlink()


def test_what_somebody_chose_stays(person: dict[str, str], tmp_path: Path) -> None:
    chosen = {"HOME": person["HOME"], COOKIE: "/elsewhere", RUNTIME: "/there"}
    given = dict(chosen)
    with out_of_home(given, tmp_path / "own"):
        assert given == chosen
    assert not (tmp_path / "own").exists(), "nothing is made that is not needed"


def test_where_nothing_can_be_made_nothing_is_chosen(person: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environ = {"HOME": person["HOME"], "XDG_RUNTIME_DIR": "/nonexistent"}
    with out_of_home(environ, tmp_path / "file" / "own"):
        assert set(environ) == {"HOME", "XDG_RUNTIME_DIR"}


def test_a_home_that_may_not_be_looked_into(person: dict[str, str], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Started as somebody else with the first one's environment."""

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    environ = {"HOME": person["HOME"]}
    with monkeypatch.context() as while_asked:
        while_asked.setattr(Path, "exists", closed)
        while_asked.setattr(Path, "glob", closed)
        with out_of_home(environ, tmp_path / "data" / "own"):
            pass
    assert environ[RUNTIME] == environ[STATE] == str(tmp_path / "data" / "own")
    assert {(tmp_path / "data" / inside).stat().st_mode & 0o777 for inside in ("", "own")} == {0o700}


def socket_of(sound_server: StandIn) -> Path:
    return Path(sound_server.ready["env"]["PULSE_SERVER"].removeprefix("unix:"))
