"""HTTP's own ways to fail, each as one of our errors."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from client.upload import http as transport_http
from client.upload.http import HttpTransport, PlainHttpRefused, on_loopback
from client.upload.transport import BadAnswer, CertificateRefused, NetworkDown, Refused, word_of


class Answers(http.server.ThreadingHTTPServer):
    """Answers everything with what it was told to."""

    status, body, headers = 200, b"{}", {"Content-Type": "application/json"}
    seen: list[tuple[str, str, dict[str, str], bytes]]


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Answers

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
        self.send_response(self.server.status)
        for name, value in {"Content-Length": str(len(self.server.body)), **self.server.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 -- the base class's names

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[Answers]:
    made = Answers(("127.0.0.1", 0), _Handler)
    made.seen = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def transport(server: Answers) -> HttpTransport:
    return HttpTransport(f"http://127.0.0.1:{server.server_address[1]}")


def test_plain_http_leaves_this_machine_never() -> None:
    for address in ("http://exam.example", "http://10.0.0.1:8600", "http://127.0.0.1.example.com", "ftp://localhost"):
        if on_loopback(address):
            continue
        with pytest.raises(PlainHttpRefused):
            HttpTransport(address)
    for address in ("http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://exam.example"):
        HttpTransport(address)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NetworkDown) as caught:
        HttpTransport(f"http://127.0.0.1:{port}").time()
    assert word_of(caught.value) == "server_unreachable"


@pytest.mark.parametrize("patience", ["ANSWER_SECONDS", "PATIENT_SECONDS"])
def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch, patience: str) -> None:
    """What is asked all the time is given up sooner than what a person waits for."""
    monkeypatch.setattr(transport_http, patience, 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NetworkDown) as caught:
        client = HttpTransport(f"http://127.0.0.1:{silent.getsockname()[1]}")
        client.time() if patience == "ANSWER_SECONDS" else client.exams()
    assert "read timeout=0.2" in str(caught.value)


def test_a_thin_line_is_not_a_dead_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment that takes far longer to send than one piece of it may take still arrives."""
    monkeypatch.setattr(transport_http, "CONNECT_SECONDS", 0.4)
    sealed = os.urandom(1024 * 1024)
    took: list[float] = []
    with socket.socket() as thin:
        thin.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        thin.bind(("127.0.0.1", 0))
        thin.listen()

        def read_slowly() -> None:
            end, _ = thin.accept()
            began, heard = time.monotonic(), b""
            while not heard.endswith(sealed[-64:]):
                heard += end.recv(16 * 1024)
                time.sleep(0.02)
            took.append(time.monotonic() - began)
            end.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}")
            end.close()

        reader = threading.Thread(target=read_slowly)
        reader.start()
        assert HttpTransport(f"http://127.0.0.1:{thin.getsockname()[1]}").put_segment("s", "camera", 1, sealed)
        reader.join()
    assert took[0] > 2 * transport_http.CONNECT_SECONDS  # else this showed nothing


