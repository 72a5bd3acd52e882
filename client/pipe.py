"""The recorder's end of the pipe to its window: typed messages in, typed messages out.

Sending never blocks the engine: a thread of its own writes, and of messages that show a state
(levels, pictures, clocks) only the newest waits. The window is gone when reading ends.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import BinaryIO, Protocol

from client import messages

# Only the newest of these matters; an older one still waiting is replaced (keyed by type and source).
_NEWEST_ONLY = (
    messages.CheckView,
    messages.Level,
    messages.Preview,
    messages.RecordingView,
    messages.NetworkView,
    messages.ClockView,
    messages.HandInView,
    messages.IdentityView,
)

# A window that hangs reads nothing and does not die either. Of what is not newest-only the oldest goes then: it asks
# again for what it holds unanswered.
MOST_WAITING = 2000


class Outlet(Protocol):
    """Where the engine's messages go: the window, or a list in the windowless client."""

    def send(self, message: messages.Message) -> None:
        """Take ``message``; returns at once, raises nothing."""
        ...


def _slot(message: messages.Message) -> tuple[str, str] | None:
    if isinstance(message, messages.IdentityView) and message.outcome:
        return None  # an outcome must be seen
    if isinstance(message, _NEWEST_ONLY):
        return type(message).__name__, str(getattr(message, "source", ""))
    return None


class Pipe:
    """Both directions over two byte streams."""

    def __init__(self, reading: BinaryIO, writing: BinaryIO) -> None:
        self._reading, self._writing = reading, writing
        self._waiting: deque[tuple[tuple[str, str] | None, messages.Message]] = deque()
        self._changed = threading.Condition()
        self._closing = self._broken = False
        self._writer = threading.Thread(target=self._write, name="pipe-writer", daemon=True)
        self._reader: threading.Thread | None = None

    def start(self, received: Callable[[messages.Message], None], ended: Callable[[], None]) -> None:
        """Call ``received`` for each message from the window, ``ended`` once when it is gone."""
        self._writer.start()
        self._reader = threading.Thread(target=self._read, args=(received, ended), name="pipe-reader", daemon=True)
        self._reader.start()

    def send(self, message: messages.Message) -> None:
        slot = _slot(message)
        with self._changed:
            if self._broken:
                return
            if slot is not None:
                self._waiting = deque(item for item in self._waiting if item[0] != slot)
            self._waiting.append((slot, message))
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popleft()
            self._changed.notify()

    def close(self, timeout: float = 2.0) -> None:
        """Write what waits (for at most ``timeout`` seconds) and stop writing."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._writer.is_alive():
            self._writer.join(timeout)

    def _write(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if not self._waiting:
                    return
                _, message = self._waiting.popleft()
            try:
                self._writing.write(messages.encode(message))
                self._writing.flush()
            except (OSError, ValueError):
                # The window is gone; the reader notices it and tells the engine.
                with self._changed:
                    self._broken = True
                    self._waiting.clear()
                return

    def _read(self, received: Callable[[messages.Message], None], ended: Callable[[], None]) -> None:
        try:
            while (message := messages.read(self._reading)) is not None:
                received(message)
        except (OSError, ValueError, messages.MalformedMessage) as error:
            # A malformed frame means a defect or a hostile parent: it is treated as a lost window.
            print(f"pipe: {error}", file=sys.stderr)
        finally:
            ended()


def standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """This process's stdin and stdout as the pipe, taken away from everybody else.

    Native libraries print to file descriptor 1; a stray line would corrupt the frames. So the pipe
    moves to descriptors of its own, 1 becomes stderr and 0 reads nothing.
    """
    reading, writing = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(reading, os.O_BINARY)
        msvcrt.setmode(writing, os.O_BINARY)
    return os.fdopen(reading, "rb", buffering=65536), os.fdopen(writing, "wb", buffering=0)
