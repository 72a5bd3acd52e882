"""While the sign-in page is shown: is there a newer version? Said in one sentence, and nothing waits for it."""

from __future__ import annotations

import logging

from client import messages as m
from client.engine.hub import Hub
from client.engine.inbox import Calls
from client.release import read_update
from evidence.packages import PackagesError

_log = logging.getLogger(__name__)


class Updates:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._shown = m.UpdateView("", "")

    def ask(self) -> None:
        """In a thread of its own, with a transport of its own: a dead network must not hold a sign-in up."""
        transport = self._hub.workshop.transport()
        calls = Calls(self._hub.inbox, "engine-updates")
        calls.ask(transport.release, self._came, lambda error: _log.info("no word about versions: %r", error))
        calls.close()

    def _came(self, line: str | None) -> None:
        workshop, view = self._hub.workshop, m.UpdateView("", "")
        try:
            found = read_update(line, workshop.verifying_key, workshop.version, workshop.server)
        except PackagesError as error:
            _log.warning("a notice of another version was refused: %s (%s)", error.code, error)
            found = None
        if found is not None:
            view = m.UpdateView(found.version, "" if workshop.managed else found.where, found.back)
        if view != self._shown:
            self._shown = view
            self._hub.send(view)
