"""The closing time on a session's page: what this computer signed, between two words of the server."""

from __future__ import annotations

import re
from datetime import timedelta

from recorded_session import START
from review_hall import Hall
from review_site import Visitor
from sqlalchemy import insert

from evidence.signing import payload_of
from server import schema
from server.clock import iso
from server.review.closing import closed


def test_the_page_shows_the_three_times(hall: Hall, visitor: Visitor) -> None:
    recorded = hall.record()
    visitor.sign_in()
    anchored, arrived = iso(START + timedelta(minutes=1)), iso(START + timedelta(hours=8))
    rows, offset = [], 0
    for n, line in enumerate(hall.store.ledger_lines(recorded.session)):
        kind = payload_of(line)["type"]
        when = arrived if kind == "end" else anchored
        rows.append({"session": recorded.session, "n": n, "type": kind, "at_ms": 0, "name": "", "offset": offset,
                     "length": len(line), "arrived_at": when})  # fmt: skip
        offset += len(line) + 1
    hall.database.write(lambda connection: connection.execute(insert(schema.ledger_lines), rows))
    found = closed(hall.database, hall.store, recorded.session)
    assert found is not None and (found.anchored, found.arrived) == (anchored, arrived)
    visitor.client.cookies.set("senim_language", "en")
    page = visitor.page(f"/sessions/{recorded.session}")
    shown = re.search(r'<p id="closed">(.*?)</p>', page, re.S)[1]
    assert (
        "09:01:00" in shown
        and "17:00:00" in shown
        and "signed on the student's computer" in shown.replace("&#39;", "'")
    )


def test_a_session_without_its_end_has_no_closing_time(hall: Hall) -> None:
    recorded = hall.record(running=True)
    assert closed(hall.database, hall.store, recorded.session) is None
