"""The sound library leaves nothing in the person's home folder."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

VARIABLE = "PULSE_COOKIE"


def keep_in_session(environ: MutableMapping[str, str]) -> None:
    """Call before any sound is asked for; child processes inherit it.

    libpulse makes a cookie in ~/.config/pulse for whoever has none, as soon as it is asked for a microphone
    (pulse-client.conf(5), ``cookie-file``; ``pa_client_conf_load_cookie``). A sound server on the same computer knows
    its person without one, so that one in the session's own folder, which ends with the session, does as well.
    """
    session = Path(environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    if VARIABLE in environ or not session.is_dir() or any(map(_there, _own(environ))):
        return
    environ[VARIABLE] = str(session / "senim-sound-cookie")


def _there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # the home is somebody else's: the library cannot read it either
        return False


def _own(environ: MutableMapping[str, str]) -> list[Path]:
    """Where the library looks by itself."""
    home = Path(environ.get("HOME") or "/nonexistent")
    settings = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return [settings / "pulse" / "cookie", home / ".pulse-cookie"]
