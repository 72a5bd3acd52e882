"""In the sitting: devices, disk, time, messages and judges; each trouble ends in a clear word and loses nothing."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window
from sitting_proof import lines_of, text_question, verified

from client import messages as m
from client.spool.disk import write_whole

Open = Callable[..., Window]


def test_a_camera_lost_and_found_is_told_and_stands_in_the_ledger(
    window: Window, institution: Institution, captures: list[FakeCapture]
) -> None:
    window.to_paper(institution.student())
    captures[0].lose("camera")
    assert window.problem("camera_lost").values["stream"] == "camera"
    window.saw(m.RecordingView, lambda v: v.sources.get("camera") == "lost")
    captures[0].find("camera")
    window.problem("camera_back")
    window.hand_in()
    names = [p["name"] for p in lines_of(institution, window) if p["type"] == "event"]
    assert names.index("source-lost") < names.index("source-back")


def test_an_answer_that_ends_within_a_letter_is_kept(window: Window, institution: Institution) -> None:
    """JavaScript counts letters of two halves as two, and hands over one."""
    question = text_question(window.to_paper(institution.student()))
    window.answer(question, "The last letter is cut: \ud83d")
    assert window.hand_in().answers == 1
    assert window.problems() == []


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


def test_a_pause_is_seen_and_ends_nobodys_time(window: Window, institution: Institution) -> None:
    login = institution.student()
    window.to_paper(login)
    institution.pause(login, True)
    window.expect(m.ClockView, lambda v: v.paused)
    institution.pause(login, False)
    window.expect(m.ClockView, lambda v: not v.paused)
    window.hand_in()


def test_judges_findings_are_sealed_and_only_their_commitment_is_clear(
    window: Window, institution: Institution
) -> None:
    window.to_paper(institution.student())
    time.sleep(5)  # nobody in front of the fake camera for more than four seconds
    window.hand_in()
    lines = lines_of(institution, window)
    first, *rest = [p["about"] for p in lines if p["type"] == "finding"]
    assert first == "identity" and set(rest) == {"watching"}  # how many hints the computer itself gives is its own
    assert all("outcome" not in p for p in lines)
    streams = {p["stream"] for p in lines if p["type"] == "segment"}
    assert {"track", "events", "camera", "screen-1", "sound"} == streams
