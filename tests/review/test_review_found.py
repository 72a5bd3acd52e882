"""One incident is one flag; what the watching saw is on the page, with its explanation and error rate."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select

from client.verify.rules import Kind
from server import schema
from server.review.contents import Contents, Finding
from server.review.flagging import Proposal, _joined, store
from server.review.found import DETAILS, found_of
from server.review.texts import LANGUAGES, Texts
from server.watching import RATES, RULES

JPEG = base64.b64encode(b"\xff\xd8\xff" + bytes(40)).decode()


def telling(number: int, to_ms: int, **content: Any) -> Finding:
    known = {"kind": "another_window", "incident": 5000, "from_ms": 5000, "to_ms": to_ms, **content}
    return Finding(f"f{number}", to_ms, "watching", known, True)


def test_the_words_are_the_recorder_s() -> None:
    assert set(RULES) == {str(kind) for kind in Kind}
    assert set(RATES) <= set(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_is_said_and_explained(language: str) -> None:
    t = Texts(language)
    for rule in RULES:
        assert t(f"flag.watching.{rule}", time="3 s") and t(f"flag.why.{rule}")
        assert rule not in DETAILS or "A" in t(f"flag.detail.{rule}", **dict.fromkeys(DETAILS[rule], "A"))


def test_tellings_of_an_incident_belong_together() -> None:
    values = {"app": "firefox", "title": "Search <b>\x07", "secret": "x"}
    contents = Contents(findings=[telling(1, 7000, values=values, pictures=[JPEG, "no picture", 5]), telling(2, 9000)])
    found = found_of(contents)
    assert found["f1"] is found["f2"]
    assert found["f1"].values == {"app": "firefox", "title": "Search <b>"}
    assert [picture[:3] for picture in found["f1"].pictures] == [b"\xff\xd8\xff"]


@pytest.mark.parametrize("content", [{"values": 3}, {"values": {"app": [1]}}, {"pictures": "x"}, {"incident": None}])
def test_findings_that_make_no_sense(content: dict[str, Any]) -> None:
    (found,) = found_of(Contents(findings=[telling(1, 7000, **content)])).values()
    assert found.values == {} and found.pictures == ()


def test_one_flag_that_grows() -> None:
    told = [Proposal("watching", "nobody/5", "camera", 5, 9, {"finding": "a"}),
            Proposal("watching", "nobody/5", "camera", 5, 30, {"finding": "b"}),
            Proposal("watching", "nobody/50", "camera", 50, 60, {"finding": "c"})]  # fmt: skip
    assert [(p.key, p.from_ms, p.to_ms, p.values["finding"]) for p in _joined(told)] == [
        ("nobody/5", 5, 30, "a"), ("nobody/50", 50, 60, "c"),
    ]  # fmt: skip


def test_a_flag_already_there_is_lengthened_and_never_shortened(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)

    def put(until: int) -> list[int]:
        one = Proposal("watching", "nobody/1", "camera", 1000, until, {"rule": "nobody", "finding": "x"})
        hall.database.write(lambda connection: store(connection, "sess1", [one], "2026-01-31T09:00:00.000Z"))
        query = select(schema.flags.c.to_ms).where(schema.flags.c.from_ms == 1000)
        return hall.database.read(lambda connection: list(connection.execute(query).scalars()))

    assert [put(4000), put(9000), put(6000)] == [[4000], [9000], [9000]]


def test_the_page_explains_the_moment_and_tells_the_rate(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    page, t = visitor.page("/sessions/sess1"), Texts("kk")
    assert t("flag.why.looks_away") in page
    assert "Адамдарда өлшенбеген" in page or t("flag.no_rate") in page
    assert visitor.media("sess1", "found/f1/0", visitor.view("sess1")).status_code == 404  # it brought no picture
