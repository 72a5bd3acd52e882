"""hold, release, holds, retention."""

from __future__ import annotations

import argparse

from server.admin import holds, periods
from server.commands.common import Commands, Context, command, show


def add(commands: Commands) -> None:
    holding = command(commands, "hold", "keep a session beyond its time: nothing of it is erased", _hold)
    releasing = command(commands, "release", "lift the hold on a session", _release)
    for parser in (holding, releasing):
        parser.add_argument("session")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="for the audit chain")
    listing = command(commands, "holds", "show which sessions are held, and why", _list)
    listing.add_argument("--all", action="store_true", help="those lifted too")
    listing.add_argument("--json", action="store_true")
    keeping = command(commands, "retention", "show or set how long recordings and answers are kept", _retention)
    keeping.add_argument("exam")
    keeping.add_argument("--recording-days", type=int, metavar="DAYS", help="after the hand-in")
    keeping.add_argument("--answers-days", type=int, metavar="DAYS", help="after the hand-in; 0: no period")
    keeping.add_argument("--json", action="store_true")


def _hold(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        holds.hold(console, chosen.session, chosen.reason)
    print(f"{chosen.session} is held: nothing of it is erased until `release`")


def _release(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        count = holds.release(console, chosen.session, chosen.reason)
    print(f"{chosen.session}: {count} holds lifted; its periods count again")


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(holds.listed(console, chosen.all), chosen.json)


def _retention(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        if chosen.recording_days is not None:
            periods.set_recording(console, chosen.exam, chosen.recording_days)
        if chosen.answers_days is not None:
            periods.set_answers(console, chosen.exam, chosen.answers_days)
        show([periods.shown(console, chosen.exam)], chosen.json)
