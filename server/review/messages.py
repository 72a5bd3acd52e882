"""Messages of an invigilator to one student or to all who sit an exam, in up to three languages.

A student reads the language of the own window, or else what there is, with its language said. Ready phrases exist in
all three. Everything that was written stands in the audit chain.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit
from server.review.access import Denied, needs
from server.review.actions import back, session_row, subject_of, typed
from server.review.board import title_of
from server.review.phrases import PHRASES
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import NOTICE_KINDS, notices
from server.settings import LANGUAGES

MAX_MESSAGE = 1000
MAX_MINUTES = 180


@dataclass(frozen=True)
class Message:
    """``texts``: by language, at least one. ``minutes`` only with kind time_added."""

    kind: str
    texts: Mapping[str, str] = field(hash=False)
    minutes: int = 0


@needs(May.MESSAGE)
async def send(request: Request) -> Response:
    """To one student."""
    site, session, who = site_of(request), request.path_params["session"], request.state.person.login
    message = read_message(site, await request.form())

    def work(connection: Connection) -> None:
        row = open_session(connection, session)
        note(connection, message, exam=row["exam"], session=session, who=who, now=site.now())

    await site.database.write_async(work)
    return back(session, "messages")


@needs(May.MESSAGE)
async def send_to_all(request: Request) -> Response:
    """To everybody who sits this exam, now or later."""
    site, exam, who = site_of(request), request.path_params["exam"], request.state.person.login
    message = read_message(site, await request.form())

    def work(connection: Connection) -> None:
        title_of(connection, exam)
        note(connection, message, exam=exam, session=None, who=who, now=site.now())

    await site.database.write_async(work)
    return RedirectResponse(f"/exams/{exam}?done=messages", status_code=303)


def read_message(site: Site, form: Mapping[str, Any]) -> Message:
    """What was typed goes before the ready phrase in each language. Raises ``Denied`` (400)."""
    kind, phrase = str(form.get("kind", "")), str(form.get("phrase", ""))
    texts = in_all(site, f"phrase.{phrase}") if phrase in PHRASES else {}
    given = {language: typed(form.get(f"text_{language}"), MAX_MESSAGE) for language in LANGUAGES}
    texts |= {language: text for language, text in given.items() if text}
    written = str(form.get("minutes") or "0")
    minutes = int(written) if written.isdecimal() and len(written) < 5 else -1
    added = kind == "time_added"
    if kind not in NOTICE_KINDS or not texts or not (1 <= minutes <= MAX_MINUTES if added else True):
        raise Denied(400, "denied.message")
    return Message(kind, texts, minutes if added else 0)


def in_all(site: Site, key: str, **values: object) -> dict[str, str]:
    """One sentence of the site in every language."""
    return {language: site.texts[language](key, **values) for language in LANGUAGES}


def open_session(connection: Connection, session: str) -> Mapping[str, Any]:
    """Raises ``Denied``: 404, and 409 once it has ended."""
    row = session_row(connection, session)
    if row["state"] != "open":
        raise Denied(409, "denied.ended")
    return row


def note(connection: Connection, message: Message, *, exam: str, session: str | None, who: str, now: str) -> None:
    """Hands the message out and writes its entry."""
    first = next(message.texts[language] for language in LANGUAGES if language in message.texts)
    connection.execute(
        insert(notices).values(
            id=secrets.token_hex(16), exam=exam, session=session, kind=message.kind, text=first,
            texts=dict(message.texts), minutes=message.minutes, sent_by=who, sent_at=now,
        )
    )  # fmt: skip
    audit.append(
        connection, at=now, who=who, action="message", subject=subject_of(session) if session else f"exam/{exam}",
        details={"kind": message.kind, "texts": dict(message.texts), "minutes": message.minutes},
    )  # fmt: skip
