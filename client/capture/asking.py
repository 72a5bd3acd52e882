"""Questions to the system that may take long: asked in a thread of their own, answered when they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from client.errors import SenimError

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Asking(Generic[T]):
    """``ask`` may block (bounded by itself) and may raise ``SenimError``: then the answer before it stays."""

    def __init__(self, name: str, ask: Callable[[], T], every_s: float | None = None) -> None:
        """``every_s``: asked again so often; None: only once. Begins at once."""
        self._ask, self._every_s = ask, every_s
        self._stopping = threading.Event()
        self.answered = False
        self.answer: T | None = None
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def stop(self) -> None:
        """No further question; one that is on its way is not waited for."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.answer = self._ask()
            except SenimError as error:
                _log.info("no answer: %s", error)
            finally:
                self.answered = True
            if self._every_s is None or self._stopping.wait(self._every_s):
                return
