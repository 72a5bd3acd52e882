"""The review site as an ASGI application. ``make_app`` is its only entry."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evidence.age import Identity
from server.clock import Clock
from server.review import (
    assets,
    audit_page,
    board,
    break_help,
    confirming,
    desk,
    exam_details,
    exports,
    judging,
    lists,
    live_help,
    live_pictures,
    media,
    messages,
    own_page,
    protocol,
    public,
    readiness,
    searching,
    session_page,
    sign_in,
    watermark,
)
from server.review.access import Denied, person_of
from server.review.administration import keeping, keys_page, people, schedule
from server.review.media import NO_STORE
from server.review.pages import Pages, render
from server.review.reading import SegmentReader
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
MEDIA = "/sessions/{session}/media"


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
        routes=_routes(),
        lifespan=lifespan,
        exception_handlers={Denied: _denied, HTTPException: _http_error},
    )
    app.add_middleware(SafeHeaders)
    app.state.site = site
    app.state.pages = Pages(site.packages)
    return app


def _routes() -> list[Route]:
    return [
        Route("/", sign_in.home),
        Route("/exams", lists.show_exams),
        Route("/my", own_page.show_all),
        Route("/my/{session}", own_page.show),
        Route("/my/{session}/statements", own_page.say, methods=["POST"]),
        Route("/audit", audit_page.show),
        Route("/readiness", readiness.show),
        Route("/readiness.csv", readiness.download),
        Route("/administration/students", people.show_students),
        Route("/administration/schedule", schedule.show),
        Route("/administration/roles", people.show_roles),
        Route("/administration/retention", keeping.show_retention),
        Route("/administration/keys", keys_page.show),
        Route("/administration/storage", keeping.show_storage),
        Route("/watermark.svg", watermark.tile),
        Route("/sign-in", sign_in.show),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/sign-out", sign_in.sign_out, methods=["POST"]),
        Route("/language", sign_in.choose_language, methods=["POST"]),
        Route("/exams/{exam}", board.show),
        Route("/exams/{exam}/rows", board.rows),
        Route("/exams/{exam}/events", board.events),
        Route("/exams/{exam}/sessions.csv", board.download),
        Route("/exams/{exam}/search", searching.search, methods=["POST"]),
        Route("/exams/{exam}/pictures", live_pictures.listed),
        Route("/exams/{exam}/pictures/{session}/{stream}", live_pictures.show),
        Route("/exams/{exam}/messages", messages.send_to_all, methods=["POST"]),
        Route("/exams/{exam}/details", exam_details.show),
        Route("/exams/{exam}/details", exam_details.save, methods=["POST"]),
        Route("/sessions/{session}/pause", live_help.pause, methods=["POST"]),
        Route("/sessions/{session}/continue", live_help.go_on, methods=["POST"]),
        Route("/sessions/{session}/camera", live_help.to_camera, methods=["POST"]),
        Route("/sessions/{session}/break", break_help.decide, methods=["POST"]),
        Route("/sessions/{session}/end", live_help.end, methods=["POST"]),
        Route("/exams/{exam}/pause", live_help.pause_all, methods=["POST"]),
        Route("/exams/{exam}/continue", live_help.go_on_all, methods=["POST"]),
        Route("/exams/{exam}/marks", desk.show_exam),
        Route("/exams/{exam}/marks.csv", desk.download),
        Route("/sessions/{session}/marks", desk.show_work),
        Route("/sessions/{session}/marks/{question}", desk.give_mark, methods=["POST"]),
        Route("/sessions/{session}", session_page.show),
        Route("/sessions/{session}/live", session_page.live),
        Route("/sessions/{session}/flags/{flag}", judging.decide_flag, methods=["POST"]),
        Route("/sessions/{session}/verdict", judging.give_verdict, methods=["POST"]),
        Route("/sessions/{session}/messages", messages.send, methods=["POST"]),
        Route("/sessions/{session}/protocol.pdf", protocol.download),
        Route("/sessions/{session}/reference", confirming.confirm_reference, methods=["POST"]),
        Route("/sessions/{session}/export", exports.download),
        Route("/sessions/{session}/exports", exports.ask, methods=["POST"]),
        Route("/sessions/{session}/exports/{request}", exports.decide, methods=["POST"]),
        Route(f"{MEDIA}/index", media.index),
        Route(f"{MEDIA}/track", media.track),
        Route(f"{MEDIA}/reference", media.reference_picture),
        Route(f"{MEDIA}/check-in/{{number:int}}", media.check_in_picture),
        Route(f"{MEDIA}/found/{{finding}}/{{number:int}}", media.found_picture),
        Route(f"{MEDIA}/second-opinion/{{name}}", media.second_opinion_picture),
        Route(f"{MEDIA}/thumbs/{{stream}}/{{t:int}}", media.thumb),
        Route(f"{MEDIA}/{{stream}}/init-{{part:int}}", media.init),
        Route(f"{MEDIA}/{{stream}}/{{first:int}}-{{last:int}}", media.segment_range),
        Route("/static/fonts/{name}", assets.font),
        Route("/static/at/{version}/{name:path}", assets.own),
        Route("/static/{name:path}", assets.own),
        *public.ROUTES,
        Route("/health", _health),
    ]


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


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
