"""What window and recorder say to each other over the inherited pipe.

Each message is one frozen dataclass. On the wire it is a frame: four bytes of big-endian length,
then UTF-8 JSON ``{"type": <class name>, ...fields}``. Both directions use the same codec; a frame
of an unknown type or with other fields raises ``MalformedMessage`` (the two ends are one program,
so that is always a defect or a hostile parent).

Codes (``Problem.code``, ``CheckItem.code``, ``IdentityView.prompt`` ...) are stable words; the
window owns their sentences in three languages (``client/ui/problems.py``, ``client/ui/check_texts.py``:
a word that is missing there gets an honest general sentence with the word itself).
"""

from __future__ import annotations

import dataclasses
import json
import struct
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Union, get_args, get_origin

MAX_FRAME_BYTES = 32 * 1024 * 1024  # a paper with pictures; anything larger is refused


class MalformedMessage(Exception):
    """A frame that is not one of this module's messages."""


# ---- window -> recorder -------------------------------------------------------------------


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
    """

    seat: str
    consent_version: str
    consented_at: str
    takeover: bool = False


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
class RetryIdentity:
    pass


@dataclass(frozen=True)
class OpenPaper:
    pass


@dataclass(frozen=True)
class SetAnswer:
    """``value``: str for text kinds, list of choice ids for choice kinds. ``revision`` counts from 1."""

    question: str
    revision: int
    value: str | list[str]


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
    """A technical fact only the window can see: ``focus-lost``, ``focus-back``, ``close-asked`` ..."""

    name: str


@dataclass(frozen=True)
class WantPreview:
    """Small camera pictures on demand: ``source`` "camera", "screen-1" ...; off stops them."""

    source: str
    on: bool


@dataclass(frozen=True)
class NoticeRead:
    notice: str


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
class Quit:
    """Seal, release the devices, end."""


# ---- recorder -> window -------------------------------------------------------------------


@dataclass(frozen=True)
class Ready:
    """The recorder runs. ``unsent``: the titles of sessions in the spool that are not yet delivered."""

    version: str
    unsent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Problem:
    """Something the person should know. ``code`` names the sentence, ``values`` fill it.

    ``during``: the message class it answers ("SignIn", "HandIn" ...) or "" for events.

    Codes: every code of docs/PROTOCOL.md, and of our own: server_unreachable, server_certificate,
    server_answer, seat_key_unsigned, no_reference, simulated_refused, camera_lost, camera_back,
    microphone_lost, microphone_back, screen_lost, screen_back, network_lost, network_back, disk_low,
    disk_full, clock_unproven, recorder_restarted, recorder_failing, spool_locked, spool_damaged,
    session_taken_over, time_up, identity_unavailable, key_lost, sign_in_again,
    pieces_elsewhere. Values: ``seconds`` (Retry-After, length of an outage), ``stream``, ``free_gb``,
    ``server`` (address), ``opens``, ``closes`` (ISO UTC).
    """

    code: str
    during: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SignedIn:
    name: str
    login: str


@dataclass(frozen=True)
class ExamItem:
    """One line of "my exams". Times are ISO UTC. ``state``: upcoming, open, running, handed_in, closed."""

    seat: str
    title: str
    opens: str
    closes: str
    minutes: int
    extra_minutes: int
    state: str
    rehearsal: bool
    streams: list[str] = field(default_factory=list)
    kept_days: int = 0


@dataclass(frozen=True)
class Exams:
    items: list[ExamItem]
    server_time: str


@dataclass(frozen=True)
class StateChanged:
    """``state`` is a value of ``client.session.SessionState``."""

    state: str


@dataclass(frozen=True)
class DeviceChoice:
    id: str
    name: str
    simulated: bool = False


@dataclass(frozen=True)
class CheckItem:
    """One line of the system check.

    ``id``: server, clock, disk, uplink, camera, microphone, screen-1 ...;
    ``state``: waiting, running, ok, failed, warning; ``code``: the sentence; ``values`` fill it;
    ``picture``: small JPEG (base64) of a screen or "".

    Codes: "" while waiting or running; server_ok, server_unreachable, server_certificate; clock_ok,
    clock_off (seconds); disk_ok (free_gb), disk_low (free_gb, needed_gb); uplink_ok (kbit), uplink_slow
    (kbit, needed_kbit), uplink_unmeasured; camera_ok (width, height, fps), camera_missing, camera_busy,
    camera_black, camera_frozen, camera_denied, camera_lost; microphone_ok, microphone_missing,
    microphone_busy, microphone_silent, microphone_denied, microphone_lost; screen_ok (width, height),
    screen_black, screen_denied, screen_missing, screen_lost.
    """

    id: str
    state: str
    code: str
    values: dict[str, str] = field(default_factory=dict)
    picture: str = ""


@dataclass(frozen=True)
class CheckView:
    items: list[CheckItem]
    cameras: list[DeviceChoice]
    microphones: list[DeviceChoice]
    camera: str
    microphone: str
    passed: bool


@dataclass(frozen=True)
class Level:
    """Microphone level, 0 (silence) to 1 (clipping), RMS on a 60 dB scale; about 10 a second."""

    value: float


@dataclass(frozen=True)
class Preview:
    """A picture <= 30 KB, newest only. ``points``: face landmarks, x/y in 0..1 of the picture."""

    source: str
    jpeg: str
    points: list[list[float]] = field(default_factory=list)
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class IdentityView:
    """``prompt``: look_straight, turn_left, turn_right, blink, hold_still, comparing, done;
    ``advice``: "" or one of the gates' words (no_face, several_faces, too_far, too_close, too_dark,
    too_bright, blurred, face_turned, face_covered); ``progress`` 0..1 of the whole check;
    ``outcome``: "" while running, then match, no_match, invigilator."""

    prompt: str
    advice: str
    progress: float
    outcome: str = ""


@dataclass(frozen=True)
class PaperView:
    """The released paper. ``questions``: [{"id", "kind", "html", "choices": [{"id","html"}], "single",
    "points"}] with kinds multichoice, truefalse, shortanswer, essay, description; ``answers``:
    {question: {"value", "revision"}}; ``pictures``: {name: {"type", "data" (base64)}} referenced
    from the HTML as senim:picture/<name>."""

    title: str
    questions: list[dict[str, Any]]
    answers: dict[str, dict[str, Any]]
    marked: list[str]
    pictures: dict[str, dict[str, str]]


@dataclass(frozen=True)
class AnswerSaved:
    """``where``: "disk" (safe on this computer) or "server" (the institution has it)."""

    question: str
    revision: int
    where: str


@dataclass(frozen=True)
class ClockView:
    """Exam clock by server time. ``seconds_left`` < 0: time is up."""

    seconds_left: float
    ends: str
    server_time: str
    proven: bool = True


@dataclass(frozen=True)
class RecordingView:
    """``sources``: {stream: running | starting | lost | stopped}; ``since`` ISO UTC or "";
    ``simulated``: which of camera, microphone are stand-ins."""

    sources: dict[str, str]
    since: str
    simulated: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class NetworkView:
    """``state``: online, offline, slow. Waiting counts what is sealed but not yet at the server."""

    state: str
    waiting_segments: int
    waiting_bytes: int
    bytes_per_second: float


@dataclass(frozen=True)
class Notice:
    """A person wrote: ``kind`` info, warning, call, time_added."""

    id: str
    kind: str
    text: str
    sent: str
    minutes: int = 0


@dataclass(frozen=True)
class HandInView:
    """``stage``: sealing, sending, confirming, done, waiting_for_network; bytes of the recording."""

    stage: str
    sent_bytes: int
    total_bytes: int
    seconds_left: float
    code: str = ""


@dataclass(frozen=True)
class ReceiptView:
    """The closing receipt. ``code`` is the short code, ``file_name``/``text`` what "save" writes;
    ``coverage``: {stream: 0..1}; ``gaps``: [{"stream", "seconds", "cause"}]."""

    code: str
    file_name: str
    text: str
    title: str
    coverage: dict[str, float]
    gaps: list[dict[str, Any]]
    answers: int
    kept_until: str


@dataclass(frozen=True)
class SessionKeyCopy:
    """The window keeps this in memory, so that a recorder that died can go on. Never shown."""

    session: str
    secret: str


Message = Union[
    SignIn, SignInWithCode, SignOut, ListExams, OpenSeat, StartCheck, UseDevices, RetryCheck, StartIdentity,
    LeaveIdentityToPerson, RetryIdentity, OpenPaper, SetAnswer, MarkQuestion, ShowQuestion, WindowEvent,
    WantPreview, NoticeRead, HandIn, RestoreSession, SetLanguage, Quit,
    Ready, Problem, SignedIn, Exams, StateChanged, CheckView, Level, Preview, IdentityView, PaperView,
    AnswerSaved, ClockView, RecordingView, NetworkView, Notice, HandInView, ReceiptView, SessionKeyCopy,
]  # fmt: skip

_TYPES: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Message)}


def encode(message: Message) -> bytes:
    """One frame, length prefix included."""
    body = {"type": type(message).__name__, **dataclasses.asdict(message)}
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return struct.pack(">I", len(data)) + data


def decode(data: bytes) -> Message:
    """The message in one frame's body (without the length). Raises ``MalformedMessage``."""
    try:
        body = json.loads(data)
        kind = _TYPES[body.pop("type")]
        return typing.cast(Message, _build(kind, body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MalformedMessage(str(error)) from error


def read(stream: BinaryIO) -> Message | None:
    """The next message, or None at the end of the stream (the other process is gone)."""
    head = _exactly(stream, 4)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    if length > MAX_FRAME_BYTES:
        raise MalformedMessage(f"frame of {length} bytes")
    data = _exactly(stream, length)
    return None if data is None else decode(data)


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        piece = stream.read(count - len(parts))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


def _build(kind: type[Any], body: Mapping[str, Any]) -> Any:
    hints = typing.get_type_hints(kind)
    names = {f.name for f in dataclasses.fields(kind)}
    if not set(body) <= names:
        raise TypeError(f"{kind.__name__} has no field {sorted(set(body) - names)}")
    return kind(**{name: _value(hints[name], value) for name, value in body.items()})


def _value(hint: Any, value: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        for option in args:
            try:
                return _value(option, value)
            except TypeError:
                continue
        raise TypeError(f"{value!r} is not {hint}")
    if hint is Any:
        return value
    if origin is list:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is not a list")
        return [_value(args[0], item) for item in value]
    if origin is dict:
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is not an object")
        return {key: _value(args[1], item) for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is not an object")
        return _build(hint, value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is types.NoneType:
        hint = type(None)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise TypeError(f"{value!r} is not {hint}")
    return value
