"""Paper, answers and clock on their own."""

from __future__ import annotations

import pytest

from client.engine.policy import BadPolicy, Policy
from client.engine.sink import word
from client.exam import Answers, BadPaper, ExamClock, Paper, Taken, unix_ms


def test_revisions_only_rise() -> None:
    answers = Answers()
    assert answers.take("q", 1, "a") is Taken.NEW
    assert answers.take("q", 1, "a") is Taken.REPEATED
    assert answers.take("q", 1, "b") is Taken.STALE
    assert answers.take("q", 3, ["x"]) is Taken.NEW
    assert answers.take("q", 2, "late") is Taken.STALE
    assert answers.view() == {"q": {"value": ["x"], "revision": 3}}
    assert not answers.merge("q", 3, "other")
    assert answers.merge("q", 4, "newer")
    answers.mark("q", True)
    answers.mark("r", True)
    answers.mark("q", False)
    assert answers.marked == {"r"}


def test_the_end_comes_from_the_server() -> None:
    clock = ExamClock()
    assert clock.seconds_left(0) is None
    assert clock.learn("2026-01-31T09:00:10.000Z")
    assert not clock.learn("2026-01-31T09:00:10.000Z")
    assert not clock.learn(None)
    assert clock.seconds_left(unix_ms("2026-01-31T09:00:00.000Z")) == 10
    assert clock.learn("2026-01-31T09:05:10.000Z")
    with pytest.raises(ValueError, match="zone"):
        unix_ms("2026-01-31T09:00:00")


@pytest.mark.parametrize(
    "body",
    [{}, {"title": 1, "questions": []}, {"title": "x", "questions": [{"id": ""}]}, {"title": "x", "questions": ["q"]},
     {"title": "x", "questions": [{"id": "1"}, {"id": "1"}]}, {"title": "x", "questions": [], "pictures": []}],
)  # fmt: skip
def test_what_is_no_paper_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(BadPaper):
        Paper.from_json(body)


POLICY = {"streams": ["screen-1", "camera"], "minutes": 60, "extra_minutes": 15, "title": "t", "kept_days": 3}


def test_a_policy_is_read_strictly() -> None:
    policy = Policy.from_json(POLICY)
    assert policy.minutes == 75 and policy.wants("camera") and not policy.wants("sound")
    assert policy.simulated_camera is None and not policy.simulated_microphone
    stand_ins = Policy.from_json({**POLICY, "simulated": {"camera": "http://127.0.0.1/x", "microphone": True}})
    assert stand_ins.simulated_camera == "http://127.0.0.1/x" and stand_ins.simulated_microphone
    assert not Policy.from_json({**POLICY, "simulated": {"camera": None, "microphone": "yes"}}).simulated_microphone


@pytest.mark.parametrize(
    "change", [{"streams": ["../x"]}, {"streams": None}, {"minutes": "x"}, {"simulated": {"camera": 1}}]
)
def test_a_policy_one_does_not_understand_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadPolicy):
        Policy.from_json({**POLICY, **change})


def test_words_for_the_ledger() -> None:
    assert word("camera_lost") == "camera-lost"
    assert word("Focus Lost!") == "focus-lost-"
    assert word("1") == "unnamed"
    assert word("ә") == "unnamed"
