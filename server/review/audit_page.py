"""The audit chain for administrators: who did what and when, with a word on whether the chain is whole.

Details stay out of it: reasons and outcomes are for those who judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, or_, select
from starlette.requests import Request
from starlette.responses import Response

from server import audit
from server.review.access import needs
from server.review.pages import render
from server.review.roles import May
from server.review.site import site_of
from server.schema import audit as audit_table
from server.schema import exams, sessions, users

SHOWN = 200
NAMED = ("session", "exam")  # subjects that are shown with a name
PLACES = ("review", "client")  # where somebody signed in


@needs(May.AUDIT)
async def show(request: Request) -> Response:
    """The newest entries, or those about a session, a login or a student."""
    site = site_of(request)
    wanted = request.query_params.get("q", "").strip()[:120]

    def work(connection: Connection) -> tuple[list[dict[str, Any]], audit.BrokenAudit | None]:
        return _entries(connection, wanted), audit.check(connection)

    rows, broken = await site.database.read_async(work)
    return render(request, "audit.html", rows=rows, broken=broken, wanted=wanted, most=SHOWN)


def _entries(connection: Connection, wanted: str) -> list[dict[str, Any]]:
    query = (
        select(audit_table.c.n, audit_table.c.at, audit_table.c.who, audit_table.c.action, audit_table.c.object)
        .add_columns(users.c.name)
        .outerjoin(users, users.c.login == audit_table.c.who)
        .order_by(audit_table.c.n.desc())
        .limit(SHOWN)
    )
    if wanted:
        named = select(sessions.c.id).join(users, users.c.id == sessions.c.student).where(users.c.name.contains(wanted))
        about = [f"session/{session}" for session in connection.execute(named.limit(SHOWN)).scalars()]
        columns = (audit_table.c.who, audit_table.c.object, audit_table.c.action)
        query = query.where(or_(*[column.contains(wanted) for column in columns], audit_table.c.object.in_(about)))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    names = _names(connection, {row["object"] for row in rows})
    return [row | _about(row["object"], names) for row in rows]


def _about(subject: str, names: Mapping[str, str]) -> dict[str, str]:
    """``word``: key of the sentence that says what an entry is about, "" where the subject says it itself; ``named``:
    the name in it; ``code``: what stands beside it."""
    kind, _, code = subject.partition("/")
    if subject in PLACES:
        return {"word": f"audit.about.{subject}", "named": "", "code": ""}
    if kind in NAMED and code:
        gone = "" if subject in names else "_gone"
        return {"word": f"audit.about.{kind}{gone}", "named": names.get(subject, ""), "code": subject}
    return {"word": "", "named": "", "code": subject}


def _names(connection: Connection, subjects: set[str]) -> dict[str, str]:
    """Whose session it is, and the exam's title, by subject."""
    ids = {kind: [one.partition("/")[2] for one in subjects if one.startswith(f"{kind}/")] for kind in NAMED}
    owner = select(sessions.c.id, users.c.name).join(users, users.c.id == sessions.c.student)
    owners = connection.execute(owner.where(sessions.c.id.in_(ids["session"])))
    titles = connection.execute(select(exams.c.id, exams.c.title).where(exams.c.id.in_(ids["exam"])))
    return {f"session/{key}": name for key, name in owners} | {f"exam/{key}": title for key, title in titles}
