"""The question's closed world: hostile markup, pictures, Kazakh letters, keys alone, foreign answers."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from client import messages as m
from client.ui import question_web
from client.ui.question_view import QuestionView
from client.ui.window import MainWindow

from .fake_recorder import PICTURES, PIXEL, QUESTIONS
from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
Way = Callable[[MainWindow], Walk]
WORDS = {"heading": "Q", "language": "kk", "size": 17,
         "labels": {"choose_one": "1", "choose_several": "2", "clear": "c", "your_answer": "a"}}  # fmt: skip
WORLD = 1  # QWebEngineScript.ScriptWorldId.ApplicationWorld
LETTERS = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"


class Asked:
    """Runs a line of script in one of the page's worlds, for looking at the page only."""

    def __init__(self, qtbot: Any, view: QuestionView) -> None:
        self.qtbot, self.view = qtbot, view

    def __call__(self, script: str, world: int = WORLD) -> Any:
        got: list[Any] = []
        self.view.page.runJavaScript(script, world, got.append)
        self.qtbot.waitUntil(lambda: bool(got), timeout=10000)
        return got[0]


@pytest.fixture
def no_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the policy were gone: what else holds?"""
    monkeypatch.setattr(question_web, "HEADERS", ())
    monkeypatch.setattr(question_web, "SHELL", question_web.SHELL.replace("Content-Security-Policy", "X"))


@pytest.fixture
def view(qtbot: Any, languages: QObject) -> Iterator[QuestionView]:
    view = QuestionView()
    view.resize(800, 600)
    view.show()
    qtbot.waitUntil(lambda: view._ready, timeout=20000)
    yield view
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the page before its profile


@pytest.fixture
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A server on this machine that must never hear from a question."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            peer.settimeout(2)
            try:
                heard.append(peer.recv(100))
            except TimeoutError:
                heard.append(b"silent call")
            peer.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(2)


def show(qtbot: Any, view: QuestionView, question: dict[str, Any], value: Any = None) -> None:
    with qtbot.waitSignal(view.drawn, timeout=10000):
        view.show_question(question, value, WORDS)


def hostile(port: int) -> str:
    home = f"http://127.0.0.1:{port}"
    return (
        f"<script>document.title='taken';fetch('{home}/f')</script><img src=x onerror=\"document.title='taken'\">"
        f"<img src='{home}/i.png'><iframe src='{home}/frame'></iframe><object data='{home}/o'></object>"
        f"<link rel=stylesheet href='{home}/c.css'><style>@import '{home}/s.css'; .choices{{display:none}}</style>"
        f"<svg onload=\"document.title='taken'\"><script>document.title='taken'</script></svg>"
        f"<a href='{home}/link' id='link'>link</a><form action='{home}/form'><button id='go'>go</button></form>"
        f"<meta http-equiv=refresh content='0;url={home}/refresh'><base href='{home}/'>"
        f"<p style=\"background:url('{home}/bg.png')\">x</p><video src='{home}/v.mp4' autoplay></video>"
        f"<div style='position:fixed;inset:0;background:red;z-index:9999' id='cover'>cover</div>"
        f"<input id='answer-text' value='no'></div></main></body>"
    )


def test_hostile_markup(qtbot: Any, view: QuestionView, trap: tuple[int, list[bytes]]) -> None:
    port, heard = trap
    ask = Asked(qtbot, view)
    choices = [{"id": "a", "html": f"<b>A</b><img src=x onerror=\"document.title='taken'\">{hostile(port)}"}]
    show(qtbot, view, {"id": "q", "kind": "multichoice", "single": True, "html": hostile(port), "choices": choices})
    ask("document.getElementById('link').click(); document.getElementById('go').click(); 1")
    qtbot.wait(300)
    assert view.page.url() == QUrl("senim:app/page")
    assert ask("document.title") == "Senim"
    assert (
        ask(
            "document.querySelectorAll('script,iframe,object,link[href^=http],form,style,base,meta[http-equiv=refresh]').length"
        )
        == 0
    )
    assert ask("getComputedStyle(document.querySelector('.choices')).display") == "block"
    assert ask("document.querySelector('.choice > input').type") == "radio"
    assert ask("document.elementFromPoint(...(r => [r.x + 5, r.y + 5])"
               "(document.querySelector('.choice > input').getBoundingClientRect())).type") == "radio"  # fmt: skip
    assert heard == []


INJECTED = """(() => { const s = document.createElement('script'); s.textContent = "document.title = 'taken'";
               document.body.append(s); return document.title; })()"""


def test_page_world_has_neither_script_nor_channel(qtbot: Any, view: QuestionView) -> None:
    ask = Asked(qtbot, view)
    show(qtbot, view, QUESTIONS[0])
    assert ask("typeof qt + typeof QWebChannel", 0) == "undefinedundefined"
    assert ask(INJECTED, 0) == "Senim"


def reach_out(qtbot: Any, ask: Asked, port: int) -> Any:
    """As a script that ran would: by every door it knows. What became of its one call that can be watched."""
    ask(f"window.gone = ''; fetch('http://127.0.0.1:{port}/x').then(() => gone = 'answered', e => gone = e.name);"
        f"new Image().src = 'http://127.0.0.1:{port}/y'; location.href = 'http://127.0.0.1:{port}/z'; 1")  # fmt: skip
    ask("window.open('http://127.0.0.1:1/'); location.href = 'file:///etc/passwd'; 1")
    qtbot.wait(300)
    return ask("window.gone")


def test_without_the_policy_the_interceptor_still_holds(
    no_policy: None, qtbot: Any, view: QuestionView, trap: tuple[int, list[bytes]]
) -> None:
    port, heard = trap
    ask = Asked(qtbot, view)
    show(qtbot, view, QUESTIONS[0])
    assert ask(INJECTED, 0) == "taken"  # the policy really is gone
    assert reach_out(qtbot, ask, port) == "TypeError"
    assert heard == []
    assert view.page.url() == QUrl("senim:app/page")


def test_no_request_leaves(qtbot: Any, view: QuestionView, trap: tuple[int, list[bytes]]) -> None:
    """Even a script that ran would reach nothing."""
    port, heard = trap
    ask = Asked(qtbot, view)
    show(qtbot, view, QUESTIONS[0])
    assert reach_out(qtbot, ask, port) == "TypeError"
    assert heard == []
    assert view.page.url() == QUrl("senim:app/page")


def test_pictures(qtbot: Any, view: QuestionView) -> None:
    ask = Asked(qtbot, view)
    html = {"data": base64.b64encode(b"<script>1</script>").decode(), "type": "text/html"}
    view.use_pictures({**PICTURES, "сурет 1.png": {"type": "image/png", "data": PIXEL}, "page": html,
                       "torn": {"type": "image/png", "data": "%"}})  # fmt: skip
    names = ["dot.png", "сурет 1.png", "page", "torn", "none", "../app/question.css"]
    show(qtbot, view, {"id": "q", "kind": "description", "choices": [],
                       "html": "".join(f'<img src="senim:picture/{name}">' for name in names)})  # fmt: skip
    qtbot.waitUntil(lambda: ask("[...document.images].every(i => i.complete)"), timeout=5000)
    assert (
        ask("JSON.stringify([...document.images].map(i => i.naturalWidth > 0))")
        == "[true,true,false,false,false,false]"
    )


def test_kazakh_letters(qtbot: Any, view: QuestionView) -> None:
    ask = Asked(qtbot, view)
    got: list[Any] = []
    view.answered.connect(lambda question, value: got.append((question, value)))
    show(qtbot, view, QUESTIONS[4], LETTERS)
    assert ask("document.getElementById('answer-text').value") == LETTERS
    assert ask("document.documentElement.lang") == "kk"
    target = view.view.focusProxy()
    assert isinstance(target, QWidget)
    target.setFocus()
    for letter in "ҮҺІ":
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    qtbot.waitUntil(lambda: bool(got) and "ҮҺІ" in got[-1][1], timeout=5000)


def test_only_looks_change_while_typing(qtbot: Any, view: QuestionView) -> None:
    ask = Asked(qtbot, view)
    show(qtbot, view, QUESTIONS[3])
    ask("document.getElementById('answer-text').value = 'half a wo'; 1")
    view.show_question(QUESTIONS[3], None, {**WORDS, "size": 24}, anew=False)
    qtbot.waitUntil(lambda: ask("getComputedStyle(document.body).fontSize") == "24px", timeout=5000)
    assert ask("document.getElementById('answer-text').value") == "half a wo"


def test_page_process_dies(qtbot: Any, view: QuestionView) -> None:
    ask = Asked(qtbot, view)
    show(qtbot, view, QUESTIONS[3], "1845")
    view.hold("1845 жыл")
    with qtbot.waitSignal(view.drawn, timeout=20000):
        view.page.renderProcessTerminated.emit(view.page.RenderProcessTerminationStatus.CrashedTerminationStatus, 1)
    assert ask("document.getElementById('answer-text').value") == "1845 жыл"


@pytest.mark.parametrize("text", ["", "{", "5", "null", "[1]", '{"a":1}', '"' + "x" * 100_001 + '"'])
def test_odd_answers_are_dropped(qtbot: Any, view: QuestionView, text: str) -> None:
    got: list[Any] = []
    view.answered.connect(lambda question, value: got.append(value))
    view.channel.answer("q", text)
    assert got == []


def test_foreign_choices_are_dropped(make_window: Make, walk: Way) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    channel = window.exam.question.channel
    for question, text in (("q1", '["zzz"]'), ("q1", '["a","b"]'), ("q1", '"a"'), ("q4", '["a"]'), ("q6", '"x"'),
                           ("none", '"x"')):  # fmt: skip
        channel.answer(question, text)
        assert window.exam.book.value(question) is None
    channel.answer("q2", '["2","11"]')
    assert window.exam.book.value("q2") == ["2", "11"]


def key(window: MainWindow, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        text: str = "") -> None:  # fmt: skip
    """A key as the window system gives it: to what has the focus, as a shortcut first."""
    target = window.exam.question.view.focusProxy() or window.exam.question.view
    if modifier:
        QTest.keyClick(window.windowHandle(), code, modifier)
        return
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, code, modifier, text))


def test_keyboard_alone(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    """Answer, go on, mark, come back, enlarge, hand in: no mouse."""
    window = make_window()
    way = walk(window)
    way.to_exam()
    exam = window.exam
    window.activateWindow()
    exam.question.view.setFocus()
    qtbot.wait(100)
    key(window, Qt.Key.Key_B, text="b")
    way.wait(lambda: exam.book.value("q1") == ["b"])
    with qtbot.waitSignal(exam.question.drawn):
        key(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    key(window, Qt.Key.Key_1, text="1")
    way.wait(lambda: exam.book.value("q2") == ["2"])
    key(window, Qt.Key.Key_3, text="3")
    way.wait(lambda: exam.book.value("q2") == ["2", "11"])
    key(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert exam.foot.mark.isChecked()
    for _ in range(2):
        with qtbot.waitSignal(exam.question.drawn):
            key(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    for letter in "1845?":
        key(window, Qt.Key(ord(letter)), text=letter)
    way.wait(lambda: exam.book.value("q4") == "1845?")
    assert window._shortcut_list is None  # "?" belongs to the answer here
    size = exam._size
    key(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert exam._size > size
    key(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert exam._dialog is not None
    exam._dialog.go.setFocus()
    QTest.keyClick(exam._dialog, Qt.Key.Key_Tab)
    exam._dialog.go.setFocus()
    QTest.keyClick(exam._dialog.go, Qt.Key.Key_Space)
    way.page("receipt")
    values = {body["question"]: body["value"] for body in recorder.got("SetAnswer")}
    assert values == {"q1": ["b"], "q2": ["2", "11"], "q4": "1845?"}


def test_camera_picture_moves_and_stays_inside(make_window: Make, walk: Way, qtbot: Any) -> None:
    window = make_window()
    walk(window).to_exam()
    camera = window.exam.camera.picture
    qtbot.waitUntil(lambda: camera.has_picture, timeout=5000)
    start = camera.pos()
    camera.setFocus()
    QTest.keyClick(camera, Qt.Key.Key_Left)
    assert camera.pos() == start - QPoint(16, 0)
    QTest.mousePress(camera, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
    QTest.mouseMove(camera, QPoint(-3000, 5000))
    QTest.mouseRelease(camera, Qt.MouseButton.LeftButton)
    assert window.exam.rect().contains(camera.geometry())
    window.resize(1024, 700)
    qtbot.wait(50)
    assert window.exam.rect().contains(camera.geometry())


def test_paper_again_keeps_what_is_typed(make_window: Make, walk: Way, qtbot: Any) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    book = window.exam.book
    window.exam.go_to(3)
    window.exam.question.channel.answer("q4", '"new"')
    held = {"q4": {"value": "old", "revision": 9}, "q5": {"value": "essay", "revision": 2}, "q7": {"value": 5}}
    window.bridge.paper_view.emit(m.PaperView("t", QUESTIONS, held, ["q2"], {}))
    assert (book.value("q4"), book.value("q5"), book.value("q7")) == ("new", "essay", None)
    assert window.exam._index == 3
    book.flush()
    assert book.answered("q5")


def test_camera_picture_is_smaller_where_there_is_little_room(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exam()
    camera = window.exam.camera.picture
    camera.keep_inside(100, 600)
    whole = camera.size()
    camera.keep_inside(100, 216)
    assert camera.y() >= 108 and camera.geometry().bottom() < 208
    assert camera.width() < whole.width()
    camera.keep_inside(200, 210)
    assert camera.height() * 2 == whole.height(), "never so small that nobody is seen"
    assert camera.geometry().bottom() < 210, "what lies below stays in reach"
    camera.keep_inside(100, 600)
    assert camera.size() == whole
