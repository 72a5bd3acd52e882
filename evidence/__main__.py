"""``python -m evidence verify PATH [--key ed25519:...] [--receipt FILE] [--checkpoint FILE] [--json]`` and
``python -m evidence checkpoint FILE [--sessions DIR]``; exit code 0 good, 1 broken, 2 unusable."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.report import Report
from evidence.signing import BadKey, VerifyingKey
from evidence.verify import Kept, verify
from evidence.verify_checkpoint import CheckpointReport, verify_checkpoints


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    report: Report | CheckpointReport = options.run(options)
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
    for command in (check, days):
        command.add_argument("--key", type=_key, help="the institution's verifying key, ed25519:...")
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _verify(options: argparse.Namespace) -> Report:
    receipts = None if options.receipt is None else options.receipt.decode("utf-8", errors="replace")
    return verify(options.path, options.key, Kept(receipts, options.checkpoint))


def _checkpoint(options: argparse.Namespace) -> CheckpointReport:
    return verify_checkpoints(options.file, options.key, options.sessions)


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
