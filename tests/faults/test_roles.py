"""Who may reach what: every route x every role x somebody else's object. A route without a row here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from exam_hall import PASSWORD, HandClock, Server
from review_hall import Hall
from review_site import Visitor, visit
from sitting import Sitting, code_of

from server import accounts
from server.admin import people
from server.ingest.routes import CALLS
from server.review import public
from server.review.routes import ROUTES

# What each call is about: nothing of anybody's, the caller's own things, one seat, one session.
ABOUT = {
    "readiness": "caller", "release": "nobody",
    "sign_in": "nobody", "time": "nobody", "sign_out": "caller", "uplink_probe_size": "caller",
    "uplink_probe": "caller", "exams": "caller", "open_session": "seat", "ledger": "session",
    "ledger_lines": "session", "segment": "session", "missing": "session", "paper": "session", "answer": "session",
    "answers": "session", "break": "session", "notice_read": "session", "status": "session", "hand_in": "session",
}  # fmt: skip
STAFF = ("invigilator", "commission", "teacher", "administrator")
ROLES = ["nobody", "garbage", "foreign", *STAFF]


@pytest.fixture(scope="module")
def running(own_institution: Path) -> Iterator[Server]:
    server = Server(own_institution, HandClock())
    with server.console() as console:
        for role in STAFF:
            people.add_user(console, role, role, role, PASSWORD)
        table = own_institution.parent / "more.csv"
        table.write_text(f"login,name,number,language,password\nforeign,F,1002,kk,{PASSWORD}\n", "utf-8")
        people.import_students(console, table, lambda _content: pytest.fail("no pictures here"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def tokens(running: Server) -> dict[str, str]:
    """A token of each role. Staff get one of the client's kind behind the back of the sign-in, which refuses them."""
    found = {"nobody": "", "garbage": "sn_" + "a" * 43}
    for login in ("foreign", *STAFF):
        answer = running.client.post("/api/v1/sign-in", json={"login": login, "password": PASSWORD})
        assert (answer.status_code == 200) == (login == "foreign")
        user = running.services.database.read(lambda connection, login=login: accounts.find_user(connection, login))
        assert user is not None
        found[login] = running.services.database.write(
            lambda connection, user=user: accounts.issue_token(
                connection, user=user["id"], kind=accounts.CLIENT, now=running.services.now(), hours=1
            )
        )
    return found


def test_every_route_has_a_row() -> None:
    assert {call.name for call in CALLS} == set(ABOUT)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(name for name, about in ABOUT.items() if about != "nobody"))
def test_nothing_of_another_s(name: str, role: str, running: Server, sitting: Sitting, tokens: dict[str, str]) -> None:
    call = next(call for call in CALLS if call.name == name)
    path = call.path.format(
        session=sitting.session, seat=sitting.seat(), stream="camera", index=0, question="q1", notice="n1"
    )
    folder = running.services.store.path(sitting.session)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    headers = {"Authorization": f"Bearer {tokens[role]}"} if tokens[role] else {}
    answer = running.client.request(call.method, f"/api/v1{path}", headers=headers, json=body_of(name, sitting))
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    if role in ("nobody", "garbage"):
        assert code_of(answer) == "signed_out"
    elif ABOUT[name] == "caller":
        assert answer.status_code < 500
        assert sitting.session not in answer.text and sitting.seat() not in answer.text
    else:
        assert code_of(answer) == "not_yours"
    if name == "sign_out" and role not in ("nobody", "garbage"):
        login = role
        user = running.services.database.read(lambda connection: accounts.find_user(connection, login))
        assert user is not None
        tokens[role] = running.services.database.write(
            lambda connection: accounts.issue_token(
                connection, user=user["id"], kind=accounts.CLIENT, now=running.services.now(), hours=1
            )
        )


def body_of(name: str, sitting: Sitting) -> Any:
    """A body that would be taken from the session's own student."""
    head = sitting.ledger.head.to_json()
    bodies: dict[str, Any] = {
        "open_session": {"session_key": sitting.key.verifying.text, "machine": "m",
                         "client": {"name": "c", "version": "0", "system": "s"},
                         "consent": {"version": "1", "at": "2026-01-31T09:00:00.000Z"}},
        "ledger": {"lines": sitting.ledger.lines},
        "answer": {"revision": 1, "value": "x", "at": 1, "commitment": "0" * 64, "salt": "0" * 64},
        "hand_in": {"head": head, "answers": {}},
        "readiness": {"how": "check", "machine": "m", "version": "0", "system": "s",
                      "items": [{"item": "disk", "state": "ok", "code": "disk_ok", "values": {}}]},
    }  # fmt: skip
    return bodies.get(name, {})


# -- the review site: what is not named here opens to nobody who did not sign in, and to no student -----------------

OPEN = {
    "/", "/sign-in", "/sign-out", "/language", "/health",
    "/static/fonts/{name}", "/static/{name:path}", "/static/at/{version}/{name:path}",
}  # fmt: skip
PUBLIC = OPEN | {route.path for route in public.ROUTES}
ROUTES = [
    (route.path, method)
    for route in ROUTES
    for method in sorted((route.methods or set()) - {"HEAD"})
    if route.path not in PUBLIC
]
MAY_BE_LISTS = {"/my"}  # a student's own list, empty for one who sat nothing
VALUES = {"session": "sess1", "exam": "algebra", "flag": "f1", "question": "q1", "stream": "camera", "finding": "f1",
          "name": "x", "request": "1", "file": "0" * 16}  # fmt: skip


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Visitor]]:
    """Nobody, and a student who has nothing to do with the session that is there."""
    hall = Hall.make(tmp_path_factory.mktemp("review") / "data")
    hall.record()
    hall.student("s2", "Біреу")
    with visit(hall) as nobody, httpx.Client(base_url=nobody.client.base_url) as client:
        student = Visitor(client, nobody.site)
        assert student.sign_in("s2").status_code == 303
        yield {"nobody": nobody, "student": student}


@pytest.mark.parametrize("who", ["nobody", "student"])
@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_the_site_is_closed(path: str, method: str, who: str, visitors: dict[str, Visitor]) -> None:
    numbers = re.sub(r"{\w+:int}", "0", path)
    wanted = numbers.format(**VALUES)
    answer = visitors[who].client.request(method, wanted, headers={"accept": "text/html"}, follow_redirects=False)
    if who == "student" and path in MAY_BE_LISTS:
        assert answer.status_code == 200 and "sess1" not in answer.text
    elif answer.status_code == 303:
        assert who == "nobody" and answer.headers["location"].startswith("/sign-in")
    else:
        assert answer.status_code in (401, 403, 404), (answer.status_code, answer.text[:200])
        assert "Іңкәр" not in answer.text, "the name of another student"
