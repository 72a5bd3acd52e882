"""Colours, type and measures of the window, in light and dark, on an 8 px grid.

Contrast: ink on paper is above 12:1, muted text above 5:1, borders of inputs above 3:1. Red is kept for what is
lost or about to be; amber means "look here"; teal is for actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

FAMILIES = ["Inter", "DejaVu Sans"]
BODY_PX = 15


@dataclass(frozen=True)
class Palette:
    """One set of colours; every field is ``#rrggbb``."""

    dark: bool
    paper: str
    surface: str
    ink: str
    muted: str
    line: str
    border: str
    teal: str
    teal_strong: str
    on_teal: str
    teal_soft: str
    amber: str
    amber_ink: str
    amber_soft: str
    red: str
    red_soft: str


LIGHT = Palette(
    dark=False, paper="#faf9f6", surface="#ffffff", ink="#16211f", muted="#51605c", line="#dedcd4", border="#84908c",
    teal="#0b5c56", teal_strong="#084640", on_teal="#ffffff", teal_soft="#e2eeec",
    amber="#b86e00", amber_ink="#6b4300", amber_soft="#fcf1dc", red="#a51d17", red_soft="#fbe9e7",
)  # fmt: skip
DARK = Palette(
    dark=True, paper="#131817", surface="#1b2221", ink="#eceeea", muted="#a8b4b0", line="#323c3a", border="#74827e",
    teal="#63c5b8", teal_strong="#86d6cb", on_teal="#05211e", teal_soft="#1b3633",
    amber="#f0b54a", amber_ink="#f7d08a", amber_soft="#352a14", red="#ff8f86", red_soft="#3d1f1c",
)  # fmt: skip


class Theme(QObject):
    """The colours in use. Widgets that paint by hand listen to ``changed``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.palette = LIGHT

    def apply(self, app: QApplication, appearance: str) -> None:
        """``appearance``: system, light or dark."""
        dark = appearance == "dark"
        if appearance == "system":
            hints = app.styleHints()  # kept in a name: a chained call may lose the object
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
        self.palette = DARK if dark else LIGHT
        app.setStyle("Fusion")
        app.setFont(font(BODY_PX))
        app.setPalette(_qt_palette(self.palette))
        app.setStyleSheet(stylesheet(self.palette))
        self.changed.emit()


theme = Theme()


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    result = QFont(FAMILIES)
    result.setPixelSize(pixels)
    result.setWeight(weight)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def color(name: str) -> QColor:
    """A colour of the present palette by its field's name."""
    return QColor(getattr(theme.palette, name))


def _qt_palette(p: Palette) -> QPalette:
    result = QPalette()
    role = QPalette.ColorRole
    for where, value in {
        role.Window: p.paper, role.WindowText: p.ink, role.Base: p.surface, role.AlternateBase: p.paper,
        role.Text: p.ink, role.Button: p.surface, role.ButtonText: p.ink, role.Highlight: p.teal,
        role.HighlightedText: p.on_teal, role.ToolTipBase: p.surface, role.ToolTipText: p.ink,
        role.PlaceholderText: p.muted, role.Link: p.teal, role.Accent: p.teal,
    }.items():  # fmt: skip
        result.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(p.muted))
    return result


