"""What people decide about a recording: moments and the whole session. Rules: ``server.decisions``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update
from starlette.requests import Request
from starlette.responses import Response

from server import audit
from server.clock import after
from server.decisions import Case, Refusal, Stage, case
from server.review.access import Denied, Person, needs
from server.review.actions import MAX_REASON, back, session_row, subject_of, typed
from server.review.pages import render
from server.review.roles import May
from server.review.site import site_of
from server.schema import FLAG_STATES, VERDICTS, flag_decisions, flags, sessions, verdicts

Row = Mapping[str, Any]
MOST_KNOWN = 100
REFUSED_STATUS = 409


@needs(May.DECIDE)
async def decide_flag(request: Request) -> Response:
    """Each person's decisions are kept; the moment itself carries the newest."""
    session, number = request.path_params["session"], request.path_params["flag"]
    form = await request.form()
    state, reason = str(form.get("state", "")), typed(form.get("reason"), MAX_REASON)
    if state not in FLAG_STATES or (state != "open" and not reason):
        raise Denied(400, "denied.reason")
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        now = site.now()
        changed = connection.execute(
            update(flags)
            .where(flags.c.id == number, flags.c.session == session)
            .values(state=state, reason=reason, decided_by=who, decided_at=now)
        )
        if changed.rowcount != 1:
            raise Denied(404, "denied.not_found")
        row = {"flag": number, "session": session, "state": state, "reason": reason, "by": who, "at": now}
        connection.execute(insert(flag_decisions).values(id=secrets.token_hex(16), **row))
        audit.append(
            connection, at=now, who=who, action="flag-decided", subject=subject_of(session),
            details={"flag": number, "state": state, "reason": reason},
        )  # fmt: skip

    await site.database.write_async(work)
    return back(session, "flags")


@needs(May.JUDGE)
async def give_verdict(request: Request) -> Response:
    """Stored as what it counts at this moment; a refused one comes back with its words, so that nothing is lost."""
    session = request.path_params["session"]
    form = await request.form()
    outcome, reason = str(form.get("outcome", "")), typed(form.get("reason"), MAX_REASON)
    if outcome not in VERDICTS or not reason:
        raise Denied(400, "denied.reason")
    known = str(form.get("known", ""))
    site, person = site_of(request), request.state.person
    given = {"session": session, "outcome": outcome, "reason": reason, "by": person.login}
    shown = min(int(known), MOST_KNOWN) if known.isdigit() else MOST_KNOWN

    def work(connection: Connection) -> Refusal | None:
        return judge(connection, given, person, shown, site.now(), site.settings.appeal_days)

    refused = await site.database.write_async(work)
    if refused is None:
        return back(session, "judge")
    return render(
        request, "problem.html", REFUSED_STATUS, key=str(refused), status_code=REFUSED_STATUS, kept=reason,
        back=f"/sessions/{session}",
    )  # fmt: skip


def judge(
    connection: Connection, given: dict[str, str], person: Person, known: int, now: str, appeal_days: int
) -> Refusal | None:
    """One transaction: looks who was heard so far, then stores the verdict and its entry in the audit chain."""
    session = given["session"]
    session_row(connection, session)
    before = case(connection, session)
    place = before.place_for(person.login, person.role, given["outcome"], known)
    if isinstance(place, Refusal):
        return None if _is_repeated(before, given) else place
    connection.execute(insert(verdicts).values(id=secrets.token_hex(16), stage=str(place), at=now, **given))
    audit.append(
        connection, at=now, who=person.login, action="verdict", subject=subject_of(session),
        details={"outcome": given["outcome"], "reason": given["reason"], "stage": str(place)},
    )  # fmt: skip
    if case(connection, session).stage is Stage.FINAL:
        _hold_for_appeal(connection, session, after(now, days=appeal_days))
    return None


def _is_repeated(before: Case, given: Mapping[str, str]) -> bool:
    """The same form sent twice is no second decision and no mistake."""
    return any(all(row[name] == given[name] for name in ("by", "outcome", "reason")) for row in before.rows)


def _hold_for_appeal(connection: Connection, session: str, until: str) -> None:
    held = connection.execute(select(sessions.c.held_until).where(sessions.c.id == session)).scalar() or ""
    connection.execute(update(sessions).where(sessions.c.id == session).values(held_until=max(held, until)))


def seen_flags(rows: Sequence[Row], decided: Sequence[Row], judged: Case, login: str) -> list[dict[str, Any]]:
    """The moments as ``login`` may see them: before the second verdict, with the own decisions only. Each gets
    ``decisions``, newest first, and the state, reason, person and time of the newest of them."""
    shown = []
    for row in rows:
        mine = [entry for entry in decided if entry["flag"] == row["id"]]
        if judged.is_blind:
            mine = [entry for entry in mine if entry["by"] == login]
        mine.sort(key=lambda entry: entry["at"], reverse=True)
        newest = mine[0] if mine else {"state": "open", "reason": "", "by": None, "at": None}
        shown.append(
            {
                **row, "decisions": mine, "state": newest["state"], "reason": newest["reason"],
                "decided_by": newest["by"], "decided_at": newest["at"],
            }
        )  # fmt: skip
    return shown
