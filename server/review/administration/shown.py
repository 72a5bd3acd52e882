"""What the administrator's pages have in common.

They show; the deeds themselves belong to the command line, where keys and passphrases are, and each page names its
commands. Nothing here opens a recording or an answer.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server.admin.console import Console
from server.review.pages import render
from server.review.site import Site

MOST_ROWS = 200


async def page(request: Request, name: str, commands: tuple[str, ...], **values: Any) -> Response:
    """``commands``: lines of the command line that change what the page shows."""
    return await run_in_threadpool(
        render, request, f"admin_{name}.html", chosen=name, commands=commands, most=MOST_ROWS, **values
    )


def console_of(site: Site) -> Console:
    """For what the command line works out as well. Nothing is changed with it here."""
    return Console(site.settings, site.database, site.store, site.at_rest, site.clock, "review")
