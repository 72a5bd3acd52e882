"""What the recorder tells the window, each once: what happened, what came from the institution."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

from client.messages.from_window import AttachedFile


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
    server_answer, seat_key_unsigned, no_reference, camera_lost, camera_back,
    camera_black, camera_covered, camera_frozen, camera_seen, camera_replaced (name), microphone_muted,
    microphone_silent, microphone_heard, microphone_replaced (name),
    microphone_lost, microphone_back, screen_lost, screen_back, network_lost, network_back, disk_low,
    disk_full, quality_low, clock_unproven, recorder_restarted, recorder_failing, spool_locked, spool_damaged,
    session_taken_over, time_up, identity_unavailable, key_lost, sign_in_again,
    pieces_elsewhere, break_offline, file_too_late. Values: ``seconds`` (Retry-After, length of an outage),
    ``stream``, ``free_gb``, ``server`` (address), ``opens``, ``closes`` (ISO UTC).
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
    consent_version: str = ""
    """Of the consent this computer keeps with the begun exam, whose questions it can show again at once; "": it
    cannot."""
    consented_at: str = ""


@dataclass(frozen=True)
class Exams:
    items: list[ExamItem]
    server_time: str


@dataclass(frozen=True)
class StateChanged:
    """``state`` is a value of ``client.session.SessionState``."""

    state: str


@dataclass(frozen=True)
class AnswerSaved:
    """``where``: "disk" (safe on this computer) or "server" (the institution has it)."""

    question: str
    revision: int
    where: str


@dataclass(frozen=True)
class FileAttached:
    """The whole file lies here sealed. It counts once an answer names it."""

    question: str
    file: AttachedFile


@dataclass(frozen=True)
class FileRefused:
    """Nothing of it counts. Codes: file_empty, file_too_large (most_mb), file_kind (kinds), file_gone, file_unreadable,
    file_not_a_file, file_no_room (needed_mb, free_mb), files_full (most_mb), file_not_kept, file_too_late."""

    question: str
    file: str
    name: str
    code: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """A person wrote: ``kind`` info, warning, call, camera, time_added. ``language`` of ``text``, "" if not known;
    ``texts``: the same by language, as far as it was written."""

    id: str
    kind: str
    text: str
    sent: str
    minutes: int = 0
    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SessionKeyCopy:
    """The window keeps this in memory, so that a recorder that died can go on. Never shown."""

    session: str
    secret: str


FromRecorder = Union[
    Ready, Problem, SignedIn, Exams, StateChanged, AnswerSaved, FileAttached, FileRefused, Notice, SessionKeyCopy,
]  # fmt: skip
