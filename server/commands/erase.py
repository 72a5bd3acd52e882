"""erase."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from server.admin import erasure, key_copy, periods
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.commands.common import Commands, Context, command, show
from server.retention import Hold, Kept

_LATER = "Backups made before still hold answers and pictures: remove them too."
_BACKUPS = "Seat keys that you copied yourself, and backups of the first version, still open these recordings."


def add(commands: Commands) -> None:
    erasing = command(
        commands,
        "erase",
        "erase what is past its time: recordings, answers, pictures; or one recording earlier",
        _erase,
    )
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
        found, own = erasure.plan(console), periods.plan(console)
        if chosen.session:
            one = erasure.find(console, chosen.session)
            found = erasure.Plan([] if one.erased else [one], [], found.unfinished)
            own = periods.Plan([], [], [], [])
            if one.erased and one not in found.unfinished:
                print(f"{one.session} was erased at {one.erased}", file=sys.stderr)
        _list(console, found, own, chosen.json)
        waiting = found.due or own.answers or own.references
        if chosen.dry_run or not (waiting or found.unfinished):
            return
        if waiting and not chosen.yes:
            _ask(console, found.due, own)
        for entry in found.unfinished:
            _told(entry, erasure.finish(console, entry))
        for entry in found.due:
            _told(entry, erasure.erase(console, entry, reason))
        _erase_own(console, own)
        erasure.empty_log(console)
        key_copy.update(console)
        mirrored = bool(console.settings.seat_key_copy)
    print(_LATER if mirrored else f"{_LATER} {_BACKUPS}", file=sys.stderr)


def _erase_own(console: Console, own: periods.Plan) -> None:
    for entry in own.answers:
        count = periods.erase_answers(console, entry)
        kept = "kept, a decision came in between" if count is None else f"answers erased, {count} versions"
        print(f"{entry.session}: {kept}", file=sys.stderr)
    for reference in own.references:
        periods.erase_reference(console, reference)
        print(f"{reference.login}: reference picture and template erased", file=sys.stderr)


def _list(console: Console, found: erasure.Plan, own: periods.Plan, as_json: bool) -> None:
    """What is erased, what is not and why; the list on standard output, everything else on standard error."""
    rows = [_row(console, entry, "begun, not finished") for entry in found.unfinished]
    rows += [_row(console, entry, str(entry.hold)) for entry in found.due]
    rows += [_row(console, entry, f"kept: {entry.note}") for entry in found.held]
    rows += [_answers_row(entry, "") for entry in own.answers]
    rows += [_answers_row(entry, f"kept: {entry.note}") for entry in own.held_answers]
    rows += [_reference_row(one) for one in [*own.references, *own.held_references]]
    show(rows, as_json)
    undecided = [entry for entry in found.held if entry.hold is not Hold.HELD]
    if undecided:
        print(f"{len(undecided)} past their retention wait for a verdict on the review site", file=sys.stderr)
    if len(found.held) > len(undecided):
        held = ", ".join(entry.session for entry in found.held if entry.hold is Hold.HELD)
        print(f"held by a person, see `holds`: {held}", file=sys.stderr)
    if not (found.due or found.unfinished or own.answers or own.references):
        print("nothing is to be erased", file=sys.stderr)


def _row(console: Console, entry: Kept, note: str) -> dict[str, Any]:
    return {
        "session": entry.session, "student": entry.student, "exam": entry.exam, "due": entry.due,
        "bytes": erasure.size_of(console, entry), "note": note, "what": "recording",
    }  # fmt: skip


def _answers_row(entry: Kept, note: str) -> dict[str, Any]:
    return {
        "session": entry.session, "student": entry.student, "exam": entry.exam, "due": entry.answers_due,
        "bytes": "", "note": note, "what": "answers",
    }  # fmt: skip


def _reference_row(one: periods.Reference) -> dict[str, Any]:
    return {
        "session": "", "student": one.login, "exam": "", "due": one.due, "bytes": "",
        "note": f"kept: {one.note}" if one.note else "", "what": "reference picture and template",
    }  # fmt: skip


def _ask(console: Console, entries: list[Kept], own: periods.Plan) -> None:
    """Raises ``CommandFailed`` unless a person at the terminal agrees."""
    if not sys.stdin.isatty():
        raise CommandFailed("nothing was erased: there is nobody to ask; give --yes")
    size = sum(erasure.size_of(console, entry) for entry in entries)
    undecided = "".join(f"\n  {entry.session}: {entry.hold}" for entry in entries if entry.hold)
    more = f", answers of {len(own.answers)} sessions, pictures of {len(own.references)} students"
    also = more if own.answers or own.references else ""
    question = f"Erase {len(entries)} recordings ({size / 1e6:.1f} MB){also} for good?{undecided}\nWrite yes: "
    if input(question).strip().lower() != "yes":
        raise CommandFailed("nothing was erased")


def _told(entry: Kept, size: int | None) -> None:
    if size is None:
        print(f"{entry.session}: kept, a decision came in between", file=sys.stderr)
    else:
        print(f"{entry.session}: erased, {size / 1e6:.1f} MB", file=sys.stderr)
