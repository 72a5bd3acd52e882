"""Finished views the recorder sends whenever they change: ready to show, each replacing the one before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union


@dataclass(frozen=True)
class CheckItem:
    """One line of the system check.

    ``id``: server, clock, disk, uplink, camera, microphone, screen-1 ...;
    ``state``: waiting, running, ok, failed, warning; ``code``: the sentence; ``values`` fill it;
    ``picture``: small JPEG (base64) of a screen or "".

    Codes: "" while waiting or running; server_ok, server_unreachable, server_certificate; clock_ok,
    clock_off (seconds); disk_ok (free_gb), disk_low (free_gb, needed_gb); uplink_ok (kbit), uplink_slow
    (kbit, needed_kbit), uplink_unmeasured; camera_ok (width, height, fps), camera_missing, camera_busy,
    camera_black, camera_covered, camera_frozen, camera_denied, camera_lost; microphone_ok, microphone_missing,
    microphone_busy, microphone_silent, microphone_denied, microphone_lost; screen_ok (width, height),
    screen_black, screen_denied, screen_missing, screen_lost.
    """

    id: str
    state: str
    code: str
    values: dict[str, str] = field(default_factory=dict)
    picture: str = ""


@dataclass(frozen=True)
class DeviceChoice:
    id: str
    name: str
    simulated: bool = False


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
    """``prompt``: look_straight, turn_left, turn_right, blink, nod_down, nod_up, open_mouth, come_closer, hold_still,
    comparing, done;
    ``advice``: "" or one of the gates' words (no_face, several_faces, too_far, too_close, too_dark,
    too_bright, blurred, face_turned, face_covered); ``progress`` 0..1 of the whole check;
    ``outcome``: "" while running, then match, no_match, invigilator; ``another``: the student may ask for something
    else in the prompt's place (``AnotherPrompt``)."""

    prompt: str
    advice: str
    progress: float
    outcome: str = ""
    another: bool = False


@dataclass(frozen=True)
class PaperView:
    """The released paper. ``questions``: [{"id", "kind", "html", "choices": [{"id","html"}], "single",
    "points"}] with kinds multichoice, truefalse, shortanswer, essay, description; ``answers``:
    {question: {"value", "revision"}}; ``pictures``: {name: {"type", "data" (base64)}} referenced
    from the HTML as senim:picture/<name>. ``shown``: the question to begin with, "" for the first."""

    title: str
    questions: list[dict[str, Any]]
    answers: dict[str, dict[str, Any]]
    marked: list[str]
    pictures: dict[str, dict[str, str]]
    shown: str = ""


@dataclass(frozen=True)
class ClockView:
    """Exam clock by server time. ``seconds_left`` < 0: time is up. ``paused``: a person asked the student to wait."""

    seconds_left: float
    ends: str
    server_time: str
    proven: bool = True
    paused: bool = False


@dataclass(frozen=True)
class BreakView:
    """``state``: "" (none now), asked, allowed, running; ``minutes`` and ``stops_clock`` of that break, else of the
    next one. ``left``: breaks that need nobody's leave; ``on_request``: others may be asked for. ``until`` ISO UTC and
    ``seconds_left`` (below 0: its time is over) only while it runs."""

    state: str
    minutes: int
    stops_clock: bool
    left: int
    on_request: bool
    until: str
    seconds_left: float


@dataclass(frozen=True)
class RecordingView:
    """``sources``: {stream: running | starting | lost | stopped}; ``since`` ISO UTC or "";
    ``simulated``: which of camera, microphone are stand-ins."""

    sources: dict[str, str]
    since: str
    simulated: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FilesView:
    """Attached files by their ids: ``copying``, the share (0..1) that lies here; ``delivered``, the share of a file
    named by an answer that the institution holds, -1 where it was attached on another computer."""

    copying: dict[str, float] = field(default_factory=dict)
    delivered: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class NetworkView:
    """``state``: online, offline, slow. Waiting counts what is sealed but not yet at the server."""

    state: str
    waiting_segments: int
    waiting_bytes: int
    bytes_per_second: float


@dataclass(frozen=True)
class HandInView:
    """``stage``: sealing, sending, confirming, done, waiting_for_network, held_back (the line is metered); bytes of
    the recording. ``seconds_left`` is -1 and ``bytes_per_second`` 0 while nothing is known of the line."""

    stage: str
    sent_bytes: int
    total_bytes: int
    seconds_left: float
    code: str = ""
    bytes_per_second: float = 0.0


@dataclass(frozen=True)
class LostView:
    """What a sitting lost so far, in seconds, and what of it the institution's rule gave back."""

    network: float
    stopped: float
    network_back: float
    stopped_back: float


@dataclass(frozen=True)
class SavingView:
    """A delivery file. ``stage``: saving, saved, failed (``problem`` is the code, ``values`` fill its sentence)."""

    session: str
    stage: str
    done_bytes: int
    total_bytes: int
    file: str
    code: str = ""
    problem: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UnsentItem:
    """A session on this computer. ``state``: open (not handed in), sealed (handed in, on its way), delivered.
    ``code``: of the sealed ledger, or of the receipt. ``can_go_on``: without the institution, on this computer."""

    session: str
    title: str
    state: str
    code: str
    waiting_bytes: int
    can_go_on: bool


@dataclass(frozen=True)
class UnsentView:
    items: list[UnsentItem]


@dataclass(frozen=True)
class ReceiptView:
    """The closing receipt. ``code`` is the short code, ``file_name``/``text`` what "save" writes;
    ``coverage``: {stream: 0..1}; ``gaps``: [{"stream", "seconds", "cause"}]. ``check_at``: address of the page where
    anyone can check it, "" where the institution named none. ``closed``: times (ISO UTC) that prove when the exam was
    handed in: ``anchored`` (last word of the server before), ``local`` (signed here), ``received``; "" if unknown."""

    code: str
    file_name: str
    text: str
    title: str
    coverage: dict[str, float]
    gaps: list[dict[str, Any]]
    answers: int
    kept_until: str
    check_at: str = ""
    closed: dict[str, str] = field(default_factory=dict)
    lost: LostView | None = None


@dataclass(frozen=True)
class UpdateView:
    """The institution names another version, with its signature. ``version`` "": it does not (any more); ``where``: an
    https address, or "" when the institution installs it; ``back``: to an older one."""

    version: str
    where: str
    back: bool = False


View = Union[
    BreakView, CheckView, Level, Preview, IdentityView, PaperView, ClockView, RecordingView, FilesView,
    NetworkView, HandInView, ReceiptView, LostView, SavingView, UnsentView, UpdateView,
]  # fmt: skip
