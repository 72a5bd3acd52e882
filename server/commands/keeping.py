"""sessions, message, export, backup, restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from server.admin import backup, sessions
from server.commands.common import Context, command, show
from server.schema import NOTICE_KINDS


def add(commands: Any) -> None:
    listing = command(commands, "sessions", "show sessions", _list)
    listing.add_argument("--exam")
    listing.add_argument("--json", action="store_true")

    message = command(commands, "message", "write to a running session or to a whole exam", _message)
    to = message.add_mutually_exclusive_group(required=True)
    to.add_argument("--session")
    to.add_argument("--exam")
    message.add_argument("--text", required=True)
    message.add_argument("--kind", choices=NOTICE_KINDS, default="info")
    message.add_argument("--minutes", type=int, default=0, help="with kind time_added")

    exporting = command(commands, "export", "write a session's sealed recording into one file", _export)
    exporting.add_argument("session")
    exporting.add_argument("file", type=Path)

    keeping = command(commands, "backup", "write everything into one file, while the server runs", _backup)
    keeping.add_argument("file", type=Path)

    restoring = command(commands, "restore", "make the data folder from a backup", _restore)
    restoring.add_argument("file", type=Path)


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        rows = sessions.listed(console, chosen.exam)
    if not chosen.json:
        for row in rows:
            claimed = row.pop("coverage_claimed") or {}
            row.pop("coverage_opened")
            row["coverage"] = " ".join(f"{stream}={found['ratio']:.3f}" for stream, found in sorted(claimed.items()))
    show(rows, chosen.json)


def _message(context: Context, chosen: argparse.Namespace) -> None:
    wanted = sessions.Message(chosen.exam, chosen.session, chosen.kind, chosen.text, chosen.minutes)
    with context.console() as console:
        print(sessions.send(console, wanted))


def _export(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        sessions.export(console, chosen.session, chosen.file)
    print(chosen.file)


def _backup(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        size = backup.backup(console, chosen.file)
    print(f"{chosen.file}: {size / 1e6:.1f} MB")


def _restore(context: Context, chosen: argparse.Namespace) -> None:
    print(backup.restore(chosen.file, context.root))
