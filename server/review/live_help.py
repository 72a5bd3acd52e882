"""What a person does in a running exam: messages, added time, a pause, a call to the camera, an end. Each is told to
the student, with its reason, in the student's language, and stands in the audit chain."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit, breaks
from server.clock import parse
from server.review.access import Denied, needs
from server.review.actions import back, session_row, subject_of, typed
from server.review.board import title_of
from server.review.roles import May
from server.review.site import Site, site_of
from server.review.texts import Texts
from server.schema import NOTICE_KINDS, notices, seats, sessions, users

MAX_MESSAGE = 1000
MAX_MINUTES = 180


@dataclass(frozen=True)
class Message:
    """``minutes`` only with kind time_added."""

    kind: str
    text: str
    minutes: int = 0


# What a deed changes: it gets the session's row, the time now, the reason and the student's language, and returns what
# the student is told. Raises ``Denied`` where it makes no sense.
Change = Callable[[Connection, Mapping[str, Any], str, str, Texts], Message]


@needs(May.MESSAGE)
async def send_message(request: Request) -> Response:
    """To one student."""
    session, message = request.path_params["session"], read_message(await request.form())
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        row = open_session(connection, session)
        note(connection, message, exam=row["exam"], session=session, who=who, now=site.now())

    await site.database.write_async(work)
    return back(session, "messages")


@needs(May.MESSAGE)
async def send_to_all(request: Request) -> Response:
    """To everybody who sits this exam, now or later."""
    exam, message = request.path_params["exam"], read_message(await request.form())
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        title_of(connection, exam)
        note(connection, message, exam=exam, session=None, who=who, now=site.now())

    await site.database.write_async(work)
    return RedirectResponse(f"/exams/{exam}?done=messages", status_code=303)


@needs(May.MESSAGE)
async def pause(request: Request) -> Response:
    """Asks the student to wait. Recording goes on; the minutes are given back when the exam continues."""
    return await _deed(request, "paused", _pause)


@needs(May.MESSAGE)
async def go_on(request: Request) -> Response:
    return await _deed(request, "continued", _go_on, reason_needed=False)


@needs(May.MESSAGE)
async def to_camera(request: Request) -> Response:
    """Asks the student to come before the camera; a reason may be added."""
    return await _deed(request, "called-to-camera", _to_camera, reason_needed=False)


@needs(May.MESSAGE)
async def end(request: Request) -> Response:
    """The student's time is over from now on: what is there is handed in."""
    return await _deed(request, "ended", _end)


@needs(May.MESSAGE)
async def pause_all(request: Request) -> Response:
    """Everybody who sits this exam and is not paused yet."""
    return await _deed_for_all(request, "paused", _pause, paused=False)


@needs(May.MESSAGE)
async def go_on_all(request: Request) -> Response:
    return await _deed_for_all(request, "continued", _go_on, paused=True)


async def _deed(request: Request, action: str, change: Change, *, reason_needed: bool = True) -> Response:
    session, reason = request.path_params["session"], await _reason(request, reason_needed)
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        row = open_session(connection, session)
        _do(site, connection, row, action, change, reason=reason, who=who, now=site.now())

    await site.database.write_async(work)
    return back(session, "messages")


async def _deed_for_all(request: Request, action: str, change: Change, *, paused: bool) -> Response:
    """For the open sessions of an exam that are ``paused`` or not; one transaction, one entry for each."""
    exam, reason = request.path_params["exam"], await _reason(request, not paused)
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        title_of(connection, exam)
        standing = sessions.c.paused_at.is_not(None) if paused else sessions.c.paused_at.is_(None)
        query = select(sessions).where(sessions.c.exam == exam, sessions.c.state == "open", standing)
        for row in connection.execute(query).mappings().all():
            _do(site, connection, dict(row), action, change, reason=reason, who=who, now=site.now())

    await site.database.write_async(work)
    return RedirectResponse(f"/exams/{exam}?done=messages", status_code=303)


