"""Answers with their history, as sentences and not as ids."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from sqlalchemy import Connection, select

from evidence.attached import Attached
from server.answer_values import files_of, text_of
from server.at_rest import AtRest, AtRestError, answer_purpose
from server.papers import Paper, Question, for_session, load
from server.review.recording import Recording
from server.schema import answers

QUESTION_LETTERS = 400


@dataclass(frozen=True)
class Revision:
    """``value`` None: the stored answer cannot be opened. ``noted``: the ledger holds the same commitment; ``files``:
    what the answer names, in the student's order."""

    number: int
    value: str | None
    at_ms: int
    received_at: str
    late: bool
    noted: bool
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Answered:
    """One question in the student's order; ``revisions`` newest first, empty when not answered."""

    place: int
    id: str
    kind: str
    text: str
    revisions: list[Revision]


def of_session(
    connection: Connection, at_rest: AtRest, session: Mapping[str, Any], recording: Recording
) -> list[Answered]:
    """Raises ``AtRestError`` if the paper cannot be opened with the institution's key."""
    paper = load(connection, at_rest, session["exam"])
    query = select(answers).where(answers.c.session == session["id"]).order_by(answers.c.revision.desc())
    rows = [dict(row) for row in connection.execute(query).mappings()]
    noted = {str(line["commitment"]) for line in recording.of_type("answer")}
    result: list[Answered] = []
    for name, place in _places(paper, session["nonce"]).items():
        question = paper.question(name)
        if question is None or question.kind == "description":
            continue
        mine = [row for row in rows if row["question"] == question.id]
        revisions = [_revision(at_rest, session["id"], question, row, noted) for row in mine]
        result.append(Answered(place, question.id, question.kind, plain(question.html)[:QUESTION_LETTERS], revisions))
    return result


def places(connection: Connection, at_rest: AtRest, session: Mapping[str, Any]) -> dict[str, int]:
    """The number the student saw at each question. Raises ``AtRestError`` like ``of_session``."""
    return _places(load(connection, at_rest, session["exam"]), session["nonce"])


def _places(paper: Paper, nonce: str) -> dict[str, int]:
    """Texts to read are counted too."""
    return {entry["id"]: place for place, entry in enumerate(for_session(paper, nonce)["questions"], start=1)}


def _revision(at_rest: AtRest, session: str, question: Question, row: Mapping[str, Any], noted: set[str]) -> Revision:
    value: str | None = None
    files: tuple[Attached, ...] = ()
    try:
        given = json.loads(at_rest.open(answer_purpose(session, question.id, row["revision"]), row["sealed_value"]))
        value, files = words(question, given), tuple(files_of(given))
    except (AtRestError, ValueError):
        value = None
    return Revision(
        row["revision"], value, row["at_ms"], row["received_at"], row["late"], row["commitment"] in noted, files
    )


def words(question: Question, value: object) -> str:
    """Choices by their text; anything else as it was typed."""
    if isinstance(value, str | dict):
        return text_of(value)
    chosen: Sequence[object] = value if isinstance(value, list) else [value]
    texts = {choice.id: plain(choice.html) for choice in question.choices}
    return "\n".join(texts.get(str(entry), str(entry)) for entry in chosen)


def plain(source: str) -> str:
    """The text of sanitised HTML, for a table cell."""
    return " ".join(html.unescape(nh3.clean(source, tags=set())).split())
