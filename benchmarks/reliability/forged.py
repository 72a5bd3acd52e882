"""Requests that no honest client sends, against a running session: each must be refused and change nothing."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from typing import Any

import requests

from benchmarks.recording.institution import PASSWORD
from benchmarks.reliability.institution import MortalInstitution
from evidence.keys import read_seat_key
from evidence.ledger import Ledger
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, line_digest, sign_line

WALL = "2026-01-31T09:00:00.000Z"
STREAM = "camera"


class Recorded:
    """Signed in, with a session of three lines and two segments, one of them delivered."""

    def __init__(self, institution: MortalInstitution) -> None:
        self._http = requests.Session()
        self.base, self.institution = institution.address + "/api/v1", institution
        self.login, self.key = institution.student(), SigningKey.generate()
        self.token = self.call("POST", "/sign-in", json={"login": self.login, "password": PASSWORD}).json()["token"]
        self.seat = str(self.call("GET", "/exams").json()["exams"][0]["seat"])
        request = {
            "session_key": self.key.verifying.text, "machine": "m", "consent": {"version": "1", "at": WALL},
            "client": {"name": "b", "version": "0", "system": "b"},
        }  # fmt: skip
        opened = self.call("POST", f"/seats/{self.seat}/session", json=request).json()
        self.session = str(opened["session"])
        self.ledger = Ledger(self.session, self.key, None, line_digest("seat-key", opened["seat_key"]))
        self.ledger.append(
            "begin", 0, WALL, session=self.session, seat=self.seat, nonce=opened["nonce"], client={}, system={},
            streams=[STREAM], devices={}, simulated=[], policy=opened["policy"], server_key=None,
        )  # fmt: skip
        self.ledger.append(
            "part", 0, WALL, stream=STREAM, part=0, origin=0, timescale=1000, media="video/mp4", width=1, height=1,
            rate=None, init=None, reason="start",
        )  # fmt: skip
        self._recipient = read_seat_key(opened["seat_key"], institution.verifying_key).recipient
        self.sealed = [self.record(b"body")[1] for _ in range(2)]
        self.on("POST", "/ledger", json={"lines": self.ledger.lines}).raise_for_status()
        self.delivered = len(self.ledger.lines)
        self.put(0, self.sealed[0]).raise_for_status()

    def record(self, body: bytes) -> tuple[int, bytes]:
        """One more segment in the ledger: its index and sealed bytes."""
        n = self.ledger.next_index(STREAM)
        sealed = seal(SegmentHeader(self.session, STREAM, 0, n), body, self._recipient)
        self.ledger.append(
            "segment", n * 1000, WALL, stream=STREAM, part=0, index=n, pts0=n * 1000, pts1=n * 1000 + 1000,
            start=n * 1000, end=n * 1000 + 1000, plain=len(body), size=len(sealed), frames=1, keys=[], changed=0.0,
            sha256=hashlib.sha256(sealed).hexdigest(),
        )  # fmt: skip
        return n, sealed

    def call(self, method: str, path: str, token: str | None = None, **rest: Any) -> requests.Response:
        headers = {**rest.pop("headers", {})}
        given = getattr(self, "token", "") if token is None else token
        if given:
            headers["Authorization"] = f"Bearer {given}"
        return self._http.request(method, self.base + path, headers=headers, timeout=60, **rest)

    def on(self, method: str, path: str, token: str | None = None, **rest: Any) -> requests.Response:
        return self.call(method, f"/sessions/{self.session}{path}", token, **rest)

    def put(self, index: int, sealed: bytes, token: str | None = None, named: bytes | None = None) -> requests.Response:
        digest = base64.b64encode(hashlib.sha256(sealed if named is None else named).digest()).decode()
        headers = {"Content-Digest": f"sha-256=:{digest}:"}
        return self.on("PUT", f"/segments/{STREAM}/{index}", token, data=sealed, headers=headers)

    def held(self) -> str:
        """One digest of everything the institution has of this session."""
        folder, found = self.institution.session_folder(self.session), hashlib.sha256()
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            found.update(str(file.relative_to(folder)).encode() + file.read_bytes())
        return found.hexdigest()


Forgery = Callable[[], requests.Response]


def run(institution: MortalInstitution, count: int, seed: int) -> tuple[int, int]:
    """(tried, refused). Refused: a problem comes back, and the session's folder is the same to the last byte."""
    victim, thief = Recorded(institution), Recorded(institution)
    draw, refused = random.Random(seed), 0
    before = victim.held()
    for _ in range(count):
        answer = draw.choice(_forgeries(victim, thief, draw))()
        refused += 400 <= answer.status_code < 500 and victim.held() == before
    return count, refused


