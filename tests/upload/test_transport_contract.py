"""One contract, kept by the institution in memory and by HTTP to the real server alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from client_hall import PASSWORD, Institution
from fake_institution import FakeInstitution
from spool_parts import SEAT_KEY_LINE

from client.upload.http import HttpTransport
from client.upload.transport import OpenedSession, Refused, Transport
from evidence.age import generate_identity
from evidence.ledger import Ledger, commitment
from evidence.receipt import read_receipt
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, line_digest, payload_of

WALL = "2026-01-31T09:00:00.000Z"


@dataclass
class Party:
    """A transport, who may sign in with it, and the ledger of the session it opened."""

    transport: Transport
    login: str
    key: SigningKey
    ledger: Ledger | None = None
    opened: OpenedSession | None = None

    def open(self, key: SigningKey | None = None) -> OpenedSession:
        seat = self.transport.exams()[1][0]["seat"]
        request: dict[str, Any] = {
            "session_key": (key or self.key).verifying.text,
            "client": {"name": "Senim", "version": "test", "system": "test"},
            "consent": {"version": "1", "at": WALL},
            "machine": "machine-of-tests",
            "takeover": False,
        }
        self.opened = self.transport.open_session(seat, request)
        return self.opened

    def begin(self) -> str:
        """Open, write ``begin`` and a part; the session's name."""
        self.transport.sign_in(self.login, PASSWORD)
        opened = self.open()
        seat = payload_of(opened.seat_key)["seat"]
        self.ledger = Ledger(opened.session, self.key, None, line_digest("seat-key", opened.seat_key))
        self.ledger.append(
            "begin", 0, WALL, session=opened.session, seat=seat, nonce=opened.nonce, client={}, system={},
            streams=["camera"], devices={}, simulated=[], policy={}, server_key=None,
        )  # fmt: skip
        self.ledger.append(
            "part", 0, WALL, stream="camera", part=0, origin=0, timescale=1000, media="video/mp4", width=1, height=1,
            rate=10, init=None, reason="start",
        )  # fmt: skip
        return opened.session

    def segment(self, index: int) -> bytes:
        assert self.ledger is not None
        header = SegmentHeader(self.ledger.session, "camera", 0, index, 0, "video/mp4")
        sealed = seal(header, os.urandom(500), generate_identity("x25519").recipient)
        from hashlib import sha256

        self.ledger.append(
            "segment", index * 1000, WALL, stream="camera", part=0, index=index, pts0=index * 1000,
            pts1=index * 1000 + 1000, start=index * 1000, end=index * 1000 + 1000, plain=500, size=len(sealed),
            frames=1, keys=[], changed=0.0, sha256=sha256(sealed).hexdigest(),
        )  # fmt: skip
        return sealed


@pytest.fixture(params=["memory", "http"])
def party(request: pytest.FixtureRequest) -> Iterator[Party]:
    if request.param == "memory":
        yield Party(FakeInstitution(SEAT_KEY_LINE), "s0", SigningKey.generate())
        return
    institution: Institution = request.getfixturevalue("real_institution")
    yield Party(HttpTransport(institution.address), institution.student(), SigningKey.generate())


