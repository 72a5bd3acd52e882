"""A video encoder behind a thread of its own, so that one that never returns costs seconds and not the exam.

Encoders are large native libraries with a dozen threads each; one of those that waits for another for ever cannot be
ended from outside. The stream's thread therefore waits only so long, then leaves the encoder behind with its thread
and goes on with a new one. What the old one holds of memory is lost, unless it returns after all.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from client.capture.encode import EncoderFailed, Recipe, VideoEncoder
from client.capture.fragments import Packet
from client.capture.source import Pixels

PATIENCE_S = 30.0
"""A key picture takes 3 s on the slowest computer that keeps its preset (``trial``). Where twenty programs want the
processor at once it takes more than ten, and an encoder that is only slow must not be thrown away: the next one would
begin with a key picture again. Time asleep does not count."""
FINISH_S = 1.0
"""An encoder that holds nothing back has nothing to finish; the end of a recording does not wait longer for it."""

Order = Callable[[VideoEncoder], list[Packet]]


class GuardedEncoder:
    """As ``VideoEncoder``, and raises ``EncoderFailed`` too when that does not return in time."""

    def __init__(
        self,
        recipe: Recipe,
        width: int,
        height: int,
        rate: int,
        name: str = "",
        *,
        patience_s: float = PATIENCE_S,
        make: Callable[..., VideoEncoder] = VideoEncoder,
    ) -> None:
        """``name``: the stream's. ``make``: tests have encoders of their own."""
        self.width, self.height = width, height
        self.init = b""
        """The init segment; b"" before the first packet."""
        self._patience_s = patience_s
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[list[Packet] | Exception] = queue.SimpleQueue()
        self._left = False
        opened = (recipe, width, height, rate, name)
        self._thread = threading.Thread(target=self._work, args=(make, opened), name=f"encode-{name}", daemon=True)
        self._thread.start()
        self._answer("open", self._patience_s)

    def encode(self, yuv: Pixels, pts: int, key: bool) -> list[Packet]:
        """As ``VideoEncoder.encode``; ``yuv`` must not change before this has returned."""
        return self._ask("encode", lambda encoder: encoder.encode(yuv, pts, key), self._patience_s)

    def finish(self) -> list[Packet]:
        """What the encoder still holds; it is released and must not be used again."""
        rest = self._ask("finish", lambda encoder: encoder.finish(), FINISH_S)
        self.close()
        return rest

    def close(self) -> None:
        """Release it as soon as it lets us; what it still holds is lost. Raises nothing, waits for nothing."""
        self._left = True
        self._orders.put(None)

    def _ask(self, doing: str, order: Order, patience_s: float) -> list[Packet]:
        if self._left:
            raise EncoderFailed(f"{doing}: left behind")
        self._orders.put(order)
        return self._answer(doing, patience_s)

    def _answer(self, doing: str, patience_s: float) -> list[Packet]:
        try:
            answer = self._answers.get(timeout=patience_s)
        except queue.Empty:
            self.close()
            raise EncoderFailed(f"{doing}: did not return within {patience_s:g} s") from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    # ---- the encoder's thread ---------------------------------------------------------------

    def _work(self, make: Callable[..., VideoEncoder], opened: tuple[Any, ...]) -> None:
        try:
            encoder = make(*opened)
        except Exception as error:  # noqa: BLE001 - it is the stream's thread that must hear of it
            self._answers.put(error)
            return
        self._answers.put([])
        while (order := self._orders.get()) is not None and not self._left:
            try:
                packets = order(encoder)
                self.init = encoder.init
                self._answers.put(packets)
            except Exception as error:  # noqa: BLE001 - as above
                self._answers.put(error)
        encoder.close()
