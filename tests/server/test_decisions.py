"""Who may decide about a session, and what counts: the rules alone, over rows of verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from server.decisions import Case, Refusal, Stage, case_of
from server.schema import VERDICTS

NO, YES, TECH, LOOK = "no_violation", "violation", "technical_failure", "second_look"


def given(*entries: tuple[str, str, str]) -> list[dict[str, Any]]:
    """(person, outcome, stage) in the order of time."""
    return [
        {"by": by, "outcome": outcome, "stage": stage, "at": f"2026-01-0{n + 1}", "reason": f"reason {n}"}
        for n, (by, outcome, stage) in enumerate(entries)
    ]


def judged(*entries: tuple[str, str, str], appealed: str = "") -> Case:
    return case_of(given(*entries), appealed)


@pytest.mark.parametrize(
    ("first", "stage", "outcome"),
    [(NO, Stage.FINAL, NO), (TECH, Stage.FINAL, TECH), (YES, Stage.SECOND, ""), (LOOK, Stage.SECOND, "")],
)
def test_only_what_harms_or_is_open_waits_for_a_second(first: str, stage: Stage, outcome: str) -> None:
    case = judged(("a", first, "first"))
    assert (case.stage, case.outcome) == (stage, outcome)


@pytest.mark.parametrize("first", [YES, LOOK])
@pytest.mark.parametrize("second", VERDICTS)
def test_two_who_do_not_agree_go_to_the_commission(first: str, second: str) -> None:
    case = judged(("a", first, "first"), ("b", second, "second"))
    agreed = {(YES, YES): YES, (LOOK, NO): NO, (LOOK, TECH): TECH}.get((first, second), "")
    assert case.outcome == agreed
    assert case.stage is (Stage.FINAL if agreed else Stage.COMMISSION)


def test_no_single_person_can_find_a_violation() -> None:
    """Over every order of up to three verdicts of three people: a final violation was said by two of them."""
    people = ("a", "b", "c")
    for one in VERDICTS:
        for two in VERDICTS:
            for three in VERDICTS:
                rows = [(people[0], one, "first"), (people[1], two, "second"), (people[2], three, "commission")]
                for length in (1, 2, 3):
                    case = judged(*rows[:length])
                    accusers = {by for by, outcome, _ in rows[:length] if outcome == YES}
                    assert case.outcome != YES or len(accusers) >= 2, rows[:length]
    alone = judged(("a", NO, "first"), ("c", YES, "commission"))
    assert alone.stage is Stage.COMMISSION
    assert alone.place_for("c", "commission", YES, 2) is Refusal.OWN
    assert alone.place_for("d", "commission", YES, 2) is Stage.COMMISSION


def test_the_second_sees_nothing_of_the_first() -> None:
    case = judged(("a", YES, "first"))
    assert case.is_blind and case.visible("b") == () and case.word_for("b") == ""
    assert [row["by"] for row in case.visible("a")] == ["a"] and case.word_for("a") == "waiting"
    both = judged(("a", YES, "first"), ("b", NO, "second"))
    assert [row["by"] for row in both.visible("anybody")] == ["a", "b"]


def test_nobody_is_the_second_of_himself() -> None:
    case = judged(("a", YES, "first"))
    assert case.place_for("a", "invigilator", YES, 1) is Refusal.OWN
    assert case.place_for("a", "commission", NO, 0) is Refusal.OWN
    assert case.place_for("b", "invigilator", YES, 0) is Stage.SECOND
    assert not case.may_be_asked("a", "invigilator") and case.may_be_asked("b", "invigilator")


def test_two_at_once_are_both_heard_and_a_third_is_told() -> None:
    case = judged(("a", NO, "first"))
    assert case.place_for("b", "invigilator", YES, 0) is Stage.SECOND, "the page was opened before a decided"
    assert case.place_for("b", "invigilator", YES, 1) is Refusal.COMMISSION, "the page showed the decision"
    both = judged(("a", NO, "first"), ("b", YES, "second"))
    assert both.stage is Stage.COMMISSION
    assert both.place_for("c", "invigilator", YES, 0) is Refusal.LATE


def test_the_commission_decides_clearly_and_not_through_a_reviewer() -> None:
    case = judged(("a", YES, "first"), ("b", NO, "second"))
    assert case.place_for("a", "commission", NO, 2) is Refusal.REVIEWER
    assert case.place_for("c", "invigilator", NO, 2) is Refusal.COMMISSION
    assert case.place_for("c", "commission", LOOK, 2) is Refusal.CLEAR
    assert case.place_for("c", "commission", NO, 2) is Stage.COMMISSION
    ruled = judged(("a", YES, "first"), ("b", NO, "second"), ("c", YES, "commission"))
    assert (ruled.stage, ruled.outcome) == (Stage.FINAL, YES)


def test_an_appeal_takes_a_final_outcome_to_the_commission() -> None:
    rows = (("a", YES, "first"), ("b", YES, "second"))
    assert judged(*rows).outcome == YES
    asked = judged(*rows, appealed="2026-01-03")
    assert (asked.stage, asked.outcome) == (Stage.COMMISSION, "")
    ruled = case_of([*given(*rows), {**given(("c", NO, "commission"))[0], "at": "2026-01-04"}], "2026-01-03")
    assert (ruled.stage, ruled.outcome, ruled.since) == (Stage.FINAL, NO, "2026-01-04")
    assert ruled.may_be_asked("d", "commission") and not ruled.may_be_asked("e", "invigilator")


def test_a_later_word_of_the_same_person_replaces_the_earlier_in_old_databases() -> None:
    assert judged(("a", YES, "first"), ("a", NO, "first")).outcome == NO
