"""The ingest process's web application. It holds no key that opens a recording."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.ingest.openapi import document
from server.ingest.outcomes import Refusal, Refused
from server.ingest.routes import CALLS, PREFIX
from server.ingest.services import Services
from server.ingest.threads import run_sync
from server.ingest.web import problem

ALL_THE_TIME = ("segment", "ledger", "status", "answer")  # looked for first among the routes


def make_app(services: Services) -> Starlette:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(services.load.lateness.watch())
        yield
        watching.cancel()
        await run_sync(services.close)

    described = document()

    async def openapi(_request: Request) -> Response:
        return JSONResponse(described)

    ordered = sorted(CALLS, key=lambda call: call.name not in ALL_THE_TIME)
    routes = [Route(PREFIX + call.path, call.endpoint, methods=[call.method], name=call.name) for call in ordered]
    routes += [Route(PREFIX + "/openapi.json", openapi), Route("/health", _health)]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: _nothing_here, 405: _nothing_here})
    app.state.services = services
    return app


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    return problem(Refused(Refusal.NOT_FOUND))


async def _health(request: Request) -> Response:
    """200 when the database answers; the load tells the rest."""
    services: Services = request.app.state.services

    def ask() -> object:
        return services.database.read(lambda connection: connection.execute(text("SELECT 1")).scalar())

    await run_sync(ask)
    return JSONResponse({"state": "ok", "process": "ingest", "load": services.load.level(), "time": services.now()})
