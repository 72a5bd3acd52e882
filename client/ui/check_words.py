"""Sentences for ``senim --check`` at a terminal: what the window's check page would say, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from client.settings import Settings
from client.ui.check_texts import CheckTexts
from client.ui.languages import CATALOGUES, locale


class CheckWords(QObject):
    """Without a window: only the catalogue is installed. An application object of Qt is made where there is none."""

    def __init__(self, settings: Settings) -> None:
        self._application = QCoreApplication.instance() or QCoreApplication(["senim"])
        super().__init__()
        language = settings.start_language(QLocale.system().name())
        QLocale.setDefault(locale(language))
        self._translator = QTranslator()
        self._translator.load(str(CATALOGUES / f"senim_{language}.qm"))
        QCoreApplication.installTranslator(self._translator)

    def of(self, item: str, code: str, values: Mapping[str, str]) -> list[str]:
        """What was found and what to do; nothing for a code the window never shows."""
        texts = CheckTexts()
        if not texts.knows(code):
            return []
        text = texts.text(code, values)
        return [f"{texts.name(item)}: {text.what}", *([text.remedy] if text.remedy else [])]

    def verdict(self, ready: bool) -> str:
        return self.tr("This computer is ready.") if ready else self.tr("This computer is not ready yet.")
