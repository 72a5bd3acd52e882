"""Files attached in the window: chosen, dropped, replaced, removed and brought back, refused, and over a crash."""

from __future__ import annotations

import dataclasses
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from client import messages as m
from client.ui.file_box import FileLine
from client.ui.file_dialog import OpenDialog
from client.ui.file_texts import FileTexts
from client.ui.window import MainWindow

from .fake_recorder import PRACTICAL
from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]


@pytest.fixture
def window(make_window: Make, walk: Callable[[MainWindow], Walk]) -> MainWindow:
    made = make_window()
    at_practical(made, walk(made))
    return made


def at_practical(window: MainWindow, way: Walk) -> None:
    way.to_exam()
    window.exam.show_paper(m.PaperView("Practical", PRACTICAL, {}, [], {}))


def lines(window: MainWindow) -> list[FileLine]:
    return window.exam.files.box._lines


def names(window: MainWindow) -> list[str]:
    return [line.line.name for line in lines(window)]


def wait(qtbot: Any, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=10000)


def attach(window: MainWindow, qtbot: Any, *paths: str) -> None:
    window.exam.files.attach([Path(path) for path in paths])
    wait(qtbot, lambda: window.exam.files.coming == 0)


def test_a_file_is_chosen_by_keyboard_in_the_dialog(
    window: MainWindow, recorder: Recorder, qtbot: Any, tmp_path: Path
) -> None:
    file = tmp_path / "Кесте.xlsx"
    file.write_bytes(b"x")
    page = window.exam
    assert "Up to 3 files, each up to 20 MB." in page.files.box.rule.text() and not lines(window)
    assert not page._answered(PRACTICAL[0])
    QTest.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = page.files._dialog
    assert isinstance(dialog, OpenDialog)
    dialog.path.setText(str(tmp_path))
    QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    wait(qtbot, lambda: bool(dialog.files.findItems("Кесте.xlsx", Qt.MatchFlag.MatchExactly)))
    dialog.name.setText(file.name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    wait(qtbot, lambda: names(window) == ["Кесте.xlsx"] and page.files.coming == 0)
    assert recorder.got("AttachFile")[0]["path"] == str(file)
    wait(qtbot, lambda: bool(recorder.got("SetAnswer")))
    sent = recorder.got("SetAnswer")[-1]
    assert (sent["question"], sent["value"], [entry["name"] for entry in sent["files"]]) == ("f1", "", ["Кесте.xlsx"])
    assert page._answered(PRACTICAL[0]), "as many files as the question wants"
    assert lines(window)[0].state.text == "saved on this computer"
    file_id = sent["files"][0]["id"]
    wait(qtbot, lambda: page.book.where("f1") == "server")
    window.bridge.files_view.emit(m.FilesView({}, {file_id: 0.5}))
    assert lines(window)[0].state.text == "saved on this computer"
    window.bridge.files_view.emit(m.FilesView({}, {file_id: -1.0}))
    assert lines(window)[0].state.text == "attached on another computer"
    window.bridge.files_view.emit(m.FilesView({}, {file_id: 1.0}))
    assert lines(window)[0].state.text == "delivered"
    page.question.channel.answer("f1", '"with words"')
    page.flush()
    wait(qtbot, lambda: recorder.got("SetAnswer")[-1]["value"] == "with words")
    assert [entry["name"] for entry in recorder.got("SetAnswer")[-1]["files"]] == ["Кесте.xlsx"]


def test_replace_remove_and_bring_back(window: MainWindow, recorder: Recorder, qtbot: Any) -> None:
    attach(window, qtbot, "a.xlsx", "b.xlsx")
    assert names(window) == ["a.xlsx", "b.xlsx"]
    desk = window.exam.files
    first = lines(window)[0]
    desk.attach([Path("c.xlsx")], first.line.id)
    assert names(window) == ["a.xlsx", "b.xlsx", "c.xlsx"], "the old one counts until the new one is kept"
    wait(qtbot, lambda: names(window) == ["c.xlsx", "b.xlsx"])
    lines(window)[0].remove.click()
    assert (
        names(window) == ["b.xlsx"]
        and "c.xlsx" in desk.box.removed_text.accessibleName()
        and desk.box.undo.isVisibleTo(window)
    )
    desk.box.undo.click()
    assert names(window) == ["c.xlsx", "b.xlsx"] and not desk.box.undo.isVisibleTo(window)
    wait(qtbot, lambda: [f["name"] for f in recorder.got("SetAnswer")[-1]["files"]] == ["c.xlsx", "b.xlsx"])
    window.exam.go_to(2)
    assert not desk.box.isVisibleTo(window), "a question without files"
    window.exam.go_to(0)
    assert names(window) == ["c.xlsx", "b.xlsx"]


def test_what_replaces_one_file_twice_is_one_file(window: MainWindow, recorder: Recorder, qtbot: Any) -> None:
    """An answer with more files than the question takes would be refused by the institution, with its words."""
    window.exam.go_to(1)
    attach(window, qtbot, "a.png")
    desk, old = window.exam.files, lines(window)[0].line.id
    lines(window)[0].replace.setFocus()
    desk.attach([Path("b.png")], old)
    assert window.focusWidget() is lines(window)[0].replace, "the keyboard stays where it can go on"
    desk.attach([Path("c.png")], old)
    wait(qtbot, lambda: desk.coming == 0)
    assert names(window) == ["c.png"]
    desk.attach([Path("d.png")], old)  # a dialog that was open all the time
    wait(qtbot, lambda: desk.coming == 0)
    assert names(window) == ["d.png"]
    assert max(len(sent["files"]) for sent in recorder.got("SetAnswer")) == 1


def test_a_file_on_its_way_needs_the_room_of_the_one_that_was_removed(
    make_window: Make, walk: Callable[[MainWindow], Walk], recorder: Recorder, qtbot: Any
) -> None:
    window = make_window("--deaf", "AttachFile")
    at_practical(window, walk(window))
    window.exam.go_to(1)
    desk = window.exam.files
    held = m.AttachedFile("0a" * 8, "a.png", 5, "0" * 64, 0, 1, 5)
    window.exam.book.attach("f2", [held])
    desk.attach([Path("b.png")], held.id)
    lines(window)[0].remove.click()
    assert not desk.box.attach.isEnabled() and not desk.box.undo.isVisibleTo(window)
    desk.attach([Path("c.png")])
    assert "c.png" in desk.box.banner.headline.text() and desk.coming == 1
    window.exam.book.attach("f2", [held])  # whatever else may come
    window.exam.book.attach("f2", [dataclasses.replace(held, id="0b" * 8)])
    wait(qtbot, lambda: len(recorder.got("AttachFile")) == 1)
    file = recorder.got("AttachFile")[0]["file"]
    window.bridge.file_attached.emit(m.FileAttached("f2", dataclasses.replace(held, id=file, name="b.png")))
    assert names(window) == ["a.png"] and "b.png" in desk.box.banner.text.text()


def test_each_file_that_was_not_attached_is_named(window: MainWindow, qtbot: Any) -> None:
    attach(window, qtbot, "a.exe", "b.pdf", "c.exe", "d.pdf", "e.pdf", "f.pdf", "g.pdf")
    assert names(window) == ["b.pdf"], "the first three had the room"
    banner = window.exam.files.box.banner
    told = banner.text.text()
    assert banner.headline.text() == "6 files were not attached"
    assert all(f"“{name}.exe”" in told for name in "ac") and "“g.pdf”" in told
    assert told.count("\n") == 1, "one line for each reason"
    assert "file_kind" in banner.code.text() and "file_too_many" in banner.code.text()


def test_dropped_files_beyond_the_limit_are_refused_by_name(window: MainWindow, qtbot: Any) -> None:
    window.exam.go_to(1)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/x/one.jpg"), QUrl.fromLocalFile("/x/two.jpg")])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier)
    box = window.exam.files.box
    box.dropEvent(event)
    wait(qtbot, lambda: names(window) == ["one.jpg"] and window.exam.files.coming == 0)
    assert box.banner.isVisibleTo(window) and "two.jpg" in box.banner.headline.text()
    assert "Remove one" in box.banner.text.text() and not box.attach.isEnabled()
    lines(window)[0].remove.click()
    assert box.attach.isEnabled()


def test_what_was_not_attached_is_said_with_what_to_do(window: MainWindow, recorder: Recorder, qtbot: Any) -> None:
    attach(window, qtbot, "a.exe")
    banner = window.exam.files.box.banner
    assert "a.exe" in banner.headline.text() and ".pdf" in banner.text.text()
    assert "file_kind" in banner.code.text() and not lines(window)
    assert not recorder.got("SetAnswer"), "no answer changed"
    banner.dismiss.click()
    window.exam.go_to(1)
    window.exam.go_to(0)
    assert not banner.isVisibleTo(window)


def test_a_recorder_that_dies_while_copying_is_asked_again(
    make_window: Make, walk: Callable[[MainWindow], Walk], recorder: Recorder, qtbot: Any
) -> None:
    window = make_window("--deaf", "AttachFile")
    at_practical(window, walk(window))
    window.exam.files.attach([Path("a.xlsx")])
    assert lines(window)[0].line.busy and not lines(window)[0].remove.isVisibleTo(window)
    wait(qtbot, lambda: len(recorder.got("AttachFile")) == 1)
    window.exam.ask_hand_in()
    dialog = window.exam._dialog
    assert dialog is not None and "still being copied" in dialog.copying.text() and dialog.go.isEnabled()
    pipe = window.bridge._pipe
    assert pipe is not None
    os.kill(pipe.pid, signal.SIGKILL)
    wait(qtbot, lambda: len(recorder.got("AttachFile")) == 2)
    first, second = recorder.got("AttachFile")
    assert (first["file"], first["path"]) == (second["file"], second["path"]) and first["pid"] != second["pid"]
    window.bridge._arrived.emit(
        window.bridge._pipe,
        m.FileAttached("f1", m.AttachedFile(first["file"], "a.xlsx", 5, "0" * 64, 0, 1, 5)),
    )
    assert not dialog.copying.isVisibleTo(dialog) and names(window) == ["a.xlsx"]
    assert window.bridge._coming == {}


def test_in_a_pause_nothing_is_attached(window: MainWindow) -> None:
    desk, ends, now = window.exam.files, "2026-11-22T10:10:00Z", "2026-11-22T09:10:00Z"
    desk.ask()
    assert desk._dialog is not None
    window.bridge.clock_view.emit(m.ClockView(3600, ends, now, paused=True))
    assert desk._dialog is None and not desk.box.isVisibleTo(window)
    QTest.keyClick(window.exam, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert desk._dialog is None
    window.bridge.clock_view.emit(m.ClockView(3600, ends, now))
    assert desk.box.isVisibleTo(window)


def test_files_come_back_with_the_paper_and_leave_with_it(window: MainWindow) -> None:
    entry = {"id": "ab" * 8, "name": "Сызба.png", "size": 5, "sha256": "0" * 64, "first": 0, "pieces": 1, "at": 1}
    page = window.exam
    page.show_paper(
        m.PaperView("P", PRACTICAL, {"f2": {"revision": 4, "value": {"text": "", "files": [entry]}}}, [], {})
    )
    page.go_to(1)
    assert names(window) == ["Сызба.png"] and page.book.answered("f2")
    page.reset()
    assert page.book.files("f2") == [] and not page.files.box.isVisibleTo(window)


def test_a_question_without_text_has_no_field(window: MainWindow, qtbot: Any) -> None:
    got: list[Any] = []
    for index, fields in ((1, 0), (0, 1)):
        with qtbot.waitSignal(window.exam.question.drawn, timeout=20000):
            window.exam.go_to(index)
        got.clear()
        window.exam.question.page.runJavaScript("document.querySelectorAll('textarea').length", 1, got.append)
        wait(qtbot, lambda: bool(got))
        assert got == [fields]
    window.exam.go_to(1)
    window.exam.question.channel.answer("f2", '"words where none are asked for"')
    assert window.exam.book.value("f2") is None


def test_sizes_are_said_as_people_know_them(languages: Any) -> None:
    languages.use("ru")
    assert FileTexts().size(48_300) == "47,2 КБ"
    languages.use("en")
    texts = FileTexts()
    assert [texts.size(n) for n in (1, 900, 1024, 48_300, 20 * 1024**2, 7_654_321)] == [
        "1 byte", "900 bytes", "1 KB", "47.2 KB", "20 MB", "7.3 MB",
    ]  # fmt: skip
