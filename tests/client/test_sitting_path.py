"""A whole sitting through the engine, against the real server: what is said, sealed, delivered."""

from __future__ import annotations

from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window
from sitting_proof import lines_of

from client import messages as m
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


def test_an_exam_that_asks_for_no_screens_records_none(window: Window, institution: Institution) -> None:
    """The consent names what is recorded, and here no screen."""
    login = institution.student()
    institution.another_exam("by-hand")
    institution.plan(3600, logins=[login], exam="by-hand", streams=("camera", "sound"))
    window.sign_in(login)
    window.open("by-hand")
    window.check()
    assert not [item for item in window.saw(m.CheckView, lambda v: v.passed).items if item.id.startswith("screen")]
    window.identify()
    window.paper()
    receipt = window.hand_in()
    assert set(receipt.coverage) == {"camera", "sound"}
    told = [line for line in lines_of(institution, window) if line["type"] in ("part", "segment")]
    assert told and not [line["stream"] for line in told if line["stream"].startswith("screen")]
