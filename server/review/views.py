"""One view = one opening of a session's page by one person. Media is handed out to a view, and noted once per view."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

KEPT = 2000


@dataclass
class View:
    user: str
    session: str
    noted: bool = False


class Views:
    def __init__(self) -> None:
        self._views: OrderedDict[str, View] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, user: str, session: str) -> str:
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._views[name] = View(user, session)
            while len(self._views) > KEPT:
                self._views.popitem(last=False)
        return name

    def belongs(self, name: str, user: str, session: str) -> bool:
        view = self._views.get(name)
        return view is not None and (view.user, view.session) == (user, session)

    def first_watch(self, name: str) -> bool:
        """True exactly once per view."""
        with self._lock:
            view = self._views.get(name)
            if view is None or view.noted:
                return False
            view.noted = True
            return True
