"""What an administrator sets for an exam on the site: who invigilates, the order's number, how many teachers mark, the
rule for breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit
from server.breaks import MOST_MINUTES, BreakRule, rule_from
from server.review.access import Denied, needs
from server.review.actions import typed
from server.review.pages import render
from server.review.roles import May
from server.review.site import site_of
from server.schema import exams

COLUMNS = (exams.c.id, exams.c.title, exams.c.proctor, exams.c.order_number, exams.c.markers, exams.c.break_rule)
MOST_GRANTED = 20


@needs(May.PLAN)
async def show(request: Request) -> Response:
    site, exam = site_of(request), request.path_params["exam"]
    row = await site.database.read_async(lambda connection: _exam(connection, exam))
    rule = rule_from(row["break_rule"], site.settings.break_rule)
    return render(
        request, "exam_details.html", row=row, rule=rule, most=(MOST_GRANTED, MOST_MINUTES),
        done=request.query_params.get("done", ""),
    )  # fmt: skip


@needs(May.PLAN)
async def save(request: Request) -> Response:
    site, exam, who = site_of(request), request.path_params["exam"], request.state.person.login
    form = await request.form()
    markers = str(form.get("markers", ""))
    if markers not in ("1", "2"):
        raise Denied(400, "denied.form")
    values = {
        "proctor": typed(form.get("proctor"), 200), "order_number": typed(form.get("order_number"), 120),
        "markers": int(markers), "break_rule": _break_rule(form),
    }  # fmt: skip

    def work(connection: Connection) -> None:
        _exam(connection, exam)
        connection.execute(update(exams).where(exams.c.id == exam).values(**values))
        audit.append(connection, at=site.now(), who=who, action="exam-details", subject=f"exam/{exam}", details=values)

    await site.database.write_async(work)
    return RedirectResponse(f"/exams/{exam}/details?done=saved", status_code=303)


def _break_rule(form: Mapping[str, Any]) -> dict[str, Any] | None:
    """None: the exam follows the institution's rule. Raises ``Denied`` (400)."""
    if form.get("break_rule") != "own":
        return None
    granted, minutes = (_number(form.get(name)) for name in ("breaks_granted", "break_minutes"))
    if not (0 <= granted <= MOST_GRANTED and 1 <= minutes <= MOST_MINUTES):
        raise Denied(400, "denied.break_rule")
    return BreakRule(granted, minutes, "breaks_on_request" in form, "break_stops_clock" in form).to_json()


def _number(written: object) -> int:
    text = str(written or "")
    return int(text) if text.isdecimal() and len(text) < 5 else -1


def _exam(connection: Connection, exam: str) -> dict[str, Any]:
    row = connection.execute(select(*COLUMNS).where(exams.c.id == exam)).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")
    return dict(row)
