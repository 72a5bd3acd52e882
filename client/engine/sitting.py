"""One sitting: the opened session with its devices, judges and recording. Verbs for the engine, no messages in.

All methods run in the engine's thread, except those of ``SittingEvents`` that its threads call.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from client.capture.ladder import Felt
from client.capture.settings import CaptureSettings
from client.capture.source import CAMERA, SOUND, SourceState
from client.engine.check import SystemCheck
from client.engine.chosen import Chosen
from client.engine.desk_duty import DeskDuty
from client.engine.judge import Judge, Told
from client.engine.observer import Observer
from client.engine.opening import Entered
from client.engine.pressure import Spooled
from client.engine.recording import Recording
from client.engine.sink import SpoolSink
from client.engine.workshop import CaptureLike, Watch, Workshop
from client.errors import SenimError
from client.exam import Answers, ExamClock, Paper, Taken, Value
from client.messages import CheckView
from client.spool.note import Stage
from client.spool.table import SegmentState
from client.spool.writer import Listener
from client.system.absences import Absences
from client.upload.listener import UploadListener
from client.upload.transport import Transport

QUESTION = "question"  # the kept thing's name


class SittingEvents(Told, Listener, UploadListener, Protocol):
    """What a sitting's threads tell; the engine hands each on to its own thread."""

    def check_view(self, view: CheckView) -> None: ...
    def level(self, value: float) -> None: ...
    def source(self, stream: str, state: SourceState, problem: SenimError | None) -> None: ...
    def noticed(self, name: str, data: Mapping[str, Any]) -> None: ...


