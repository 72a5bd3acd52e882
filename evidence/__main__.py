"""``python -m evidence verify PATH [--key ed25519:...] [--json]``; exit code 0 good, 1 broken, 2 unusable."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.signing import BadKey, VerifyingKey
from evidence.verify import verify


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evidence", description="Check sealed recordings offline.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("verify", help="check a session folder or bundle")
    check.add_argument("path", type=Path, help="the session folder, or the bundle (zip)")
    check.add_argument("--key", type=_key, help="the institution's verifying key, ed25519:...")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    report = verify(options.path, options.key)
    text = json.dumps(report.to_json()) if options.json else report.to_text()
    # Names and texts come from outside: only printable ASCII reaches the terminal.
    sys.stdout.write("".join(c if c == "\n" or " " <= c <= "~" else f"\\u{ord(c):04x}" for c in text) + "\n")
    return report.exit_code


def _key(text: str) -> VerifyingKey:
    try:
        return VerifyingKey.from_text(text)
    except BadKey as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
