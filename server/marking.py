"""Points of answers: worked out for closed questions, given by teachers for the rest. Knows no recording."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.answer_values import is_empty
from server.papers import CHOICE_KINDS, Paper, Question

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Marked:
    """One question of one session. ``automatic``: None where a person has to mark; ``points``: what counts now, None
    while marks are missing; ``given``: the newest mark of each teacher."""

    question: Question
    automatic: float | None
    points: float | None
    given: tuple[Row, ...]

    @property
    def needs_person(self) -> bool:
        return self.points is None


@dataclass(frozen=True)
class Total:
    """``points``: of what is marked so far."""

    points: float
    most: float
    missing: int

    @property
    def percent(self) -> int | None:
        """Of 100, halves rounded up; None while a mark is missing."""
        if self.missing or not self.most:
            return None
        return int(self.points * 100 / self.most + 0.5)


def automatic(question: Question, value: object) -> float | None:
    """Points for one answer, None if a person must read it. An answer that was not given has 0 points.

    As in Moodle: shares of the chosen texts are added up, never below 0; short answers ignore case and outer blanks.
    """
    if is_empty(value):
        return 0.0
    if question.kind in CHOICE_KINDS:
        chosen = {str(entry) for entry in value} if isinstance(value, list) else {str(value)}
        share = sum(choice.fraction for choice in question.choices if choice.id in chosen)
        return round(question.points * min(max(share, 0.0), 100.0) / 100, 4)
    if question.kind == "shortanswer":
        return question.points if any(fits(pattern, str(value)) for pattern in question.accepted) else 0.0
    return None


def fits(pattern: str, text: str) -> bool:
    """``*`` in the pattern stands for anything; the rest letter by letter, whatever their case."""
    plain = re.escape(_folded(pattern)).replace(r"\*", ".*")
    return re.fullmatch(plain, _folded(text), re.DOTALL) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def newest_of_each(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The last mark of each teacher, in the order in which they first marked."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["at"]):
        found[row["by"]] = row
    return tuple(found.values())


def marked(question: Question, value: object, rows: Sequence[Row], markers: int) -> Marked:
    """``rows``: marks of this question in this session; ``markers``: how many teachers a work to be read needs."""
    worked_out = automatic(question, value)
    given = newest_of_each(rows)
    if worked_out is None and markers > 1:
        points = sum(row["points"] for row in given) / len(given) if len(given) >= markers else None
    elif given:
        points = max(given, key=lambda row: row["at"])["points"]
    else:
        points = worked_out
    return Marked(question, worked_out, points, given)


def may_mark(entry: Marked, login: str, markers: int) -> bool:
    """With two markers a third teacher has no say; each of the two may change the own mark."""
    if markers == 1 or entry.automatic is not None:
        return True
    people = {row["by"] for row in entry.given}
    return login in people or len(people) < markers


def visible(entry: Marked, login: str, markers: int) -> tuple[Row, ...]:
    """The marks ``login`` may see: before all markers are done, only the own one."""
    if markers == 1 or entry.automatic is not None or len(entry.given) >= markers:
        return entry.given
    return tuple(row for row in entry.given if row["by"] == login)


def of_session(paper: Paper, values: Mapping[str, object], rows: Sequence[Row], markers: int) -> list[Marked]:
    """Every question that is answered and not only read."""
    return [
        marked(question, values.get(question.id), [row for row in rows if row["question"] == question.id], markers)
        for question in paper.questions
        if question.kind != "description"
    ]


def total(entries: Sequence[Marked]) -> Total:
    return Total(
        points=sum(entry.points or 0.0 for entry in entries),
        most=sum(entry.question.points for entry in entries),
        missing=sum(entry.needs_person for entry in entries),
    )
