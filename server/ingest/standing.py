"""What people said to one session, as the database has it: asked together with who calls, told with every answer."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_

from server.schema import breaks, exams, notice_reads, notices, sessions, users

FOR_IT = and_(notices.c.exam == sessions.c.exam, or_(notices.c.session.is_(None), notices.c.session == sessions.c.id))
READ_HERE = and_(notice_reads.c.notice == notices.c.id, notice_reads.c.session == sessions.c.id)
COLUMNS = (
    notices.c.id, notices.c.kind, notices.c.text, notices.c.sent_at, notices.c.minutes, notice_reads.c.read_at,
    exams.c.break_rule, notices.c.texts, users.c.language,
)  # fmt: skip
ORDER = (notices.c.sent_at, notices.c.id)
HAS_BREAKS: ColumnElement[bool] = exists().where(breaks.c.session == sessions.c.id)


class Standing(NamedTuple):
    """A row of ``COLUMNS``: one for each notice to the session, at least one in any case (``id`` None)."""

    id: str | None
    kind: str
    text: str
    sent_at: str
    minutes: int
    read_at: str | None
    break_rule: dict[str, Any] | None
    texts: dict[str, str] | None
    language: str

    def notice(self) -> dict[str, Any]:
        """``text`` in the student's language where there is one, else the first that was written; ``language`` says
        which it is ("": not known). ``texts``: all of them, for a window that is switched to another language."""
        texts = self.texts or {}
        language = self.language if self.language in texts else next(iter(texts), "")
        return {
            "id": self.id, "kind": self.kind, "text": texts.get(language, self.text), "language": language,
            "texts": texts, "sent": self.sent_at, "minutes": self.minutes,
        }  # fmt: skip
