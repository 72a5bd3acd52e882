"""What the verbs of ``keys`` share: which key opens the seat keys (a review key under its passphrase, the escrow's
shares, the escrow in one file), making a review key, and what is said afterwards."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence import age
from server.admin import escrow, key_holders
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import create_file
from server.admin.key_holders import ESCROW, REVIEW, Holder
from server.admin.resealing import Resealed
from server.commands.common import Context, secret


def add_openers(parser: argparse.ArgumentParser) -> None:
    """Options that ``openers`` reads."""
    group = parser.add_argument_group("what opens the seat keys", "a review key if nothing is said")
    group.add_argument("--open-with", metavar="NAME", help="this review key, which lies on this machine")
    group.add_argument("--review-passphrase-file", type=Path, metavar="FILE", help="its passphrase")
    group.add_argument("--shares", type=Path, nargs="+", metavar="FILE", help="shares of the escrow key")
    group.add_argument("--escrow", type=Path, metavar="FILE", help="the escrow key in one file")
    group.add_argument("--escrow-passphrase-file", type=Path, metavar="FILE", help="its passphrase")


def openers(context: Context, console: Console, chosen: argparse.Namespace) -> list[age.Identity]:
    """Raises ``CommandFailed`` with what is wrong with the passphrase, the share or the file."""
    if chosen.shares:
        return [escrow.from_shares(console, chosen.shares)]
    if chosen.escrow is not None:
        passphrase = secret(chosen.escrow_passphrase_file, None, "Passphrase of the escrow key")
        return [escrow.from_file(console, chosen.escrow, passphrase)]
    folder = console.settings.folder
    name = key_holders.serving_name(folder, chosen.open_with)
    passphrase = secret(chosen.review_passphrase_file, context.review_passphrase, f"Passphrase of the key {name!r}")
    return [key_holders.open_review(folder, name, passphrase)]


def new_name(console: Console, name: str) -> str:
    """Raises ``CommandFailed`` for a name that is taken."""
    key_holders.check_name(name)
    if name == ESCROW or name in [one.name for one in key_holders.read(console.settings.folder)]:
        raise CommandFailed(f"there is a key {name!r} already")
    return name


def new_review(console: Console, name: str, passphrase_file: Path | None) -> Holder:
    """A new review key whose private half lies on this machine under a passphrase."""
    passphrase = secret(passphrase_file, None, f"New passphrase of the key {name!r}", confirm=True)
    escrow.check_passphrase(passphrase, name)
    identity = age.generate_identity()
    file = key_holders.review_file(console.settings.folder, name)
    if file.exists():  # it was taken out, or its making was interrupted: it opens nothing
        file.unlink()
    create_file(file, age.encrypt_with_passphrase(identity.text.encode() + b"\n", passphrase))
    return Holder(REVIEW, name, identity.recipient, console.now())


def told(console: Console, done: Resealed) -> int:
    """Says what was done. Exit code 1 if something could not be opened."""
    names = ", ".join(one.name for one in key_holders.read(console.settings.folder))
    earlier = f" ({done.before} by the run before)" if done.before else ""
    print(f"Sealed anew: {done.seats} seat keys, {done.pictures} reference pictures{earlier}. They open with: {names}")
    for name in done.unopened[:20]:
        print(f"server: {name}: not opened by the key given; left as it was", file=sys.stderr)
    if done.unopened:
        print(f"server: {len(done.unopened)} not opened: run `keys reseal` with another key", file=sys.stderr)
        return 1
    print("Start `serve` again: it holds in memory what it opened before.")
    return 0
