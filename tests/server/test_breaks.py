"""Breaks at the server: who may take one, what the clock does, what a wish that nothing allows is answered."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from exam_hall import Server
from sitting import Sitting, code_of
from sqlalchemy import Connection, select, update

from evidence.signing import VerifyingKey
from server import breaks
from server.admin.institution_keys import verifying_key
from server.breaks import BreakRule
from server.clock import iso, parse
from server.review import live_help, messages
from server.review.reasons import Reason
from server.schema import exams, sessions
from server.settings import DataFolder, SettingsError, load, save

SITE: Any = SimpleNamespace(texts={language: lambda key, **_values: key for language in messages.LANGUAGES})
GRANTED = {"breaks_granted": 1, "break_minutes": 10}


@pytest.fixture
def verifying(root: Path) -> VerifyingKey:
    return verifying_key(DataFolder(root))


@pytest.fixture
def rule(request: pytest.FixtureRequest, root: Path) -> None:
    """``settings.toml`` as the test says, before the server starts."""
    save(dataclasses.replace(load(root), **request.param))


def wish(sitting: Sitting, word: str) -> dict[str, Any]:
    answer = sitting.on("POST", "/break", json={"wish": word})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["status"]
    return found


def refused(sitting: Sitting, word: str) -> str:
    return code_of(sitting.on("POST", "/break", json={"wish": word}))


def allow(server: Server, session: str, minutes: int) -> bool:
    rule, now = server.services.settings.break_rule, iso(server.clock.now())
    return server.services.database.write(
        lambda connection: breaks.allow(connection, rule, session, minutes, who="inv", now=now)
    )


def paused(server: Server, sitting: Sitting) -> None:
    now = iso(server.clock.now())
    values = update(sessions).where(sessions.c.id == sitting.session).values(paused_at=now)
    server.services.database.write(lambda connection: connection.execute(values))


def go_on(server: Server, sitting: Sitting) -> None:
    """As the review site does it."""
    now = iso(server.clock.now())

    def work(connection: Connection) -> None:
        row = connection.execute(select(sessions).where(sessions.c.id == sitting.session)).mappings().one()
        message = live_help._go_on(SITE, connection, row, now, Reason({}))
        messages.note(connection, message, exam=row["exam"], session=sitting.session, who="inv", now=now)

    server.services.database.write(work)


def moved(ends: str, **step: float) -> str:
    return iso(parse(ends) + timedelta(**step))


def test_a_person_allows_what_was_asked_for(server: Server, sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    assert refused(sitting, "ask") == "paper_not_ready"
    sitting.paper()
    before = sitting.on("GET", "/status").json()["status"]
    assert before["breaks"] == {
        "left": 0, "on_request": True, "minutes": 10, "stops_clock": False, "current": None,
    }  # fmt: skip
    assert refused(sitting, "begin") == "no_break", "nobody allowed one"
    assert refused(sitting, "dance") == "bad_request"
    asked = wish(sitting, "ask")["breaks"]["current"]
    assert asked["state"] == "asked" and asked["until"] is None
    assert wish(sitting, "ask")["breaks"]["current"] == asked, "asking again is harmless"
    assert refused(sitting, "begin") == "no_break"
    assert allow(server, sitting.session, 7) and not allow(server, sitting.session, 9)
    server.clock.move(minutes=2)
    running = wish(sitting, "begin")
    assert running["breaks"]["current"] == {
        "id": asked["id"], "state": "running", "minutes": 7, "stops_clock": False,
        "until": moved(running["server_time"], minutes=7),
    }  # fmt: skip
    assert wish(sitting, "begin")["breaks"] == running["breaks"] and running["ends"] == before["ends"]
    server.clock.move(minutes=3)
    over = wish(sitting, "end")
    assert over["breaks"]["current"] is None and over["ends"] == before["ends"], "this clock runs on"
    assert wish(sitting, "end")["breaks"]["current"] is None
    wish(sitting, "ask")
    assert wish(sitting, "withdraw")["breaks"]["current"] is None


@pytest.mark.parametrize("rule", [{**GRANTED, "break_stops_clock": True}], indirect=True)
def test_a_clock_that_stands_gives_back_what_was_used_and_no_more(
    rule: None, server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    sitting.ready_for_paper(verifying)
    sitting.paper()
    ends = sitting.on("GET", "/status").json()["status"]["ends"]
    begun = wish(sitting, "begin")
    assert begun["ends"] == moved(ends, minutes=10), "else the time could be over in the break"
    assert begun["breaks"]["left"] == 0
    server.clock.move(minutes=4)
    assert wish(sitting, "end")["ends"] == moved(ends, minutes=4)
    assert refused(sitting, "begin") == "no_break", "the rule grants one"
    wish(sitting, "ask")
    allow(server, sitting.session, 5)
    wish(sitting, "begin")
    server.clock.move(minutes=30)
    assert wish(sitting, "end")["ends"] == moved(ends, minutes=9), "4 and 5, not 30"


@pytest.mark.parametrize("rule", [{**GRANTED, "break_stops_clock": True}], indirect=True)
def test_minutes_of_a_pause_within_a_break_are_given_back_once(
    rule: None, server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    """Break 0-8 (10 allowed), pause 3-6 within it; later a pause that lasts into a break's last minute."""
    sitting.ready_for_paper(verifying)
    sitting.paper()
    start = sitting.on("GET", "/status").json()["status"]["ends"]

    def ends() -> str:
        return str(sitting.on("GET", "/status").json()["status"]["ends"])

    wish(sitting, "begin")
    server.clock.move(minutes=3)
    paused(server, sitting)
    server.clock.move(minutes=3)
    assert ends() == moved(start, minutes=10), "the break holds these minutes already"
    go_on(server, sitting)
    server.clock.move(minutes=2)
    assert wish(sitting, "end")["ends"] == moved(start, minutes=8) == ends()
    paused(server, sitting)
    wish(sitting, "ask")
    server.clock.move(minutes=2)
    allow(server, sitting.session, 5)
    wish(sitting, "begin")
    server.clock.move(minutes=7)
    assert ends() == moved(start, minutes=17), "2 before the break, 5 of it, 2 after its minutes were over"
    go_on(server, sitting)
    assert wish(sitting, "end")["ends"] == moved(start, minutes=17)


