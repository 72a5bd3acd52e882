"""The chart of docs/performance.md: processor time and bytes of the recorder, of ffmpeg and of screenshots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _BAR, _STEP = 760, 22, 34
_LEFT, _RIGHT = 250, 90
_TEXT = 'font-family="sans-serif" font-size="14" fill="#1c1e21"'
_OURS, _OTHERS = "#2f6f4f", "#9aa3ad"

Row = tuple[str, float, bool]  # name, value, whether it is ours


def svg(beside: Mapping[str, float]) -> str:
    """``beside``: as a result has it, of a run with the phase "side"."""
    cpu: list[Row] = [
        ("recorder", beside["recorder_cpu"], True),
        ("recorder with judges", beside["recorder_watching_cpu"], True),
        ("ffmpeg, x264 veryfast", beside["ffmpeg_cpu"], False),
        ("grey PNG of the screen every 5 s", beside["screenshots_cpu"], False),
    ]
    size: list[Row] = [
        ("recorder, all that is sent", beside["recorder_mb"], True),
        ("ffmpeg, x264 veryfast", beside["ffmpeg_mb"], False),
        ("grey PNG of the screen every 5 s", beside["screenshots_mb"], False),
    ]
    above, pieces = 10, []
    for title, unit, rows in (("Processor time, % of a core", "%", cpu), ("Size, MB an hour", "MB", size)):
        pieces += _bars(title, unit, rows, above)
        above += 40 + _STEP * len(rows)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{above}" viewBox="0 0 {_WIDTH} {above}">'
    ground = f'<rect width="{_WIDTH}" height="{above}" fill="#ffffff"/>'
    return "\n".join([head, ground, *pieces, "</svg>", ""])


def _bars(title: str, unit: str, rows: Sequence[Row], above: int) -> list[str]:
    most = max(value for _, value, _ in rows)
    pieces = [f'<text x="10" y="{above + 18}" font-weight="bold" {_TEXT}>{escape(title)}</text>']
    for number, (name, value, ours) in enumerate(rows):
        y = above + 30 + number * _STEP
        length = max(1, round((_WIDTH - _LEFT - _RIGHT) * value / most))
        colour = _OURS if ours else _OTHERS
        pieces += [
            f'<text x="{_LEFT - 10}" y="{y + 16}" text-anchor="end" {_TEXT}>{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" fill="{colour}"/>',
            f'<text x="{_LEFT + length + 8}" y="{y + 16}" {_TEXT}>{value:.1f} {unit}</text>',
        ]
    return pieces
