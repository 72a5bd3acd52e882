"""The page of one session, and what changes on it while it is open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server import audit, breaks
from server.review import assets, break_words
from server.review.access import Denied, needs
from server.review.actions import subject_of
from server.review.closing import closed
from server.review.coverage_lines import gap_key
from server.review.lists import state_of, verification_word
from server.review.media import NO_STORE
from server.review.pages import render
from server.review.phrases import PHRASES, REASONS
from server.review.roles import May
from server.review.session_facts import SessionPage, gather
from server.review.site import site_of
from server.schema import flags, sessions


@needs(May.ANSWERS)
async def show(request: Request) -> Response:
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    may_watch = person.may(May.WATCH)
    page = await run_in_threadpool(gather, site, session, person)
    plays = page.timeline is not None
    view = site.views.open(person.id, session) if plays else ""
    if not plays:  # else the first picture of the view is noted
        await site.database.write_async(
            lambda connection: audit.append(
                connection, at=site.now(), who=person.login, action="read-answers", subject=subject_of(session)
            )
        )
    return render(
        request, "session.html", page=page, view=view, gap_key=gap_key, break_lines=break_words.sentences,
        done=request.query_params.get("done", ""),
        phrases=PHRASES, reasons=REASONS, all_texts=site.texts,
        data=_script_data(page, view) if plays else None, may_watch=may_watch, modules=assets.MODULES if plays else (),
        closed=await run_in_threadpool(closed, site.database, site.store, session),
    )  # fmt: skip


@needs(May.WATCH)
async def live(request: Request) -> Response:
    """What changes while the page is open; the page offers to reload when flags or the state changed."""
    site, session = site_of(request), request.path_params["session"]

    def work(connection: Connection) -> dict[str, Any]:
        row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
        if row is None:
            raise Denied(404, "denied.not_found")
        known = connection.execute(select(flags.c.id).where(flags.c.session == session)).scalars().all()
        state = state_of(dict(row))
        held = breaks.current(connection, session)
        return {
            "state": state, "flags": len(known), "verification": verification_word(site, session, state),
            "break": held["state"] if held is not None else "",
        }  # fmt: skip

    return JSONResponse(await site.database.read_async(work), headers=NO_STORE)


def _script_data(page: SessionPage, view: str) -> dict[str, Any]:
    return {
        "session": page.row["id"],
        "view": view,
        "live": page.state in ("running", "preparing", "sending"),
        "state": page.state,
        "break": page.pause["state"] if page.pause is not None else "",
        "flags": [
            {"id": entry["id"], "from": entry["from_ms"] / 1000, "to": entry["to_ms"] / 1000, "state": entry["state"]}
            for entry in page.flags
        ],
        "verification": page.verification,
        "questions": page.places,
    }
