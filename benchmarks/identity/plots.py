"""The figures as PNG: error trade-off of the rules, scores of one rule, false matches by group. Drawn with Pillow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.identity.groups import GroupRates
from benchmarks.identity.rates import Curve
from faces.geometry import Floats

SIZE, EDGE = (900, 620), (90, 50, 30, 70)  # left, top, right, bottom
INK, QUIET, PAPER = "#1b2326", "#9aa5a6", "#ffffff"
COLOURS = {"plain": "#8a8f91", "client": "#0f5f63", "server": "#a3481d"}


@dataclass(frozen=True)
class Axis:
    """Values from ``low`` to ``high``, over a length in pixels."""

    low: float
    high: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """0..1, cut to the axis."""
        low, high, v = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, v = math.log10(low), math.log10(high), math.log10(v)
        return (v - low) / (high - low)


class Sheet:
    """One picture with two axes."""

    def __init__(self, title: str, x: Axis, y: Axis, labels: tuple[str, str]) -> None:
        self.image = Image.new("RGB", SIZE, PAPER)
        self._draw = ImageDraw.Draw(self.image)
        self._x, self._y = x, y
        self._font = ImageFont.load_default(16)
        left, top, right, bottom = EDGE
        self._draw.rectangle((left, top, SIZE[0] - right, SIZE[1] - bottom), outline=QUIET)
        self._draw.text((left, 14), title, INK, ImageFont.load_default(20))
        self._draw.text((left, SIZE[1] - 28), labels[0], INK, self._font)
        self._draw.text((8, 26), labels[1], INK, self._font)

    def at(self, x: float, y: float) -> tuple[float, float]:
        left, top, right, bottom = EDGE
        width, height = SIZE[0] - left - right, SIZE[1] - top - bottom
        return left + self._x.place(x) * width, top + (1 - self._y.place(y)) * height

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: int = 3) -> None:
        self._draw.line([self.at(x, y) for x, y in zip(xs, ys, strict=True)], fill=colour, width=width)

    def mark(self, x: float, y: float, text: str, colour: str = INK) -> None:
        self._draw.text(self.at(x, y), text, colour, self._font)

    def ticks(self, xs: Mapping[float, str], ys: Mapping[float, str]) -> None:
        bottom, left = SIZE[1] - EDGE[3], EDGE[0]
        for value, text in xs.items():
            x, _ = self.at(value, self._y.low)
            self._draw.line((x, EDGE[1], x, bottom), fill="#e4e8e8")
            self._draw.text((x - 14, bottom + 6), text, INK, self._font)
        for value, text in ys.items():
            _, y = self.at(self._x.low, value)
            self._draw.line((left, y, SIZE[0] - EDGE[2], y), fill="#e4e8e8")
            self._draw.text((left - 58, y - 9), text, INK, self._font)


def trade_off(curves: Mapping[str, Curve], file: Path) -> None:
    """FNMR over FMR, both logarithmic."""
    sheet = Sheet("Error trade-off", Axis(1e-5, 1, True), Axis(1e-3, 1, True), ("FMR", "FNMR"))
    sheet.ticks({10.0**k: f"{100 * 10.0**k:g} %" for k in range(-5, 1)}, {1e-3: "0.1 %", 1e-2: "1 %", 0.1: "10 %"})
    for place, (rule, found) in enumerate(curves.items()):
        sheet.line(found.fmr.tolist(), found.fnmr.tolist(), COLOURS.get(rule, INK))
        sheet.mark(0.05, 0.8 / 1.4**place, f"{rule}: EER {100 * found.eer:.2f} %", COLOURS.get(rule, INK))
    sheet.image.save(file)


def histogram(genuine: Floats, impostor: Floats, limits: Mapping[str, float], file: Path) -> None:
    """How the scores of one rule lie, and the limits."""
    edges = np.linspace(min(genuine.min(), impostor.min()), max(genuine.max(), impostor.max()), 90)
    sheet = Sheet("Scores by the client's rule", Axis(edges[0], edges[-1]), Axis(0, 1), ("score", "share (each to 1)"))
    middle = (edges[1:] + edges[:-1]) / 2
    for values, colour, name, y in (
        (genuine, "#0f5f63", "one person", 0.97),
        (impostor, "#a3481d", "two people", 0.91),
    ):
        counts = np.histogram(values, edges)[0].astype(np.float64)
        sheet.line(middle.tolist(), (counts / counts.max()).tolist(), colour)
        sheet.mark(edges[2], y, name, colour)
    for place, (name, limit) in enumerate(limits.items()):
        sheet.line([limit, limit], [0, 1], INK, 1)
        sheet.mark(limit, 0.84 - 0.06 * place, f" {name} {limit:.3f}")
    sheet.ticks({round(v, 1): f"{v:.1f}" for v in np.arange(round(edges[0], 1), edges[-1], 0.2).tolist()}, {})
    sheet.image.save(file)


def by_group(rows: Sequence[GroupRates], file: Path) -> None:
    """FMR of each group with its interval, logarithmic."""
    sheet = Sheet(
        "False matches by group, client's rule", Axis(1e-5, 1, True), Axis(0, max(1, len(rows))), ("FMR", "group")
    )
    sheet.ticks({10.0**k: f"{100 * 10.0**k:g} %" for k in range(-5, 1)}, {})
    for place, row in enumerate(reversed(rows)):
        y = place + 0.5
        sheet.line([row.fmr.low, row.fmr.high], [y, y], "#0f5f63", 4)
        sheet.line([row.fmr.value] * 2, [y - 0.15, y + 0.15], INK, 4)
        sheet.mark(1.2e-5, y + 0.4, f"{row.group} ({row.people} people)")
    sheet.image.save(file)
