"""Before any exam: reports of computers, and the notice of the version they should have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from server import readiness, updates
from server.ingest.access import Caller
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.rooms import Room


def take_report(services: Services, who: Caller | Room, report: readiness.Report) -> dict[str, Any] | Refused:
    """A student reports the computer in use, a room's token any computer that the room names."""
    in_room = isinstance(who, Room)
    if isinstance(who, Room) and report.machine not in who.machines:
        return Refused(Refusal.NOT_YOURS, {"detail": "the room has no computer of this name"})
    if isinstance(who, Caller) and who.user["role"] != "student":
        return Refused(Refusal.NOT_YOURS)
    if not services.reports.allows(f"{who.id}/{report.machine}" if in_room else who.id):
        return Refused(Refusal.TOO_MANY_TRIES, retry_after=services.reports.wait_seconds)
    now = services.now()

    def work(connection: Connection) -> None:
        owner = {"room": who.id} if in_room else {"student": who.id}
        readiness.keep(connection, now, report, **owner)

    services.database.write(work)
    return {"at": now, "ready": report.ready}


def release(services: Services) -> dict[str, Any]:
    """No notice in an exam week, or when none was published."""
    now = services.now()
    line = services.database.read(lambda connection: updates.told_now(connection, now))
    return {"release": line, "server_time": now}
