"""An export needs two people: one asks with a reason, another allows it, and only for a day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import select

from server import schema


@pytest.fixture
def asked(hall: Hall, visitor: Visitor) -> str:
    """Where the request of ``proctor`` is decided; ``proctor`` is signed in."""
    hall.record()
    page = visitor.as_person("proctor").page("/sessions/sess1")
    assert visitor.post("/sessions/sess1/exports", page, reason="Апелляция").status_code == 303
    number = hall.database.read(lambda c: c.execute(select(schema.export_requests.c.id)).scalar_one())
    return f"/sessions/sess1/exports/{number}"


def test_nobody_takes_a_recording_out_alone(asked: str, visitor: Visitor) -> None:
    page = visitor.page("/sessions/sess1")
    assert visitor.get("/sessions/sess1/export").status_code == 403
    assert 'id="export"' not in page and asked not in page
    assert visitor.post(asked, page, state="allowed").status_code == 403, "not by the one who asked"
    assert visitor.post("/sessions/sess1/exports", page, reason="тағы").status_code == 409
    assert visitor.post("/sessions/sess1/exports", page, reason=" ").status_code == 400
    for login in ("teacher", "keeper", "s1"):
        own = visitor.page("/my" if login == "s1" else "/exams") if visitor.as_person(login) else ""
        data = {"form_token": visitor.token(own), "state": "allowed"}
        assert visitor.client.post(asked, data=data).status_code == 403


def test_another_person_allows_it_for_a_day(hall: Hall, asked: str, visitor: Visitor) -> None:
    page = visitor.as_person("proctor2").page("/sessions/sess1")
    assert "Апелляция" in page and asked in page
    assert visitor.post(asked, page, state="allowed").status_code == 303
    assert visitor.post(asked, page, state="refused").status_code == 409
    assert visitor.get("/sessions/sess1/export").status_code == 403, "allowed to the one who asked"
    visitor.as_person("proctor")
    assert visitor.get("/sessions/sess1/export").headers["content-type"] == "application/zip"
    hall.clock.moment += timedelta(hours=25)
    assert visitor.get("/sessions/sess1/export").status_code in (303, 403)
    deeds = hall.database.read(lambda c: c.execute(select(schema.audit.c.who, schema.audit.c.action)).all())
    assert {("proctor", "export-asked"), ("proctor2", "export-allowed"), ("proctor", "exported")} <= set(
        map(tuple, deeds)
    )


def test_a_refusal_stands(asked: str, visitor: Visitor) -> None:
    page = visitor.as_person("commission").page("/sessions/sess1")
    assert visitor.post(asked, page, state="maybe").status_code == 400
    assert visitor.post(asked, page, state="refused").status_code == 303
    assert visitor.as_person("proctor").get("/sessions/sess1/export").status_code == 403
    assert re.search("бас тартылды", visitor.page("/sessions/sess1"))


def test_a_request_of_another_session_is_not_found(hall: Hall, asked: str, visitor: Visitor) -> None:
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2")
    page = visitor.as_person("commission").page("/sessions/sess2")
    assert visitor.post(asked.replace("sess1", "sess2"), page, state="allowed").status_code == 404
