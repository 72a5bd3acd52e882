"""A QR code as a picture, drawn by Qt from the matrix of the ``qrcode`` package."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap

MODULE_PIXELS = 4
QUIET_MODULES = 4  # the white frame that readers need


def qr_picture(text: str) -> QPixmap:
    """Black on white whatever the theme's colours: readers expect that."""
    import qrcode  # here: nobody waits for it before there is a receipt

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    black = QColor("black")
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x, y, black)
    size = len(rows) * MODULE_PIXELS
    return QPixmap.fromImage(image.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio))
