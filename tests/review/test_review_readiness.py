"""The readiness board: who is on it, what each filter shows, the text to send, and who may see it."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from review_computers import FINE, NOW, SLOW, fill
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import insert

from client.ui.check_texts import CheckTexts
from server import schema
from server.review.remedies import Whose, advice, message
from server.review.texts import Texts, load

ROOT = Path(__file__).resolve().parents[2]
ROOM = ("k204-01", "k204-02", "k204-03.campus.example.edu")


@pytest.fixture
def filled(hall: Hall, visitor: Visitor) -> Visitor:
    """Computers as ``fill`` has them; s3 never checked."""
    hall.student("s2", "=Ұлан Бекеұлы")
    hall.student("s3", "Қайрат <b>")
    fill(hall)
    return visitor.as_person("proctor")


def names(page: str) -> list[str]:
    return [html.unescape(name) for name in re.findall(r'<tr data-state="\w+" data-name="([^"]*)"', page)]


def table(visitor: Visitor, query: str = "") -> list[dict[str, str]]:
    answer = visitor.get(f"/readiness.csv{query}")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_student_and_every_computer_has_a_row(filled: Visitor) -> None:
    assert names(filled.page("/readiness")) == ["=Ұлан Бекеұлы", "Іңкәр Һәкімжанова", "Қайрат <b>"]
    assert names(filled.page("/readiness?by=machines")) == list(ROOM)
    assert 'id="to-readiness"' in filled.page("/exams")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("show=not_ready", ["Іңкәр Һәкімжанова"]), ("show=never", ["Қайрат <b>"]), ("show=old", ["=Ұлан Бекеұлы"]),
        ("show=ready", ["=Ұлан Бекеұлы"]), ("q=ҰЛАН", ["=Ұлан Бекеұлы"]), ("q=2026-s3", ["Қайрат <b>"]),
        ("show=nonsense&q=zzz", []), ("group=algebra", []), ("by=machines&show=never", ["k204-01"]),
        ("by=machines&group=204&show=not_ready", ["k204-02"]), ("by=machines&group=none", []),
    ],
    ids=str,
)  # fmt: skip
def test_filters(filled: Visitor, query: str, shown: list[str]) -> None:
    assert names(filled.page(f"/readiness?{query}")) == shown
    key = "computer" if "machines" in query else "student"
    assert [row[key].removeprefix("'") for row in table(filled, f"?{query}")] == shown


def test_an_exam_s_students_alone(hall: Hall, filled: Visitor) -> None:
    hall.record()
    assert names(filled.page("/readiness?group=algebra")) == ["Іңкәр Һәкімжанова"]


def test_the_table_for_spreadsheets(filled: Visitor) -> None:
    rows = {row["number"]: row for row in table(filled)}
    assert rows["2026-s2"]["student"] == "'=Ұлан Бекеұлы", "a name stays a name"
    assert (rows["2026-s2"]["old_version"], rows["2026-s2"]["warnings"]) == ("yes", "uplink_slow")
    assert (rows["2026-s1"]["state"], rows["2026-s1"]["failed"]) == ("not_ready", "camera_black")
    assert rows["2026-s3"]["state"] == "never"


def test_the_text_to_send_is_in_the_student_s_language(filled: Visitor) -> None:
    filled.client.cookies.set("senim_language", "en")
    page = filled.page("/readiness")
    texts = {m[0]: html.unescape(m[1]) for m in re.findall(r'<textarea[^>]*aria-label="([^"]*)">([^<]*)<', page)}
    kazakh = Texts("kk")
    mine = texts["Text for Іңкәр Һәкімжанова"]
    assert kazakh("remedy.camera_black") in mine and kazakh("checked.camera_black") in mine
    assert "The camera&#39;s picture is black" in page, "the reader's own language beside it"
    assert (
        "http://127.0.0.1:8600/senim/" in texts["Text for =Ұлан Бекеұлы"] and "0.2.0" in texts["Text for =Ұлан Бекеұлы"]
    )
    assert "<b>" not in page.replace("<b>Camera", "").replace("<b>Network", ""), "a name is no markup"


def test_the_text_about_a_room_s_computer_is_to_whoever_keeps_it(filled: Visitor) -> None:
    """No student is greeted, nobody is sent to a rehearsal."""
    filled.client.cookies.set("senim_language", "en")
    page = filled.page("/readiness?by=machines")
    texts = [html.unescape(text) for text in re.findall(r"<textarea[^>]*>([^<]*)<", page)]
    never, black, old = texts
    assert never == "Computer k204-01 (204): not checked for the exam yet. Run “senim --check” on it."
    assert black.startswith("Computer k204-02 (204): not ready for the exam yet:\n– Camera: ")
    assert old.startswith("k204-03.campus.example.edu (204)\nIt has version 0.1.0 of the program. Install version 0.2")
    assert old.endswith("Then run “senim --check” on it again.")


@pytest.mark.parametrize("login", ["commission", "teacher"])
def test_others_do_not_see_it(filled: Visitor, login: str) -> None:
    filled.as_person(login)
    assert filled.get("/readiness").status_code == filled.get("/readiness.csv").status_code == 403
    assert 'id="to-readiness"' not in filled.page("/exams")


def test_administrators_do(filled: Visitor) -> None:
    assert len(names(filled.as_person("keeper").page("/readiness"))) == 3


def test_an_exam_week_and_the_pinned_version_are_shown(hall: Hall, filled: Visitor) -> None:
    filled.client.cookies.set("senim_language", "en")
    assert "Pinned version: 0.2.0" in filled.page("/readiness")
    row = {"id": "w1", "first_day": "2026-11-23", "last_day": "2026-11-28", "note": "Қысқы сессия <i>"}
    row |= {"marked_by": "console:it", "marked_at": NOW}
    hall.database.write(lambda connection: connection.execute(insert(schema.exam_weeks).values(**row)))
    assert "Marked exam week: 23 November 2026 – 28 November 2026. Қысқы сессия &lt;i&gt;" in filled.page("/readiness")
    hall.clock.moment = hall.clock.moment.replace(day=24)
    filled.as_person("proctor").client.cookies.set("senim_language", "en")
    page = filled.page("/readiness?by=machines")
    assert "Nobody is told of a new version." in page
    assert "k204-03.campus.example.edu" in page and "Install version" not in page, "nor by the text to send"


def test_reports_past_their_period_are_not_shown(hall: Hall, filled: Visitor) -> None:
    hall.clock.moment = hall.clock.moment.replace(year=2027, month=4)
    assert {row["state"] for row in table(filled.as_person("proctor"))} == {"never"}


# ---- the sentences


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sentences_are_the_client_s_own(qapp: Any, language: str) -> None:
    """Every code with a remedy, word for word as the student's window says it."""
    texts = CheckTexts()
    known = {**texts._machine(), **texts._camera(), **texts._microphone(), **texts._screen()}
    catalogue = {}
    for context in ET.parse(ROOT / f"client/ui/i18n/senim_{language}.ts").getroot().iter("context"):
        if context.findtext("name") == "CheckTexts":
            for entry in context.iter("message"):
                catalogue[entry.findtext("source")] = entry.findtext("translation")
    ours, asked = load(language), 0
    for code, text in known.items():
        if text.remedy:
            asked += 1
            assert ours[f"checked.{code}"] == catalogue[text.what], code
            assert ours[f"remedy.{code}"] == catalogue[text.remedy], code
    assert asked > 25


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_guide_for_it_has_every_code(language: str) -> None:
    guide = (ROOT / f"docs/guides/it.{language}.md").read_text(encoding="utf-8")
    codes = {key.removeprefix("checked.") for key in load(language) if key.startswith("checked.")} - {"other"}
    assert {code for code in codes if code not in re.findall(r"`…?_?(\w+)`", guide)} == set()


def test_a_report_from_a_client_we_do_not_know_is_shown_all_the_same() -> None:
    t = Texts("ru")
    odd = {"item": "printer", "state": "failed", "code": "paper_jam", "values": {"{x}": "y"}}
    silent = {"item": "screen-2", "state": "failed", "code": "screen_no_answer", "values": {}}
    found = advice(t, [SLOW | {"values": {"kbit": "90.5"}}, odd, silent])
    assert [one.item for one in found] == ["printer", "Экран 2", t("readiness.item.uplink")]
    assert "paper_jam" in found[0].what
    assert "90,5" in found[2].what and "…" in found[2].what
    report = {"ready": True, "version": "0.1.0", "items": [FINE]}
    assert message(t, Whose("А"), report, None, "100") == "", "nothing to send"
