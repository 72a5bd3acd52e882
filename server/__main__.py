"""``python -m server``: the institution's command line. The only place that reads the environment."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import sys
from pathlib import Path

from sqlalchemy.exc import OperationalError

from server.admin.errors import CommandFailed
from server.clock import SystemClock
from server.commands import make_parser
from server.commands.common import Context
from server.folder_owner import check_owner

DATA_VARIABLE = "SENIM_DATA"
CONFIGURATION_VARIABLE = "SENIM_CONFIGURATION_PASSPHRASE"
REVIEW_VARIABLE = "SENIM_REVIEW_PASSPHRASE"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0: done; 1: not done, and said why; 2: the command line itself is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    data = chosen.data or os.environ.get(DATA_VARIABLE)
    if not data:
        parser.error(f"say where the data folder lies: --data DIR (or the variable {DATA_VARIABLE})")
    context = Context(
        root=Path(data),
        clock=SystemClock(),
        who=f"console:{_operator()}",
        configuration_passphrase=os.environ.get(CONFIGURATION_VARIABLE),
        review_passphrase=os.environ.get(REVIEW_VARIABLE),
    )
    return _run(chosen, context)


def _run(chosen: argparse.Namespace, context: Context) -> int:
    try:
        check_owner(context.root)
        return int(chosen.run(context, chosen) or 0)
    except CommandFailed as error:
        print(f"server: {error}", file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"server: the database did not do it: {error.orig}. Is the disk full, is the database it names there, "
              f"and may {_operator()} read and write all of {context.root}?", file=sys.stderr)  # fmt: skip
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


if __name__ == "__main__":
    sys.exit(main())
