"""Writes the published vectors: ``python -m evidence.vectors.make``.

One tiny good session (``good/``), damaged and unusual variants of it as bundles (``<name>.zip``), the test keys
(``keys.json``) and the verdict expected for each (``expected.json``). Sealing draws random bytes, so every run
gives other files with the same verdicts. The media bodies are placeholders, no video.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import age, seal
from evidence.bundle import SessionFolder, pack
from evidence.coverage import claimed
from evidence.keys import make_seat_key, make_server_key, open_seat_identity
from evidence.ledger import Ledger, commitment
from evidence.receipt import Head, make_closing_receipt, make_erasure_receipt, make_grant, make_head_receipt
from evidence.signing import SigningKey, canonical_json, digest, line_digest, payload_of, sign_line

HERE = Path(__file__).parent
SESSION, SEAT = "vector-session", "vector-seat"
MEDIA = {"screen-1": "video/mp4", "camera": "video/mp4", "events": "application/x-ndjson"}
INIT = b"(init segment)"


def test_key(name: str) -> SigningKey:
    """A key anyone can make again: never use one outside tests."""
    return SigningKey(hashlib.sha256(b"senim test key " + name.encode()).digest())


def wall(at: int) -> str:
    """The made-up wall clock of the vectors at session time ``at`` ms."""
    seconds = at // 1000
    return f"2026-01-31T{9 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{at % 1000:03d}Z"


@dataclass
class Maker:
    """Makes a small session in ``folder`` step by step; ``configuration`` and ``server`` are the institution's."""

    folder: SessionFolder
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
    def start(cls, path: Path) -> Maker:
        """Key files and an empty ledger."""
        folder = SessionFolder(path)
        path.mkdir(parents=True)
        configuration, server, key = test_key("configuration"), test_key("server"), test_key("session 1")
        review = age.generate_identity()
        line, sealed = make_seat_key(SEAT, "Test institution", configuration, [review.recipient], wall(0))
        folder.seat_key.write_text(line + "\n")
        server_line = make_server_key(server.verifying, "Test server", configuration, wall(0))
        folder.server_key.write_text(server_line + "\n")
        identity = open_seat_identity(sealed, [review])
        ledger = Ledger(SESSION, key, folder.ledger, line_digest("seat-key", line))
        return cls(folder, configuration, server, key, review, identity, sealed, ledger, {}, {}, [])

    def line(self, kind: str, at: int, **fields: Any) -> str:
        return self.ledger.append(kind, at, wall(at), **fields)

    def begin(self, streams: list[str]) -> None:
        self.line(
            "begin", 0, session=SESSION, seat=SEAT, nonce="bm9uY2U", client={"name": "senim", "version": "0"},
            system={"name": "test"}, streams=streams, devices=[], simulated=True, policy={},
            server_key=self.server.verifying.text,
        )  # fmt: skip

    def part(self, stream: str, at: int, reason: str = "start") -> None:
        media = MEDIA.get(stream, "video/mp4")
        self.parts[stream] = self.parts.get(stream, -1) + 1
        self.pts[stream] = 0
        video = media == "video/mp4"
        self.line(
            "part", at, stream=stream, part=self.parts[stream], origin=at, timescale=1000, media=media,
            width=320 if video else None, height=200 if video else None, rate=10 if video else None,
            init=digest("init", INIT) if video else None, reason=reason,
        )  # fmt: skip

    def segment(self, stream: str, start: int, end: int, body: bytes = b"(media)") -> str:
        """Seal, store and list the stream's next segment from ``start`` to ``end`` (session ms)."""
        index, part, media = self.ledger.next_index(stream), self.parts[stream], MEDIA.get(stream, "video/mp4")
        init = INIT if media == "video/mp4" and self.pts[stream] == 0 else b""
        header = seal.SegmentHeader(SESSION, stream, part, index, len(init), media)
        sealed = seal.seal(header, init + body, self.identity.recipient)
        path = self.folder.segment_path(stream, index)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed)
        pts0 = self.pts[stream]
        self.pts[stream] = pts1 = pts0 + end - start
        return self.line(
            "segment", end, stream=stream, part=part, index=index, pts0=pts0, pts1=pts1, start=start, end=end,
            plain=len(init) + len(body), size=len(sealed), frames=(end - start) // 100, keys=[pts0], changed=0.25,
            sha256=hashlib.sha256(sealed).hexdigest(),
        )  # fmt: skip

    def receipt(self, at: int) -> None:
        self.receipts.append(make_head_receipt(SESSION, self.ledger.head, wall(at), self.server))

    def resume(self, at: int, granted: bool) -> None:
        """Both processes died: go on under a new key, with the server's grant or (offline) without."""
        old, self.key = self.key, test_key("session 2")
        self.ledger.close()
        self.ledger = Ledger.reopen(self.folder.ledger, self.key)
        grant = None
        if granted:
            keys = (old.verifying, self.key.verifying)
            grant = make_grant(SESSION, *keys, self.ledger.head, "both processes died", wall(at), self.server)
        self.line("resume", at, reason="restart", grant=grant)

    def end(self, at: int) -> None:
        self.line("end", at, reason="hand-in", until=at)

    def close(self, at: int) -> None:
        """The closing receipt, and the files written out."""
        lines = self.ledger.lines
        payloads = [payload_of(line) for line in lines]
        if payloads[-1]["type"] == "end":
            coverage = {name: stream.ratio for name, stream in claimed(payloads).items()}
            begin, answers = line_digest("ledger", lines[0]), self.ledger.totals()["answers"]
            arguments = (SESSION, begin, self.key.verifying, self.ledger.head, coverage, answers, wall(0), wall(at))
            self.receipts.append(make_closing_receipt(*arguments, self.server))
        self.ledger.close()
        self.write_receipts()

    def write_receipts(self) -> None:
        self.folder.receipts.write_text("".join(line + "\n" for line in self.receipts))


