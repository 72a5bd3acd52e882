"""No network from the second question to after the end: nothing is lost, and it arrives by itself or by a file."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from client_hall import PASSWORD, ROOT, Institution, Wire, gaps_of
from fake_window import ProcessWindow, Window, fake_workshop
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.engine.leftovers import Leftovers
from client.spool.note import SessionNote, Stage
from client.upload.http import HttpTransport
from client.upload.transport import NetworkDown

Open = Callable[..., Window]


def accept(institution: Institution, file: Path) -> dict[str, Any]:
    """As a person at the institution does, while the server runs."""
    command = [sys.executable, "-m", "server", "--data", str(institution.folder), "accept-bundle", str(file), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sealed_offline(window: Window | ProcessWindow, login: str, wire: Wire) -> tuple[str, str]:
    """(the question answered without network, the code the student writes down)."""
    paper = window.to_paper(login)
    question = text_question(paper)
    window.answer(question, "before", where="server")
    wire.cut()
    window.problem("network_lost")
    window.answer(question, "without network", revision=2)
    time.sleep(1.5)
    window.say(m.HandIn())
    window.state("sealed_offline")
    view = window.expect(m.HandInView, lambda v: v.stage == "waiting_for_network" and bool(v.code))
    return question, view.code


def test_by_a_file_and_then_the_computer_comes_on_line(
    open_window: Open, institution: Institution, wire: Wire, tmp_path: Path
) -> None:
    window = open_window(server=wire.address)
    _, code = sealed_offline(window, institution.student(), wire)
    file = tmp_path / "stick.senim"
    window.say(m.SaveForDelivery("", str(file)))
    saved = window.expect(m.SavingView, lambda v: v.stage != "saving")
    assert (saved.stage, saved.code, saved.done_bytes) == ("saved", code, file.stat().st_size)
    assert b"without network" not in file.read_bytes()
    taken = accept(institution, file)
    assert taken["receipt"] and taken["answers"] >= 1 and taken["damaged"] == 0
    verified(institution, window)
    wire.mend()
    receipt = window.expect(m.ReceiptView, seconds=60)
    assert receipt.code == taken["code"] and receipt.answers == 1
    assert accept(institution, file)["code"] == receipt.code
    held = lines_of(institution, window)
    assert held[-1]["type"] == "end" and [p["type"] for p in held].count("end") == 1


def test_what_was_sealed_goes_by_itself_when_the_program_runs_again(
    start: Callable[..., ProcessWindow], institution: Institution, wire: Wire, tmp_path: Path
) -> None:
    """Nobody signs in: the session's own token delivers it, and its receipt can be looked at."""
    window = start(server=wire.address)
    _, code = sealed_offline(window, institution.student(), wire)
    window.kill()
    session = window.expect_session()
    again = start(server=wire.address)
    item = again.saw(m.UnsentView).items[0]
    assert (item.session, item.state, item.code, item.can_go_on) == (session, "sealed", code, False)
    assert item.waiting_bytes > 0
    again.say(m.SaveForDelivery(session, str(tmp_path / "stick.senim")))
    assert again.expect(m.SavingView, lambda v: v.stage != "saving").stage == "saved"
    wire.mend()
    arrived = again.expect(m.UnsentView, lambda v: v.items[0].state == "delivered", seconds=60).items[0]
    again.say(m.ShowReceipt(session))
    assert again.expect(m.ReceiptView).code == arrived.code
    note = SessionNote.load(tmp_path / "client" / "spool" / session)
    assert note.stage is Stage.DELIVERED
    assert accept(institution, tmp_path / "stick.senim")["handed_in_before"] is True


def test_the_network_goes_while_what_was_left_is_on_its_way(
    open_window: Open, institution: Institution, wire: Wire, tmp_path: Path
) -> None:
    """The student signed in, and the line was cut before anything was sent: it goes on when the line is mended."""
    window, login = open_window(server=wire.address), institution.student()
    sealed_offline(window, login, wire)
    window.close()
    wire.mend()
    transport, delivered = Failing(wire.address), Queue[str]()
    transport.sign_in(login, PASSWORD)
    wire.cut()
    workshop = fake_workshop(tmp_path / "client", wire.address, institution.verifying_key, [])
    leftovers = Leftovers(workshop, transport, login, lambda note: delivered.put(note.session))
    leftovers.start()
    assert transport.failed.wait(30)
    assert leftovers.running and delivered.empty()
    wire.mend()
    session = delivered.get(timeout=60)
    assert SessionNote.load(tmp_path / "client" / "spool" / session).stage is Stage.DELIVERED
    leftovers.stop()


class Failing(HttpTransport):
    """Tells that the line was found dead."""

    def __init__(self, server: str) -> None:
        super().__init__(server)
        self.failed = threading.Event()

    def _call(self, *arguments: Any, **named: Any) -> Any:
        try:
            return super()._call(*arguments, **named)
        except NetworkDown:
            self.failed.set()
            raise


