"""One simulated student: signs in, records sealed segments, answers, hands in; repeats what was not acknowledged.

What waits to be sent lies in a folder, as on a student's computer, so that memory does not grow with an outage. Lines
and answers go before segments; after an overload everybody comes back at another moment.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import random
import time
from collections import deque
from pathlib import Path
from typing import Any

import httpx

from evidence import age
from evidence.keys import parse_seat_key
from evidence.ledger import Ledger, commitment
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, canonical_json, line_digest, payload_of
from server.clock import SystemClock, iso
from server.simulate.figures import Figures

API = "/api/v1"
SEGMENT_SECONDS = 4.0
# Bytes of a segment's body: what an hour of exam gives at 25 MB (screen), 24 MB (camera) and 6 MB (sound).
BODIES = {"screen": 28_000, "camera": 26_000, "sound": 6_500}
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
LINES_AT_ONCE = 200
ANSWER_EVERY = 5  # segments of a stream between two revisions of an answer


class GaveUp(Exception):
    """The server refused for good, or the patience is over."""


class SimulatedStudent:
    """``code``: for one sign-in. ``until``: when to hand in (``time.monotonic``); ``patience``: seconds after that."""

    def __init__(
        self, http: httpx.AsyncClient, code: str, folder: Path, figures: Figures, *, until: float, patience: float
    ) -> None:
        self._http, self._code, self._folder, self._figures = http, code, folder, figures
        self._until, self._deadline = until, until + patience
        self._stage, self._token, self._failures, self._load = "", "", 0, 0
        self._key, self._clock, self._random = SigningKey.generate(), SystemClock(), random.Random()
        self._sent = 0  # ledger lines the server holds
        self._queue: deque[tuple[str, int, int]] = deque()  # stream, index, bytes
        self._held: list[tuple[str, int]] = []
        self._question: dict[str, Any] | None = None  # the first that a text can be typed into
        self._answer: dict[str, Any] | None = None
        self._answered = self._revision = 0
        self.session = ""

    async def sit(self) -> None:
        """The whole way to the closing receipt. Raises ``GaveUp``."""
        self._to("signing in")
        await asyncio.sleep(self._random.uniform(0, min(10.0, max(0.0, self._until - time.monotonic()) / 3)))
        self._token = str((await self._ask("POST", "/sign-in", {"code": self._code}))["token"])
        await self._begin()
        self._to("sitting")
        await asyncio.gather(self._record(), self._deliver())
        self._to("handing in")
        await self._hand_in()
        self._to("handed in")

    def _to(self, stage: str) -> None:
        self._figures.moved(self._stage, stage)
        self._stage = stage

    # -- recording ----------------------------------------------------------------------

    async def _begin(self) -> None:
        seats = (await self._ask("GET", "/exams"))["exams"]
        seat = next((s["seat"] for s in seats if s["state"] == "open"), None)
        if seat is None:
            raise GaveUp(
                "no exam is open that nobody has begun: schedule one for these students, it is used up by this"
            )
        opened = await self._ask("POST", f"/seats/{seat}/session", {
            "session_key": self._key.verifying.text, "machine": f"simulated-{self._code}",
            "client": {"name": "simulate", "version": "1", "system": "simulated"},
            "consent": {"version": "1", "at": self._wall()},
        })  # fmt: skip
        self.session, seat_key = str(opened["session"]), str(opened["seat_key"])
        self._recipient: age.Recipient = parse_seat_key(payload_of(seat_key)).recipient
        self._streams = [str(stream) for stream in opened["policy"]["streams"]]
        self._ledger = Ledger(self.session, self._key, None, line_digest("seat-key", seat_key))
        self._began = time.monotonic()
        self._line(
            "begin", session=self.session, seat=seat, nonce=opened["nonce"], client={"name": "simulate"}, system={},
            streams=self._streams, devices={}, simulated=self._streams, policy=opened["policy"], server_key=None,
        )  # fmt: skip
        for stream in self._streams:
            self._line("part", stream=stream, part=0, origin=0, timescale=1000, media="video/mp4", width=1, height=1,
                       rate=None, init=None, reason="start")  # fmt: skip
        self._end = {stream: 0 for stream in self._streams}
        await asyncio.sleep(0.2)
        await self._cut()
        self._line("finding", id="f1", about="identity", commitment=commitment(b"{}")[1])
        await self._send_lines()
        paper = await self._ask("GET", f"/sessions/{self.session}/paper")
        self._question = next((question for question in paper["questions"] if is_typed(question)), None)
        self._line("event", name="paper-opened", data={})

    def _line(self, kind: str, /, **fields: Any) -> None:
        self._ledger.append(kind, self._now(), self._wall(), **fields)

    def _now(self) -> int:
        return round((time.monotonic() - self._began) * 1000)

    def _wall(self) -> str:
        return iso(self._clock.now())

    async def _record(self) -> None:
        count = 0
        while (left := self._until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, SEGMENT_SECONDS))
            await self._cut()
            count += 1
            if count % ANSWER_EVERY == 1 and self._question is not None:
                self._type()
        self._line("end", reason="hand-in", until=self._now())

    async def _cut(self) -> None:
        """One segment of each stream: sealed, on the disk, in the ledger."""
        for stream in self._streams:
            index, start, end = self._ledger.next_index(stream), self._end[stream], self._now()
            body = os.urandom(BODIES.get(stream.partition("-")[0], BODIES["sound"]))
            sealed = await asyncio.to_thread(seal, SegmentHeader(self.session, stream, 0, index), body, self._recipient)
            self._file(stream, index).write_bytes(sealed)
            self._line(
                "segment", stream=stream, part=0, index=index, pts0=start, pts1=end, start=start, end=end,
                plain=len(body), size=len(sealed), frames=1, keys=[], changed=0.1,
                sha256=hashlib.sha256(sealed).hexdigest(),
            )  # fmt: skip
            self._end[stream] = end
            self._queue.append((stream, index, len(sealed)))
            self._figures.bytes_waiting += len(sealed)

    def _file(self, stream: str, index: int) -> Path:
        return self._folder / f"{self.session}-{stream}-{index}"

    def _type(self) -> None:
        self._revision += 1
        assert self._question is not None
        question, text = self._question["id"], f"simulated answer {self._revision}"
        value = typed(self._question, text)
        content = canonical_json({"question": question, "revision": self._revision, "value": value}, sort_keys=True)
        salt, mark = commitment(content)
        self._line("answer", id=question, revision=self._revision, commitment=mark)
        self._answer = {"revision": self._revision, "value": value, "at": self._now(), "commitment": mark,
                        "salt": salt.hex()}  # fmt: skip

    # -- delivering ---------------------------------------------------------------------

    async def _deliver(self) -> None:
        """Until the exam's end; what is left goes with the hand-in."""
        while time.monotonic() < self._until:
            if not await self._one_thing():
                await asyncio.sleep(0.5)

    async def _one_thing(self) -> bool:
        if self._sent < len(self._ledger.lines):
            await self._send_lines()
        elif self._answer is not None:
            await self._send_answer()
        elif self._queue:
            await self._send_segment()
        else:
            return False
        return True

    async def _send_lines(self) -> None:
        lines = self._ledger.lines[self._sent : self._sent + LINES_AT_ONCE]
        answer = await self._ask("POST", f"/sessions/{self.session}/ledger", {"lines": lines})
        self._sent = max(self._sent, int(answer["head"]["n"]) + 1)

    async def _send_answer(self) -> None:
        answer = self._answer
        assert answer is not None and self._question is not None
        await self._ask("PUT", f"/sessions/{self.session}/answers/{self._question['id']}", answer)
        self._answered, self._figures.answers = answer["revision"], self._figures.answers + 1
        if self._answer is answer:
            self._answer = None

    async def _send_segment(self) -> None:
        stream, index, size = self._queue[0]
        sealed = self._file(stream, index).read_bytes()
        began = time.monotonic()
        await self._ask("PUT", f"/sessions/{self.session}/segments/{stream}/{index}", sealed)
        self._queue.popleft()
        self._held.append((stream, index))
        self._figures.bytes_waiting -= size
        self._figures.bytes_sent += size
        self._figures.segments += 1
        if self._load > 5:  # as the client does: leave the line to others
            await asyncio.sleep(min(5.0, (self._load - 5) * max(time.monotonic() - began, 0.2)))

    async def _hand_in(self) -> None:
        while await self._one_thing():
            pass
        head = self._ledger.head
        body = {"head": {"n": head.n, "digest": head.digest}, "answers": {}}
        done = await self._ask("POST", f"/sessions/{self.session}/hand-in", body)
        lacking = [f"{self.session}/{stream}/{index}" for stream, indexes in done["missing"].items()
                   for index in indexes]  # fmt: skip
        if lacking or done["missing_answers"]:
            self._figures.lost += lacking + [f"{self.session} answer {q}" for q in done["missing_answers"]]
            raise GaveUp("the server does not hold what it acknowledged")
        held = (await self._ask("GET", f"/sessions/{self.session}/answers"))["answers"]
        question = self._question["id"] if self._question is not None else ""
        if self._answered and held.get(question, {}).get("revision", 0) < self._answered:
            self._figures.lost.append(f"{self.session} answer {question}")
        for stream, index in self._held:
            self._file(stream, index).unlink(missing_ok=True)

    # -- one call -----------------------------------------------------------------------

    async def _ask(self, method: str, path: str, body: dict[str, Any] | bytes | None = None) -> dict[str, Any]:
        """Again and again until it is acknowledged. Raises ``GaveUp``."""
        while True:
            wait: float | None = None
            try:
                began = time.monotonic()
                answer = await self._http.request(method, API + path, **self._content(body))
                self._figures.answered(time.monotonic() - began)
                if answer.status_code < 300:
                    return self._taken(answer.json())
                code = str(answer.json().get("code", answer.status_code))
                if answer.status_code not in (429, 500, 502, 503, 504) and code != "body_damaged":
                    raise GaveUp(f"{method} {path}: {answer.status_code} {code}")
                wait = float(answer.headers.get("retry-after", 0)) or None
            except (httpx.HTTPError, ValueError) as error:
                code = type(error).__name__
            self._figures.refusals[code] += 1
            self._failures += 1
            await self._rest(wait)

    async def _rest(self, asked: float | None) -> None:
        """A time of this student's own, so that a hall does not come back in step. Raises ``GaveUp``."""
        if time.monotonic() > self._deadline:
            raise GaveUp("the server did not come back in time")
        ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(self._failures - 1, 10))
        wait = self._random.uniform(ceiling / 2, ceiling) if asked is None else asked * self._random.uniform(1, 1.25)
        await asyncio.sleep(wait)

    def _content(self, body: dict[str, Any] | bytes | None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if body is None:
            return {"headers": headers}
        content = body if isinstance(body, bytes) else canonical_json(body)
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        return {"headers": {**headers, "Content-Digest": f"sha-256=:{digest}:"}, "content": content}

    def _taken(self, answer: dict[str, Any]) -> dict[str, Any]:
        self._failures = 0
        status = answer.get("status")
        if isinstance(status, dict):
            self._load = int(status.get("load", 0))
            self._figures.heard_load(self._load)
        return answer


def is_typed(question: dict[str, Any]) -> bool:
    """Whether a text fits ``question``, as the paper has it."""
    return not question["choices"] and question["kind"] != "description" and (not question["files"] or question["text"])


def typed(question: dict[str, Any], text: str) -> str | dict[str, Any]:
    """``text`` as the answer's value."""
    return {"text": text, "files": []} if question["files"] else text
