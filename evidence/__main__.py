"""``python -m evidence verify PATH [--key ed25519:...] [--receipt FILE] [--checkpoint FILE] [--json]`` and
``python -m evidence checkpoint FILE [--sessions DIR]``; exit code 0 good, 1 broken, 2 unusable.
``python -m evidence open PATH OUT --key-file FILE`` opens a copy of one's own with the key that came with it."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence import age
from evidence.bundle import BundleError
from evidence.opened_copy import Opened, open_copy
from evidence.report import Report
from evidence.signing import BadKey, VerifyingKey
from evidence.verify import Kept, verify
from evidence.verify_checkpoint import CheckpointReport, verify_checkpoints


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        report: Report | CheckpointReport | Opened = options.run(options)
    except (BundleError, age.AgeError) as error:
        sys.stderr.write(f"evidence: {error}\n")
        return 2
    text = json.dumps(report.to_json()) if options.json else report.to_text()
    # Names and texts come from outside: only printable ASCII reaches the terminal.
    sys.stdout.write("".join(c if c == "\n" or " " <= c <= "~" else f"\\u{ord(c):04x}" for c in text) + "\n")
    return report.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evidence", description="Check sealed recordings offline.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("verify", help="check a session folder or bundle")
    check.add_argument("path", type=Path, help="the session folder, or the bundle (zip)")
    check.add_argument("--receipt", type=_content, metavar="FILE", help="a receipt the student kept: compare with it")
    check.add_argument("--checkpoint", type=_content, metavar="FILE", help="published checkpoints: compare with them")
    check.set_defaults(run=_verify)
    days = commands.add_parser("checkpoint", help="check a published file of checkpoints")
    days.add_argument("file", type=_content, help="the file")
    days.add_argument("--sessions", type=Path, metavar="DIR", help="a folder of session folders: compare with them")
    days.set_defaults(run=_checkpoint)
    own = commands.add_parser("open", help="open a copy of one's own: one file for each stream")
    own.add_argument("path", type=Path, help="the bundle (zip) or session folder")
    own.add_argument("out", type=Path, help="a new folder for the files")
    own.add_argument("--key-file", type=_content, required=True, metavar="FILE", help="the key that came with it")
    own.add_argument("--identity", type=_content, metavar="FILE", help="the own age key (default: a passphrase)")
    own.add_argument("--passphrase-file", type=_content, metavar="FILE")
    own.add_argument("--json", action="store_true", help="print one JSON object")
    own.set_defaults(run=_open)
    for command in (check, days):
        command.add_argument("--key", type=_key, help="the institution's verifying key, ed25519:...")
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _verify(options: argparse.Namespace) -> Report:
    receipts = None if options.receipt is None else options.receipt.decode("utf-8", errors="replace")
    return verify(options.path, options.key, Kept(receipts, options.checkpoint))


def _checkpoint(options: argparse.Namespace) -> CheckpointReport:
    return verify_checkpoints(options.file, options.key, options.sessions)


def _open(options: argparse.Namespace) -> Opened:
    if options.identity is not None:
        lines = options.identity.decode("utf-8", errors="replace").split()
        own = [age.parse_identity(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
        key = age.decrypt(options.key_file, own)
    else:
        given = options.passphrase_file
        phrase = getpass.getpass("Passphrase: ") if given is None else given.decode("utf-8").rstrip("\r\n")
        key = age.decrypt(options.key_file, passphrases=[phrase])
    return open_copy(options.path, age.parse_identity(key.decode("ascii", errors="replace").strip()), options.out)


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _key(text: str) -> VerifyingKey:
    try:
        return VerifyingKey.from_text(text)
    except BadKey as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
