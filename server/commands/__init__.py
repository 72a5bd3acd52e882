"""The words of the command line and what they call."""

from __future__ import annotations

import argparse

from server.commands import audit, bundles, erase, exams, holding, keeping, keys, people, rollout, serving, simulating

_EPILOG = "Passphrases come from files (--…-passphrase-file), from the environment, or are asked for."


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m server", description="Senim, the institution's end", epilog=_EPILOG
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder (or the variable SENIM_DATA)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for module in (serving, people, exams, keys, keeping, bundles, holding, erase, rollout, audit, simulating):
        module.add(commands)
    return parser
