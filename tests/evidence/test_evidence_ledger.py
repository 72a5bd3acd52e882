"""The ledger's writer: what it refuses, what survives a crash."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from evidence import ledger as ledger_module
from evidence.ledger import BrokenChain, Chain, Ledger, LedgerError
from evidence.receipt import make_grant
from evidence.signing import MalformedLine, SigningKey, payload_of

WALL = "2026-01-31T09:00:00.000Z"
PREV = "ab" * 32
SERVER = SigningKey.generate()


def begin(ledger: Ledger) -> None:
    ledger.append(
        "begin", 0, WALL, session=ledger.session, seat="seat", nonce="n", client="c", system="s",
        streams=["camera"], devices=[], simulated=False, policy=None, server_key=SERVER.verifying.text,
    )  # fmt: skip


def segment(index: int, **changes: Any) -> dict[str, Any]:
    fields = {
        "stream": "camera", "part": 0, "index": index, "pts0": index * 4000, "pts1": index * 4000 + 4000,
        "start": index * 4000, "end": index * 4000 + 4000, "plain": 1, "size": 1, "frames": 40, "keys": [],
        "changed": None, "sha256": f"{index:064x}",
    }  # fmt: skip
    return fields | changes


def part(number: int, **changes: Any) -> dict[str, Any]:
    fields = {
        "stream": "camera", "part": number, "origin": 0, "timescale": 1000, "media": "video/mp4", "width": 640,
        "height": 480, "rate": 10, "init": None, "reason": "start",
    }  # fmt: skip
    return fields | changes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.txt"


def start(path: Path | None, key: SigningKey) -> Ledger:
    ledger = Ledger("s1", key, path, PREV)
    begin(ledger)
    ledger.append("part", 0, WALL, **part(0))
    return ledger


def check(lines: list[str], key: SigningKey, server: SigningKey | None = SERVER) -> Chain:
    chain = Chain("s1", key.verifying, server.verifying if server else None, PREV)
    for line in lines:
        chain.accept(line)
    return chain


def test_lines_are_in_the_file_when_append_returns(path: Path) -> None:
    key = SigningKey.generate()
    with start(path, key) as ledger:
        for i in range(5):
            line = ledger.append("segment", 4000 * i + 4000, WALL, **segment(i))
            assert path.read_text().endswith(line + "\n")
        assert (ledger.next_index("camera"), ledger.next_part("camera"), ledger.next_index("sound")) == (5, 1, 0)
        ledger.append("end", 20_000, WALL, reason="hand-in", until=20_000)
        assert ledger.ended and ledger.lines == path.read_text().splitlines()
        assert check(ledger.lines, key).head == ledger.head


def test_every_append_is_synced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(path.stat().st_size), real(fd))[1])
    with start(path, SigningKey.generate()) as ledger:
        assert synced[0] == 0  # the folder, so that the file's name is on disk
        ledger.append("event", 1, WALL, name="x", data={})
        assert synced[-1] == path.stat().st_size


def test_the_head_before_the_first_line_is_the_seat_key() -> None:
    ledger = Ledger("s1", SigningKey.generate(), None, PREV)
    assert (ledger.head.n, ledger.head.digest, ledger.lines) == (-1, PREV, [])


AGAIN = {
    "session": "s1", "seat": "s", "nonce": "", "client": 0, "system": 0, "streams": [], "devices": 0, "simulated": 0,
    "policy": 0, "server_key": None,
}  # fmt: skip
REFUSED: dict[str, tuple[str, int, dict[str, Any], str]] = {
    "unknown type": ("other", 5000, {}, "malformed"),
    "missing field": ("event", 5000, {"name": "x"}, "malformed"),
    "path in a stream name": ("part", 5000, part(0, stream="../x"), "malformed"),
    "not a number": ("segment", 5000, segment(1, changed=float("nan")), "malformed"),
    "true as a number": ("segment", 5000, segment(1, frames=True), "malformed"),
    "bytes": ("event", 5000, {"name": "x", "data": b"x"}, "malformed"),
    "wall": ("event", 5000, {"name": "x", "data": {}, "wall": "now"}, "malformed"),
    "control in an id": ("answer", 5000, {"id": "a\tb", "revision": 1, "commitment": PREV}, "malformed"),
    "begin again": ("begin", 5000, AGAIN, "wrong-begin"),
    "time backwards": ("event", -1, {"name": "x", "data": {}}, "malformed"),
    "time far backwards": ("event", 1, {"name": "x", "data": {}}, "time-backwards"),
    "no part": ("segment", 60_000, segment(0, stream="sound", sha256="f" * 64), "unknown-part"),
    "other part": ("segment", 60_000, segment(1, part=1), "unknown-part"),
    "index again": ("segment", 60_000, segment(0, sha256="f" * 64), "segment-repeated"),
    "bytes again": ("segment", 60_000, segment(1, sha256=f"{0:064x}"), "segment-repeated"),
    "index skipped": ("segment", 60_000, segment(2), "segment-skipped"),
    "pts backwards": ("segment", 60_000, segment(1, pts0=3999), "pts-backwards"),
    "ends before it starts": ("segment", 60_000, segment(1, end=3999), "times"),
    "gap backwards": ("gap", 60_000, {"stream": "camera", "from": 5, "to": 4, "cause": "x"}, "times"),
    "part again": ("part", 60_000, part(0), "part-order"),
    "resume elsewhere": ("resume", 60_000, {"reason": "", "after": 1}, "wrong-resume"),
    "resume to a stranger": ("resume", 60_000, {"reason": "", "key": SERVER.verifying.text}, "wrong-key"),
    "older answer": ("answer", 60_000, {"id": "q", "revision": 1, "commitment": PREV}, "answer-backwards"),
    "wrong count": ("end", 60_000, {"reason": "", "until": 1, "counts": {"camera": 2}}, "end-counts"),
    "wrong last": ("end", 60_000, {"reason": "", "until": 1, "last": {}}, "end-last"),
    "wrong root": ("end", 60_000, {"reason": "", "until": 1, "root": PREV}, "end-root"),
    "wrong answers": ("end", 60_000, {"reason": "", "until": 1, "answers": PREV}, "end-answers"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_would_break_the_chain_is_not_written(name: str, path: Path) -> None:
    kind, at, fields, code = REFUSED[name]
    key = SigningKey.generate()
    with start(path, key) as ledger:
        ledger.append("segment", 4000, WALL, **segment(0))
        ledger.append("answer", 50_000, WALL, id="q", revision=2, commitment=PREV)
        before = path.read_bytes()
        with pytest.raises((BrokenChain, MalformedLine)) as caught:
            ledger.append(kind, at, **({"wall": WALL} | fields))
        assert getattr(caught.value, "code", "malformed") == code
        assert path.read_bytes() == before
        ledger.append("segment", 60_000, WALL, **segment(1))
        check(ledger.lines, key)


def test_nothing_follows_the_end() -> None:
    ledger = start(None, SigningKey.generate())
    ledger.append("end", 10, WALL, reason="hand-in", until=10, counts={"camera": 0})
    with pytest.raises(BrokenChain) as caught:
        ledger.append("event", 11, WALL, name="x", data={})
    assert caught.value.code == "after-end"


def test_threads_may_append_at_once_with_times_a_little_out_of_order(path: Path) -> None:
    key = SigningKey.generate()
    with start(path, key) as ledger:
        barrier = threading.Barrier(8)

        def work(worker: int) -> None:
            barrier.wait()
            for i in range(10):
                ledger.append("event", 1000 + i * 10 - worker, WALL, name="x", data={"worker": worker})

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        chain = check(path.read_text().splitlines(), key)
        assert chain.head == ledger.head and ledger.head.n == 81


def test_a_new_ledger_never_overwrites_one(path: Path) -> None:
    start(path, SigningKey.generate()).close()
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        Ledger("s1", SigningKey.generate(), path, PREV)
    assert path.read_bytes() == before
    with pytest.raises(LedgerError):
        Ledger("s1", SigningKey.generate(), path / "no" / "folder", PREV)


def test_a_crash_before_the_first_line_leaves_nothing_to_go_on_with(path: Path) -> None:
    path.write_bytes(b'{"n":0,"type":"beg')
    with pytest.raises(LedgerError):
        Ledger.reopen(path, SigningKey.generate())
    key = SigningKey.generate()
    with start(path, key) as ledger:
        assert check(path.read_text().splitlines(), key).head == ledger.head


def test_a_torn_last_line_is_cut_off_and_told(path: Path) -> None:
    key = SigningKey.generate()
    start(path, key).close()
    whole = path.read_bytes()
    with Ledger.reopen(path, key) as ledger:
        line = ledger.append("event", 10, WALL, name="x", data={})
    for length in range(1, len(line) + 1):
        path.write_bytes(whole + line.encode()[:length])
        with Ledger.reopen(path, key) as ledger:
            assert ledger.repaired == line.encode()[:length]
            assert path.read_bytes() == whole and ledger.head.n == 1
    path.write_bytes(whole + bytes(100) + line.encode()[100:] + b"\n")  # the first block never reached the disk
    with Ledger.reopen(path, key) as ledger:
        assert ledger.head.n == 1
        ledger.append("event", 11, WALL, name="y", data={})
    check(path.read_text().splitlines(), key)


def test_damage_elsewhere_is_not_repaired(path: Path) -> None:
    key = SigningKey.generate()
    with start(path, key) as ledger:
        ledger.append("event", 10, WALL, name="x", data={})
    content = path.read_bytes()
    for place in range(0, len(content), 37):
        damaged = bytearray(content)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        with pytest.raises((BrokenChain, LedgerError)):
            Ledger.reopen(path, key)
        assert path.read_bytes() == bytes(damaged)


def test_a_full_disk_takes_back_half_a_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = SigningKey.generate()
    with start(path, key) as ledger:
        real = ledger._file
        assert real is not None
        before = path.read_bytes()

        class Full:
            calls = 0

            def write(self, content: bytes) -> int:
                self.calls += 1
                if self.calls > 1:
                    raise OSError(errno.ENOSPC, "full")
                return real.write(content[:20])

            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

        ledger._file = Full()  # stands in for a file on a full disk
        with pytest.raises(LedgerError):
            ledger.append("event", 10, WALL, name="x", data={})
        assert path.read_bytes() == before
        ledger._file = real
        ledger.append("event", 10, WALL, name="x", data={})
        check(path.read_text().splitlines(), key)
        monkeypatch.setattr(ledger_module.os, "fsync", failing_sync)
        with pytest.raises(LedgerError):
            ledger.append("event", 11, WALL, name="x", data={})
        monkeypatch.undo()
        with pytest.raises(LedgerError, match="reopen"):
            ledger.append("event", 12, WALL, name="x", data={})
    Ledger.reopen(path, key).close()


def failing_sync(_fd: int) -> None:
    raise OSError(errno.EIO, "the disk is gone")


def test_a_closed_ledger_takes_nothing(path: Path) -> None:
    ledger = start(path, SigningKey.generate())
    ledger.close()
    with pytest.raises(LedgerError):
        ledger.append("event", 10, WALL, name="x", data={})


# ---- key switches -------------------------------------------------------------------------


def test_a_grant_switches_the_key(path: Path) -> None:
    old, new = SigningKey.generate(), SigningKey.generate()
    start(path, old).close()
    with Ledger.reopen(path, new) as ledger:
        with pytest.raises(BrokenChain, match="resume first"):
            ledger.append("event", 10, WALL, name="x", data={})
        grant = make_grant("s1", old.verifying, new.verifying, ledger.head, "crash", WALL, SERVER)
        ledger.append("resume", 10, WALL, reason="crash", grant=grant)
        ledger.append("event", 11, WALL, name="x", data={})
        assert payload_of(ledger.lines[2])["after"] == 1
        chain = check(ledger.lines, old)
    assert chain.session_key == new.verifying and chain.unanchored == []
    assert check(ledger.lines, old, server=None).unanchored == [2]
    with Ledger.reopen(path, old) as ledger, pytest.raises(BrokenChain):
        ledger.append("event", 12, WALL, name="x", data={})


def test_an_offline_resume_is_unanchored_not_broken(path: Path) -> None:
    old, new = SigningKey.generate(), SigningKey.generate()
    start(path, old).close()
    with Ledger.reopen(path, new) as ledger:
        ledger.append("resume", 10, WALL, reason="offline")
        assert check(ledger.lines, old).unanchored == [2]
        ledger.append("resume", 11, WALL, reason="recorder restarted, same key")
        assert check(ledger.lines, old).unanchored == [2]


@pytest.mark.parametrize("wrong", ["session", "old", "new", "head", "signer", "kind"])
def test_a_grant_for_something_else_is_refused(wrong: str, path: Path) -> None:
    old, new, other = SigningKey.generate(), SigningKey.generate(), SigningKey.generate()
    start(path, old).close()
    with Ledger.reopen(path, new) as ledger:
        head = ledger_module.Head(1, "00" * 32) if wrong == "head" else ledger.head
        keys = {"old": (other, new), "new": (old, other)}.get(wrong, (old, new))
        session, signer = ("s2" if wrong == "session" else "s1"), (other if wrong == "signer" else SERVER)
        grant = make_grant(session, keys[0].verifying, keys[1].verifying, head, "crash", WALL, signer)
        if wrong == "kind":
            grant = "{}\t" + "A" * 86
        ledger.append("resume", 10, WALL, reason="crash", grant=grant)  # the writer does not know the server's key
        with pytest.raises(BrokenChain) as caught:
            check(ledger.lines, old)
    assert caught.value.code == ("grant-forged" if wrong in ("signer", "kind") else "grant-mismatch")


# ---- the checker --------------------------------------------------------------------------


def test_the_checker_stays_as_it_was_after_a_refusal() -> None:
    key = SigningKey.generate()
    ledger = start(None, key)
    for i in range(4):
        ledger.append("segment", 4000 * i + 4000, WALL, **segment(i))
    lines = ledger.lines
    chain = Chain("s1", key.verifying, SERVER.verifying, PREV)
    assert chain.head is None
    for i, line in enumerate(lines):
        for other in lines[:i] + lines[i + 1 :] + ["", line[:-1], line.replace("1", "2", 1)]:
            before = chain.head
            with pytest.raises(BrokenChain):
                chain.accept(other)
            assert chain.head == before
        chain.accept(line)
    assert chain.head == ledger.head


def test_another_session_key_or_seat_is_refused() -> None:
    key = SigningKey.generate()
    lines = start(None, key).lines
    for session, verifying, prev, code in [
        ("s2", key.verifying, PREV, "wrong-session"),
        ("s1", SERVER.verifying, PREV, "signature"),
        ("s1", key.verifying, "00" * 32, "wrong-prev"),
    ]:
        with pytest.raises(BrokenChain) as caught:
            Chain(session, verifying, None, prev).accept(lines[0])
        assert (caught.value.code, caught.value.n) == (code, 0)


def test_kept_lines_are_taken_in_again_without_their_signatures() -> None:
    key = SigningKey.generate()
    ledger = start(None, key)
    chain = Chain("s1", key.verifying, SERVER.verifying, PREV)
    chain.replay(ledger.lines)
    assert chain.head == ledger.head
    chain.accept(ledger.append("event", 5, WALL, name="x", data={}))
    with pytest.raises(BrokenChain):
        chain.replay(ledger.lines[:1])


# ---- kill -9 ------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from evidence.ledger import Ledger
from evidence.signing import SigningKey
ledger = Ledger.reopen(Path(sys.argv[1]), SigningKey.from_text(sys.argv[2]))
for i in range(100_000):
    ledger.append("event", ledger.head.n, "2026-01-31T09:00:00.000Z", name="x", data={"i": i, "filler": "y" * 5000})
    print(ledger.head.n, flush=True)
"""


def test_a_killed_writer_loses_no_acknowledged_line(path: Path) -> None:
    key = SigningKey.generate()
    start(path, key).close()
    acknowledged = 1
    for kills in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), key.text], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert writer.stdout is not None
        for _ in range(3 + kills):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        acknowledged = max([acknowledged, *(int(n) for n in writer.stdout.read().split("\n")[:-1] if n)])
        writer.wait()
        writer.stdout.close()
        with Ledger.reopen(path, key) as ledger:
            assert ledger.head.n >= acknowledged
            acknowledged = ledger.head.n
    assert check(path.read_text().splitlines(), key).head == ledger.head
