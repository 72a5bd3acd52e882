"""A session's breaks in words, for its page, the student's own page and the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from server.clock import parse
from server.review.texts import Texts
from server.schema import breaks

Row = Mapping[str, Any]


def rows_of(connection: Connection, session: str) -> list[dict[str, Any]]:
    """Oldest first; what the student took back before anything came of it is left out."""
    query = select(breaks).where(breaks.c.session == session).order_by(breaks.c.asked_at, breaks.c.id)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in rows if row["state"] != "withdrawn" or row["decided_by"]]


def sentences(rows: Iterable[Row], t: Texts, names: Mapping[str, str] | None = None) -> list[str]:
    """What happened to each; who asked only and is not answered yet is told elsewhere. ``names``: by login."""
    return [_sentence(row, t, names or {}) for row in rows if row["state"] != "asked"]


def _sentence(row: Row, t: Texts, names: Mapping[str, str]) -> str:
    who = names.get(row["decided_by"], row["decided_by"])
    if row["state"] == "refused":
        return t("break.said.refused", asked=t.clock(row["asked_at"]), who=who)
    if row["began_at"] is None:
        return t("break.said.unused", at=t.clock(row["decided_at"]), who=who, n=row["minutes"])
    came = "person" if row["decided_by"] else "rule"
    clock = t("break.said.stops" if row["stops_clock"] else "break.said.runs")
    values = {"from": t.clock(row["began_at"]), "who": who, "n": row["minutes"]}
    if row["ended_at"] is None:
        return f"{t(f'break.said.running_{came}', **values)} {clock}"
    seconds = (parse(row["ended_at"]) - parse(row["began_at"])).total_seconds()
    told = [t(f"break.said.{came}", to=t.clock(row["ended_at"]), time=t.duration(seconds), **values), clock]
    over = seconds - 60 * row["minutes"]
    if over >= 1:
        told.append(t("break.said.over", time=t.duration(over)))
    return " ".join(told)