def make_session(path: Path, granted: bool = True, ended: bool = True) -> Maker:
    """The tiny session all vectors derive from: every line type, a key switch in the middle."""
    maker = Maker.start(path)
    maker.begin(["screen-1", "camera"])
    for stream in MEDIA:
        maker.part(stream, 100)
    finding = canonical_json({"outcome": "match", "reason": "test"}, sort_keys=True)
    salt, mark = commitment(finding)
    maker.line("finding", 900, id="f1", about="identity", commitment=mark)
    body = {"id": "f1", "t": 900, "kind": "identity", "salt": salt.hex(), "content": json.loads(finding)}
    maker.segment("events", 100, 1000, canonical_json(body) + b"\n")
    maker.line("event", 1000, name="paper-opened", data={})
    maker.segment("screen-1", 100, 4100)
    maker.segment("camera", 100, 4100)
    maker.line("answer", 4500, id="q1", revision=1, commitment=commitment(b'"A"')[1])
    if granted:
        maker.receipt(4600)
    maker.resume(6100, granted)
    for stream in ("screen-1", "camera"):
        maker.line("gap", 6100, stream=stream, **{"from": 4100, "to": 6100}, cause="recorder-restarted")
        maker.part(stream, 6100, "restart")
    maker.segment("screen-1", 6100, 10200)
    maker.segment("camera", 6100, 10200)
    maker.line("answer", 10200, id="q1", revision=2, commitment=commitment(b'"B"')[1])
    maker.line("event", 10200, name="hand-in", data={})
    if ended:
        maker.end(10200)
    if granted:
        maker.close(11000)
    else:
        maker.ledger.close()
    return maker


Damage = Callable[[Maker], None]


def _edit_lines(change: Callable[[list[str]], list[str]]) -> Damage:
    def damage(maker: Maker) -> None:
        lines = maker.folder.ledger.read_text().splitlines()
        maker.folder.ledger.write_text("".join(line + "\n" for line in change(lines)))

    return damage


def _edit_segment(stream: str, index: int, change: Callable[[bytes], bytes]) -> Damage:
    def damage(maker: Maker) -> None:
        path = maker.folder.segment_path(stream, index)
        path.write_bytes(change(path.read_bytes()))

    return damage


def _flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _swap(maker: Maker) -> None:
    one, other = maker.folder.segment_path("camera", 0), maker.folder.segment_path("camera", 1)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def _foreign(maker: Maker) -> None:
    maker.folder.segment_path("camera", 2).write_bytes(maker.folder.segment_path("camera", 0).read_bytes())


def _wrong_root(lines: list[str]) -> list[str]:
    payload = payload_of(lines[-1])
    payload["root"] = "0" * 64
    return [*lines[:-1], sign_line("ledger", payload, test_key("session 2"))]


def _forge_grant(maker: Maker) -> None:
    """The student signs a grant of his own and writes the rest of the ledger again behind it."""
    lines = maker.folder.ledger.read_text().splitlines()
    place = next(i for i, line in enumerate(lines) if payload_of(line)["type"] == "resume")
    payload = payload_of(lines[place])
    grant = payload_of(payload["grant"])
    payload["grant"] = sign_line("grant", grant, test_key("session 2"))
    lines[place] = sign_line("ledger", payload, test_key("session 2"))
    for i in range(place + 1, len(lines)):
        payload = payload_of(lines[i]) | {"prev": line_digest("ledger", lines[i - 1])}
        lines[i] = sign_line("ledger", payload, test_key("session 2"))
    maker.folder.ledger.write_text("".join(line + "\n" for line in lines))
    maker.receipts = maker.receipts[:1]
    maker.write_receipts()


