"""What every command is given, and how secrets are asked for."""

from __future__ import annotations

import argparse
import csv
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from evidence.signing import SigningKey
from server import settings
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.admin.institution_keys import open_configuration_key
from server.clock import Clock

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # what ``add_subparsers`` gives
Run = Callable[["Context", argparse.Namespace], int | None]


@dataclass(frozen=True)
class Context:
    root: Path
    clock: Clock
    who: str
    configuration_passphrase: str | None
    review_passphrase: str | None

    def console(self) -> AbstractContextManager[Console]:
        return opened(self.root, self.clock, self.who)


def command(
    commands: Commands, name: str, help_text: str, run: Run, *, hidden: bool = False
) -> argparse.ArgumentParser:
    extra: dict[str, Any] = {} if hidden else {"help": help_text}
    parser = commands.add_parser(name, description=help_text, **extra)
    parser.set_defaults(run=run)
    return parser


def secret(file: Path | None, given: str | None, prompt: str, *, confirm: bool = False) -> str:
    """A passphrase or password: from ``file``, else ``given`` (the environment), else asked for at a terminal."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandFailed(f"{file} cannot be read: {error}") from error
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CommandFailed(f"{prompt}: give it in a file, there is nobody to ask")
    entered = getpass.getpass(f"{prompt}: ")
    if confirm and getpass.getpass("The same again: ") != entered:
        raise CommandFailed("the two were not the same")
    return entered


def configuration_key(context: Context, chosen: argparse.Namespace) -> SigningKey:
    """From ``--configuration-passphrase-file``, the environment or the terminal. Raises ``CommandFailed``."""
    passphrase = secret(
        chosen.configuration_passphrase_file, context.configuration_passphrase, "Passphrase of the configuration key"
    )
    return open_configuration_key(settings.DataFolder(context.root.absolute()), passphrase)


def logins(chosen: argparse.Namespace) -> list[str] | None:
    """``--students``: "all", or logins with commas between."""
    text: str = chosen.students
    return None if text == "all" else [entry.strip() for entry in text.split(",") if entry.strip()]


def show(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    """A list on standard output: CSV for people and spreadsheets, JSON for programs."""
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
