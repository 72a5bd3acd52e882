"""The damaged vectors: what the student, the institution or an accident may do to the good session afterwards."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.chain import Chain
from evidence.keys import make_seat_key, make_server_key
from evidence.receipt import Head, make_erasure_receipt, make_grant, make_head_receipt
from evidence.signing import VerifyingKey, line_digest, payload_of, sign_line
from evidence.vectors.maker import SEAT, SESSION, Maker, make_session, vector_key, wall

Damage = Callable[[Maker], None]
RESUME = 10  # the number of the good session's line that brings the second key


@dataclass(frozen=True)
class Damaged:
    """``damage`` changes a copy of the good session. ``kept``: the check needs what somebody else holds, since the
    institution's own keys signed what is there."""

    damage: Damage
    kept: tuple[str, ...] = ()


# ---- the student, or an accident ------------------------------------------------------------


def _edit_lines(change: Callable[[list[str]], list[str]]) -> Damage:
    return lambda maker: maker.write_lines(change(maker.read_lines()))


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


def _of_another(maker: Maker) -> Maker:
    """Another session of the same student, under the same keys."""
    return make_session(maker.folder.path.parent / f"{maker.folder.path.name}-other", session="another-session")


def _away(other: Maker) -> None:
    shutil.rmtree(other.folder.path)


def _segment_replayed(maker: Maker) -> None:
    other = _of_another(maker)
    shutil.copy(other.folder.segment_path("camera", 1), maker.folder.segment_path("camera", 1))
    _away(other)


def _lines_replayed(maker: Maker) -> None:
    other = _of_another(maker)
    mine, theirs = maker.read_lines(), other.read_lines()
    maker.write_lines([*mine[:15], theirs[15], *mine[16:]])
    shutil.copy(other.folder.segment_path("screen-1", 1), maker.folder.segment_path("screen-1", 1))
    _away(other)


def _ledger_of_another(maker: Maker) -> None:
    """The whole recording of another day under this day's seat key and receipts."""
    other = _of_another(maker)
    shutil.copy(other.folder.ledger, maker.folder.ledger)
    shutil.rmtree(maker.folder.segments)
    shutil.copytree(other.folder.segments, maker.folder.segments)
    _away(other)


def resigned(lines: list[str], changes: Mapping[int, dict[str, Any]], begin: int = 0) -> list[str]:
    """The lines written again by one who has both session keys: ``changes`` by number, links and signatures fitting."""
    result = lines[:begin]
    for n in range(begin, len(lines)):
        payload = payload_of(lines[n]) | changes.get(n, {})
        if n:
            payload["prev"] = line_digest("ledger", result[-1])
        result.append(sign_line("ledger", payload, vector_key("session 2" if n >= RESUME else "session 1")))
    return result


def _rerecord(maker: Maker) -> None:
    """After the exam: another picture for the last four seconds, every later line signed again."""
    lines = maker.read_lines()
    path = maker.folder.segment_path("camera", 1)
    sealed = maker.folder.segment_path("camera", 0).read_bytes()[:-1] + b"!"
    path.write_bytes(sealed)
    place = next(i for i, line in enumerate(lines) if '"stream":"camera","part":1,"index":1' in line)
    sha = hashlib.sha256(sealed).hexdigest()
    changed = resigned(lines, {place: {"sha256": sha, "size": len(sealed)}}, RESUME + 1)
    maker.write_lines(_with_totals(changed))


def _with_totals(lines: list[str]) -> list[str]:
    """The last line, ``end``, as it has to be for the lines before it."""
    begin = payload_of(lines[0])
    chain = Chain(begin["session"], VerifyingKey.from_text(begin["key"]), None, None)
    for line in lines[:-1]:
        chain.accept(line)
    payload = payload_of(lines[-1]) | chain.state.totals()
    return [*lines[:-1], sign_line("ledger", payload, vector_key("session 2"))]


def _later(lines: list[str]) -> list[str]:
    """The last part was recorded ten minutes later than it says now; every line is signed again."""
    moved = {n: {"at": payload_of(lines[n])["at"] + 600_000} for n in range(RESUME, len(lines))}
    return resigned(lines, moved, RESUME)


def _rerecord_without_receipts(maker: Maker) -> None:
    _rerecord(maker)
    maker.folder.receipts.unlink()


def _wrong_root(lines: list[str]) -> list[str]:
    return resigned(lines, {len(lines) - 1: {"root": "0" * 64}}, len(lines) - 1)


