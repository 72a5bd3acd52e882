"""Files handed in with an answer, over HTTP: who may open them, how they go out, and what is never given out."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import pytest
import review_media
from recorded_session import Recorded
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select, update

from server import schema
from server.at_rest import answer_purpose
from server.review import handed_files

SHEET = bytes(range(256)) * 5000  # two pieces
PICTURE = review_media.jpeg(3)
FILES = {
    "Кесте 'қорытынды'.xlsx": SHEET,
    "Сызба.jpg": PICTURE,
    "page.png": b"<!DOCTYPE html><script>alert(1)</script>",
}
SHEET_NAME, PICTURE_NAME, PAGE_NAME = FILES


@pytest.fixture
def work(hall: Hall) -> Recorded:
    return hall.record(files=FILES)


@pytest.fixture
def desk(work: Recorded, visitor: Visitor) -> Visitor:
    return visitor.as_person("teacher")


def path(work: Recorded, name: str, session: str = "sess1") -> str:
    return f"/sessions/{session}/files/q3/{work.handed[name].id}"


def test_a_teacher_sees_and_takes_what_was_handed_in(work: Recorded, desk: Visitor, hall: Hall) -> None:
    page = desk.page("/sessions/sess1/marks")
    for words in (
        "Қорытынды",
        "Кесте &#39;қорытынды&#39;.xlsx",
        "1,2 МБ",
        "тіркелген уақыты: 2026 ж. 20 қараша, 09:00",
    ):
        assert words in page
    assert page.count("data-file=") == 3 and page.count("/picture") == 2
    answer = desk.get(path(work, SHEET_NAME))
    assert (answer.status_code, answer.content) == (200, SHEET)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%D0%9A%D0%B5%D1%81%D1%82%D0%B5%20%27%D2%9B%D0%BE%D1%80%D1%8B%D1%82%D1%8B"
        "%D0%BD%D0%B4%D1%8B%27.xlsx"
    )
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff" and "no-store" in answer.headers["cache-control"]
    rows = hall.database.read(lambda c: c.execute(select(schema.audit).where(schema.audit.c.action == "file-opened")))
    entry = rows.one()
    assert (entry.who, entry.object) == ("teacher", "session/sess1")
    assert entry.details == {"question": "q3", "name": SHEET_NAME, "sha256": work.handed[SHEET_NAME].sha256}
    own = desk.as_person("s1").page("/my/sess1")
    assert "тіркелген файлды ашты" in own and own.count("data-file=") == 3 and "3-сұрақ" in own and "келді" in own


def test_pictures_are_pictures_by_what_they_hold(work: Recorded, desk: Visitor) -> None:
    shown = desk.get(path(work, PICTURE_NAME) + "/picture")
    assert (shown.status_code, shown.headers["content-type"], shown.content) == (200, "image/jpeg", PICTURE)
    assert shown.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert desk.get(path(work, PAGE_NAME) + "/picture").status_code == 415
    as_it_came = desk.get(path(work, PAGE_NAME))
    assert as_it_came.headers["content-type"] == "application/octet-stream"
    assert as_it_came.headers["content-disposition"].startswith("attachment;")


def png(width: int, height: int) -> bytes:
    """A head that claims so many pixels, with nearly nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_picture_that_would_fill_the_browser_is_not_shown(hall: Hall, visitor: Visitor) -> None:
    work = hall.record(files={"bomb.png": png(60_000, 60_000), "plan.png": png(8000, 8000)})
    desk = visitor.as_person("teacher")
    assert desk.get(path(work, "bomb.png") + "/picture").status_code == 415
    assert desk.get(path(work, "plan.png") + "/picture").status_code == 200
    assert desk.get(path(work, "bomb.png")).content == png(60_000, 60_000), "a download decodes nothing"
    rows = hall.database.read(lambda c: c.execute(select(schema.audit).where(schema.audit.c.action == "file-opened")))
    assert [row.details["name"] for row in rows] == ["plan.png", "bomb.png"], "what was handed out, and only that"


def test_a_picture_too_large_to_be_shown_is_not_even_opened(
    work: Recorded, desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed_files, "MOST_PICTURE_BYTES", len(PICTURE) - 1)
    monkeypatch.setattr(desk.site.vault, "open", None)
    assert desk.get(path(work, PICTURE_NAME) + "/picture").status_code == 415


