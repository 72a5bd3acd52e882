"""Starts Senim: the window, or with ``--recorder`` the process behind it."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from client import console, sound_places
from client.clock import SessionClock
from client.numpy_threads import use_one_thread
from client.settings import LANGUAGES, BadConfiguration, Settings, default_data_dir, find_config
from client.signed_configuration import check_signature, fingerprint
from client.version import VERSION

BAD_CONFIGURATION = 78  # as sysexits.h calls it


def parser() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(prog="senim", description="The student's exam client.")
    arguments.add_argument(
        "--config", type=Path, metavar="FILE", help="institution.json (default: where it was installed)"
    )
    arguments.add_argument("--data", type=Path, metavar="DIR", help="where this person's data lies")
    arguments.add_argument("--language", choices=LANGUAGES, help="start in this language")
    arguments.add_argument(
        "--allow-root", action="store_true", help="for the demo and tests: the question page loses its sandbox"
    )
    arguments.add_argument("--check", action="store_true", help="is this computer ready for an exam? (no window)")
    arguments.add_argument("--unsent", action="store_true", help="name the recordings that were not delivered")
    arguments.add_argument("--everyone", action="store_true", help="with --unsent: of all people of this computer")
    arguments.add_argument("--keep", action="store_true", help="with --unsent: a delivery file of each beside it")
    arguments.add_argument("--running", action="store_true", help="who runs this installed program now?")
    arguments.add_argument("--reset", action="store_true", help="put a broken state in order; loses no recording")
    arguments.add_argument("--save", type=Path, metavar="DIR", help="with --reset: delivery files of what is unsent")
    arguments.add_argument("--login", help="with --check: send the result to the institution as this student")
    arguments.add_argument("--password-file", type=Path, metavar="FILE", help="with --login; without it you are asked")
    arguments.add_argument("--json", action="store_true", help="with --check, --unsent, --running: for programs")
    arguments.add_argument("--version", action="version", version=f"Senim {VERSION}")
    arguments.add_argument("--recorder", action="store_true", help=argparse.SUPPRESS)
    arguments.add_argument("--list-devices", choices=("cameras", "microphones"), help=argparse.SUPPRESS)
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    console.provide_streams()
    given = parser().parse_args(argv)
    use_one_thread(os.environ)
    if given.list_devices:
        from client.capture import devices

        with sound_places.out_of_home(os.environ, None):
            return devices.main([given.list_devices])
    try:
        return _care(given) if _is_care(given) else _start(given)
    except BadConfiguration as error:
        sys.stderr.write(f"senim: {error}\n")
        if not (_is_care(given) or given.recorder or given.check) and console.seen_by_nobody(os.environ):
            from client.ui.app import tell_bad_settings

            tell_bad_settings(str(error))
        return BAD_CONFIGURATION


def _start(given: argparse.Namespace) -> int:
    """Window, recorder or check. Raises ``BadConfiguration`` before anything of it runs."""
    settings = load_settings(given.config, given.data, given.language)
    # A look at the computer leaves nothing.
    with sound_places.out_of_home(os.environ, None if given.check else settings.data_dir / "sound"):
        if given.recorder:
            from client.recorder import run_recorder

            return run_recorder(settings, _qt_loop)
        if given.check:
            from client import place

            fault = place.fault(settings.data_dir)
            if fault:
                sys.stderr.write(f"senim: {fault}\n")
                return place.NO_PLACE
            return _check(settings, given)
        return _window(settings, given.allow_root)


def _is_care(given: argparse.Namespace) -> bool:
    return bool(given.unsent or given.running or given.reset)


def _care(given: argparse.Namespace) -> int:
    """What needs no configuration: it must work where the configuration is what is broken."""
    from client.check import reset, running, tell_unsent, unsent

    if given.running:
        return running.main(as_json=given.json)
    if given.unsent and given.everyone:
        return tell_unsent.main(unsent.everyones_data(), as_json=given.json, keep=given.keep)
    data = (given.data or default_data_dir(os.environ)).resolve()
    if given.reset:
        return reset.main(data, given.save)
    return tell_unsent.main([data], as_json=given.json, keep=given.keep)


def _check(settings: Settings, given: argparse.Namespace) -> int:
    """On systems whose screens come through Qt its loop runs here, as in the recorder."""
    from client.capture.choose import needs_qt_loop
    from client.check import readiness
    from client.check.sending import Student
    from client.recorder import real_workshop

    student = Student(given.login, _password(given.password_file)) if given.login else None
    workshop, codes = real_workshop(settings), []

    def words() -> readiness.CheckWords | None:
        try:
            from client.ui.check_words import CheckWords
        except ImportError:  # the window's libraries are missing: the codes are told all the same
            return None
        return CheckWords(settings)

    def check() -> int:
        return readiness.main(workshop, settings.config, student, as_json=given.json, words=words)

    if not needs_qt_loop():
        return check()
    work = threading.Thread(target=lambda: codes.append(check()), name="readiness")
    work.start()

    def ended(seconds: float) -> bool:
        work.join(seconds)
        return not work.is_alive()

    _qt_loop(ended)
    work.join()
    return codes[0] if codes else 1


def _password(file: Path | None) -> str:
    """Ends the program with a sentence where there is nobody to ask and no file to read."""
    if file is None:
        if not sys.stdin.isatty():
            raise SystemExit("senim: --login needs --password-file where nobody can be asked")
        return getpass.getpass("Password: ")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise SystemExit(f"senim: {file} cannot be read: {error}") from error


def load_settings(config: Path | None, data: Path | None, language: str | None) -> Settings:
    """Raises ``BadConfiguration``. A language given here counts for this run only.

    An installed program insists on the institution's signature; a file that somebody names may do without.
    """
    installed = config is None and bool(getattr(sys, "frozen", False))
    config = (config or find_config(os.environ, Path(sys.executable).parent)).resolve()
    settings = Settings.load(config, (data or default_data_dir(os.environ)).resolve())
    key = settings.config.verifying_key
    signed = check_signature(config, key, SessionClock().wall_iso()[:10], required=installed)
    settings = dataclasses.replace(settings, fingerprint=fingerprint(key), signed=signed.signed if signed else "")
    return settings.with_choice("language", language) if language else settings


def _window(settings: Settings, allow_root: bool) -> int:
    try:
        from client.ui.app import run
    except ImportError as error:
        from client.check.libraries import MISSING, explain

        sys.stderr.write(explain(error) + "\n")
        return MISSING
    from client.ui.recorder_pipe import recorder_command

    arguments = ["--config", str(settings.config_file), "--data", str(settings.data_dir)]
    return run(settings, recorder_command(arguments), allow_root=allow_root)


def _qt_loop(wait: Callable[[float], bool]) -> None:
    """The recorder's main thread where screens come through Qt: its loop, until the engine has ended."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication(["senim-recorder"])
    app.setQuitOnLastWindowClosed(False)
    timer = QTimer()
    timer.timeout.connect(lambda: app.quit() if wait(0.0) else None)
    timer.start(100)
    app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
