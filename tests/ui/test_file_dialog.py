"""Where to save and which file to take: the keyboard's way, what is refused, and that nothing is remembered."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from client import messages as m
from client.messages.codec import decode, encode
from client.ui import folders
from client.ui.file_dialog import FileDialog, OpenDialog, SaveDialog, ask_where_to_save, ask_which_file
from client.ui.languages import Languages
from client.ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
# Qt's parts that keep something under "QtProject", which is the registry on Windows.
KEEPERS = ("QFileDialog", "QColorDialog", "QFontDialog", "QPrintDialog", "QSettings")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a folder and three files, one of them hidden."""
    folder = tmp_path / "Құжаттар мен т.б"
    (folder / "inside").mkdir(parents=True)
    for number, name in enumerate(("receipt.txt", "work.PDF", ".hidden")):
        (folder / name).write_text("old", encoding="utf-8")
        os.utime(folder / name, (1000 * number, 1000 * number))
    return folder


@pytest.fixture
def parent(qtbot: Any, languages: Languages) -> QWidget:
    languages.use("en")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


class Asked:
    """An open dialog and what came of it."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.got: list[Path] = []

    def shown(self, dialog: FileDialog) -> list[str]:
        """The names in the list, when the folder has been read."""
        self.qtbot.waitUntil(lambda: "Reading" not in dialog.told.text(), timeout=10000)
        items = dialog.files.findItems("", Qt.MatchFlag.MatchContains)
        return [item.text(0) for item in items]

    def select(self, dialog: FileDialog, name: str) -> None:
        self.shown(dialog)
        dialog.files.setCurrentItem(dialog.files.findItems(name, Qt.MatchFlag.MatchExactly)[0])


@pytest.fixture
def asked(qtbot: Any) -> Asked:
    return Asked(qtbot)


@pytest.fixture
def save(parent: QWidget, place: Path, asked: Asked) -> SaveDialog:
    return ask_where_to_save(parent, "Save it", place / "new.txt", asked.got.append)


@pytest.fixture
def take(parent: QWidget, place: Path, asked: Asked) -> OpenDialog:
    return ask_which_file(parent, "Take it", place, [".pdf", ".txt"], asked.got.append)


def test_enter_is_enough(save: SaveDialog, asked: Asked, place: Path) -> None:
    assert asked.shown(save) == ["inside", "receipt.txt", "work.PDF"]
    assert save.name.selectedText() == "new"
    asked.qtbot.keyClick(save.name, Qt.Key.Key_Return)
    assert asked.got == [place / "new.txt"]


def test_writing_over_a_file_is_asked_about(save: SaveDialog, asked: Asked, place: Path) -> None:
    save.name.setText("receipt")
    save.main.click()
    assert asked.got == [] and "there already" in save.told.text() and save.main.text() == "Replace"
    save.name.setText("work.pdf")  # another name is another question
    assert save.main.text() == "Save"
    save.name.setText("receipt.txt")
    save.main.click()
    save.main.click()
    assert asked.got == [place / "receipt.txt"]


def test_the_ending_stays(save: SaveDialog, asked: Asked, place: Path) -> None:
    save.name.setText("Әсел v1.2")
    save.main.click()
    assert asked.got == [place / "Әсел v1.2.txt"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere/new.txt", "no such folder"), ("a" * 4000, "cannot be used"), ("a\0b", "cannot be used")],
)
def test_what_cannot_be_is_said(save: SaveDialog, asked: Asked, name: str, said: str) -> None:
    save.name.setText(name)
    save.main.click()
    assert said in save.told.text() and asked.got == []


def test_a_folder_that_takes_nothing(save: SaveDialog, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.ui.file_dialog.os.access", lambda path, mode: False)
    save.main.click()
    assert "Nothing can be saved" in save.told.text() and asked.got == []


def test_without_a_name_nothing_is_saved(save: SaveDialog, asked: Asked) -> None:
    save.name.setText("  ")
    assert not save.main.isEnabled()
    asked.qtbot.keyClick(save, Qt.Key.Key_Escape)
    assert asked.got == [] and not save.isVisible()


def test_folders_by_keyboard(save: SaveDialog, asked: Asked, place: Path) -> None:
    asked.select(save, "inside")
    asked.qtbot.keyClick(save.files, Qt.Key.Key_Return)
    assert save.folder == place / "inside" and save.name.text() == "new.txt"
    assert asked.shown(save) == [] and "nothing to show" in save.told.text()
    asked.qtbot.keyClick(save.files, Qt.Key.Key_Backspace)
    assert save.folder == place
    asked.qtbot.keyClick(save, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert save.folder == place.parent
    save.path.setText(str(place / "gone"))
    asked.qtbot.keyClick(save.path, Qt.Key.Key_Return)
    asked.qtbot.waitUntil(lambda: "cannot be read" in save.told.text(), timeout=10000)
    save.path.setText(str(place))
    asked.qtbot.keyClick(save.path, Qt.Key.Key_Return)
    assert len(asked.shown(save)) == 3 and asked.got == []


def test_a_typed_folder_is_gone_to(save: SaveDialog, asked: Asked, place: Path) -> None:
    save.name.setText("inside")
    save.main.click()
    assert save.folder == place / "inside" and asked.got == []


def test_one_of_the_places(save: SaveDialog, asked: Asked) -> None:
    assert [folder for _, folder in folders.places()] == [
        Path(save.places.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(save.places.count())
    ]
    save.places.setCurrentRow(save.places.count() - 1)
    asked.qtbot.keyClick(save.places, Qt.Key.Key_Return)
    assert save.folder == folders.places()[-1][1]


def test_a_file_is_taken(take: OpenDialog, asked: Asked, place: Path) -> None:
    assert take.files.hasFocus() and not take.main.isEnabled()
    asked.shown(take)
    assert "pdf, txt" in take.told.text(), "who misses a file in the list knows why"
    asked.select(take, "work.PDF")
    asked.qtbot.keyClick(take.files, Qt.Key.Key_Return)
    assert asked.got == [place / "work.PDF"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
@pytest.mark.parametrize("name", [b"\xee\xf2\xf7\xb8\xf2.pdf", b" two\nlines .pdf"])
def test_a_name_in_another_code_is_shown_and_taken(take: OpenDialog, asked: Asked, place: Path, name: bytes) -> None:
    """As on a stick that was written with Windows' old Cyrillic letters."""
    (place / os.fsdecode(name)).write_bytes(b"x")
    inside = place / os.fsdecode(name[:4])
    inside.mkdir()
    (inside / os.fsdecode(name)).write_bytes(b"x")
    take.go(place)
    asked.select(take, folders.shown(inside.name))
    asked.qtbot.keyClick(take.files, Qt.Key.Key_Return)
    asked.qtbot.keyClick(take.path, Qt.Key.Key_Return)
    asked.select(take, folders.shown(os.fsdecode(name)))
    asked.qtbot.keyClick(take.files, Qt.Key.Key_Return)
    assert asked.got == [inside / os.fsdecode(name)]
    assert decode(encode(m.AttachFile("q1", "0a" * 8, str(asked.got[0])))[4:]).path == str(asked.got[0])


