"""One session and two computers: the first is not disturbed unless the student says so, and nothing is lost then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from client_hall import Institution, gaps_of
from fake_capture import FakeCapture
from fake_window import Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.upload.http import HttpTransport
from client.upload.transport import NetworkDown
from evidence.signing import payload_of

Open = Callable[..., Window]


def test_a_second_client_with_the_same_session(open_window: Open, institution: Institution) -> None:
    login = institution.student()
    first = open_window("first")
    paper = first.to_paper(login)
    question = text_question(paper)
    first.answer(question, "written on the first computer", where="server")
    second = open_window("second")
    second.sign_in(login)
    second.say(m.ListExams())
    seat = next(i.seat for i in second.expect(m.Exams).items if i.title == "Physics")
    second.say(m.OpenSeat(seat, "1", "2026-01-31T09:00:00.000Z"))
    assert second.problem("in_use_elsewhere").during == "OpenSeat"
    first.answer(question, "undisturbed", revision=2, where="server")
    receipt = first.hand_in()
    assert receipt.answers == 1 and receipt.gaps == []
    verified(institution, first)


def test_going_on_on_another_computer(open_window: Open, institution: Institution, captures: list[FakeCapture]) -> None:
    """The second computer never saw the session: it goes on from the ledger the server holds."""
    login = institution.student()
    first = open_window("first")
    question = text_question(first.to_paper(login))
    first.answer(question, "written on the first computer", where="server")
    second = open_window("second")
    second.sign_in(login)
    second.open(takeover=True)
    first.answer(question, "too late here", revision=2)
    first.problem("session_taken_over", 30)
    first.state("interrupted")
    assert captures[0].released.wait(5)
    second.check()
    second.identify()
    view = second.paper()
    assert view.answers[question] == {"value": "written on the first computer", "revision": 1}
    saved = second.expect(m.AnswerSaved)  # the window must not call "on the way" what has arrived
    assert (saved.question, saved.revision, saved.where) == (question, 1, "server")
    second.answer(question, "and on the second", revision=2, where="server")
    assert second.hand_in(60).answers == 1
    lines = lines_of(institution, second)
    resume = next(p for p in lines if p["type"] == "resume")
    assert resume["grant"] and payload_of(resume["grant"])["reason"] == "other-machine"
    gaps = {p["stream"]: p for p in gaps_of(lines)}
    assert gaps.keys() == {"screen-1", "camera", "sound"} and {p["cause"] for p in gaps.values()} == {"resumed"}
    for stream, gap in gaps.items():  # session time runs on, by the server's clock
        spans = [(p["n"], p["start"], p["end"]) for p in lines if p["type"] == "segment" and p["stream"] == stream]
        before = max(end for n, _, end in spans if n < resume["n"])
        after = min(start for n, start, _ in spans if n > resume["n"])
        assert before == gap["from"] < gap["to"] == after < 60_000
        walls = [datetime.fromisoformat(p["wall"]) for p in lines]
        real = (walls[-1] - walls[0]).total_seconds() * 1000
        assert abs(lines[-1]["at"] - lines[0]["at"] - real) < 2500
    verified(institution, second)


def test_the_first_computer_brings_its_part_after_a_takeover(open_window: Open, institution: Institution) -> None:
    """It died with listed segments unsent: the second one names what is missing, the first one's next start sends."""
    hold = threading.Event()

    class Thin(HttpTransport):
        def put_segment(self, session: str, stream: str, index: int, sealed: bytes) -> bool:
            if hold.is_set():
                raise NetworkDown("the line carries lines alone")
            return super().put_segment(session, stream, index, sealed)

    login = institution.student()
    first = open_window("first", transport=lambda: Thin(institution.address))
    question = text_question(first.to_paper(login))
    hold.set()
    first.answer(question, "on the first computer", where="server")
    session = first.expect_session()
    segments = institution.session_folder(session) / "segments"

    def unsent() -> list[Path]:
        listed = [p for p in lines_of(institution, first) if p["type"] == "segment"]
        files = [segments / p["stream"] / f"{p['index']:06d}.age" for p in listed]
        return [file for file in files if not file.exists()]

    until = time.monotonic() + 30
    while not unsent():
        assert time.monotonic() < until
        time.sleep(0.1)
    first.close()
    assert unsent()
    second = open_window("second")
    second.sign_in(login)
    second.open(takeover=True)
    second.check()
    second.identify()
    assert second.paper().answers[question]["value"] == "on the first computer"
    second.say(m.HandIn())
    second.problem("pieces_elsewhere", 40)
    again = open_window("first")
    again.sign_in(login)
    assert second.expect(m.ReceiptView, seconds=60).answers == 1
    assert unsent() == []
    verified(institution, second)
    again.close()
    later = open_window("first")
    later.sign_in(login)
    spool = later.data / "spool"
    until = time.monotonic() + 30
    while (spool / session).exists():  # nothing of it is waited for any more; its bytes stay as a branch
        assert time.monotonic() < until
        time.sleep(0.1)
    assert list((spool / f"{session}.branch-1" / "segments").rglob("*.age"))