def _redate(maker: Maker) -> None:
    maker.receipts[0] = maker.receipts[0].replace("09:00:04.600Z", "09:00:03.600Z")
    maker.write_receipts()


def _receipts_swapped(maker: Maker) -> None:
    maker.receipts.reverse()
    maker.write_receipts()


def _receipt_of_a_fork(maker: Maker) -> None:
    receipt = payload_of(maker.receipts[0])
    receipt["head"]["digest"] = "0" * 64
    maker.receipts[0] = sign_line("receipt", receipt, maker.server)
    maker.write_receipts()


def _unsigned_seat_key(maker: Maker) -> None:
    line, _ = make_seat_key(SEAT, "Test institution", test_key("stranger"), [maker.review.recipient], wall(0))
    maker.folder.seat_key.write_text(line + "\n")


def _tear(maker: Maker) -> None:
    maker.folder.ledger.write_bytes(maker.folder.ledger.read_bytes()[:-40])


def _erase(maker: Maker) -> None:
    """No damage: the institution's retention ended."""
    head = Head(**payload_of(maker.receipts[-1])["head"])
    maker.receipts.append(make_erasure_receipt(SESSION, head, wall(90_000), "retention", maker.server))
    maker.write_receipts()
    shutil.rmtree(maker.folder.segments)


def _erase_forged(maker: Maker) -> None:
    """The student says that the institution did it."""
    head = Head(**payload_of(maker.receipts[-1])["head"])
    line = make_erasure_receipt(SESSION, head, wall(90_000), "retention", test_key("session 2"))
    maker.receipts.append(line)
    maker.write_receipts()
    maker.folder.segment_path("screen-1", 1).unlink()


DAMAGES: dict[str, Damage] = {
    "erased": _erase,
    "erasure-forged": _erase_forged,
    "segment-changed": _edit_segment("screen-1", 1, _flip),
    "segment-missing": lambda maker: maker.folder.segment_path("screen-1", 1).unlink(),
    "segments-swapped": _swap,
    "segment-truncated": _edit_segment("camera", 1, lambda content: content[:-1]),
    "segment-random": _edit_segment("camera", 1, lambda content: hashlib.shake_256(b"random").digest(len(content))),
    "segment-foreign": _foreign,
    "line-changed": _edit_lines(lambda lines: [line.replace('"frames":40', '"frames":41', 1) for line in lines]),
    "lines-reordered": _edit_lines(lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]]),
    "line-missing": _edit_lines(lambda lines: [*lines[:4], *lines[5:]]),
    "line-repeated": _edit_lines(lambda lines: [*lines[:6], *lines[5:]]),
    "ledger-truncated": _edit_lines(lambda lines: lines[:-2]),
    "ledger-torn": _tear,
    "end-wrong": _edit_lines(_wrong_root),
    "grant-forged": _forge_grant,
    "receipt-redated": _redate,
    "receipts-reordered": _receipts_swapped,
    "receipt-of-a-fork": _receipt_of_a_fork,
    "seat-key-unsigned": _unsigned_seat_key,
}


def write_variant(name: str, path: Path) -> Maker:
    """The session of one vector: ``good``, ``open``, ``unanchored`` or one of ``DAMAGES``."""
    maker = make_session(path, granted=name != "unanchored", ended=name != "open")
    if name in DAMAGES:
        DAMAGES[name](maker)
    return maker


def main() -> None:
    """Write all vectors beside this file."""
    from evidence.verify import verify

    shutil.rmtree(HERE / "good", ignore_errors=True)
    for old in HERE.glob("*.zip"):
        old.unlink()
    good = write_variant("good", HERE / "good")
    expected = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in ["good", "open", "unanchored", *DAMAGES]:
            folder = HERE / "good" if name == "good" else Path(scratch) / name
            if name in DAMAGES:
                shutil.copytree(HERE / "good", folder)
                copied = Maker(**{**good.__dict__, "folder": SessionFolder(folder), "receipts": list(good.receipts)})
                DAMAGES[name](copied)
            elif name != "good":
                write_variant(name, folder)
            if name != "good":
                pack(folder, HERE / f"{name}.zip")
            report = verify(folder, good.configuration.verifying)
            expected[name] = {
                "exit": report.exit_code,
                "state": report.state,
                "problems": sorted({problem.code for problem in report.problems}),
                "notices": sorted({notice.code for notice in report.notices}),
            }
    keys = {
        "institution": good.configuration.verifying.text,
        "configuration-secret": good.configuration.text,
        "server-secret": good.server.text,
        "session-secrets": [test_key("session 1").text, test_key("session 2").text],
        "review-identity": good.review.text,
        "seat-identity": good.identity.text,
    }
    (HERE / "good-identity.age").write_bytes(good.sealed_identity)
    (HERE / "keys.json").write_text(json.dumps(keys, indent=1) + "\n")
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
