"""keys: seat keys, who can open them, the client's configuration; the escrow's verbs lie beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence import age
from server.admin import client_configuration, key_copy, key_holders, resealing, seat_keys
from server.admin.errors import CommandFailed
from server.admin.key_holders import ESCROW, REVIEW, Holder
from server.commands import escrow_keys
from server.commands.common import Commands, Context, command, configuration_key, show
from server.commands.key_options import add_openers, new_name, new_review, openers, told


def add(commands: Commands) -> None:
    keys = command(commands, "keys", "seat keys, who can open them, the escrow", _list)
    keys.set_defaults(json=False)
    verbs = keys.add_subparsers(metavar="VERB")
    making = command(verbs, "make", "make spare seats ahead, with the configuration key", _make)
    making.add_argument("--count", type=int, required=True)
    making.add_argument("--configuration-passphrase-file", type=Path, metavar="FILE")
    command(verbs, "list", "show all seat keys and check them", _list).add_argument("--json", action="store_true")
    copying = command(verbs, "copy", "bring the copy of the seat keys on another disk in line", _copy)
    copying.add_argument("folder", type=Path, nargs="?", help="default: seat_key_copy of settings.toml")
    restoring = command(verbs, "restore", "put seat keys back from their copy", _restore)
    restoring.add_argument("folder", type=Path)
    _add_holders(verbs)
    escrow_keys.add(verbs)
    signing = command(verbs, "sign-configuration", "write institution.json from settings.toml and sign it", _sign)
    signing.add_argument("--configuration-passphrase-file", type=Path, metavar="FILE")
    signing.add_argument("--expires", metavar="DAY", help="2027-09-01: clients refuse it afterwards")
    signing.add_argument("--rooms", action="store_true", help="for computer rooms: with the tokens they report with")


def _add_holders(verbs: Commands) -> None:
    listing = command(verbs, "holders", "show who can open recordings", _holders)
    listing.add_argument("--json", action="store_true")
    adding = command(verbs, "add-review", "let another review key open everything, old recordings too", _add_review)
    adding.add_argument("name")
    adding.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="passphrase of the new key")
    adding.add_argument("--recipient", metavar="age1pq…", help="of a key made elsewhere, whose owner keeps it")
    add_openers(adding)
    removing = command(verbs, "remove", "take a review key out: it opens nothing any more on this machine", _remove)
    removing.add_argument("name")
    add_openers(removing)
    add_openers(command(verbs, "reseal", "finish what an interrupted change of keys left", _reseal))


# ---- seat keys


def _make(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        made = seat_keys.make(console, configuration_key(context, chosen), chosen.count)
        print(f"{len(made)} seat keys made")
        key_copy.update(console)


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show([{**entry, "exam": entry["exam"] or "(spare)"} for entry in seat_keys.listed(console)], chosen.json)


def _copy(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        done = key_copy.update(console, chosen.folder)
    if done is None:
        raise CommandFailed("say which folder, or set seat_key_copy in settings.toml")
    print(f"{done.folder}: {done.held} seat keys; {done.written} written, {done.destroyed} destroyed")


def _restore(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        count = key_copy.put_back(console, chosen.folder)
        missing = key_copy.missing(console)
    print(f"{count} seat keys put back; {len(missing)} still missing")


# ---- who can open


def _holders(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        folder = console.settings.folder
        here, escrow = key_holders.review_files(folder), folder.escrow_identity.exists()
        rows = [
            {
                "name": one.name, "role": one.role, "since": one.since, "fingerprint": one.fingerprint,
                "here": "yes" if one.name in here or (one.role == ESCROW and escrow) else "no",
            }
            for one in key_holders.read(folder)
        ]  # fmt: skip
        show(rows, chosen.json)
        if resealing.is_unfinished(console):
            print("A change of keys was interrupted: run `keys reseal`.", file=sys.stderr)


def _add_review(context: Context, chosen: argparse.Namespace) -> int:
    with context.console() as console:
        name = new_name(console, chosen.name)
        opening = openers(context, console, chosen)
        if chosen.recipient is not None:
            holder = Holder(REVIEW, name, _recipient(chosen.recipient), console.now())
        else:
            holder = new_review(console, name, chosen.new_passphrase_file)
        return told(console, resealing.change(console, opening, add=[holder]))


def _remove(context: Context, chosen: argparse.Namespace) -> int:
    with context.console() as console:
        if key_holders.find(key_holders.read(console.settings.folder), chosen.name).role == ESCROW:
            raise CommandFailed("the escrow key is replaced with `keys make-escrow`, not taken out")
        done = resealing.change(console, openers(context, console, chosen), drop=[chosen.name])
        code = told(console, done)
    print("Its owner still opens copies made before: old seat key copies, and backups of the first version.")
    return code


def _reseal(context: Context, chosen: argparse.Namespace) -> int:
    with context.console() as console:
        return told(console, resealing.reseal(console, openers(context, console, chosen)))


def _recipient(text: str) -> age.Recipient:
    try:
        return age.parse_recipient(text.strip())
    except age.AgeError as error:
        raise CommandFailed(f"not an age recipient: {error}") from error


# ---- the client's configuration


def _sign(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        key = configuration_key(context, chosen)
        files = client_configuration.write_signed(console, key, chosen.expires, with_rooms=chosen.rooms)
    print("Give clients: " + ", ".join(str(file) for file in files))
