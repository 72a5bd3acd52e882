"""One recorder process and its two pipes. A reading and a writing thread; the window's thread never waits."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import BinaryIO, cast

from client import messages as m

QUEUE_LIMIT = 2000  # a recorder that leaves so many messages unread is hung: it is ended and replaced


def start_recorder(argv: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the recorder with pipes as its standard input and output. Works from source and frozen.

    ``argv`` is the whole command. Raises ``OSError`` when it cannot be started.
    """
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        list(argv), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, creationflags=flags, close_fds=True
    )


def recorder_command(arguments: Sequence[str]) -> list[str]:
    """The command line of the recorder: this executable when frozen, else ``python -m client.main``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--recorder", *arguments]
    return [sys.executable, "-m", "client.main", "--recorder", *arguments]


class RecorderPipe:
    """Reads frames until the process is gone; keeps only the newest preview of each source."""

    def __init__(
        self,
        argv: Sequence[str],
        arrived: Callable[[RecorderPipe, m.Message | None], None],
        died: Callable[[RecorderPipe], None],
    ) -> None:
        self._process = start_recorder(argv)
        self._arrived, self._died = arrived, died
        self._outbox: queue.Queue[m.Message | None] = queue.Queue(QUEUE_LIMIT)
        self._previews: dict[str, m.Preview] = {}
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="recorder-reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name="recorder-writer", daemon=True)
        self._reader.start()
        self._writer.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, message: m.Message) -> None:
        try:
            self._outbox.put_nowait(message)
        except queue.Full:
            self._process.kill()  # its end of file starts the replacement

    def newest_previews(self) -> list[m.Preview]:
        with self._lock:
            pictures = list(self._previews.values())
            self._previews.clear()
        return pictures

    def close(self, seconds: float) -> None:
        """Ask to end, close the pipe, wait at most ``seconds``. A recorder that still uploads is left alone."""
        for message in (m.Quit(), None):
            try:
                self._outbox.put(message, timeout=seconds)
            except queue.Full:
                break
        self._writer.join(seconds)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return
        self._reader.join(seconds)

    def abandon(self) -> None:
        """The pipe broke: end what is left of the process and collect it."""
        self._process.kill()
        if not self._outbox.full():  # a full one means that the writer is in a write, which now fails
            self._outbox.put_nowait(None)
        self._process.wait()
        self._reader.join(1)

    def _read(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        try:
            while (message := m.read(stream)) is not None:
                if isinstance(message, m.Preview):
                    with self._lock:
                        waiting = bool(self._previews)
                        self._previews[message.source] = message
                    if not waiting:
                        self._arrived(self, None)
                else:
                    self._arrived(self, message)
        except (m.MalformedMessage, OSError, ValueError):
            self._process.kill()
        finally:
            stream.close()
        try:
            self._died(self)
        except RuntimeError:
            return  # the window is already gone

    def _write(self) -> None:
        stream = cast(BinaryIO, self._process.stdin)
        try:
            while (message := self._outbox.get()) is not None:
                data = memoryview(m.encode(message))
                while data:
                    data = data[stream.write(data) :]
        except (OSError, ValueError):
            return  # the reader sees the end of the process and says so
        finally:
            try:
                stream.close()
            except OSError:
                pass  # the other end is gone; there is nothing left to flush
