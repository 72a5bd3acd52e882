"""audit, checkpoint."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server import audit
from server.admin import audit_check, checkpoints
from server.admin.errors import CommandFailed
from server.commands.common import Commands, Context, command, show


def add(commands: Commands) -> None:
    listing = command(commands, "audit", "show the audit chain, or check it and what hangs on it", _audit)
    listing.add_argument("--verify", action="store_true", help="check chain, decisions, database and session folders")
    listing.add_argument("--checkpoint", type=Path, metavar="FILE", help="a published file: compare with it as well")
    listing.add_argument("--json", action="store_true")

    point = command(commands, "checkpoint", "sign what is held now, to be published (each day)", _checkpoint)
    point.add_argument("file", type=Path, nargs="?", help="where to put a copy of the whole file")


def _audit(context: Context, chosen: argparse.Namespace) -> int:
    if not chosen.verify:
        if chosen.checkpoint is not None:
            raise CommandFailed("--checkpoint goes with --verify")
        with context.console() as console:
            show(console.database.read(lambda connection: list(audit.entries(connection))), chosen.json)
        return 0
    with context.console() as console:
        findings = audit_check.check_all(console, _published(chosen.checkpoint))
        count = console.database.read(audit.newest)
    rows = [{"kind": "problem", "code": p.code, "where": p.where, "text": p.text} for p in findings.problems]
    rows += [{"kind": "note", "code": n.code, "where": n.where, "text": n.text} for n in findings.notices]
    show(rows, chosen.json)
    verdict = f"{len(findings.problems)} problems" if findings.problems else "nothing was changed"
    print(f"{(count.n + 1) if count else 0} entries of the audit chain checked: {verdict}", file=sys.stderr)
    return 1 if findings.problems else 0


def _published(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error}") from error


def _checkpoint(context: Context, chosen: argparse.Namespace) -> int:
    with context.console() as console:
        done = checkpoints.publish(console, chosen.file)
    print(f"checkpoint {done.n}: {done.listed} sessions new or grown")
    for session in done.shrunk:
        text = "holds less than an earlier checkpoint says; see `audit --verify --checkpoint FILE`"
        print(f"server: session {session} {text}", file=sys.stderr)
    return 1 if done.shrunk else 0