_QSS = Template("""
* { font-size: 15px; }
QMainWindow, QDialog, QWidget#page, QScrollArea, QWidget#scrolled { background: $paper; color: $ink; }
QScrollArea { border: none; }
QLabel { color: $ink; background: transparent; }
QLabel[role="title"] { font-size: 26px; font-weight: 600; }
QLabel[role="heading"] { font-size: 17px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 13px; }
QLabel[role="code"] { font-size: 40px; font-weight: 600; letter-spacing: 2px; }
QLabel[role="clock"] { font-size: 20px; font-weight: 600; }
QLabel[role="instruction"] { font-size: 24px; font-weight: 600; }
QLabel[tone="amber"] { color: $amber_ink; }
QLabel[tone="red"] { color: $red; }
QLabel[tone="teal"] { color: $teal; }
QLabel[chip="true"][tone="amber"] { background: $amber_soft; border: 1px solid $amber; border-radius: 6px;
  padding: 1px 8px; }
QLabel[chip="true"][tone="red"] { background: $red_soft; border: 1px solid $red; border-radius: 6px; padding: 1px 8px; }

QWidget#side { background: $surface; border-right: 1px solid $line; }
QWidget#topbar { background: $surface; border-bottom: 1px solid $line; }
QWidget#bottombar { background: $surface; border-top: 1px solid $line; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[card="true"][chosen="true"] { border: 2px solid $teal; background: $teal_soft; }
QFrame[card="true"] QScrollArea, QFrame[card="true"] QWidget#scrolled { background: $surface; }
QFrame[panel="info"] { background: $teal_soft; border: 1px solid $teal; border-radius: 8px; }
QFrame[panel="amber"] { background: $amber_soft; border: 1px solid $amber; border-radius: 8px; }
QFrame[panel="red"] { background: $red_soft; border: 1px solid $red; border-radius: 8px; }

QPushButton { min-height: 24px; padding: 7px 16px; border-radius: 8px; border: 1px solid $border;
  background: $surface; color: $ink; }
QPushButton:hover { border-color: $teal; color: $teal; }
QPushButton:focus { border: 2px solid $teal; padding: 6px 15px; }
QPushButton:disabled { color: $muted; border-color: $line; background: $paper; }
QPushButton:checked { background: $teal_soft; border-color: $teal; color: $teal_strong; font-weight: 600; }
QPushButton[kind="main"] { background: $teal; color: $on_teal; border: 2px solid $teal; font-weight: 600;
  padding: 6px 32px; }
QPushButton[kind="main"]:hover { background: $teal_strong; border-color: $teal_strong; color: $on_teal; }
QPushButton[kind="main"]:focus { border: 3px solid $ink; padding: 5px 31px; }
QPushButton[kind="main"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[kind="quiet"] { border: 1px solid transparent; background: transparent; color: $teal; padding: 7px 8px;
  text-align: left; }
QPushButton[kind="quiet"]:hover { text-decoration: underline; }
QPushButton[kind="quiet"]:focus { border: 2px solid $teal; padding: 6px 7px; }
QPushButton[kind="quiet"]:disabled { color: $muted; }

QLineEdit, QComboBox { min-height: 24px; padding: 7px 12px; border: 1px solid $border; border-radius: 8px;
  background: $surface; color: $ink; selection-background-color: $teal; selection-color: $on_teal; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $teal; padding: 6px 11px; }
QLineEdit:disabled { color: $muted; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox QAbstractItemView { background: $surface; color: $ink; border: 1px solid $border; padding: 4px;
  selection-background-color: $teal; selection-color: $on_teal; }
QListWidget, QTreeWidget { background: $surface; color: $ink; border: 1px solid $border; border-radius: 8px;
  padding: 4px; outline: none; }
QListWidget:focus, QTreeWidget:focus { border: 2px solid $teal; padding: 3px; }
QListWidget::item, QTreeWidget::item { min-height: 34px; padding: 0 6px; }
QListWidget::item:selected, QTreeWidget::item:selected { background: $teal_soft; color: $ink; }
QHeaderView { background: $surface; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px; }
QCheckBox, QRadioButton { color: $ink; spacing: 12px; padding: 6px; border: 2px solid transparent; border-radius: 8px; }
QCheckBox:focus, QRadioButton:focus { border-color: $teal; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; border: 2px solid $border;
  background: $surface; }
QRadioButton::indicator { border-radius: 11px; }
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator:checked { width: 10px; height: 10px; border: 6px solid $teal; }
QCheckBox::indicator:checked { border-color: $teal; background: $teal; }
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled { border-color: $line; }
QRadioButton:disabled { color: $muted; }
QProgressBar { border: none; border-radius: 4px; background: $line; height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $teal; border-radius: 4px; }
QScrollBar:vertical { width: 12px; background: transparent; margin: 0; }
QScrollBar::handle:vertical { background: $border; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $surface; color: $ink; border: 1px solid $border; padding: 4px; }
""")


def stylesheet(p: Palette) -> str:
    return _QSS.substitute({name: getattr(p, name) for name in p.__dataclass_fields__})
