"""Somebody on the line between student and server: drops, doubles, corrupts, plays old replies back. What is delivered
is what was recorded, or nothing; a receipt says what the server holds."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from exam_hall import PASSWORD, Server
from sitting import STREAMS, Sitting

from evidence.receipt import read_receipt
from evidence.signing import BadSignature, MalformedLine, VerifyingKey
from evidence.verify import Kept, verify
from server.admin.institution_keys import verifying_key
from server.settings import DataFolder


class Wire(httpx.BaseTransport):
    """A real connection on which the planned deeds happen, one to each request in turn."""

    def __init__(self) -> None:
        self.plan: list[str] = []
        self._real = httpx.HTTPTransport()
        self._replies: dict[str, bytes] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deed = self.plan.pop(0) if self.plan else ""
        body, path = request.read(), request.url.path
        if deed == "drop request":
            raise httpx.ReadError("cut", request=request)
        if deed == "corrupt request":
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 4]) + body[middle + 1 :]
        for _ in range(2 if deed == "double request" else 1):
            again = httpx.Request(request.method, request.url, headers=request.headers, content=body)
            answer = self._real.handle_request(again)
            content = answer.read()
        if deed == "drop reply":
            raise httpx.ReadError("cut", request=request)
        if deed == "old reply" and path in self._replies:
            return httpx.Response(200, content=self._replies[path])
        if deed == "corrupt reply":
            return httpx.Response(answer.status_code, content=content.replace(b'"', b"'", 3))
        if answer.status_code == 200:
            self._replies[path] = content
        return httpx.Response(answer.status_code, headers=answer.headers, content=content)

    def close(self) -> None:
        self._real.close()


class Careful(Sitting):
    """Believes only signed receipts for its own lines, and sends again what none covers."""

    def __init__(self, http: httpx.Client, token: str, folder: Path) -> None:
        super().__init__(http, token, folder)
        self.held, self.receipts, self.tries = -1, list[str](), 0

    def deliver_all(self, server_key: VerifyingKey) -> None:
        while self.held < self.ledger.head.n:
            self.tries += 1
            assert self.tries < 200
            try:
                answer = self.on("POST", "/ledger", json={"lines": self.ledger.lines[self.held + 1 :]})
                receipt = answer.json()["receipt"]
                head = read_receipt(receipt, server_key)["head"]
            except (httpx.ReadError, ValueError, KeyError, TypeError, BadSignature, MalformedLine):
                continue
            self.receipts.append(receipt)
            self.held = max(self.held, head["n"])

    def put_each(self) -> None:
        for (stream, index), sealed in self.segments.items():
            while True:
                self.tries += 1
                assert self.tries < 200
                try:
                    if self.put(stream, index, sealed).status_code in (200, 201):
                        break
                except httpx.ReadError:
                    continue


@pytest.fixture
def verifying(root: Path) -> VerifyingKey:
    return verifying_key(DataFolder(root))


@pytest.mark.parametrize(
    "deed", ["drop request", "drop reply", "double request", "corrupt request", "corrupt reply", "old reply"]
)
def test_what_arrives_is_what_was_recorded(deed: str, server: Server, verifying: VerifyingKey, tmp_path: Path) -> None:
    wire = Wire()
    with httpx.Client(base_url=server.client.base_url, transport=wire, timeout=20) as http:
        student = Careful.sign_in(http, "aigerim", PASSWORD, tmp_path / "student")
        assert isinstance(student, Careful)
        server_key = server.services.server_key.verifying
        student.open()
        student.begin()
        for stream in STREAMS:
            student.part(stream)
        for rounds in range(3):
            student.record(verifying)
            if rounds == 0:
                student.identity()
            wire.plan = [deed, "", deed]
            student.deliver_all(server_key)
            wire.plan = [deed, "", deed, ""]
            student.put_each()
        student.paper()
        student.end()
        wire.plan = [deed]
        student.deliver_all(server_key)
        assert wire.plan == []
        closing = student.hand_in().json()["receipt"]
    kept = Kept(receipts="".join(line + "\n" for line in [*student.receipts, closing]))
    report = verify(server.services.store.path(student.session), verifying, kept)
    assert report.ok and report.state == "complete" and report.segments == len(student.segments) == 9
    assert report.kept_receipt == report.receipt_code