def test_a_download_holds_one_piece_at_a_time(work: Recorded, desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compared whole before the first byte goes out, and then opened again."""
    real, opened = desk.site.vault.open, list[int]()

    def seen(session: str, seat: str, recording: Any, stream: str, index: int) -> Any:
        opened.append(index)
        return real(session, seat, recording, stream, index)

    monkeypatch.setattr(desk.site.vault, "open", seen)
    answer = desk.get(path(work, SHEET_NAME))
    assert (answer.content, answer.headers["content-length"]) == (SHEET, str(len(SHEET)))
    first = work.handed[SHEET_NAME].first
    assert opened == [first, first + 1, first, first + 1]


@pytest.mark.parametrize("login", ["proctor", "commission", "keeper", "s1"])
def test_nobody_else_opens_them(work: Recorded, visitor: Visitor, login: str) -> None:
    visitor.as_person(login)
    for end in ("", "/picture"):
        assert visitor.get(path(work, PICTURE_NAME) + end).status_code == 403
    visitor.sign_out()
    assert visitor.get(path(work, PICTURE_NAME)).status_code == 303


def test_whoever_watches_is_told_their_names_without_marks(work: Recorded, visitor: Visitor) -> None:
    open_all(visitor.site)
    page = visitor.as_person("proctor").page("/sessions/sess1")
    assert "Сызба.jpg" in page and "1,2 МБ" in page and "/files/q3/" not in page and 'name="points"' not in page
    recording = visitor.site.recordings.get("sess1")
    places = frozenset(("files", index) for index in recording.streams["files"].segments)
    rows = visitor.site.database.read(lambda c: c.execute(select(schema.segments)).mappings().all())
    assert all(row["opened_ok"] for row in rows if row["stream"] == "files"), "parsed and checked as any segment"
    contents = visitor.site.contents.get("sess1", work.seat, recording, places)
    assert not contents.seconds and not contents.findings, "and never kept in memory with the track"


def test_a_work_with_files_is_marked_as_an_essay(work: Recorded, desk: Visitor) -> None:
    page = desk.page("/sessions/sess1/marks")
    assert desk.post("/sessions/sess1/marks/q3", page, points="2,5", comment="Диаграмма жақсы").status_code == 303
    table = desk.get("/exams/algebra/marks.csv?for=moodle").content.decode("utf-8-sig")
    assert "Диаграмма жақсы" in table and "Кесте" not in table


def test_only_what_the_newest_answer_names_is_there(work: Recorded, desk: Visitor, hall: Hall) -> None:
    for wrong in ("/sessions/sess1/files/q2/" + "0" * 16, "/sessions/sess1/files/q3/" + "9" * 16,
                  "/sessions/nobody/files/q3/" + "0" * 16, "/sessions/sess1/files/q3/..%2Fx"):  # fmt: skip
        assert desk.get(wrong).status_code == 404
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2")
    assert desk.get(path(work, PICTURE_NAME, "sess2")).status_code == 404, "another session's file"
    set_value(hall, {"text": "", "files": []})
    assert desk.get(path(work, PICTURE_NAME)).status_code == 404, "removed before the hand-in"
    assert "жауап берілмеген" in desk.page("/sessions/sess1/marks").lower()


def set_value(hall: Hall, value: object) -> None:
    sealed = hall.at_rest.seal(answer_purpose("sess1", "q3", 1), json.dumps(value, ensure_ascii=False).encode())
    here = (schema.answers.c.session == "sess1") & (schema.answers.c.question == "q3")
    hall.database.write(lambda c: c.execute(update(schema.answers).where(here).values(sealed_value=sealed)))


def test_what_is_not_the_file_is_not_given_out(work: Recorded, desk: Visitor, hall: Hall) -> None:
    file = hall.store.segment_path("sess1", "files", 1)
    kept = file.read_bytes()
    file.write_bytes(kept[:-1] + b"\x00")
    refused = desk.get(path(work, SHEET_NAME))
    assert refused.status_code == 409 and "берілмейді" in refused.text
    file.unlink()
    assert desk.get(path(work, SHEET_NAME)).status_code == 409
    file.write_bytes(kept)
    lies = [work.handed[SHEET_NAME].to_json() | change for change in ({"sha256": "0" * 64}, {"first": 1}, {"first": 7})]
    for lie in lies:
        set_value(hall, {"text": "", "files": [lie]})
        assert desk.get(path(work, SHEET_NAME)).status_code == 409, lie


def test_pieces_on_their_way_and_erased_ones_are_said(work: Recorded, desk: Visitor, hall: Hall) -> None:
    late = (schema.segments.c.stream == "files") & (schema.segments.c.index == 1)
    hall.database.write(lambda c: c.execute(update(schema.segments).where(late).values(held_at=None)))
    page = desk.page("/sessions/sess1/marks")
    assert page.count("әлі толық келген жоқ") == 1 and f'href="{path(work, SHEET_NAME)}"' not in page
    work.set_state(erased_at="2026-12-20T04:00:00.000Z")
    assert desk.page("/sessions/sess1/marks").count("жазбамен бірге өшірілген") == 3
    assert desk.get(path(work, PICTURE_NAME)).status_code == 410


def test_without_the_seats_key_it_is_said(work: Recorded, desk: Visitor, hall: Hall) -> None:
    hall.folder.seat_identity(work.seat).unlink()
    refused = desk.get(path(work, PICTURE_NAME))
    assert refused.status_code == 409 and "кілт" in refused.text
