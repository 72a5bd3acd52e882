"""A TCP relay before the server that counts what the student's machine sends: every byte that leaves it."""

from __future__ import annotations

import contextlib
import socket
import threading


class Wire:
    """Listens on loopback; ``port`` is what the client is told, ``target`` where the server listens."""

    def __init__(self) -> None:
        self.target = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._lock = threading.Lock()
        self._sent = 0
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    @property
    def sent(self) -> int:
        """Bytes from clients to the server so far, requests' heads included."""
        with self._lock:
            return self._sent

    def close(self) -> None:
        self._listening.close()
        with self._lock:
            ends = list(self._open)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target), 5)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                if counts:
                    with self._lock:
                        self._sent += len(data)
                other.sendall(data)
        with self._lock:
            self._open -= {one}
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)
        if not counts:
            near = other
            with contextlib.suppress(OSError):
                near.close()
        else:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RD)
