"""The window's part in delivering without a network: files for a stick, earlier exams, a line one pays for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from client import messages as m
from client.settings import Settings
from client.ui.lost_texts import LostTexts
from client.ui.qr import qr_picture
from client.ui.window import MainWindow

from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
CODE = "7K3M-Q9XD-22TB"


def item(state: str, can_go_on: bool = False) -> m.UnsentItem:
    return m.UnsentItem("s1", "Physics", state, CODE, 44_000_000, can_go_on)


def test_an_exam_begun_here_is_gone_on_with_without_network(make_window: Make, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    window.bridge.unsent_view.emit(m.UnsentView([item("open", True)]))
    card = window.sign_in.earlier.cards["s1"]
    assert "go on without it" in card.told.text() and not card.saver.isVisibleTo(window)
    card.go_on.click()
    qtbot.waitUntil(lambda: recorder.got("GoOnOffline") != [], timeout=5000)
    assert recorder.got("GoOnOffline")[0]["session"] == "s1"
    window.bridge.problem.emit(m.Problem("cannot_go_on", "GoOnOffline"))
    assert window.sign_in.banner.isVisibleTo(window)


def test_the_questions_come_back_where_the_student_was(make_window: Make, walk: Any) -> None:
    window = make_window()
    way: Walk = walk(window)
    way.to_exam()
    questions = window.exam._questions
    window.exam.reset()
    shown = str(questions[3]["id"])
    window.exam.show_paper(m.PaperView("t", questions, {}, [], {}, shown))
    assert window.exam._index == 3


def test_a_sealed_exam_is_saved_with_progress_and_told(
    make_window: Make, recorder: Recorder, qtbot: Any, tmp_path: Path
) -> None:
    window = make_window()
    window.bridge.unsent_view.emit(m.UnsentView([item("sealed")]))
    card = window.sign_in.earlier.cards["s1"]
    assert CODE in card.told.text()
    path = str(tmp_path / "exam.senim")
    card.saver.save_to(path)
    qtbot.waitUntil(lambda: recorder.got("SaveForDelivery") != [], timeout=5000)
    assert recorder.got("SaveForDelivery")[0] | {"pid": 0} == {
        "pid": 0, "type": "SaveForDelivery", "session": "s1", "path": path
    }  # fmt: skip
    assert not card.saver.save.isEnabled()
    window.bridge.saving_view.emit(m.SavingView("s1", "saving", 11_000_000, 44_000_000, path))
    assert card.saver.bar.value() == 250
    window.bridge.saving_view.emit(m.SavingView("s1", "saved", 44_000_000, 44_000_000, path, CODE))
    assert CODE in card.saver.told.text() and card.saver.save.isEnabled()
    window.bridge.saving_view.emit(m.SavingView("s1", "failed", 0, 0, "/another/file", "", "place_full"))
    assert CODE in card.saver.told.text(), "another file's word"


@pytest.mark.parametrize("problem", ["place_full", "place_missing", "place_closed"])
def test_a_stick_that_does_not_take_it_is_told_in_words(make_window: Make, problem: str) -> None:
    window = make_window()
    saver = window.handin.saver
    saver.save_to("/media/stick/exam.senim")
    values = {"needed_mb": "44", "free_mb": "3"}
    window.bridge.saving_view.emit(m.SavingView("s", "failed", 0, 0, "/media/stick/exam.senim", "", problem, values))
    assert "safe on this computer" in saver.told.text() and problem in saver.told.text()
    assert saver.save.text() == "Save somewhere else…"


def test_a_receipt_of_an_earlier_exam_before_anyone_signs_in(make_window: Make, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    window.bridge.unsent_view.emit(m.UnsentView([item("delivered")]))
    window.sign_in.earlier.cards["s1"].receipt.click()
    qtbot.waitUntil(lambda: recorder.got("ShowReceipt") != [], timeout=5000)
    view = m.ReceiptView(
        CODE, "senim.txt", "x\n", "Physics", {"camera": 1.0}, [], 2, "", "https://exam.example.kz/receipt",
        {"anchored": "2026-11-22T09:40:11Z", "local": "2026-11-22T10:05:40Z", "received": "2026-11-22T18:20:03Z"},
        m.LostView(250.0, 8.0, 0.0, 8.0),
    )  # fmt: skip
    window.bridge.receipt_view.emit(view)
    assert window.page == "receipt" and window.state == "signed_out"
    page = window.receipt
    assert not page.qr.pixmap().isNull() and "https://exam.example.kz/receipt" in page.check_help.text()
    assert "15:05:40" in page.closed.text() and "14:40:11" in page.closed.text() and "23:20:03" in page.closed.text()
    assert page.lost.text() == (
        "Network lost for 4 min 10 s: the exam's clock went on. Program stopped for 0 min 8 s: given back."
    )
    page.back_button.click()
    assert window.page == "sign_in"


def test_the_qr_code_is_read_back() -> None:
    import cv2
    import numpy as np

    image = qr_picture("https://exam.example.kz/receipt?code=" + CODE).toImage()
    width, height = image.width(), image.height()
    grey = np.array([[image.pixelColor(x, y).value() for x in range(width)] for y in range(height)], np.uint8)
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(grey)
    assert text == "https://exam.example.kz/receipt?code=" + CODE


def test_whoever_pays_for_data_says_so_once(make_window: Make, recorder: Recorder, qtbot: Any, tmp_path: Path) -> None:
    window = make_window()
    window.exams.metered.box.click()
    qtbot.waitUntil(lambda: recorder.got("UseMeteredLine") != [], timeout=5000)
    assert recorder.got("UseMeteredLine")[-1]["on"] is True
    assert window.handin.metered.box.isChecked()
    assert Settings.load(_config_file(tmp_path), tmp_path / "data").metered is True
    window.bridge.hand_in_view.emit(m.HandInView("held_back", 1_000_000, 44_000_000, -1, CODE))
    assert CODE in window.handin.code.text() and window.handin.saver.isVisibleTo(window.handin)
    window.handin.metered.box.click()
    qtbot.waitUntil(lambda: recorder.got("UseMeteredLine")[-1]["on"] is False, timeout=5000)


def _config_file(folder: Path) -> Path:
    file = folder / "institution.json"
    key = "ed25519:" + "A" * 43
    file.write_text(f'{{"name": "x", "server": "http://127.0.0.1:1", "verifying_key": "{key}"}}')
    return file


def test_the_rate_and_the_time_left_are_said_only_when_known(make_window: Make) -> None:
    window = make_window()
    show = window.bridge.hand_in_view.emit
    show(m.HandInView("sending", 41_000_000, 44_000_000, 20.0, "", 150_000.0))
    assert window.handin.amount.text() == "Sent 41 of 44 MB at 150 kB/s, about 20 s left"
    show(m.HandInView("sending", 41_000_000, 44_000_000, -1))
    assert window.handin.amount.text() == "Sent 41 of 44 MB"


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (m.LostView(0.0, 0.0, 0.0, 0.0), ""),
        (m.LostView(61.0, 0.0, 61.0, 0.0), "Network lost for 1 min 1 s: given back."),
        (m.LostView(0.0, 1200.0, 0.0, 900.0), "Program stopped for 20 min 0 s: 15 min 0 s given back."),
    ],
    ids=["nothing", "network-given-back", "capped"],
)
def test_the_sum_of_lost_time(make_window: Make, lost: m.LostView, sentence: str) -> None:
    make_window()
    assert LostTexts().sentence(lost) == sentence
