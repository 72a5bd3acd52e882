"""Signing in, choosing an exam, opening its session: each refusal has its word, and a sign-in may end at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from client_hall import Institution, gaps_of
from fake_window import Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.upload.http import HttpTransport
from client.upload.transport import OpenedSession
from evidence.signing import SigningKey, VerifyingKey, payload_of, sign_line
from evidence.verify import verify

Open = Callable[..., Window]


def test_wrong_password(window: Window, institution: Institution) -> None:
    window.say(m.SignIn(institution.student(), "wrong"))
    assert window.problem("wrong_password").during == "SignIn"
    window.say(m.SignInWithCode("AAAA-BBBB"))
    assert window.problem("code_unknown").during == "SignInWithCode"


def test_codes_that_were_used_or_expired(window: Window, open_window: Open, institution: Institution) -> None:
    login = institution.student()
    window.say(m.SignInWithCode(institution.codes(login, hours=-1)))
    assert window.problem("code_expired").during == "SignInWithCode"
    code = institution.codes(login)
    window.say(m.SignInWithCode(code))
    window.expect(m.SignedIn)
    other = open_window("other")
    other.say(m.SignInWithCode(code))
    assert other.problem("code_used").during == "SignInWithCode"
    window.open()  # whoever was first is not disturbed


def test_a_closed_exam_and_one_not_yet_open(window: Window, institution: Institution) -> None:
    login = institution.student()
    for name, opens, closes in (("past", -7200, -3600), ("future", 3600, 7200)):
        institution.another_exam(f"{name}-{login}")
        institution.plan(closes, opens=opens, logins=[login], exam=f"{name}-{login}")
    window.sign_in(login)
    window.say(m.ListExams())
    items = {item.title: item for item in window.expect(m.Exams).items}
    assert (items[f"past-{login}"].state, items[f"future-{login}"].state) == ("closed", "upcoming")
    for name, code in (("past", "exam_closed"), ("future", "exam_not_open")):
        window.say(m.OpenSeat(items[f"{name}-{login}"].seat, "1", "2026-01-31T09:00:00.000Z"))
        assert window.problem(code).during == "OpenSeat"


@pytest.mark.parametrize("which", ["seat_key", "server_key", "other_seat"])
def test_a_key_the_institution_did_not_sign_opens_no_exam(
    open_window: Open, institution: Institution, which: str
) -> None:
    class Forging(HttpTransport):
        def open_session(self, seat: str, request: Any) -> OpenedSession:
            answer = super().open_session(seat, request)
            name = "server_key" if which == "server_key" else "seat_key"
            payload = payload_of(getattr(answer, name))
            if which == "other_seat":
                payload["seat"] = "seat-of-another"
            forged = sign_line(name.replace("_", "-"), payload, SigningKey.generate())
            return OpenedSession(**{**answer.__dict__, name: forged})

    window = open_window(transport=lambda: Forging(institution.address))
    window.sign_in(institution.student())
    window.say(m.ListExams())
    seat = window.expect(m.Exams).items[0].seat
    window.say(m.OpenSeat(seat, "1", "2026-01-31T09:00:00.000Z"))
    assert window.problem("seat_key_unsigned").during == "OpenSeat"
    assert not any(isinstance(message, m.SessionKeyCopy) for message in window.all)


def test_signed_out_at_the_list_of_exams(window: Window, institution: Institution) -> None:
    login = institution.student()
    window.sign_in(login)
    institution.new_password(login, "another-password")
    window.say(m.ListExams())
    assert window.problem("signed_out").during == "ListExams"
    window.say(m.SignOut())
    window.state("signed_out")
    window.sign_in(login, "another-password")
    window.open()


def test_signed_out_in_the_middle_of_the_exam(open_window: Open, institution: Institution) -> None:
    """The token ends: the exam goes on here, the sentence says what to do, and after it nothing is missing."""
    login = institution.student()
    window = open_window("a")
    paper = window.to_paper(login)
    question = text_question(paper)
    window.answer(question, "before", where="server")
    institution.new_password(login, "another-password")
    window.problem("sign_in_again")
    window.answer(question, "while signed out", revision=2)
    assert window.engine.state == "sitting"
    window.close()
    again = open_window("a")
    again.sign_in(login, "another-password")
    again.open()
    again.check()
    again.identify()
    assert again.paper().answers[question] == {"value": "while signed out", "revision": 2}
    assert again.hand_in(60).answers == 1
    lines = lines_of(institution, again)
    assert [p["revision"] for p in lines if p["type"] == "answer"] == [1, 2]
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}
    verified(institution, again)


def test_signed_out_while_handing_in(open_window: Open, institution: Institution) -> None:
    login = institution.student()
    window = open_window("a")
    paper = window.to_paper(login)
    institution.new_password(login, "another-password")
    window.problem("sign_in_again")
    window.answer(text_question(paper), "sealed while signed out")
    window.say(m.HandIn())
    window.state("handing_in")
    window.problem("sign_in_again", 40)
    window.close()
    again = open_window("a")
    again.sign_in(login, "another-password")
    again.say(m.ListExams())
    seat = next(i.seat for i in again.expect(m.Exams).items if i.title == "Physics")
    again.say(m.OpenSeat(seat, "1", "2026-01-31T09:00:00.000Z"))
    assert again.expect(m.ReceiptView, seconds=40).answers == 1
    report = verify(
        institution.session_folder(window.expect_session()), VerifyingKey.from_text(institution.verifying_key)
    )
    assert report.ok, report.problems
