"""Who hears of a delivery on its way."""

from __future__ import annotations

from typing import Protocol

from client.upload.transport import Status


class UploadListener(Protocol):
    """Told from the uploader's thread; must be quick and raise nothing."""

    def network(self, state: str) -> None:
        """``online``, ``offline`` or ``slow``; told when it changes."""
        ...

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        """What rode on an answer, with the session times around the call."""
        ...

    def answer_held(self, question: str, revision: int) -> None: ...
    def sent(self, count: int) -> None:
        """``count`` bytes of the recording arrived."""
        ...

    def delivered(self, receipt: str) -> None:
        """The closing receipt, verified. The uploader has ended."""
        ...

    def refused(self, word: str) -> None:
        """The server said no in a way that trying again will not cure by itself; told once per word."""
        ...
