"""A session whose recording was erased, and what each role may see."""

from __future__ import annotations

import io
import zipfile

import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import insert, select, update

from server import schema
from server.admin import erasure
from server.admin.console import Console
from server.clock import iso

WORDS = {
    "kk": ("Жазба өшірілді (2026 ж. 20 қараша, 09:02): сақтау мерзімі аяқталған.", "журнал мен түбіртектер – бүтін"),
    "ru": ("Запись удалена 20 ноября 2026 г., 09:02: срок её хранения закончился.", "цело: журнал и квитанции"),
    "en": ("The recording was erased on 20 November 2026, 09:02: its retention had ended.", "is whole: ledger and"),
}


def console_of(hall: Hall) -> Console:
    hall.folder.server_key.write_text(hall.server.text + "\n")
    return Console(hall.settings, hall.database, hall.store, hall.at_rest, hall.clock, "console:ops")


def erase(hall: Hall, session: str = "sess1", reason: str = "") -> None:
    console = console_of(hall)
    if not reason:
        judged = {"id": "v1", "session": session, "outcome": "no_violation", "reason": "Бәрі дұрыс", "by": "proctor"}
        hall.database.write(
            lambda c: c.execute(insert(schema.verdicts).values(**judged, at=hall.clock.now().isoformat()))
        )
        long_ago = update(schema.sessions).values(handed_in_at="2026-01-01T00:00:00.000Z")
        hall.database.write(lambda c: c.execute(long_ago))
    else:
        ended = update(schema.seats).values(closes_at="2026-01-01T00:00:00.000Z")
        hall.database.write(lambda c: c.execute(ended))
    assert erasure.erase(console, erasure.find(console, session), reason)


@pytest.fixture
def erased(hall: Hall, visitor: Visitor) -> Visitor:
    """Opened, watched and judged before; erased because its time was over."""
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    assert visitor.media("sess1", "screen-1/0-1", visitor.view("sess1")).status_code == 200
    erase(hall)
    open_all(visitor.site)
    return visitor


@pytest.mark.parametrize("language", WORDS)
def test_the_page_says_when_and_why_instead_of_a_player(erased: Visitor, language: str) -> None:
    erased.post("/language", erased.page("/"), language=language, next="/")
    erased.page("/sessions/sess1")
    open_all(erased.site)  # looking at it asked for a verification of what is left
    page = erased.page("/sessions/sess1")
    for words in (*WORDS[language], "Бәрі дұрыс", "кері матрица жоқ", "console:ops"):
        assert words in page, words
    for absent in ("<canvas", "/media/", "page-data", "session.js"):
        assert absent not in page, absent
    assert 'class="chip verification-erased"' in page and "chip identity-" not in page
    rows = erased.page("/exams/algebra/rows")
    assert "verification-erased" in rows and "identity-erased" in rows


def test_nothing_of_it_is_given_out_or_kept_in_memory(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    view = visitor.view("sess1")
    for path in ("index", "track", "screen-1/0-1", "screen-1/init-0", "check-in/0", "thumbs/screen-1/2000"):
        assert visitor.media("sess1", path, view).status_code == 200, path
    erase(hall, reason="court order 7")
    for path in (
        "index",
        "track",
        "screen-1/0-1",
        "screen-1/init-0",
        "check-in/0",
        "thumbs/screen-1/2000",
        "reference",
    ):
        answer = visitor.media("sess1", path, view)
        assert (answer.status_code, answer.json()["code"]) == (410, "denied.erased"), path
    site = visitor.site
    assert site.vault._seats and site.contents._kept
    open_all(site)
    assert not site.vault._seats and not site.vault._inits and not site.contents._kept


def test_a_reason_before_the_time_is_shown_as_text(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    visitor.post("/language", visitor.page("/"), language="en", next="/")
    erase(hall, reason="<b>court</b> order 7")
    page = visitor.page("/sessions/sess1")
    assert "by console:ops, before its retention ended" in page and "&lt;b&gt;court&lt;/b&gt; order 7" in page
    assert "its retention had ended" not in page


def test_the_opener_leaves_an_erased_session_alone(hall: Hall, visitor: Visitor) -> None:
    recorded = hall.record()
    open_all(visitor.site)
    before = hall.database.read(lambda c: c.execute(select(schema.sessions.c.coverage_opened)).scalar())
    erase(hall)
    visitor.site.opener.refresh("sess1", recorded.seat)
    open_all(visitor.site)
    row = hall.database.read(lambda c: c.execute(select(schema.sessions)).mappings().one())
    assert (row["coverage_opened"], row["identity"]) == (before, "")
    assert hall.database.read(lambda c: c.execute(select(schema.flags)).all()) == []
    problems = select(schema.segments).where(schema.segments.c.opened_ok.is_(False))
    assert hall.database.read(lambda c: c.execute(problems).all()) == []


def test_the_export_holds_ledger_and_receipts(erased: Visitor) -> None:
    erased.allow_export("sess1")
    names = zipfile.ZipFile(io.BytesIO(erased.get("/sessions/sess1/export").content)).namelist()
    assert sorted(names) == ["ledger.txt", "receipts.txt", "seat-key.txt", "server-key.txt"]


def test_an_export_of_nothing_is_a_page_and_no_defect(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    visitor.allow_export("sess1")
    (hall.store.path("sess1") / "ledger.txt").unlink()
    answer = visitor.get("/sessions/sess1/export")
    assert answer.status_code == 409 and 'role="alert"' in answer.text


# ---- roles: what the consent page promises


def test_an_administrator_sees_the_list_and_no_recording_and_no_answers(hall: Hall, visitor: Visitor) -> None:
    hall.user("admin", "Әкімші", "administrator")
    hall.record()
    open_all(visitor.site)
    visitor.sign_in("admin")
    rows = visitor.page("/exams/algebra")
    assert "Іңкәр Һәкімжанова" in rows and "verification-verified" in rows
    assert "/sessions/sess1" not in rows and "identity-" not in rows
    for path in ("/sessions/sess1", "/sessions/sess1/export", "/sessions/sess1/live"):
        assert visitor.get(path).status_code == 403, path
    assert visitor.media("sess1", "index", "x").status_code == 403


def test_a_teacher_sees_answers_and_nothing_found_in_the_recording(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in("teacher")
    page, rows = visitor.page("/sessions/sess1"), visitor.page("/exams/algebra")
    assert "кері матрица жоқ" in page and "кері матрица жоқ" not in rows
    for absent in ("identity-", 'id="proof"', 'id="flags"', 'id="watched"', 'id="messages"'):
        assert absent not in page, absent
    assert "identity-" not in rows and "chip look" not in rows
    erase(hall)
    after = visitor.page("/sessions/sess1")
    assert "кері матрица жоқ" in after and 'id="erased"' not in after


def test_times_of_the_hall_are_what_the_words_say(hall: Hall) -> None:
    assert iso(hall.clock.now()) == "2026-11-20T04:02:00.000Z"
