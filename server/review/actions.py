"""What every deed on a session needs: how it is named, its row, typed text, the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from starlette.responses import RedirectResponse, Response

from server.review.access import Denied
from server.schema import sessions

MAX_REASON = 2000


def subject_of(session: str) -> str:
    """How the audit chain names a session."""
    return f"session/{session}"


def session_row(connection: Connection, session: str) -> Mapping[str, Any]:
    """Raises ``Denied`` (404)."""
    row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")
    return dict(row)


def typed(value: object, limit: int) -> str:
    """What was typed into a field, without the blanks around it."""
    return value.strip()[:limit] if isinstance(value, str) else ""


def back(session: str, place: str) -> Response:
    """To the session's page, at the part that changed."""
    return RedirectResponse(f"/sessions/{session}?done={place}#{place}", status_code=303)
