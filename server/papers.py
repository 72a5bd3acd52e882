"""An exam's questions as they are kept, and the paper as one session sees it (no right answers, its own order)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from server.at_rest import AtRest, paper_purpose
from server.schema import exams

KINDS = ("multichoice", "truefalse", "shortanswer", "essay", "description")
CHOICE_KINDS = ("multichoice", "truefalse")


@dataclass(frozen=True)
class Choice:
    """``id`` is random for shuffled questions, so that it does not tell the place in the source file."""

    id: str
    html: str
    fraction: float = 0.0  # share of the points in percent, -100 to 100


@dataclass(frozen=True)
class FileRule:
    """What may be attached to an answer. ``required``: files without which it counts as open; ``types``: suffixes in
    small letters with their dot, none: any; ``bytes``: of one file at most."""

    most: int
    required: int = 0
    types: list[str] = field(default_factory=list)
    bytes: int = 20 * 1024 * 1024


@dataclass(frozen=True)
class Question:
    """``text``: whether an answer is typed; ``files``: whether files are attached, and which."""

    id: str
    kind: str
    name: str
    html: str
    points: float
    single: bool = True
    shuffle: bool = False
    choices: list[Choice] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)  # shortanswer: right texts, ``*`` stands for anything
    text: bool = True
    files: FileRule | None = None


@dataclass(frozen=True)
class Paper:
    """``pictures``: {name: {"type", "data" (base64)}}, named in the HTML as ``senim:picture/<name>``."""

    title: str
    questions: list[Question]
    pictures: dict[str, dict[str, str]]
    shuffle_questions: bool = False

    def to_json(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Paper:
        raw = json.loads(data)
        return cls(**{**raw, "questions": [_question(question) for question in raw["questions"]]})

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)


def _question(raw: dict[str, Any]) -> Question:
    """Papers kept before there were files have no word of them."""
    files = raw.get("files")
    choices = [Choice(**choice) for choice in raw["choices"]]
    return Question(**{**raw, "choices": choices, "files": FileRule(**files) if files else None})


def load(connection: Connection, at_rest: AtRest, exam: str) -> Paper:
    """The exam's paper. Raises ``AtRestError``; the exam must exist."""
    sealed = connection.execute(select(exams.c.sealed_paper).where(exams.c.id == exam)).scalar_one()
    return Paper.from_json(at_rest.open(paper_purpose(exam), sealed))


def for_session(paper: Paper, nonce: str) -> dict[str, Any]:
    """What the student gets. Order follows from the session's nonce alone: the same at every call, and for review."""
    questions = list(paper.questions)
    if paper.shuffle_questions:
        questions = _shuffled_between_descriptions(questions, nonce)
    return {
        "title": paper.title,
        "questions": [_for_student(question, nonce) for question in questions],
        "pictures": paper.pictures,
    }


def _for_student(question: Question, nonce: str) -> dict[str, Any]:
    choices = list(question.choices)
    if question.shuffle:
        choices.sort(key=lambda choice: _place(nonce, question.id, choice.id))
    return {
        "id": question.id,
        "kind": question.kind,
        "html": question.html,
        "single": question.single,
        "choices": [{"id": choice.id, "html": choice.html} for choice in choices],
        "points": question.points,
        "text": question.text,
        "files": dataclasses.asdict(question.files) if question.files else None,
    }


def _shuffled_between_descriptions(questions: list[Question], nonce: str) -> list[Question]:
    """A description introduces what follows it, so it stays, and questions move only within its section."""
    result: list[Question] = []
    section: list[Question] = []
    for question in questions:
        if question.kind == "description":
            result += [*sorted(section, key=lambda entry: _place(nonce, entry.id)), question]
            section = []
        else:
            section.append(question)
    return result + sorted(section, key=lambda entry: _place(nonce, entry.id))


def _place(*parts: str) -> bytes:
    return hashlib.sha256(b"senim/order/v1\n" + "\n".join(parts).encode()).digest()
