"""A broken state is put in order, and what was not delivered is named, kept and can be saved."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spooled import files, names, session

from client import main as start
from client.check import reset, unsent
from client.spool.folder import SessionSpool
from client.spool.lock import SpoolLock
from client.spool.note import Stage
from evidence.age import generate_identity


def test_only_what_is_not_delivered_is_named(tmp_path: Path) -> None:
    session(tmp_path, "one")
    session(tmp_path, "done", Stage.DELIVERED)
    (tmp_path / "spool" / "empty").mkdir()
    found = unsent.unsent(tmp_path)
    assert [(item.session, item.title, item.pieces, item.bytes) for item in found] == [("one", "Physics", 1, 3)]


def test_a_recording_with_a_damaged_note_counts(tmp_path: Path) -> None:
    (session(tmp_path, "one") / "session.json").write_text("{", encoding="ascii")
    assert [(item.session, item.title) for item in unsent.unsent(tmp_path)] == [("one", "")]
    assert "cannot be read" in unsent.sentence(unsent.unsent(tmp_path)[0])


def test_the_list_steers_no_terminal(tmp_path: Path) -> None:
    session(tmp_path, "one", title="\x1b[2J\u202eabc", login="x\ny")
    line = unsent.sentence(unsent.unsent(tmp_path)[0])
    assert line.isprintable()
    assert "?[2J?abc (x?y" in line


def test_the_command_says_it_with_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--unsent", "--data", str(tmp_path / "nothing")]) == 0
    session(tmp_path, "one")
    assert start.main(["--unsent", "--json", "--data", str(tmp_path)]) == unsent.UNSENT
    assert json.loads(capsys.readouterr().out)[0]["session"] == "one"


def test_everyones_folders_are_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    session(tmp_path / "a", "one")
    session(tmp_path / "b", "two")
    monkeypatch.setattr(unsent, "everyones_data", lambda: [tmp_path / "a", tmp_path / "b", tmp_path / "c"])
    assert start.main(["--unsent", "--everyone"]) == unsent.UNSENT


def test_nothing_to_reset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--reset", "--data", str(tmp_path / "none")]) == 0
    assert not (tmp_path / "none").exists()
    assert "nothing waits" in capsys.readouterr().out


def test_broken_choices_go_back(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{{{", encoding="ascii")
    assert start.main(["--reset", "--data", str(tmp_path)]) == 0
    assert not (tmp_path / "settings.json").exists()


def test_a_broken_table_is_made_anew_and_nothing_sealed_is_touched(tmp_path: Path) -> None:
    folder = session(tmp_path, "one")
    before = files(folder)
    for file in folder.glob("table.db*"):
        file.write_bytes(b"no database" * 1000)
    said: list[str] = []
    left = reset.reset(tmp_path, said.append)
    assert [item.session for item in left] == ["one"]
    assert any("made anew" in line for line in said)
    assert files(folder) == before
    assert (folder / "table.db.broken").read_bytes().startswith(b"no database")
    spool = SessionSpool.open(folder)
    assert [row.stream for row in spool.table.segments()] == ["camera"]
    spool.close()


def test_a_lost_key_is_named_and_all_stays(tmp_path: Path) -> None:
    folder = session(tmp_path, "one")
    (folder / "local.key").unlink()
    before = files(folder)
    said: list[str] = []
    assert [item.session for item in reset.reset(tmp_path, said.append)] == ["one"]
    assert any("does not open" in line for line in said)
    assert files(folder) == before


def test_an_empty_half_made_folder_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "spool" / "half").mkdir(parents=True)
    (tmp_path / "spool" / "half" / "session.json").write_text("{", encoding="ascii")
    assert start.main(["--reset", "--data", str(tmp_path)]) == 0
    assert (tmp_path / "broken" / "half" / "session.json").exists()


def test_a_running_senim_is_not_disturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reset, "PATIENCE_S", 0.0)
    session(tmp_path, "one")
    holder = SpoolLock(tmp_path / "spool")
    holder.take(0)
    try:
        assert start.main(["--reset", "--data", str(tmp_path)]) == unsent.UNSENT
    finally:
        holder.release()


def test_what_is_unsent_can_be_saved_and_stays(tmp_path: Path) -> None:
    folder = session(tmp_path / "data", "one")
    before = files(folder)
    target = tmp_path / "Қазақша бума"
    assert start.main(["--reset", "--data", str(tmp_path / "data"), "--save", str(target)]) == unsent.UNSENT
    assert "segments/camera/000000.age" in names(target / "one.senim")
    assert files(folder) == before


def test_a_delivery_file_brings_the_answers(tmp_path: Path) -> None:
    """Sealed to the institution, as the window's own button writes them: so the file ends in the same receipt."""
    session(tmp_path, "one", recipient=generate_identity().recipient.text)
    assert start.main(["--unsent", "--keep", "--data", str(tmp_path)]) == unsent.UNSENT
    assert {"answers.age", "ledger.txt"} <= names(tmp_path / "undelivered" / "one.senim")


