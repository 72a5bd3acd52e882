"""The site's words: one JSON catalogue per language below ``texts/``, the same keys in each.

A value is one sentence with ``{names}``, or an object of plural forms chosen by ``n``. Kazakh needs one form
after a number, Russian three, English two. Sentences are whole: nothing is glued together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from server.clock import parse
from server.settings import LANGUAGES

FOLDER = Path(__file__).with_name("texts")
# Kazakhstan has one time zone since March 2024; tzdata of older systems does not know it yet.
ZONE = timezone(timedelta(hours=5))
ZONE_NAME = "UTC+5"
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}

# Beginnings of the codes in evidence/FORMAT.md, first fit wins.
PROBLEM_KINDS = (
    ("segment-missing", "missing"), ("segment-not-held", "missing"), ("segment-foreign", "foreign"),
    ("segment", "changed"), ("ledger-truncated", "cut"), ("torn", "cut"), ("lines-missing", "cut"),
    ("seat-key", "keys"), ("server-key", "keys"), ("wrong-se", "keys"), ("key-", "keys"), ("receipt", "receipts"),
    ("line", "ledger"), ("begin", "ledger"), ("unusable", "unusable"), ("file", "foreign"),
)  # fmt: skip

Entry = str | Mapping[str, str]


def load(language: str) -> dict[str, Entry]:
    raw = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return dict(raw)


class Texts:
    """One language. Missing keys raise ``KeyError``: a page never shows a half-translated sentence."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._entries = load(language)

    def __call__(self, key: str, **values: object) -> str:
        entry = self._entries[key]
        if not isinstance(entry, str):
            entry = entry[plural(self.language, int(str(values["n"])))]
        return entry.format(**values) if values else entry

    def get(self, key: str, default: str) -> str:
        """For words that come from outside: the sentence if there is one, else ``default``."""
        entry = self._entries.get(key.replace("_", "-"), self._entries.get(key, default))
        return entry if isinstance(entry, str) else default

    def problem(self, code: str) -> str:
        """What a problem of ``evidence.verify`` means; the many codes fall into a few kinds."""
        for start, kind in PROBLEM_KINDS:
            if code.startswith(start):
                return self(f"verify.{kind}")
        return self("verify.other")

    def subset(self, prefix: str) -> dict[str, Entry]:
        """All entries below ``prefix.`` without it: the words that a script of the page needs."""
        return {key[len(prefix) + 1 :]: entry for key, entry in self._entries.items() if key.startswith(prefix + ".")}

    # ---- numbers and times as this language writes them

    def number(self, value: float, digits: int = 0) -> str:
        text = f"{value:,.{digits}f}"
        if self.language == "en":
            return text
        return text.replace(",", "\u00a0").replace(".", ",")

    def percent(self, ratio: float) -> str:
        """Coverage: cut, never rounded up, so that 100 % means all of it; above 99.9 % a second digit is shown."""
        digits = 0 if ratio >= 1 else 2 if ratio >= 0.999 else 1
        step = 10 ** (digits + 2)
        return f"{self.number(int(ratio * step + 1e-9) * 100 / step, digits)}\u00a0%"

    def size(self, count: int) -> str:
        """Of a file, as limits of file sizes are meant: 1 MB is 1024 times 1024 bytes."""
        for unit, name in ((1024**2, "mb"), (1024, "kb")):
            if count >= unit:
                value = round(count / unit, 1)
                return self(f"files.size_{name}", n=self.number(value, 0 if value >= 100 or value == int(value) else 1))
        return self("files.size_bytes", n=count)

    def date_time(self, stored: str | None) -> str:
        if not stored:
            return "–"
        moment = parse(stored).astimezone(ZONE)
        return f"{self._date(moment)}, {moment:%H:%M}"

    def day(self, iso_day: str) -> str:
        """A day of the calendar, without a time."""
        return self._date(datetime.fromisoformat(iso_day))

    def span(self, opens: str, closes: str) -> str:
        """From when to when; the day once, where both are on it."""
        first, last = parse(opens).astimezone(ZONE), parse(closes).astimezone(ZONE)
        if first.date() == last.date():
            return f"{self.date_time(opens)}–{last:%H:%M}"
        return f"{self.date_time(opens)} – {self.date_time(closes)}"

    def day_time(self, stored: str) -> str:
        """Without the year, for narrow columns of recent days; the day is not broken into two lines."""
        moment = parse(stored).astimezone(ZONE)
        return f"{moment.day}\u00a0{self(f'month.{moment.month}')}, {moment:%H:%M}"

    def exactly(self, stored: str | None) -> str:
        """With seconds: where the moment itself is what is proved."""
        return "–" if not stored else f"{self.date_time(stored)}:{parse(stored).astimezone(ZONE):%S}"

    def clock(self, stored: str | None) -> str:
        return "–" if not stored else f"{parse(stored).astimezone(ZONE):%H:%M:%S}"

    def duration(self, seconds: float) -> str:
        """``1:02:03`` or ``2:03``; tabular in tables."""
        whole = int(seconds + 0.5)
        hours, rest = divmod(whole, 3600)
        minutes, left = divmod(rest, 60)
        return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"

    def _date(self, moment: datetime) -> str:
        if self.language == "en":
            return f"{moment.day} {self(f'month.{moment.month}')} {moment.year}"
        if self.language == "kk":
            return f"{moment.year} ж. {moment.day} {self(f'month.{moment.month}')}"
        return f"{moment.day} {self(f'month.{moment.month}')} {moment.year} г."


def plural(language: str, n: int) -> str:
    """The CLDR category of a whole number in one of our languages."""
    if language == "ru":
        if n % 10 == 1 and n % 100 != 11:
            return "one"
        return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"
    if language == "kk":
        return "other"
    return "one" if n == 1 else "other"


def all_languages() -> dict[str, Texts]:
    return {language: Texts(language) for language in LANGUAGES}
