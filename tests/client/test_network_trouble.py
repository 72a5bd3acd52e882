"""The network or the server is gone, at each step: what could be done without it is done, the rest comes later."""

from __future__ import annotations

from collections.abc import Callable

from client_hall import Institution, Wire
from fake_window import Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m

Open = Callable[..., Window]


def test_server_down_at_sign_in_and_then_not(open_window: Open, institution: Institution, wire: Wire) -> None:
    wire.cut()
    window = open_window(server=wire.address)
    login = institution.student()
    window.say(m.SignIn(login, "password-1"))
    problem = window.problem("server_unreachable")
    assert problem.during == "SignIn" and problem.values["server"] == wire.address
    wire.mend()
    window.sign_in(login)
    wire.cut()
    window.say(m.ListExams())
    assert window.problem("server_unreachable").during == "ListExams"
    window.say(m.OpenSeat("seat-x", "1", "2026-01-31T09:00:00.000Z"))
    assert window.problem("server_unreachable").during == "OpenSeat"
    wire.mend()
    window.open()
    wire.cut()
    window.say(m.StartCheck())
    window.expect(m.CheckView, lambda v: {i.id: i.code for i in v.items}.get("server") == "server_unreachable")
    wire.mend()
    window.say(m.RetryCheck("server"))
    window.expect(m.CheckView, lambda view: view.passed)
    wire.cut()
    window.identify()  # it needs no network; what it found is kept
    wire.mend()
    window.paper()
    window.hand_in(60)
    verified(institution, window)


def test_no_paper_without_network_but_later(open_window: Open, institution: Institution, wire: Wire) -> None:
    window = open_window(server=wire.address)
    window.sign_in(institution.student())
    window.open()
    window.check()
    window.identify()
    wire.cut()
    window.say(m.OpenPaper())
    assert window.expect(m.Problem, lambda p: p.during == "OpenPaper").code == "server_unreachable"
    wire.mend()
    window.paper()
    window.hand_in(60)


def test_the_network_is_gone_for_half_the_exam(open_window: Open, institution: Institution, wire: Wire) -> None:
    window = open_window(server=wire.address)
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    window.answer(question, "before", where="server")
    wire.cut()
    window.problem("network_lost")
    window.answer(question, "while it was gone", revision=2, where="disk")
    window.expect(m.NetworkView, lambda v: v.state == "offline" and v.waiting_segments > 3)
    wire.mend()
    window.expect(m.AnswerSaved, lambda s: (s.revision, s.where) == (2, "server"), 40)
    window.saw(m.Problem, lambda p: p.code == "network_back", 40)
    receipt = window.hand_in(60)
    assert all(ratio > 0.99 for ratio in receipt.coverage.values()), receipt.gaps
    verified(institution, window)
    names = [p["name"] for p in lines_of(institution, window) if p["type"] == "event"]
    assert "network-lost" in names and "network-back" in names


def test_the_server_is_started_again_in_the_middle(open_window: Open, institution: Institution) -> None:
    window = open_window()
    paper = window.to_paper(institution.student())
    institution.stop()
    try:
        window.answer(text_question(paper), "while the server was away")
        window.problem("network_lost")
    finally:
        institution.start()
    receipt = window.hand_in(60)
    assert receipt.answers == 1 and receipt.gaps == []
    assert all(ratio > 0.99 for ratio in receipt.coverage.values()), receipt.coverage
    verified(institution, window)


def test_handing_in_without_network_waits_for_it(open_window: Open, institution: Institution, wire: Wire) -> None:
    window = open_window(server=wire.address)
    paper = window.to_paper(institution.student())
    wire.cut()
    window.problem("network_lost")
    window.answer(text_question(paper), "sealed offline")
    window.say(m.HandIn())
    window.state("sealed_offline")
    view = window.expect(m.HandInView, lambda v: v.stage == "waiting_for_network" and bool(v.code))
    assert len(view.code) == 14
    wire.mend()
    assert window.expect(m.ReceiptView, seconds=60).answers == 1
    verified(institution, window)
