"""What people decide on the review site and what the audit chain says of it belong together."""

from __future__ import annotations

from review_hall import Hall
from review_site import Visitor
from sqlalchemy import select, update

from server import schema
from server.admin.audit_check import check_database


def problems(hall: Hall) -> list[str]:
    return [problem.code for problem in hall.database.read(check_database).problems]


def decide(hall: Hall, visitor: Visitor) -> None:
    """A verdict, a second person's, a moment decided twice, another opened again."""
    first, second = hall.database.read(lambda c: list(c.execute(select(schema.flags.c.id)).scalars()))[:2]
    for who, outcome in (("proctor", "violation"), ("proctor2", "no_violation")):
        page = visitor.as_person(who).page("/sessions/sess1")
        assert visitor.post("/sessions/sess1/verdict", page, outcome=outcome, reason="Себебі").status_code == 303
    for flag, state in ((first, "confirmed"), (first, "dismissed"), (second, "confirmed"), (second, "open")):
        path = f"/sessions/sess1/flags/{flag}"
        assert visitor.post(path, page, state=state, reason="Терезе").status_code == 303


def test_the_sites_own_deeds_fit_their_entries(hall: Hall, opened: Visitor) -> None:
    assert problems(hall) == [], "moments nobody has looked at yet"
    decide(hall, opened)
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2", running=True)
    page = opened.page("/sessions/sess2")
    sent = {"kind": "time_added", "text_kk": "Желі үзілді", "minutes": "5"}
    assert opened.post("/sessions/sess2/messages", page, **sent).status_code == 303
    assert problems(hall) == []


def test_a_verdict_changed_behind_the_site_is_shown(hall: Hall, opened: Visitor) -> None:
    decide(hall, opened)
    verdicts = schema.verdicts
    milder = update(verdicts).where(verdicts.c.outcome == "violation").values(outcome="technical_failure")
    hall.database.write(lambda connection: connection.execute(milder))
    assert problems(hall) == ["verdict-changed", "verdict-missing"]
