"""Window and recorder die in the exam: signed in again on the same computer, the student is back at the question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from client_hall import Institution, gaps_of
from fake_window import ProcessWindow, Talk, Window, recorder_command
from sitting_proof import text_question

from client import messages as m
from client.engine import opening
from evidence.signing import payload_of


def begun(window: Talk, login: str) -> m.ExamItem:
    """The exam that this computer can go on with, as "my exams" shows it after a new sign-in."""
    window.sign_in(login)
    window.say(m.ListExams())
    (item,) = [item for item in window.expect(m.Exams).items if item.title == "Physics"]
    return item


def straight_back(item: m.ExamItem) -> m.OpenSeat:
    return m.OpenSeat(item.seat, item.consent_version, item.consented_at, straight_back=True)


def test_back_at_the_question_without_another_check(institution: Institution, tmp_path: Path) -> None:
    command = recorder_command(tmp_path / "client", institution)
    first = ProcessWindow(command)
    first.expect(m.Ready)
    login = institution.student()
    question = text_question(first.to_paper(login))
    first.answer(question, "before the crash", where="server")
    first.say(m.ShowQuestion(question))
    first.answer(question, "and a little more", revision=2, where="server")  # the question is kept by now
    first.kill()

    again = ProcessWindow(command)
    try:
        again.expect(m.Ready)
        item = begun(again, login)
        assert item.state == "running"
        assert (item.consent_version, item.consented_at) == ("1", "2026-01-31T09:00:00.000Z")
        again.say(straight_back(item))
        view = again.expect(m.PaperView)
        assert view.answers[question] == {"value": "and a little more", "revision": 2} and view.shown == question
        states = [message.state for message in again.all if isinstance(message, m.StateChanged)]
        assert states[-1] == "sitting" and not {"checking", "identifying"} & set(states)
        again.answer(question, "after it", revision=3, where="server")
        again.hand_in()
    finally:
        again.kill()
    session = again.expect_session()
    institution.assert_good(session)
    text = (institution.session_folder(session) / "ledger.txt").read_text()
    lines = [payload_of(line) for line in text.splitlines()]
    (resume,) = [p for p in lines if p["type"] == "resume"]
    assert resume["grant"]
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}
    names = [p["name"] for p in lines if p["type"] == "event"]
    assert names.count("paper-opened") == 1 and names.index("identity-not-asked-again") < names.index("paper-reopened")


def leave_in_the_exam(window: Window, login: str) -> None:
    window.answer(text_question(window.to_paper(login)), "typed", where="server")
    window.close()


def test_away_for_long_the_check_is_made_again(
    institution: Institution, open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    login = institution.student()
    leave_in_the_exam(open_window(), login)
    monkeypatch.setattr(opening, "STRAIGHT_BACK_MS", -1)
    again = open_window()
    again.say(straight_back(begun(again, login)))
    again.state("checking")


def test_another_computer_makes_the_check(institution: Institution, open_window: Callable[..., Window]) -> None:
    login = institution.student()
    leave_in_the_exam(open_window(), login)
    other = open_window(data="another computer")
    item = begun(other, login)
    assert (item.state, item.consent_version) == ("running", "")
    other.say(m.OpenSeat(item.seat, "1", "2026-01-31T09:00:00.000Z", takeover=True, straight_back=True))
    other.state("checking")


def test_another_student_s_consent_is_not_told(institution: Institution, open_window: Callable[..., Window]) -> None:
    leave_in_the_exam(open_window(), institution.student())
    assert begun(open_window(), institution.student()).consent_version == ""