def test_a_recording_whose_key_is_lost_is_kept_all_the_same(tmp_path: Path) -> None:
    folder = session(tmp_path, "one")
    (folder / "local.key").unlink()
    assert start.main(["--unsent", "--keep", "--data", str(tmp_path)]) == unsent.UNSENT
    assert {"ledger.txt", "segments/camera/000000.age"} <= names(tmp_path / "undelivered" / "one.senim")


def test_a_target_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session(tmp_path / "data", "one")
    (tmp_path / "file").write_bytes(b"")
    assert start.main(["--reset", "--data", str(tmp_path / "data"), "--save", str(tmp_path / "file")]) == reset.NO_SPACE
    assert "file" in capsys.readouterr().err


def answered(folder: Path, count: int) -> None:
    spool = SessionSpool.open(folder)
    for number in range(count):
        spool.table.put_answer(f"q{number}", 1, {"value": f"answer {number} " + "қ" * 400, "commitment": ""})
    spool.table.keep("paper", b"the paper")
    spool.table.wait_line("track", b"an open line")
    spool.close()


def spoil(folder: Path, mark: bytes) -> None:
    """One page of the table, the first that holds ``mark``, becomes nonsense."""
    file = folder / "table.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = file.read_bytes()
    page = content.index(mark) // size
    assert page > 0, "the first page describes the tables"
    file.write_bytes(content[: page * size] + b"\xaa" * size + content[(page + 1) * size :])


def texts(folder: Path) -> set[str]:
    spool = SessionSpool.open(folder)
    found = {row.question for row in spool.table.answers()}
    spool.close()
    return found


def test_answers_of_a_broken_table_are_brought_over(tmp_path: Path) -> None:
    """They lie there alone until the server has them."""
    folder = session(tmp_path, "one")
    answered(folder, 30)
    file = folder / "table.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root, size = (connection.execute(query).fetchone()[0] for query in (
        "SELECT rootpage FROM sqlite_schema WHERE name='segment'", "PRAGMA page_size"))  # fmt: skip
    connection.close()
    content = file.read_bytes()
    file.write_bytes(content[: (root - 1) * size] + b"\xaa" * size + content[root * size :])
    said: list[str] = []
    reset.reset(tmp_path, said.append)
    assert any("30 answers were brought over; all that was written is there" in line for line in said), said
    assert texts(folder) == {f"q{number}" for number in range(30)}
    spool = SessionSpool.open(folder)
    assert spool.table.kept("paper") == b"the paper"
    assert spool.table.waiting("track")[0] == [b"an open line"]
    assert [row.stream for row in spool.table.segments()] == ["camera"]
    spool.close()


def test_a_page_of_answers_that_is_lost_costs_what_lay_on_it(tmp_path: Path) -> None:
    """The table opens and gives its segments: only a look at every page finds it."""
    folder = session(tmp_path, "one")
    answered(folder, 60)
    spoil(folder, b"q30disk")  # as a row lies there; its name alone is in the index too
    said: list[str] = []
    reset.reset(tmp_path, said.append)
    found = texts(folder)
    assert {"q0", "q59"} <= found and 30 < len(found) < 60
    assert any(f"{len(found)} answers were brought over; others may be lost" in line for line in said), said
    assert any(str(folder / "table.db.broken") in line for line in said)