def test_both_die_without_network_and_the_student_goes_on(
    start: Callable[..., ProcessWindow], institution: Institution, wire: Wire
) -> None:
    window = start(server=wire.address)
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    window.say(m.ShowQuestion(question))
    window.answer(question, "before", where="server")
    wire.cut()
    window.problem("network_lost")
    window.answer(question, "without network", revision=2)
    window.say(m.MarkQuestion(question, True))
    time.sleep(1)
    window.kill()
    session = window.expect_session()
    began = time.monotonic()
    again = start(server=wire.address)
    item = again.saw(m.UnsentView).items[0]
    assert (item.session, item.state, item.can_go_on) == (session, "open", True)
    again.say(m.GoOnOffline(session))
    view = again.expect(m.PaperView)
    assert time.monotonic() - began < 10
    assert view.answers[question] == {"value": "without network", "revision": 2}
    assert (view.shown, view.marked) == (question, [question])
    assert again.saw(m.StateChanged, lambda s: s.state == "sitting")
    clock = again.expect(m.ClockView)
    assert clock.proven and 3500 < clock.seconds_left < 3610
    again.answer(question, "after it", revision=3)
    again.problem("network_lost")
    time.sleep(1)
    wire.mend()
    again.expect(m.AnswerSaved, lambda s: (s.revision, s.where) == (3, "server"), 60)
    receipt = again.hand_in(60)
    assert receipt.answers == 1
    institution.assert_good(session)
    lines = lines_of(institution, window)
    resumes = [p for p in lines if p["type"] == "resume"]
    assert [(p["reason"], p["grant"]) for p in resumes] == [("resumed", None)]
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}
    assert [p["name"] for p in lines if p["type"] == "event"].count("paper-reopened") == 1


def test_gone_on_offline_to_the_end_and_brought_by_a_file(
    start: Callable[..., ProcessWindow], institution: Institution, wire: Wire, tmp_path: Path
) -> None:
    window = start(server=wire.address)
    paper = window.to_paper(institution.student())
    question = text_question(paper)
    wire.cut()
    window.problem("network_lost")
    window.answer(question, "one")
    time.sleep(1)
    window.kill()
    session = window.expect_session()
    again = start(server=wire.address)
    again.say(m.GoOnOffline(session))
    again.expect(m.PaperView)
    again.answer(question, "two", revision=2)
    time.sleep(1)
    again.say(m.HandIn())
    again.state("sealed_offline")
    file = tmp_path / "stick.senim"
    again.say(m.SaveForDelivery("", str(file)))
    assert again.expect(m.SavingView, lambda v: v.stage != "saving").stage == "saved"
    taken = accept(institution, file)
    assert taken["receipt"] and taken["refused"] == "", taken
    institution.assert_good(session)


def test_it_cannot_be_gone_on_with_what_was_not_opened_here(
    start: Callable[..., ProcessWindow], institution: Institution, wire: Wire
) -> None:
    window = start(server=wire.address)
    window.sign_in(institution.student())
    window.open()
    window.check()
    window.identify()
    window.kill()
    wire.cut()
    again = start(server=wire.address)
    item = again.saw(m.UnsentView).items[0]
    assert (item.state, item.can_go_on) == ("open", False)
    again.say(m.GoOnOffline(item.session))
    assert again.problem("cannot_go_on").during == "GoOnOffline"
    again.say(m.GoOnOffline("../../etc"))
    again.problem("spool_damaged")


@pytest.mark.parametrize("where", ["missing", "closed", "full"])
def test_a_stick_that_does_not_take_it(
    open_window: Open, institution: Institution, wire: Wire, tmp_path: Path, monkeypatch: Any, where: str
) -> None:
    window = open_window(server=wire.address)
    sealed_offline(window, institution.student(), wire)
    folder = tmp_path / "stick"
    if where != "missing":
        folder.mkdir()
    if where == "closed":  # a folder where the file should be
        (folder / "a.senim.part").mkdir()
        (folder / "a.senim.part" / "x").write_text("")
    if where == "full":
        from client.engine import saving

        monkeypatch.setattr(saving.shutil, "disk_usage", lambda _path: shutil_usage(1000))
    window.say(m.SaveForDelivery("", str(folder / "a.senim")))
    view = window.expect(m.SavingView, lambda v: v.stage != "saving")
    assert view.stage == "failed"
    assert view.problem == {"missing": "place_missing", "closed": "place_missing", "full": "place_full"}[where]
    assert not (folder / "a.senim").exists()
    if where == "full":
        assert view.values["free_mb"] == "0" and int(view.values["needed_mb"]) >= 0
    wire.mend()
    assert window.expect(m.ReceiptView, seconds=60).answers == 1


def shutil_usage(free: int) -> Any:
    class Usage:
        pass

    usage = Usage()
    vars(usage)["free"] = free
    return usage


def test_a_line_that_is_paid_for_gets_the_answers_and_not_the_recording(
    open_window: Open, institution: Institution
) -> None:
    window = open_window()
    window.say(m.UseMeteredLine(True))
    paper = window.to_paper(institution.student())
    window.answer(text_question(paper), "goes at once", where="server")
    window.say(m.HandIn())
    view = window.expect(m.HandInView, lambda v: v.stage == "held_back" and bool(v.code))
    assert view.sent_bytes == 0 and view.total_bytes > 0 and view.seconds_left == -1
    folder = institution.session_folder(window.expect_session())
    assert not list(folder.glob("segments/*/*.age"))
    window.say(m.UseMeteredLine(False))
    assert window.expect(m.ReceiptView, seconds=60).answers == 1
    verified(institution, window)