def _grant(make: Callable[[Maker, dict[str, Any], list[str]], str]) -> Damage:
    """Another grant in the ``resume`` line, and the rest of the ledger written again behind it."""

    def damage(maker: Maker) -> None:
        lines = maker.read_lines()
        grant = make(maker, payload_of(payload_of(lines[RESUME])["grant"]), lines)
        maker.write_lines(resigned(lines, {RESUME: {"grant": grant}}, RESUME))
        maker.receipts = maker.receipts[:1]
        maker.write_receipts()

    return damage


def _own_grant(_maker: Maker, grant: dict[str, Any], _lines: list[str]) -> str:
    return sign_line("grant", grant, vector_key("session 2"))


def _old_grant(maker: Maker, grant: dict[str, Any], lines: list[str]) -> str:
    """One the server gave for an earlier head, which the student did not use."""
    head = Head(RESUME - 2, line_digest("ledger", lines[RESUME - 2]))
    return make_grant(SESSION, grant["old_key"], grant["new_key"], head, "restart", wall(5000), maker.server)


def _tear(maker: Maker) -> None:
    maker.folder.ledger.write_bytes(maker.folder.ledger.read_bytes()[:-40])


def _erase_forged(maker: Maker) -> None:
    """The student says that the institution did it."""
    head = Head(**payload_of(maker.receipts[-1])["head"])
    line = make_erasure_receipt(SESSION, head, wall(90_000), "retention", vector_key("session 2"))
    maker.receipts.append(line)
    maker.write_receipts()
    maker.folder.segment_path("screen-1", 1).unlink()


def _seat_key(seat: str, signer: str) -> Damage:
    def damage(maker: Maker) -> None:
        line, _ = make_seat_key(seat, "Test institution", vector_key(signer), [maker.review.recipient], wall(0))
        maker.folder.seat_key.write_text(line + "\n")

    return damage


def _other_server(maker: Maker) -> None:
    line = make_server_key(vector_key("server 2").verifying, "Test server", vector_key("configuration"), wall(0))
    maker.folder.server_key.write_text(line + "\n")


# ---- the institution's own server -----------------------------------------------------------


def _receipts(change: Callable[[Maker, list[str]], list[str]]) -> Damage:
    def damage(maker: Maker) -> None:
        maker.receipts = change(maker, maker.receipts)
        maker.write_receipts()

    return damage


def _changed(maker: Maker, number: int, **changes: Any) -> list[str]:
    """A receipt written anew and signed by the server."""
    lines = list(maker.receipts)
    lines[number] = sign_line("receipt", payload_of(lines[number]) | changes, maker.server)
    return lines


def _fork(maker: Maker, _lines: list[str]) -> list[str]:
    return _changed(maker, 0, head=payload_of(maker.receipts[0])["head"] | {"digest": "0" * 64})


def _cut_with_receipts(maker: Maker) -> None:
    """The last lines and every receipt for them go: what is left looks like an exam that was broken off."""
    maker.write_lines(maker.read_lines()[:15])
    for stream in ("screen-1", "camera"):
        maker.folder.segment_path(stream, 1).unlink()
    maker.receipts = maker.receipts[:1]
    maker.write_receipts()


def _history_anew(maker: Maker) -> None:
    """Student and server together: a stretch recorded again, and receipts for it."""
    _rerecord(maker)
    lines = maker.read_lines()
    head = Head(len(lines) - 1, line_digest("ledger", lines[-1]))
    closing = payload_of(maker.receipts[-1]) | {"head": head.to_json()}
    maker.receipts[-1] = sign_line("receipt", closing, maker.server)
    maker.write_receipts()


def _foreign_receipt(maker: Maker, lines: list[str]) -> list[str]:
    head = Head(0, "0" * 64)
    return [*lines, make_head_receipt("another-session", head, wall(12_000), maker.server)]


def _unlink(name: str) -> Damage:
    return lambda maker: (maker.folder.path / name).unlink()


def _write(name: str, change: Callable[[bytes], bytes]) -> Damage:
    def damage(maker: Maker) -> None:
        path: Path = maker.folder.path / name
        path.write_bytes(change(path.read_bytes()))

    return damage


_KEPT = ("receipt", "checkpoint")

