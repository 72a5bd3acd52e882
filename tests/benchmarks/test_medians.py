"""Several runs become one table and one chart, by one command."""

from __future__ import annotations

import argparse
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from benchmarks import recording
from benchmarks.figures import Figure, Result
from benchmarks.recording import chart, medians

BESIDE = {
    "recorder_cpu": 13.0, "recorder_watching_cpu": 16.5, "ffmpeg_cpu": 41.0, "screenshots_cpu": 0.4,
    "recorder_mb": 55.0, "ffmpeg_mb": 700.0, "screenshots_mb": 64.0,
}  # fmt: skip


def write(file: Path, *runs: tuple[float, float | None]) -> Path:
    """A file as a terminal left it: each run's table, its lines, its object."""
    lines = ["-- phase side", "figure  value", '{"no": "result"}', "{torn"]
    for ratio, ocr in runs:
        figures = {"cpu_ratio": Figure(ratio, "", "<= 0.33"), "ocr": Figure(ocr, "", ">= 0.998")}
        lines.append(Result("recording", figures, {**BESIDE, "recorder_cpu": 100 * ratio}).json())
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_the_median_of_each_key_over_the_runs_that_have_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [write(tmp_path / "a.txt", (0.3, 0.999), (0.5, None)), write(tmp_path / "b.txt", (0.4, 0.997))]
    result = medians.of_files(files)
    assert list(result.figures) == ["cpu_ratio", "ocr"]
    assert result.figures["cpu_ratio"] == Figure(0.4, "", "<= 0.33")
    assert result.figures["ocr"].value == pytest.approx(0.998)
    assert result.beside["recorder_cpu"] == pytest.approx(40) and result.beside["ffmpeg_cpu"] == 41.0
    told = capsys.readouterr().err
    assert "3 runs" in told and "0.3 0.5 0.4" in told
    assert json.loads(result.json())["beside"]["ffmpeg_mb"] == 700.0


def test_a_file_without_a_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("stopped\n", encoding="utf-8")
    with pytest.raises(medians.NoResult, match=r"empty\.txt"):
        medians.of_files([tmp_path / "empty.txt"])


def test_one_command_makes_table_and_chart(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    recording.options(parser)
    run, picture = write(tmp_path / "a.txt", (0.3, 1.0)), tmp_path / "chart.svg"
    result = recording.run(parser.parse_args(["--median", str(run), "--chart", str(picture)]))
    assert result.figures["cpu_ratio"].value == 0.3
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")


def test_bars_are_as_long_as_their_values() -> None:
    root = ElementTree.fromstring(chart.svg(BESIDE))
    bars = [bar for bar in root.iter("{http://www.w3.org/2000/svg}rect") if bar.get("x")]
    widths = [int(str(bar.get("width"))) for bar in bars]
    assert len(bars) == 7 and widths[2] == max(widths[:4]) and widths[5] == max(widths[4:])
    assert widths[0] / widths[2] == pytest.approx(13 / 41, abs=0.01)
    said = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "700.0 MB" in said and "13.0 %" in said
