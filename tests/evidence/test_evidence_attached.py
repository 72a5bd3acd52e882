"""Attached files: names that are safe, pieces that join to what the answer names, and copies that are opened."""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from evidence.attached import (
    FILES,
    MEDIA,
    MOST_FILE_BYTES,
    PIECE_BYTES,
    Attached,
    BadAttached,
    End,
    join,
    piece_line,
    pieces_of,
    read_piece,
    safe_name,
    suffix_of,
)
from evidence.opened_copy import open_copy
from evidence.vectors.maker import Maker
from evidence.verify import verify

CONTENT = bytes(range(256)) * 5000
ENTRY = Attached("0f" * 8, "Жұмыс.pdf", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), 0, 2, 5)
NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\a\\Жұмыс.PDF": "Жұмыс.PDF",
    "con.txt": "_con.txt",
    "LPT1": "_LPT1",
    "evil\u202efdp.exe": "evilfdp.exe",
    "  .hidden ": "hidden",
    "x\n\ty.png": "xy.png",
    'a<b>:"|?*.c': "a_b______.c",
    "": "file",
    "...": "file",
    "a" * 400 + ".docx": "a" * 175 + ".docx",
    "a.İ": "a.İ",  # two letters when it is made small
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items())
def test_names_are_made_safe_once_and_for_all(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert safe_name(kept) == kept


@pytest.mark.parametrize(
    "name", ["Ә" * 300 + ".pdf", "e\u200d\u0301.txt", "aaa ." + "x" * 300, "\ud800.txt", "🙂" * 99]
)
def test_a_safe_name_stays_as_it_is_and_fits_every_disk(name: str) -> None:
    kept = safe_name(name)
    assert safe_name(kept) == kept == unicodedata.normalize("NFC", kept)
    assert 0 < len(kept.encode()) <= 180


def test_a_sign_that_this_python_does_not_know_is_no_reason_to_refuse_an_answer() -> None:
    """Emoji of next year, which the student's Python knows already."""
    unassigned = "Жұмыс \U000e0fff.pdf"
    assert unicodedata.category(unassigned[6]) == "Cn"
    assert Attached.from_json({**ENTRY.to_json(), "name": unassigned}).name == unassigned


def test_suffixes() -> None:
    assert [suffix_of(name) for name in ("a.PDF", "a.tar.gz", "none", ".hidden", "a.")] == [".pdf", ".gz", "", "", ""]


def bodies(content: bytes = CONTENT, file: str = ENTRY.id) -> list[bytes]:
    cut = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]
    end = End(ENTRY.name, len(content), hashlib.sha256(content).hexdigest())
    return [piece_line(5, file, n, data, end if n == len(cut) - 1 else None) for n, data in enumerate(cut)]


def test_pieces_join_to_the_file_that_the_answer_names() -> None:
    assert join(ENTRY, bodies()) == CONTENT
    assert Attached.from_json(ENTRY.to_json()) == ENTRY


def test_other_pieces_do_not() -> None:
    first, last = bodies()
    altered = bodies(CONTENT[:-1] + b"\x01")
    for wrong in ([first], [last, first], [first, first], bodies(file="1e" * 8), altered, [first, last, last], []):
        with pytest.raises(BadAttached):
            join(ENTRY, wrong)


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"\xff", b'{"file": "../x", "piece": 0, "data": ""}', b'{"file": 1, "piece": 0, "data": ""}',
     b'{"file": "0f0f0f0f0f0f0f0f", "piece": -1, "data": ""}', b'{"file": "0f0f0f0f0f0f0f0f", "piece": 0, "data": "*"}',
     b'{"file": "0f0f0f0f0f0f0f0f", "piece": 0, "data": "", "sha256": "x"}', b"[" * 10_000,
     piece_line(5, "0f" * 8, 0, bytes(PIECE_BYTES + 1))],
)  # fmt: skip
def test_what_is_no_piece_is_refused(body: bytes) -> None:
    with pytest.raises(BadAttached):
        read_piece(body)


@pytest.mark.parametrize(
    "change", [{"name": "a/b"}, {"size": 0}, {"pieces": 3}, {"sha256": ""}, {"id": "x"}, {"at": 1.0}]
)
def test_an_entry_that_cannot_be_true_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadAttached):
        Attached.from_json({**ENTRY.to_json(), **change})


def recorded(folder: Path, lines: list[bytes]) -> Maker:
    """A session with a camera and these pieces."""
    maker = Maker.start(folder)
    maker.begin(["camera"])
    maker.part("camera", 100)
    maker.opened()
    maker.segment("camera", 100, 4100)
    maker.part(FILES, 4100, media=MEDIA, init=None)
    maker.pts[FILES] = 1  # no init before the first
    for line in lines:
        maker.segment(FILES, 4100, 4100, line)
    maker.end(4200)
    maker.close(4300)
    return maker


def test_a_copy_of_ones_own_holds_the_files_under_their_names(tmp_path: Path) -> None:
    broken_off = dataclasses.replace(ENTRY, id="2d" * 8)
    lines = [bodies(file=broken_off.id)[0], *bodies()]
    maker = recorded(tmp_path / "session", lines)
    report = verify(maker.folder.path, maker.configuration.verifying)
    assert (report.exit_code, report.problems) == (0, [])
    assert set(report.coverage) == {"camera"}
    opened = open_copy(maker.folder.path, maker.identity, tmp_path / "out")
    assert (opened.exit_code, opened.problems) == (0, [])
    kept = list((tmp_path / "out" / "files").iterdir())
    assert [file.name for file in kept] == [f"{ENTRY.id}-Жұмыс.pdf"], "what was never whole was never handed in"
    assert kept[0].read_bytes() == CONTENT


def test_a_piece_that_is_missing_or_lies_is_named(tmp_path: Path) -> None:
    first, last = bodies()
    maker = recorded(tmp_path / "session", [first, last])
    maker.folder.segment_path(FILES, 0).unlink()
    assert [problem.code for problem in verify(maker.folder.path).problems] == ["segment-missing"]
    opened = open_copy(maker.folder.path, maker.identity, tmp_path / "out")
    assert opened.exit_code == 1 and "not the whole file" in opened.problems[0]
    other_end = piece_line(5, ENTRY.id, 1, CONTENT[PIECE_BYTES:], End("x", len(CONTENT), "0" * 64))
    liar = recorded(tmp_path / "liar", [b"no piece", first, other_end])
    told = open_copy(liar.folder.path, liar.identity, tmp_path / "out-2").problems
    assert ["not a piece" in told[0], "not the whole file" in told[1]] == [True, True] and len(told) == 2


def test_a_file_without_an_end_is_not_collected_for_ever(tmp_path: Path) -> None:
    most = pieces_of(MOST_FILE_BYTES)
    lines = [piece_line(5, ENTRY.id, number, b"x") for number in range(most + 1)]
    maker = recorded(tmp_path / "session", lines)
    opened = open_copy(maker.folder.path, maker.identity, tmp_path / "out")
    assert opened.problems == [f"files/{ENTRY.id}: more pieces than a file may have"]
