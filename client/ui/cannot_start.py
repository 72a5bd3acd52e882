"""Told in place of the window when no exam can begin here. In all three languages at once: which one was chosen lies
in the very folder, or the settings, that cannot be used."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

NO_PLACE = (
    "Бұл компьютерде деректеріңізді сақтайтын орын жоқ, сондықтан емтихан басталмайды. "
    "АТ бөліміне төмендегі жолды айтыңыз немесе басқа тіркелгімен кіріңіз.",
    "На этом компьютере негде хранить ваши данные, поэтому экзамен не начнётся. "
    "Сообщите ИТ-отделу строку ниже или войдите под другой учётной записью.",
    "This computer has no place to keep your data, so no exam can begin. "
    "Tell your IT the line below, or use another account.",
)
BAD_SETTINGS = (
    "Оқу орнының баптауларын қолдану мүмкін емес, сондықтан Senim іске қосылмайды. "
    "АТ бөліміне төмендегі жолды айтыңыз.",
    "Настройки учебного заведения нельзя использовать, поэтому Senim не запускается. Сообщите ИТ-отделу строку ниже.",
    "The settings of your institution cannot be used, so Senim does not start. Tell your IT the line below.",
)


def cannot_start_box(texts: tuple[str, ...], fault: str) -> QMessageBox:
    """``fault``: one English line for IT."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Senim", "\n\n".join((*texts, fault)))
    box.setObjectName("cannot_start")
    return box
