"""Verdicts and decisions over HTTP: blind for the second reviewer, open for the commission, nothing lost."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select

from server import schema
from server.admin import audit_check
from server.clock import iso
from server.retention import Hold, kept

FIRST = "Құлағында құлаққап, 09:41"
SECOND = "Парақтан оқып отыр"
MOMENT = "Терезеге емес, параққа қарады"


def verdicts(hall: Hall) -> list[tuple[str, str, str]]:
    query = select(schema.verdicts).order_by(schema.verdicts.c.at)
    rows = hall.database.read(lambda c: c.execute(query).mappings().all())
    return [(row["by"], row["outcome"], row["stage"]) for row in rows]


def judge(visitor: Visitor, outcome: str, reason: str, page: str = "") -> httpx.Response:
    page = page or visitor.page("/sessions/sess1")
    known = re.search(r'name="known" value="(\d+)"', page)
    fields = {"outcome": outcome, "reason": reason} | ({"known": known[1]} if known else {})
    return visitor.post("/sessions/sess1/verdict", page, **fields)


@pytest.fixture
def recorded(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record()
    open_all(visitor.site)
    return visitor


def flag_of(hall: Hall) -> str:
    return hall.database.read(lambda c: c.execute(select(schema.flags.c.id)).scalars().first())


def accuse(hall: Hall, visitor: Visitor) -> None:
    """The first reviewer confirms a moment and says violation."""
    visitor.as_person("proctor")
    page = visitor.page("/sessions/sess1")
    flag = f"/sessions/sess1/flags/{flag_of(hall)}"
    assert visitor.post(flag, page, state="confirmed", reason=MOMENT).status_code == 303
    assert judge(visitor, "violation", FIRST).status_code == 303


def test_the_second_reviewer_sees_nothing_of_the_first(hall: Hall, recorded: Visitor) -> None:
    before = re.sub(r"\d", "", recorded.as_person("proctor2").page("/exams/algebra/rows"))
    accuse(hall, recorded)
    recorded.as_person("proctor2")
    for path in ("/sessions/sess1", "/exams/algebra", "/exams/algebra/rows", "/"):
        page = recorded.page(path)
        for told in (FIRST, MOMENT, 'id="waits"'):
            assert told not in page, (path, told)
    page = recorded.page("/sessions/sess1")
    assert 'class="flag confirmed"' not in page and "verdict.stage" not in page
    assert "proctor</b> <span>шешім" not in page, "nor that the first decided at all"
    assert re.sub(r"\d", "", recorded.page("/exams/algebra/rows")) == before, "the board is as before the first verdict"
    assert 'name="known" value="0"' in page


def test_two_who_agree_are_final_and_then_open(hall: Hall, recorded: Visitor) -> None:
    accuse(hall, recorded)
    assert 'id="waits"' in recorded.page("/sessions/sess1")
    recorded.as_person("proctor2")
    assert judge(recorded, "violation", SECOND).status_code == 303
    page = recorded.page("/sessions/sess1")
    assert FIRST in page and SECOND in page and MOMENT in page and 'id="final"' in page
    assert verdicts(hall) == [("proctor", "violation", "first"), ("proctor2", "violation", "second")]
    assert hall.database.read(audit_check.check_database).problems == []


def test_a_first_reviewer_cannot_be_the_second(hall: Hall, recorded: Visitor) -> None:
    accuse(hall, recorded)
    page = recorded.page("/sessions/sess1")
    assert 'id="verdict"' not in page
    answer = judge(recorded, "violation", "Тағы бір рет", page)
    assert answer.status_code == 409 and "Тағы бір рет" in answer.text
    assert judge(recorded, "violation", FIRST, page).status_code == 303, "the same form sent twice is no mistake"
    assert len(verdicts(hall)) == 1


def test_disagreement_is_for_the_commission_which_sees_all(hall: Hall, recorded: Visitor) -> None:
    accuse(hall, recorded)
    recorded.as_person("proctor2")
    assert judge(recorded, "no_violation", SECOND).status_code == 303
    recorded.as_person("proctor3")
    assert judge(recorded, "violation", "x", recorded.page("/sessions/sess1")).status_code == 409
    recorded.as_person("commission")
    page = recorded.page("/sessions/sess1")
    assert FIRST in page and SECOND in page and MOMENT in page
    assert 'value="second_look"' not in page, "the commission decides clearly"
    assert judge(recorded, "violation", "Екі жазба да осыны көрсетеді").status_code == 303
    assert verdicts(hall)[-1] == ("commission", "violation", "commission")
    assert 'id="final"' in recorded.page("/sessions/sess1")


def test_two_deciding_at_once_are_both_heard(hall: Hall, recorded: Visitor) -> None:
    pages = {login: recorded.as_person(login).page("/sessions/sess1") for login in ("proctor", "proctor2", "proctor3")}
    cookies = {}
    for login in pages:
        recorded.as_person(login)
        pages[login] = recorded.page("/sessions/sess1")
        cookies[login] = dict(recorded.client.cookies)

    def send(login: str) -> int:
        with httpx.Client(base_url=recorded.client.base_url, cookies=cookies[login]) as client:
            data = {
                "form_token": recorded.token(pages[login]), "known": "0", "outcome": "violation", "reason": login,
            }  # fmt: skip
            return client.post("/sessions/sess1/verdict", data=data).status_code

    with ThreadPoolExecutor(3) as pool:
        statuses = sorted(pool.map(send, pages))
    assert statuses == [303, 303, 409], "a third is told, and keeps the words"
    assert sorted(stage for _, _, stage in verdicts(hall)) == ["first", "second"]
    assert len({by for by, _, _ in verdicts(hall)}) == 2


def test_an_undecided_case_is_not_erased(hall: Hall, recorded: Visitor) -> None:
    def hold() -> Hold:
        return hall.database.read(lambda c: kept(c, iso(hall.clock.now()), "sess1"))[0].hold

    assert hold() is Hold.NO_VERDICT
    accuse(hall, recorded)
    assert hold() is Hold.SECOND
    judge(recorded.as_person("proctor2"), "no_violation", SECOND)
    assert hold() is Hold.COMMISSION
    judge(recorded.as_person("commission"), "no_violation", "Парақ рұқсат етілген")
    assert hold() is Hold.NONE


def test_each_reviewer_decides_about_moments_alone(hall: Hall, recorded: Visitor) -> None:
    accuse(hall, recorded)
    recorded.as_person("proctor2")
    page, flag = recorded.page("/sessions/sess1"), flag_of(hall)
    assert (
        recorded.post(f"/sessions/sess1/flags/{flag}", page, state="dismissed", reason="Ойланып отыр").status_code
        == 303
    )
    assert "Ойланып отыр" in recorded.page("/sessions/sess1") and MOMENT not in recorded.page("/sessions/sess1")
    recorded.as_person("proctor")
    assert MOMENT in recorded.page("/sessions/sess1") and "Ойланып отыр" not in recorded.page("/sessions/sess1")
    judge(recorded.as_person("proctor2"), "no_violation", SECOND)
    page = recorded.as_person("commission").page("/sessions/sess1")
    assert MOMENT in page and "Ойланып отыр" in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_of_a_case_in_every_language(hall: Hall, recorded: Visitor, language: str) -> None:
    accuse(hall, recorded)
    judge(recorded.as_person("proctor2"), "no_violation", SECOND)
    recorded.post("/language", recorded.page("/"), language=language, next="/")
    for path in ("/sessions/sess1", "/exams/algebra"):
        assert f'<html lang="{language}">' in recorded.page(path)
    assert judge(recorded, "violation", SECOND + "!").status_code == 409
