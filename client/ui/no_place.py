"""Told in place of the window when nothing can be kept on this computer. In all three languages at once: the chosen
one would lie in the very folder that is not there."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

TEXTS = (
    "Бұл компьютерде деректеріңізді сақтайтын орын жоқ, сондықтан емтихан басталмайды. "
    "АТ бөліміне төмендегі жолды айтыңыз немесе басқа тіркелгімен кіріңіз.",
    "На этом компьютере негде хранить ваши данные, поэтому экзамен не начнётся. "
    "Сообщите ИТ-отделу строку ниже или войдите под другой учётной записью.",
    "This computer has no place to keep your data, so no exam can begin. "
    "Tell your IT the line below, or use another account.",
)


def no_place_box(fault: str) -> QMessageBox:
    """``fault``: one English line for IT."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Senim", "\n\n".join((*TEXTS, fault)))
    box.setObjectName("no_place")
    return box
