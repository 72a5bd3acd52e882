"""The undamaged vectors: what a session may look like."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidence.receipt import Head, make_erasure_receipt
from evidence.signing import payload_of, sign_line
from evidence.vectors.maker import Maker, make_session, wall

Build = Callable[[Path], Maker]


def _restart(path: Path) -> Maker:
    """The recorder died, the window kept the key: no grant is needed, the gap is told."""
    maker = Maker.start(path)
    maker.begin(["camera"])
    maker.part("camera", 0)
    maker.opened()
    maker.segment("camera", 0, 4000)
    maker.line("resume", 9000, reason="recorder-restarted")
    maker.line("gap", 9000, stream="camera", **{"from": 4000, "to": 9000}, cause="recorder-restarted")
    maker.part("camera", 9000, "restart")
    maker.segment("camera", 9000, 13000)
    maker.end(13000)
    maker.close(13500)
    return maker


def _takeover(path: Path) -> Maker:
    """Another computer goes on with the server's grant; a second grant follows."""
    maker = Maker.start(path)
    maker.begin(["camera"])
    maker.part("camera", 0)
    maker.opened()
    maker.segment("camera", 0, 4000)
    maker.receipt(4100)
    for number, at in ((2, 30_000), (3, 60_000)):
        maker.resume(at, True, "other-machine", f"session {number}")
        maker.line("event", at, name="devices", data={"camera": f"machine {number}"})
        maker.line("gap", at, stream="camera", **{"from": at - 26_000, "to": at}, cause="other-machine")
        maker.part("camera", at, "other-machine")
        maker.segment("camera", at, at + 4000)
        maker.receipt(at + 4100)
    maker.end(64_000)
    maker.close(64_500)
    return maker


def _parts(path: Path) -> Maker:
    """Other sizes and clocks: three parts of a screen that join without a gap, sound that runs on."""
    maker = Maker.start(path)
    maker.begin(["screen-1", "sound"])
    maker.part("screen-1", 0, timescale=90_000)
    maker.part("sound", 0, timescale=48_000, rate=48_000)
    maker.opened()
    for number, start in enumerate((0, 4000, 8000)):
        if number:
            maker.part("screen-1", start, "resolution", timescale=90_000, width=640 * number, height=400 * number)
        maker.segment("screen-1", start, start + 4000, pts0=0, pts1=360_000, keys=[0])
        late = (0, 2, 3)[number]  # two ms are rounding, three are a hole
        maker.segment("sound", start + late, start + 4000, pts0=start * 48, pts1=(start + 4000) * 48, keys=[])
    maker.segment("screen-1", 12_000, 16_000, pts0=360_000, pts1=720_000, keys=[360_000, 540_000], adopted=True)
    maker.end(16_000)
    maker.close(16_500)
    return maker


def _anchored(path: Path) -> Maker:
    """Offline, both processes died: the new key has no grant, but a later receipt covers its lines."""
    maker = make_session(path, granted=False)
    maker.receipt(10_900)
    maker.close(11_000)
    return maker


def _unusual(path: Path) -> Maker:
    """Everything that is allowed and rare: unknown fields, escapes, deep values, no exam paper, a stream never seen."""
    maker = Maker.start(path)
    maker.begin(["camera", "sound"])
    maker.part("camera", 7, future=[1, 2.5, None, {"a": 1e300}])
    deep: Any = 0
    for _ in range(14):  # with the payload itself and the number, 16 levels
        deep = [deep]
    maker.line("event", 7, name="source-lost", data=deep)
    odd = {"name": "Қазақ 😀 \u2028", "большое": 10**200, "__proto__": {"toString": 0}, "": -0.0}
    maker.line("event", 7, name="devices", data=odd)
    maker.segment("camera", 7, 4007, changed=None, keys=[])
    maker.segment("camera", 4007, 4007, b"")
    for begin, end, cause in ((4500, 5050, "disk-full"), (4000, 4450, "camera-busy")):
        maker.line("gap", 5000, stream="camera", **{"from": begin, "to": end}, cause=cause)
    maker.line("gap", 5000, stream="sound", **{"from": -5, "to": 9_000_000}, cause="microphone-refused")
    maker.line("resume", 5000, reason="")
    maker.segment("camera", 5100, 6000, pts0=5093, pts1=5993)
    maker.answer(6000, "q", 1, "1")
    maker.answer(6000, "q", 1, "2")
    maker.line("end", 6000, reason="time-up", until=6400, answers=None)
    maker.close(6500)
    return maker


def _running(path: Path) -> Maker:
    """A server's folder in the middle of the exam: the newest segment is listed and still on its way."""
    maker = make_session(path, ended=False)
    maker.folder.segment_path("camera", 1).unlink()
    return maker


def erase(maker: Maker, cause: str = "retention") -> None:
    """The institution says that the segments are gone; who takes them away is the caller's matter."""
    head = Head(**payload_of(maker.receipts[-1])["head"])
    maker.receipts.append(make_erasure_receipt(maker.session, head, wall(90_000), cause, maker.server))
    maker.write_receipts()


def _erased(path: Path) -> Maker:
    """The time the institution keeps recordings was over."""
    maker = make_session(path)
    erase(maker)
    shutil.rmtree(maker.folder.segments)
    return maker


def _erased_partly(path: Path) -> Maker:
    """Somebody decided on it before that; the server was stopped in the middle."""
    maker = make_session(path)
    erase(maker, "decision")
    maker.folder.segment_path("camera", 0).unlink()
    maker.folder.segment_path("camera", 1).unlink()
    return maker


def _no_server_key(path: Path) -> Maker:
    maker = make_session(path)
    maker.folder.server_key.unlink()
    return maker


def _clocks_disagree(path: Path) -> Maker:
    """The media's clock and the session's tell different stories: worth a look, no proof of anything."""
    maker = Maker.start(path)
    maker.begin(["camera"])
    maker.part("camera", 0)
    maker.opened()
    maker.segment("camera", 0, 4000)
    maker.segment("camera", 4000, 8000, pts0=4600, pts1=8600)
    maker.end(8000)
    maker.close(8500)
    return maker


def _answers_differ(path: Path) -> Maker:
    """The server closed the session with other answers than the ledger's (some came late)."""
    maker = make_session(path)
    maker.receipts[-1] = sign_line("receipt", payload_of(maker.receipts[-1]) | {"answers": "0" * 64}, maker.server)
    maker.write_receipts()
    return maker


SESSIONS: dict[str, Build] = {
    "good": make_session,
    "open": lambda path: make_session(path, ended=False),
    "running": _running,
    "unanchored": lambda path: make_session(path, granted=False),
    "anchored": _anchored,
    "restart": _restart,
    "takeover": _takeover,
    "parts": _parts,
    "unusual": _unusual,
    "erased": _erased,
    "erased-partly": _erased_partly,
    "no-server-key": _no_server_key,
    "clocks-disagree": _clocks_disagree,
    "answers-differ": _answers_differ,
}
