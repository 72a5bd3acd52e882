"""A whole sitting through the engine, against the real server: what is said, sealed, delivered."""

from __future__ import annotations

from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window

from evidence.signing import VerifyingKey
from evidence.verify import verify


def test_from_sign_in_to_receipt(window: Window, institution: Institution, captures: list[FakeCapture]) -> None:
    login = institution.student()
    paper = window.to_paper(login)
    assert paper.title and len(paper.questions) > 3
    for question in paper.questions:
        if question["kind"] != "description":
            value = [question["choices"][0]["id"]] if question["choices"] else "Жауап: Ә Ғ Қ Ң Ө Ұ Ү Һ І"
            window.answer(question["id"], value)
    receipt = window.hand_in()
    window.state("delivered")
    assert captures[0].released.is_set()
    assert receipt.code and receipt.code in receipt.text
    assert all(ratio > 0.99 for ratio in receipt.coverage.values()), (receipt.coverage, receipt.gaps)
    session = window.expect_session()
    report = verify(institution.session_folder(session), VerifyingKey.from_text(institution.verifying_key))
    assert report.ok, report.problems
    assert receipt.answers == len([q for q in paper.questions if q["kind"] != "description"])
