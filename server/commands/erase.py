"""erase."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from server.admin import erasure
from server.admin.console import Console
from server.admin.institution import CommandFailed
from server.commands.common import Context, command, show
from server.retention import Kept

_BACKUPS = "Backups made before still hold these recordings and their keys: remove them too."


def add(commands: Any) -> None:
    erasing = command(commands, "erase", "erase recordings whose retention is over, or one before its time", _erase)
    which = erasing.add_mutually_exclusive_group()
    which.add_argument("--due", action="store_true", help="all that are past their retention (the default)")
    which.add_argument("--session", metavar="ID", help="this one, before its time; needs --reason")
    erasing.add_argument("--reason", default="", metavar="TEXT", help="why, for the audit chain and the review site")
    erasing.add_argument("--dry-run", action="store_true", help="only list")
    erasing.add_argument("--yes", action="store_true", help="do not ask")
    erasing.add_argument("--json", action="store_true")


def _erase(context: Context, chosen: argparse.Namespace) -> None:
    reason = chosen.reason.strip()
    if bool(chosen.session) != bool(reason):
        raise CommandFailed("--session and --reason belong together")
    with context.console() as console:
        found = erasure.plan(console)
        if chosen.session:
            one = erasure.find(console, chosen.session)
            found = erasure.Plan([] if one.erased else [one], [], found.unfinished)
            if one.erased and one not in found.unfinished:
                print(f"{one.session} was erased at {one.erased}", file=sys.stderr)
        _list(console, found, chosen.json)
        if chosen.dry_run or not (found.due or found.unfinished):
            return
        if found.due and not chosen.yes:
            _ask(console, found.due)
        for entry in found.unfinished:
            _told(entry, erasure.finish(console, entry))
        for entry in found.due:
            _told(entry, erasure.erase(console, entry, reason))
        erasure.empty_log(console)
    print(_BACKUPS, file=sys.stderr)


def _list(console: Console, found: erasure.Plan, as_json: bool) -> None:
    """What is erased, what is not and why; the list on standard output, everything else on standard error."""
    rows = [_row(console, entry, "begun, not finished") for entry in found.unfinished]
    rows += [_row(console, entry, str(entry.hold)) for entry in found.due]
    rows += [_row(console, entry, f"kept: {entry.hold}") for entry in found.held]
    show(rows, as_json)
    if found.held:
        print(f"{len(found.held)} past their retention wait for a verdict on the review site", file=sys.stderr)
    if not (found.due or found.unfinished):
        print("nothing is to be erased", file=sys.stderr)


def _row(console: Console, entry: Kept, note: str) -> dict[str, Any]:
    return {
        "session": entry.session, "student": entry.student, "exam": entry.exam, "due": entry.due,
        "bytes": erasure.size_of(console, entry), "note": note,
    }  # fmt: skip


def _ask(console: Console, entries: list[Kept]) -> None:
    """Raises ``CommandFailed`` unless a person at the terminal agrees."""
    if not sys.stdin.isatty():
        raise CommandFailed("nothing was erased: there is nobody to ask; give --yes")
    size = sum(erasure.size_of(console, entry) for entry in entries)
    undecided = "".join(f"\n  {entry.session}: {entry.hold}" for entry in entries if entry.hold)
    question = f"Erase {len(entries)} recordings ({size / 1e6:.1f} MB) for good?{undecided}\nWrite yes: "
    if input(question).strip().lower() != "yes":
        raise CommandFailed("nothing was erased")


def _told(entry: Kept, size: int | None) -> None:
    if size is None:
        print(f"{entry.session}: kept, a decision came in between", file=sys.stderr)
    else:
        print(f"{entry.session}: erased, {size / 1e6:.1f} MB", file=sys.stderr)
