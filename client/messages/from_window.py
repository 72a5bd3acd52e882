"""What the window says to the recorder: the student's orders, answers, and facts only the window can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class SignIn:
    """Password sign-in. ``password`` lives in memory only."""

    login: str
    password: str


@dataclass(frozen=True)
class SignInWithCode:
    """Sign-in by the one-time code an invigilator handed out."""

    code: str


@dataclass(frozen=True)
class SignOut:
    pass


@dataclass(frozen=True)
class ListExams:
    pass


@dataclass(frozen=True)
class OpenSeat:
    """The student consented (``consent_version`` at ``consented_at``, ISO UTC): open the session.

    ``takeover``: the student answered the problem ``in_use_elsewhere`` with "go on on this computer".
    ``straight_back``: the program was stopped in the exam: back to the questions if that was a short time ago.
    """

    seat: str
    consent_version: str
    consented_at: str
    takeover: bool = False
    straight_back: bool = False


@dataclass(frozen=True)
class StartCheck:
    """Open the devices for the system check; ``CheckView`` follows, again and again."""


@dataclass(frozen=True)
class UseDevices:
    """Pick devices by the ``id`` of ``DeviceChoice``; None keeps the present one."""

    camera: str | None
    microphone: str | None


@dataclass(frozen=True)
class RetryCheck:
    item: str


@dataclass(frozen=True)
class StartIdentity:
    """Begin recording (the ledger's ``begin``) and the identity prompts."""


@dataclass(frozen=True)
class LeaveIdentityToPerson:
    """ "I cannot do this": an invigilator decides, the exam goes on."""

    reason: str


@dataclass(frozen=True)
class AnotherPrompt:
    """ "I cannot do this movement": something else is asked in its place."""


@dataclass(frozen=True)
class RetryIdentity:
    pass


@dataclass(frozen=True)
class OpenPaper:
    pass


@dataclass(frozen=True)
class AttachedFile:
    """A file as an answer names it (``evidence/attached.py``): ``size`` in bytes, ``sha256`` of the file in hex,
    ``first`` and ``pieces`` its segments in ``files``, ``at`` the session ms at which it was attached."""

    id: str
    name: str
    size: int
    sha256: str
    first: int
    pieces: int
    at: int


@dataclass(frozen=True)
class SetAnswer:
    """``value``: str for text kinds, list of choice ids for choice kinds. ``files``: all that are attached now, None
    where the question takes none. ``revision`` counts from 1."""

    question: str
    revision: int
    value: str | list[str]
    files: list[AttachedFile] | None = None


@dataclass(frozen=True)
class AttachFile:
    """Copy the file at ``path`` into the recording, sealed; ``FileAttached`` or ``FileRefused`` follows. ``file``: an
    id of the window's (16 hex digits)."""

    question: str
    file: str
    path: str


@dataclass(frozen=True)
class MarkQuestion:
    question: str
    marked: bool


@dataclass(frozen=True)
class ShowQuestion:
    """Which question is on the screen now (goes into the sealed track, not to anyone else)."""

    question: str


@dataclass(frozen=True)
class WindowEvent:
    """A technical fact only the window can see: ``focus-lost``, ``focus-back``, ``close-asked`` ...
    ``clipboard``: ``letters`` of text were put into it; that goes into the sealed findings alone."""

    name: str
    letters: int = 0


@dataclass(frozen=True)
class WantPreview:
    """Small camera pictures on demand: ``source`` "camera", "screen-1" ...; off stops them."""

    source: str
    on: bool


@dataclass(frozen=True)
class NoticeRead:
    notice: str


@dataclass(frozen=True)
class BreakWish:
    """``wish``: ask (a person decides), begin, end, withdraw. ``BreakView`` follows."""

    wish: str


@dataclass(frozen=True)
class HandIn:
    pass


@dataclass(frozen=True)
class RestoreSession:
    """First message to a restarted recorder: the key the window kept. See design 3."""

    session: str
    secret: str


@dataclass(frozen=True)
class SetLanguage:
    """ "kk", "ru" or "en": messages from people are asked for in this language."""

    language: str


@dataclass(frozen=True)
class SaveForDelivery:
    """Write what ``session`` still owes ("": the one that is open) into the file ``path``; ``SavingView`` follows."""

    session: str
    path: str


@dataclass(frozen=True)
class GoOnOffline:
    """Go on with a session begun on this computer, without the institution: both processes died, and no network."""

    session: str


@dataclass(frozen=True)
class ShowReceipt:
    """The receipt of a session that was delivered while this program runs."""

    session: str


@dataclass(frozen=True)
class UseMeteredLine:
    """The student pays for data: ``on`` holds recordings back, answers and the ledger still go."""

    on: bool


@dataclass(frozen=True)
class Quit:
    """Seal, release the devices, end."""


FromWindow = Union[
    SignIn, SignInWithCode, SignOut, ListExams, OpenSeat, StartCheck, UseDevices, RetryCheck, StartIdentity,
    LeaveIdentityToPerson, AnotherPrompt, RetryIdentity, OpenPaper, SetAnswer, AttachFile, MarkQuestion, ShowQuestion,
    WindowEvent, WantPreview, NoticeRead, BreakWish, HandIn,
    RestoreSession, SetLanguage, SaveForDelivery, GoOnOffline, ShowReceipt, UseMeteredLine, Quit,
]  # fmt: skip