class Sitting:
    """``entered``: the session as opened (or restored)."""

    def __init__(self, entered: Entered, workshop: Workshop, transport: Transport, events: SittingEvents) -> None:
        self.entered, self._workshop, self._transport, self._events = entered, workshop, transport, events
        self.policy, self.clock, self.spool = entered.policy, entered.clock, entered.opened.spool
        self.recording = Recording(entered.opened, workshop, self.clock, transport, events)
        self.answers, self.exam_clock, self.paper = Answers(), ExamClock(), self._kept_paper()
        self.exam_clock.learn(entered.ends or self.spool.note.ends)
        self._load_answers()
        self._absences = Absences(self.clock)
        self._sink = SpoolSink(events.source, events.level, self._absences.explain, self._noticed)
        self._duty: DeskDuty | None = None
        self._resting = False
        self._noticed_before: dict[str, Mapping[str, Any]] = {}
        self._watch: Watch | None = None
        self._capture: CaptureLike | None = None
        self._check: SystemCheck | None = None
        self._judge: Judge | None = None
        self._observer: Observer | None = None
        self._chosen = Chosen()
        self._wanted: set[str] = set()
        self._typing = 0
        self.question, self.online = "", True
        self.since = ""

    # -- devices and check --------------------------------------------------------------

    @property
    def check(self) -> SystemCheck | None:
        return self._check

    def _devices(self) -> CaptureLike:
        if self._capture is None:
            settings = CaptureSettings(stream_cameras=self.policy.simulated_camera is not None)
            self._capture = self._workshop.capture(self.clock, settings, self._sink)
            self._observer = Observer(
                self._capture, self.clock,
                track=self.recording.track, send=self.recording.send_track, fields=self._second,
                preview=self._events.preview,
            )  # fmt: skip
            self._observer.start()
            if self.policy.wants(CAMERA):
                self._judge = Judge(self._capture, self.clock, self._workshop.face_tools, self._events)
                self._capture.listen(self._judge.hear)
                self._judge.start()
        return self._capture

    def start_check(self) -> None:
        if self._check is None:
            self._check = SystemCheck(
                self._workshop, self._transport, self.policy,
                clock=self.clock, capture=self._devices(), show=self._events.check_view,
            )  # fmt: skip
            self._check.start(self.spool.note.camera, self.spool.note.microphone)

    def _end_check(self) -> None:
        if self._check is not None:
            self._check.stop()
            self._chosen = self._check.chosen
            self._check = None

    def release(self) -> None:
        """Give all devices back (2-3 s at most); what they recorded was stopped before."""
        if self._check is not None:
            self._check.stop()
            self._check = None
        for part in (self._observer, self._judge):
            if part is not None:
                part.stop()
        self._observer = self._judge = None
        if self._capture is not None:
            self._capture.close()
            self._capture = None
        self._let_sleep()

    def _let_sleep(self) -> None:
        """The computer is the student's again."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()

    @property
    def states(self) -> dict[str, SourceState]:
        return self._capture.states() if self._capture is not None else {}

    def spooled(self, disk: str) -> Spooled:
        """How the spool stands; ``disk``: the writer's last word."""
        table, uploader = self.spool.table, self.recording.uploader
        oldest = next(iter(table.segments(SegmentState.LISTED, limit=1)), None)
        held_back = uploader is not None and uploader.holding  # a line nobody uses is not slow
        return Spooled(
            disk, self.online and not held_back,
            waiting=table.weight(SegmentState.WRITING, SegmentState.LISTED)[1],
            sent=uploader.sent_bytes if uploader is not None else 0,
            oldest_ms=None if oldest is None else int(oldest.fields.get("end", 0)),
        )  # fmt: skip

    def press(self, disk: Felt, uplink: Felt) -> None:
        """The recording's quality follows what disk and line can take."""
        if self._capture is not None:
            self._capture.press(disk, uplink)

    @property
    def lowest_quality(self) -> bool:
        """The recording can step down no further."""
        return self._capture is not None and self._capture.lowest_quality()

    @property
    def simulated(self) -> list[str]:
        return self._chosen.simulated

    def want_preview(self, source: str, on: bool) -> None:
        (self._wanted.add if on else self._wanted.discard)(source)
        self._share_previews()

    def _share_previews(self) -> None:
        """While the judge looks for identity it sends the camera's pictures itself, with the landmarks in them."""
        identifying = self._judge is not None and self._judge.identifying
        if self._judge is not None:
            self._judge.want_preview(CAMERA in self._wanted)
        if self._observer is not None:
            self._observer.want(self._wanted - {CAMERA} if identifying else self._wanted)

    # -- recording ----------------------------------------------------------------------

    def begin(self, cause: str) -> None:
        """From here on everything is recorded: ``begin`` or ``resume``, then the sources."""
        self._end_check()
        capture = self._devices()
        streams = sorted(stream for stream in capture.states() if stream.startswith("screen-") or self._wants(stream))
        following = self.recording.begin(streams, self._chosen.names(streams), self.simulated, cause)
        self.recording.feed(self._sink)
        capture.begin_recording(following)
        self._watch = self._workshop.watch(self.clock, self._absences, self._happened)
        self._watch.start()
        self.since = self.clock.wall_iso()
        if self._observer is not None:
            self._observer.begin_track()
        stage = self.spool.note.stage
        self.spool.update(
            stage=Stage.BEGUN if stage is Stage.OPENED else stage,
            camera=self._chosen.camera.id if self._chosen.camera else "",
            microphone=self._chosen.microphone.id if self._chosen.microphone else "",
            started=self.spool.note.started or self.since,
        )

    def watched(self, on: bool) -> None:
        """Whether somebody has this sitting's newest pictures on a board."""
        if self._observer is not None:
            self._observer.watched = on

    def _happened(self, name: str, at_ms: int, data: Mapping[str, Any]) -> None:
        """From the watch's thread: what the computer did."""
        self.recording.event(name, at_ms, **data)

    def reopen_devices(self) -> None:
        """After a restart of the recorder: the devices chosen before, without a check in between."""
        chosen = self._chosen = Chosen.before(self.spool.note, self.policy, self.spool.lines())
        self._devices().open(
            chosen.camera.id if chosen.camera else None,
            chosen.microphone.id if chosen.microphone else None,
            self.policy.screens,
        )

    def _wants(self, stream: str) -> bool:
        return stream in (CAMERA, SOUND) and self.policy.wants(stream)

    def identify(self) -> None:
        """Start an attempt of the identity check. Without a camera in the exam a person decides at once."""
        attempt = self.spool.note.attempt + 1
        self.spool.update(attempt=attempt)
        if self._judge is None:
            content = {"outcome": "invigilator", "reason": "no_camera"}
            self._events.decided("invigilator", content, self.clock.now_ms())
            return
        self._judge.identify(self.spool.note.nonce, self.reference, self.policy.identity, attempt)
        self._share_previews()

    def leave_identity(self, reason: str) -> None:
        if self._judge is not None:
            self._judge.leave_to_person(reason)

    def another_prompt(self) -> None:
        if self._judge is not None:
            self._judge.another_prompt()

    def identified(self, outcome: str, content: Mapping[str, Any], at_ms: int) -> None:
        """Seal the decision with its evidence; it travels at once."""
        self.recording.finding("identity", "identity", content, at_ms, important=True)
        self.spool.update(stage=Stage.IDENTIFIED, identity=outcome)
        self._share_previews()
        if self.recording.uploader is not None:
            self.recording.uploader.hurry()

    @property
    def reference(self) -> dict[str, Any] | None:
        if self.entered.reference is not None:
            return self.entered.reference
        kept = self.spool.table.kept("reference")
        return json.loads(kept) if kept else None

    def watch(self, restarted: bool = False) -> None:
        """The exam's rules, from now to its end. ``restarted``: a recorder that died goes on."""
        if self._judge is not None:
            self._judge.watch(self.reference, self.policy.identity, self.policy.watching_off)
        if self._duty is None:
            seal, off = self._events.found, self.policy.watching_off
            self._duty = DeskDuty(self.clock, seal, off, self._workshop.hints, self._devices().latest, restarted)
            self._duty.restored(self.answers.given)
            self._duty.rest(self._resting)
            for name, data in list(self._noticed_before.items()):  # the capture may still be writing into it
                self._duty.noticed(name, data)

    def rest(self, on: bool) -> None:
        """A break runs: all is recorded, and nothing is found in camera, microphone, windows and clipboard."""
        self._resting = on
        if self._duty is not None:
            self._duty.rest(on)
        if self._judge is not None:
            self._judge.rest(on)

    def clipboard(self, letters: int) -> None:
        """The window saw so many letters go into the clipboard."""
        if self._duty is not None:
            self._duty.clipboard(letters)

    def _noticed(self, name: str, data: Mapping[str, Any]) -> None:
        """From the capture's threads."""
        if self._duty is not None:
            self._duty.noticed(name, data)
        elif name in ("screens", "devices") and data.get("stream", CAMERA) == CAMERA:
            self._noticed_before[name] = data  # between check and paper: told once the rules begin
        self._events.noticed(name, data)

    # -- paper and answers --------------------------------------------------------------

    def _kept_paper(self) -> Paper | None:
        kept = self.spool.table.kept("paper") if not self.entered.done else None
        return Paper.from_json(json.loads(kept)) if kept else None

    def _load_answers(self) -> None:
        if self.entered.done:
            return
        for row in self.spool.table.answers():
            self.answers.merge(row.question, row.revision, row.body["value"])
        self.answers.marked = set(json.loads(self.spool.table.kept("marks") or b"[]"))

    def open_paper(self, paper: Paper) -> None:
        """The paper is about to be shown: the exam's time runs, and the ledger says so."""
        self.paper = paper
        self.spool.table.keep("paper", json.dumps(paper.to_json()).encode())
        again = self.spool.note.paper_shown and self._opened_before()
        self.recording.event("paper-reopened" if again else "paper-opened")
        self.spool.update(stage=Stage.SITTING, paper_shown=True)
        self.watch()

    def _opened_before(self) -> bool:
        return any('"name":"paper-opened"' in line for line in self.spool.lines())

    def answer(self, question: str, revision: int, value: Value) -> Taken:
        """``NEW`` only when it is on the disk."""
        taken = self.answers.take(question, revision, value)
        if taken is Taken.NEW:
            self._typing += 1
            self.recording.answer(question, revision, value)
            if self._duty is not None:
                self._duty.answered(question, value)
        return taken

    def mark(self, question: str, marked: bool) -> None:
        self.answers.mark(question, marked)
        self.spool.table.keep("marks", json.dumps(sorted(self.answers.marked)).encode())

    def show(self, question: str) -> None:
        """The student looks at it now; whoever comes back begins there."""
        self.question = question
        if self.paper is not None and not self.entered.done:
            self.spool.table.keep(QUESTION, question.encode())

    @property
    def last_question(self) -> str:
        """Where the student was, "" if nobody knows."""
        return (self.spool.table.kept(QUESTION) or b"").decode()

    def _second(self) -> dict[str, Any]:
        """What the engine knows of the present second (called from the observer's thread)."""
        typing, self._typing = self._typing, 0
        front = self._workshop.front()
        if self._duty is not None:
            self._duty.second(front)
        sample = self._judge.sample() if self._judge is not None else {"faces": None, "yaw": None, "pitch": None}
        net = "online" if self.online else "offline"
        window = {"app": front.app, "title": front.title}
        return {**window, **sample, "typing": typing, "question": self.question, "net": net}

    # -- the end ------------------------------------------------------------------------

    def finish(self, reason: str) -> bool:
        """Stop recording, seal everything, write ``end``, release the devices. Blocks a few seconds.

        False: the disk did not take it all yet.
        """
        self.recording.event(reason)
        until = self._stop_recording()
        sealed = self.recording.end(reason, until)
        self.release()
        return sealed

    def break_off(self, name: str) -> bool:
        """Stop and release without an ``end``: the session may go on later. Blocks 2-3 s at most."""
        self._stop_recording()
        self.release()
        return self.recording.break_off(name)

    def _stop_recording(self) -> int:
        """The session time at which everything stopped."""
        if self._duty is not None:
            self._duty.finish()
            self._duty = None
        if self._judge is not None:
            self._judge.stop()  # its last findings must stand before the end
            self._judge = None
        self._let_sleep()
        until = self.clock.now_ms()
        if self._capture is not None and self.recording.running:
            self._capture.stop(until)
        return until

    def close(self) -> None:
        self.release()
        self.recording.close()
