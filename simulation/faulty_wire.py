"""A line with faults: an HTTP proxy on loopback that does to chosen requests what networks, proxies and servers do.

Faults are planned ahead; each is met by one request and then used up. ``unmet`` names those nobody met, so that a
test cannot pass because its fault never happened.
"""

from __future__ import annotations

import http.client
import random
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Headers that speak of one connection, not of the message.
_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "host", "content-length", "date", "server"})
_ANSWER_SECONDS = 60.0


class Kind(StrEnum):
    """What happens to a request."""

    DELAY = "delay"  # it comes ``seconds`` later
    RESET = "reset"  # the connection is reset before anything arrives
    CUT_REQUEST = "cut_request"  # half of it arrives, then the connection ends
    CUT_ANSWER = "cut_answer"  # the server acts; half of its answer comes back
    LOST_ANSWER = "lost_answer"  # the server acts; nothing comes back
    ANSWER = "answer"  # something before the server answers ``status``, with ``Retry-After`` if given
    CORRUPT_REQUEST = "corrupt_request"  # one byte of the body is another
    CORRUPT_ANSWER = "corrupt_answer"
    DUPLICATE = "duplicate"  # it arrives twice; the second answer comes back
    REORDER = "reorder"  # the sender hears nothing; it arrives after the next request of the same kind
    OLD_ANSWER = "old_answer"  # the server acts; an earlier answer to the same call comes back


@dataclass(frozen=True)
class Fault:
    """``method``, ``path``: which requests (a part of the path; "" any). ``skip``: so many of them pass first."""

    kind: Kind
    method: str = ""
    path: str = ""
    skip: int = 0
    seconds: float = 0.0
    status: int = 503
    retry_after: int | None = None

    def fits(self, request: Passing) -> bool:
        return self.method in ("", request.method) and self.path in request.path


