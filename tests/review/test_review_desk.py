"""The teacher's desk over HTTP: marks, comments, second markers, journals; and who sees no mark at all."""

from __future__ import annotations

import csv
import io

import pytest
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import select, update

from server import schema

COMMENT = "Базис ұғымы толық емес"


@pytest.fixture
def desk(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record()
    return visitor.as_person("teacher")


def give(visitor: Visitor, question: str, points: str, comment: str = "") -> int:
    page = visitor.page("/sessions/sess1/marks")
    path = f"/sessions/sess1/marks/{question}"
    return visitor.post(path, page, points=points, comment=comment).status_code


def table(visitor: Visitor, kind: str) -> list[list[str]]:
    answer = visitor.get(f"/exams/algebra/marks.csv?for={kind}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter="," if kind == "moodle" else ";"))


def marks(hall: Hall) -> list[tuple[str, str, float]]:
    rows = hall.database.read(lambda c: c.execute(select(schema.marks).order_by(schema.marks.c.at)).all())
    return [(row.by, row.question, row.points) for row in rows]


def test_closed_questions_are_marked_and_the_rest_waits(desk: Visitor) -> None:
    page = desk.page("/sessions/sess1/marks")
    assert "кері матрица жоқ" in page and page.count('class="mark-form"') == 3
    assert "5,0 балдан 2,0" in page, "the essay was not answered, so nothing is left to read"


def test_points_and_comments_are_kept(hall: Hall, desk: Visitor) -> None:
    for points in ("-1", "3,5", "nan", "inf", "three", ""):
        assert give(desk, "q3", points) == 400, points
    assert give(desk, "nothing", "1") == 404
    assert give(desk, "q3", "2,5", COMMENT) == 303
    assert marks(hall) == [("teacher", "q3", 2.5)]
    assert COMMENT in desk.page("/sessions/sess1/marks")
    assert table(desk, "platonus")[1] == ["s1", "Іңкәр Һәкімжанова", "90"]


def test_an_exam_that_goes_on_has_no_result(hall: Hall, desk: Visitor) -> None:
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2", running=True)
    assert {row[0]: row[2] for row in table(desk, "platonus")[1:]} == {"s1": "40", "s2": ""}
    assert "емтихан аяқталған соң" in desk.page("/exams/algebra/marks")


def test_two_markers_do_not_see_each_other(hall: Hall, desk: Visitor) -> None:
    hall.database.write(lambda c: c.execute(update(schema.exams).values(markers=2)))
    answer_essay(hall)
    assert give(desk, "q3", "1", COMMENT) == 303
    assert table(desk, "moodle")[1][3] == "", "one of two: no mark yet, and no zero"
    assert COMMENT not in desk.as_person("teacher2").page("/sessions/sess1/marks")
    assert COMMENT not in str(table(desk, "moodle")), "nor in the table for the journal"
    assert give(desk, "q3", "3") == 303
    assert COMMENT in desk.page("/sessions/sess1/marks")
    assert table(desk, "moodle")[1][3] == "80"
    hall.user("teacher3", "Үшінші", "teacher")
    page = desk.as_person("teacher3").page("/sessions/sess1/marks")
    assert desk.post("/sessions/sess1/marks/q3", page, points="3").status_code == 409


def answer_essay(hall: Hall) -> None:
    from server.at_rest import answer_purpose

    sealed = hall.at_rest.seal(answer_purpose("sess1", "q3", 9), '"Базис – …"'.encode())
    row = {"session": "sess1", "question": "q3", "revision": 9, "sealed_value": sealed, "at_ms": 9000}
    late = {"commitment": "0" * 64, "salt": "0" * 64, "received_at": "2026-11-20T04:01:00.000Z", "late": False}
    hall.database.write(lambda c: c.execute(schema.answers.insert().values(**row, **late)))


@pytest.mark.parametrize(("kind", "width"), [("moodle", 5), ("platonus", 3), ("univer", 3)])
def test_journals_have_their_columns_and_no_formulas(hall: Hall, desk: Visitor, kind: str, width: int) -> None:
    hall.student("s2", '=HYPERLINK("http://evil.example";"ұпай")')
    hall.record("sess2", "s2")
    rows = table(desk, kind)
    assert [len(row) for row in rows] == [width] * 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert desk.get("/exams/algebra/marks.csv?for=other").status_code == 404


def test_a_running_work_is_not_marked(hall: Hall, visitor: Visitor) -> None:
    hall.record(running=True)
    visitor.as_person("teacher")
    page = visitor.page("/sessions/sess1/marks")
    assert 'class="mark-form"' not in page
    assert visitor.post("/sessions/sess1/marks/q3", page, points="1").status_code == 409
    assert marks(hall) == []


@pytest.mark.parametrize("login", ["proctor", "commission", "keeper", "s1"])
def test_nobody_but_a_teacher_sees_marks(hall: Hall, desk: Visitor, login: str) -> None:
    assert give(desk, "q3", "2", COMMENT) == 303
    page = desk.page("/sessions/sess1/marks")
    desk.as_person(login)
    for path in ("/exams/algebra/marks", "/exams/algebra/marks.csv?for=moodle", "/sessions/sess1/marks"):
        assert desk.get(path).status_code == 403
    own = {"form_token": desk.token(desk.page("/my" if login == "s1" else "/exams")), "points": "0"}
    assert desk.client.post("/sessions/sess1/marks/q3", data=own).status_code == 403
    if login in ("proctor", "commission"):
        assert COMMENT not in desk.page("/sessions/sess1")
    assert len(marks(hall)) == 1 and page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_desk_in_every_language(desk: Visitor, language: str) -> None:
    desk.post("/language", desk.page("/"), language=language, next="/")
    for path in ("/exams/algebra/marks", "/sessions/sess1/marks", "/exams/algebra"):
        page = desk.page(path)
        assert f'<html lang="{language}">' in page and "/media/" not in page


def test_hostile_answers_and_names_are_only_text(hall: Hall, visitor: Visitor) -> None:
    hostile = "<script>alert(1)</script>"
    hall.student("s9", hostile)
    hall.record("sess9", "s9", hostile=hostile)
    visitor.as_person("teacher")
    for path in ("/exams/algebra/marks", "/sessions/sess9/marks"):
        assert "<script>alert" not in visitor.page(path)
