"""A student's client in small: speaks the protocol, writes a real ledger, seals real segments."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import httpx

from evidence import attached
from evidence.attached import FILES, PIECE_BYTES, Attached
from evidence.keys import read_seat_key
from evidence.ledger import Ledger, commitment
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, VerifyingKey, canonical_json, line_digest

API = "/api/v1"
WALL = "2026-01-31T09:00:00.000Z"
STREAMS = ("screen-1", "camera", "sound")
SEGMENT_MS = 4000


class Sitting:
    title = "physics"  # of the exam

    def __init__(self, http: httpx.Client, token: str, folder: Path) -> None:
        self.http, self.token, self.folder = http, token, folder
        self.machine = "machine-a"
        self.key = SigningKey.generate()
        self.session = ""
        self.opened: dict[str, Any] = {}
        self.ledger: Ledger
        self.segments: dict[tuple[str, int], bytes] = {}
        self.sent = 0

    @classmethod
    def sign_in(cls, http: httpx.Client, login: str, password: str, folder: Path) -> Sitting:
        answer = http.post(f"{API}/sign-in", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        return cls(http, answer.json()["token"], folder)

    def another(self, machine: str) -> Sitting:
        """The same student with a new key, elsewhere or after a crash."""
        other = Sitting(self.http, self.token, self.folder)
        other.machine = machine
        return other

    def call(self, method: str, path: str, **rest: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", **rest.pop("headers", {})}
        return self.http.request(method, API + path, headers=headers, **rest)

    def on(self, method: str, path: str, **rest: Any) -> httpx.Response:
        return self.call(method, f"/sessions/{self.session}{path}", **rest)

    # ---- opening

    def seat(self, title: str = "") -> str:
        exams = self.call("GET", "/exams").json()["exams"]
        return str(next(exam["seat"] for exam in exams if exam["title"] == (title or self.title)))

    def ask_to_open(self, seat: str | None = None, takeover: bool = False) -> httpx.Response:
        return self.call(
            "POST",
            f"/seats/{seat or self.seat()}/session",
            json={
                "session_key": self.key.verifying.text,
                "client": {"name": "senim", "version": "0", "system": "test"},
                "consent": {"version": "1", "at": WALL},
                "machine": self.machine,
                "takeover": takeover,
            },
        )

    def open(self) -> None:
        answer = self.ask_to_open()
        assert answer.status_code == 200, answer.text
        self.opened_by(answer.json())

    def opened_by(self, answer: dict[str, Any]) -> None:
        """The session is the one the server's answer names."""
        self.opened = answer
        self.session = self.opened["session"]
        self.ledger = Ledger(self.session, self.key, None, line_digest("seat-key", self.opened["seat_key"]))

    # ---- recording

    def begin(self, **changes: Any) -> None:
        fields: dict[str, Any] = {
            "session": self.session,
            "seat": self.seat(),
            "nonce": self.opened["nonce"],
            "client": {"name": "senim"},
            "system": {"name": "test"},
            "streams": list(STREAMS),
            "devices": {},
            "simulated": [],
            "policy": self.opened["policy"],
            "server_key": None,
        }
        self.ledger.append("begin", 0, WALL, **(fields | changes))

    def part(self, stream: str, media: str = "video/mp4") -> None:
        at = self.at if stream == FILES else 0
        self.ledger.append(
            "part", at, WALL, stream=stream, part=0, origin=0, timescale=1000, media=media,
            width=640, height=480, rate=None, init=None, reason="start",
        )  # fmt: skip

    def segment(self, stream: str, verifying: VerifyingKey, body: bytes = b"media") -> int:
        index = self.ledger.next_index(stream)
        recipient = read_seat_key(self.opened["seat_key"], verifying).recipient
        sealed = seal(SegmentHeader(self.session, stream, 0, index), body, recipient)
        start, end = index * SEGMENT_MS, (index + 1) * SEGMENT_MS
        self.segments[stream, index] = sealed
        self.ledger.append(
            "segment", end, WALL, stream=stream, part=0, index=index, pts0=start, pts1=end, start=start, end=end,
            plain=len(body), size=len(sealed), frames=40, keys=[start], changed=0.1, sha256=sha256(sealed),
        )  # fmt: skip
        return index

    def attach(
        self, verifying: VerifyingKey, name: str, content: bytes, identifier: str = "a1" * 8, listed_size: int = 0
    ) -> dict[str, Any]:
        """Lists a file's pieces; the entry that an answer names it by. ``listed_size``: a lie about each piece's."""
        recipient = read_seat_key(self.opened["seat_key"], verifying).recipient
        first = self.ledger.next_index(FILES)
        if not first:
            self.part(FILES, attached.MEDIA)
        cut = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]
        for number, data in enumerate(cut):
            end = attached.End(name, len(content), sha256(content)) if number == len(cut) - 1 else None
            body = attached.piece_line(self.at, identifier, number, data, end)
            header = SegmentHeader(self.session, FILES, 0, first + number, 0, attached.MEDIA)
            sealed = self.segments[FILES, first + number] = seal(header, body, recipient)
            self.ledger.append(
                "segment", self.at, WALL, stream=FILES, part=0, index=first + number, pts0=self.at, pts1=self.at,
                start=self.at, end=self.at, plain=len(body), size=listed_size or len(sealed), frames=1, keys=[],
                changed=None, sha256=sha256(sealed),
            )  # fmt: skip
        return Attached(identifier, name, len(content), sha256(content), first, len(cut), self.at).to_json()

    def identity(self) -> None:
        _, mark = commitment(b"{}")
        self.ledger.append("finding", self.at, WALL, id="f1", about="identity", commitment=mark)

    @property
    def at(self) -> int:
        return max((int(index) + 1 for stream, index in self.segments if stream != FILES), default=0) * SEGMENT_MS

    def record(self, verifying: VerifyingKey, rounds: int = 1) -> None:
        for _ in range(rounds):
            for stream in STREAMS:
                self.segment(stream, verifying)

    # ---- delivering

    def deliver(self) -> httpx.Response:
        lines = self.ledger.lines[self.sent :]
        answer = self.on("POST", "/ledger", json={"lines": lines})
        if answer.status_code == 200:
            self.sent += len(lines)
        return answer

    def put(self, stream: str, index: int, sealed: bytes | None = None, digest: bytes | None = None) -> httpx.Response:
        content = self.segments[stream, index] if sealed is None else sealed
        return self.on("PUT", f"/segments/{stream}/{index}", content=content, headers=content_digest(content, digest))

    def put_all(self) -> None:
        for stream, index in self.segments:
            assert self.put(stream, index).status_code in (200, 201)

    def ready_for_paper(self, verifying: VerifyingKey) -> None:
        self.open()
        self.begin()
        for stream in STREAMS:
            self.part(stream)
        self.record(verifying)
        self.identity()
        assert self.deliver().status_code == 200

    def paper(self) -> dict[str, Any]:
        answer = self.on("GET", "/paper")
        assert answer.status_code == 200, answer.text
        self.ledger.append("event", self.at, WALL, name="paper-opened", data={})
        paper: dict[str, Any] = answer.json()
        return paper

    def answer(
        self, question: str, value: Any, revision: int = 1, at: int | None = None, note: bool = True
    ) -> httpx.Response:
        content = canonical_json({"question": question, "revision": revision, "value": value}, sort_keys=True)
        salt, mark = commitment(content)
        moment = self.at if at is None else at
        if note:
            self.ledger.append("answer", self.at, WALL, id=question, revision=revision, commitment=mark)
        body = {"revision": revision, "value": value, "at": moment, "commitment": mark, "salt": salt.hex()}
        return self.on("PUT", f"/answers/{question}", json=body)

    def end(self) -> None:
        self.ledger.append("end", self.at, WALL, reason="hand-in", until=self.at)

    def hand_in(self, answers: dict[str, int] | None = None) -> httpx.Response:
        head = self.ledger.head.to_json()
        return self.on("POST", "/hand-in", json={"head": head, "answers": answers or {}})


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_digest(content: bytes, digest: bytes | None = None) -> dict[str, str]:
    found = hashlib.sha256(content).digest() if digest is None else digest
    return {"Content-Digest": f"sha-256=:{base64.b64encode(found).decode()}:"}


def code_of(answer: httpx.Response) -> str:
    """The problem's code; the answer must be a problem of RFC 9457."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == f"senim:{body['code']}"
    return str(body["code"])
