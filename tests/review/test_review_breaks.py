"""A break on the review site: allowed, refused with a reason, seen on the board, drawn on the axis."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from review_hall import Hall
from review_site import Visitor, open_all, visit
from sqlalchemy import select

from evidence.coverage import Gap
from server import breaks, schema
from server.admin import audit_check
from server.clock import iso
from server.review.contents import Contents
from server.review.coverage_lines import gap_key
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
    assert decide(running, decision="refuse", reason="ерте") == 409, "nobody asks"
    ask(hall)
    assert decide(running, decision="refuse", reason="") == 400 == decide(running, decision="else", reason="x")
    assert decide(running, decision="refuse", reason="Бес минут қалды") == 303
    assert held(hall) == [("refused", 10, "proctor")]
    notice = hall.database.read(lambda connection: connection.execute(select(schema.notices)).one())
    assert notice.kind == "info" and word in notice.texts[language] and "Бес минут қалды" in notice.texts[language]


def test_a_break_can_be_offered_by_invigilators_only(hall: Hall, running: Visitor) -> None:
    for login in ("commission", "teacher"):
        assert decide(running.as_person(login), decision="allow", minutes="5") == 403
    assert held(hall) == []
    assert decide(running.as_person("proctor"), decision="allow", minutes="5") == 303
    assert held(hall) == [("allowed", 5, "proctor")]


RULE = {"break_rule": "own", "breaks_granted": "2", "break_minutes": "7", "break_stops_clock": "on"}


def test_a_rule_of_the_exams_own_is_set_by_administrators(hall: Hall, visitor: Visitor) -> None:
    path, base = "/exams/algebra/details", {"proctor": "", "order_number": "", "markers": "1"}

    def rule() -> object:
        return hall.database.read(lambda c: c.execute(select(schema.exams.c.break_rule)).scalar())

    page = visitor.as_person("keeper").page(path)
    assert rule() is None and 'value="institution" checked' in page
    for wrong in ({"breaks_granted": "-1"}, {"break_minutes": "0"}, {"break_minutes": "121"}, {"breaks_granted": ""}):
        assert visitor.post(path, page, **base, **{**RULE, **wrong}).status_code == 400
    assert visitor.post(path, page, **base, **RULE).status_code == 303
    assert rule() == {"granted": 2, "minutes": 7, "on_request": False, "stops_clock": True}
    page = visitor.page(path)
    assert 'value="own" checked' in page and 'value="7"' in page
    assert visitor.post(path, page, **base, **{**RULE, "break_rule": "institution"}).status_code == 303
    assert rule() is None


def taken(hall: Hall) -> None:
    """4:00:02 to 4:02:32 by the rule, its clock stood; one that was refused; one allowed and never begun."""
    moment = "2026-11-20T04:0{}.000Z".format
    base = {"session": "sess1", "minutes": 2, "stops_clock": False, "asked_at": moment("1:00")}
    rows = [
        {"id": "b1", "state": "over", "decided_by": "", "began_at": moment("0:02"), "ended_at": moment("2:32"),
         "stops_clock": True, "asked_at": moment("0:02"), "decided_at": moment("0:02")},
        {"id": "b2", "state": "refused", "decided_by": "proctor", "decided_at": moment("1:30")},
        {"id": "b3", "state": "withdrawn", "decided_by": "proctor2", "decided_at": moment("3:00")},
        {"id": "b4", "state": "withdrawn"},
    ]  # fmt: skip
    for row in rows:
        filled = schema.breaks.insert().values(**{**base, **row})
        hall.database.write(lambda connection, filled=filled: connection.execute(filled))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ("емтихан ережесі бойынша", "тоқтап тұрды", "0:30 артық созылды", "рұқсат бермеген", "басталмады")),
        ("ru", ("по правилу экзамена", "экзамена стояло", "Дольше разрешённого на 0:30", "отказ", "не начат")),
        ("en", ("by the exam’s rule", "clock stood still", "0:30 longer", "refused by", "not begun")),
    ],
)
def test_they_stand_on_both_pages_and_in_the_protocol(
    hall: Hall, visitor: Visitor, language: str, words: tuple[str, ...]
) -> None:
    hall.record()
    open_all(visitor.site)
    taken(hall)
    visitor.as_person("proctor")
    visitor.post("/sessions/sess1/verdict", visitor.page("/sessions/sess1"), outcome="no_violation", reason="x")
    visitor.client.cookies.set("senim_language", language)
    page = html.unescape(visitor.page("/sessions/sess1"))
    content = visitor.get(f"/sessions/sess1/protocol.pdf?language={language}").content
    reader = pypdf.PdfReader(io.BytesIO(content))
    paper = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in reader.pages))
    visitor.as_person("s1").client.cookies.set("senim_language", language)
    own = html.unescape(visitor.page("/my/sess1"))
    for text in (page, paper, own):
        assert "09:00:02–09:02:32 (2:30)" in text
        for word in words:
            assert word in text, word
    assert 'data-breaks="3"' in page and 'data-breaks="3"' in own, "what was taken back unanswered is nobody's business"
    assert "Әсел Нұрланқызы" in own and "Әсел Нұрланқызы" in paper


def test_a_gap_that_begins_in_a_break_says_so() -> None:
    rests = [(1000, 5000)]
    assert gap_key(Gap(1000, 9000, "x"), rests) == "proof.gap_break" == gap_key(Gap(4999, 5000, "x"), rests)
    assert gap_key(Gap(5000, 6000, "x"), rests) == "proof.gap" == gap_key(Gap(1, 2, "x"), [])


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
