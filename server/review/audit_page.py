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
NAMED = ("session", "exam", "student")  # subjects that are shown with a name
# Entries of these actions bear the id alone; ``message``: that of a session, or of an exam.
BARE = {
    "session-open": "session", "session-resume": "session", "hand-in": "session", "message": "session",
    "exam-import": "exam", "schedule": "exam", "codes": "exam", "retention": "exam",
    "student-import": "student", "reference-enrol": "student", "reference-recompute": "student",
    "reference-confirm": "student",
}  # fmt: skip
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
        about = [form for one in connection.execute(named.limit(SHOWN)).scalars() for form in (one, f"session/{one}")]
        people = select(users.c.id, users.c.login).where(users.c.name.contains(wanted)).limit(SHOWN)
        for one in connection.execute(people):
            about += [one.id, one.login, f"student/{one.id}"]
        columns = (audit_table.c.who, audit_table.c.object, audit_table.c.action)
        query = query.where(or_(*[column.contains(wanted) for column in columns], audit_table.c.object.in_(about)))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    names = _names(connection, {_subject(row) for row in rows})
    return [row | _about(row, names) for row in rows]


def _subject(row: Mapping[str, Any]) -> str:
    """What an entry is about, with its kind: ``session/<id>``."""
    kind, subject = BARE.get(row["action"]), str(row["object"])
    return subject if kind is None or "/" in subject else f"{kind}/{subject}"


def _about(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """``word``: key of the sentence that says what an entry is about, "" where the subject says it itself; ``named``:
    the name in it; ``code``: what stands beside it, as it is stored."""
    subject, stored = _subject(row), str(row["object"])
    if row["action"] == "message" and subject not in names and f"exam/{stored}" in names:
        subject = f"exam/{stored}"
    kind, _, code = subject.partition("/")
    if stored in PLACES:
        return {"word": f"audit.about.{stored}", "named": "", "code": ""}
    if kind in NAMED and code:
        gone = "" if subject in names else "_gone"
        return {"word": f"audit.about.{kind}{gone}", "named": names.get(subject, ""), "code": stored}
    return {"word": "", "named": "", "code": stored}


def _names(connection: Connection, subjects: set[str]) -> dict[str, str]:
    """Whose session it is, the exam's title, and the student's name, by subject; a student by id or by login."""
    ids = {kind: [one.partition("/")[2] for one in subjects if one.startswith(f"{kind}/")] for kind in NAMED}
    ids["exam"] += ids["session"]  # a message's subject is either
    owner = select(sessions.c.id, users.c.name).join(users, users.c.id == sessions.c.student)
    owners = connection.execute(owner.where(sessions.c.id.in_(ids["session"])))
    titles = connection.execute(select(exams.c.id, exams.c.title).where(exams.c.id.in_(ids["exam"])))
    known = or_(users.c.id.in_(ids["student"]), users.c.login.in_(ids["student"]))
    people = connection.execute(select(users.c.id, users.c.login, users.c.name).where(known)).all()
    return (
        {f"session/{key}": name for key, name in owners}
        | {f"exam/{key}": title for key, title in titles}
        | {f"student/{key}": name for row in people for key, name in ((row.id, row.name), (row.login, row.name))}
    )
