"""``./benchmark NAME [--json]``: prints a table and, with ``--json``, one object as the last line."""

from __future__ import annotations

import argparse
import importlib
import sys

NAMES = {
    "verify": "checking a three-hour session offline (two video streams and sound)",
}


def main() -> int:
    listing = "\n".join(f"  {name:10} {what}" for name, what in NAMES.items())
    parser = argparse.ArgumentParser(
        prog="./benchmark", epilog="benchmarks:\n" + listing, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=sorted(NAMES))
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options = parser.parse_args()
    result = importlib.import_module(f"benchmarks.{options.name}").run()
    print(result.table())
    if options.json:
        print(result.json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
