"""What people of the institution write to the student: shown once each, confirmed until the institution knows."""

from __future__ import annotations

import logging
from typing import Any

from client import messages as m
from client.engine.hub import Hub, nothing
from client.errors import SenimError

_log = logging.getLogger(__name__)

AGAIN_SECONDS = 10.0


class Notices:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._shown: set[str] = set()

    def forget(self) -> None:
        """Another session's notices come."""
        self._shown = set()

    def show(self, notices: list[dict[str, Any]]) -> None:
        """Those that were not shown yet; the server repeats each until it is confirmed."""
        for notice in notices:
            identifier = str(notice.get("id", ""))
            if identifier in self._shown:
                continue
            self._shown.add(identifier)
            texts = (
                identifier,
                str(notice.get("kind", "info")),
                str(notice.get("text", "")),
                str(notice.get("sent", "")),
            )
            minutes = notice.get("minutes")
            language, written = str(notice.get("language", "")), _written(notice.get("texts"))
            self._hub.send(m.Notice(*texts, minutes if isinstance(minutes, int) else 0, language, written))

    def read(self, message: m.NoticeRead) -> None:
        session, transport = self._hub.open_sitting().spool.note.session, self._hub.transport

        def failed(error: SenimError) -> None:
            _log.info("notice %s: %r", message.notice, error)
            self._hub.inbox.later(AGAIN_SECONDS, lambda: self.read(message) if self._hub.sitting else None)

        self._hub.calls.ask(lambda: transport.read_notice(session, message.notice), nothing, failed)


def _written(texts: object) -> dict[str, str]:
    """By language; a server of before sends none."""
    entries = texts.items() if isinstance(texts, dict) else ()
    return {str(language): text for language, text in entries if isinstance(text, str)}
