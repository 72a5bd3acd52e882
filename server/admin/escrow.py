"""The escrow key: made, split among several people, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence import age
from server.admin import key_holders, shares
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import create_file
from server.admin.institution import MIN_PASSPHRASE
from server.admin.key_holders import ESCROW, Holder
from server.admin.shares import Given


@dataclass(frozen=True)
class Splitting:
    """Any ``threshold`` of ``count`` shares, written into the folder ``out``."""

    threshold: int
    count: int
    out: Path


def new_holder(console: Console, identity: age.Identity) -> Holder:
    return Holder(ESCROW, ESCROW, identity.recipient, console.now())


def write_whole(identity: age.Identity, file: Path, passphrase: str) -> None:
    """The key in one file under a passphrase. Raises ``CommandFailed``."""
    check_passphrase(passphrase, "escrow")
    _create(file, age.encrypt_with_passphrase(identity.text.encode() + b"\n", passphrase))


def write_shares(console: Console, identity: age.Identity, plan: Splitting) -> list[Path]:
    """One file a share; read back before this returns. Raises ``CommandFailed``."""
    made = shares.split(identity.secret, plan.threshold, plan.count)
    name = console.settings.name.replace("\n", " ")
    files = [plan.out / f"escrow-share-{n}-of-{plan.count}.txt" for n in range(1, plan.count + 1)]
    taken = [file for file in files if file.exists()]
    if taken:
        raise CommandFailed(f"{taken[0]} is there already: shares of another splitting do not go with new ones")
    try:
        plan.out.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CommandFailed(f"{plan.out} cannot be made: {error}") from error
    for n, (file, share) in enumerate(zip(files, made, strict=True), 1):
        head = (
            f"# Share {n} of {plan.count} of the escrow key of: {name}\n"
            f"# Any {plan.threshold} of them together open every recording. Keep it offline, apart from the others.\n"
            f"# Made {console.now()}; fingerprint of the key {key_holders.fingerprint(identity.recipient)}\n"
        )
        _create(file, (head + shares.text_of(share)).encode("utf-8"))
    if shares.combine(read_files(files)) != identity.secret:
        raise CommandFailed("the shares, read back from the disk, do not give the key; nothing was changed")
    details = {"threshold": plan.threshold, "shares": plan.count}
    console.database.write(lambda connection: console.audit(connection, "keys-split", ESCROW, details))
    return files


def read_files(files: Sequence[Path]) -> list[Given]:
    """Raises ``CommandFailed``."""
    found = []
    for file in files:
        try:
            found.append(Given(file.name, file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandFailed(f"{file} cannot be read: {error}") from error
    return found


def from_shares(console: Console, files: Sequence[Path]) -> age.Identity:
    """The escrow key in force. Raises ``CommandFailed`` also if the shares are whole but those of another key."""
    return _in_force(console, age.identity_from_secret(shares.combine(read_files(files))), "the shares make a key")


def from_file(console: Console, file: Path, passphrase: str) -> age.Identity:
    """The escrow key in force, kept in one file. Raises ``CommandFailed``."""
    return _in_force(console, key_holders.open_identity(file, passphrase, "escrow key"), f"{file} holds a key")


def _in_force(console: Console, identity: age.Identity, what: str) -> age.Identity:
    escrow = key_holders.escrow_of(key_holders.read(console.settings.folder))
    if identity.recipient != escrow.recipient:
        found = key_holders.fingerprint(identity.recipient)
        raise CommandFailed(f"{what} ({found}), but not the escrow key in force ({escrow.fingerprint}): an earlier one")
    return identity


def check_passphrase(passphrase: str, name: str) -> None:
    """Raises ``CommandFailed``."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise CommandFailed(f"the {name} passphrase must have at least {MIN_PASSPHRASE} characters")


def _create(file: Path, content: bytes) -> None:
    try:
        create_file(file, content)
    except FileExistsError:
        raise CommandFailed(f"{file} is there already") from None
    except OSError as error:
        raise CommandFailed(f"{file} cannot be written: {error}") from error
