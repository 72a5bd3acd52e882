"""The institution in memory, behind the transport's contract; and a transport whose failures are planned."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from client.upload.transport import (
    HandedIn,
    HeldAnswers,
    Identified,
    LinesTaken,
    OpenedSession,
    Refused,
    Resume,
    Status,
)
from evidence.ledger import Chain, Head
from evidence.receipt import make_closing_receipt, make_grant, make_head_receipt
from evidence.signing import SigningKey, VerifyingKey, line_digest, payload_of

NOW = "2026-01-31T09:00:00.000Z"
PASSWORD = "password-1"


class FakeInstitution:
    """One student, one seat, one session; enough of the protocol's rules to catch a client that breaks them."""

    def __init__(self, seat_line: str) -> None:
        self.server_key = SigningKey.generate()
        self.seat_line = seat_line
        self.load, self.ends = 0, "2026-01-31T11:00:00.000Z"
        self.chain: Chain | None = None
        self.lines: list[str] = []
        self.segments: dict[tuple[str, int], bytes] = {}
        self.held_answers: dict[str, tuple[int, Any]] = {}
        self.receipt: str | None = None
        self.key: VerifyingKey | None = None
        self.token = ""
        self.reads: list[str] = []
        self.reports: list[dict[str, Any]] = []
        self.release_line: str | None = None

    # -- the contract -------------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> Identified:
        if password != PASSWORD:
            raise Refused("wrong_password", 401, {})
        self.token = "token"
        return Identified("token", "Name", login, "1001", NOW)

    def sign_in_with_code(self, code: str) -> Identified:
        raise Refused("code_unknown", 401, {})

    def use_token(self, token: str) -> None:
        self.token = token

    def resume_with(self, session: str, resume: str, machine: str) -> None:
        """Nobody is signed out here by anyone but themselves."""

    def sign_out(self) -> None:
        self._signed_in()
        self.token = ""

    def time(self) -> str:
        return NOW

    def probe(self, data: bytes) -> None:
        self._signed_in()

    def report(self, readiness: Mapping[str, Any]) -> None:
        self._signed_in()
        self.reports.append(dict(readiness))

    def release(self) -> str | None:
        return self.release_line

    def exams(self) -> tuple[str, list[dict[str, Any]]]:
        self._signed_in()
        return NOW, [{"seat": "seat-1", "title": "Physics", "state": "open"}]

    def open_session(self, seat: str, request: Mapping[str, Any]) -> OpenedSession:
        self._signed_in()
        if seat != "seat-1":
            raise Refused("not_yours", 403, {})
        key, resume = VerifyingKey.from_text(request["session_key"]), None
        if self.chain is not None and self.chain.head is not None:
            old = self.chain.session_key
            grant = make_grant("session-1", old, key, self.chain.head, "restart", NOW, self.server_key)
            resume = Resume(self.chain.head, grant, paper_released=True)
        else:
            first = line_digest("seat-key", self.seat_line)
            self.chain = Chain("session-1", key, self.server_key.verifying, first)
        return OpenedSession("session-1", "nonce", self.seat_line, "server-key", {}, None, resume, self._status())

    def post_lines(self, session: str, lines: Sequence[str]) -> LinesTaken:
        chain = self._session(session)
        for line in lines:
            n = int(payload_of(line)["n"])
            if n < len(self.lines):
                if self.lines[n] != line:
                    raise Refused("ledger_conflict", 409, {"n": n})
            elif n > len(self.lines):
                raise Refused("ledger_broken", 409, {"head": chain.head.to_json() if chain.head else None})
            else:
                chain.accept(line)
                self.lines.append(line)
        assert chain.head is not None
        return LinesTaken(make_head_receipt(session, chain.head, NOW, self.server_key), chain.head, self._status())

    def put_segment(self, session: str, stream: str, index: int, sealed: bytes) -> bool:
        self._session(session)
        listed = {(p["stream"], p["index"]): p["sha256"] for p in map(payload_of, self.lines) if p["type"] == "segment"}
        if (stream, index) not in listed:
            raise Refused("segment_unlisted", 404, {})
        if hashlib.sha256(sealed).hexdigest() != listed[stream, index]:
            raise Refused("segment_digest", 422, {})
        fresh = (stream, index) not in self.segments
        self.segments[stream, index] = sealed
        return fresh

    def ledger(self, session: str) -> list[str]:
        self._session(session)
        return list(self.lines)

    def missing(self, session: str) -> tuple[dict[str, list[int]], Status]:
        self._session(session)
        found: dict[str, list[int]] = {}
        for p in map(payload_of, self.lines):
            if p["type"] == "segment" and (p["stream"], p["index"]) not in self.segments:
                found.setdefault(p["stream"], []).append(p["index"])
        return found, self._status()

    def paper(self, session: str) -> dict[str, Any]:
        self._session(session)
        raise Refused("paper_not_ready", 409, {"waiting_for": ["begin"]})

    def put_answer(self, session: str, question: str, answer: Mapping[str, Any]) -> Status:
        self._session(session)
        held = self.held_answers.get(question, (0, None))[0]
        if int(answer["revision"]) < held:
            raise Refused("answer_stale", 409, {"revision": held})
        self.held_answers[question] = int(answer["revision"]), answer["value"]
        return self._status()

    def answers(self, session: str) -> HeldAnswers:
        self._session(session)
        return HeldAnswers(dict(self.held_answers), [], self._status())

    def read_notice(self, session: str, notice: str) -> Status:
        self.reads.append(notice)
        return self._status()

    def wish_break(self, session: str, wish: str) -> Status:
        self._session(session)
        raise Refused("no_break", 409, {})

    def status(self, session: str) -> Status:
        self._session(session)
        return self._status()

    def hand_in(self, session: str, head: Head, answers: Mapping[str, int]) -> HandedIn:
        chain = self._session(session)
        if chain.head != head or payload_of(self.lines[-1])["type"] != "end":
            raise Refused("not_ended", 409, {"head": chain.head.to_json() if chain.head else None})
        missing, status = self.missing(session)
        unanswered = [q for q, revision in answers.items() if self.held_answers.get(q, (0, ""))[0] < revision]
        if missing or unanswered:
            return HandedIn(None, missing, unanswered, status)
        begin = line_digest("ledger", self.lines[0])
        self.receipt = self.receipt or make_closing_receipt(
            session, begin, chain.session_key, head, {}, None, NOW, NOW, self.server_key
        )
        return HandedIn(self.receipt, {}, [], status)

    def forget_everything(self) -> None:
        """As after a restore from an old backup."""
        assert self.chain is not None
        first = line_digest("seat-key", self.seat_line)
        self.chain = Chain("session-1", self.chain.session_key, self.server_key.verifying, first)
        self.lines, self.segments = [], {}

    # -- inside -------------------------------------------------------------------------

    def _signed_in(self) -> None:
        if not self.token:
            raise Refused("signed_out", 401, {})

    def _session(self, session: str) -> Chain:
        self._signed_in()
        if session != "session-1" or self.chain is None:
            raise Refused("unknown_session", 404, {})
        return self.chain

    def _status(self) -> Status:
        return Status(NOW, self.load, self.ends, [])


class FaultyTransport:
    """Passes every call on, unless a failure is planned for it. Plans must be used up: ``assert_all_used``.

    ``after``: the server acts, only its answer is lost.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._plans: list[tuple[str, Exception, bool]] = []
        self.calls: list[str] = []

    def fail_next(self, call: str, error: Exception, *, times: int = 1, after: bool = False) -> None:
        self._plans += [(call, error, after)] * times

    def assert_all_used(self) -> None:
        assert self._plans == [], f"failures nobody met: {self._plans}"

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._inner, name)

        def planned(*arguments: Any) -> Any:
            self.calls.append(name)
            plan = next((p for p in self._plans if p[0] == name), None)
            if plan is None:
                return call(*arguments)
            self._plans.remove(plan)
            if plan[2]:
                call(*arguments)
            raise plan[1]

        return planned
