"""Everything that goes wrong around a sitting ends in a clear word and loses nothing."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from client_hall import Institution, Wire
from fake_capture import FakeCapture
from fake_window import Window

from client import messages as m
from client.capture.source import Device
from client.errors import CameraBusy
from client.spool.disk import write_whole
from client.upload.http import HttpTransport
from client.upload.transport import NetworkDown, OpenedSession
from evidence.signing import SigningKey, VerifyingKey, payload_of, sign_line
from evidence.verify import verify

Open = Callable[..., Window]


def verified(institution: Institution, window: Window) -> Any:
    folder = institution.session_folder(window.expect_session())
    report = verify(folder, VerifyingKey.from_text(institution.verifying_key))
    assert report.ok, report.problems
    return report


def lines_of(institution: Institution, window: Window) -> list[dict[str, Any]]:
    file = institution.session_folder(window.expect_session()) / "ledger.txt"
    return [payload_of(line) for line in file.read_text().splitlines()]


def text_question(paper: m.PaperView) -> str:
    return next(q["id"] for q in paper.questions if not q["choices"] and q["kind"] != "description")


# -- signing in and opening -------------------------------------------------------------------


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
    second.answer(question, "and on the second", revision=2, where="server")
    assert second.hand_in(60).answers == 1
    lines = lines_of(institution, second)
    resume = next(p for p in lines if p["type"] == "resume")
    assert resume["grant"] and payload_of(resume["grant"])["reason"] == "other-machine"
    gaps = {p["stream"]: p for p in lines if p["type"] == "gap"}
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


# -- the check --------------------------------------------------------------------------------


def test_the_check_does_not_pass_without_real_devices(
    open_window: Open, institution: Institution, captures: list[FakeCapture]
) -> None:
    cameras: list[Device] = []
    window = open_window(cameras=lambda: list(cameras), microphones=lambda: [Device("null", "Null", simulated=True)])
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())

    def words(view: m.CheckView) -> dict[str, str]:
        return {item.id: item.code for item in view.items}

    view = window.expect(m.CheckView, lambda v: words(v).get("camera") == "camera_missing")
    assert words(view)["microphone"] == "microphone_missing" and not view.passed
    window.say(m.StartIdentity())
    captures[0].black_screen = True
    window.expect(m.CheckView, lambda v: words(v).get("screen-1") == "screen_black")
    cameras.append(Device("0", "Camera"))
    window.say(m.RetryCheck("camera"))
    window.expect(m.CheckView, lambda v: words(v).get("camera") == "camera_ok")
    assert "identifying" not in [s.state for s in window.all if isinstance(s, m.StateChanged)]


def test_a_camera_that_another_program_holds(
    window: Window, institution: Institution, captures: list[FakeCapture]
) -> None:
    """The system does not open it: the check says so, and passes once the other program let go."""
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())
    window.expect(m.CheckView, lambda view: view.passed)
    captures[0].take("camera", CameraBusy())
    view = window.expect(m.CheckView, lambda v: {i.id: i.code for i in v.items}["camera"] == "camera_busy")
    assert not view.passed
    captures[0].give_back("camera")
    window.say(m.RetryCheck("camera"))
    window.expect(m.CheckView, lambda view: view.passed)
    window.identify()


def test_a_stream_address_is_no_camera_unless_the_server_says_so(
    open_window: Open, institution: Institution, captures: list[FakeCapture]
) -> None:
    window = open_window()
    window.sign_in(institution.student())
    window.open()
    window.check()
    window.say(m.UseDevices("http://127.0.0.1:1/stand-in", None))
    window.expect(m.CheckView, lambda v: len(captures[0].opened) > 1)
    assert {camera for camera, _ in captures[0].opened} == {"0"}
    assert not captures[0].settings.stream_cameras


# -- the network --------------------------------------------------------------------------------


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
    assert {p["cause"] for p in lines if p["type"] == "gap"} == {"resumed"}
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


# -- devices, disk, time --------------------------------------------------------------------------


def test_a_camera_lost_and_found_is_told_and_stands_in_the_ledger(
    window: Window, institution: Institution, captures: list[FakeCapture]
) -> None:
    window.to_paper(institution.student())
    captures[0].lose("camera")
    assert window.problem("camera_lost").values["stream"] == "camera"
    window.expect(m.RecordingView, lambda v: v.sources.get("camera") == "lost")
    captures[0].find("camera")
    window.problem("camera_back")
    window.hand_in()
    names = [p["name"] for p in lines_of(institution, window) if p["type"] == "event"]
    assert names.index("source-lost") < names.index("source-back")


def test_a_full_disk_is_told_and_nothing_is_called_saved_that_is_not(
    open_window: Open, institution: Institution
) -> None:
    full = threading.Event()

    def write(path: Path, content: bytes) -> None:
        if full.is_set() and path.suffix == ".age":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_whole(path, content)

    window = open_window(write=write, free_bytes=lambda _path: 10**9)
    window.to_paper(institution.student())
    full.set()
    window.problem("disk_full")
    full.clear()
    receipt = window.hand_in(60)
    assert all(ratio > 0.99 for ratio in receipt.coverage.values()), receipt.gaps
    verified(institution, window)


def test_an_answer_that_cannot_be_kept_is_not_called_saved(
    window: Window, institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    from client.spool.table import Table

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Table, "put_answer", refuse)
        window.say(m.SetAnswer(question, 1, "lost?"))
        assert window.problem("disk_full").during == "SetAnswer"
    assert not any(isinstance(message, m.AnswerSaved) for message in window.all)
    window.answer(question, "lost?", revision=1)


def test_time_up_hands_in_by_itself(window: Window, institution: Institution) -> None:
    login = institution.student()
    institution.another_exam(f"short-{login}")
    institution.plan(8, logins=[login], exam=f"short-{login}")
    window.sign_in(login)
    window.open(f"short-{login}")
    window.check()
    window.identify()
    paper = window.paper()
    question = text_question(paper)
    window.answer(question, "just in time")
    clock = window.expect(m.ClockView)
    assert 0 < clock.seconds_left < 8 and clock.proven
    window.problem("time_up", 15)
    receipt = window.expect(m.ReceiptView, seconds=30)
    assert receipt.answers == 1
    window.say(m.SetAnswer(question, 2, "too late"))
    assert window.problem("time_over").during == "SetAnswer"
    end = lines_of(institution, window)[-1]
    assert (end["type"], end["reason"]) == ("end", "time-up")


def test_a_message_from_a_person_arrives_once_and_minutes_count(window: Window, institution: Institution) -> None:
    login = institution.student()
    window.to_paper(login)
    before = window.expect(m.ClockView).ends
    institution.message(login, "time_added", "Тағы он минут", 10)
    notice = window.expect(m.Notice)
    assert (notice.kind, notice.text, notice.minutes) == ("time_added", "Тағы он минут", 10)
    window.expect(m.ClockView, lambda v: v.ends > before)
    window.say(m.NoticeRead(notice.id))
    window.hand_in()
    assert len([x for x in window.all if isinstance(x, m.Notice)]) == 1


def test_judges_findings_are_sealed_and_only_their_commitment_is_clear(
    window: Window, institution: Institution
) -> None:
    window.to_paper(institution.student())
    time.sleep(5)  # nobody in front of the fake camera for more than four seconds
    window.hand_in()
    lines = lines_of(institution, window)
    assert [p["about"] for p in lines if p["type"] == "finding"] == ["identity", "watching"]
    assert all("outcome" not in p for p in lines)
    streams = {p["stream"] for p in lines if p["type"] == "segment"}
    assert {"track", "events", "camera", "screen-1", "sound"} == streams
