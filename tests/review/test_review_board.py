"""The board over HTTP: rows, events, CSV; and what a person does in a running exam, as the student is told it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select, update

from server import schema
from server.admin import audit_check
from server.clock import iso
from server.ingest.times import ends_at


def notices(hall: Hall) -> list[tuple[str | None, str, str, int]]:
    rows = hall.database.read(lambda c: c.execute(select(schema.notices).order_by(schema.notices.c.sent_at)).all())
    return [(row.session, row.kind, row.text, row.minutes) for row in rows]


def table(visitor: Visitor) -> list[dict[str, str]]:
    answer = visitor.get("/exams/algebra/sessions.csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def running(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record(running=True)
    return visitor.as_person("proctor")


def deed(visitor: Visitor, name: str, **fields: str) -> int:
    return visitor.post(f"/sessions/sess1/{name}", visitor.page("/sessions/sess1"), **fields).status_code


def test_rows_carry_what_filters_and_sorting_need(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    page = visitor.as_person("proctor").page("/exams/algebra")
    for mark in ('data-state="handed_in"', 'data-verdict="open"', 'data-name="Іңкәр', 'data-kinds="', 'id="find"'):
        assert mark in page, mark
    page = visitor.as_person("keeper").page("/exams/algebra")
    assert "data-kinds" not in page and "data-identity" not in page, "what was seen is not for administrators"


def test_the_table_has_open_edx_words_once_it_is_final(hall: Hall, visitor: Visitor) -> None:
    hall.student("s2", "=cmd()")
    hall.record()
    hall.record("sess2", "s2")
    open_all(visitor.site)
    page = visitor.as_person("proctor").page("/sessions/sess1")
    visitor.post("/sessions/sess1/verdict", page, outcome="violation", reason="x", known="0")
    outcomes = {row["session"]: (row["outcome"], row["open_edx_review"]) for row in table(visitor)}
    assert outcomes == {"sess1": ("", ""), "sess2": ("", "")}, "not before the second"
    page = visitor.as_person("proctor2").page("/sessions/sess1")
    visitor.post("/sessions/sess1/verdict", page, outcome="violation", reason="x", known="0")
    outcomes = {row["session"]: (row["outcome"], row["open_edx_review"]) for row in table(visitor)}
    assert outcomes["sess1"] == ("violation", "violation")
    rows = {row["session"]: (row["moments_by_kind"], row["reviewers"]) for row in table(visitor)}
    assert rows["sess1"] == ("focus:1 watching:1", "proctor proctor2") and rows["sess2"][1] == ""
    assert {row["student"] for row in table(visitor)} == {"Іңкәр Һәкімжанова", "'=cmd()"}
    assert "open_moments" not in table(visitor.as_person("keeper"))[0]


def read_event(lines: Any, wanted: str) -> str:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: ") and name == wanted:
            return str(line[6:])
    raise AssertionError(f"the stream ended without {wanted}")


def test_events_name_only_what_changed(hall: Hall, visitor: Visitor) -> None:
    hall.student("s2", "Ұлан")
    recorded = hall.record(running=True)
    hall.record("sess2", "s2", running=True)
    visitor.as_person("proctor")
    with visitor.client.stream("GET", "/exams/algebra/events", timeout=30) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert read_event(lines, "begin") == "2"
        recorded.set_state(paused_at=iso(hall.clock.now()))
        changed = json.loads(read_event(lines, "rows"))
    assert [entry["id"] for entry in changed] == ["sess1"]
    assert "кідірісте" in changed[0]["html"]


def test_events_end_when_the_right_is_withdrawn(hall: Hall, running: Visitor) -> None:
    with running.client.stream("GET", "/exams/algebra/events", timeout=30) as answer:
        lines = answer.iter_lines()
        read_event(lines, "begin")
        hall.database.write(lambda c: c.execute(update(schema.users).values(disabled_at=iso(hall.clock.now()))))
        assert not [line for line in lines if line.startswith("event")]
    assert running.get("/exams/algebra/events").status_code in (303, 401)


def test_a_message_to_all_belongs_to_the_exam(hall: Hall, running: Visitor) -> None:
    page = running.page("/exams/algebra")
    assert running.post("/exams/algebra/messages", page, kind="info", text_kk="").status_code == 400
    assert (
        running.post("/exams/algebra/messages", page, kind="time_added", text_kk="Желі", minutes="10").status_code
        == 303
    )
    assert notices(hall) == [(None, "time_added", "Желі", 10)]
    assert running.post("/exams/none/messages", page, kind="info", text_kk="x").status_code == 404
    for login in ("commission", "teacher", "keeper"):
        page = running.as_person(login).page("/exams/algebra")
        assert running.post("/exams/algebra/messages", page, kind="info", text_kk="x").status_code == 403
    assert hall.database.read(audit_check.check_database).problems == []


def test_a_message_goes_out_in_the_languages_it_was_written_in(hall: Hall, running: Visitor) -> None:
    page = running.page("/sessions/sess1")

    def send(**fields: str) -> int:
        return running.post("/sessions/sess1/messages", page, kind="info", **fields).status_code

    assert send() == 400 == send(phrase="no_such_phrase") and send(text_xx="x") == 400
    assert send(text_ru="Тише", text_en=" ") == 303
    assert send(phrase="wait", text_en="Just a moment") == 303
    first, second = hall.database.read(lambda c: c.execute(select(schema.notices)).all())
    assert (first.text, first.texts) == ("Тише", {"ru": "Тише"})
    assert sorted(second.texts) == ["en", "kk", "ru"] and second.texts["en"] == "Just a moment", "typed goes before"
    said = hall.database.read(lambda c: c.execute(select(schema.audit.c.details)).scalars().all())
    assert [entry["texts"] for entry in said if "texts" in entry] == [first.texts, second.texts], "the log holds all"
    page = running.page("/sessions/sess1")
    assert '<span lang="ru">Тише</span>' in page and "Just a moment" in page and '<span lang="kk">Сәл күте' in page
    assert hall.database.read(audit_check.check_database).problems == []


def test_a_pause_gives_its_minutes_back(hall: Hall, running: Visitor) -> None:
    assert deed(running, "pause", reason="") == 400
    assert deed(running, "continue") == 409
    assert deed(running, "pause", reason="Өрт дабылы") == 303
    assert deed(running, "pause", reason="тағы") == 409
    assert "Өрт дабылы" in notices(hall)[0][2] and "кідірісте" in running.page("/exams/algebra/rows")
    hall.clock.moment += timedelta(minutes=6, seconds=10)
    assert deed(running, "continue") == 303
    assert notices(hall)[1][1:] == ("time_added", "Емтихан жалғасады. Кідіріс уақыты қайтарылды.", 7)
    assert hall.database.read(audit_check.check_database).problems == []


@pytest.mark.parametrize(("language", "word"), [("kk", "аяқтады"), ("ru", "завершил"), ("en", "has ended")])
def test_an_end_is_told_in_the_students_language_and_ends_the_time(
    hall: Hall, running: Visitor, language: str, word: str
) -> None:
    assert deed(running, "end", reason="Екінші адам кірді") == 303
    told = hall.database.read(lambda c: c.execute(select(schema.notices.c.texts)).scalar_one())
    assert word in told[language] and "Екінші адам кірді" in told[language]
    seat = hall.database.read(lambda c: c.execute(select(schema.seats)).mappings().one())
    assert ends_at(seat, iso(hall.clock.now() - timedelta(minutes=1)), 60) == iso(hall.clock.now())
    assert "ended" in hall.database.read(lambda c: c.execute(select(schema.audit.c.action)).scalars().all())


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "Камера алдына"), ("ru", "к камере"), ("en", "before the camera")]
)
def test_a_call_to_the_camera_is_told_in_the_students_language(
    hall: Hall, running: Visitor, language: str, word: str
) -> None:
    assert deed(running, "camera") == 303
    assert deed(running, "camera", reason="Жарық аз") == 303
    first, second = hall.database.read(lambda c: c.execute(select(schema.notices)).all())
    assert (first.session, first.kind, first.minutes) == ("sess1", "camera", 0) and word in first.texts[language]
    assert "Жарық аз" in second.texts[language]
    assert hall.database.read(lambda c: c.execute(select(schema.audit.c.action)).scalars().all()).count(
        "called-to-camera"
    ) == 2  # fmt: skip


def test_all_are_paused_and_go_on_together(hall: Hall, running: Visitor) -> None:
    hall.student("s2", "Ұлан")
    hall.student("s3", "Қайрат")
    hall.record("sess2", "s2", running=True)
    hall.record("sess3", "s3")
    assert deed(running, "pause", reason="Алғашқы") == 303
    page = running.page("/exams/algebra")
    assert running.post("/exams/algebra/pause", page, reason="").status_code == 400
    assert running.post("/exams/algebra/pause", page, reason="Өрт дабылы").status_code == 303
    told = [(session, text) for session, _, text, _ in notices(hall)]
    assert [session for session, _ in told] == ["sess1", "sess2"], (
        "who waits already is not told again; sess3 has ended"
    )
    hall.clock.moment += timedelta(minutes=3)
    assert running.post("/exams/algebra/continue", running.page("/exams/algebra")).status_code == 303
    assert {(session, minutes) for session, _, _, minutes in notices(hall)[2:]} == {("sess1", 3), ("sess2", 3)}
    assert "continue-all" not in running.page("/exams/algebra")
    page = running.as_person("commission").page("/exams/algebra")
    assert running.post("/exams/algebra/pause", page, reason="x").status_code == 403
    assert hall.database.read(audit_check.check_database).problems == []


def test_only_invigilators_act_in_a_running_exam(hall: Hall, running: Visitor) -> None:
    for login in ("commission", "teacher"):
        running.as_person(login)
        for name in ("pause", "continue", "camera", "end"):
            assert deed(running, name, reason="x") == 403
    assert notices(hall) == []


def test_an_exams_details_are_the_administrators(hall: Hall, visitor: Visitor) -> None:
    page = visitor.as_person("keeper").page("/exams/algebra/details")
    fields = {"proctor": "Әсел", "order_number": "№ 5", "markers": "2"}
    assert visitor.post("/exams/algebra/details", page, **{**fields, "markers": "3"}).status_code == 400
    assert visitor.post("/exams/algebra/details", page, **fields).status_code == 303
    row = hall.database.read(lambda c: c.execute(select(schema.exams)).mappings().one())
    assert (row["proctor"], row["order_number"], row["markers"]) == ("Әсел", "№ 5", 2)
    assert visitor.get("/exams/none/details").status_code == 404
    for login in ("proctor", "commission", "teacher"):
        assert visitor.as_person(login).get("/exams/algebra/details").status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_board_in_every_language(hall: Hall, running: Visitor, language: str) -> None:
    running.post("/language", running.page("/"), language=language, next="/")
    for path in ("/exams/algebra", "/sessions/sess1"):
        assert f'<html lang="{language}">' in running.page(path)
    assert running.as_person("keeper").page("/exams/algebra/details")
