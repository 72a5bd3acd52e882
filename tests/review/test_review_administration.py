"""The administrator's pages: what stands on them, in three languages, and who may see them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from recorded_session import START
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import insert, update

from evidence import age
from server import schema
from server.admin import key_holders
from server.admin.key_holders import Holder
from server.clock import iso
from server.review.menu import ADMIN_PAGES

OWN = [address for _, address, _ in ADMIN_PAGES if address != "/readiness"]  # which others see too


@pytest.fixture
def office(hall: Hall, visitor: Visitor) -> Visitor:
    """One decided session past its time and one held, an upcoming window."""
    hall.student("s2", "Ұлан Бекеұлы")
    hall.record()
    hall.record("sess2", "s2")
    (hall.folder.seats / "seat-spare").mkdir()
    hall.folder.seat_identity("seat-spare").write_bytes(b"sealed")
    hold = {"id": "h1", "session": "sess2", "reason": "Апелляция № 7", "set_by": "console", "set_at": iso(START)}
    hall.database.write(lambda c: c.execute(insert(schema.holds).values(**hold)))
    holders = [
        Holder("review", "review", hall.review.recipient, iso(START)),
        Holder("escrow", "escrow", age.generate_identity("x25519").recipient, ""),
    ]
    key_holders.write(hall.folder, holders)
    return visitor.as_person("keeper")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_in_every_language(office: Visitor, language: str) -> None:
    office.post("/language", office.page("/"), language=language, next="/")
    for address in (*OWN, "/readiness"):
        page = office.page(address)
        assert f'<html lang="{language}">' in page and re.search(
            rf'href="{address}" id="[a-z-]+" aria-current="page"', page
        ), address
        assert all(other in page for other in OWN), "the menu leads to every page"


def test_they_are_the_administrators(office: Visitor) -> None:
    for login in ("proctor", "commission", "teacher", "s1"):
        office.as_person(login)
        for address in OWN:
            assert office.get(address).status_code == 403, (login, address)
        assert office.get("/").status_code == 303 or "/administration/" not in office.page("/")


def test_students_are_found(office: Visitor) -> None:
    page = office.page("/administration/students")
    assert "Ұлан Бекеұлы" in page and "2026-s1" in page and "import-students" in page
    page = office.page("/administration/students?q=Ұлан")
    assert "Ұлан Бекеұлы" in page and "2026-s1" not in page
    assert "2026-s1" not in office.page("/administration/students?q=%25"), "a sign of the database is only a sign"


def test_the_schedule_has_each_window(hall: Hall, office: Visitor) -> None:
    later = {
        "opens_at": iso(hall.clock.now() + timedelta(days=1)),
        "closes_at": iso(hall.clock.now() + timedelta(days=2)),
    }
    moved = update(schema.seats).where(schema.seats.c.student == "s2").values(**later, extra_minutes=15)
    hall.database.write(lambda c: c.execute(moved))
    page = office.page("/administration/schedule")
    assert "алда" in page and "1 адамға қосымша уақыт" in page and page.count("<tbody>") == 1
    assert page.count('<th scope="row" class="tabular">') == 2


def test_retention_says_what_holds_a_recording_back(hall: Hall, office: Visitor) -> None:
    page = office.page("/administration/retention")
    assert "Апелляция № 7" in page and "шешім әлі жоқ" not in page
    hall.clock.moment += timedelta(days=60)
    page = office.as_person("keeper").page("/administration/retention")
    assert "шешім әлі жоқ" in page and "retention EXAM" in page


def test_keys_show_who_can_open_and_what_is_missing(hall: Hall, office: Visitor) -> None:
    page = office.page("/administration/keys")
    assert key_holders.fingerprint(hall.review.recipient) in page and "keys add-review" in page
    assert "seat_key_copy" in page and "keys restore" not in page
    hall.folder.seat_identity("seat-s1").unlink()
    assert "keys restore" in office.page("/administration/keys")
    hall.folder.recipients.write_text("not a key\n")
    assert "keys/recipients.txt" in office.page("/administration/keys")


def test_storage_counts_what_is_held_and_what_will_come(hall: Hall, office: Visitor) -> None:
    hall.student("s3", "Қайрат")
    seat = {
        "id": "seat-s3", "exam": "algebra", "student": "s3", "opens_at": iso(hall.clock.now()), "minutes": 180,
        "closes_at": iso(hall.clock.now() + timedelta(hours=4)), "streams": ["screen-1"], "kept_days": 30,
        "created_at": iso(START),
    }  # fmt: skip
    hall.database.write(lambda c: c.execute(insert(schema.seats).values(**seat)))
    page = office.page("/administration/storage")
    assert 'id="fits"' in page and '<td class="number">3,0</td>' in page and "forecast EXAM" in page
