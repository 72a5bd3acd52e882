"""Reasons of a pause, an end, a refused break, a call to the camera: ready in every language, or own words."""

from __future__ import annotations

import re

import pytest
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import select

from server import breaks, schema
from server.admin import audit_check
from server.clock import iso
from server.review.phrases import REASONS
from server.review.texts import all_languages
from server.settings import LANGUAGES

# Action of the audit chain, sentence around the reason, by the deed's address.
DEEDS = {
    "pause": ("pause", "paused", "student.pause"),
    "camera": ("camera", "called-to-camera", "student.camera_reason"),
    "break": ("no_break", "break-refused", "student.no_break"),
    "end": ("end", "ended", "student.end"),
}


@pytest.fixture
def running(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record(running=True)
    rule, now = hall.settings.break_rule, iso(hall.clock.now())
    hall.database.write(lambda connection: breaks.wish(connection, rule, "sess1", "ask", now))
    return visitor.as_person("proctor")


def deed(visitor: Visitor, name: str, **fields: str) -> int:
    fields |= {"decision": "refuse"} if name == "break" else {}
    return visitor.post(f"/sessions/sess1/{name}", visitor.page("/exams/algebra"), **fields).status_code


def told(hall: Hall) -> list[dict[str, str]]:
    return hall.database.read(lambda c: c.execute(select(schema.notices.c.texts)).scalars().all())


def entries(hall: Hall, action: str) -> list[dict[str, object]]:
    query = select(schema.audit.c.details).where(schema.audit.c.action == action)
    return hall.database.read(lambda c: c.execute(query).scalars().all())


@pytest.mark.parametrize("name", DEEDS)
def test_a_ready_reason_reaches_the_student_in_each_language(hall: Hall, running: Visitor, name: str) -> None:
    kind, action, sentence = DEEDS[name]
    ready = REASONS[kind][0]
    assert deed(running, name, prepared="no_such_reason") == 400 == deed(running, name, prepared="own", reason=" ")
    assert told(hall) == [] == entries(hall, action)
    assert deed(running, name, prepared=ready) == 303
    (texts,) = told(hall)
    for language, say in all_languages().items():
        assert texts[language] == say(sentence, reason=say(f"reason.{kind}.{ready}"))
    kazakh = all_languages()["kk"](f"reason.{kind}.{ready}")
    assert entries(hall, action) == [{"reason": kazakh, "prepared": ready}]
    assert hall.database.read(audit_check.check_database).problems == []


def test_own_words_stand_as_typed_in_the_students_sentence(hall: Hall, running: Visitor) -> None:
    assert deed(running, "pause", prepared="own", reason="Fire drill, room {7}.") == 303
    (texts,) = told(hall)
    assert "Себебі: Fire drill, room {7}. Күте" in texts["kk"] and "Причина: Fire drill, room {7}. Под" in texts["ru"]
    assert entries(hall, "paused") == [{"reason": "Fire drill, room {7}"}]


def test_every_form_offers_its_reasons_in_the_readers_language(hall: Hall, running: Visitor) -> None:
    for language in LANGUAGES:
        running.client.cookies.set("senim_language", language)
        say = all_languages()[language]
        page = running.page("/sessions/sess1")
        for place, kind in (("pause", "pause"), ("camera", "camera"), ("break", "no_break"), ("end", "end")):
            (choice,) = re.findall(rf'<select id="{place}-prepared".*?</select>', page, re.DOTALL)
            assert re.findall(r'value="(\w+)"', choice) == [*REASONS[kind], "own"]
            assert all(say(f"reason.{kind}.{name}") in choice for name in REASONS[kind])
        assert 'id="pause-all-prepared"' in running.page("/exams/algebra")


def test_all_are_paused_with_a_ready_reason(hall: Hall, running: Visitor) -> None:
    page = running.page("/exams/algebra")
    assert running.post("/exams/algebra/pause", page, prepared="alarm").status_code == 303
    assert "тревога" in told(hall)[0]["ru"] and entries(hall, "paused")[0]["prepared"] == "alarm"