def test_only_its_kinds_are_taken(take: OpenDialog, asked: Asked, place: Path) -> None:
    (place / "song.mp3").write_bytes(b"")
    for name, said in (("song.mp3", "pdf, txt"), ("no.pdf", "no such file")):
        take.name.setText(name)
        take.main.click()
        assert said in take.told.text() and asked.got == []


def test_the_newest_first(take: OpenDialog, asked: Asked) -> None:
    assert asked.shown(take) == ["inside", "receipt.txt", "work.PDF"]
    take.files.header().sectionClicked.emit(1)
    assert asked.shown(take) == ["inside", "work.PDF", "receipt.txt"]


def test_it_speaks_the_language(languages: Languages, parent: QWidget, place: Path) -> None:
    languages.use("kk")
    dialog = SaveDialog(parent, "Түбіртекті сақтау", place / "new.txt")
    assert [dialog.main.text(), dialog.cancel.text(), dialog.up.text()] == ["Сақтау", "Бас тарту", "Жоғары"]
    languages.use("en")


def test_the_receipt_is_saved_where_it_was_said(make_window: Callable[..., MainWindow], tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    (tmp_path / "receipt.txt").write_text("an older one", encoding="utf-8")
    monkeypatch.setattr(folders, "documents", lambda: tmp_path)
    window = make_window()
    window.bridge.receipt_view.emit(m.ReceiptView("C", "receipt.txt", "Ә\n", "T", {}, [], 1, ""))
    window.receipt.main.click()
    (dialog,) = window.receipt.findChildren(SaveDialog)
    dialog.main.click()
    assert (tmp_path / "receipt-2.txt").read_text(encoding="utf-8") == "Ә\n"
    assert "receipt-2.txt" in window.receipt.saved.text()


def test_of_two_answers_the_newer_folder_s_counts(save: SaveDialog, asked: Asked, place: Path) -> None:
    save.go(place / "inside")
    save._reader.found.emit(folders.read(place))  # a slow drive's answer, late
    assert asked.shown(save) == []


USED = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from client.ui.file_dialog import ask_where_to_save
from client.ui.theme import theme
app = QApplication(["senim"])
theme.apply(app, "system")
parent, got = QWidget(), []
dialog = ask_where_to_save(parent, "Save", Path(sys.argv[1]) / "file.txt", got.append)
dialog.main.click()
assert got
QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
"""


def test_nothing_is_remembered(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    command = [sys.executable, "-c", USED, str(home)]
    subprocess.run(command, cwd=ROOT, env={**environ, "HOME": str(home)}, check=True, timeout=120)
    assert list(home.rglob("*")) == []


def test_nothing_of_qt_s_that_remembers_is_used() -> None:
    def named(file: Path) -> list[str]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        words = [node.name if isinstance(node, ast.alias) else node.attr for node in ast.walk(tree)
                 if isinstance(node, ast.alias | ast.Attribute)]  # fmt: skip
        return [word for word in words if word in KEEPERS]

    assert {file.name: found for file in (ROOT / "client").rglob("*.py") if (found := named(file))} == {}
