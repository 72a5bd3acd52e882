"""The review site as an ASGI application. ``make_app`` is its only entry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evidence.age import Identity
from server.clock import Clock
from server.review.access import Denied, person_of
from server.review.media import NO_STORE
from server.review.pages import Pages, render
from server.review.reading import SegmentReader
from server.review.routes import ROUTES
from server.review.site import make_site
from server.settings import Settings

# blob: is where Media Source Extensions keep what the page itself put together.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def make_app(
    settings: Settings, review_identity: Identity, clock: Clock | None = None, reader: SegmentReader | None = None
) -> Starlette:
    """The site over one data folder. Starts its opening worker with the application, ends it with it."""
    site = make_site(settings, review_identity, clock, reader)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        site.opener.start()
        site.opinions.start()
        yield
        site.opinions.stop()
        await run_in_threadpool(site.opener.stop)
        await run_in_threadpool(site.database.close)

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        exception_handlers={Denied: _denied, HTTPException: _http_error},
    )
    app.add_middleware(SafeHeaders)
    app.state.site = site
    app.state.pages = Pages(site.packages)
    return app


async def _denied(request: Request, error: Exception) -> Response:
    assert isinstance(error, Denied)
    return await _problem(request, error.status, error.key)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = "denied.not_found" if error.status_code == 404 else "denied.form"
    return await _problem(request, error.status_code, key)


async def _problem(request: Request, status: int, key: str) -> Response:
    """A page for people, a short JSON for the page's own scripts."""
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"code": key, "status": status}, status_code=status, headers=NO_STORE)
    request.state.person = await person_of(request)
    return render(request, "problem.html", status, key=key, status_code=status)


class SafeHeaders:
    """Adds the security headers to every answer, and forbids storing pages (static files say otherwise)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "private, no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
