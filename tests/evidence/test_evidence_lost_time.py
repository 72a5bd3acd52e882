"""Lost time out of ledger lines, and the rule that gives some of it back."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.lost_time import GiveBack, LostTime, lost_time


def event(at: int, name: str) -> dict[str, Any]:
    return {"type": "event", "at": at, "name": name}


def line(at: int, kind: str = "segment") -> dict[str, Any]:
    return {"type": kind, "at": at}


def test_nothing_is_lost_before_the_paper() -> None:
    before = [line(0, "begin"), event(10, "network-lost"), line(20, "resume"), event(90, "network-back")]
    assert lost_time([*before, event(100, "paper-opened"), line(200, "end")]) == LostTime(0, 0)


def test_network_and_restarts_are_summed() -> None:
    lines = [
        event(1000, "paper-opened"), event(5000, "network-lost"), line(60_000), event(255_000, "network-back"),
        line(300_000), event(304_000, "recorder-restarted"), line(400_000), line(440_000, "resume"),
        event(443_000, "devices"), event(444_000, "paper-reopened"), line(500_000, "end"),
    ]  # fmt: skip
    assert lost_time(lines) == LostTime(network_ms=250_000, stopped_ms=4_000 + 44_000)


def test_both_gone_counts_once_and_an_open_outage_counts_to_the_end() -> None:
    lines = [
        event(1000, "paper-opened"), event(10_000, "network-lost"), line(20_000), line(28_000, "resume"),
        event(28_500, "paper-reopened"), event(29_000, "network-lost"), line(60_000, "end"),
    ]  # fmt: skip
    assert lost_time(lines) == LostTime(network_ms=50_000 - 8_500, stopped_ms=8_500)


def test_died_twice_before_the_questions_were_back() -> None:
    lines = [event(0, "paper-opened"), line(1000), line(3000, "resume"), line(9000, "resume"),
             event(10_000, "paper-reopened")]  # fmt: skip
    assert lost_time(lines).stopped_ms == 9000


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ({}, LostTime(0, 0)),
        ({"stopped": True, "network": False, "most_minutes": 15}, LostTime(0, 120_000)),
        ({"stopped": True, "network": True, "most_minutes": 3}, LostTime(60_000, 120_000)),
        ({"stopped": True, "network": True, "most_minutes": 1}, LostTime(0, 60_000)),
        ({"stopped": 1, "network": "yes", "most_minutes": 15}, LostTime(0, 0)),
        ({"stopped": True, "most_minutes": -4}, LostTime(0, 0)),
        ("nonsense", LostTime(0, 0)),
    ],
    ids=["nothing", "stopped", "both", "capped", "other-types", "negative", "no-object"],
)
def test_the_rule(rule: object, given: LostTime) -> None:
    assert GiveBack.from_json(rule).of(LostTime(300_000, 120_000)) == given
