"""What the board shows of recordings: windows found by their words, newest pictures. All in memory, all noted."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from review_hall import Hall
from review_site import Visitor, open_all, visit
from sqlalchemy import insert, select, update

from server import schema
from server.clock import iso
from server.review.seen_texts import MOST_TEXTS, SeenTexts

TITLE = "Шпаргалка \u202etxt.exe - Блокнот"


def view_of(page: str) -> str:
    return re.search(r'data-view="([\w-]+)"', page)[1]


def look(visitor: Visitor, words: str, page: str | None = None) -> dict[str, Any]:
    page = page or visitor.page("/exams/algebra")
    answer = visitor.post("/exams/algebra/search", page, q=words, view=view_of(page))
    assert answer.status_code == 200, answer.text
    return answer.json()


def audit_of(hall: Hall, action: str) -> list[tuple[str, str]]:
    query = select(schema.audit.c.who, schema.audit.c.object).where(schema.audit.c.action == action)
    return [tuple(row) for row in hall.database.read(lambda c: c.execute(query).all())]


@pytest.fixture
def board(hall: Hall, visitor: Visitor) -> Visitor:
    """One running session with a window of its own in front, another that has ended; both opened."""
    hall.student("s2", "Ұлан")
    hall.record(running=True, hostile=TITLE)
    hall.record("sess2", "s2")
    open_all(visitor.site)
    return visitor.as_person("proctor")


def test_a_window_is_found_by_a_part_of_its_title(board: Visitor) -> None:
    found = look(board, "шпаргалка")
    assert [row["id"] for row in found["rows"]] == ["sess1"] and found["unread"] == 0
    said = found["rows"][0]["said"]
    assert "Блокнот" in said and "09:00:02" in said
    assert "\u202e" not in said, "a title cannot turn the line around"
    assert {row["id"] for row in look(board, "SENIM")["rows"]} == {"sess1", "sess2"}, "the program's name"
    assert look(board, "жоқ нәрсе")["rows"] == []


def test_after_a_restart_it_says_what_it_has_not_read_and_reads_it(hall: Hall, board: Visitor) -> None:
    with visit(hall) as again:
        again.as_person("proctor")
        before = look(again, "Блокнот")
        assert (before["rows"], before["unread"]) == ([], 2)
        assert "2" in before["said"]
        open_all(again.site)
        after = look(again, "Блокнот")
        assert ([row["id"] for row in after["rows"]], after["unread"]) == (["sess1"], 0)


def test_titles_lie_in_clear_nowhere(hall: Hall, board: Visitor) -> None:
    assert look(board, "Блокнот")["rows"]
    hall.database.write(lambda c: c.exec_driver_sql("SELECT 1"))
    for file in Path(hall.folder.root).rglob("*"):
        if file.is_file():
            assert "Блокнот".encode() not in file.read_bytes(), file


def test_events_are_found_by_the_readers_words(hall: Hall, board: Visitor) -> None:
    line = {
        "session": "sess2",
        "n": 9,
        "type": "event",
        "at_ms": 8000,
        "name": "network-lost",
        "offset": 0,
        "length": 1,
    }
    hall.database.write(
        lambda c: c.execute(insert(schema.ledger_lines).values(**line, arrived_at=iso(hall.clock.now())))
    )
    board.post("/language", board.page("/"), language="en", next="/")
    assert [row["id"] for row in look(board, "Network LOST")["rows"]] == ["sess2"]
    sideways = look(board, "looks to the side")
    assert {row["id"] for row in sideways["rows"]} == {"sess1", "sess2"}, "a rule of the watching"
    assert all("{" not in row["said"] for row in sideways["rows"])


def test_a_search_is_noted_once_and_the_student_sees_it(hall: Hall, board: Visitor) -> None:
    page = board.page("/exams/algebra")
    for _ in range(2):
        look(board, "Блокнот", page)
    look(board, "басқа", page)
    assert audit_of(hall, "searched") == [("proctor", "exam/algebra")] * 2
    assert "іздеді" in board.as_person("s1").page("/my/sess1")


def test_only_who_may_watch_searches_and_only_on_an_own_board(board: Visitor) -> None:
    page = board.page("/exams/algebra")
    assert board.post("/exams/algebra/search", page, q="x", view="other").status_code == 409
    assert board.post("/exams/algebra/search", page, q=" ", view=view_of(page)).status_code == 400
    for login in ("teacher", "keeper"):
        page = board.as_person(login).page("/exams/algebra")
        assert "data-view" not in page
        assert board.post("/exams/algebra/search", page, q="x", view="").status_code == 403


def test_an_erased_recording_is_found_no_more(hall: Hall, board: Visitor) -> None:
    erased = update(schema.sessions).where(schema.sessions.c.id == "sess1").values(erased_at=iso(hall.clock.now()))
    hall.database.write(lambda c: c.execute(erased))
    board.site.opener.work()
    assert board.site.seen_texts.search("Блокнот", ["sess1"]) == {}
    assert board.site.newest.get("sess1") == {}


def test_a_title_that_changes_all_the_time_fills_no_memory(board: Visitor) -> None:
    texts: SeenTexts = board.site.seen_texts
    recording = board.site.recordings.get("sess1")
    texts.take(recording, "sess1", 5, [{"t": n, "title": f"терезе {n} " + "ұ" * 5000} for n in range(3 * MOST_TEXTS)])
    assert len(texts._kept["sess1"].found) == MOST_TEXTS
    assert texts.search(f"терезе {3 * MOST_TEXTS - 1} ", ["sess1"]) == {}


def pictures(visitor: Visitor, page: str, *asked: str) -> list[dict[str, Any]]:
    answer = visitor.client.get("/exams/algebra/pictures", params={"view": view_of(page), "s": list(asked)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_newest_picture_of_a_running_session(hall: Hall, board: Visitor) -> None:
    page = board.page("/exams/algebra")
    (entry,) = pictures(board, page, "sess1", "sess2", "none")
    assert entry["id"] == "sess1", "what has ended is no live picture"
    assert "1:49" in entry["said"], "the last one is of second 11, and two minutes have gone by"
    (shown,) = entry["pictures"]
    assert "Іңкәр" in shown["word"]
    looked = select(schema.sessions.c.id, schema.sessions.c.looked_at)
    told = dict(hall.database.read(lambda connection: [tuple(row) for row in connection.execute(looked)]))
    assert told == {"sess1": iso(hall.clock.now()), "sess2": None}, "the program that is looked at hears of it"
    for _ in range(2):
        answer = board.get(shown["address"])
        assert answer.content[8:12] == b"WEBP" and "no-store" in answer.headers["cache-control"]
    assert audit_of(hall, "watched-live") == [("proctor", "session/sess1")]
    assert "соңғы сурет" in board.as_person("s1").page("/my/sess1")


def test_who_may_not_watch_gets_no_live_picture(board: Visitor) -> None:
    address = "/exams/algebra/pictures/sess1/screen-1"
    page = board.page("/exams/algebra")
    for login in ("teacher", "keeper"):
        assert board.as_person(login).get(f"{address}?view={view_of(page)}").status_code == 403
    assert board.as_person("proctor2").get(f"{address}?view={view_of(page)}").status_code == 409, "another's board"
    page = board.page("/exams/algebra")
    assert board.get(f"/exams/algebra/pictures/sess2/screen-1?view={view_of(page)}").status_code == 404


def test_an_institution_can_switch_live_pictures_off(hall: Hall, board: Visitor) -> None:
    hall.settings = dataclasses.replace(hall.settings, live_pictures=False)
    with visit(hall) as again:
        page = again.as_person("proctor").page("/exams/algebra")
        assert 'id="pictures"' not in page
        asked = {"view": view_of(page), "s": "sess1"}
        assert again.client.get("/exams/algebra/pictures", params=asked).status_code == 403
