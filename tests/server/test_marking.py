"""Points of answers: closed questions by themselves, one or two teachers for the rest."""

from __future__ import annotations

from typing import Any

import pytest

from server.marking import automatic, fits, marked, may_mark, of_session, total, visible
from server.papers import Choice, Paper, Question

ONE = Question("q", "multichoice", "1", "", 2.0, choices=[Choice("a", "", 100.0), Choice("b", "", -50.0)])
MANY = Question(
    "q", "multichoice", "1", "", 4.0, single=False,
    choices=[Choice("a", "", 50.0), Choice("b", "", 50.0), Choice("c", "", -100.0)],
)  # fmt: skip
SHORT = Question("q", "shortanswer", "1", "", 1.0, accepted=["үш*", "3"])
ESSAY = Question("q", "essay", "1", "", 5.0)


def mark(by: str, points: float, n: int = 0) -> dict[str, Any]:
    return {"question": "q", "by": by, "points": points, "comment": "", "at": f"2026-01-0{n + 1}"}


@pytest.mark.parametrize(
    ("question", "value", "points"),
    [
        (ONE, ["a"], 2.0), (ONE, ["b"], 0.0), (ONE, [], 0.0), (ONE, None, 0.0), (ONE, ["zz"], 0.0),
        (MANY, ["a", "b"], 4.0), (MANY, ["a"], 2.0), (MANY, ["a", "b", "c"], 0.0), (MANY, ["a", "a"], 2.0),
        (SHORT, " ҮШЕУ ", 1.0), (SHORT, "3", 1.0), (SHORT, "33", 0.0), (SHORT, ["3"], 0.0),
        (ESSAY, "мәтін", None), (ESSAY, "", 0.0), (ESSAY, None, 0.0),
    ],
    ids=str,
)  # fmt: skip
def test_closed_questions_mark_themselves(question: Question, value: object, points: float | None) -> None:
    assert automatic(question, value) == points


def test_a_star_stands_for_anything_and_nothing_else_is_a_pattern() -> None:
    assert (
        fits("a*c", "AbbC") and not fits("a.c", "abc") and not fits("(", "x") and fits("\u0430\u0306", "\u0430\u0306")
    )


def test_one_marker_the_newest_counts() -> None:
    entry = marked(ESSAY, "x", [mark("t1", 2.0), mark("t2", 4.0, 1)], 1)
    assert entry.points == 4.0 and may_mark(entry, "t3", 1)
    assert marked(ONE, ["a"], [mark("t1", 0.5)], 1).points == 0.5, "a teacher may correct what was worked out"


def test_two_markers_are_blind_and_their_mean_counts() -> None:
    first = marked(ESSAY, "x", [mark("t1", 2.0), mark("t1", 3.0, 1)], 2)
    assert first.points is None and visible(first, "t2", 2) == () and len(visible(first, "t1", 2)) == 1
    both = marked(ESSAY, "x", [mark("t1", 3.0), mark("t2", 4.0, 1)], 2)
    assert both.points == 3.5 and len(visible(both, "t1", 2)) == 2
    assert may_mark(both, "t1", 2) and not may_mark(both, "t3", 2)


def test_a_total_is_told_only_when_nothing_is_missing() -> None:
    questions = [Question("q", "essay", "1", "", 5.0), Question("r", "shortanswer", "2", "", 1.0, accepted=["3"]),
                 Question("d", "description", "3", "", 0.0)]  # fmt: skip
    paper = Paper("t", questions, {})
    waiting = total(of_session(paper, {"q": "x", "r": "3"}, [], 1))
    assert (waiting.points, waiting.most, waiting.missing, waiting.percent) == (1.0, 6.0, 1, None)
    done = total(of_session(paper, {"q": "x", "r": "3"}, [mark("t1", 3.0)], 1))
    assert (done.points, done.percent) == (4.0, 67)
