"""Students with their pictures and seats; accounts of staff, and what each role may do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, or_, select
from starlette.requests import Request
from starlette.responses import Response

from server.review.access import needs
from server.review.administration.shown import MOST_ROWS, page
from server.review.roles import RIGHTS, May
from server.review.site import site_of
from server.schema import references, seats, sessions, students, users

STUDENT_COMMANDS = ("import-students students.csv", "recompute-templates", "users disable LOGIN")
ROLE_COMMANDS = (
    'users add LOGIN --name "NAME" --role ROLE', "users role LOGIN ROLE", "users password LOGIN", "users disable LOGIN",
)  # fmt: skip


@needs(May.PLAN)
async def show_students(request: Request) -> Response:
    site, wanted = site_of(request), request.query_params.get("q", "").strip()[:120]
    rows, count, unseen = await site.database.read_async(lambda connection: _students(connection, wanted))
    return await page(request, "students", STUDENT_COMMANDS, rows=rows, count=count, unseen=unseen, wanted=wanted)


def _students(connection: Connection, wanted: str) -> tuple[list[dict[str, Any]], int, int]:
    """The first ones by name; how many there are; how many of all have no reference picture."""
    planned = select(func.count()).where(seats.c.student == students.c.id).scalar_subquery()
    sat = select(func.count()).where(sessions.c.student == students.c.id).scalar_subquery()
    query = (
        select(
            users.c.name, users.c.login, users.c.language, users.c.disabled_at, students.c.number,
            references.c.enrolled_at, references.c.cohort, planned.label("planned"), sat.label("sat"),
        )
        .select_from(students.join(users, users.c.id == students.c.id).outerjoin(references))
        .order_by(users.c.name)
        .limit(MOST_ROWS)
    )  # fmt: skip
    if wanted:
        columns = (users.c.name, users.c.login, students.c.number)
        query = query.where(or_(*[column.contains(wanted, autoescape=True) for column in columns]))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    count = connection.execute(select(func.count()).select_from(students)).scalar_one()
    held = connection.execute(select(func.count()).select_from(references)).scalar_one()
    return rows, count, count - held


@needs(May.PLAN)
async def show_roles(request: Request) -> Response:
    query = (
        select(users.c.name, users.c.login, users.c.role, users.c.disabled_at, users.c.created_at)
        .where(users.c.role != "student")
        .order_by(users.c.role, users.c.name)
    )
    rows = await site_of(request).database.read_async(lambda c: [dict(row) for row in c.execute(query).mappings()])
    return await page(request, "roles", ROLE_COMMANDS, rows=rows, rights=RIGHTS, every=list(May))
