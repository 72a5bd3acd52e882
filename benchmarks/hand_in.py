"""How long a student waits for the closing receipt on a thin line, with segments still on their way."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.reliability.institution import MortalInstitution
from benchmarks.reliability.window import Window
from client import messages as m

FRAME_BYTES = 5000  # four to a segment: three streams of 4 s make 120 kbit/s, as an exam's recording does
PIECE = 1500


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--uplink", default="1mbit", help="bits a second that leave the computer: 1mbit, 256kbit")
    parser.add_argument("--seconds", type=float, default=20.0, help="of sitting before each hand-in")
    parser.add_argument("--rounds", type=int, default=3)


def bits_of(text: str) -> int:
    """``1mbit`` or ``256kbit``. Raises ``ValueError``."""
    for ending, times in (("mbit", 1_000_000), ("kbit", 1_000)):
        if text.endswith(ending):
            return round(float(text.removesuffix(ending)) * times)
    raise ValueError(f"{text}: say 1mbit or 256kbit")


class ThinLine:
    """A relay to ``target`` through which so many bits a second leave; what comes back is not held up."""

    def __init__(self, target: int, bits: int) -> None:
        self._target, self._seconds_a_byte = target, 8 / bits
        self._free = 0.0
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._target), 5)
            except OSError:
                return
            near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # what waits, waits at the sender
            for one, other, thin in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._carry, args=(one, other, thin), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, thin: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(PIECE):
                if thin:
                    self._wait(len(data))
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _wait(self, count: int) -> None:
        """All connections share the line."""
        with self._lock:
            now = time.monotonic()
            self._free = max(self._free, now) + count * self._seconds_a_byte
            wait = self._free - now
        time.sleep(wait)


def run(chosen: argparse.Namespace) -> Result:
    bits = bits_of(chosen.uplink)
    os.environ["SENIM_FRAME_BYTES"] = str(FRAME_BYTES)
    answers, receipts = [], []
    with tempfile.TemporaryDirectory(prefix="senim-hand-in-") as place:
        institution = MortalInstitution(Path(place))
        institution.start()
        try:
            for number in range(chosen.rounds):
                answer, receipt = _once(institution, Path(place) / f"student-{number}", bits, chosen.seconds)
                answers.append(answer)
                receipts.append(receipt)
        finally:
            institution.stop()
    figures = {
        "receipt_s": Figure(statistics.median(receipts), "s", "<= 3"),
        "receipt_max_s": Figure(max(receipts), "s", ""),
        "answer_s": Figure(statistics.median(answers), "s", ""),
        "uplink_kbit": Figure(bits / 1000, "kbit/s", ""),
    }
    return Result("hand-in", figures)


def _once(institution: MortalInstitution, data: Path, bits: int, seconds: float) -> tuple[float, float]:
    """Seconds until an answer typed at the end is at the institution, and from the hand-in to its receipt."""
    line = ThinLine(institution.port, bits)
    window = Window(data, institution, f"http://127.0.0.1:{line.port}")
    try:
        _, paper = window.to_paper(institution.student())
        question = next(str(q["id"]) for q in paper.questions if not q["choices"] and q["kind"] != "description")
        time.sleep(seconds)
        began = time.monotonic()
        window.say(m.SetAnswer(question, 1, "the last word"))
        window.expect(m.AnswerSaved, lambda saved: saved.where == "server")
        answered = time.monotonic()
        window.hand_in()
        return answered - began, time.monotonic() - answered
    finally:
        window.kill()
        line.close()