def test_an_exams_own_rule_goes_before_the_institutions(
    server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    own = BreakRule(1, 4, False, True)
    server.services.database.write(
        lambda connection: connection.execute(update(exams).values(break_rule=own.to_json()))
    )
    sitting.ready_for_paper(verifying)
    sitting.paper()
    told = sitting.on("GET", "/status").json()["status"]["breaks"]
    assert told == {"left": 1, "on_request": False, "minutes": 4, "stops_clock": True, "current": None}
    assert refused(sitting, "ask") == "no_break"
    begun = wish(sitting, "begin")["breaks"]
    assert begun["left"] == 0 and begun["current"]["minutes"] == 4 and begun["current"]["stops_clock"]


@pytest.mark.parametrize("rule", [{"breaks_on_request": False}], indirect=True)
def test_where_none_may_be_asked_for(rule: None, sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    sitting.paper()
    assert refused(sitting, "ask") == "no_break" and refused(sitting, "begin") == "no_break"


def test_no_break_begins_after_the_time_but_one_can_end(
    server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    sitting.ready_for_paper(verifying)
    sitting.paper()
    wish(sitting, "ask")
    allow(server, sitting.session, 10)
    wish(sitting, "begin")
    server.clock.move(hours=2)
    assert wish(sitting, "end")["breaks"]["current"] is None
    assert refused(sitting, "ask") == "time_over" and refused(sitting, "begin") == "time_over"


def test_only_the_client_in_charge_wishes(sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    sitting.paper()
    answer = sitting.call("POST", "/sessions/nobodys/break", json={"wish": "ask"})
    assert code_of(answer) == "unknown_session"


def test_the_rule_stands_in_the_settings(root: Path) -> None:
    assert load(root).break_rule == BreakRule(0, 10, True, False)
    save(dataclasses.replace(load(root), breaks_granted=-3, break_minutes=100_000, break_stops_clock=True))
    assert load(root).break_rule == BreakRule(0, breaks.MOST_MINUTES, True, True)
    save(dataclasses.replace(load(root), break_minutes="ten"))
    with pytest.raises(SettingsError, match="break_minutes"):
        load(root)