async def _reason(request: Request, needed: bool) -> str:
    reason = typed((await request.form()).get("reason"), MAX_MESSAGE)
    if needed and not reason:
        raise Denied(400, "denied.deed_reason")
    return reason


def _do(
    site: Site, connection: Connection, row: Mapping[str, Any], action: str, change: Change, *, reason: str, who: str,
    now: str,
) -> None:  # fmt: skip
    """The change itself, what the student is told of it, and its entry."""
    message = change(connection, row, now, reason, texts_of_student(site, connection, row["student"]))
    note(connection, message, exam=row["exam"], session=row["id"], who=who, now=now)
    subject = subject_of(row["id"])
    audit.append(connection, at=now, who=who, action=action, subject=subject, details={"reason": reason})


def _pause(connection: Connection, row: Mapping[str, Any], now: str, reason: str, t: Texts) -> Message:
    if row["paused_at"]:
        raise Denied(409, "denied.paused")
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=now))
    return Message("warning", t("student.pause", reason=reason))


def _go_on(connection: Connection, row: Mapping[str, Any], now: str, _reason: str, t: Texts) -> Message:
    if not row["paused_at"]:
        raise Denied(409, "denied.not_paused")
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=None))
    given = breaks.shared_minutes(breaks.of_session(connection, row["id"]), row["paused_at"], now)
    minutes = math.ceil(round((parse(now) - parse(row["paused_at"])).total_seconds() / 60 - given, 6))
    if given and minutes < 1:  # all of it was a break whose clock stood still: it gives the time back
        return Message("info", t("student.continue"))
    return Message("time_added", t("student.continue"), min(max(minutes, 1), MAX_MINUTES))


def _to_camera(_connection: Connection, _row: Mapping[str, Any], _now: str, reason: str, t: Texts) -> Message:
    return Message("camera", t("student.camera_reason", reason=reason) if reason else t("student.camera"))


def _end(connection: Connection, row: Mapping[str, Any], now: str, reason: str, t: Texts) -> Message:
    connection.execute(
        update(seats).where(seats.c.id == row["seat"], seats.c.stopped_at.is_(None)).values(stopped_at=now)
    )
    connection.execute(update(sessions).where(sessions.c.id == row["id"]).values(paused_at=None))
    return Message("warning", t("student.end", reason=reason))


def texts_of_student(site: Site, connection: Connection, student: str) -> Texts:
    language = str(connection.execute(select(users.c.language).where(users.c.id == student)).scalar())
    return site.texts[language if language in site.texts else "kk"]


def read_message(form: Mapping[str, Any]) -> Message:
    """Raises ``Denied`` (400)."""
    kind, text = str(form.get("kind", "")), typed(form.get("text"), MAX_MESSAGE)
    written = str(form.get("minutes") or "0")
    minutes = int(written) if written.isdigit() else -1
    added = kind == "time_added"
    if kind not in NOTICE_KINDS or not text or not (1 <= minutes <= MAX_MINUTES if added else True):
        raise Denied(400, "denied.message")
    return Message(kind, text, minutes if added else 0)


def open_session(connection: Connection, session: str) -> Mapping[str, Any]:
    """Raises ``Denied``: 404, and 409 once it has ended."""
    row = session_row(connection, session)
    if row["state"] != "open":
        raise Denied(409, "denied.ended")
    return row


def note(connection: Connection, message: Message, *, exam: str, session: str | None, who: str, now: str) -> None:
    """Hands the message out and writes its entry."""
    connection.execute(
        insert(notices).values(
            id=secrets.token_hex(16), exam=exam, session=session, kind=message.kind, text=message.text,
            minutes=message.minutes, sent_by=who, sent_at=now,
        )
    )  # fmt: skip
    audit.append(
        connection, at=now, who=who, action="message", subject=subject_of(session) if session else f"exam/{exam}",
        details={"kind": message.kind, "text": message.text, "minutes": message.minutes},
    )  # fmt: skip
