"""keys make-escrow, split, check-shares, recover: the escrow key and its shares."""

from __future__ import annotations

import argparse
from pathlib import Path

from evidence import age
from server.admin import escrow, key_holders, resealing, seat_keys
from server.admin.errors import CommandFailed
from server.admin.escrow import Splitting
from server.admin.key_holders import ESCROW
from server.commands.common import Commands, Context, command, secret
from server.commands.key_options import add_openers, new_name, new_review, openers, told


def add(verbs: Commands) -> None:
    making = command(verbs, "make-escrow", "another escrow key instead of the one in force", _make_escrow)
    making.add_argument("--threshold", type=int, metavar="K", help="so many shares open it")
    making.add_argument("--count", type=int, metavar="N", help="so many shares are made")
    making.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the shares; without: one file")
    making.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="of the one file, without shares")
    add_openers(making)
    splitting = command(verbs, "split", "split the escrow key, which lies in one file, into shares", _split)
    splitting.add_argument("file", type=Path)
    splitting.add_argument("--threshold", type=int, required=True, metavar="K", help="so many shares open it")
    splitting.add_argument("--count", type=int, required=True, metavar="N", help="so many shares are made")
    splitting.add_argument("--out", type=Path, required=True, metavar="DIR")
    splitting.add_argument("--escrow-passphrase-file", type=Path, metavar="FILE")
    splitting.add_argument("--remove", action="store_true", help="then remove the file: only the shares are left")
    drilling = command(verbs, "check-shares", "a drill: do these shares open the seat keys? changes nothing", _drill)
    drilling.add_argument("share", type=Path, nargs="+")
    recovering = command(verbs, "recover", "a lost review key: shares of the escrow let a new one open all", _recover)
    recovering.add_argument("share", type=Path, nargs="+")
    recovering.add_argument("--new", required=True, metavar="NAME", help="name of the new review key")
    recovering.add_argument("--lost", action="append", default=[], metavar="NAME", help="the lost one: taken out")
    recovering.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="passphrase of the new key")


def _make_escrow(context: Context, chosen: argparse.Namespace) -> int:
    if (chosen.threshold is None) != (chosen.count is None):
        raise CommandFailed("--threshold and --count belong together")
    with context.console() as console:
        opening = openers(context, console, chosen)
        identity = age.generate_identity()
        if chosen.count is not None:
            files = escrow.write_shares(console, identity, Splitting(chosen.threshold, chosen.count, chosen.out))
        else:
            passphrase = secret(chosen.new_passphrase_file, None, "New passphrase of the escrow key", confirm=True)
            files = [chosen.out]
            escrow.write_whole(identity, chosen.out, passphrase)
        holder = escrow.new_holder(console, identity)
        code = told(console, resealing.change(console, opening, add=[holder], drop=[ESCROW]))
    _hand_out(files, chosen.threshold)
    return code


def _split(context: Context, chosen: argparse.Namespace) -> None:
    passphrase = secret(chosen.escrow_passphrase_file, None, "Passphrase of the escrow key")
    with context.console() as console:
        identity = escrow.from_file(console, chosen.file, passphrase)
        files = escrow.write_shares(console, identity, Splitting(chosen.threshold, chosen.count, chosen.out))
    if chosen.remove:
        chosen.file.unlink()
        print(f"{chosen.file} removed")
    _hand_out(files, chosen.threshold)


def _hand_out(files: list[Path], threshold: int | None) -> None:
    for file in files:
        print(file)
    if threshold is None:
        print("Move it to a place without a network: it opens every recording.")
    else:
        print(f"Give each to another person, on paper or a stick, and remove the files: {threshold} together open all.")


def _drill(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        identity = escrow.from_shares(console, chosen.share)
        tried = [entry["seat"] for entry in seat_keys.listed(console)]
        there = [seat for seat in tried if console.settings.folder.seat_identity(seat).exists()]
        for seat in there:
            resealing.open_seat(console, seat, [identity])
        details = {"shares": len(chosen.share), "seats": len(there)}
        console.database.write(lambda connection: console.audit(connection, "keys-drill", ESCROW, details))
    print(f"These shares are the escrow key: they open all {len(there)} seat keys. Nothing was changed.")


def _recover(context: Context, chosen: argparse.Namespace) -> int:
    with context.console() as console:
        identity = escrow.from_shares(console, chosen.share)
        name = new_name(console, chosen.new)
        for lost in chosen.lost:
            if key_holders.find(key_holders.read(console.settings.folder), lost).role == ESCROW:
                raise CommandFailed("the escrow key is not lost: its shares are here")
        holder = new_review(console, name, chosen.new_passphrase_file)
        return told(console, resealing.change(console, [identity], add=[holder], drop=chosen.lost))