def test_a_line_that_dies_under_a_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads any more: noticed after one piece's time, though the rest of the body was never taken."""
    monkeypatch.setattr(transport_http, "CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(NetworkDown) as caught:
        client = HttpTransport(f"http://127.0.0.1:{deaf.getsockname()[1]}")
        client.put_segment("s", "camera", 1, bytes(64 * 1024 * 1024))
    assert "read timeout" not in str(caught.value)


def test_an_answer_cut_in_the_middle(server: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_http, "ANSWER_SECONDS", 0.3)
    server.headers, server.body = {"Content-Length": "5000"}, b"{"
    with pytest.raises(NetworkDown):
        transport(server).time()


def test_a_problem_has_its_word_and_fields(server: Answers) -> None:
    server.status, server.headers = 409, {"Content-Type": "application/problem+json"}
    server.body = json.dumps({"type": "senim:answer_stale", "title": "x", "status": 409, "code": "answer_stale",
                              "revision": 7}).encode()  # fmt: skip
    with pytest.raises(Refused) as caught:
        transport(server).status("s")
    assert (caught.value.word, caught.value.status, caught.value.fields["revision"]) == ("answer_stale", 409, 7)
    assert not caught.value.passing and word_of(caught.value) == "answer_stale"


def test_busy_with_retry_after(server: Answers) -> None:
    server.status, server.headers = 503, {"Retry-After": "12"}
    server.body = b'{"code": "overloaded"}'
    with pytest.raises(Refused) as caught:
        transport(server).status("s")
    assert caught.value.passing and caught.value.retry_after == 12


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_speaks_for_a_server_that_is_away(server: Answers, status: int) -> None:
    server.status, server.body, server.headers = status, b"<html>Bad Gateway</html>", {}
    with pytest.raises(NetworkDown) as caught:
        transport(server).time()
    assert word_of(caught.value) == "server_unreachable"


@pytest.mark.parametrize(("status", "headers"), [(503, {"Retry-After": "7"}), (429, {})])
def test_a_proxy_that_has_too_much_to_do(server: Answers, status: int, headers: dict[str, str]) -> None:
    server.status, server.body, server.headers = status, b"<html>later</html>", headers
    with pytest.raises(Refused) as caught:
        transport(server).time()
    assert caught.value.word == "overloaded" and caught.value.passing
    assert caught.value.retry_after == (7 if headers else None)


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"not json"), (200, b"[]"), (200, b"{}"), (404, b"<html>"), (302, b""), (418, b'{"nothing": 1}')],
)
def test_what_is_not_the_protocol(server: Answers, status: int, body: bytes) -> None:
    server.status, server.body = status, body
    server.headers = {"Location": "http://127.0.0.1:1/"} if status == 302 else {}
    with pytest.raises(BadAnswer) as caught:
        transport(server).time()
    assert word_of(caught.value) == "server_answer"


def test_a_huge_answer_is_not_read_to_its_end(server: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_http, "LARGEST_ANSWER", 100_000)
    server.body = b" " * 1_000_000
    with pytest.raises(NetworkDown):
        transport(server).time()


def test_token_digest_and_hostile_names_on_the_wire(server: Answers) -> None:
    client = transport(server)
    client.use_token("secret-token")
    server.status = 201
    assert client.put_segment("session", "camera", 3, b"sealed")
    server.status, server.body = 200, b'{"status": {"server_time": "x", "load": 99, "ends": null, "notices": []}}'
    assert client.put_answer("session", "q/../1 ?", {"revision": 1}).load == 10
    (put, answer) = server.seen
    assert put[:2] == ("PUT", "/api/v1/sessions/session/segments/camera/3") and put[3] == b"sealed"
    digest = base64.b64encode(hashlib.sha256(b"sealed").digest()).decode()
    assert put[2]["Content-Digest"] == f"sha-256=:{digest}:"
    assert put[2]["Authorization"] == "Bearer secret-token"
    assert answer[1] == "/api/v1/sessions/session/answers/q%2F..%2F1%20%3F"


def test_only_the_pinned_authority_is_believed(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-keyout", f"{tmp_path}/{name}.key", "-out", f"{tmp_path}/{name}.pem", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
            check=True, capture_output=True,
        )  # fmt: skip
    made = Answers(("127.0.0.1", 0), _Handler)
    made.seen, made.body = [], b'{"server_time": "2026-01-31T09:00:00.000Z"}'
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "ours.pem", tmp_path / "ours.key")
    made.socket = context.wrap_socket(made.socket, server_side=True)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    address = f"https://127.0.0.1:{made.server_address[1]}"
    try:
        assert HttpTransport(address, tmp_path / "ours.pem").time().startswith("2026")
        for pinned in (tmp_path / "theirs.pem", None):
            with pytest.raises(CertificateRefused) as caught:
                HttpTransport(address, pinned).sign_in("login", "password")
            assert word_of(caught.value) == "server_certificate"
        assert len(made.seen) == 1, "nothing may be sent to a server that is not ours"
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


def test_nothing_is_sent_that_nobody_needs(server: Answers) -> None:
    """Heads go out with every segment: the names in them are those of the protocol alone."""
    server.status = 201
    speaks = transport(server)
    speaks.use_token("token")
    assert speaks.put_segment("s", "camera", 1, b"sealed")
    ((_, _, heads, body),) = server.seen
    assert body == b"sealed"
    assert {name.lower() for name in heads} == {
        "host", "user-agent", "accept", "accept-encoding", "authorization",
        "content-type", "content-digest", "content-length",
    }  # fmt: skip
    assert heads["Accept-Encoding"] == "identity"
