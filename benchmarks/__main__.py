"""``./benchmark NAME [--json]``: prints a table and, with ``--json``, one object as the last line."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys

NAMES = {
    "identity": "how often the comparison of faces errs, on photographs in a folder",
    "hand-in": "how long a student on a thin line waits for the receipt",
    "coming-back": "window and recorder killed in an exam: seconds until the student is back at the question",
    "hall": "300 simulated students while the server is killed twice and its disk is full once",
    "ingest": "what taking in segments costs the server, against a handler that only stores them",
    "reliability": "processes killed, bits flipped, requests forged: what is lost, what comes back, what is noticed",
    "recording": "what recording an exam costs, against ffmpeg in the same minutes",
    "watching": "planted incidents in simulated sessions: found, missed, false, how soon, what it costs",
    "install": "from a commit to an installed program and back: seconds, megabytes, files left",
    "review": "a three-hour recording in the player, and the board with 500 sessions, in Chromium",
    "verify": "checking a three-hour session offline (two video streams and sound)",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./benchmark")
    parser.set_defaults(module=None)
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, what in NAMES.items():
        own = names.add_parser(name, help=what, description=what)
        own.add_argument("--json", action="store_true", help="one JSON object as the last line")
        module = importlib.import_module(f"benchmarks.{name.replace('-', '_')}")
        if hasattr(module, "options"):
            module.options(own)
    chosen = parser.parse_args()
    module = importlib.import_module(f"benchmarks.{chosen.name.replace('-', '_')}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended like Ctrl+C: nothing is left running
    try:
        result = module.run(chosen) if hasattr(module, "options") else module.run()
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    print(result.table())
    if chosen.json:
        print(result.json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
