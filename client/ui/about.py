"""What this program is and whose settings it works with: version, server, the key's fingerprint, the licence."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from client.settings import Settings
from client.ui.dialogs import Sheet
from client.ui.widgets import label
from client.version import VERSION

LOGO = QSize(200, 72)  # px; a larger picture is made smaller, a smaller one stays
LARGEST_LOGO = 4096  # px a side: a picture that unpacks to more is not a logo


def logo_label(file: Path | None) -> QLabel:
    """The institution's logo; hidden where there is none or it cannot be read."""
    shown = QLabel()
    shown.setObjectName("side_logo")
    shown.setContentsMargins(8, 0, 0, 0)
    picture = _picture(file) if file is not None else QPixmap()
    shown.setPixmap(picture)
    shown.setVisible(not picture.isNull())
    return shown


def _picture(file: Path) -> QPixmap:
    reader = QImageReader(str(file), b"png")
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > LARGEST_LOGO:
        return QPixmap()
    if size.width() > LOGO.width() or size.height() > LOGO.height():
        reader.setScaledSize(size.scaled(LOGO, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImageReader(reader)


class AboutSenim(Sheet):
    """Its lines can be selected and copied, to be read out to IT."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__("about", self.tr("About Senim"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row, (name, value) in enumerate(self._rows(settings)):
            caption, text = label("muted", wrap=False), label("", name=f"about_value_{row + 1}")
            caption.setText(name)
            text.setText(value)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            text.setMinimumWidth(360)
            self.grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(text, row, 1)
        note = label("small")
        note.setText(self.tr("The fingerprint is the one IT of your institution has in its records."))
        self.column.addWidget(note)
        self.end_with(self.tr("Close"))

    def _rows(self, settings: Settings) -> list[tuple[str, str]]:
        signed = settings.signed or self.tr("not signed (for trying out)")
        return [
            (self.tr("Version"), f"{VERSION} · {platform.system()} {platform.machine()}"),
            (self.tr("Institution"), settings.config.name_in(settings.start_language(""))),
            (self.tr("Server"), settings.config.server),
            (self.tr("Fingerprint of the key"), settings.fingerprint or "–"),
            (self.tr("Settings signed on"), signed),
            (self.tr("Licence"), "GPL-3.0-or-later"),
        ]
