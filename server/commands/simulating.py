"""simulate: how a server bears a hall of students, before the students come."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from server import settings
from server.admin import exams
from server.admin.errors import CommandFailed
from server.admin.institution import PINNED_CA
from server.commands.common import Commands, Context, command

CODE_HOURS = 2


def add(commands: Commands) -> None:
    trying = command(commands, "simulate", "simulated students sit an exam: what does the server bear", _simulate)
    trying.add_argument("--exam", help="an exam that is open now; its first students are played (they need seats)")
    trying.add_argument("--codes", type=Path, metavar="CSV", help="from another machine: what `codes` printed there")
    trying.add_argument("--students", type=int, default=300)
    trying.add_argument("--seconds", type=float, default=120.0, help="how long each of them sits")
    trying.add_argument("--patience", type=float, default=600.0, metavar="SECONDS", help="for the rest to arrive")
    trying.add_argument("--address", help="of ingest (default: the institution's own)")
    trying.add_argument(
        "--ca", type=Path, metavar="PEM", help="the authority to trust (default: the institution's own)"
    )
    trying.add_argument("--json", action="store_true", help="one JSON object as the last line")


def _simulate(context: Context, chosen: argparse.Namespace) -> int:
    from server.simulate.hall import Wanted, simulate

    if (chosen.exam is None) == (chosen.codes is None):
        raise CommandFailed("say which seats to take: --exam, or --codes")
    codes = _from_file(chosen.codes) if chosen.codes else _made(context, chosen.exam, chosen.students)
    if len(codes) < chosen.students:
        raise CommandFailed(f"{chosen.students} students wanted, {len(codes)} seats found")
    address, ca = _whom_to_ask(context, chosen)
    wanted = Wanted(address, codes[: chosen.students], chosen.seconds, chosen.patience, ca)
    print(f"{chosen.students} simulated students for {chosen.seconds:.0f} s against {address}", file=sys.stderr)
    done = simulate(wanted, lambda line: print(line, file=sys.stderr, flush=True))
    print(_page(done) if not chosen.json else json.dumps(done))
    return 0 if done["receipts"] == done["students"] and not done["lost"] else 1


def _whom_to_ask(context: Context, chosen: argparse.Namespace) -> tuple[str, Path | None]:
    """Address and authority as the students' own program has them, where nothing else was said."""
    if chosen.address:
        return chosen.address, chosen.ca
    own = settings.load(context.root)
    pinned = own.folder.client_configuration.with_name(PINNED_CA) if own.pinned_ca else None
    return own.address, chosen.ca or pinned


def _made(context: Context, exam: str, students: int) -> list[str]:
    """One-time codes for the exam's first students."""
    with context.console() as console:
        return [row["code"] for row in exams.make_codes(console, exam, None, CODE_HOURS)][:students]


def _from_file(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8", newline="") as table:
            return [row["code"] for row in csv.DictReader(table)]
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise CommandFailed(f"{file} holds no codes: {error}") from error


def _page(done: dict[str, Any]) -> str:
    times = done["answer_ms"]
    verdict = "everything acknowledged is there" if not done["lost"] else f"LOST: {', '.join(done['lost'][:20])}"
    return "\n".join([
        f"{done['receipts']} of {done['students']} students have their receipt; {verdict}",
        f"{done['requests']} requests in {done['seconds']} s ({done['requests_per_second']} a second), "
        f"{done['megabytes']} MB in {done['segments']} segments, {done['answers']} answers",
        f"answer times: median {times['median']} ms, 95 % below {times['p95']} ms, longest {times['max']} ms; "
        f"highest load {done['highest_load']} of 10",
        f"refused and repeated: {done['refused'] or 'nothing'}; memory of this program {done['memory_mb']} MB",
    ])  # fmt: skip
