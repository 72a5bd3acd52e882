"""Processes killed with SIGKILL at seeded random moments while students sit and type."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.recording.institution import PASSWORD
from benchmarks.reliability.institution import MortalInstitution
from benchmarks.reliability.window import SEGMENT_MS, Window
from client.clock import raw_ns
from client.spool.note import SessionNote
from client.upload.http import HttpTransport
from evidence.signing import payload_of
from evidence.verify import verify

STREAMS = ("screen-1", "camera", "sound")
KINDS = ("recorder", "recorder", "recorder", "both", "both", "window", "server")
TYPE_SECONDS = 0.7


@dataclass
class Killed:
    """``lost``: seconds of one stream that were captured before a kill and are in no committed segment.
    ``resumes``: seconds from the kill to the paper, for each session that came back. ``ended``: kills after which
    one had to."""

    kills: int = 0
    ended: int = 0
    lost: list[float] = field(default_factory=list)
    resumes: list[float] = field(default_factory=list)
    answers_confirmed: int = 0
    answers_lost: int = 0
    good: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    sessions: list[Path] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def run(institution: MortalInstitution, folder: Path, kills: int, seats: int, seed: int) -> Killed:
    killed, lock = Killed(), threading.Lock()
    shares = [kills // seats + (1 if seat < kills % seats else 0) for seat in range(seats)]
    threads = [
        threading.Thread(target=_Seat(institution, folder / f"seat-{n}", killed, lock, seed + n).sit, args=(share,))
        for n, share in enumerate(shares) if share
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if killed.broken:
        raise SystemExit("\n".join(killed.broken))
    return killed


class _Seat:
    """One student at one computer."""

    def __init__(
        self, institution: MortalInstitution, data: Path, killed: Killed, lock: threading.Lock, seed: int
    ) -> None:
        self._institution, self._data, self._killed, self._lock = institution, data, killed, lock
        self._random, self._login = random.Random(seed), institution.student()
        self._revision, self._confirmed = 0, 0
        self._moments: list[int] = []
        self._window: Window | None = None

    def sit(self, kills: int) -> None:
        try:
            self._sit(kills)
        except Exception as error:  # noqa: BLE001 -- told at the end, with the seat it happened at
            with self._lock:
                self._killed.broken.append(f"{self._data.name}: {error!r}")
        finally:
            if self._window is not None and self._window.process.poll() is None:
                self._window.kill()

    def _sit(self, kills: int) -> None:
        self._window = Window(self._data, self._institution)
        with self._institution.alive:
            self._key, paper = self._window.to_paper(self._login)
        self._question = next(str(q["id"]) for q in paper.questions if not q["choices"] and q["kind"] != "description")
        for _ in range(kills):
            self._type(self._random.uniform(0.2, 1.6 * SEGMENT_MS / 1000))
            self._kill(self._random.choice(KINDS))
        self._type(1.0)
        with self._institution.alive:
            self._window.hand_in()
            self._prove()

    def _type(self, seconds: float) -> None:
        assert self._window is not None
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._revision += 1
            self._window.answer(self._question, self._revision, f"revision {self._revision}")
            self._confirmed = self._revision
            time.sleep(min(left, TYPE_SECONDS))

    def _kill(self, kind: str) -> None:
        assert self._window is not None
        with self._lock:
            self._killed.kills += 1
            self._killed.by_kind[kind] += 1
        if kind == "server":
            self._institution.kill()
            return
        with self._lock:
            self._killed.ended += 1
        began, self._moments = time.monotonic(), [*self._moments, self._session_ms()]
        if kind == "window":
            self._window.vanish()
        else:
            self._window.kill()
        self._come_back(kind, began)

    def _come_back(self, kind: str, began: float) -> None:
        before = self._window
        self._window = Window(self._data, self._institution)
        if kind == "recorder":
            view = self._window.restore(self._key)
        else:
            with self._institution.alive:
                self._key, view = self._window.to_paper(self._login)
        took = time.monotonic() - began
        if before is not None:
            before.process.wait(60)
        held: dict[str, Any] = view.answers.get(self._question, {"revision": 0})
        revision = int(held["revision"])
        fits = revision == 0 or held["value"] == f"revision {revision}"
        with self._lock:
            self._killed.resumes.append(took)
            self._killed.answers_lost += max(0, self._confirmed - revision) + (not fits)
        self._revision = max(self._revision, revision)

    def _session_ms(self) -> int:
        origin = SessionNote.load(self._data / "spool" / self._key.session).origin
        return int(raw_ns() - int(origin["raw_ns"])) // 1_000_000

    def _prove(self) -> None:
        """The whole session as the institution holds it."""
        folder = self._institution.session_folder(self._key.session)
        report = verify(folder, self._institution.verifying_key)
        transport = HttpTransport(self._institution.address)
        transport.sign_in(self._login, PASSWORD)
        revision, value = transport.answers(self._key.session).answers[self._question]
        lines = [payload_of(line) for line in (folder / "ledger.txt").read_text().splitlines()]
        ends: dict[str, list[int]] = {stream: [0] for stream in STREAMS}
        for payload in lines:
            if payload["type"] == "segment" and payload["stream"] in ends:
                ends[payload["stream"]].append(payload["end"])
        # Where a stream began again nothing older was there to be lost: the time between is the way back.
        begins: dict[str, list[int]] = {stream: [0] for stream in STREAMS}
        for line in self._data.with_name(f"{self._data.name}-cuts.jsonl").read_text().splitlines():
            stream, _, start, end = json.loads(line)
            if start == end:
                begins[stream].append(start)
        with self._lock:
            killed = self._killed
            killed.sessions.append(folder)
            killed.good += report.ok and report.state == "complete"
            killed.answers_confirmed += self._confirmed
            killed.answers_lost += revision < self._confirmed or value != f"revision {revision}"
            for moment in self._moments:
                for stream in STREAMS:
                    kept = max(end for end in [*begins[stream], *ends[stream]] if end <= moment + SEGMENT_MS // 2)
                    killed.lost.append(max(0, moment - kept) / 1000)
