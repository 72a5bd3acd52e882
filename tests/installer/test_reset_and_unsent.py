"""A broken state is put in order, and what was not delivered is named, kept and can be saved."""

from __future__ import annotations

import json
from pathlib import Path

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
