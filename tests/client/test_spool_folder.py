"""The session's folder: what a crash leaves is put in order, nothing readable lies about."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

import pytest
from spool_parts import Spooling, note

from client.spool.folder import SessionSpool, sessions_in
from client.spool.note import SessionNote, SpoolDamaged, Stage, check_session_name
from client.spool.table import AnswerState, LostRace, SegmentState
from client.spool.vault import Vault, VaultClosed
from evidence.bundle import SessionFolder
from evidence.seal import unseal
from evidence.signing import SigningKey, payload_of


def test_a_segment_is_on_disk_in_the_ledger_and_in_the_table(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.segment(1)
    room.done()
    rows = room.spool.table.segments(SegmentState.LISTED)
    assert [(r.stream, r.index, r.line) for r in rows] == [("camera", 0, 2), ("camera", 1, 3)]
    assert payload_of(room.spool.lines()[2])["sha256"] == rows[0].sha256
    header, body = unseal(room.spool.read_segment("camera", 0), room.identity)
    assert (header.session, header.stream, header.part, header.index, len(body)) == ("session-1", "camera", 0, 0, 2000)
    layout = SessionFolder(room.spool.path)
    assert layout.segment_path("camera", 0) == room.spool.segment_file("camera", 0)
    room.close()


def test_rows_move_only_from_the_state_their_mover_believes_in(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    room.spool.table.move("camera", 0, SegmentState.LISTED, SegmentState.HELD)
    with pytest.raises(LostRace):
        room.spool.table.move("camera", 0, SegmentState.LISTED, SegmentState.HELD)
    with pytest.raises(LostRace):
        room.spool.table.listed("camera", 0, 2)
    room.close()


def test_the_table_is_built_again_from_ledger_and_folder(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    for number in range(4):
        room.segment(number)
    room.done()
    before = room.spool.table.segments()
    room.close()
    room.spool.segment_file("camera", 3).unlink()
    for file in (tmp_path / "session-1").glob("table.db*"):
        file.unlink()
    spool = SessionSpool.open(tmp_path / "session-1")
    after = spool.table.segments()
    assert [(r.stream, r.index, r.sha256, r.size, r.line) for r in after] == [
        (r.stream, r.index, r.sha256, r.size, r.line) for r in before
    ]
    assert [r.state for r in after] == [*[SegmentState.LISTED] * 3, SegmentState.DROPPED]
    spool.close()


def test_a_whole_file_without_a_line_is_adopted_and_marked(tmp_path: Path) -> None:
    """Killed between the rename and the ledger line: the next key lists it."""
    room = Spooling(tmp_path)
    room.segment(0)
    room.segment(1)
    room.done()
    room.close()
    ledger = room.spool.ledger_file
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join(lines[:-1]))
    table = SessionSpool.open(tmp_path / "session-1").table
    with table._write(table._quick) as db:
        db.execute("UPDATE segment SET state='writing', line=NULL WHERE idx=1")
    table.close()
    again = Spooling(tmp_path, key=SigningKey.generate(), identity=room.identity)
    assert [row.index for row in again.spool.unlisted()] == [1]
    again.writer.line("resume", None, reason="restart")
    for row in again.spool.unlisted():
        again.writer.adopt(row)
    again.part(1)
    again.segment(2, part=1)
    again.done()
    payloads = [payload_of(line) for line in again.spool.lines()]
    assert [(p["index"], p.get("adopted")) for p in payloads if p["type"] == "segment"] == [
        (0, None), (1, True), (2, None)
    ]  # fmt: skip
    assert [r.state for r in again.spool.table.segments()] == [SegmentState.LISTED] * 3
    again.close()


def test_half_written_files_go_and_strangers_are_set_aside(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    room.spool.table.add("camera", 1, "0" * 64, 5, {})
    folder = room.spool.segment_file("camera", 0).parent
    (folder / "000001.age").write_bytes(b"half")
    (folder / "000002.age.part").write_bytes(b"torn")
    (folder / "000009.age").write_bytes(b"nobody knows me")
    room.close()
    spool = SessionSpool.open(tmp_path / "session-1")
    assert sorted(f.name for f in folder.iterdir()) == ["000000.age"]
    assert [f.name for f in (spool.path / "stray").iterdir()] == ["camera-000009.age"]
    assert [r.index for r in spool.table.segments()] == [0]
    spool.close()


def test_killed_between_the_end_line_and_the_note(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.writer.line("end", None, reason="hand-in", until=1000)
    room.done()
    room.close()
    spool = SessionSpool.open(tmp_path / "session-1")
    assert spool.note.stage is Stage.ENDED
    spool.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a POSIX matter")
def test_nobody_else_reads_the_spool(tmp_path: Path) -> None:
    room = Spooling(tmp_path / "spool")
    room.done()
    assert stat.S_IMODE(room.spool.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((room.spool.path / "local.key").stat().st_mode) == 0o600
    room.close()


def test_answers_and_paper_are_not_readable_on_the_disk(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    secret = "Менің жауабым: қырық екі"
    room.spool.table.put_answer("q1", 1, {"value": secret})
    room.spool.table.keep("paper", secret.encode())
    room.spool.table.wait_line("track", secret.encode())
    assert room.spool.table.answers()[0].body["value"] == secret
    room.done()
    room.close()
    content = b"".join(file.read_bytes() for file in room.spool.path.rglob("*") if file.is_file())
    assert secret.encode() not in content and "жауабым".encode() not in content


def test_the_newest_revision_counts_and_a_repeat_changes_nothing(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    table = room.spool.table
    table.put_answer("q1", 2, {"value": "two"})
    table.answer_at_server("q1", 2)
    table.put_answer("q1", 1, {"value": "one"})
    table.put_answer("q1", 2, {"value": "other"})
    assert [(a.revision, a.body["value"], a.state) for a in table.answers()] == [(2, "two", AnswerState.SERVER)]
    table.put_answer("q1", 3, {"value": "three"})
    table.answer_at_server("q1", 2)  # a late word about an older revision
    assert [(a.revision, a.state) for a in table.answers(AnswerState.DISK)] == [(3, AnswerState.DISK)]
    room.close()


def test_the_closing_receipt_takes_paper_answers_and_key_away(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    room.segment(0)
    room.done()
    room.spool.table.put_answer("q1", 1, {"value": "x"})
    room.spool.table.keep("paper", b"paper")
    room.spool.delivered("receipt\tline", 1_000_000)
    assert not (room.spool.path / "local.key").exists()
    assert room.spool.table.kept("paper") is None
    assert room.spool.table.answer_counts() == (1, 1)
    room.close()
    week = 7 * 86_400_000
    note = SessionNote.load(room.spool.path)
    assert not note.may_go(1_000_000 + week)
    assert note.may_go(1_000_000 + week + 1)
    assert room.spool.segment_file("camera", 0).exists()


def test_what_the_server_holds_makes_room_and_nothing_else(tmp_path: Path) -> None:
    room = Spooling(tmp_path)
    for number in range(3):
        room.segment(number)
    room.done()
    room.spool.table.move("camera", 1, SegmentState.LISTED, SegmentState.HELD)
    assert room.spool.make_room(10**9) > 0
    assert [f.name for f in sorted(room.spool.segment_file("camera", 0).parent.iterdir())] == [
        "000000.age", "000002.age"
    ]  # fmt: skip
    assert room.spool.make_room(10**9) == 0
    room.close()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "key", create=True)
    locked = vault.lock("answer q1 1", b"content")
    assert vault.unlock("answer q1 1", locked) == b"content"
    with pytest.raises(VaultClosed):
        vault.unlock("answer q1 2", locked)
    with pytest.raises(VaultClosed):
        Vault(tmp_path / "other", create=True).unlock("answer q1 1", locked)
    with pytest.raises(VaultClosed):
        Vault(tmp_path / "missing")
    vault.destroy()
    vault.destroy()
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a" * 65, "ә", "a b", "-x"])
def test_a_session_name_from_the_server_is_hostile(name: str) -> None:
    with pytest.raises(SpoolDamaged):
        check_session_name(name)


def test_a_damaged_note_is_named(tmp_path: Path) -> None:
    SessionSpool.create(tmp_path, note()).close()
    file = tmp_path / "session-1" / "session.json"
    for content in ("", "{", "[]", '{"format": 2}', '{"format": 1}'):
        file.write_text(content)
        with pytest.raises(SpoolDamaged):
            SessionSpool.open(tmp_path / "session-1")
    shutil.rmtree(tmp_path / "session-1")
    assert sessions_in(tmp_path) == []
    assert sessions_in(tmp_path / "none") == []


def test_the_wrong_folder_is_no_session(tmp_path: Path) -> None:
    SessionSpool.create(tmp_path, note()).close()
    (tmp_path / "session-1").rename(tmp_path / "session-2")
    with pytest.raises(SpoolDamaged):
        SessionSpool.open(tmp_path / "session-2")
