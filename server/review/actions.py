"""Taking a recording out, and what every deed needs: the session's row, typed text, the way back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from evidence.bundle import BundleError, SessionFolder, pack
from server import audit
from server.review.access import Denied, needs
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import sessions

MAX_REASON = 2000


def subject_of(session: str) -> str:
    """How the audit chain names a session."""
    return f"session/{session}"


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
