"""Windows and recorders that die: nothing is recorded unseen, nothing sealed is lost, the exam goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from client_hall import Institution, Wire, gaps_of
from fake_window import ProcessWindow, recorder_command
from sitting_proof import text_question

from client import messages as m
from client.spool.note import SessionNote, Stage
from evidence.signing import VerifyingKey, payload_of
from evidence.verify import verify

Start = Callable[..., ProcessWindow]


def verified(institution: Institution, session: str) -> list[dict[str, Any]]:
    report = verify(institution.session_folder(session), VerifyingKey.from_text(institution.verifying_key))
    assert report.ok, report.problems
    ledger = institution.session_folder(session) / "ledger.txt"
    return [payload_of(line) for line in ledger.read_text().splitlines()]


def lost_seconds(lines: list[dict[str, Any]]) -> float:
    """The longest hole of any stream, in seconds."""
    return max((p["to"] - p["from"]) / 1000 for p in lines if p["type"] == "gap")


def test_the_recorder_is_killed_and_goes_on_with_the_same_key(start: Start, institution: Institution) -> None:
    window = start()
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    window.answer(question, "before the crash", where="disk")
    key = window.saw(m.SessionKeyCopy)
    began = time.monotonic()
    window.kill()
    again = start()
    again.say(m.RestoreSession(key.session, key.secret))
    view = again.expect(m.PaperView)
    assert again.saw(m.StateChanged).state == "sitting"
    assert time.monotonic() - began < 10
    assert view.answers[question] == {"value": "before the crash", "revision": 1}
    again.say(m.SetAnswer(question, 1, "before the crash"))  # the window repeats what it holds
    again.expect(m.AnswerSaved, lambda s: s.where == "disk")
    again.answer(question, "after it", revision=2)
    receipt = again.hand_in()
    lines = verified(institution, key.session)
    assert not [p for p in lines if p["type"] == "resume"]
    assert "recorder-restarted" in [p["name"] for p in lines if p["type"] == "event"]
    assert {p["cause"] for p in gaps_of(lines)} == {"recorder-restarted"}
    assert {p["stream"] for p in gaps_of(lines)} == {"screen-1", "camera", "sound"}
    assert lost_seconds(lines) < 8
    assert receipt.answers == 1 and all(gap["cause"] == "recorder-restarted" for gap in receipt.gaps)


@pytest.mark.parametrize("stage", ["checking", "identifying", "ready"])
def test_the_recorder_is_killed_before_the_paper(start: Start, institution: Institution, stage: str) -> None:
    window = start()
    window.sign_in(institution.student())
    key = window.open()
    if stage != "checking":
        window.check()
        window.say(m.StartIdentity())
        window.state("identifying")
    if stage == "ready":
        window.say(m.LeaveIdentityToPerson(""))
        window.state("ready")
    window.kill()
    again = start()
    again.say(m.RestoreSession(key.session, key.secret))
    again.state(stage)
    if stage == "checking":
        again.check()
        again.identify()
    elif stage == "identifying":
        again.say(m.LeaveIdentityToPerson(""))
        again.state("ready")
    again.paper()
    again.hand_in()
    verified(institution, key.session)


def test_the_window_dies_and_a_new_program_takes_over(start: Start, institution: Institution) -> None:
    login = institution.student()
    window = start()
    paper = window.to_paper(login)
    question = text_question(paper)
    window.answer(question, "before")
    session = window.expect_session()
    window.vanish()
    began = time.monotonic()
    again = start()  # Ready comes only once the spool's lock is there
    assert time.monotonic() - began < 6
    assert window.process.wait(5) == 0
    again.sign_in(login)
    again.open()
    again.check()
    again.identify()
    view = again.paper()
    assert view.answers[question]["value"] == "before"
    again.expect(m.AnswerSaved, lambda saved: (saved.question, saved.where) == (question, "server"))
    again.answer(question, "after", revision=2)
    again.hand_in()
    lines = verified(institution, session)
    resumes = [p for p in lines if p["type"] == "resume"]
    assert len(resumes) == 1 and resumes[0]["grant"]
    assert [p["name"] for p in lines if p["type"] == "event" and p["name"].startswith(("window", "paper"))] == [
        "paper-opened", "window-lost", "paper-reopened"
    ]  # fmt: skip
    assert [p["about"] for p in lines if p["type"] == "finding"].count("identity") == 2


def test_without_a_window_nothing_is_recorded_and_all_is_delivered(start: Start, institution: Institution) -> None:
    window = start()
    window.to_paper(institution.student())
    session = window.expect_session()
    window.vanish()
    assert window.process.wait(15) == 0
    folder = institution.session_folder(session)
    lines = [payload_of(line) for line in (folder / "ledger.txt").read_text().splitlines()]
    assert lines[-1]["type"] != "end"
    lost = next(p for p in lines if p["type"] == "event" and p["name"] == "window-lost")
    assert max(p["end"] for p in lines if p["type"] == "segment") <= lost["at"] + 2000
    listed = [(p["stream"], p["index"]) for p in lines if p["type"] == "segment"]
    assert all((folder / "segments" / stream / f"{index:06d}.age").exists() for stream, index in listed)


def test_both_die_and_the_session_goes_on_with_a_new_key(start: Start, institution: Institution, wire: Wire) -> None:
    login = institution.student()
    window = start(server=wire.address)
    paper = window.to_paper(login)
    question = text_question(paper)
    wire.cut()
    window.problem("network_lost")
    window.answer(question, "typed without network")
    window.say(m.MarkQuestion(question, True))
    time.sleep(1)
    window.kill()
    session = window.expect_session()
    wire.mend()
    again = start(server=wire.address)
    assert again.saw(m.Ready).unsent == ["Physics"]
    again.sign_in(login)
    again.open()
    again.check()
    again.identify()
    view = again.paper()
    assert view.answers[question] == {"value": "typed without network", "revision": 1}
    assert view.marked == [question]
    assert again.expect_session() == session
    receipt = again.hand_in(60)
    assert receipt.answers == 1 and receipt.code
    lines = verified(institution, session)
    institution.assert_good(session)
    assert [p["type"] for p in lines].count("resume") == 1
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}
    assert lost_seconds(lines) < 15


def killed_after_handing_in_offline(
    start: Start, institution: Institution, wire: Wire
) -> tuple[ProcessWindow, ProcessWindow]:
    """The one before and the one after, in which the same student has signed in."""
    login = institution.student()
    window = start(server=wire.address)
    paper = window.to_paper(login)
    wire.cut()
    window.problem("network_lost")
    window.answer(text_question(paper), "sealed offline")
    window.say(m.HandIn())
    window.state("sealed_offline")
    window.kill()
    wire.mend()
    again = start(server=wire.address)
    again.sign_in(login)
    return window, again


def test_killed_after_handing_in_offline(start: Start, institution: Institution, wire: Wire) -> None:
    window, again = killed_after_handing_in_offline(start, institution, wire)
    again.say(m.ListExams())
    seat = next(i.seat for i in again.expect(m.Exams).items if i.title == "Physics")
    again.say(m.OpenSeat(seat, "1", "2026-01-31T09:00:00.000Z"))
    assert again.expect(m.ReceiptView, seconds=40).answers == 1
    verified(institution, window.expect_session())


def test_what_was_left_over_is_delivered_after_the_next_sign_in(
    start: Start, institution: Institution, wire: Wire, tmp_path: Path
) -> None:
    window, _ = killed_after_handing_in_offline(start, institution, wire)
    session = window.expect_session()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if SessionNote.load(tmp_path / "client" / "spool" / session).stage is Stage.DELIVERED:
            break
        time.sleep(0.1)
    verified(institution, session)


def test_a_second_recorder_beside_a_living_one_is_told(start: Start, institution: Institution, tmp_path: Path) -> None:
    start()
    second = ProcessWindow(recorder_command(tmp_path / "client", institution))
    second.problem("spool_locked")
    second.vanish()
    assert second.process.wait(5) == 0


def test_a_key_that_does_not_fit_restores_nothing(start: Start, institution: Institution) -> None:
    window = start()
    window.say(m.RestoreSession("../../etc", "ed25519-secret:x y"))
    assert window.problem("spool_damaged").during == "RestoreSession"
    window.say(m.RestoreSession("no-such-session", "ed25519-secret:x y"))
    window.problem("spool_damaged")
    window.sign_in(institution.student())


def test_killed_at_any_moment(start: Start, institution: Institution) -> None:
    """The recorder dies again and again while answers are typed; none is lost, the ledger stays whole."""
    moments = random.Random(20260131)
    window = start()
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    key = window.saw(m.SessionKeyCopy)
    revision, away = 0, 0.0
    for _ in range(3):
        until = time.monotonic() + moments.uniform(0.1, 1.2)
        while time.monotonic() < until:
            revision += 1
            window.answer(question, f"revision {revision}", revision=revision)
        window.say(m.SetAnswer(question, revision + 1, "in the very moment"))
        killed = time.monotonic()
        window.kill()
        window = start()
        window.say(m.RestoreSession(key.session, key.secret))
        held = window.expect(m.PaperView).answers[question]
        away += time.monotonic() - killed  # killed again before a segment was cut, one gap is both ways back
        assert held["revision"] in (revision, revision + 1)
        assert held["value"] == (f"revision {revision}" if held["revision"] == revision else "in the very moment")
        revision = held["revision"]
    receipt = window.hand_in(60)
    assert receipt.answers == 1
    lines = verified(institution, key.session)
    assert lost_seconds(lines) < away + 5, "no more than the ways back, the typing and the segment that was open"
