"""Linux: the shop that installs a ``.deb``, and what GNOME and KDE ask under Wayland before a screen is shown."""

from __future__ import annotations

from client.ui.drawings.parts import INNER, finished
from client.ui.drawings.sheet import GAP, MARGIN, WIDTH, Said, Sheet
from client.ui.drawings.words import FILE, PROGRAM, own, shown

SCREEN = (120, 68)  # pixels


def gnome_share(language: str, family: str = "sans-serif") -> str:
    sheet = Sheet()
    third = 118
    cancel = sheet.button(MARGIN, 12, third, shown("gnome.cancel", language))
    share = sheet.button(WIDTH - MARGIN - third, 12, third, shown("gnome.share", language), main="teal")
    title = sheet.said(WIDTH / 2, 14, shown("gnome.title", language), width=150, bold=True, middle=True)
    sheet.mark(WIDTH - MARGIN - third, 15, 3)
    y = max(cancel, share, title) + 8
    y = sheet.said(WIDTH / 2, y, shown("gnome.wants", language), width=INNER, middle=True) + 8
    width = 268
    pair, top = (shown("gnome.window", language), shown("gnome.display", language)), y
    y = sheet.buttons((WIDTH - width) / 2, y, width, pair, ("", "blue"))
    sheet.mark((WIDTH + width) / 2, (top + y) / 2, 1)
    y = _screen(sheet, y + 10, 2)
    return finished(sheet, y + 8, "gnome-share", language, family)


def kde_share(language: str, family: str = "sans-serif") -> str:
    sheet = Sheet()
    y = sheet.said(WIDTH / 2, 10, shown("kde.title", language), width=INNER, bold=True, middle=True) + 6
    y = sheet.said(MARGIN, y, shown("kde.choose", language), width=INNER) + 6
    top, half = y, (INNER - GAP) / 2
    for place, key in enumerate(("kde.screen", "kde.whole")):
        middle = MARGIN + half / 2 + place * (half + GAP)
        sheet.box(middle - 45, top + 8, 90, 52, fill="blue" if place == 0 else "bar", line="line")
        y = max(y, sheet.said(middle, top + 64, shown(key, language), width=half - 16, size=12, middle=True))
    sheet.mark(MARGIN + half / 2 + 45, top + 10, 1)
    for place in range(2):
        sheet.box(MARGIN + place * (half + GAP), top, half, y - top + 4, under=True)
    y += 12
    width = 268
    left = WIDTH - MARGIN - width
    end = sheet.buttons(left, y, width, (shown("kde.share", language), shown("kde.cancel", language)), ("teal", ""))
    sheet.mark(left + 2, y + 2, 2)
    return finished(sheet, end + 10, "kde-share", language, family)


def install(language: str, family: str = "sans-serif") -> str:
    """The window that opens by a double click on the package."""
    sheet = Sheet()
    y = sheet.said(WIDTH / 2, 10, shown("gnome.software", language), width=INNER, bold=True, middle=True) + 8
    sheet.box(MARGIN, y, 56, 56, fill="teal", line="", radius=12)
    sheet.text(MARGIN + 28, y + 12, "S", size=26, bold=True, tone="white", middle=True)
    sheet.text(MARGIN + 70, y + 6, PROGRAM, size=16, bold=True)
    sheet.text(MARGIN + 70, y + 32, FILE["gnome"], tone="muted")
    end = sheet.button(WIDTH - MARGIN - 140, y + 6, 140, shown("gnome.install", language), main="teal")
    sheet.mark(WIDTH - MARGIN - 140, y + 8, 1)
    y = max(y + 56, end) + 14
    sheet.mark(MARGIN + 81, y + 15, 2)
    sheet.box(MARGIN + 100, y, 160, 30)
    for dot in range(6):
        sheet.circle(MARGIN + 116 + dot * 14, y + 15, 4, "ink")
    y = sheet.text(MARGIN + 100, y + 34, own("password", language), width=INNER - 100, size=12, tone="muted")
    return finished(sheet, y + 8, "gnome-install", language, family)


def _screen(sheet: Sheet, y: float, number: int) -> float:
    """One monitor, chosen."""
    width, height = SCREEN
    left = (WIDTH - width) / 2
    sheet.box(left, y, width, height, fill="bar", line="blue", thick=3)
    sheet.said(WIDTH / 2, y + height / 2 - 10, Said("1"), width=width, size=16, bold=True, middle=True)
    sheet.mark(left + width, y + 4, number)
    return y + height
