"""Parts that windows of several systems have: a window around what was drawn, a path, rows with a switch."""

from __future__ import annotations

from client.ui.drawings.sheet import MARGIN, WIDTH, Said, Sheet, height_of
from client.ui.drawings.words import own, says, shown

INNER = WIDTH - 2 * MARGIN
SWITCH = 36


def path(sheet: Sheet, y: float, keys: tuple[str, ...], language: str) -> float:
    """*Settings › Privacy › Camera*, in both languages where the reader needs both."""
    steps = [shown(key, language) for key in keys]
    words = Said(
        " › ".join(step.shown for step in steps),
        " › ".join(step.beside or step.shown for step in steps) if any(step.beside for step in steps) else "",
    )
    return sheet.said(MARGIN, y, words, width=INNER, size=14, bold=True) + 8


def row(sheet: Sheet, y: float, words: Said, accent: str, number: int) -> float:
    """A card with words, a switch that is on, and the mark beside it."""
    room = INNER - 96
    lines = height_of(words, room, 13)
    height = max(40, 18 + lines)
    sheet.box(MARGIN, y, INNER, height)
    sheet.said(MARGIN + 12, y + (height - lines) / 2 - 1, words, width=room)
    sheet.switch(WIDTH - MARGIN - 12 - SWITCH, y + height / 2 - 10, accent)
    sheet.mark(WIDTH - MARGIN - 28 - SWITCH, y + height / 2, number)
    return y + height + 6


def blind_row(sheet: Sheet, y: float, length: float) -> float:
    """Another program's row: of no interest here."""
    sheet.box(MARGIN, y, INNER, 30)
    sheet.box(MARGIN + 12, y + 10, length, 10, fill="bar", line="", radius=5)
    sheet.box(WIDTH - MARGIN - 12 - SWITCH, y + 5, SWITCH, 20, fill="bar", line="", radius=10)
    return y + 36


def finished(
    sheet: Sheet, height: float, picture: str, language: str, family: str, *, fill: str = "paper", line: str = "line"
) -> str:
    """The frame around everything, and below it that this is a drawing."""
    sheet.box(0.5, 0.5, WIDTH - 1, height - 1, fill=fill, line=line, under=True, radius=8)
    return sheet.svg(height, own("drawing", language), says(picture, language), family)
