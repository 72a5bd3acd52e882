"""The window's language: catalogues of our own and Qt's, switched at once; dates and sizes as whole sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QObject, QTime, QTranslator
from PySide6.QtWidgets import QApplication

CATALOGUES = Path(__file__).resolve().parent / "i18n"
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
LOCALES = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}

# All of Kazakhstan has kept one time, UTC+5, since March 2024. Exams are told in it with the zone
# written out, whatever the computer's own zone is set to.
EXAM_ZONE = timezone(timedelta(hours=5))


class Languages(QObject):
    """Installs one language; Qt then tells every widget, and each page writes its texts anew."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translators: list[QTranslator] = []
        self._read: list[bytes] = []
        self.current = ""

    def use(self, language: str) -> None:
        if language == self.current:
            return
        for old in self._translators:
            self._app.removeTranslator(old)
        self._translators = []
        self.current = language
        QLocale.setDefault(locale(language))
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._read = []
        for folder, name in ((Path(qt_folder), f"qtbase_{language}"), (CATALOGUES, f"senim_{language}")):
            file = folder / f"{name}.qm"
            if not file.exists():
                continue  # Qt's own words exist in fewer languages
            # From memory: a file that an update writes anew must not change the words of an exam that runs.
            words = file.read_bytes()
            translator = QTranslator(self)
            if translator.load(words):
                self._read.append(words)  # Qt reads on in it and keeps no copy
                self._translators.append(translator)
                self._app.installTranslator(translator)
        self._app.setApplicationDisplayName("Senim")


def locale(language: str) -> QLocale:
    return QLocale(LOCALES[language])


class Words(QObject):
    """Numbers, times and sizes in the reader's language. Every result is a finished phrase."""

    def when(self, iso: str) -> str:
        """``2026-01-31T09:00:00.000Z`` as day and time in the exam's zone, zone written out."""
        moment = parse_time(iso)
        return f"{self.day(moment)}, {self._clock(moment)} (UTC+5)" if moment else iso

    def when_exactly(self, iso: str) -> str:
        """With seconds, where the moment itself is what is proved."""
        moment = parse_time(iso)
        if moment is None:
            return iso
        time = QLocale().toString(QTime(moment.hour, moment.minute, moment.second), "HH:mm:ss")
        return f"{self.day(moment)}, {time} (UTC+5)"

    def window(self, opens: str, closes: str) -> str:
        """From-to; the day is said once when both are on the same."""
        start, end = parse_time(opens), parse_time(closes)
        if start is None or end is None:
            return f"{opens} – {closes}"
        if start.date() == end.date():
            return f"{self.day(start)}, {self._clock(start)}–{self._clock(end)} (UTC+5)"
        return f"{self.day(start)}, {self._clock(start)} – {self.day(end)}, {self._clock(end)} (UTC+5)"

    def day(self, moment: datetime) -> str:
        date = QDate(moment.year, moment.month, moment.day)
        #: How a day is written; letters as in Qt's date formats.
        return QLocale().toString(date, self.tr("d MMMM yyyy"))

    def day_of(self, iso: str) -> str:
        """Only the day; empty when there is no time."""
        moment = parse_time(iso)
        return self.day(moment) if moment else ""

    def time(self, iso: str) -> str:
        """Only the time of day, ``14:05 (UTC+5)``."""
        moment = parse_time(iso)
        return f"{self._clock(moment)} (UTC+5)" if moment else iso

    def time_of_day(self, iso: str) -> str:
        """``14:05`` alone, where the zone stands beside it already; empty when there is no time."""
        moment = parse_time(iso)
        return self._clock(moment) if moment else ""

    def _clock(self, moment: datetime) -> str:
        return QLocale().toString(QTime(moment.hour, moment.minute), "HH:mm")

    def percent(self, share: float) -> str:
        """0.998 as ``99.8 %``; never rounded up to a hundred: above 99.9 % a second digit is shown."""
        if share >= 1:
            return "100 %"
        digits = 2 if share >= 0.999 else 1
        step = 10 ** (digits + 2)
        return QLocale().toString(int(share * step + 1e-9) * 100 / step, "f", digits) + " %"

    def seconds(self, seconds: float) -> str:
        """A short time as ``0.04``, below a hundredth ``0.004``, without the unit."""
        return QLocale().toString(seconds, "f", 2 if seconds >= 0.01 else 3)

    def number(self, text: str) -> str:
        """A plain number (``43691``, ``81.7``) as the language writes it; anything else stays as it is."""
        if not re.fullmatch(r"\d+(\.\d+)?", text):
            return text
        return QLocale().toString(float(text), "f", len(text.partition(".")[2]))

    def megabytes(self, size: int) -> str:
        """Bytes in whole megabytes, small sizes with one digit, without the unit."""
        value = size / 1e6
        return QLocale().toString(value, "f", 0 if value >= 10 else 1)

    def kilobytes(self, size: float) -> str:
        """Bytes in whole kilobytes, without the unit."""
        return QLocale().toString(size / 1000, "f", 0 if size >= 10_000 else 1)

    def duration(self, seconds: float) -> str:
        """About how long, for waiting."""
        whole = max(1, round(seconds))
        if whole < 60:
            return self.tr("about %n s", "", whole)
        return self.tr("about %n min", "", round(whole / 60))


def unbroken_numbers(text: str) -> str:
    """A telephone number keeps to one line, together with the word before it."""
    return re.sub(r"(?<=\w) (?=\d)", "\u00a0", text)


def parse_time(iso: str) -> datetime | None:
    """An ISO time in the exam's zone, or None."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(EXAM_ZONE)


def clock_digits(seconds: float) -> str:
    """Whole seconds as ``0:59:03``; what is past shows as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


class _Unknown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put ``{name}`` values into a sentence; a missing value shows as an ellipsis, never as an error."""
    words = Words()
    told = {key: words.when(value) if key in ("opens", "closes") else value for key, value in values.items()}
    try:
        return text.format_map(_Unknown(told))
    except (ValueError, IndexError, AttributeError):
        return text
