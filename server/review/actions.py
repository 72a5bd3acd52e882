"""What a person sends or takes out: messages, added minutes, export. Each deed is in the audit chain."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from evidence.bundle import BundleError, SessionFolder, pack
from server import audit
from server.review.access import Denied, needs
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import NOTICE_KINDS, notices, sessions

MAX_REASON = 2000
MAX_MESSAGE = 1000
MAX_MINUTES = 180


def subject_of(session: str) -> str:
    """How the audit chain names a session."""
    return f"session/{session}"


@needs(May.MESSAGE)
async def send_message(request: Request) -> Response:
    session = request.path_params["session"]
    form = await request.form()
    kind, text = str(form.get("kind", "")), typed(form.get("text"), MAX_MESSAGE)
    minutes = int(str(form.get("minutes") or "0")) if str(form.get("minutes") or "0").isdigit() else -1
    added = kind == "time_added"
    if kind not in NOTICE_KINDS or not text or not (1 <= minutes <= MAX_MINUTES if added else True):
        raise Denied(400, "denied.message")
    site, who = site_of(request), request.state.person.login

    def work(connection: Connection) -> None:
        now = site.now()
        row = session_row(connection, session)
        if row["state"] != "open":
            raise Denied(409, "denied.ended")
        connection.execute(
            insert(notices).values(
                id=secrets.token_hex(16), exam=row["exam"], session=session, kind=kind, text=text,
                minutes=minutes if added else 0, sent_by=who, sent_at=now,
            )
        )  # fmt: skip
        audit.append(
            connection, at=now, who=who, action="message", subject=subject_of(session),
            details={"kind": kind, "text": text, "minutes": minutes if added else 0},
        )  # fmt: skip

    await site.database.write_async(work)
    return back(session, "messages")


@needs(May.EXPORT)
async def export(request: Request) -> Response:
    """The bundle: ledger, receipts and, until they are erased, the sealed segments. It opens nothing."""
    session = request.path_params["session"]
    site, who = site_of(request), request.state.person.login
    await site.database.read_async(lambda connection: session_row(connection, session))
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


def session_row(connection: Connection, session: str) -> Mapping[str, Any]:
    """Raises ``Denied`` (404)."""
    row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")
    return dict(row)


def typed(value: object, limit: int) -> str:
    """What was typed into a field, without the blanks around it."""
    return value.strip()[:limit] if isinstance(value, str) else ""


def back(session: str, place: str) -> Response:
    """To the session's page, at the part that changed."""
    return RedirectResponse(f"/sessions/{session}?done={place}#{place}", status_code=303)
