"""sessions, message, export, backup, restore, forecast."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from server.admin import backup, forecast, key_copy, sessions, student_copy
from server.admin.errors import CommandFailed
from server.commands.common import Commands, Context, command, secret, show
from server.commands.key_options import add_openers, openers
from server.schema import NOTICE_KINDS


def add(commands: Commands) -> None:
    listing = command(commands, "sessions", "show sessions", _list)
    listing.add_argument("--exam")
    listing.add_argument("--json", action="store_true")

    message = command(commands, "message", "write to a running session or to a whole exam", _message)
    to = message.add_mutually_exclusive_group(required=True)
    to.add_argument("--session")
    to.add_argument("--exam")
    message.add_argument("--text", required=True)
    message.add_argument("--kind", choices=NOTICE_KINDS, default="info")
    message.add_argument("--minutes", type=int, default=0, help="with kind time_added")

    exporting = command(commands, "export", "write a session's sealed recording into one file", _export)
    exporting.add_argument("session")
    exporting.add_argument("file", type=Path)

    exporting.add_argument("--for-student", action="store_true", help="with its key, sealed to the student alone")
    exporting.add_argument("--passphrase-file", type=Path, metavar="FILE", help="the passphrase the student chose")
    exporting.add_argument("--recipient", metavar="age1…", help="or the age key the student named")
    add_openers(exporting)

    keeping = command(commands, "backup", "write everything but the seat keys into one file, while running", _backup)
    keeping.add_argument("file", type=Path)
    which = keeping.add_mutually_exclusive_group()
    which.add_argument("--seat-keys", type=Path, metavar="DIR", help="their copy (default: seat_key_copy in settings)")
    which.add_argument("--without-seat-keys", action="store_true", help="they are copied in another way")

    restoring = command(commands, "restore", "make the data folder from a backup", _restore)
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--seat-keys", type=Path, metavar="DIR", help="the copy of the seat keys")

    planning = command(commands, "forecast", "will the recordings of an exam fit on the disk?", _forecast)
    planning.add_argument("exam")
    planning.add_argument("--json", action="store_true")


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        rows = sessions.listed(console, chosen.exam)
    if not chosen.json:
        for row in rows:
            claimed = row.pop("coverage_claimed") or {}
            row.pop("coverage_opened")
            row["coverage"] = " ".join(f"{stream}={found['ratio']:.3f}" for stream, found in sorted(claimed.items()))
    show(rows, chosen.json)


def _message(context: Context, chosen: argparse.Namespace) -> None:
    wanted = sessions.Message(chosen.exam, chosen.session, chosen.kind, chosen.text, chosen.minutes)
    with context.console() as console:
        print(sessions.send(console, wanted))


def _export(context: Context, chosen: argparse.Namespace) -> None:
    if not chosen.for_student:
        if chosen.passphrase_file or chosen.recipient:
            raise CommandFailed("--passphrase-file and --recipient go with --for-student")
        with context.console() as console:
            sessions.export(console, chosen.session, chosen.file)
        print(chosen.file)
        return
    with context.console() as console:
        student = _student(chosen)
        key = student_copy.write(console, chosen.session, chosen.file, openers(context, console, chosen), student)
    print(f"{chosen.file}\n{key}\nGive the student both, and the institution's verifying key to check them with.")


def _student(chosen: argparse.Namespace) -> student_copy.Student:
    if (chosen.passphrase_file is None) == (chosen.recipient is None):
        raise CommandFailed("--for-student: give either --passphrase-file or --recipient")
    if chosen.recipient is not None:
        return student_copy.with_recipient(chosen.recipient)
    return student_copy.with_passphrase(secret(chosen.passphrase_file, None, "Passphrase of the student"))


def _backup(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        copied = None if chosen.without_seat_keys else key_copy.update(console, chosen.seat_keys)
        if copied is None and not chosen.without_seat_keys:
            raise CommandFailed(
                "a backup holds no seat keys, and without them no recording opens: name the folder of their copy with "
                "--seat-keys DIR or as seat_key_copy in settings.toml (another disk), or say --without-seat-keys"
            )
        size = backup.backup(console, chosen.file)
    print(f"{chosen.file}: {size / 1e6:.1f} MB")
    if copied is not None:
        print(f"{copied.folder}: {copied.held} seat keys")


def _restore(context: Context, chosen: argparse.Namespace) -> None:
    print(backup.restore(chosen.file, context.root))
    with context.console() as console:
        if chosen.seat_keys is not None:
            print(f"{key_copy.put_back(console, chosen.seat_keys)} seat keys put back")
        missing = key_copy.missing(console)
    if missing:
        text = "seat keys are not here (destroyed since, or not put back with `keys restore DIR`): they open nothing"
        print(f"server: {len(missing)} {text}", file=sys.stderr)


def _forecast(context: Context, chosen: argparse.Namespace) -> int:
    """Exit code 1 if it does not fit."""
    with context.console() as console:
        found = forecast.forecast(console, chosen.exam)
    if chosen.json:
        print(json.dumps(found.to_json()))
    else:
        print(found.to_text())
    return 0 if found.fits else 1
