"""The process that opens segments, with weak spots: what a defect in a parser would be, met by media made for it."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from evidence.age import parse_identity
from evidence.seal import unseal
from server.review.segment_reader import Job, Reader, serve

ABORT, SPIN, SLEEP, EAT, LIE = b"abort here", b"spin here", b"sleep here", b"eat memory here", b"lie here"


def _answer(reader: Reader, job: Job, sealed: bytes, first: bytes) -> dict[str, Any]:
    plain = unseal(sealed, parse_identity(job.key))[1]
    if ABORT in plain:
        os.abort()
    while SPIN in plain:
        pass
    if SLEEP in plain:
        time.sleep(3600)
    if EAT in plain:
        held = bytearray(64 * 1024**3)
        return {"problem": "", "frames": len(held)}
    if LIE in plain:
        return {"problem": "<script>", "frames": -1, "note": ""}
    return reader.answer(job, sealed, first)


if __name__ == "__main__":
    known = Reader()
    serve(lambda job, sealed, first: _answer(known, job, sealed, first), int(sys.argv[1]))
