"""A port on loopback that nobody else is given while this process lives."""

from __future__ import annotations

import socket

_HELD: list[socket.socket] = []


def held_port(wanted: int = 0) -> int:
    """For a server that is started later, or stopped and started again, by this process or a child of it.

    The port stays bound here without listening, so that the system gives it to nobody who asks for any free port
    and connects nobody from it; whoever names it and sets ``SO_REUSEADDR``, as servers do, can listen on it. A port
    that was only looked up may be another program's by the time it is used, and that program then answers in the
    server's place. ``wanted``: this one and no other. Raises ``OSError`` when it, or any, is not free.
    """
    held = socket.socket()
    try:
        held.bind(("127.0.0.1", wanted))
    except OSError:
        held.close()
        raise
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # after the bind: it must not share, only be shared
    _HELD.append(held)
    return int(held.getsockname()[1])
