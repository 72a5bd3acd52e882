"""What people outside the institution hold of the good session: the student's receipts, published checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.checkpoint import FIRST_PREV, SessionMark, make_checkpoint, receipts_digest
from evidence.receipt import Head, make_head_receipt, short_code
from evidence.signing import SigningKey, line_digest, payload_of, sign_line
from evidence.vectors.maker import SESSION, Maker, vector_key, wall

RECEIPTS, SAVED, CHECKPOINTS = "receipts.txt", "saved-receipt.txt", "checkpoints.txt"


def _head(lines: list[str], n: int) -> Head:
    return Head(n, line_digest("ledger", lines[n]))


def _checkpoints(maker: Maker, server: SigningKey) -> list[str]:
    """Two days: in the middle of the exam, and after it."""
    lines, result = maker.read_lines(), list[str]()
    server_line = maker.folder.server_key.read_text().strip()
    other = SessionMark("another-session", Head(3, "1" * 64), 0, receipts_digest([]))
    days = [
        (5000, Head(41, "2" * 64), [SessionMark(SESSION, _head(lines, 9), 1, receipts_digest(maker.receipts[:1]))]),
        (60_000, Head(55, "3" * 64), [other]),
        (90_000, None, [SessionMark(SESSION, _head(lines, 19), 2, receipts_digest(maker.receipts[:2]))]),
    ]
    for n, (at, audit, marks) in enumerate(days):
        prev = line_digest("checkpoint", result[-1]) if result else FIRST_PREV
        result.append(make_checkpoint(n, prev, wall(at), server_line, audit, marks, server))
    return result


def write_kept(maker: Maker, place: Path) -> dict[str, list[str]]:
    """The files, good and damaged, about the good session; returns their names by the option they are for."""
    place.mkdir()
    lines, (first, closing) = maker.read_lines(), maker.receipts
    between = make_head_receipt(SESSION, _head(lines, 12), wall(6500), maker.server)
    saved = f"Receipt for an exam handed in\r\n\r\nCode: {short_code(closing)}\r\n"
    keys = maker.folder.server_key.read_text() + maker.folder.seat_key.read_text()
    receipts = {
        RECEIPTS: [first, between, closing],
        SAVED: [*saved.split("\n"), closing, *keys.split("\n")],
        "receipt-altered.txt": [closing.replace('"camera":0.7', '"camera":0.9')],
        "receipt-foreign.txt": [_by(maker, closing, session="another-session")],
        "receipt-other-head.txt": [_by(maker, first, head={"n": 9, "digest": "0" * 64})],
        "receipt-further.txt": [_by(maker, first, head={"n": 900, "digest": "0" * 64})],
        "receipt-not-here.txt": [_by(maker, closing, at=wall(12_000))],
        "receipt-other-time.txt": [make_head_receipt(SESSION, _head(lines, 8), wall(9000), maker.server),
                                   make_head_receipt(SESSION, _head(lines, 8), wall(13_500), maker.server)],
        "receipt-none.txt": ["Dear student,", "your exam was fine.", ""],
        "receipt-malformed.txt": [_by(maker, first, at="yesterday")],
    }  # fmt: skip
    good = _checkpoints(maker, maker.server)
    stranger = _checkpoints(maker, vector_key("stranger"))
    checkpoints = {
        CHECKPOINTS: good,
        "checkpoint-one-day.txt": good[2:],
        "checkpoint-without-it.txt": good[1:2],
        "checkpoint-altered.txt": [good[0].replace("09:00:05", "09:00:04"), *good[1:]],
        "checkpoint-line-missing.txt": [good[0], good[2]],
        "checkpoint-of-a-stranger.txt": stranger,
        "checkpoint-malformed.txt": [*good[:2], "no checkpoint", _sessions(maker, good[2], [{"session": SESSION}])],
        "checkpoint-of-another-history.txt": [_marked(maker, good[0], _head(lines, 8).digest)],
    }
    for name, content in {**receipts, **checkpoints}.items():
        (place / name).write_bytes("".join(line + "\n" for line in content).encode())
    (place / "checkpoint-torn.txt").write_text("".join(line + "\n" for line in good)[:-50])
    return {"receipt": [*receipts], "checkpoint": [*checkpoints, "checkpoint-torn.txt"]}


def _by(maker: Maker, line: str, **changes: Any) -> str:
    return sign_line("receipt", payload_of(line) | changes, maker.server)


def _sessions(maker: Maker, line: str, sessions: list[dict[str, Any]]) -> str:
    return sign_line("checkpoint", payload_of(line) | {"sessions": sessions}, maker.server)


def _marked(maker: Maker, line: str, digest: str) -> str:
    """The first day's checkpoint of a server that held another ninth line and another receipt."""
    mark = {"session": SESSION, "head": {"n": 9, "digest": digest}, "receipts": {"n": 1, "digest": digest}}
    return _sessions(maker, line, [mark])
