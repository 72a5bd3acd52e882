"""What the client may ask of the institution, as one contract (docs/PROTOCOL.md).

``client.upload.http`` keeps it over HTTP. Every method may raise ``NetworkDown`` (nothing is known about
whether the server acted; every call may be repeated) or ``Refused`` (the server answered with a problem).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from client.errors import SenimError
from evidence.receipt import Head


class NetworkDown(SenimError):
    """No answer: no route, refused, timed out, cut in the middle."""

    code = "server_unreachable"


class CertificateRefused(NetworkDown):
    """The other end could not prove to be the institution's server. Nothing was sent."""

    code = "server_certificate"


class BadAnswer(SenimError):
    """The server answered with something that is not the protocol."""

    code = "server_answer"


class Refused(SenimError):
    """A problem answer (RFC 9457). ``word`` is the server's stable word for it."""

    code = "server_answer"

    def __init__(self, word: str, status: int, fields: Mapping[str, Any], retry_after: float | None = None) -> None:
        super().__init__(f"{status} {word}")
        self.word, self.status, self.fields, self.retry_after = word, status, dict(fields), retry_after

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed later without anyone doing anything."""
        return self.status in (429, 500, 502, 503, 504) or self.word == "body_damaged"


@dataclass(frozen=True)
class Status:
    """Rides on every answer below /sessions. Times ISO UTC; ``load`` 0 (idle) to 10 (overloaded)."""

    server_time: str
    load: int
    ends: str | None
    notices: list[dict[str, Any]] = field(default_factory=list)
    paused: bool = False  # a person asked the student to wait
    breaks: dict[str, Any] | None = None
    watched: bool = False  # somebody has the newest pictures on a board


@dataclass(frozen=True)
class Identified:
    """Signed in. ``token`` opens the other calls and is never written to a disk."""

    token: str
    name: str
    login: str
    student: str
    server_time: str


@dataclass(frozen=True)
class Resume:
    """The server knows this session already: where its ledger stands, and the leave to go on with a new key.

    ``head`` is None when no line was ever delivered; ``grant`` is None then, and when the key is the old one.
    ``origin``: the server's time at session time 0 as far as the server knows it, ISO UTC.
    """

    head: Head | None
    grant: str | None
    paper_released: bool
    origin: str | None = None


@dataclass(frozen=True)
class Delivery:
    """What serves without a sign-in. ``recipient``: a line the server signed, for answers in a file; ``resume``: this
    computer's token for the one session."""

    recipient: str
    resume: str


@dataclass(frozen=True)
class OpenedSession:
    """A session at the server; ``seat_key`` and ``server_key`` are signed lines the caller must check."""

    session: str
    nonce: str
    seat_key: str
    server_key: str
    policy: dict[str, Any]
    reference: dict[str, Any] | None
    resume: Resume | None
    status: Status
    delivery: Delivery | None = None


@dataclass(frozen=True)
class LinesTaken:
    receipt: str
    head: Head
    status: Status


@dataclass(frozen=True)
class HandedIn:
    """``receipt`` is None while the server misses segments or answers (questions)."""

    receipt: str | None
    missing: dict[str, list[int]]
    missing_answers: list[str]
    status: Status


@dataclass(frozen=True)
class HeldAnswers:
    """What the server has: {question: (revision, value)} and the marked questions."""

    answers: dict[str, tuple[int, str | list[str]]]
    marked: list[str]
    status: Status


def word_of(error: SenimError) -> str:
    """The stable word the window has a sentence for."""
    return error.word if isinstance(error, Refused) else error.code


class Transport(Protocol):
    """The institution, as the client sees it. Methods block; they may be called from several threads."""

    def sign_in(self, login: str, password: str) -> Identified: ...
    def sign_in_with_code(self, code: str) -> Identified: ...
    def use_token(self, token: str) -> None:
        """Go on with a token another transport was given."""
        ...

    def resume_with(self, session: str, resume: str, machine: str) -> None:
        """Where nobody is signed in (any more), go on with ``session`` by its resume token. Asks nothing yet."""
        ...

    def sign_out(self) -> None: ...
    def time(self) -> str: ...
    def probe(self, data: bytes) -> None:
        """Send ``data`` to nowhere (<= 512 KiB): the caller times it."""
        ...

    def report(self, readiness: Mapping[str, Any]) -> None:
        """Tell whether this computer is ready (docs/PROTOCOL.md), as the student who signed in or by a room's token."""
        ...

    def release(self) -> str | None:
        """The signed notice of the version that computers should have; nobody need be signed in."""
        ...

    def exams(self) -> tuple[str, list[dict[str, Any]]]:
        """(server time, exams)."""
        ...

    def open_session(self, seat: str, request: Mapping[str, Any]) -> OpenedSession: ...
    def post_lines(self, session: str, lines: Sequence[str]) -> LinesTaken: ...
    def put_segment(self, session: str, stream: str, index: int, sealed: bytes) -> bool:
        """True when stored now, False when the server held the same bytes already."""
        ...

    def ledger(self, session: str) -> list[str]:
        """Every line the server holds: a computer that never saw this session goes on from them."""
        ...

    def missing(self, session: str) -> tuple[dict[str, list[int]], Status]: ...
    def paper(self, session: str) -> dict[str, Any]: ...
    def put_answer(self, session: str, question: str, answer: Mapping[str, Any]) -> Status: ...
    def answers(self, session: str) -> HeldAnswers: ...
    def read_notice(self, session: str, notice: str) -> Status: ...
    def wish_break(self, session: str, wish: str) -> Status: ...
    def status(self, session: str) -> Status: ...
    def hand_in(self, session: str, head: Head, answers: Mapping[str, int]) -> HandedIn: ...
