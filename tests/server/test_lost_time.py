"""The end of the exam moves by what the institution's rule gives back of lost time, and by no more."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from exam_hall import Server
from sitting import WALL, Sitting
from sqlalchemy import update

from evidence.signing import VerifyingKey
from server.clock import iso, parse
from server.schema import sessions


def _event(sitting: Sitting, at: int, name: str) -> None:
    sitting.ledger.append("event", at, WALL, name=name, data={})


def _ends(sitting: Sitting) -> str:
    return str(sitting.on("GET", "/status").json()["status"]["ends"])


@pytest.mark.parametrize(
    ("rule", "given_s"),
    [({}, 8), ({"give_back_network": True}, 258), ({"give_back_stopped": False}, 0),
     ({"give_back_network": True, "give_back_most_minutes": 1}, 60), ({"give_back_most_minutes": 0}, 0)],
    ids=["stopped", "both", "neither", "capped", "nothing"],
)  # fmt: skip
def test_lost_time_is_given_back_by_the_rule(
    server: Server, sitting: Sitting, rule: dict[str, bool | int], given_s: int
) -> None:
    settings = server.services.settings
    object.__setattr__(server.services, "settings", dataclasses.replace(settings, **rule))
    sitting.ready_for_paper(VerifyingKey.from_text(settings.folder.verifying_key.read_text().strip()))
    assert sitting.opened["policy"]["give_back"]["stopped"] is rule.get("give_back_stopped", True)
    sitting.paper()
    before = _ends(sitting)
    _event(sitting, 10_000, "network-lost")
    _event(sitting, 260_000, "network-back")
    _event(sitting, 300_000, "focus-back")
    _event(sitting, 308_000, "recorder-restarted")
    assert _ends(sitting) == before
    assert sitting.deliver().status_code == 200
    assert parse(_ends(sitting)) - parse(before) == timedelta(seconds=given_s)
    object.__setattr__(server.services.ledgers, "_lost", {})  # as after a restart of the server
    assert parse(_ends(sitting)) - parse(before) == timedelta(seconds=given_s)


def test_a_pause_moves_the_end_while_it_lasts(server: Server, sitting: Sitting) -> None:
    """Nobody's time runs out in a pause; the client is told, so that it covers the questions."""
    settings = server.services.settings
    sitting.ready_for_paper(VerifyingKey.from_text(settings.folder.verifying_key.read_text().strip()))
    sitting.paper()
    before = _ends(sitting)
    assert sitting.on("GET", "/status").json()["status"]["paused"] is False
    paused = update(sessions).values(paused_at=iso(server.clock.now()))
    server.services.database.write(lambda connection: connection.execute(paused))
    server.clock.move(minutes=4)
    status = sitting.on("GET", "/status").json()["status"]
    assert status["paused"] is True
    assert parse(status["ends"]) - parse(before) == timedelta(minutes=4)
