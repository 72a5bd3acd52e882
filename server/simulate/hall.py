"""A hall of simulated students against a running server, with a line of progress every few seconds."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from server.simulate.figures import Figures
from server.simulate.student import GaveUp, SimulatedStudent

LINE_SECONDS = 5.0
CALL_SECONDS = 30.0


@dataclass(frozen=True)
class Wanted:
    """``address``: of ingest. ``codes``: one for each student. ``seconds``: of sitting; ``patience``: for the rest to
    arrive after that. ``ca``: the certificate authority to trust, a PEM file."""

    address: str
    codes: Sequence[str]
    seconds: float
    patience: float
    ca: Path | None = None


def simulate(wanted: Wanted, say: Callable[[str], None]) -> dict[str, Any]:
    """The figures at the end. Blocks."""
    return asyncio.run(_simulate(wanted, say))


async def _simulate(wanted: Wanted, say: Callable[[str], None]) -> dict[str, Any]:
    figures, began = Figures(len(wanted.codes)), time.monotonic()
    limits = httpx.Limits(max_connections=len(wanted.codes), max_keepalive_connections=len(wanted.codes))
    verify = True if wanted.ca is None else str(wanted.ca)
    http = httpx.AsyncClient(base_url=wanted.address, timeout=CALL_SECONDS, limits=limits, verify=verify)
    with tempfile.TemporaryDirectory(prefix="senim-simulate-") as place:
        async with http:
            students = [
                SimulatedStudent(http, code, Path(place), figures, until=began + wanted.seconds,
                                 patience=wanted.patience)
                for code in wanted.codes
            ]  # fmt: skip
            telling = asyncio.create_task(_tell(figures, began, say))
            gone = await asyncio.gather(*(_sit(student) for student in students))
            telling.cancel()
    say(figures.line(time.monotonic() - began))
    for reason in sorted(set(filter(None, gone))):
        say(f"gave up: {reason} ({gone.count(reason)} students)")
    return figures.to_json(time.monotonic() - began)


async def _sit(student: SimulatedStudent) -> str:
    try:
        await student.sit()
    except GaveUp as error:
        return str(error)
    return ""


async def _tell(figures: Figures, began: float, say: Callable[[str], None]) -> None:
    while True:
        await asyncio.sleep(LINE_SECONDS)
        figures.highest_memory_mb = max(figures.highest_memory_mb, _memory_mb())
        say(figures.line(time.monotonic() - began))


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
