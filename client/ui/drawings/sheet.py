"""A sheet of SVG on which windows of a system are drawn: boxes, switches, buttons and numbered marks, top to bottom.

Only what Qt's SVG renderer and a browser draw alike: rectangles, circles, lines and single lines of text. Lengths are
pixels at the natural size, ``WIDTH`` wide; ``y`` is the top of a thing, and what draws text returns where it ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 440
MARGIN = 14
GAP = 8
BUTTON_EDGE = 6
SMALL = 11
TONES = {
    "ink": "#16211f", "muted": "#51605c", "line": "#c9c7bf", "paper": "#f4f3ef", "white": "#ffffff", "teal": "#0b5c56",
    "blue": "#0a5fb4", "bar": "#dedcd4",
}  # fmt: skip
_LINE = 1.35  # of the size of the letters
_BROAD = "жмшщюыфдәңҰұмwmWMЖМШЩЮ@"


@dataclass(frozen=True)
class Said:
    """The words a system shows and, where the reader may not know or find them, the same in another language."""

    shown: str
    beside: str = ""


def width_of(words: str, size: float, bold: bool = False) -> float:
    """An estimate that no common sans-serif font exceeds by much: the drawing is made where no font is known."""
    units = 0.0
    for letter in words:
        if letter in " .,:;'!|ilIіj()›":
            units += 0.37
        elif letter in _BROAD:
            units += 0.85
        elif unicodedata.category(letter) == "Lu":
            units += 0.74
        else:
            units += 0.63
    return units * size * (1.09 if bold else 1.0)


def wrapped(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """``words`` in lines of at most ``width`` pixels; a longer word stands alone."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def height_of(words: Said, width: float, size: float, bold: bool = False) -> float:
    """What ``Sheet.said`` will take."""
    beside = len(wrapped(words.beside, width, SMALL)) * round(SMALL * _LINE) if words.beside else 0
    return len(wrapped(words.shown, width, size, bold)) * round(size * _LINE) + beside


class Sheet:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._under: list[str] = []  # windows, drawn when their height is known

    def text(
        self, x: float, y: float, words: str, *, width: float = WIDTH, size: float = 13, bold: bool = False,
        tone: str = "ink", middle: bool = False,
    ) -> float:  # fmt: skip
        """Wrapped to ``width``; ``x`` is the left edge, or with ``middle`` the middle."""
        weight = ' font-weight="bold"' if bold else ""
        anchor = ' text-anchor="middle"' if middle else ""
        for line in wrapped(words, width, size, bold):
            self._parts.append(
                f'<text x="{x:g}" y="{y + size:g}" font-size="{size:g}" fill="{TONES[tone]}"{weight}{anchor}>'
                f"{escape(line)}</text>"
            )
            y += round(size * _LINE)
        return y

    def said(
        self, x: float, y: float, words: Said, *, width: float, size: float = 13, bold: bool = False,
        tone: str = "ink", beside_tone: str = "muted", middle: bool = False,
    ) -> float:  # fmt: skip
        """The words shown and below them, smaller, what stands beside them."""
        y = self.text(x, y, words.shown, width=width, size=size, bold=bold, tone=tone, middle=middle)
        if words.beside:
            y = self.text(x, y, words.beside, width=width, size=SMALL, tone=beside_tone, middle=middle)
        return y

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "white", line: str = "line",
        radius: float = 6, thick: float = 1, under: bool = False,
    ) -> None:  # fmt: skip
        """``under``: behind all that was drawn so far, also behind what was put under it before."""
        stroke = f' stroke="{TONES[line]}" stroke-width="{thick:g}"' if line else ""
        paint = TONES[fill] if fill else "none"
        part = (
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" fill="{paint}"{stroke}/>'
        )
        if under:
            self._under.insert(0, part)
        else:
            self._parts.append(part)

    def circle(self, x: float, y: float, radius: float, fill: str, line: str = "") -> None:
        stroke = f' stroke="{TONES[line]}"' if line else ""
        self._parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{TONES[fill]}"{stroke}/>')

    def switch(self, x: float, y: float, accent: str) -> None:
        """Switched on; 36 x 20."""
        self.box(x, y, 36, 20, fill=accent, line="", radius=10)
        self.circle(x + 26, y + 10, 7, "white")

    def button(self, x: float, y: float, width: float, words: Said, *, main: str = "", height: float = 0) -> float:
        """``main``: the tone of a button that stands out; ``height``: at least so high."""
        room = width - 2 * BUTTON_EDGE
        lines = height_of(words, room, 12, bold=True)
        height = max(height, lines + 10)
        self.box(x, y, width, height, fill=main or "white", line=main or "line")
        self.said(x + width / 2, y + (height - lines) / 2 - 1, words, width=room, size=12, bold=True, middle=True,
                  tone="white" if main else "ink", beside_tone="white" if main else "muted")  # fmt: skip
        return y + height

    def buttons(self, x: float, y: float, width: float, pair: Sequence[Said], mains: Sequence[str]) -> float:
        """Two buttons beside each other, of one height; ``mains``: as ``main`` of each."""
        half = (width - GAP) / 2
        height = 10 + max(height_of(words, half - 2 * BUTTON_EDGE, 12, bold=True) for words in pair)
        for place, (words, main) in enumerate(zip(pair, mains, strict=True)):
            self.button(x + place * (half + GAP), y, half, words, main=main, height=height)
        return y + height

    def mark(self, x: float, y: float, number: int) -> None:
        """A numbered mark around the point: in which order the reader does it."""
        self.circle(x, y, 11, "teal", "white")
        self._parts.append(
            f'<text x="{x:g}" y="{y + 4.5:g}" font-size="13" font-weight="bold" fill="{TONES["white"]}" '
            f'text-anchor="middle">{number}</text>'
        )

    def svg(self, height: float, foot: str, says: str, family: str) -> str:
        """The whole picture; ``foot`` stands below it, ``says`` is told to whoever does not see it."""
        height = self.text(WIDTH / 2, height + 3, foot, size=SMALL, tone="muted", middle=True) + 2
        return "\n".join((
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" '
            f'viewBox="0 0 {WIDTH} {height:g}" role="img">',
            f"<title>{escape(says)}</title>",
            f'<g font-family="{escape(family)}">',
            f'<rect width="{WIDTH}" height="{height:g}" rx="8" fill="{TONES["white"]}"/>',
            *self._under, *self._parts,
            "</g>", "</svg>", "",
        ))  # fmt: skip
