"""The board's search in what was opened: applications, window titles, events. Asked for by a person, and noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server import audit
from server.clock import iso
from server.review.access import Denied, needs
from server.review.actions import typed
from server.review.board import title_of
from server.review.media import NO_STORE
from server.review.pages import texts_of
from server.review.roles import May
from server.review.seen_texts import TRACK, folded
from server.review.site import Site, site_of
from server.review.texts import Texts
from server.schema import flags, ledger_lines, segments, sessions

MOST_WORDS = 120
# Catalogue entries that name something that can happen, and where its word stands in the database.
EVENTS, RULES, KINDS, CAUSES = "event", "flag.watching", "flags.kind", "cause"


@dataclass(frozen=True)
class Searched:
    """``opened``: {session: segments of ``track`` that opened or wait for it}; ``events``: {session: (word of the
    catalogue, time)}."""

    opened: Mapping[str, int]
    events: Mapping[str, tuple[str, str]]


@needs(May.WATCH)
async def search(request: Request) -> Response:
    """{"rows": [{"id", "said"}], "unread", "said"}: sessions in which the words were found, each with one place."""
    site, exam, person = site_of(request), request.path_params["exam"], request.state.person
    form = await request.form()
    words, view = typed(form.get("q"), MOST_WORDS), str(form.get("view", ""))
    if not words:
        raise Denied(400, "denied.form")
    if not site.views.belongs(view, person.id, exam):
        raise Denied(409, "denied.view")
    answer = await run_in_threadpool(found_of, site, exam, words, texts_of(request))
    if site.views.first_watch(view, f"search/{words}"):
        details = {"words": words, "sessions": len(answer["rows"])}
        await site.database.write_async(
            lambda connection: audit.append(
                connection, at=site.now(), who=person.login, action="searched", subject=f"exam/{exam}", details=details
            )
        )
    return JSONResponse(answer, headers=NO_STORE)


def found_of(site: Site, exam: str, words: str, t: Texts) -> dict[str, Any]:
    """Raises ``Denied`` (404)."""
    names = {prefix: named(t, prefix, words) for prefix in (EVENTS, RULES, KINDS, CAUSES)}
    searched = site.database.read(lambda connection: _searched(connection, exam, names))
    hits = site.seen_texts.search(words, list(searched.opened))
    unread = site.seen_texts.unread(searched.opened)
    said = {session: t("board.found.event", text=word, time=time) for session, (word, time) in searched.events.items()}
    for session, hit in hits.items():
        moment = t.clock(iso(hit.wall_zero + timedelta(milliseconds=hit.at_ms)))
        said[session] = t(f"board.found.{hit.kind}", text=hit.text, time=moment)
    sentence = t("board.found.said", n=len(said))
    if unread:
        looked = len(searched.opened) - len(unread)
        sentence += " " + t("board.found.unread", looked=looked, all=len(searched.opened))
    rows = [{"id": session, "said": text} for session, text in said.items()]
    return {"rows": rows, "unread": len(unread), "said": sentence}


def named(t: Texts, prefix: str, words: str) -> dict[str, str]:
    """Names below ``prefix`` whose sentence in the reader's language holds the words, each with its sentence."""
    asked, found = folded(words), {}
    for name, sentence in t.subset(prefix).items():
        if isinstance(sentence, str):
            text = sentence.replace(", {time}", "").replace("{time}", "")
            if asked in folded(text):
                found[name] = text
    return found


def _searched(connection: Connection, exam: str, names: Mapping[str, Mapping[str, str]]) -> Searched:
    title_of(connection, exam)
    here = select(sessions.c.id).where(sessions.c.exam == exam, sessions.c.erased_at.is_(None))
    opened = dict.fromkeys(connection.execute(here).scalars(), 0)
    good = (segments.c.stream == TRACK) & segments.c.opened_ok.is_not(False) & segments.c.held_at.is_not(None)
    counted = select(segments.c.session, func.count()).where(segments.c.session.in_(here), good)
    opened |= {row[0]: row[1] for row in connection.execute(counted.group_by(segments.c.session))}
    events: dict[str, tuple[str, str]] = {}
    for session, word in _flagged(connection, here, names):
        events.setdefault(session, (word, ""))
    for session, word, arrived in _listed(connection, here, names):
        events.setdefault(session, (word, arrived))
    return Searched(opened, events)


def _flagged(
    connection: Connection, here: Select[Any], names: Mapping[str, Mapping[str, str]]
) -> Iterable[tuple[str, str]]:
    """Moments to look at, by kind and by the rule of the watching."""
    if not names[RULES] and not names[KINDS]:
        return
    query = select(flags.c.session, flags.c.kind, flags.c["values"]).where(flags.c.session.in_(here))
    for row in connection.execute(query.order_by(flags.c.from_ms)):
        word = names[RULES].get(str(row[2].get("rule", ""))) or names[KINDS].get(row.kind)
        if word:
            yield row.session, word


def _listed(
    connection: Connection, here: Select[Any], names: Mapping[str, Mapping[str, str]]
) -> Iterable[tuple[str, str, str]]:
    """Events and gaps of the ledger, which are in clear there too."""
    words = {("event", name): word for name, word in names[EVENTS].items()}
    words |= {("gap", name): word for name, word in names[CAUSES].items()}
    if not words:
        return
    columns = (ledger_lines.c.session, ledger_lines.c.type, ledger_lines.c.name, ledger_lines.c.arrived_at)
    wanted = ledger_lines.c.type.in_(("event", "gap")) & ledger_lines.c.name.in_([name for _, name in words])
    query = select(*columns).where(ledger_lines.c.session.in_(here), wanted)
    for row in connection.execute(query.order_by(ledger_lines.c.session, ledger_lines.c.n)):
        if (row.type, row.name) in words:
            yield row.session, words[row.type, row.name], row.arrived_at
