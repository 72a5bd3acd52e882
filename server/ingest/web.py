"""From HTTP to the rules and back: tokens, problems, the status block. No rule is made here."""

from __future__ import annotations

import errno
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from server.ingest.access import Access, Caller, caller_of, enter, enter_or_not, student_or_room
from server.ingest.body import BadBody
from server.ingest.outcomes import TITLES, Refusal, Refused, status_of
from server.ingest.services import Services
from server.ingest.status import status_now
from server.ingest.threads import run_sync
from server.rooms import Room

log = logging.getLogger("senim.ingest")

T = TypeVar("T")

BUSY_RETRY_SECONDS = 5
MOST_DIGITS = 6


@dataclass(frozen=True)
class Call:
    """One request with what was found out about its sender."""

    services: Services
    request: Request
    token: str | None

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else "unknown"


Handler = Callable[[Call], Awaitable[Response]]
CallerHandler = Callable[[Call, Caller], Awaitable[Response]]
ReporterHandler = Callable[[Call, Caller | Room], Awaitable[Response]]
SessionHandler = Callable[[Call, Access], Awaitable[Response]]


class Stop(Exception):
    """A rule refused; ends the handler. ``access``: whose status block goes along."""

    def __init__(self, refused: Refused, access: Access | None = None) -> None:
        super().__init__(refused.code)
        self.refused = refused
        self.access = access


def problem(refused: Refused, extra: dict[str, Any] | None = None) -> Response:
    """RFC 9457."""
    status = status_of(refused.code)
    body = {"type": f"senim:{refused.code}", "title": TITLES[refused.code], "status": status, "code": str(refused.code)}
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else None
    return JSONResponse(
        {**refused.values, **(extra or {}), **body}, status, headers, media_type="application/problem+json"
    )


def open_to_all(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        services: Services = request.app.state.services
        try:
            return await handler(Call(services, request, _bearer(request)))
        except Stop as stop:
            extra = {"session_status": await status_now(services, stop.access)} if stop.access else {}
            return problem(stop.refused, extra)
        except BadBody as bad:
            answer = problem(Refused(bad.code, {"detail": bad.detail}))
            if bad.endless:
                answer.headers["Connection"] = "close"
            return answer
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except OperationalError as error:
            log.warning("database: %s", error)
            return problem(Refused(Refusal.OVERLOADED, retry_after=BUSY_RETRY_SECONDS))
        except Exception as error:
            log.exception("%s %s failed", request.method, request.url.path)
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                return problem(Refused(Refusal.OVERLOADED, {"detail": "disk full"}, retry_after=60))
            return problem(Refused(Refusal.INTERNAL))

    return endpoint


def signed_in(handler: CallerHandler) -> Callable[[Request], Awaitable[Response]]:
    async def inner(call: Call) -> Response:
        def work() -> Caller | Refused:
            return call.services.database.read(lambda connection: caller_of(call.services, connection, call.token))

        caller = await run_sync(work)
        if isinstance(caller, Refused):
            raise Stop(caller)
        return await handler(call, caller)

    return open_to_all(inner)


def signed_in_or_room(handler: ReporterHandler) -> Callable[[Request], Awaitable[Response]]:
    async def inner(call: Call) -> Response:
        def work() -> Caller | Room | Refused:
            return call.services.database.read(
                lambda connection: student_or_room(call.services, connection, call.token)
            )

        who = await run_sync(work)
        if isinstance(who, Refused):
            raise Stop(who)
        return await handler(call, who)

    return open_to_all(inner)


def in_session(handler: SessionHandler) -> Callable[[Request], Awaitable[Response]]:
    async def inner(call: Call) -> Response:
        session, piece = call.request.path_params["session"], _piece(call.request)
        access: Access | Refused | None = enter(call.services, call.token, session, piece)
        if access is None:
            access = await run_sync(enter_or_not, call.services, call.token, session)
        if isinstance(access, Refused):
            raise Stop(access)
        return await handler(call, access)

    return open_to_all(inner)


async def worked(call: Call, access: Access, work: Callable[[], T | Refused]) -> tuple[T, dict[str, Any]]:
    """What ``work`` returns from a thread, and the session's status after it. Raises ``Stop``."""
    result = await run_sync(work)
    if isinstance(result, Refused):
        raise Stop(result, access)
    return result, await status_now(call.services, access)


async def answered(
    call: Call, access: Access, body: dict[str, Any], status: int = 200, *, as_entered: bool = False
) -> Response:
    """A JSON answer with the session's status, see ``status_block``."""
    return JSONResponse({**body, "status": await status_now(call.services, access, as_entered=as_entered)}, status)


def _piece(request: Request) -> tuple[str, int] | None:
    """Stream and index in the address, as far as it has them."""
    stream, index = request.path_params.get("stream", ""), request.path_params.get("index", "")
    return (stream, int(index)) if stream and index.isdecimal() and len(index) <= MOST_DIGITS else None


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
