"""rooms, updates, exam-weeks: what computers are told before an exam, and what they tell."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from server.admin import rooms, updates
from server.commands.common import Commands, Context, command, configuration_key, show


def add(commands: Commands) -> None:
    _add_rooms(command(commands, "rooms", "computer rooms that report whether their computers are ready", _rooms))
    _add_updates(command(commands, "updates", "the version that students' computers should have", _updates))
    _add_weeks(command(commands, "exam-weeks", "days on which nobody is told of a new version", _weeks))


def _add_rooms(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(json=False)
    verbs = parser.add_subparsers(metavar="VERB")
    command(verbs, "list", "show the rooms", _rooms).add_argument("--json", action="store_true")
    setting = command(verbs, "set", "make a room, or give it other computers", _set_room)
    setting.add_argument("name")
    setting.add_argument("machines", nargs="+", metavar="COMPUTER", help="its name on the network; k204-{01..20} is 20")
    command(verbs, "remove", "with its reports; its token opens nothing any more", _remove_room).add_argument("name")
    showing = command(verbs, "show", "names and tokens for institution.toml of the rooms' packages", _show_rooms)
    showing.add_argument("--json", action="store_true", help="as institution.json has it")


def _add_updates(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(json=False)
    verbs = parser.add_subparsers(metavar="VERB")
    command(verbs, "list", "show every notice", _updates).add_argument("--json", action="store_true")
    publishing = command(verbs, "publish", "pin a version: sign its notice with the configuration key", _publish)
    publishing.add_argument("folder", type=Path, help="packages with SHA256SUMS and its signature")
    publishing.add_argument("--version", required=True, help="0.2.0")
    publishing.add_argument("--where", default="", metavar="ADDRESS", help="https://… or a path on this server; "
                            "without it students read that the institution installs it")  # fmt: skip
    publishing.add_argument("--downgrade-from", action="append", default=[], metavar="VERSION",
                            help="a newer version that this one takes the place of; may be repeated")  # fmt: skip
    publishing.add_argument("--configuration-passphrase-file", type=Path, metavar="FILE")
    command(verbs, "withdraw", "take the newest notice back", _withdraw)


def _add_weeks(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(json=False)
    verbs = parser.add_subparsers(metavar="VERB")
    command(verbs, "list", "show the marked days", _weeks).add_argument("--json", action="store_true")
    marking = command(verbs, "mark", "mark days, both included", _mark)
    marking.add_argument("first", metavar="DAY", help="2027-01-11")
    marking.add_argument("last", metavar="DAY")
    marking.add_argument("--note", default="", metavar="TEXT", help="shown on the site")
    command(verbs, "remove", "the days that begin on DAY", _unmark).add_argument("first", metavar="DAY")


def _rooms(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(rooms.listed(console), chosen.json)


def _set_room(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        made = rooms.set_room(console, chosen.name, chosen.machines)
    count = len(made.machines)
    many = f"{count} computer" if count == 1 else f"{count} computers"
    print(f"{made.name}: {many}; `rooms show` prints what their packages need")


def _remove_room(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        rooms.remove(console, chosen.name)
    print(f"{chosen.name} is gone; its computers report no more")


def _show_rooms(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        found = rooms.for_clients(console)
    print(json.dumps(found, ensure_ascii=False, indent=2) if chosen.json else rooms.as_toml(found))


def _updates(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(updates.listed(console), chosen.json)


def _publish(context: Context, chosen: argparse.Namespace) -> None:
    wanted = updates.Wanted(chosen.folder, chosen.version, chosen.where, chosen.downgrade_from)
    with context.console() as console:
        release = updates.publish(console, configuration_key(context, chosen), wanted)
    for one in release.packages:
        print(f"{one.sha256}  {one.file}  ({one.system})")
    print(f"Version {release.version} is pinned; clients are told of it, but not in an exam week.")


def _withdraw(context: Context, _chosen: argparse.Namespace) -> None:
    with context.console() as console:
        print(f"the notice of {updates.withdraw(console).version} is withdrawn")


def _weeks(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(updates.weeks(console), chosen.json)


def _mark(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        updates.mark_week(console, chosen.first, chosen.last, chosen.note)
    print(f"{chosen.first} to {chosen.last}: nobody is told of a new version")


def _unmark(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        updates.unmark_week(console, chosen.first)
    print(f"the exam week from {chosen.first} is not marked any more")
