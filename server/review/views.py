"""One view = one opening of a page by one person. Media is handed out to a view, and noted once per view."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

KEPT = 2000
MOST_NOTED = 5000  # of one view; beyond it everything is noted each time


@dataclass
class View:
    """``subject``: the session or the exam whose page was opened."""

    user: str
    subject: str
    noted: set[str] = field(default_factory=set)


class Views:
    def __init__(self) -> None:
        self._views: OrderedDict[str, View] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, user: str, subject: str) -> str:
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._views[name] = View(user, subject)
            while len(self._views) > KEPT:
                self._views.popitem(last=False)
        return name

    def belongs(self, name: str, user: str, subject: str) -> bool:
        view = self._views.get(name)
        return view is not None and (view.user, view.subject) == (user, subject)

    def first_watch(self, name: str, what: str = "") -> bool:
        """True exactly once per view and thing watched on it."""
        with self._lock:
            view = self._views.get(name)
            if view is None or what in view.noted:
                return False
            if len(view.noted) < MOST_NOTED:
                view.noted.add(what)
            return True
