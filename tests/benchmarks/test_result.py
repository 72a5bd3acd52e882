"""The table, the JSON object and the keys others read."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import verify
from benchmarks.__main__ import main
from benchmarks.figures import Figure, Result
from benchmarks.recording.goals import GOALS, with_goals

ROOT = Path(__file__).resolve().parents[2]


def design_keys() -> set[str]:
    """Keys of the row "recording" in section 11; a key that cannot be one holds a space or a sign."""
    rows = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").splitlines()
    first = next(k for k, row in enumerate(rows) if row.startswith("| recording:"))
    keys: set[str] = set()
    for row in rows[first:]:
        cells = row.split("|")
        if row is not rows[first] and cells[1].strip():
            break
        keys |= set(re.findall(r"`([a-z0-9_]+)`", cells[2]))
    return keys


def test_every_key_of_the_design_has_its_goal() -> None:
    assert set(GOALS) == design_keys()
    assert all(re.match(r"[<>]= [\d.]+$", goal) for _, goal in GOALS.values())


def test_figures_stand_in_the_designs_order_and_none_is_made_up() -> None:
    figures = with_goals({"ocr": None, "cpu_ratio": 0.25})
    assert list(figures) == ["cpu_ratio", "ocr"]
    assert figures["cpu_ratio"] == Figure(0.25, "", "<= 0.33")


def test_the_table_says_what_was_not_measured() -> None:
    rows = Result("recording", with_goals({"ocr": None, "mb_per_hour": 54.321})).table().splitlines()
    assert rows[0].split() == ["figure", "value", "unit", "goal"]
    assert rows[1].split() == ["mb_per_hour", "54.32", "MB/h", "<=", "58"]
    assert "not measured" in rows[2]


def test_the_json_object_has_its_shape() -> None:
    body = json.loads(Result("recording", with_goals({"cpu_ratio": 0.25})).json())
    assert set(body) == {"name", "commit", "machine", "figures"}
    assert body["figures"]["cpu_ratio"] == {"value": 0.25, "unit": "", "goal": "<= 0.33"}


def test_a_benchmark_that_is_told_to_end_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM goes the way of Ctrl+C, so that every ``with`` ends what it started."""
    left = []

    def run(_chosen: object) -> Result:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            left.append("cleaned up")
        return Result("verify", {})

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(verify, "run", run)
    monkeypatch.setattr(sys, "argv", ["benchmark", "verify"])
    try:
        assert main() == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    assert left == ["cleaned up"]


def test_the_command_names_the_benchmarks_and_their_options() -> None:
    def asked(*words: str) -> str:
        command = [sys.executable, "-m", "benchmarks", *words, "--help"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "recording" in asked() and "verify" in asked()
    told = asked("recording")
    assert all(word in told for word in ("--seconds", "--soak", "--phase", "--json"))
