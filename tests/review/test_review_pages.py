"""Pages, roles and deeds, over HTTP."""

from __future__ import annotations

import html
import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile

import pytest
from review_hall import Hall
from review_site import HTML, Visitor, open_all
from sqlalchemy import select

from server import audit, schema
from server.review import watermark


def listed(hall: Hall, table) -> list[dict]:
    return hall.database.read(lambda c: [dict(row) for row in c.execute(select(table)).mappings()])


def actions(hall: Hall) -> list[tuple[str, str, str]]:
    return [(row["who"], row["action"], row["object"]) for row in listed(hall, schema.audit)]


def test_without_sign_in_there_is_nothing(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    for path in ("/", "/exams/algebra", "/sessions/sess1", "/sessions/sess1/export"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["location"][:13]) == (303, "/sign-in?next")
    for path in (
        "index",
        "track",
        "screen-1/0-1",
        "screen-1/init-0",
        "reference",
        "check-in/0",
        "thumbs/screen-1/2000",
    ):
        assert visitor.media("sess1", path, "x").status_code == 401
    assert visitor.client.post("/sessions/sess1/verdict", data={}).status_code == 401


def test_wrong_password_and_unknown_login_look_the_same(hall: Hall, visitor: Visitor) -> None:
    wrong, unknown = visitor.sign_in(password="nope"), visitor.sign_in(login="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.count('role="alert"') == unknown.text.count('role="alert"') == 1


def test_guessing_is_slowed_down(hall: Hall, visitor: Visitor) -> None:
    answers = [visitor.sign_in(password=f"guess {n}").status_code for n in range(hall.settings.sign_in_tries + 1)]
    assert answers[-1] == 429
    assert visitor.sign_in().status_code == 429


def test_the_cookie_is_closed_to_scripts_and_other_sites(hall: Hall, visitor: Visitor) -> None:
    cookie = visitor.sign_in().headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_signing_out_ends_the_token(opened: Visitor) -> None:
    kept = opened.client.cookies.get("senim_review")
    assert opened.post("/sign-out", opened.page("/")).status_code == 303
    opened.client.cookies.set("senim_review", kept)
    assert opened.get("/").status_code == 303


@pytest.mark.parametrize("path", ["/sessions/sess1/verdict", "/sessions/sess1/messages", "/sign-out", "/language"])
def test_a_form_without_its_token_changes_nothing(hall: Hall, opened: Visitor, path: str) -> None:
    fields = {"outcome": "violation", "reason": "x", "kind": "info", "text_kk": "x", "language": "ru"}
    for token in ({}, {"form_token": "0" * 64}):
        assert opened.client.post(path, data=fields | token, headers=HTML).status_code == 403
    assert listed(hall, schema.verdicts) == listed(hall, schema.notices) == []


def test_the_way_back_after_sign_in_stays_on_this_site(hall: Hall, visitor: Visitor) -> None:
    for path in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        page = visitor.page("/sign-in")
        answer = visitor.post("/sign-in", page, login="proctor", password="емтихан-2026", next=path)
        assert answer.headers["location"] == "/"
        visitor.client.cookies.clear()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_in_every_language(opened: Visitor, language: str) -> None:
    opened.post("/language", opened.page("/"), language=language, next="/")
    for path in ("/", "/exams/algebra", "/sessions/sess1"):
        page = opened.page(path)
        assert f'<html lang="{language}">' in page
        assert "Іңкәр Һәкімжанова" in page or path == "/"


def test_strict_headers_on_every_answer(opened: Visitor) -> None:
    for path in ("/", "/sign-in", "/nothing", "/static/site.css", "/sessions/sess1"):
        answer = opened.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert ("no-store" in answer.headers["cache-control"]) == (path != "/static/site.css")


def test_no_page_holds_script_or_style_of_its_own(opened: Visitor) -> None:
    for path in ("/", "/exams/algebra", "/sessions/sess1"):
        page = opened.page(path)
        assert "style=" not in page and "<style" not in page and " onclick" not in page
        scripts = [part.split(">", 1)[0] for part in page.split("<script")[1:]]
        assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)


def test_static_files_and_fonts_are_ours_alone(visitor: Visitor) -> None:
    assert visitor.get("/static/player/video.js").headers["content-type"].startswith("text/javascript")
    assert visitor.get("/static/fonts/inter-cyrillic-ext-wght-normal.woff2").status_code == 200
    for path in (
        "/static/..%2Fapp.py",
        "/static/player/../../app.py",
        "/static/fonts/..%2F..%2Fpackage.json",
        "/static/x.js",
    ):
        assert visitor.get(path).status_code == 404


def test_scripts_are_kept_until_the_site_starts_again(opened: Visitor) -> None:
    page = opened.page("/sessions/sess1")
    named = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:js|css)[^"]*)"', page)
    assert any("/session.js" in path for path in named) and len(named) > 10
    for path in named:
        answer = opened.get(path)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"], path
    for older in ("/static/at/1/session.js", "/static/site.css?1", "/static/session.js"):
        assert opened.get(older).headers["cache-control"] == "no-cache"
    assert opened.get("/static/at/1/..%2Fsite.py").status_code == 404


def test_hostile_text_is_only_text(hall: Hall, visitor: Visitor) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
    hall.student("s9", hostile)
    hall.record("sess9", "s9", hostile=hostile)
    open_all(visitor.site)
    visitor.sign_in()
    for path in ("/exams/algebra", "/exams/algebra/rows", "/sessions/sess9"):
        page = visitor.page(path)
        assert "<script>alert" not in page and "<img src=x" not in page
        assert html.escape("<script>alert(1)</script>") in page
    index = visitor.media("sess9", "track", visitor.view("sess9"))
    assert index.headers["content-type"] == "application/json"


def test_the_session_page_tells_what_is_known(opened: Visitor) -> None:
    opened.post("/language", opened.page("/"), language="en", next="/")
    page = opened.page("/sessions/sess1")
    for words in (
        "The signed record is whole", "simulated", "distance 0.41", "кері матрица жоқ", "2 versions", "not answered",
        "Looks to the side", "You decide",
    ):  # fmt: skip
        assert words in page, words
    assert page.count("data-coverage=") == 3


def test_a_verdict_needs_a_reason_and_a_word_of_the_list(hall: Hall, opened: Visitor) -> None:
    page = opened.page("/sessions/sess1")
    for fields in ({"outcome": "violation", "reason": "  "}, {"outcome": "guilty", "reason": "x"}, {"reason": "x"}):
        assert opened.post("/sessions/sess1/verdict", page, **fields).status_code == 400
    assert listed(hall, schema.verdicts) == []
    assert opened.post("/sessions/sess1/verdict", page, outcome="no_violation", reason="Бәрі дұрыс").status_code == 303
    assert [row["outcome"] for row in listed(hall, schema.verdicts)] == ["no_violation"]
    assert "Бәрі дұрыс" in opened.page("/sessions/sess1")


def test_flags_are_decided_with_a_reason(hall: Hall, opened: Visitor) -> None:
    page, flag = opened.page("/sessions/sess1"), listed(hall, schema.flags)[0]["id"]
    path = f"/sessions/sess1/flags/{flag}"
    assert opened.post(path, page, state="confirmed", reason="").status_code == 400
    assert opened.post(path, page, state="dismissed", reason="Терезеге қарады").status_code == 303
    assert opened.post("/sessions/sess1/flags/unknown", page, state="confirmed", reason="x").status_code == 404
    row = next(row for row in listed(hall, schema.flags) if row["id"] == flag)
    assert (row["state"], row["decided_by"]) == ("dismissed", "proctor")


def test_the_watermark_of_small_pictures_names_who_looks_and_when(hall: Hall, opened: Visitor) -> None:
    answer = opened.get("/watermark.svg")
    assert answer.headers["content-type"] == "image/svg+xml" and "no-store" in answer.headers["cache-control"]
    assert answer.text.count("proctor · 2026-11-20 09:02") == 6 and ET.fromstring(answer.text) is not None
    for login in ("teacher", "keeper", "s1"):
        assert opened.as_person(login).get("/watermark.svg").status_code == 403
    hostile = ET.fromstring(watermark.drawn("<b>&\u202e'\x00" + "Ұ" * 500))
    assert {entry.text for entry in hostile.iter() if entry.tag.endswith("text")} == {"<b>&'" + "Ұ" * 73}


def test_messages_and_minutes_reach_only_running_sessions(hall: Hall, opened: Visitor) -> None:
    page = opened.page("/sessions/sess1")
    assert opened.post("/sessions/sess1/messages", page, kind="info", text_kk="Сәлем").status_code == 409
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2", running=True)
    for fields in (
        {"kind": "time_added", "text_kk": "x", "minutes": "0"},
        {"kind": "time_added", "text_kk": "x", "minutes": "999"},
        {"kind": "info", "text_kk": ""},
        {"kind": "order", "text_kk": "x"},
    ):
        assert opened.post("/sessions/sess2/messages", page, **fields).status_code == 400
    assert (
        opened.post("/sessions/sess2/messages", page, kind="time_added", text_kk="Желі үзілді", minutes="5").status_code
        == 303
    )
    (row,) = listed(hall, schema.notices)
    assert (row["session"], row["kind"], row["minutes"], row["sent_by"]) == ("sess2", "time_added", 5, "proctor")


def test_a_teacher_reads_answers_and_sees_no_pictures(hall: Hall, opened: Visitor) -> None:
    view = opened.view("sess1")
    opened.post("/sign-out", opened.page("/"))
    opened.sign_in("teacher")
    page = opened.page("/sessions/sess1")
    assert "кері матрица жоқ" in page and "<canvas" not in page and "/media/" not in page
    for path in ("index", "reference", "check-in/0", "screen-1/0-1"):
        assert opened.media("sess1", path, view).status_code == 403
    assert opened.post("/sessions/sess1/verdict", page, outcome="violation", reason="x").status_code == 403
    assert opened.get("/sessions/sess1/export").status_code == 403
    assert ("teacher", "read-answers", "session/sess1") in actions(hall)


def test_the_commission_judges_but_does_not_message(hall: Hall, visitor: Visitor) -> None:
    hall.record(running=True)
    visitor.sign_in("commission")
    page = visitor.page("/sessions/sess1")
    assert visitor.post("/sessions/sess1/messages", page, kind="info", text_kk="x").status_code == 403
    assert visitor.post("/sessions/sess1/verdict", page, outcome="technical_failure", reason="x").status_code == 303


def test_each_view_is_noted_once_and_shown(hall: Hall, opened: Visitor) -> None:
    view = opened.view("sess1")
    for path in ("index", "screen-1/0-1", "camera/0-2", "index"):
        assert opened.media("sess1", path, view).status_code == 200
    watched = [entry for entry in actions(hall) if entry[1] == "watched"]
    assert watched == [("proctor", "watched", "session/sess1")]
    assert "proctor" in opened.page("/sessions/sess1").split('id="watched"')[1]
    assert hall.database.read(audit.check) is None


def test_media_needs_a_view_of_this_session_by_this_person(hall: Hall, opened: Visitor) -> None:
    hall.student("s2", "Ұлан")
    hall.record("sess2", "s2")
    view = opened.view("sess1")
    assert opened.media("sess2", "index", view).status_code == 409
    assert opened.media("sess1", "index", "").status_code == 409
    opened.post("/sign-out", opened.page("/"))
    opened.sign_in("commission")
    assert opened.media("sess1", "index", view).status_code == 409


def test_media_is_framed_and_never_stored(opened: Visitor) -> None:
    view = opened.view("sess1")
    answer = opened.media("sess1", "camera/1-2", view)
    assert answer.headers["cache-control"] == "private, no-store"
    body, numbers = answer.content, []
    while body:
        number, length = struct.unpack(">II", body[:8])
        assert body[12:16] == b"moof"
        numbers.append(number)
        body = body[8 + length :]
    assert numbers == [1, 2]
    assert opened.media("sess1", "camera/init-0", view).content[4:8] == b"ftyp"
    for path in (
        "camera/5-4",
        "camera/0-4000",
        "camera/init-7",
        "track/0-0",
        "nothing/0-1",
        "thumbs/screen-1/1",
        "check-in/9",
    ):
        assert opened.media("sess1", path, view).status_code in (404, 416), path


def test_pictures_are_opened_for_the_page_alone(opened: Visitor) -> None:
    view = opened.view("sess1")
    for path, kind in (
        ("reference", "image/jpeg"),
        ("check-in/0", "image/jpeg"),
        ("thumbs/screen-1/2000", "image/webp"),
    ):
        answer = opened.media("sess1", path, view)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert "no-store" in answer.headers["cache-control"]


def test_nothing_in_clear_is_written_to_disk(hall: Hall, opened: Visitor) -> None:
    view = opened.view("sess1")
    opened.media("sess1", "screen-1/0-4", view)
    opened.media("sess1", "reference", view)
    assert opened.media("sess1", "thumbs/screen-1/2000", view).content[8:12] == b"WEBP"
    for file in hall.folder.root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(sign in data for sign in (b"moof", b"JFIF", b"WEBP")), file


def test_the_export_is_a_bundle_that_stays_sealed(hall: Hall, opened: Visitor) -> None:
    opened.allow_export("sess1")
    answer = opened.get("/sessions/sess1/export")
    assert answer.headers["content-type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.endswith("ledger.txt") for name in names)
    assert not any("identity" in name for name in names)
    assert ("proctor", "exported", "session/sess1") in actions(hall)


def test_a_running_session_is_on_the_board(hall: Hall, visitor: Visitor) -> None:
    hall.record(running=True)
    open_all(visitor.site)
    visitor.sign_in()
    rows = visitor.page("/exams/algebra/rows")
    assert 'data-session="sess1" data-state="running"' in rows
    answer = visitor.client.get("/sessions/sess1/live").json()
    assert answer["state"] == "running"


@pytest.mark.parametrize("path", ["/sessions/none", "/exams/none", "/nothing", "/sessions/..%2F..%2Fetc"])
def test_unknown_addresses_say_so(opened: Visitor, path: str) -> None:
    answer = opened.get(path)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