DAMAGES: dict[str, Damaged] = {
    "line-changed": Damaged(
        _edit_lines(lambda lines: [line.replace('"frames":40', '"frames":41', 1) for line in lines])
    ),
    "line-missing": Damaged(_edit_lines(lambda lines: [*lines[:4], *lines[5:]])),
    "lines-reordered": Damaged(_edit_lines(lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]])),
    "line-repeated": Damaged(_edit_lines(lambda lines: [*lines[:6], *lines[5:]])),
    "line-second": Damaged(
        _edit_lines(lambda lines: [*lines[:7], resigned(lines[:7], {6: {"data": 1}}, 6)[6], *lines[7:]])
    ),
    "lines-replayed": Damaged(_lines_replayed),
    "ledger-of-another-session": Damaged(_ledger_of_another),
    "ledger-truncated": Damaged(_edit_lines(lambda lines: lines[:-2])),
    "ledger-torn": Damaged(_tear),
    "ledger-headless": Damaged(_edit_lines(lambda lines: lines[1:])),
    "ledger-random": Damaged(_write("ledger.txt", lambda content: hashlib.shake_256(b"ledger").digest(len(content)))),
    "ledger-empty": Damaged(_write("ledger.txt", lambda _: b"")),
    "stretch-rerecorded": Damaged(_rerecord),
    "stretch-rerecorded-no-receipts": Damaged(_rerecord_without_receipts, _KEPT),
    "clock-set-back": Damaged(_edit_lines(lambda lines: resigned(lines, {RESUME + 5: {"at": 6000}}, RESUME + 5))),
    "clock-set-forward": Damaged(_edit_lines(_later)),
    "end-wrong": Damaged(_edit_lines(_wrong_root)),
    "grant-forged": Damaged(_grant(_own_grant)),
    "grant-wrong": Damaged(_grant(_old_grant)),
    "segment-changed": Damaged(_edit_segment("screen-1", 1, _flip)),
    "segment-missing": Damaged(lambda maker: maker.folder.segment_path("screen-1", 1).unlink()),
    "segments-swapped": Damaged(_swap),
    "segment-truncated": Damaged(_edit_segment("camera", 1, lambda content: content[:-1])),
    "segment-random": Damaged(
        _edit_segment("camera", 1, lambda content: hashlib.shake_256(b"random").digest(len(content)))
    ),
    "segment-foreign": Damaged(_foreign),
    "segment-replayed": Damaged(_segment_replayed),
    "seat-key-unsigned": Damaged(_seat_key(SEAT, "stranger")),
    "seat-key-wrong": Damaged(_seat_key("another-seat", "configuration")),
    "seat-key-missing": Damaged(_unlink("seat-key.txt")),
    "seat-key-doubled": Damaged(_write("seat-key.txt", lambda content: content * 2)),
    "server-key-wrong": Damaged(_other_server),
    "server-key-changed": Damaged(_write("server-key.txt", lambda content: content.replace(b"Test", b"Best"))),
    "erasure-forged": Damaged(_erase_forged),
    "receipt-altered": Damaged(
        _receipts(lambda _, lines: [*lines[:-1], lines[-1].replace('"camera":0.7', '"camera":0.9')])
    ),
    "receipt-redated": Damaged(
        _receipts(lambda _, lines: [lines[0].replace("09:00:04.600Z", "09:00:03.600Z"), *lines[1:]])
    ),
    "receipt-malformed": Damaged(_receipts(lambda maker, _: _changed(maker, 0, at="2026-02-30T09:00:00Z"))),
    "receipt-torn": Damaged(_write("receipts.txt", lambda content: content[:-30])),
    "receipt-foreign": Damaged(_receipts(_foreign_receipt)),
    "receipt-of-a-fork": Damaged(_receipts(_fork)),
    "receipts-reordered": Damaged(_receipts(lambda _, lines: lines[::-1])),
    "receipt-claims-more": Damaged(
        _receipts(lambda maker, _: _changed(maker, -1, coverage={"camera": 1.0, "screen-1": 1.0, "sound": 0.5}))
    ),
    "receipt-other-begin": Damaged(
        _receipts(lambda maker, _: _changed(maker, -1, begin="0" * 64, key=vector_key("stranger").verifying.text))
    ),
    "server-redates": Damaged(_receipts(lambda maker, _: _changed(maker, -1, at=wall(5000))), _KEPT),
    "server-drops-receipt": Damaged(_receipts(lambda _, lines: lines[:1]), _KEPT),
    "server-cuts": Damaged(_cut_with_receipts, _KEPT),
    "server-and-student-rewrite": Damaged(_history_anew, _KEPT),
}  # fmt: skip
