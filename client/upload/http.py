"""The transport over HTTP with ``requests``. A library's errors become ours here and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import io
import ipaddress
import json
import socket
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from urllib3.connection import HTTPConnection

from client.upload import responses
from client.upload.transport import (
    BadAnswer,
    CertificateRefused,
    HandedIn,
    HeldAnswers,
    Identified,
    LinesTaken,
    NetworkDown,
    OpenedSession,
    Refused,
    Status,
)
from evidence.receipt import Head

# To reach the other end, and to get rid of one piece (16 KiB) of a body.
CONNECT_SECONDS = 5.0
# The longest silence after that. What is asked all through the exam is answered at once by a server that lives, and
# a person must hear soon of one that does not; what people wait for (sign-in, paper, hand-in) may take its time.
ANSWER_SECONDS = 10.0
PATIENT_SECONDS = 30.0
# What the system may hold of a body on its way. More would make a dead line look busy, and the answer to a segment
# would be waited for while most of it has not left: 128 KiB (the system doubles it) take 4 s at 256 kbit/s.
SENDING_BYTES = 64 * 1024
LARGEST_ANSWER = 32 * 1024 * 1024  # a paper with pictures


class PlainHttpRefused(NetworkDown):
    """Plain http to another machine would show passwords and answers to the network."""

    code = "server_certificate"


def on_loopback(address: str) -> bool:
    """Whether ``address`` (a URL) names this machine itself."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class HttpTransport:
    """``server``: address without a path. ``pinned_ca``: the only certificate authority to trust."""

    def __init__(self, server: str, pinned_ca: Path | None = None, user_agent: str = "Senim") -> None:
        if urlsplit(server).scheme != "https" and not on_loopback(server):
            raise PlainHttpRefused(server)
        self._base = server.rstrip("/") + "/api/v1"
        self._verify: str | bool = str(pinned_ca) if pinned_ca else True
        self._agent = user_agent
        self._token = ""
        self._resume: dict[str, str] = {}
        self._resuming = threading.Lock()
        self._local = threading.local()  # requests' sessions are not for several threads at once

    # -- identification -----------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> Identified:
        return self._signed_in({"login": login, "password": password})

    def sign_in_with_code(self, code: str) -> Identified:
        return self._signed_in({"code": code})

    def _signed_in(self, body: Mapping[str, str]) -> Identified:
        self._token = ""
        answer = self._json("POST", "sign-in", body, PATIENT_SECONDS)
        fields = {name: str(answer[name]) for name in ("token", "name", "login", "student", "server_time")}
        self._token = fields["token"]
        return Identified(**fields)

    def use_token(self, token: str) -> None:
        self._token = token

    def resume_with(self, session: str, resume: str, machine: str) -> None:
        self._resume = {"session": session, "resume": resume, "machine": machine}

    def sign_out(self) -> None:
        self._resume = {}
        self._call("POST", "sign-out")
        self._token = ""

    # -- before the session ---------------------------------------------------------------

    def time(self) -> str:
        return str(self._json("GET", "time")["server_time"])

    def probe(self, data: bytes) -> None:
        self._call("POST", "uplink-probe", data, patience=PATIENT_SECONDS)

    def report(self, readiness: Mapping[str, Any]) -> None:
        self._json("POST", "readiness", readiness)

    def release(self) -> str | None:
        line = self._json("GET", "release")["release"]
        if line is not None and not (isinstance(line, str) and line.isascii()):
            raise BadAnswer("no release notice")
        return line

    def exams(self) -> tuple[str, list[dict[str, Any]]]:
        answer = self._json("GET", "exams", patience=PATIENT_SECONDS)
        return str(answer["server_time"]), responses.objects_of(answer["exams"])

    def open_session(self, seat: str, request: Mapping[str, Any]) -> OpenedSession:
        answer = self._json("POST", f"seats/{quote(seat, safe='')}/session", request, PATIENT_SECONDS)
        return responses.opened_session(answer)

    # -- the session --------------------------------------------------------------------

    def post_lines(self, session: str, lines: Sequence[str]) -> LinesTaken:
        answer = self._json("POST", f"sessions/{session}/ledger", {"lines": list(lines)})
        return LinesTaken(str(answer["receipt"]), responses.head(answer["head"]), responses.status(answer))

    def put_segment(self, session: str, stream: str, index: int, sealed: bytes) -> bool:
        headers = {"Content-Digest": _digest(sealed), "Content-Type": "application/octet-stream"}
        path = f"sessions/{session}/segments/{quote(stream, safe='')}/{index}"
        return self._call("PUT", path, sealed, headers).status_code == 201

    def ledger(self, session: str) -> list[str]:
        answer = self._json("GET", f"sessions/{session}/ledger", patience=PATIENT_SECONDS)
        return responses.ledger_lines(answer["lines"])

    def missing(self, session: str) -> tuple[dict[str, list[int]], Status]:
        answer = self._json("GET", f"sessions/{session}/missing")
        return responses.missing(answer), responses.status(answer)

    def paper(self, session: str) -> dict[str, Any]:
        return self._json("GET", f"sessions/{session}/paper", patience=PATIENT_SECONDS)

    def put_answer(self, session: str, question: str, answer: Mapping[str, Any]) -> Status:
        return responses.status(self._json("PUT", f"sessions/{session}/answers/{quote(question, safe='')}", answer))

    def answers(self, session: str) -> HeldAnswers:
        answer = self._json("GET", f"sessions/{session}/answers", patience=PATIENT_SECONDS)
        return responses.held_answers(answer)

    def read_notice(self, session: str, notice: str) -> Status:
        return responses.status(self._json("POST", f"sessions/{session}/notices/{quote(notice, safe='')}/read", {}))

    def wish_break(self, session: str, wish: str) -> Status:
        return responses.status(self._json("POST", f"sessions/{session}/break", {"wish": wish}))

    def status(self, session: str) -> Status:
        return responses.status(self._json("GET", f"sessions/{session}/status"))

    def hand_in(self, session: str, head: Head, answers: Mapping[str, int]) -> HandedIn:
        body = {"head": {"n": head.n, "digest": head.digest}, "answers": dict(answers)}
        answer = self._json("POST", f"sessions/{session}/hand-in", body, PATIENT_SECONDS)
        return responses.handed_in(answer)

    # -- one call -----------------------------------------------------------------------

    def _json(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, patience: float = 0.0
    ) -> dict[str, Any]:
        data, headers = b"", {}
        if body is not None:
            data = json.dumps(body, allow_nan=False).encode()
            headers = {"Content-Type": "application/json", "Content-Digest": _digest(data)}
        answer = self._call(method, path, data, headers, patience)
        try:
            return responses.object_of(answer.json())
        except (ValueError, TypeError) as error:
            raise BadAnswer(f"{method} {path}: {error}") from error

    def _call(
        self, method: str, path: str, data: bytes = b"", headers: Mapping[str, str] | None = None, patience: float = 0.0
    ) -> requests.Response:
        """``patience``: seconds of silence before an answer, ``ANSWER_SECONDS`` if not given."""
        before = self._token
        try:
            return self._ask(method, path, data, headers, patience)
        except Refused as error:
            if error.word != "signed_out" or not self._resume or path == "sign-in":
                raise
            with self._resuming:
                if self._token == before:  # nobody else did it meanwhile
                    self._sign_in_by_resume()
            return self._ask(method, path, data, headers, patience)

    def _sign_in_by_resume(self) -> None:
        try:
            self._signed_in(self._resume)
        except Refused as error:
            if error.word == "signed_out":
                self._resume = {}  # void for good: asking again would only count as guessing
            raise

    def _ask(
        self, method: str, path: str, data: bytes, headers: Mapping[str, str] | None, patience: float
    ) -> requests.Response:
        sent = {"User-Agent": self._agent, "Accept": "application/json", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        try:
            answer = self._session().request(
                method,
                f"{self._base}/{path}",
                # As a file it goes out in pieces, each with its own time limit; bytes would share one.
                data=io.BytesIO(data) if data else None,
                headers=sent,
                timeout=(CONNECT_SECONDS, patience or ANSWER_SECONDS),
                verify=self._verify,
                allow_redirects=False,  # a redirect could lead the token elsewhere
                stream=True,
            )
            with answer:
                _read_whole(answer)
        except requests.exceptions.SSLError as error:
            raise CertificateRefused(str(error)) from error
        except (requests.exceptions.RequestException, OSError) as error:
            raise NetworkDown(str(error)) from error
        if answer.status_code >= 300:
            raise _problem(answer)
        return answer

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False  # no proxy, no netrc: the institution's address is configured, not guessed
            session.headers.clear()  # of what requests would add nothing is needed, some 4,500 times an hour
            for scheme in ("https://", "http://"):
                session.mount(scheme, _ShortQueue())
        return session


class _ShortQueue(requests.adapters.HTTPAdapter):
    """Connections of which the system holds little: what was handed over has left, or soon will."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        queue = (socket.SOL_SOCKET, socket.SO_SNDBUF, SENDING_BYTES)
        named["socket_options"] = [*HTTPConnection.default_socket_options, queue]
        super().init_poolmanager(*arguments, **named)


def _digest(body: bytes) -> str:
    """As RFC 9530 has it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _read_whole(answer: requests.Response) -> None:
    body = bytearray()
    for piece in answer.iter_content(65536):
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise requests.exceptions.ContentDecodingError("answer too large")
    answer._content = bytes(body)  # so that .json() uses what was counted above


def _problem(answer: requests.Response) -> Exception:
    retry_after: float | None = None
    header = answer.headers.get("Retry-After", "")
    if header.isdigit():
        retry_after = float(header)
    try:
        body = answer.json()
        code = str(body["code"])
    except (ValueError, KeyError, TypeError):
        if answer.status_code == 429 or retry_after is not None:  # a proxy that has too much to do
            return Refused("overloaded", answer.status_code, {}, retry_after)
        if answer.status_code in (502, 503, 504):  # a proxy speaks for a server that is away
            return NetworkDown(f"a proxy answered {answer.status_code}")
        return BadAnswer(f"status {answer.status_code} without a problem")
    return Refused(code, answer.status_code, body, retry_after)
