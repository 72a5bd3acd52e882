"""What rides on every answer: messages in the student's language or what there is, whether a board looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from exam_hall import Server
from sitting import Sitting, code_of
from sqlalchemy import Connection, insert, update

from server.admin.institution_keys import verifying_key
from server.clock import iso
from server.review.messages import Message, note
from server.schema import notices, sessions, users
from server.settings import DataFolder

ALL = {"kk": "Күтіңіз", "ru": "Подождите", "en": "Wait"}


def tell(server: Server, texts: dict[str, str]) -> None:
    now = iso(server.clock.now())

    def work(connection: Connection) -> None:
        note(connection, Message("info", texts), exam="physics", session=None, who="inv", now=now)

    server.services.database.write(work)


def told(sitting: Sitting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sitting.on("GET", "/status").json()["status"]["notices"]
    return found


@pytest.fixture
def begun(root: Path, sitting: Sitting) -> Sitting:
    sitting.ready_for_paper(verifying_key(DataFolder(root)))
    return sitting


@pytest.mark.parametrize(
    ("reads", "written", "text", "language"),
    [
        ("ru", ALL, "Подождите", "ru"),
        ("kk", {"ru": "Подождите", "en": "Wait"}, "Подождите", "ru"),
        ("en", {"kk": "Күтіңіз"}, "Күтіңіз", "kk"),
    ],
)
def test_a_message_in_the_students_language(
    server: Server, begun: Sitting, reads: str, written: dict[str, str], text: str, language: str
) -> None:
    server.services.database.write(lambda connection: connection.execute(update(users).values(language=reads)))
    tell(server, written)
    (notice,) = told(begun)
    assert (notice["text"], notice["language"], notice["texts"]) == (text, language, written)
    assert begun.on("POST", f"/notices/{notice['id']}/read").status_code == 200
    assert told(begun) == []


def test_a_message_of_before_has_no_language(server: Server, begun: Sitting) -> None:
    row = {"id": "n1", "exam": "physics", "kind": "info", "text": "Сәлем", "sent_by": "inv", "sent_at": "2026"}
    server.services.database.write(lambda connection: connection.execute(insert(notices).values(**row)))
    (notice,) = told(begun)
    assert (notice["text"], notice["language"], notice["texts"]) == ("Сәлем", "", {})
    assert code_of(begun.on("POST", "/notices/n2/read")) == "unknown_notice"


def test_the_program_hears_that_a_board_looks(server: Server, begun: Sitting) -> None:
    def watched() -> bool:
        return bool(begun.on("GET", "/status").json()["status"]["watched"])

    assert not watched()
    looked = update(sessions).where(sessions.c.id == begun.session).values(looked_at=iso(server.clock.now()))
    server.services.database.write(lambda connection: connection.execute(looked))
    assert watched()
    server.clock.move(seconds=31)
    assert not watched(), "nobody asked for half a minute"
