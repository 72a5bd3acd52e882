"""import-exam, exams, schedule, codes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.admin import exams, forecast, key_copy, seat_keys
from server.admin.errors import CommandFailed
from server.commands.common import Commands, Context, command, configuration_key, logins, show
from server.settings import LANGUAGES


def add(commands: Commands) -> None:
    importing = command(commands, "import-exam", "read an exam from Moodle XML", _import)
    importing.add_argument("file", type=Path)
    importing.add_argument("--id", required=True, help="a short name: small letters, digits and -")
    importing.add_argument("--title", required=True)
    importing.add_argument("--language", choices=LANGUAGES, default="en", help="of the words for true and false")
    importing.add_argument("--shuffle-questions", action="store_true")
    importing.add_argument("--rehearsal", action="store_true", help="a practice exam")
    listing = command(commands, "exams", "show all exams", _list)
    listing.add_argument("--json", action="store_true")
    _add_schedule(commands)

    codes = command(commands, "codes", "make one-time sign-in codes for an exam's students", _codes)
    codes.add_argument("--exam", required=True)
    codes.add_argument("--students", default="all", help="all, or logins with commas between")
    codes.add_argument("--valid-hours", type=int, default=24)
    codes.add_argument("--json", action="store_true")


def _add_schedule(commands: Commands) -> None:
    parser = command(commands, "schedule", "give students a seat in an exam", _schedule)
    parser.add_argument("--exam", required=True)
    parser.add_argument("--students", default="all", help="all, or logins with commas between")
    parser.add_argument("--opens", required=True, metavar="TIME", help="2026-01-31T09:00+05:00, now, now+30m, now+2d")
    parser.add_argument("--closes", required=True, metavar="TIME")
    parser.add_argument("--minutes", type=int, required=True, help="working time")
    parser.add_argument(
        "--extra", action="append", default=[], metavar="LOGIN=MINUTES", help="more time for one student"
    )
    parser.add_argument("--streams", default="screen-1,camera,sound", help="what must be recorded")
    parser.add_argument("--kept-days", type=int, default=180, help="how long the recording is kept")
    parser.add_argument("--simulated-camera", metavar="URL", help="allow a stand-in camera at this address")
    parser.add_argument("--simulated-microphone", action="store_true", help="allow a stand-in microphone")
    parser.add_argument("--spares", type=int, default=0, metavar="N", help="so many seat keys more, for late students")
    parser.add_argument("--configuration-passphrase-file", type=Path, metavar="FILE")


def _import(context: Context, chosen: argparse.Namespace) -> None:
    wanted = exams.ExamWanted(chosen.id, chosen.title, chosen.language, chosen.shuffle_questions, chosen.rehearsal)
    with context.console() as console:
        count, remarks = exams.import_exam(console, chosen.file, wanted)
    print(f"{chosen.id}: {count} questions imported")
    for remark in remarks:
        print(f"{remark.kind}: {remark.question}: {remark.text}", file=sys.stderr)


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(exams.list_exams(console), chosen.json)


def _schedule(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        plan = exams.Schedule(
            exam=chosen.exam,
            opens=exams.moment(console, chosen.opens),
            closes=exams.moment(console, chosen.closes),
            minutes=chosen.minutes,
            extra=_extra(chosen.extra),
            streams=[entry.strip() for entry in chosen.streams.split(",") if entry.strip()],
            kept_days=chosen.kept_days,
            simulated_camera=chosen.simulated_camera,
            simulated_microphone=chosen.simulated_microphone,
        )
        given = chosen.configuration_passphrase_file is not None or context.configuration_passphrase is not None
        key = configuration_key(context, chosen) if given else None
        seated = exams.schedule(console, plan, logins(chosen), key, chosen.spares)
        free = len(seat_keys.spare(console))
        key_copy.update(console)
        room = forecast.forecast(console, chosen.exam)
    print(f"{len(seated)} seats in {chosen.exam}: {', '.join(seated)}; {free} seat keys to spare")
    if not room.fits:
        print(f"server: the disk is too small: {room.to_text()}", file=sys.stderr)


def _extra(entries: list[str]) -> dict[str, int]:
    found = {}
    for entry in entries:
        login, _, minutes = entry.partition("=")
        if not minutes.isdigit():
            raise CommandFailed(f"--extra {entry!r}: write LOGIN=MINUTES")
        found[login.strip().lower()] = int(minutes)
    return found


def _codes(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(exams.make_codes(console, chosen.exam, logins(chosen), chosen.valid_hours), chosen.json)
