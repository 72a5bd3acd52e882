"""The numbers of questions that the review site shows."""

from __future__ import annotations

from recorded_session import START
from review_hall import Hall
from sqlalchemy import insert

from server import schema
from server.clock import iso
from server.papers import Paper, Question, paper_purpose
from server.review import answers


def test_a_question_has_the_number_the_student_saw_texts_to_read_included(hall: Hall) -> None:
    read, first = (
        Question("intro", "description", "i", "<p>Оқыңыз.</p>", 0.0),
        Question("essay", "essay", "e", "<p>?</p>", 3.0),
    )
    row = {
        "id": "prose",
        "title": "Проза",
        "question_count": 2,
        "import_report": [],
        "sealed_paper": hall.at_rest.seal(paper_purpose("prose"), Paper("Проза", [read, first], {}).to_json()),
        "created_at": iso(START),
    }
    hall.database.write(lambda connection: connection.execute(insert(schema.exams).values(**row)))
    session = {"exam": "prose", "nonce": "00" * 16}
    places = hall.database.read(lambda connection: answers.places(connection, hall.at_rest, session))
    assert places == {"intro": 1, "essay": 2}
