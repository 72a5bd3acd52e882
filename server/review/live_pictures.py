"""The newest pictures of running sessions on the board: on demand, never stored, and noted like every watching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, select, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server import audit
from server.clock import iso, parse
from server.review.access import Denied, needs
from server.review.actions import subject_of
from server.review.media import NO_STORE
from server.review.newest import Picture
from server.review.pages import texts_of
from server.review.roles import May
from server.review.site import Site, site_of
from server.review.texts import Texts
from server.schema import sessions, users

TOLD_SECONDS = 10  # the students' programs hear at most so often that a board looks
MOST_AT_ONCE = 60  # rows that fit on a tall screen
SHOWN = ("camera", "screen-1")


@needs(May.WATCH)
async def listed(request: Request) -> Response:
    """[{"id", "said", "pictures": [{"stream", "address", "word"}]}] of those asked for that run."""
    site, exam = site_of(request), request.path_params["exam"]
    view = _view(site, request, exam)
    asked = request.query_params.getlist("s")[:MOST_AT_ONCE]
    found = await site.database.read_async(lambda connection: _running(connection, exam, asked))
    now, t = site.clock.now(), texts_of(request)
    stale = [
        one for one, (_, looked) in found.items() if not looked or (now - parse(looked)).total_seconds() >= TOLD_SECONDS
    ]
    if stale:
        told = update(sessions).where(sessions.c.id.in_(stale)).values(looked_at=iso(now))
        await site.database.write_async(lambda connection: connection.execute(told))
    return JSONResponse([_entry(site, exam, view, one, name, t) for one, (name, _) in found.items()], headers=NO_STORE)


@needs(May.WATCH)
async def show(request: Request) -> Response:
    """One picture. The first one of a session that a board is given is noted in the audit chain."""
    site, exam, session = site_of(request), request.path_params["exam"], request.path_params["session"]
    view, person = _view(site, request, exam), request.state.person
    running = await site.database.read_async(lambda connection: _running(connection, exam, [session]))
    picture = site.newest.get(session).get(request.path_params["stream"]) if running else None
    if picture is None:
        raise Denied(404, "denied.not_found")
    if site.views.first_watch(view, session):
        await site.database.write_async(
            lambda connection: audit.append(
                connection, at=site.now(), who=person.login, action="watched-live", subject=subject_of(session)
            )
        )
    return Response(picture.data, media_type="image/webp", headers=NO_STORE)


def _view(site: Site, request: Request, exam: str) -> str:
    """Raises ``Denied``: 403 where the institution switched them off, 409 for another's or an old board."""
    if not site.settings.live_pictures:
        raise Denied(403, "denied.pictures")
    view = request.query_params.get("view", "")
    if not site.views.belongs(view, request.state.person.id, exam):
        raise Denied(409, "denied.view")
    return view


def _running(connection: Connection, exam: str, asked: list[str]) -> dict[str, tuple[str, str | None]]:
    """Name of the student, and when a board last looked, by session."""
    here = (sessions.c.exam == exam) & sessions.c.id.in_(asked) & (sessions.c.state == "open")
    query = select(sessions.c.id, users.c.name, sessions.c.looked_at).join(users, users.c.id == sessions.c.student)
    return {
        row.id: (row.name, row.looked_at)
        for row in connection.execute(query.where(here, sessions.c.erased_at.is_(None)))
    }


def _entry(site: Site, exam: str, view: str, session: str, name: str, t: Texts) -> dict[str, Any]:
    kept = site.newest.get(session)
    shown = {stream: kept[stream] for stream in SHOWN if stream in kept}
    return {
        "id": session, "said": _age(site, shown, t),
        "pictures": [
            {
                "stream": stream, "word": t(f"board.picture.{stream.partition('-')[0]}", name=name),
                "address": f"/exams/{exam}/pictures/{session}/{stream}?{urlencode({'view': view, 'at': one.at_ms})}",
            }
            for stream, one in shown.items()
        ],
    }  # fmt: skip


def _age(site: Site, shown: Mapping[str, Picture], t: Texts) -> str:
    if not shown:
        return t("board.picture.none")
    made = max(one.made for one in shown.values())
    return t("board.picture.age", time=t.duration(max(0.0, (site.clock.now() - made).total_seconds())))
