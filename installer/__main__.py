"""``python -m installer COMMAND``: freeze the client; package it for an institution."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import places
from installer.errors import InstallerError


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except InstallerError as error:
        sys.stderr.write(f"installer: {error}\n")
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m installer", description=(__doc__ or "").split("``: ")[1])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    freeze = commands.add_parser("freeze", help="build the program's folder from a commit")
    freeze.add_argument("--commit", default="HEAD", help="commit or tag (default HEAD; the work tree is not looked at)")
    freeze.add_argument("--to", type=Path, default=places.FROZEN, metavar="DIR", help="default var/installers/senim")
    freeze.add_argument("--json", action="store_true", help="facts as one JSON object on the last line")
    freeze.set_defaults(run=_freeze)
    return parser


def _freeze(arguments: argparse.Namespace) -> int:
    from installer.freeze.build import freeze
    from installer.freeze.sizes import size_table

    facts = freeze(arguments.to.resolve(), arguments.commit)
    for group, size in size_table(arguments.to):
        sys.stdout.write(f"{size / 1e6:9.1f} MB  {group}\n")
    sys.stdout.write(f"{facts['bytes'] / 1e6:9.1f} MB  all {facts['files']} files, in {facts['seconds']} s\n")
    sys.stdout.write(f"sha256 of the folder: {facts['sha256']}\n")
    if arguments.json:
        sys.stdout.write(json.dumps(facts) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
