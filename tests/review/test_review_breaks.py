"""A break on the review site: allowed, refused with a reason, seen on the board, drawn on the axis."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from review_hall import Hall
from review_site import Visitor, visit
from sqlalchemy import select

from server import breaks, schema
from server.admin import audit_check
from server.clock import iso
from server.review.contents import Contents
from server.review.recording import Recording, Stream
from server.review.timeline import build

PATH = "/sessions/sess1/break"


@pytest.fixture
def running(hall: Hall) -> Iterator[Visitor]:
    hall.record(running=True)
    with visit(hall) as visitor:
        yield visitor.as_person("proctor")


def ask(hall: Hall) -> None:
    rule, now = hall.settings.break_rule, iso(hall.clock.now())
    assert hall.database.write(lambda connection: breaks.wish(connection, rule, "sess1", "ask", now))


def decide(visitor: Visitor, **fields: str) -> int:
    return visitor.post(PATH, visitor.page("/exams/algebra"), **fields).status_code


def held(hall: Hall) -> list[tuple[str, int, str]]:
    rows = hall.database.read(lambda connection: connection.execute(select(schema.breaks)).all())
    return [(row.state, row.minutes, row.decided_by) for row in rows]


def test_what_is_asked_for_is_seen_and_allowed(hall: Hall, running: Visitor) -> None:
    assert "демалыс сұрайды" not in running.page("/exams/algebra/rows")
    ask(hall)
    assert "демалыс сұрайды" in running.page("/exams/algebra/rows")
    page = running.page("/sessions/sess1")
    assert 'id="break-allow"' in page and 'id="break-refuse"' in page
    assert running.get("/sessions/sess1/live").json()["break"] == "asked"
    assert decide(running, decision="allow", minutes="0") == 400 == decide(running, decision="allow", minutes="9999")
    assert decide(running, decision="allow", minutes="٣") == 303, "a digit of another script is a number, too"
    assert held(hall) == [("allowed", 3, "proctor")]
    assert decide(running, decision="allow", minutes="5") == 409 == decide(running, decision="refuse", reason="x")
    page = running.page("/sessions/sess1")
    assert 'id="break-allow"' not in page and "3 минуттық демалысқа рұқсат берілді" in page
    assert "break-allowed" in hall.database.read(lambda c: c.execute(select(schema.audit.c.action)).scalars().all())
    assert hall.database.read(audit_check.check_database).problems == []


@pytest.mark.parametrize(("language", "word"), [("kk", "болмайды"), ("ru", "нельзя"), ("en", "cannot")])
def test_not_now_is_told_with_its_reason(hall: Hall, running: Visitor, language: str, word: str) -> None:
    here = schema.users.update().where(schema.users.c.id == "s1").values(language=language)
    hall.database.write(lambda connection: connection.execute(here))
    assert decide(running, decision="refuse", reason="ерте") == 409, "nobody asks"
    ask(hall)
    assert decide(running, decision="refuse", reason="") == 400 == decide(running, decision="else", reason="x")
    assert decide(running, decision="refuse", reason="Бес минут қалды") == 303
    assert held(hall) == [("refused", 10, "proctor")]
    notice = hall.database.read(lambda connection: connection.execute(select(schema.notices)).one())
    assert notice.kind == "info" and word in notice.text and "Бес минут қалды" in notice.text


def test_a_break_can_be_offered_by_invigilators_only(hall: Hall, running: Visitor) -> None:
    for login in ("commission", "teacher"):
        assert decide(running.as_person(login), decision="allow", minutes="5") == 403
    assert held(hall) == []
    assert decide(running.as_person("proctor"), decision="allow", minutes="5") == 303
    assert held(hall) == [("allowed", 5, "proctor")]


def test_a_break_is_a_band_on_the_axis(hall: Hall) -> None:
    def event(at: int, name: str) -> dict[str, object]:
        return {"type": "event", "at": at, "name": name}

    lines = [
        {"type": "begin", "at": 0, "wall": "2026-01-31T09:00:00.000Z"},
        event(1000, "break-began"), event(1100, "break-began"), event(5000, "break-over"), event(7000, "break-began"),
    ]  # fmt: skip
    recording = Recording(lines, {"x": Stream("x")}, lines[0], {"until": 9000})
    assert recording.breaks == [(1000, 5000), (7000, 9000)], "told twice after a restart; not ended before the end"
    lane = next(lane for lane in build(recording, Contents(), [], []).lanes if lane.kind == "events")
    assert [(bar.kind, bar.from_ms, bar.to_ms) for bar in lane.bars] == [("break", 1000, 5000), ("break", 7000, 9000)]
