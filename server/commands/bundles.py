"""accept-bundle: what a student could not send and brought as a file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evidence.signing import BadKey, VerifyingKey
from server import migrate, settings
from server.accept_bundle import TakenIn, accept
from server.accept_bundle_file import FileRefused, open_file
from server.admin.errors import CommandFailed
from server.commands.common import Commands, Context, command
from server.ingest.services import make_services

BY_THE_SITE = "site"
MOST_MEMORY = 4 * 1024**3  # of addresses, libraries included

_WHY = {
    "damaged": "this is no whole delivery file: it may have been cut off while it was copied",
    "too_large": "this file is larger than any delivery",
    "other_institution": "this recording was made for another institution",
    "unknown_session": "this server does not know the session",
    "other_session": "the file's ledger is not the one this server holds of the session",
    "closed": "the session was closed or erased by the institution",
}


def add(commands: Commands) -> None:
    accepting = command(commands, "accept-bundle", "take in a delivery file of a student's computer", _accept)
    accepting.add_argument("file", type=Path)
    accepting.add_argument("--json", action="store_true")
    accepting.add_argument("--by-site", action="store_true", help=argparse.SUPPRESS)


def _accept(context: Context, chosen: argparse.Namespace) -> int:
    if chosen.by_site:
        _limit_memory()
    try:
        found = settings.load(context.root)
        if not migrate.is_current(found.database_url):
            raise CommandFailed("the database is of another version: run the command `upgrade`")
        verifying = VerifyingKey.from_text(found.folder.verifying_key.read_text().strip())
        services = make_services(found, context.clock)
    except (settings.SettingsError, OSError, BadKey) as error:
        raise CommandFailed(str(error)) from error
    try:
        with open_file(chosen.file, verifying) as file:
            taken = accept(services, file, BY_THE_SITE if chosen.by_site else context.who)
    except FileRefused as error:
        if chosen.json:
            print(json.dumps({"trouble": str(error.trouble)}))
            return 1
        raise CommandFailed(f"{chosen.file}: {_WHY[error.trouble]} ({error})") from error
    finally:
        services.close()
    print(json.dumps(taken.to_json()) if chosen.json else _words(taken))
    return 0


def _limit_memory() -> None:
    """Whoever may send a file to the site must not be able to fill the server's memory with it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _words(taken: TakenIn) -> str:
    if taken.receipt:
        before = "; it was handed in before" if taken.handed_in_before else ""
        return f"session {taken.session}: handed in{before}. Receipt {taken.code}\n{taken.receipt}"
    rows = [f"session {taken.session}: taken in, not handed in yet."]
    rows.append(f"{taken.pieces} pieces in the file, {taken.damaged} of them damaged; {taken.answers} answers taken.")
    if taken.refused:
        rows.append(f"The ledger was taken up to a line that does not fit ({taken.refused}).")
    if not taken.ended:
        rows.append("The ledger has no end yet: the student has not handed in on that computer.")
    rows.append(f"Still missing: {taken.missing_pieces} pieces, {taken.missing_answers} answers.")
    return "\n".join(rows)