def _forgeries(victim: Recorded, thief: Recorded, draw: random.Random) -> list[Forgery]:
    tokens = [thief.token, "sn_" + "a" * 43, victim.token[:-1] + ("A" if victim.token[-1] != "A" else "B")]
    bad, other = draw.choice(tokens), draw.randbytes(500)
    calls = [
        ("GET", "/ledger"), ("GET", "/missing"), ("GET", "/paper"), ("GET", "/answers"), ("GET", "/status"),
    ]  # fmt: skip
    method, path = draw.choice(calls)
    head = victim.ledger.head
    end = {"n": head.n + 1, "type": "end", "prev": head.digest, "at": 2000, "wall": WALL, "reason": "hand-in",
           "until": 2000, **victim.ledger.totals()}  # fmt: skip
    stranger = SigningKey.generate()
    signed = [
        sign_line("ledger", end, stranger),  # another key
        sign_line("receipt", end, victim.key),  # the right key, for another purpose
        sign_line("ledger", {**end, "prev": "0" * 64}, victim.key),  # does not follow
        sign_line("ledger", {**end, "n": 1}, victim.key),  # in the place of a held line
        _flipped(sign_line("ledger", end, victim.key), draw),
        thief.ledger.lines[1],  # another session's line
        sign_line("ledger", {**end, "type": "resume", "after": head.n, "key": stranger.verifying.text, "grant": None},
                  victim.key),  # a new key without its own signature
    ]  # fmt: skip
    line = draw.choice(signed)
    return [
        lambda: victim.on(method, path, bad),
        lambda: victim.put(1, victim.sealed[1], bad),
        lambda: victim.put(0, other),  # in the place of a held segment
        lambda: victim.put(1, other),  # other bytes than the ledger lists
        lambda: victim.put(1, victim.sealed[1], named=other),
        lambda: victim.put(1, victim.sealed[0]),  # replayed under another number
        lambda: victim.put(2, thief.sealed[0]),  # what no line lists
        lambda: victim.on("PUT", f"/segments/..%2F{STREAM}/0", data=other),
        lambda: victim.on("POST", "/ledger", json={"lines": [line]}),
        lambda: victim.on("POST", "/ledger", bad, json={"lines": [sign_line("ledger", end, victim.key)]}),
        lambda: victim.on("POST", "/hand-in", json={"head": {"n": 1, "digest": "0" * 64}, "answers": {}}),
        lambda: victim.on("PUT", "/answers/q1", bad, json={"revision": 1, "value": "x", "at": 1, "commitment": "0" * 64,
                                                           "salt": "0" * 64}),
        lambda: thief.call("POST", f"/seats/{victim.seat}/session", json={
            "session_key": stranger.verifying.text, "machine": "x", "consent": {"version": "1", "at": WALL},
            "client": {"name": "b", "version": "0", "system": "b"}}),
    ]  # fmt: skip


def _flipped(line: str, draw: random.Random) -> str:
    """One letter of the payload is another."""
    place = draw.randrange(1, line.index("\t") - 1)
    return line[:place] + chr((ord(line[place]) - 32 + 1) % 94 + 32) + line[place + 1 :]
