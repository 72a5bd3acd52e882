"""Who can open recordings, and how many seat keys there are. Public halves and file names only: nothing is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server.admin import checkpoints, key_holders
from server.admin.errors import CommandFailed
from server.review.access import needs
from server.review.administration.shown import page
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import seats, sessions

COMMANDS = (
    "keys holders", "keys add-review NAME", "keys remove NAME", "keys make --count N", "keys copy [DIR]",
    "keys sign-configuration",
)  # fmt: skip


@needs(May.PLAN)
async def show(request: Request) -> Response:
    return await page(request, "keys", COMMANDS, **await run_in_threadpool(_keys, site_of(request)))


def _keys(site: Site) -> dict[str, Any]:
    folder, settings, copy = site.settings.folder, site.settings, site.settings.seat_key_copy
    try:
        holders, problem = key_holders.read(folder), False
    except CommandFailed:
        holders, problem = [], True

    def read(connection: Connection) -> tuple[set[str], set[str]]:
        erased = select(sessions.c.seat).where(sessions.c.erased_at.is_not(None))
        return set(connection.execute(select(seats.c.id)).scalars()), set(connection.execute(erased).scalars())

    planned, erased = site.database.read(read)
    there = {entry.name for entry in folder.seats.iterdir() if folder.seat_identity(entry.name).exists()}
    published = Path(settings.checkpoint_folder) / checkpoints.FILE if settings.checkpoint_folder else None
    return {
        "holders": holders, "problem": problem, "seats": len(planned), "spare": len(there - planned),
        "missing": len(planned - there - erased), "destroyed": len(erased - there),
        "copy": bool(copy), "copy_there": bool(copy) and Path(copy).is_dir(),
        "checkpoints": published is not None, "checkpoint_there": published is not None and published.exists(),
        "verifying": folder.verifying_key.read_text().strip(),
    }  # fmt: skip