def test_a_second_broken_table_leaves_the_first(tmp_path: Path) -> None:
    folder = session(tmp_path, "one")
    for content in (b"first" * 1000, b"second" * 1000):
        for file in folder.glob("table.db*"):
            if "broken" not in file.name:
                file.unlink()
        (folder / "table.db").write_bytes(content)
        reset.reset(tmp_path, lambda _: None)
    assert (folder / "table.db.broken").read_bytes().startswith(b"first")
    assert (folder / "table.db.broken-2").read_bytes().startswith(b"second")


def test_what_was_set_aside_before_stays(tmp_path: Path) -> None:
    for content in ("{1", "{2"):
        (tmp_path / "spool" / "half").mkdir(parents=True)
        (tmp_path / "spool" / "half" / "session.json").write_text(content, encoding="ascii")
        assert start.main(["--reset", "--data", str(tmp_path)]) == 0
    assert [(tmp_path / "broken" / name / "session.json").read_text() for name in ("half", "half-2")] == ["{1", "{2"]


def test_one_that_cannot_be_saved_keeps_no_other_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "c"):
        session(tmp_path / "data", name)
    (tmp_path / "out" / "b.senim").mkdir(parents=True)
    code = start.main(["--reset", "--data", str(tmp_path / "data"), "--save", str(tmp_path / "out")])
    assert code == reset.NO_SPACE
    assert (tmp_path / "out" / "a.senim").is_file() and (tmp_path / "out" / "c.senim").is_file()
    told = capsys.readouterr().out
    assert "Not saved: b (" in told and str(tmp_path / "data" / "spool" / "b") in told
    assert told.count("not delivered: ") == 3, "what is left is named all the same"


def test_answers_that_do_not_open_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = session(tmp_path, "one", recipient=generate_identity().recipient.text)
    answered(folder, 60)
    spoil(folder, b"q30disk")  # as a row lies there; its name alone is in the index too
    assert start.main(["--unsent", "--keep", "--data", str(tmp_path)]) == unsent.UNSENT
    assert "The answers of one do not open here" in capsys.readouterr().err
    assert {"ledger.txt", "segments/camera/000000.age"} <= names(tmp_path / "undelivered" / "one.senim")
    assert not list((tmp_path / "undelivered").glob("*.part"))


def test_people_of_a_domain_are_looked_at_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The system's list does not tell them; their homes lie where homes lie, with or without the domain's folder."""
    monkeypatch.setattr(unsent, "HOMES", (tmp_path / "home", tmp_path / "nowhere"))
    for home in ("home/aigerim", "home/campus.example.edu/dana"):
        session(tmp_path / home / ".local/share/senim", home.rpartition("/")[2])
    assert start.main(["--unsent", "--everyone"]) == unsent.UNSENT
    found = [item.session for data in unsent.everyones_data() for item in unsent.unsent(data)]
    assert found == ["aigerim", "dana"]


def test_a_home_that_does_not_answer_keeps_nobody_from_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A home on a network that is gone, or one that its owner keeps even from root."""
    monkeypatch.setattr(unsent, "HOMES", (tmp_path / "home",))
    session(tmp_path / "home/aigerim/.local/share/senim", "one")
    (gone := tmp_path / "home/dana").mkdir()
    real = os.stat, os.listdir, os.scandir

    def refusing(way: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any, *more: Any, **named: Any) -> Any:
            if str(path).startswith(str(gone)):
                raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
            return way(path, *more, **named)

        return asked

    for name, way in zip(("stat", "listdir", "scandir"), real, strict=True):
        monkeypatch.setattr(os, name, refusing(way))
    found = [item.session for data in unsent.everyones_data() for item in unsent.unsent(data)]
    assert found == ["one"]