@dataclass(frozen=True)
class Passing:
    """A request on its way."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)


class _Planned:
    def __init__(self, fault: Fault) -> None:
        self.fault, self.left = fault, fault.skip


class FaultyWire:
    """Between a client and the server at ``port`` of this machine. Thread-safe."""

    def __init__(self, port: int, seed: int = 0) -> None:
        self.target = port
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._planned: list[_Planned] = []
        self._held: list[tuple[Fault, Passing]] = []
        self._replies: dict[tuple[str, str], Reply] = {}
        self._cut, self._slow_seconds = False, 0.0
        self.requests: list[str] = []
        wire = self

        class Handler(_Handler):
            pass

        Handler.wire = wire
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="faulty-wire", daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def plan(self, *faults: Fault) -> None:
        with self._lock:
            self._planned += [_Planned(fault) for fault in faults]

    def unmet(self) -> list[Fault]:
        """Planned, and nobody met it; for a reordered request: it never arrived."""
        with self._lock:
            return [planned.fault for planned in self._planned] + [fault for fault, _ in self._held]

    def cut(self) -> None:
        """No cable any more: every request is reset until ``mend``."""
        self._cut = True

    def slow(self, seconds: float) -> None:
        """Every request comes so much later, until ``mend``."""
        self._slow_seconds = seconds

    def mend(self) -> None:
        self._cut, self._slow_seconds = False, 0.0

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # -- one request --------------------------------------------------------------------

    def take(self, request: Passing) -> Fault | None:
        """The fault this request meets, if any."""
        if self._cut:
            return Fault(Kind.RESET)
        with self._lock:
            self.requests.append(f"{request.method} {request.path}")
            for planned in list(self._planned):
                if not planned.fault.fits(request):
                    continue
                if planned.left:
                    planned.left -= 1
                elif planned.fault.kind is not Kind.OLD_ANSWER or (request.method, request.path) in self._replies:
                    self._planned.remove(planned)
                    return planned.fault
        return None

    def hold(self, fault: Fault, request: Passing) -> None:
        with self._lock:
            self._held.append((fault, request))

    def deliver(self, request: Passing) -> Reply:
        """To the server and back; what was held back of this kind follows it. Raises ``OSError``."""
        time.sleep(self._slow_seconds)
        reply = self._once(request)
        with self._lock:
            late = [(fault, held) for fault, held in self._held if fault.fits(request)]
            self._held = [entry for entry in self._held if entry not in late]
            if reply.status < 300:
                self._replies[request.method, request.path] = reply
        for _, held in late:
            self._once(held)
        return reply

    def earlier(self, request: Passing) -> Reply:
        with self._lock:
            return self._replies[request.method, request.path]

    def spoiled(self, body: bytes) -> bytes:
        """One bit of one byte is another, at a place the seed chooses."""
        if not body:
            return body
        with self._lock:
            place = self._random.randrange(len(body))
        return body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]

    def half(self, request: Passing) -> None:
        """So much of a request arrives, and then its connection ends."""
        head = f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        head += f"Content-Length: {len(request.body)}\r\n\r\n"
        try:
            with socket.create_connection(("127.0.0.1", self.target), 5) as far:
                far.sendall(head.encode("latin-1") + request.body[: len(request.body) // 2])
        except OSError:
            return  # nobody there: then not even that arrives

    def _once(self, request: Passing) -> Reply:
        far = http.client.HTTPConnection("127.0.0.1", self.target, timeout=_ANSWER_SECONDS)
        try:
            far.request(request.method, request.path, request.body, request.headers)
            answer = far.getresponse()
            return Reply(answer.status, answer.getheaders(), answer.read())
        except http.client.HTTPException as error:
            raise ConnectionResetError(str(error)) from error
        finally:
            far.close()


class _Handler(BaseHTTPRequestHandler):
    wire: FaultyWire
    protocol_version = "HTTP/1.1"
    timeout = _ANSWER_SECONDS

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what passed is in ``FaultyWire.requests``."""

    def _pass(self) -> None:
        try:
            self._carry(self._read())
        except OSError:
            self._reset()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _pass  # noqa: N815 -- the library's names

    def _read(self) -> Passing:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        return Passing(self.command, self.path, headers, body)

    def _carry(self, request: Passing) -> None:
        fault = self.wire.take(request)
        match fault.kind if fault else None:
            case None:
                self._reply(self.wire.deliver(request))
            case Kind.DELAY:
                time.sleep(fault.seconds if fault else 0)
                self._reply(self.wire.deliver(request))
            case Kind.ANSWER if fault:
                after = [] if fault.retry_after is None else [("Retry-After", str(fault.retry_after))]
                self._reply(Reply(fault.status, after, b"from something in between"))
            case Kind.CORRUPT_REQUEST:
                spoiled = Passing(request.method, request.path, request.headers, self.wire.spoiled(request.body))
                self._reply(self.wire.deliver(spoiled))
            case Kind.CORRUPT_ANSWER:
                reply = self.wire.deliver(request)
                self._reply(Reply(reply.status, reply.headers, self.wire.spoiled(reply.body)))
            case Kind.DUPLICATE:
                self.wire.deliver(request)
                self._reply(self.wire.deliver(request))
            case Kind.OLD_ANSWER:
                earlier = self.wire.earlier(request)
                self.wire.deliver(request)
                self._reply(earlier)
            case Kind.CUT_ANSWER:
                self._reply(self.wire.deliver(request), cut=True)
            case _:
                self._end(fault, request)

    def _end(self, fault: Fault | None, request: Passing) -> None:
        """The faults after which the sender hears nothing."""
        if fault is not None and fault.kind is Kind.CUT_REQUEST:
            self.wire.half(request)
        elif fault is not None and fault.kind is Kind.LOST_ANSWER:
            self.wire.deliver(request)
        elif fault is not None and fault.kind is Kind.REORDER:
            self.wire.hold(fault, request)
        self._reset()

    def _reply(self, reply: Reply, cut: bool = False) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if cut else reply.body)
        if cut:
            self._reset()

    def _reset(self) -> None:
        self.close_connection = True
        try:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it was gone already
