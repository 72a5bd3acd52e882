"""Vectors of lines that are well signed and say what cannot be: made by one who has the session's key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidence.signing import encode_base64url, line_digest, payload_of, sign_line
from evidence.vectors.maker import Maker, vector_key

KEY = vector_key("session 1")
Payloads = list[dict[str, Any]]

# Numbers of the lines of the small session below.
PART, FIRST, SECOND, ANSWER, RESUME, END = 1, 3, 4, 5, 6, 7


def make_small(path: Path) -> Maker:
    """One stream, two segments, an answer, a restart; no receipts, so that only the ledger speaks."""
    maker = Maker.start(path)
    maker.begin(["camera"])
    maker.part("camera", 0)
    maker.line("event", 0, name="paper-opened", data={})
    maker.segment("camera", 0, 4000)
    maker.segment("camera", 4000, 8000)
    maker.answer(8000, "q1", 5, '"A"')
    maker.line("resume", 8000, reason="restart")
    maker.line("end", 9000, reason="hand-in", until=9000)
    maker.ledger.close()
    return maker


def _set(n: int, **changes: Any) -> Callable[[Payloads], Payloads]:
    return lambda lines: [*lines[:n], lines[n] | changes, *lines[n + 1 :]]


def _again(n: int, place: int, **changes: Any) -> Callable[[Payloads], Payloads]:
    """Line ``n`` once more before the line ``place``."""
    return lambda lines: [*lines[:place], lines[n] | changes, *lines[place:]]


def _both(*steps: Callable[[Payloads], Payloads]) -> Callable[[Payloads], Payloads]:
    def change(lines: Payloads) -> Payloads:
        for step in steps:
            lines = step(lines)
        return lines

    return change


# Numbers, links and signatures are put right afterwards: only what is said here is wrong.
NONSENSE: dict[str, Callable[[Payloads], Payloads]] = {
    "begin-twice": _again(0, 2),
    "time-backwards": _set(SECOND, at=3999),
    "after-end": _again(ANSWER, END + 1, at=9000),
    "part-unknown": _set(FIRST, part=1),
    "part-never-begun": lambda lines: [lines[0], *lines[2:]],
    "part-order": _again(PART, SECOND, at=4000),
    "segment-again": _both(_set(SECOND, index=0), _set(END, counts={"camera": 1})),
    "segment-same-bytes": lambda lines: _set(SECOND, sha256=lines[FIRST]["sha256"])(lines),
    "segment-skipped": _set(SECOND, index=5),
    "pts-backwards": _set(SECOND, pts0=3999),
    "segment-times": _set(SECOND, start=8001),
    "segment-size": _set(SECOND, size=5),
    "gap-times": _again(ANSWER, END, type="gap", stream="camera", cause="x", **{"from": 5, "to": 4}),
    "resume-elsewhere": _set(RESUME, after=3),
    "answer-backwards": _again(ANSWER, RESUME, revision=4),
    "end-counts": _set(END, counts={"camera": 3}),
    "end-last": _set(END, last={}),
    "end-root": _set(END, root="f" * 64),
    "end-answers": _set(END, answers="f" * 64),
}


def nonsense(lines: list[str], change: Callable[[Payloads], Payloads]) -> list[str]:
    """The small session with ``change`` applied and every line signed anew."""
    changed, result = change([payload_of(line) for line in lines]), list[str]()
    for n, payload in enumerate(changed):
        fields = payload | {"n": n}
        if n:
            fields["prev"] = line_digest("ledger", result[-1])
        if fields["type"] == "resume" and fields["after"] == lines_before(changed, n):
            fields["after"] = n - 1
        result.append(sign_line("ledger", fields, KEY))
    return result


def lines_before(changed: Payloads, n: int) -> int:
    """What ``after`` of the line at ``n`` said while it was right: its own old number less one."""
    return int(changed[n]["n"]) - 1


# ---- lines that are no lines ----------------------------------------------------------------


def sign_text(text: str) -> str:
    """A signed line whose payload is exactly ``text``."""
    return text + "\t" + encode_base64url(KEY.sign("ledger", text.encode("ascii")))


def malformed(line: str) -> list[str]:
    """Variants of a good ``event`` line that each break one rule of section 3 or one shape of section 6."""
    text, signature = line.split("\t")
    payload = payload_of(line)

    def event(data: str) -> str:
        return sign_text(text.replace('"data":{}', f'"data":{data}'))

    def field(**changes: Any) -> str:
        return sign_text(json.dumps(payload | changes, separators=(",", ":")))

    return [
        "", text, f"{text} {signature}", f"{text}\t", f"{text}\t{signature}\t", f"{text}\t{signature}=",
        f"{text}\t{signature[:-1]}", f"{text}\t{signature[:-1]}B", f"\t{signature}",
        sign_text("[]"), sign_text('"event"'), sign_text(text + "x"), sign_text(text[:-1] + ",}"),
        event('{"a":1,"a":2}'), event("NaN"), event("-Infinity"), event("1e999"), event("9" * 400), event("01"),
        event('"\\ud800"'), event('"\\udc00\\ud800"'), event('{"\\ud83d":1}'), event('"\\x41"'), event("'a'"),
        event("[" * 15 + "0" + "]" * 15), event("[" * 16 + "]" * 16),
        field(n=1.0), field(n=-1), field(n=2**53), field(n=True), field(n="1"),
        field(type="picture"), field(type="Event"),
        field(prev=payload["prev"].upper()), field(prev="0" * 63), field(prev=None), field(at=0.5), field(at=None),
        field(wall="2026-01-31T09:00:00"), field(wall="2026-01-31 09:00:00Z"), field(wall="٢٠٢٦-01-31T09:00:00Z"),
        field(wall="2026-01-31T09:00:00.1234567890Z"), field(name=""), field(name="Paper"), field(name="a" * 65),
        sign_text(json.dumps({key: value for key, value in payload.items() if key != "data"})),
        field(type="part", stream="con"), field(type="answer", id="", revision=1, commitment="0" * 64),
        field(type="answer", id="a" * 257, revision=1, commitment="0" * 64),
        field(type="resume", reason="a" * 8193, after=1, grant=None, key=KEY.verifying.text),
        field(type="resume", reason="a", after=1, grant="", key=KEY.verifying.text),
        field(type="resume", reason="a", after=1, grant=None, key=KEY.verifying.text + "A"),
    ]  # fmt: skip