def refused(word: str, call: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.word == word
    return caught.value


def test_signing_in_and_out(party: Party) -> None:
    refused("wrong_password", lambda: party.transport.sign_in(party.login, "wrong"))
    refused("code_unknown", lambda: party.transport.sign_in_with_code("AAAA"))
    who = party.transport.sign_in(party.login, PASSWORD)
    assert who.token and who.login == party.login and who.name
    server_time, exams = party.transport.exams()
    assert server_time.endswith("Z") and exams[0]["seat"]
    assert party.transport.time().endswith("Z")
    party.transport.probe(bytes(1000))
    party.transport.sign_out()
    refused("signed_out", party.transport.exams)
    party.transport.use_token("made up")


def test_a_seat_of_another_stays_closed(party: Party) -> None:
    party.transport.sign_in(party.login, PASSWORD)
    request = {
        "session_key": party.key.verifying.text, "client": {"name": "x", "version": "x", "system": "x"},
        "consent": {"version": "1", "at": WALL}, "machine": "m" * 8, "takeover": False,
    }  # fmt: skip
    refused("not_yours", lambda: party.transport.open_session("seat-of-another", request))
    refused("unknown_session", lambda: party.transport.status("no-such-session"))


def test_lines_may_be_repeated_and_are_countersigned(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None and party.opened is not None and party.opened.resume is None
    for _ in range(2):
        taken = party.transport.post_lines(session, party.ledger.lines)
        assert (taken.head.n, taken.head.digest) == (party.ledger.head.n, party.ledger.head.digest)
        assert taken.status.server_time and 0 <= taken.status.load <= 10
    assert payload_of(taken.receipt)["head"]["n"] == 1
    other = SigningKey.generate()
    forged = Ledger(session, other, None, line_digest("seat-key", party.opened.seat_key))
    forged.append(
        "begin", 0, WALL, session=session, seat="x", nonce="x", client={}, system={}, streams=[], devices={},
        simulated=[], policy={}, server_key=None,
    )  # fmt: skip
    refused("ledger_conflict", lambda: party.transport.post_lines(session, forged.lines))


def test_the_lines_held_come_back_for_another_computer(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None
    assert party.transport.ledger(session) == []
    party.transport.post_lines(session, party.ledger.lines)
    assert party.transport.ledger(session) == list(party.ledger.lines)
    refused("unknown_session", lambda: party.transport.ledger("no-such-session"))


def test_a_hole_in_the_lines_names_where_to_go_on(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None
    party.transport.post_lines(session, party.ledger.lines)
    party.segment(0)
    party.segment(1)
    error = refused("ledger_broken", lambda: party.transport.post_lines(session, party.ledger.lines[3:]))
    assert error.fields["head"]["n"] == 1 and not error.passing


def test_segments_once_twice_and_never_before_their_line(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None
    party.transport.post_lines(session, party.ledger.lines)
    sealed = party.segment(0)
    refused("segment_unlisted", lambda: party.transport.put_segment(session, "camera", 0, sealed))
    party.transport.post_lines(session, party.ledger.lines)
    assert party.transport.missing(session)[0] == {"camera": [0]}
    assert party.transport.put_segment(session, "camera", 0, sealed) is True
    assert party.transport.put_segment(session, "camera", 0, sealed) is False
    assert party.transport.missing(session)[0] == {}


def test_other_bytes_are_refused(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None
    party.segment(0)
    party.transport.post_lines(session, party.ledger.lines)
    refused("segment_digest", lambda: party.transport.put_segment(session, "camera", 0, b"other bytes"))


def test_the_paper_waits_for_the_recording(party: Party) -> None:
    session = party.begin()
    error = refused("paper_not_ready", lambda: party.transport.paper(session))
    assert "begin" in error.fields["waiting_for"]


def test_a_new_key_gets_a_grant_for_the_head(party: Party) -> None:
    session = party.begin()
    assert party.ledger is not None
    party.transport.post_lines(session, party.ledger.lines)
    key = SigningKey.generate()
    opened = party.open(key)
    assert opened.session == session and opened.resume is not None and opened.resume.grant is not None
    assert opened.resume.head is not None and opened.resume.head.n == party.ledger.head.n
    grant = payload_of(opened.resume.grant)
    assert (grant["new_key"], grant["old_key"]) == (key.verifying.text, party.key.verifying.text)
    assert party.transport.status(session).server_time


def test_handing_in_names_what_is_missing_then_gives_the_receipt(party: Party) -> None:
    session = party.begin()
    ledger = party.ledger
    assert ledger is not None and party.opened is not None
    sealed = party.segment(0)
    party.transport.post_lines(session, ledger.lines)
    refused("not_ended", lambda: party.transport.hand_in(session, ledger.head, {}))
    ledger.append("end", 2000, WALL, reason="hand-in", until=2000)
    party.transport.post_lines(session, ledger.lines)
    first = party.transport.hand_in(session, ledger.head, {})
    assert first.receipt is None and first.missing == {"camera": [0]}
    party.transport.put_segment(session, "camera", 0, sealed)
    done = party.transport.hand_in(session, ledger.head, {})
    assert done.receipt is not None and done.missing == {}
    payload = payload_of(done.receipt)
    assert payload["type"] == "closing" and payload["head"]["n"] == ledger.head.n
    assert party.transport.hand_in(session, ledger.head, {}).receipt == done.receipt
    if party.opened.server_key != "server-key":
        from evidence.signing import VerifyingKey

        assert read_receipt(done.receipt, VerifyingKey.from_text(payload_of(party.opened.server_key)["key"]))
    assert party.transport.answers(session).answers == {}


def test_commitments_are_what_the_server_expects() -> None:
    salt, digest = commitment(b"x")
    assert len(salt) == 32 and len(digest) == 64
