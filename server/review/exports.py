"""Taking a bundle out: one person asks with a reason, another one allows it, only then, and for a day, it is packed."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from evidence.bundle import BundleError, SessionFolder, pack
from server import audit
from server.clock import after
from server.review.access import Denied, needs
from server.review.actions import MAX_REASON, back, session_row, subject_of, typed
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import export_requests

ALLOWED_HOURS = 24
WAITING, ALLOWED, REFUSED = "waiting", "allowed", "refused"


@needs(May.EXPORT)
async def ask(request: Request) -> Response:
    session = request.path_params["session"]
    reason = typed((await request.form()).get("reason"), MAX_REASON)
    if not reason:
        raise Denied(400, "denied.export_reason")
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        now = site.now()
        session_row(connection, session)
        if any(row["asked_by"] == who and row["state"] == WAITING for row in requests_of(connection, session)):
            raise Denied(409, "denied.export_asked")
        row = {"session": session, "reason": reason, "asked_by": who, "asked_at": now, "state": WAITING}
        connection.execute(insert(export_requests).values(id=secrets.token_hex(16), **row))
        subject = subject_of(session)
        audit.append(connection, at=now, who=who, action="export-asked", subject=subject, details={"reason": reason})

    await site.database.write_async(work)
    return back(session, "export")


@needs(May.EXPORT)
async def decide(request: Request) -> Response:
    """Another person than the one who asked allows or refuses."""
    session, number = request.path_params["session"], request.path_params["request"]
    state = str((await request.form()).get("state", ""))
    if state not in (ALLOWED, REFUSED):
        raise Denied(400, "denied.form")
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        now = site.now()
        here = (export_requests.c.id == number) & (export_requests.c.session == session)
        asked = connection.execute(select(export_requests.c.asked_by).where(here)).scalar()
        if asked is None:
            raise Denied(404, "denied.not_found")
        if asked == who:
            raise Denied(403, "denied.export_own")
        decided = {"state": state, "decided_by": who, "decided_at": now}
        waiting = update(export_requests).where(here, export_requests.c.state == WAITING)
        if connection.execute(waiting.values(**decided)).rowcount != 1:
            raise Denied(409, "denied.export_decided")
        details = {"request": number, "asked_by": asked}
        audit.append(
            connection, at=now, who=who, action=f"export-{state}", subject=subject_of(session), details=details
        )

    await site.database.write_async(work)
    return back(session, "export")


@needs(May.EXPORT)
async def download(request: Request) -> Response:
    """The bundle: ledger, receipts and, until they are erased, the sealed segments. It opens nothing; somebody else
    must have allowed it before."""
    session = request.path_params["session"]
    site, who = site_of(request), request.state.person.login

    def asked(connection: Connection) -> list[dict[str, Any]]:
        session_row(connection, session)
        return requests_of(connection, session)

    if not may_take(await site.database.read_async(asked), who, site.now()):
        raise Denied(403, "denied.export_alone")
    file = await run_in_threadpool(_pack, site, session)
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=who, action="exported", subject=subject_of(session)
        )
    )
    return FileResponse(
        file, media_type="application/zip", filename=f"senim-{session}.zip",
        headers={"cache-control": "private, no-store"}, background=BackgroundTask(shutil.rmtree, file.parent),
    )  # fmt: skip


def _pack(site: Site, session: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="senim-export-"))
    target = folder / f"{session}.zip"
    try:
        pack(SessionFolder(site.store.path(session)), target)
    except BundleError:
        shutil.rmtree(folder)
        raise Denied(409, "denied.export") from None
    return target


def requests_of(connection: Connection, session: str) -> list[dict[str, Any]]:
    """Newest first."""
    query = select(export_requests).where(export_requests.c.session == session)
    rows = connection.execute(query.order_by(export_requests.c.asked_at.desc())).mappings()
    return [dict(row) for row in rows]


def may_take(rows: Sequence[Mapping[str, Any]], login: str, now: str) -> bool:
    """Whether somebody else allowed ``login`` to take it out, and not too long ago."""
    allowed = [row for row in rows if row["asked_by"] == login and row["state"] == ALLOWED]
    return any(now <= after(row["decided_at"], minutes=60 * ALLOWED_HOURS) for row in allowed)
