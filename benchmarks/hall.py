"""A hall of simulated students while the server is killed twice and its disk is full once (docs/performance.md).

The load is the product's own, ``python -m server simulate`` in a process of its own; the disk that is full is
``simulation.faulty_disk`` in front of the real one, for the serving processes alone (Linux, gcc).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Result
from benchmarks.recording.institution import EXAM, ROOT
from benchmarks.reliability.institution import MortalInstitution
from evidence.verify import verify
from simulation.faulty_disk import build, environment

KILLS = 2
FULL_SECONDS = 8.0
PATIENCE_SECONDS = 900


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long each of them sits")


def run(chosen: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="senim-hall-") as place:
        folder, switch = Path(place), Path(place) / "full"
        institution = MortalInstitution(folder, chosen.students, password="")
        institution.environ = environment(build(folder), folder / "server", switch)
        institution.start()
        memory = Memory(institution)
        try:
            done = _sit(institution, chosen, switch)
        finally:
            memory.end()
            institution.stop()
        if not done["refused"].get("overloaded"):
            raise SystemExit("no student met the full disk: sit longer (--seconds)")
        good, wrong = _proved(institution)
    for entry in (*done["lost"], *wrong):
        print(entry, file=sys.stderr)
    return Result("hall", _figures(chosen.students, done, good, memory))


def _figures(students: int, done: dict[str, Any], good: int, memory: Memory) -> dict[str, Figure]:
    return {
        "students": Figure(students, "", ""),
        "kills": Figure(KILLS, "", ""),
        "disk_full_s": Figure(FULL_SECONDS, "s", ""),
        "receipts": Figure(done["receipts"], "", f"{students}"),
        "acknowledged_lost": Figure(len(done["lost"]), "", "0"),
        "sessions_good": Figure(good, "", f"{students}"),
        "segments": Figure(done["segments"], "", ""),
        "megabytes": Figure(done["megabytes"], "MB", ""),
        "refused_by_full_disk": Figure(done["refused"]["overloaded"], "", ""),
        "refused_in_all": Figure(sum(done["refused"].values()), "", ""),
        "answer_ms_median": Figure(done["answer_ms"]["median"], "ms", ""),
        "answer_ms_p95": Figure(done["answer_ms"]["p95"], "ms", ""),
        "all_delivered_s": Figure(done["seconds"], "s", ""),
        "server_rss_mb_max": Figure(memory.most, "MB", "<= 400"),
        "server_rss_mb_end": Figure(memory.last, "MB", ""),
        "generator_rss_mb": Figure(done["memory_mb"], "MB", ""),
    }


def _sit(institution: MortalInstitution, chosen: argparse.Namespace, switch: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "server", "--data", str(institution.folder / "server"), "simulate"]
    command += ["--exam", EXAM, "--students", str(chosen.students), "--seconds", str(chosen.seconds)]
    command += ["--patience", str(PATIENCE_SECONDS), "--json"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # its progress is ours
    try:
        pause = chosen.seconds / (KILLS + 2)
        for _ in range(KILLS):
            time.sleep(pause)
            institution.kill()
        time.sleep(pause)
        switch.touch()
        time.sleep(FULL_SECONDS)
        switch.unlink()
        out, _ = running.communicate(timeout=chosen.seconds + PATIENCE_SECONDS)
    finally:
        if running.poll() is None:
            running.terminate()
            running.wait(30)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def _proved(institution: MortalInstitution) -> tuple[int, list[str]]:
    """(sessions that verify as complete, what is wrong with the others)."""
    good, wrong = 0, []
    for session in sorted((institution.folder / "server" / "sessions").iterdir()):
        report = verify(session, institution.verifying_key)
        if report.ok and report.state == "complete":
            good += 1
        else:
            wrong.append(f"{session.name} is {report.state}: {[problem.text for problem in report.problems]}")
    return good, wrong


class Memory:
    """Megabytes of the serving processes, looked at twice a second."""

    def __init__(self, institution: MortalInstitution) -> None:
        self._institution, self._ending = institution, threading.Event()
        self.most = self.last = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ending.wait(0.5):
            now = self._institution.memory_mb()
            self.most, self.last = max(self.most, now), now or self.last

    def end(self) -> None:
        self._ending.set()
        self._thread.join()
