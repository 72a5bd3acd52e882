"""Files attached to answers: copied sealed at once, through kills, without a network, to the institution."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from client_hall import PASSPHRASES, ROOT, Institution, Wire
from fake_window import ProcessWindow, Talk, Window, recorders
from sitting_proof import verified
from spool_parts import FullDisk, Spooling

from client import messages as m
from client.engine.attaching import Attaching
from client.engine.file_stream import FileNotTaken, FileStream
from client.spool.folder import SessionSpool
from client.spool.table import SegmentState
from evidence import age
from evidence.attached import FILES, PIECE_BYTES, Attached, join
from evidence.keys import open_seat_identity
from evidence.seal import unseal
from evidence.signing import VerifyingKey, payload_of
from evidence.verify import verify
from server.admin.institution_keys import open_review_identity
from server.settings import DataFolder

TABLE, DRAWING, REMARK = "q2", "q3", "q4"
SECRET = "Құпия кесте ".encode()
SHEET = SECRET * 100_000  # three pieces


@pytest.fixture(scope="module")
def practical(institution: Institution) -> Institution:
    institution.another_exam("praktika", "praktika")
    return institution


@pytest.fixture
def login(practical: Institution) -> str:
    found = practical.student()
    practical.plan(7200, logins=[found], exam="praktika")
    return found


def to_paper(window: Talk, login: str) -> m.PaperView:
    window.sign_in(login)
    window.open("praktika")
    window.check()
    window.identify()
    return window.paper()


def attach(window: Talk, path: Path, question: str = TABLE, file: str = "0a" * 8) -> m.AttachedFile:
    window.say(m.AttachFile(question, file, str(path)))
    return window.expect(m.FileAttached, lambda told: told.file.id == file).file


def hold(window: Talk, *files: m.AttachedFile, question: str = TABLE, revision: int = 1, text: str = "") -> None:
    window.say(m.SetAnswer(question, revision, text, list(files)))
    window.expect(
        m.AnswerSaved, lambda told: (told.question, told.revision, told.where) == (question, revision, "disk")
    )


def refusal(window: Talk, path: Path, question: str = TABLE) -> m.FileRefused:
    window.say(m.AttachFile(question, "0b" * 8, str(path)))
    return window.expect(m.FileRefused)


def held_by(institution: Institution, session: str, file: m.AttachedFile) -> bytes:
    """The file's bytes, as the review process reads them: the seat's key, opened with the review identity."""
    folder = DataFolder(institution.folder)
    begin = payload_of((institution.session_folder(session) / "ledger.txt").read_text().splitlines()[0])
    review = open_review_identity(folder, PASSPHRASES.review)
    seat = open_seat_identity(folder.seat_identity(begin["seat"]).read_bytes(), [review])
    return opened(institution.session_folder(session), seat, file)


def opened(folder: Path, identity: age.Identity, file: m.AttachedFile | Attached) -> bytes:
    pieces = [folder / "segments" / FILES / f"{file.first + n:06d}.age" for n in range(file.pieces)]
    entry = Attached(**dataclasses.asdict(file))
    return join(entry, [unseal(piece.read_bytes(), identity)[1] for piece in pieces])


def test_a_file_is_copied_sealed_at_once_and_handed_in(window: Window, practical: Institution, login: str) -> None:
    paper = to_paper(window, login)
    assert next(q for q in paper.questions if q["id"] == DRAWING)["files"]["most"] == 1
    original = window.data / "Кесте.xlsx"
    original.write_bytes(SHEET)
    file = attach(window, original)
    original.unlink()
    assert (file.name, file.size, file.pieces) == ("Кесте.xlsx", len(SHEET), 3)
    hold(window, file, text="Қорытынды")
    for kept in (path for path in window.data.rglob("*") if path.is_file()):
        content = kept.read_bytes()
        assert SECRET not in content and "Кесте".encode() not in content, f"in clear in {kept.name}"
    window.saw(m.FilesView, lambda view: view.delivered == {file.id: 1.0} and not view.copying)
    receipt = window.hand_in()
    assert receipt.answers == 1
    report = verified(practical, window)
    assert FILES not in report.coverage
    assert held_by(practical, window.expect_session(), file) == SHEET


def test_what_cannot_be_attached_is_named_and_the_exam_goes_on(
    window: Window, login: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_paper(window, login)
    paths = {name: tmp_path / name for name in ("empty.xlsx", "large.png", "other.exe", "locked.xlsx", "good.xlsx")}
    for path in paths.values():
        path.write_bytes(b"x")
    paths["empty.xlsx"].write_bytes(b"")
    with paths["large.png"].open("wb") as large:
        large.truncate(5 * 1024**2 + 1)
    pipe, folder = tmp_path / "pipe.xlsx", tmp_path / "folder.xlsx"
    os.mkfifo(pipe)
    folder.mkdir()
    assert refusal(window, paths["empty.xlsx"]).code == "file_empty"
    large_told = refusal(window, paths["large.png"], DRAWING)
    assert (large_told.code, large_told.values, large_told.name) == ("file_too_large", {"most_mb": "5"}, "large.png")
    kind = refusal(window, paths["other.exe"], DRAWING)
    assert (kind.code, kind.values) == ("file_kind", {"kinds": ".png, .jpg, .jpeg, .pdf"})
    assert refusal(window, tmp_path / "gone.xlsx").code == "file_gone"
    assert refusal(window, pipe).code == refusal(window, folder).code == "file_not_a_file"
    assert refusal(window, paths["good.xlsx"], REMARK).code == "file_not_kept", "a question that takes no files"
    with monkeypatch.context() as locked:
        locked.setattr("client.engine.attaching._open", _no_right)
        assert refusal(window, paths["locked.xlsx"]).code == "file_unreadable"
    sitting = window.engine._hub.open_sitting()
    with monkeypatch.context() as small:
        small.setattr(sitting, "policy", dataclasses.replace(sitting.policy, files_most_bytes=0))
        assert refusal(window, paths["good.xlsx"]).code == "files_full"
    with monkeypatch.context() as full:
        full.setattr(Attaching, "_free_bytes", lambda *_: 1024**2)
        told = refusal(window, paths["good.xlsx"])
        assert (told.code, told.values) == ("file_no_room", {"needed_mb": "64", "free_mb": "1"})
    hold(window, attach(window, paths["good.xlsx"]))
    window.hand_in()
    assert refusal(window, paths["good.xlsx"]).code == "file_too_late"
    assert window.problem("file_too_late").during == "AttachFile"


def _no_right(_path: Path) -> BinaryIO:
    raise PermissionError(13, "denied")


@pytest.fixture
def start(practical: Institution, tmp_path: Path) -> Iterator[Callable[..., ProcessWindow]]:
    with recorders(tmp_path, practical) as made:
        yield made


def test_a_killed_recorder_keeps_what_was_attached(
    start: Callable[..., ProcessWindow], practical: Institution, login: str, tmp_path: Path
) -> None:
    window = start()
    to_paper(window, login)
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(SHEET)
    second.write_bytes(b"second" * 1000)
    kept = attach(window, first)
    hold(window, kept)
    key = window.saw(m.SessionKeyCopy)
    window.say(m.AttachFile(TABLE, "0c" * 8, str(second)))  # the kill comes whenever it likes
    window.kill()
    again = start()
    again.say(m.RestoreSession(key.session, key.secret))
    view = again.expect(m.PaperView)
    assert view.answers[TABLE]["value"]["files"] == [dataclasses.asdict(kept)]
    another = attach(again, second, file="0c" * 8)  # as the window does with what it was not told of
    hold(again, kept, another, revision=2)
    again.hand_in()
    report = verify(practical.session_folder(key.session), VerifyingKey.from_text(practical.verifying_key))
    assert report.ok, report.problems
    assert not [gap for gap in _lines(practical, key.session) if gap["type"] == "gap" and gap["stream"] == FILES]
    assert held_by(practical, key.session, kept) == SHEET
    assert held_by(practical, key.session, another) == b"second" * 1000


def _lines(institution: Institution, session: str) -> list[dict[str, Any]]:
    return [payload_of(line) for line in (institution.session_folder(session) / "ledger.txt").read_text().splitlines()]


def test_without_a_network_files_travel_on_the_stick(
    open_window: Callable[..., Window], practical: Institution, login: str, wire: Wire, tmp_path: Path
) -> None:
    window = open_window(server=wire.address)
    to_paper(window, login)
    wire.cut()
    window.problem("network_lost")
    drawing = tmp_path / "Сызба.png"
    drawing.write_bytes(SHEET)
    file = attach(window, drawing, DRAWING)
    hold(window, file, question=DRAWING)
    assert window.saw(m.FilesView, lambda view: file.id in view.delivered).delivered[file.id] == 0.0
    window.say(m.HandIn())
    window.state("sealed_offline")
    stick = tmp_path / "stick.senim"
    window.say(m.SaveForDelivery("", str(stick)))
    assert window.expect(m.SavingView, lambda view: view.stage != "saving").stage == "saved"
    assert SECRET not in stick.read_bytes()
    command = [sys.executable, "-m", "server", "--data", str(practical.folder), "accept-bundle", str(stick), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = json.loads(done.stdout)
    assert done.returncode == 0 and taken["receipt"] and (taken["answers"], taken["damaged"]) == (1, 0)
    assert held_by(practical, window.expect_session(), file) == SHEET


# ---- the stream by itself


def spooled(root: Path, **other: Any) -> tuple[Spooling, FileStream]:
    spooling = Spooling(root, **other)
    return spooling, FileStream(spooling.writer, spooling.clock)


def keep(stream: FileStream, path: Path, most: int = 10**9, file: str = "0d" * 8) -> Attached:
    with path.open("rb") as content:
        return stream.keep(content, file, path.name, most, lambda _: None)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_bytes(SHEET)
    return path


def test_a_file_that_grows_over_its_limit_while_it_is_read_is_refused(tmp_path: Path, sheet: Path) -> None:
    spooling, stream = spooled(tmp_path / "spool")
    with pytest.raises(FileNotTaken) as refused:
        keep(stream, sheet, most=PIECE_BYTES)
    assert (refused.value.word, refused.value.values) == ("file_too_large", {"most_mb": "1"})
    entry = keep(stream, sheet)
    assert entry.first == 1, "after the piece of the file that was refused"
    spooling.done()
    assert opened(spooling.spool.path, spooling.identity, entry) == SHEET
    spooling.close()


def test_on_a_full_disk_the_file_waits_and_the_end_gives_it_up(tmp_path: Path, sheet: Path) -> None:
    disk = FullDisk()
    spooling, stream = spooled(tmp_path / "spool", disk=disk)
    spooling.done()
    disk.full = True
    told: list[Exception] = []

    def copy() -> None:
        try:
            keep(stream, sheet)
        except FileNotTaken as error:
            told.append(error)

    thread = threading.Thread(target=copy)
    thread.start()
    spooling.ears.wait_for(lambda: "disk_full" in spooling.ears.words)
    assert not told, "there may be room in a moment"
    spooling.writer.close()
    thread.join(10)
    assert [getattr(error, "word", "") for error in told] == ["file_not_kept"]
    assert spooling.ears.dropped == [], "no stretch of the recording was lost"
    spooling.book.close()
    spooling.spool.close()


def test_after_the_end_nothing_is_attached(tmp_path: Path, sheet: Path) -> None:
    spooling, stream = spooled(tmp_path / "spool")
    stream.close()
    with pytest.raises(FileNotTaken, match="file_too_late"):
        keep(stream, sheet)
    spooling.done()
    assert FILES not in {payload_of(line).get("stream") for line in spooling.book.lines()}
    spooling.close()


def test_a_restart_goes_on_behind_the_pieces_that_are_there(tmp_path: Path, sheet: Path) -> None:
    spooling, stream = spooled(tmp_path / "spool")
    first = keep(stream, sheet)
    spooling.close()
    again, following = spooled(tmp_path / "spool", key=spooling.key, identity=spooling.identity)
    second = keep(following, sheet, file="0e" * 8)
    again.done()
    assert (first.first, second.first) == (0, 3)
    parts = [p for p in map(payload_of, again.book.lines()) if p["type"] == "part" and p["stream"] == FILES]
    assert [part["reason"] for part in parts] == ["start", "resumed"]
    assert opened(again.spool.path, again.identity, second) == SHEET
    assert isinstance(again.spool, SessionSpool) and again.spool.table.weight_of(FILES) > 2 * len(SHEET)
    again.close()


def test_what_another_computer_attached_is_not_called_delivered(tmp_path: Path, sheet: Path) -> None:
    """That computer's ledger came from the server, its pieces did not."""
    spooling, stream = spooled(tmp_path / "spool")
    keep(stream, sheet)
    spooling.spool.table.move(FILES, 0, SegmentState.LISTED, SegmentState.HELD)
    assert spooling.spool.table.at_server(FILES) == ({0}, set())
    spooling.close()
    for name in ("table.db", "table.db-wal", "table.db-shm"):
        (tmp_path / "spool" / "session-1" / name).unlink(missing_ok=True)
    (tmp_path / "spool" / "session-1" / "segments" / FILES / "000001.age").unlink()
    again = SessionSpool.open(tmp_path / "spool" / "session-1")
    assert again.table.at_server(FILES) == (set(), {1})
    again.close()
