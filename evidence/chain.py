"""The rules that bind a ledger's lines together, applied line by line: by its writer, by the server, by ``verify``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.errors import EvidenceError
from evidence.line_types import check_shape
from evidence.merkle import merkle_root
from evidence.receipt import Head, read_grant
from evidence.signing import (
    BadSignature,
    MalformedLine,
    SigningError,
    VerifyingKey,
    digest,
    parse_payload,
    split_line,
)

__all__ = ["BrokenChain", "Chain", "ChainState", "Head", "answers_digest"]

KIND = "ledger"


class BrokenChain(EvidenceError):
    """Line ``n`` does not follow from those before it. ``code`` is a stable word, listed in FORMAT.md."""

    def __init__(self, code: str, n: int, text: str) -> None:
        super().__init__(f"line {n}: {text} ({code})")
        self.code = code
        self.n = n
        self.text = text


@dataclass
class StreamState:
    """Where one stream stands. ``loose``: lines are known to be missing, so take the next index at its word."""

    part: int | None = None
    next_index: int = 0
    pts1: int | None = None
    last: str = ""
    loose: bool = False


@dataclass
class ChainState:
    """Everything but signatures: order, links, times, parts, indexes, key switches, totals.

    ``check`` never changes the state; ``apply`` follows only after it.
    """

    session: str
    prev: str | None
    key: VerifyingKey | None = None
    server_key: VerifyingKey | None = None
    n: int = 0
    at: int = 0
    ended: bool = False
    streams: dict[str, StreamState] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    unanchored: list[int] = field(default_factory=list)
    complete: bool = True  # False once lines were skipped: totals can no longer be checked

    def check(self, payload: Mapping[str, Any]) -> None:
        """Raises ``BrokenChain`` if ``payload`` cannot be the next line."""
        n, kind = payload["n"], payload["type"]
        if n != self.n:
            raise BrokenChain("wrong-n", n, f"expected line {self.n}")
        if self.prev is not None and payload["prev"] != self.prev:
            raise BrokenChain("wrong-prev", n, "does not name the line before it")
        if self.ended:
            raise BrokenChain("after-end", n, "stands after the end")
        if (kind == "begin") != (n == 0):
            raise BrokenChain("wrong-begin", n, "a ledger starts with begin, once")
        if payload["at"] < self.at:
            raise BrokenChain("time-backwards", n, f"its time {payload['at']} ms is before {self.at} ms")
        if kind == "begin" and payload["session"] != self.session:
            raise BrokenChain("wrong-session", n, "belongs to another session")
        if kind == "part":
            self._check_part(n, payload)
        elif kind == "segment":
            self._check_segment(n, payload)
        elif kind == "gap" and payload["from"] > payload["to"]:
            raise BrokenChain("times", n, "a gap that ends before it starts")
        elif kind == "resume":
            self._check_resume(n, payload)
        elif kind == "answer" and payload["revision"] < self.answers.get(payload["id"], (0, ""))[0]:
            raise BrokenChain("answer-backwards", n, "an older revision after a newer one")
        elif kind == "end" and self.complete:
            self._check_end(n, payload)

    def _check_part(self, n: int, payload: Mapping[str, Any]) -> None:
        known = self.streams.get(payload["stream"])
        if known and known.part is not None and payload["part"] <= known.part:
            raise BrokenChain("part-order", n, f"part {payload['part']} after part {known.part}")

    def _check_segment(self, n: int, payload: Mapping[str, Any]) -> None:
        stream = self.streams.get(payload["stream"])
        where = f"{payload['stream']}/{payload['index']}"
        if payload["sha256"] in self.seen:
            raise BrokenChain("segment-repeated", n, f"{where}: the same bytes were listed before")
        if payload["pts1"] < payload["pts0"] or payload["end"] < payload["start"]:
            raise BrokenChain("times", n, f"{where} ends before it starts")
        if stream is None or stream.loose:
            if stream is None and self.complete:
                raise BrokenChain("unknown-part", n, f"{where}: no part line stands before it")
            return
        if payload["part"] != stream.part:
            raise BrokenChain("unknown-part", n, f"{where}: part {payload['part']} is not the current one")
        if payload["index"] < stream.next_index:
            raise BrokenChain("segment-repeated", n, f"{where} comes again or late")
        if payload["index"] > stream.next_index:
            raise BrokenChain("segment-skipped", n, f"{where} where index {stream.next_index} was due")
        if stream.pts1 is not None and payload["pts0"] < stream.pts1:
            raise BrokenChain("pts-backwards", n, f"{where} overlaps the segment before it")

    def _check_resume(self, n: int, payload: Mapping[str, Any]) -> None:
        if payload["after"] != n - 1:
            raise BrokenChain("wrong-resume", n, f"resumes after line {payload['after']}, stands after {n - 1}")
        if payload["grant"] is None or self.server_key is None:
            return
        try:
            grant = read_grant(payload["grant"], self.server_key)
        except SigningError as error:
            raise BrokenChain("grant-forged", n, f"the server did not sign its grant: {error}") from error
        expected = {"session": self.session, "new_key": payload["key"]}
        if self.key is not None:
            expected["old_key"] = self.key.text
        same_head = self.prev is None or grant["head"] == {"n": n - 1, "digest": self.prev}
        if not same_head or any(grant[name] != value for name, value in expected.items()):
            raise BrokenChain("grant-mismatch", n, "its grant is for another head, key or session")

    def _check_end(self, n: int, payload: Mapping[str, Any]) -> None:
        totals = self.totals()
        if {k: v for k, v in payload["counts"].items() if v} != totals["counts"]:
            raise BrokenChain("end-counts", n, "its counts are not those of the segment lines")
        if payload["last"] != totals["last"]:
            raise BrokenChain("end-last", n, "its last digests are not those of the segment lines")
        if payload["root"] != totals["root"]:
            raise BrokenChain("end-root", n, "its Merkle root is not that of the segment lines")
        if payload["answers"] not in (None, totals["answers"]):
            raise BrokenChain("end-answers", n, "its answers' digest is not that of the answer lines")

    def totals(self) -> dict[str, Any]:
        """``counts``, ``last``, ``root`` and ``answers`` as an ``end`` line states them."""
        sealed = {name: stream for name, stream in self.streams.items() if stream.last}
        return {
            "counts": {name: stream.next_index for name, stream in sealed.items()},
            "last": {name: stream.last for name, stream in sealed.items()},
            "root": merkle_root(self.hashes),
            "answers": answers_digest(self.answers),
        }

    def apply(self, payload: Mapping[str, Any], line_digest: str) -> None:
        """Take the checked line in."""
        self.n, self.prev, self.at = payload["n"] + 1, line_digest, payload["at"]
        kind = payload["type"]
        if kind == "begin":
            self.session, self.key = payload["session"], VerifyingKey.from_text(payload["key"])
        elif kind == "part":
            stream = self.streams.setdefault(payload["stream"], StreamState())
            stream.part, stream.pts1 = payload["part"], None
        elif kind == "segment":
            stream = self.streams.setdefault(payload["stream"], StreamState())
            stream.part, stream.pts1, stream.last = payload["part"], payload["pts1"], payload["sha256"]
            stream.next_index, stream.loose = payload["index"] + 1, False
            self.hashes.append(payload["sha256"])
            self.seen.add(payload["sha256"])
        elif kind == "answer":
            self.answers[payload["id"]] = (payload["revision"], payload["commitment"])
        elif kind == "resume":
            self._switch(payload)
        elif kind == "end":
            self.ended = True

    def _switch(self, payload: Mapping[str, Any]) -> None:
        key = VerifyingKey.from_text(payload["key"])
        granted = payload["grant"] is not None and self.server_key is not None
        if key != self.key and not granted:
            self.unanchored.append(payload["n"])
        self.key = key

    def skip_to(self, n: int, prev: str | None) -> None:
        """After damage: go on at line ``n``, taking what the missing lines would have said at its word."""
        self.n, self.prev, self.complete = n, prev, False
        for stream in self.streams.values():
            stream.loose, stream.pts1 = True, None


@dataclass(frozen=True)
class ReadLine:
    """A line taken apart, nothing of it checked but its form. ``content``: the exact bytes that were signed."""

    payload: dict[str, Any]
    content: bytes
    signature: bytes


def read(line: str) -> ReadLine:
    """Raises ``MalformedLine``."""
    content, signature = split_line(line)
    return ReadLine(parse_payload(content), content, signature)


class Chain:
    """Checks signed lines one by one. ``first_prev`` is ``line_digest("seat-key", seat_key_line)`` (None: not known).

    Without ``server_key`` a grant cannot be checked and its stretch counts as unanchored.
    """

    def __init__(
        self, session: str, session_key: VerifyingKey, server_key: VerifyingKey | None, first_prev: str | None
    ) -> None:
        self.state = ChainState(session, first_prev, session_key, server_key)

    @property
    def head(self) -> Head | None:
        """The last line accepted; None before the first."""
        state = self.state
        return Head(state.n - 1, state.prev) if state.n and state.prev else None

    @property
    def session_key(self) -> VerifyingKey:
        """The key the next line must be signed with (unless it is a ``resume``)."""
        if self.state.key is None:
            raise ValueError("a chain is made with a session key")
        return self.state.key

    @property
    def unanchored(self) -> list[int]:
        """The ``resume`` lines whose new key no grant of the server names."""
        return self.state.unanchored

    def accept(self, line: str) -> dict[str, Any]:
        """The payload of the next line; raises ``BrokenChain`` and stays as it was."""
        return self.take(self._read(line))

    def replay(self, lines: Iterable[str]) -> None:
        """Take in lines that were accepted before and kept safely: everything but signatures is checked again."""
        for line in lines:
            self.take(self._read(line), signatures=False)

    def force(self, line: str) -> dict[str, Any]:
        """Take in a well-signed line that ``accept`` refused, so that ``verify`` can go on behind the damage."""
        content = split_line(line)[0]
        payload = parse_payload(content)
        self.state.apply(payload, digest(KIND, content))
        return payload

    def _read(self, line: str) -> ReadLine:
        try:
            return read(line)
        except MalformedLine as error:
            raise BrokenChain("malformed", self.state.n, str(error)) from error

    def take(self, line: ReadLine, *, signatures: bool = True) -> dict[str, Any]:
        """``accept`` for a line that was read already."""
        state, payload = self.state, line.payload
        try:
            check_shape(payload)
        except MalformedLine as error:
            raise BrokenChain("malformed", state.n, str(error)) from error
        if signatures:
            try:
                _signer(payload, self.session_key).verify(KIND, line.content, line.signature)
            except BadSignature as error:
                raise BrokenChain("signature", state.n, "its signature does not fit") from error
        state.check(payload)
        if payload["type"] == "begin" and payload["key"] != self.session_key.text:
            raise BrokenChain("wrong-key", state.n, "begins with another session key")
        state.apply(payload, digest(KIND, line.content))
        return payload


def _signer(payload: Mapping[str, Any], current: VerifyingKey) -> VerifyingKey:
    """A ``resume`` line is signed by the key it brings; every other by the current one."""
    return VerifyingKey.from_text(payload["key"]) if payload["type"] == "resume" else current


def answers_digest(answers: Mapping[str, tuple[int, str]]) -> str:
    """The digest over the newest answers: question -> (revision, commitment). Lines ``id TAB revision TAB
    commitment`` in order of the id's UTF-8 bytes, each with a newline, under the kind ``answers``."""
    rows = sorted((name.encode(), revision, commitment) for name, (revision, commitment) in answers.items())
    content = b"".join(b"%s\t%d\t%s\n" % (name, revision, mark.encode()) for name, revision, mark in rows)
    return digest("answers", content)
