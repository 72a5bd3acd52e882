"""Makes small real sessions step by step: lines signed, segments sealed. The media bodies are placeholders."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidence import age, seal
from evidence.bundle import SessionFolder
from evidence.coverage import claimed
from evidence.keys import make_seat_key, make_server_key, open_seat_identity
from evidence.ledger import Ledger, commitment
from evidence.receipt import make_closing_receipt, make_grant, make_head_receipt
from evidence.signing import SigningKey, canonical_json, digest, line_digest, payload_of

SESSION, SEAT = "vector-session", "vector-seat"
MEDIA = {"sound": "audio/mp4", "events": "application/x-ndjson"}  # every other stream is video/mp4
INIT = b"(init segment)"


def vector_key(name: str) -> SigningKey:
    """A key anyone can make again: never use one outside tests."""
    return SigningKey(hashlib.sha256(b"senim test key " + name.encode()).digest())


def wall(at: int) -> str:
    """The made-up wall clock of the vectors at session time ``at`` ms."""
    seconds = at // 1000
    return f"2026-01-31T{9 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{at % 1000:03d}Z"


@dataclass
class Maker:
    """Makes a session in ``folder``; ``configuration`` and ``server`` are the institution's keys, ``key`` the
    session's newest, ``identity`` the seat's, ``review`` the one the seat's private half is sealed to."""

    folder: SessionFolder
    session: str
    configuration: SigningKey
    server: SigningKey
    key: SigningKey
    review: age.Identity
    identity: age.Identity
    sealed_identity: bytes
    ledger: Ledger
    parts: dict[str, int]
    pts: dict[str, int]
    receipts: list[str]

    @classmethod
    def start(cls, path: Path, session: str = SESSION, seat: str = SEAT) -> Maker:
        """Key files and an empty ledger."""
        folder = SessionFolder(path)
        path.mkdir(parents=True)
        configuration, server, key = vector_key("configuration"), vector_key("server"), vector_key("session 1")
        review = age.generate_identity()
        line, sealed = make_seat_key(seat, "Test institution", configuration, [review.recipient], wall(0))
        folder.seat_key.write_text(line + "\n")
        server_line = make_server_key(server.verifying, "Test server", configuration, wall(0))
        folder.server_key.write_text(server_line + "\n")
        identity = open_seat_identity(sealed, [review])
        ledger = Ledger(session, key, folder.ledger, line_digest("seat-key", line))
        return cls(folder, session, configuration, server, key, review, identity, sealed, ledger, {}, {}, [])

    def copied_to(self, path: Path) -> Maker:
        """The same session, of which somebody has made a copy at ``path``."""
        return replace(self, folder=SessionFolder(path), receipts=list(self.receipts))

    def line(self, kind: str, at: int, **fields: Any) -> str:
        return self.ledger.append(kind, at, wall(at), **fields)

    def begin(self, streams: list[str], seat: str = SEAT) -> None:
        self.line(
            "begin", 0, session=self.session, seat=seat, nonce="bm9uY2U", client={"name": "senim", "version": "0"},
            system={"name": "test"}, streams=streams, devices=[], simulated=True, policy={},
            server_key=self.server.verifying.text,
        )  # fmt: skip

    def part(self, stream: str, at: int, reason: str = "start", **changes: Any) -> None:
        """The stream's next part; pts count ms."""
        media = MEDIA.get(stream, "video/mp4")
        self.parts[stream] = self.parts.get(stream, -1) + 1
        self.pts[stream] = 0
        video = media == "video/mp4"
        fields: dict[str, Any] = {
            "stream": stream, "part": self.parts[stream], "origin": at, "timescale": 1000, "media": media,
            "width": 320 if video else None, "height": 200 if video else None, "rate": 10 if video else None,
            "init": None if stream == "events" else digest("init", INIT), "reason": reason,
        }  # fmt: skip
        self.line("part", at, **(fields | changes))

    def segment(self, stream: str, start: int, end: int, body: bytes = b"(media)", **changes: Any) -> str:
        """Seal, store and list the stream's next segment from ``start`` to ``end`` (session ms)."""
        index, part, media = self.ledger.next_index(stream), self.parts[stream], MEDIA.get(stream, "video/mp4")
        init = INIT if stream != "events" and self.pts[stream] == 0 else b""
        header = seal.SegmentHeader(self.session, stream, part, index, len(init), media)
        sealed = seal.seal(header, init + body, self.identity.recipient)
        path = self.folder.segment_path(stream, index)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed)
        pts0 = self.pts[stream]
        self.pts[stream] = pts1 = pts0 + end - start
        fields: dict[str, Any] = {
            "stream": stream, "part": part, "index": index, "pts0": pts0, "pts1": pts1, "start": start, "end": end,
            "plain": len(init) + len(body), "size": len(sealed), "frames": (end - start) // 100, "keys": [pts0],
            "changed": 0.25, "sha256": hashlib.sha256(sealed).hexdigest(),
        }  # fmt: skip
        return self.line("segment", end, **(fields | changes))

    def answer(self, at: int, question: str, revision: int, value: str) -> None:
        self.line("answer", at, id=question, revision=revision, commitment=commitment(value.encode())[1])

    def opened(self) -> None:
        """The identity decision, sealed, and the paper given out: the exam's time begins at 1 000 ms."""
        self.part("events", 100)
        finding = canonical_json({"outcome": "match", "reason": "test"}, sort_keys=True)
        salt, mark = commitment(finding)
        self.line("finding", 900, id="f1", about="identity", commitment=mark)
        body = {"id": "f1", "t": 900, "kind": "identity", "salt": salt.hex(), "content": json.loads(finding)}
        self.segment("events", 100, 1000, canonical_json(body) + b"\n")
        self.line("event", 1000, name="paper-opened", data={})

    def receipt(self, at: int) -> str:
        self.receipts.append(make_head_receipt(self.session, self.ledger.head, wall(at), self.server))
        return self.receipts[-1]

    def resume(self, at: int, granted: bool, reason: str = "restart", key: str = "session 2") -> None:
        """Go on under another key, with the server's grant or (offline) without."""
        old, self.key = self.key, vector_key(key)
        self.ledger.close()
        self.ledger = Ledger.reopen(self.folder.ledger, self.key)
        grant = None
        if granted:
            keys = (old.verifying, self.key.verifying)
            grant = make_grant(self.session, *keys, self.ledger.head, reason, wall(at), self.server)
        self.line("resume", at, reason=reason, grant=grant)

    def end(self, at: int) -> None:
        self.line("event", at, name="hand-in", data={})
        self.line("end", at, reason="hand-in", until=at)

    def close(self, at: int) -> None:
        """The closing receipt if the ledger has its end, and the files written out."""
        lines = self.ledger.lines
        payloads = [payload_of(line) for line in lines]
        if payloads[-1]["type"] == "end":
            coverage = {name: stream.ratio for name, stream in claimed(payloads).items()}
            begin, answers = line_digest("ledger", lines[0]), self.ledger.totals()["answers"]
            arguments = (self.session, begin, self.key.verifying, self.ledger.head, coverage, answers)
            self.receipts.append(make_closing_receipt(*arguments, wall(0), wall(at), self.server))
        self.ledger.close()
        self.write_receipts()

    def write_receipts(self) -> None:
        self.folder.receipts.write_text("".join(line + "\n" for line in self.receipts))

    def read_lines(self) -> list[str]:
        return self.folder.ledger.read_text().splitlines()

    def write_lines(self, lines: list[str]) -> None:
        self.folder.ledger.write_text("".join(line + "\n" for line in lines))


def make_session(path: Path, granted: bool = True, ended: bool = True, session: str = SESSION) -> Maker:
    """The tiny session most vectors derive from: every line type, a key switch in the middle."""
    maker = Maker.start(path, session)
    maker.begin(["screen-1", "camera"])
    for stream in ("screen-1", "camera"):
        maker.part(stream, 100)
    maker.opened()
    for stream in ("screen-1", "camera"):
        maker.segment(stream, 100, 4100)
    maker.answer(4500, "q1", 1, '"A"')
    if granted:
        maker.receipt(4600)
    maker.resume(6100, granted)
    for stream in ("screen-1", "camera"):
        maker.line("gap", 6100, stream=stream, **{"from": 4100, "to": 6100}, cause="recorder-restarted")
        maker.part(stream, 6100, "restart")
    for stream in ("screen-1", "camera"):
        maker.segment(stream, 6100, 10200)
    maker.answer(10200, "q1", 2, '"B"')
    if ended:
        maker.end(10200)
    if granted:
        maker.close(11000)
    else:
        maker.ledger.close()
    return maker
