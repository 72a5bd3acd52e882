"""What the protocol of one session says, gathered for ``protocol_pdf``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server.decisions import Stage
from server.review import watched
from server.review.access import Denied, Person
from server.review.contact import nearest
from server.review.contents import Contents
from server.review.session_facts import SessionPage, gather
from server.review.site import Site
from server.schema import exams, seats, users

NEAR_MS = 15_000  # a thumbnail further away from a moment than this does not show it
PICTURE_STREAMS = ("camera", "screen-1")


@dataclass(frozen=True)
class Facts:
    """What is not on the session's page. ``pictures`` of moments: {flag id: [(stream, session ms, bytes)]}."""

    page: SessionPage
    institution: str
    proctor: str
    order_number: str
    seat: Mapping[str, Any]
    names: Mapping[str, str]  # login -> name
    reference: bytes | None
    pictures: Mapping[str, list[tuple[str, int, bytes]]]
    made_at: str


def facts_of(site: Site, session: str, person: Person) -> Facts:
    """Raises ``Denied``: 404, and 409 while there is no final outcome: a protocol tells what was decided."""
    page = gather(site, session, person)
    if page.case.stage is not Stage.FINAL:
        raise Denied(409, "denied.protocol")

    def read(connection: Connection) -> tuple[Any, Any, dict[str, str]]:
        exam = connection.execute(select(exams).where(exams.c.id == page.row["exam"])).mappings().one()
        seat = connection.execute(select(seats).where(seats.c.id == page.row["seat"])).mappings().one()
        names = {row.login: row.name for row in connection.execute(select(users.c.login, users.c.name))}
        return dict(exam), dict(seat), names

    exam, seat, names = site.database.read(read)
    seen = watched.load(site, session)
    contents = None if seen.erased else seen.contents
    reference = None if seen.erased else site.vault.picture(site.settings.folder.picture(page.row["student"]))
    return Facts(
        page=page, institution=site.settings.name, proctor=exam["proctor"], order_number=exam["order_number"],
        seat=seat, names=names, reference=reference, pictures=_pictures(page, contents), made_at=site.now(),
    )  # fmt: skip


def _pictures(page: SessionPage, contents: Contents | None) -> dict[str, list[tuple[str, int, bytes]]]:
    """Of each confirmed moment, the nearest kept picture of camera and screen."""
    if contents is None:
        return {}
    found: dict[str, list[tuple[str, int, bytes]]] = {}
    for flag in page.flags:
        if flag["state"] == "confirmed":
            found[flag["id"]] = [
                (stream, at, contents.thumbs[stream, at])
                for stream in PICTURE_STREAMS
                if (at := nearest(contents, stream, flag["from_ms"], NEAR_MS)) is not None
            ]
    return found
