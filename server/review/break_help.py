"""A student asks for a break: a person allows it, or says not now and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from server import audit, breaks
from server.review.access import Denied, needs
from server.review.actions import back, subject_of
from server.review.messages import Message, note, open_session
from server.review.reasons import Reason, read_reason
from server.review.roles import May
from server.review.site import site_of


@needs(May.MESSAGE)
async def decide(request: Request) -> Response:
    """``decision`` allow (with ``minutes``; also offers a break nobody asked for) or refuse (with a reason)."""
    session, form = request.path_params["session"], await request.form()
    site, who = site_of(request), request.state.person.login
    decision = form.get("decision")
    if decision not in ("allow", "refuse"):
        raise Denied(400, "denied.form")
    allows = decision == "allow"
    minutes = _minutes(form.get("minutes")) if allows else 0
    reason = Reason({}) if allows else await read_reason(request, "no_break")

    def work(connection: Connection) -> None:
        now, row = site.now(), open_session(connection, session)
        if row["started_at"] is None:
            raise Denied(409, "denied.break")
        if allows:
            rule = breaks.rule_of(connection, row["exam"], site.settings.break_rule)
            done = breaks.allow(connection, rule, session, minutes, who=who, now=now)
        else:
            done = breaks.refuse(connection, session, who=who, now=now)
        if not done:
            raise Denied(409, "denied.break")
        if not allows:
            message = Message("info", reason.in_sentence(site, "student.no_break"))
            note(connection, message, exam=row["exam"], session=session, who=who, now=now)
        details: dict[str, Any] = {"minutes": minutes} if allows else reason.entry()
        action = "break-allowed" if allows else "break-refused"
        audit.append(connection, at=now, who=who, action=action, subject=subject_of(session), details=details)

    await site.database.write_async(work)
    return back(session, "messages")


def _minutes(written: object) -> int:
    """Raises ``Denied`` (400)."""
    text = str(written or "")
    minutes = int(text) if text.isdecimal() and len(text) < 5 else 0
    if not 1 <= minutes <= breaks.MOST_MINUTES:
        raise Denied(400, "denied.break_minutes")
    return minutes
