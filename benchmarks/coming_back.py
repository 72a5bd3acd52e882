"""The whole program killed in an exam and started again: seconds until the student is back at the question.

Window, web page, recorder, camera, microphone and screen are those of ``./demo``, and so is the student, who works the
window from outside by what stands on it and types at once: what a person takes for the password is not in it, what the
program takes for its pages, the devices and the identity prompts is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Result
from demonstration import devices
from demonstration.auto import SYSTEM_PYTHON
from demonstration.institution import ROOT, STUDENT, Institution

LONGEST_S = 300.0


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--times", type=int, default=3, help="how often both processes are killed")


def run(chosen: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="senim-back-") as place, contextlib.ExitStack() as stack:
        folder = Path(place)
        present = devices.provide(stack, folder, {"screen", "camera", "microphone"})
        institution = Institution(folder / "institution")
        institution.folder.mkdir()
        institution.prepare()
        exam = next(e for e in institution.plan(present.camera, microphone=True) if e.file == "physics.xml")
        stack.callback(institution.stop)
        institution.serve()
        sitting = _Sitting(institution, exam.title, present, folder)
        stack.callback(sitting.kill)
        sitting.start()
        answers = sitting.drive("begin")["answers"]
        backs = [sitting.again() for _ in range(chosen.times)]
    seconds = [back["question"] for back in backs]
    pages = {step: statistics.median(b[step] for b in backs) for step in backs[0] if all(step in b for b in backs)}
    for step, passed in sorted(pages.items(), key=lambda item: item[1]):
        print(f"  {passed:6.2f} s  {step}", file=sys.stderr)
    return Result(
        "coming-back",
        {
            "killed": Figure(len(backs), "", ""),
            "answers": Figure(answers, "", ""),
            "question_s": Figure(statistics.median(seconds), "s", "<= 10"),
            "question_max_s": Figure(max(seconds), "s", ""),
        },
    )


class _Sitting:
    """One student at one computer."""

    def __init__(self, institution: Institution, exam: str, present: devices.Devices, folder: Path) -> None:
        self._env = {**os.environ, **present.env}
        self._plan = {
            "login": STUDENT, "password": institution.password(STUDENT), "exam": exam, "seconds": 0,
            "control": present.camera_control, "pictures": str(folder), "receipt": "", "screen": devices.SCREEN,
            "language": "en",
        }  # fmt: skip
        root = ["--allow-root"] if getattr(os, "getuid", lambda: -1)() == 0 else []
        self._command = [sys.executable, "-m", "client.main", "--config", str(institution.config_file)]
        self._command += ["--data", str(folder / "client"), "--language", "en", *root]
        self._folder = folder
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "client.log").open("ab") as log:
            self._program = subprocess.Popen(
                self._command, env=self._env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """Window and recorder at once, without a word."""
        if self._program is None:
            return
        if sys.platform == "win32":
            self._program.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()

    def drive(self, way: str) -> dict[str, Any]:
        file = self._folder / "plan.json"
        file.write_text(json.dumps({**self._plan, "way": way}), encoding="utf-8")
        driver = [SYSTEM_PYTHON, "-m", "demonstration.driver", str(file)]
        done = subprocess.run(driver, env=self._env, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S,
                              check=False)  # fmt: skip
        if done.returncode != 0:
            raise SystemExit(f"the student got stuck: {done.stderr[-2000:]}")
        said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return said

    def again(self) -> dict[str, float]:
        """Kill, start, come back: {step: seconds since the new start}."""
        self.kill()
        began = time.monotonic()
        self.start()
        at: dict[str, float] = self.drive("return")["at"]
        return {step: moment - began for step, moment in at.items()}
