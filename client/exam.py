"""The paper, the answers and the exam's clock, without any device, disk or network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from client.errors import SenimError

Value = str | list[str] | dict[str, Any]
"""A text, a list of choice ids, or ``{"text", "files"}`` where files may be attached (docs/PROTOCOL.md)."""


class BadPaper(SenimError):
    """What came as a paper is none."""

    code = "server_answer"


def unix_ms(text: str) -> int:
    """Milliseconds since 1970 of an ISO 8601 time with its zone. Raises ``ValueError``."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return round(moment.astimezone(UTC).timestamp() * 1000)


def text_of(value: Value) -> str | None:
    """What was typed; None of choices."""
    text = value.get("text") if isinstance(value, dict) else value
    return text if isinstance(text, str) else None


def files_of(value: Value) -> list[dict[str, Any]]:
    """The attached files, as the answer names them."""
    return list(value.get("files") or []) if isinstance(value, dict) else []


@dataclass(frozen=True)
class Paper:
    """As released for this session: order and shuffling are the server's."""

    title: str
    questions: list[dict[str, Any]]
    pictures: dict[str, dict[str, str]]

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Paper:
        """Raises ``BadPaper``."""
        title, questions, pictures = body.get("title"), body.get("questions"), body.get("pictures", {})
        if not isinstance(title, str) or not isinstance(questions, list) or not isinstance(pictures, dict):
            raise BadPaper("title, questions or pictures are missing")
        names = [q.get("id") for q in questions if isinstance(q, dict)]
        if (
            len(names) != len(questions)
            or not all(isinstance(n, str) and n for n in names)
            or len(set(names)) != len(names)
        ):
            raise BadPaper("questions without names of their own")
        return cls(title, questions, pictures)

    def question(self, name: str) -> dict[str, Any] | None:
        return next((question for question in self.questions if question["id"] == name), None)

    def to_json(self) -> dict[str, Any]:
        return {"title": self.title, "questions": self.questions, "pictures": self.pictures}


class Taken(StrEnum):
    """What became of an answer handed over by the window."""

    NEW = "new"
    REPEATED = "repeated"  # the same revision again: the window was not sure it arrived
    STALE = "stale"  # a newer revision is here already


@dataclass
class Answers:
    """The newest revision of each answer, and the questions the student marked."""

    given: dict[str, tuple[int, Value]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)

    def take(self, question: str, revision: int, value: Value) -> Taken:
        known, held = self.given.get(question, (0, ""))
        if revision < known:
            return Taken.STALE
        if revision == known:
            return Taken.REPEATED if held == value else Taken.STALE
        self.given[question] = revision, value
        return Taken.NEW

    def merge(self, question: str, revision: int, value: Value) -> bool:
        """Take what another memory holds, if it is newer."""
        return revision > self.given.get(question, (0, ""))[0] and self.take(question, revision, value) is Taken.NEW

    def mark(self, question: str, marked: bool) -> None:
        (self.marked.add if marked else self.marked.discard)(question)

    def view(self) -> dict[str, dict[str, Any]]:
        return {question: {"value": value, "revision": revision} for question, (revision, value) in self.given.items()}


@dataclass
class ExamClock:
    """When the time is over, by the server's clock. ``ends`` ISO UTC or "" while it is not known. ``paused``: a person
    asked to wait; the server moves the end on meanwhile. ``stands_until``: a break in which the clock stands, whose
    minutes are in ``ends`` already."""

    ends: str = ""
    paused: bool = False
    stands_until: str = ""

    def learn(self, ends: str | None) -> bool:
        """True when the end changed (the paper was released, time was added)."""
        changed = bool(ends) and ends != self.ends
        self.ends = ends or self.ends
        return changed

    def seconds_left(self, server_ms: int) -> float | None:
        """None while the end is not known."""
        now = max(server_ms, unix_ms(self.stands_until)) if self.stands_until else server_ms
        return (unix_ms(self.ends) - now) / 1000 if self.ends else None
