"""The sound library leaves nothing in the person's home folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

COOKIE, RUNTIME, STATE = "PULSE_COOKIE", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"
SESSIONS = Path("/run/user")  # where systemd keeps the sessions' folders, whether or not the variable came along


@contextmanager
def out_of_home(environ: MutableMapping[str, str], own: Path | None) -> Iterator[None]:
    """While any sound is asked for; child processes inherit it. ``own``: a folder of the program's that may stay; None:
    one that goes with the end.

    Who asks libpulse for a microphone gets two things in ~/.config/pulse where there is no better place:

    - a cookie (pulse-client.conf(5), ``cookie-file``). A sound server on the same computer knows its person without
      one, so that one in the session's own folder, which ends with the session, does as well.
    - the folder in which the server's socket is looked for (``pa_get_runtime_dir``). It lies in the session's folder;
      without one the library makes a link to a new folder in /tmp. Where such a link leads somewhere already, a server
      may listen there, and it stays in use; else nobody listens, and an empty folder of ours is as good.
    """
    with ExitStack() as end:
        if sys.platform == "linux":
            _choose(environ, own, end)
        yield


def _choose(environ: MutableMapping[str, str], own: Path | None, end: ExitStack) -> None:
    session = _session(environ)
    cookie = COOKIE not in environ and not any(map(_there, _cookies(environ)))
    # Where the session's folder is named, the library looks there alone.
    looks = RUNTIME not in environ and not environ.get("XDG_RUNTIME_DIR")
    runtime = looks and (session is not None or not _listens(_settings(environ)))
    if not cookie and not runtime:
        return
    place = session or _made(own, end)
    if place is None:
        return
    if cookie:
        environ[COOKIE] = str(place / "senim-sound-cookie")
    if runtime and session is not None:
        environ[RUNTIME] = str(session / "pulse")
    elif runtime:
        environ[RUNTIME] = str(place)
        environ.setdefault(STATE, str(place))  # of a server that the library itself starts for us


def _session(environ: MutableMapping[str, str]) -> Path | None:
    if sys.platform == "win32":
        return None
    named = Path(environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    return next(filter(_is_folder_of_ours, (named, SESSIONS / str(os.getuid()))), None)


def _is_folder_of_ours(place: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        return place.is_dir() and place.stat().st_uid == os.getuid()
    except OSError:
        return False


def _made(own: Path | None, end: ExitStack) -> Path | None:
    try:
        if own is None:
            return Path(end.enter_context(TemporaryDirectory(prefix="senim-sound-", ignore_cleanup_errors=True)))
        own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the person's data folder, at the very first start
        own.mkdir(mode=0o700, exist_ok=True)
    except OSError:  # no home, or one that is read only: nothing can be left there either
        return None
    return own


def _there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # the home is somebody else's: the library cannot read it either
        return False


def _listens(settings: Path) -> bool:
    """Whether the link that the library would make leads somewhere."""
    try:
        return any(map(_there, settings.glob("*-runtime")))
    except OSError:  # as above
        return False


def _settings(environ: MutableMapping[str, str]) -> Path:
    home = Path(environ.get("HOME") or "/nonexistent")
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "pulse"


def _cookies(environ: MutableMapping[str, str]) -> list[Path]:
    """Where the library looks by itself."""
    return [_settings(environ) / "cookie", Path(environ.get("HOME") or "/nonexistent") / ".pulse-cookie"]
