"""What a person does in a running exam: a pause, a call to the camera, an end. Each is told to the student, with its
reason, in the student's language, and stands in the audit chain."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit, breaks
from server.clock import parse
from server.review.access import Denied, needs
from server.review.actions import back, subject_of
from server.review.board import title_of
from server.review.messages import MAX_MINUTES, Message, in_all, note, open_session
from server.review.reasons import Reason, read_reason
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import seats, sessions

# What a deed changes: it gets the session's row, the time now and the reason, and returns what the student is told.
# Raises ``Denied`` where it makes no sense.
Change = Callable[[Site, Connection, Mapping[str, Any], str, Reason], Message]


@needs(May.MESSAGE)
async def pause(request: Request) -> Response:
    """Asks the student to wait. Recording goes on; the minutes are given back when the exam continues."""
    return await _deed(request, "paused", _pause, await read_reason(request, "pause"))


@needs(May.MESSAGE)
async def go_on(request: Request) -> Response:
    return await _deed(request, "continued", _go_on, Reason({}))


@needs(May.MESSAGE)
async def to_camera(request: Request) -> Response:
    """Asks the student to come before the camera; a reason may be added."""
    return await _deed(request, "called-to-camera", _to_camera, await read_reason(request, "camera", needed=False))


@needs(May.MESSAGE)
async def end(request: Request) -> Response:
    """The student's time is over from now on: what is there is handed in."""
    return await _deed(request, "ended", _end, await read_reason(request, "end"))


@needs(May.MESSAGE)
async def pause_all(request: Request) -> Response:
    """Everybody who sits this exam and is not paused yet."""
    return await _deed_for_all(request, "paused", _pause, await read_reason(request, "pause"), paused=False)


@needs(May.MESSAGE)
async def go_on_all(request: Request) -> Response:
    return await _deed_for_all(request, "continued", _go_on, Reason({}), paused=True)


async def _deed(request: Request, action: str, change: Change, reason: Reason) -> Response:
    session, site, who = request.path_params["session"], site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        row = open_session(connection, session)
        _do(site, connection, row, action, change, reason=reason, who=who)

    await site.database.write_async(work)
    return back(session, "messages")


async def _deed_for_all(request: Request, action: str, change: Change, reason: Reason, *, paused: bool) -> Response:
    """For the open sessions of an exam that are ``paused`` or not; one transaction, one entry for each."""
    exam, site, who = request.path_params["exam"], site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        title_of(connection, exam)
        standing = sessions.c.paused_at.is_not(None) if paused else sessions.c.paused_at.is_(None)
        query = select(sessions).where(sessions.c.exam == exam, sessions.c.state == "open", standing)
        for row in connection.execute(query).mappings().all():
            _do(site, connection, dict(row), action, change, reason=reason, who=who)

    await site.database.write_async(work)
    return RedirectResponse(f"/exams/{exam}?done=messages", status_code=303)


def _do(
    site: Site, connection: Connection, row: Mapping[str, Any], action: str, change: Change, *, reason: Reason, who: str
) -> None:
    """The change itself, what the student is told of it, and its entry."""
    now, subject = site.now(), subject_of(row["id"])
    message = change(site, connection, row, now, reason)
    note(connection, message, exam=row["exam"], session=row["id"], who=who, now=now)
    audit.append(connection, at=now, who=who, action=action, subject=subject, details=reason.entry())


def _pause(site: Site, connection: Connection, row: Mapping[str, Any], now: str, reason: Reason) -> Message:
    if row["paused_at"]:
        raise Denied(409, "denied.paused")
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=now))
    return Message("warning", reason.in_sentence(site, "student.pause"))


def _go_on(site: Site, connection: Connection, row: Mapping[str, Any], now: str, _reason: Reason) -> Message:
    if not row["paused_at"]:
        raise Denied(409, "denied.not_paused")
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=None))
    given = breaks.shared_minutes(breaks.of_session(connection, row["id"]), row["paused_at"], now)
    minutes = math.ceil(round((parse(now) - parse(row["paused_at"])).total_seconds() / 60 - given, 6))
    if given and minutes < 1:  # all of it was a break whose clock stood still: it gives the time back
        return Message("info", in_all(site, "student.continue"))
    return Message("time_added", in_all(site, "student.continue"), min(max(minutes, 1), MAX_MINUTES))


def _to_camera(site: Site, _connection: Connection, _row: Mapping[str, Any], _now: str, reason: Reason) -> Message:
    given = reason.in_sentence(site, "student.camera_reason") if reason.texts else in_all(site, "student.camera")
    return Message("camera", given)


def _end(site: Site, connection: Connection, row: Mapping[str, Any], now: str, reason: Reason) -> Message:
    connection.execute(
        update(seats).where(seats.c.id == row["seat"], seats.c.stopped_at.is_(None)).values(stopped_at=now)
    )
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=None))
    return Message("warning", reason.in_sentence(site, "student.end"))
