"""In the session: entering it, check, identity, and what happens meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from client import messages as m
from client.capture.source import CAMERA, SOUND, SourceState
from client.engine.attaching import Attaching
from client.engine.breaks import Breaks
from client.engine.ending import Ending
from client.engine.events import Relay
from client.engine.exam_paper import LOST_AFTER_SECONDS, ExamPaper
from client.engine.hub import Hub, nothing
from client.engine.noticed import problem_of
from client.engine.notices import Notices
from client.engine.opening import Entered
from client.engine.pressure import EVERY_MS, Pressure
from client.engine.readiness import ReadinessTeller
from client.engine.sink import word
from client.engine.sitting import Sitting
from client.engine.views import Views
from client.errors import SenimError
from client.exam import unix_ms
from client.session import RECORDING, SessionEvent, SessionState
from client.spool.note import Stage
from client.upload.queue import TAKEN_OVER
from client.upload.transport import Status
from client.verify.rules import Phase

_log = logging.getLogger(__name__)
_E, _S = SessionEvent, SessionState

MOST_ATTEMPTS = 5


class Hall:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.views = Views(hub)
        self._ending = Ending(hub, self.views)
        self._lost: set[str] = set()
        self.notices, self.breaks = Notices(hub), Breaks(hub)
        self.paper = ExamPaper(hub, self.views, self.breaks)
        self.attaching = Attaching(hub, self.views)
        self._readiness = ReadinessTeller(hub)
        self._offline_since: int | None = None
        self._begin_pressure()

    def _begin_pressure(self) -> None:
        self._pressure, self._pressed_ms = Pressure(), -EVERY_MS
        self._disk, self._told_lowest = "disk_ok", False

    # -- entering and leaving -----------------------------------------------------------

    def enter(self, entered: Entered) -> None:
        relay = Relay(self._hub.inbox, self._hub.send, self, self._seal_finding)
        self._hub.sitting = Sitting(entered, self._hub.workshop, self._hub.transport, relay)
        self._hub.sitting.recording.hold_back = self._hub.metered
        self._lost = set()
        self.paper.forget()
        self._begin_pressure()
        self.views.forget()
        self.notices.forget()
        self._readiness.forget()
        self.notices.show(entered.notices)
        self.breaks.forget()
        self.breaks.remember()

    def leave(self) -> None:
        """Close what is open of a session; nothing is being recorded in the states that allow it."""
        sitting, self._hub.sitting = self._hub.sitting, None
        if sitting is not None:
            self._hub.hands.ask(sitting.close, nothing, self._hub.problem)

    def restore(self) -> None:
        """A recorder that died goes on, without asking the student anything."""
        sitting = self._hub.open_sitting()
        stage = sitting.spool.note.stage
        if stage is Stage.DELIVERED:
            self._hub.move(_E.RESTORED_DELIVERED)
            self._ending.show_receipt(sitting.spool.note.receipt)
            return
        if stage is Stage.ENDED:
            self._hub.move(_E.RESTORED_HANDING_IN)
            self._ending.deliver()
            return
        if stage is Stage.OPENED:
            self._hub.move(_E.RESTORED_CHECKING)
            return
        sitting.reopen_devices()
        sitting.begin("recorder-restarted")
        if stage is Stage.BEGUN:
            self._hub.move(_E.RESTORED_IDENTIFYING)
            sitting.identify()
            return
        sitting.watch(restarted=True)
        if stage is Stage.SITTING and sitting.paper is not None:
            self._hub.move(_E.RESTORED_SITTING)
            self.paper.show(sitting, sitting.paper)
        else:
            self._hub.move(_E.RESTORED_READY)

    def go_on(self) -> None:
        """Both processes died a moment ago, or there is no network: straight back to the questions, as before a crash.
        The rules of watching go on with the same reference; the ledger says that nobody was asked to look and turn."""
        sitting = self._hub.open_sitting()
        sitting.reopen_devices()
        sitting.begin("resumed")
        sitting.recording.event("identity-not-asked-again")
        if not sitting.clock.proven:
            sitting.recording.event("clock-unproven")
            self._hub.problem("clock_unproven")
        if sitting.paper is not None:
            sitting.open_paper(sitting.paper)
            self._hub.move(_E.RESTORED_SITTING)
            self.paper.show(sitting, sitting.paper)

    def deliver_only(self) -> None:
        """The session was handed in earlier, without network."""
        self._hub.move(_E.HAND_IN_STARTED)
        self._ending.deliver()

    # -- check and identity -------------------------------------------------------------

    def start_check(self, _message: m.StartCheck) -> None:
        if self._hub.state is _S.CHECKING:
            self._hub.open_sitting().start_check()

    def use_devices(self, message: m.UseDevices) -> None:
        check = self._hub.open_sitting().check
        if check is not None:
            check.use(message.camera, message.microphone)

    def retry_check(self, message: m.RetryCheck) -> None:
        check = self._hub.open_sitting().check
        if check is not None:
            check.retry(message.item)

    def on_checked(self, view: m.CheckView) -> None:
        self._readiness.seen(view)

    def start_identity(self, _message: m.StartIdentity) -> None:
        sitting = self._hub.open_sitting()
        if self._hub.state is _S.READY:
            self.retry_identity(m.RetryIdentity())
            return
        if not self._hub.may(_E.IDENTITY_STARTED) or sitting.check is None or not sitting.check.passed:
            return  # the check's own lines say what is missing
        sitting.begin("resumed" if sitting.entered.resumed else "start")
        self._hub.move(_E.IDENTITY_STARTED)
        sitting.identify()

    def retry_identity(self, _message: m.RetryIdentity) -> None:
        if self._hub.open_sitting().spool.note.attempt < MOST_ATTEMPTS:
            self._hub.move(_E.IDENTITY_STARTED)
            self._hub.open_sitting().identify()

    def leave_identity(self, message: m.LeaveIdentityToPerson) -> None:
        if self._hub.state is _S.IDENTIFYING:
            self._hub.open_sitting().leave_identity(word(message.reason).replace("-", "_") if message.reason else "")

    def another_prompt(self, _message: m.AnotherPrompt) -> None:
        if self._hub.state is _S.IDENTIFYING:
            self._hub.open_sitting().another_prompt()

    def on_decided(self, outcome: str, content: Mapping[str, Any], at_ms: int) -> None:
        if not self._hub.may(_E.IDENTITY_DECIDED):
            return
        self._hub.open_sitting().identified(outcome, content, at_ms)
        self._hub.send(m.IdentityView("done", "", 1.0, outcome))
        self._hub.move(_E.IDENTITY_DECIDED)

    def _seal_finding(self, finding: Mapping[str, Any], at_ms: int) -> None:
        sitting = self._hub.sitting
        if sitting is not None:
            news = finding.get("phase") in (Phase.BEGAN, Phase.ONCE)  # whoever watches live learns of it now
            sitting.recording.finding("watching", "watching", finding, at_ms, important=news)

    # -- while the exam runs --------------------------------------------------------------

    def window_event(self, message: m.WindowEvent) -> None:
        if self._hub.sitting is not None and self._hub.state in RECORDING:
            if message.name == "clipboard":
                self._hub.sitting.clipboard(message.letters)
            else:
                self._hub.sitting.recording.event(word(message.name))

    def want_preview(self, message: m.WantPreview) -> None:
        if self._hub.sitting is not None:
            self._hub.sitting.want_preview(message.source, message.on)

    # -- handing in ---------------------------------------------------------------------

    def hand_in(self, _message: m.HandIn) -> None:
        self._ending.start("hand-in")

    def on_delivered(self, receipt: str) -> None:
        self._ending.delivered(receipt)

    # -- what happens meanwhile ---------------------------------------------------------

    def on_source(self, stream: str, state: SourceState, problem: SenimError | None) -> None:
        if self._hub.state not in RECORDING:
            return
        kind = {CAMERA: "camera", SOUND: "microphone"}.get(stream, "screen")
        if state is SourceState.LOST and stream not in self._lost:
            self._lost.add(stream)
            _log.warning("%s lost: %r", stream, problem)
            self._hub.problem(f"{kind}_lost", stream=stream)
        elif state is SourceState.RUNNING and stream in self._lost:
            self._lost.discard(stream)
            self._hub.problem(f"{kind}_back", stream=stream)

    def on_noticed(self, name: str, data: Mapping[str, Any]) -> None:
        told = problem_of(name, data)
        if told is not None and self._hub.state in RECORDING:
            self._hub.problem(told[0], **told[1])

    def on_note(self, code: str) -> None:
        """Something the student can mend."""
        if self._hub.state in RECORDING:
            self._hub.problem(code)

    def on_disk(self, state: str, free_bytes: int) -> None:
        sitting = self._hub.sitting
        self._disk = state
        if sitting is not None:
            sitting.recording.event(word(state), free_bytes=free_bytes)
        if state != "disk_ok":
            self._hub.problem(state, free_gb=f"{free_bytes / 1e9:.1f}")

    def on_dropped(self, stream: str, seconds: float) -> None:
        self._hub.problem("disk_full", stream=stream, seconds=f"{seconds:.0f}")

    def on_trouble(self, code: str, error: Exception) -> None:
        _log.error("%s: %r", code or "a line the ledger does not take", error)
        if code:
            self._hub.problem(code)

    def on_network(self, state: str) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        self.views.network = state
        online, was = state != "offline", sitting.online
        sitting.online = online
        now = self._hub.clock.now_ms()
        if was and not online:
            self._offline_since = now
            sitting.recording.event("network-lost")
            self._hub.problem("network_lost")
            if self._hub.state is _S.HANDING_IN and sitting.spool.note.stage is Stage.ENDED:
                self._ending.wait_for_network()
        elif online and not was:
            seconds = (now - (self._offline_since or now)) / 1000
            sitting.recording.event("network-back")
            self._hub.problem("network_back", seconds=f"{seconds:.0f}")
            self._hub.inbox.later(LOST_AFTER_SECONDS, self.views.lost)  # once the line about it is in the ledger
            if self._hub.may(_E.NETWORK_BACK):
                self._hub.move(_E.NETWORK_BACK)

    def on_status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        try:
            sitting.clock.learn_server_time(unix_ms(status.server_time), asked_ms, answered_ms)
            sitting.exam_clock.paused = status.paused
            if sitting.exam_clock.learn(status.ends):
                unix_ms(sitting.exam_clock.ends)
                sitting.spool.update(ends=sitting.exam_clock.ends)
        except ValueError as error:
            _log.warning("the server's time cannot be read: %s", error)
            return
        sitting.watched(status.watched)
        self.notices.show(status.notices)
        self.breaks.learn(status.breaks)

    def on_refused(self, code: str) -> None:
        if code not in TAKEN_OVER:
            # Nobody can sign in beside an exam that runs: the sentence says how one goes on.
            self._hub.problem("sign_in_again" if code == "signed_out" else code)
            return
        self._hub.problem("session_taken_over")
        if self._hub.may(_E.TAKEN_OVER):
            self._hub.move(_E.TAKEN_OVER)
            sitting = self._hub.open_sitting()
            self._hub.hands.ask(lambda: sitting.break_off("taken-over"), nothing, self._hub.problem)

    def tick(self) -> None:
        """Four times a second: what the person sees, and whether the time is over."""
        sitting = self._hub.sitting
        if sitting is None:
            return
        if sitting.recording.uploader is not None:
            sitting.recording.uploader.look()
        self.views.tick()
        if self._hub.state in RECORDING:
            self._press(sitting)
        if self._hub.state is _S.SITTING:
            self.breaks.tick()
            left = sitting.exam_clock.seconds_left(sitting.clock.server_ms())
            if left is not None and left <= 0 and not sitting.exam_clock.paused:
                self._hub.problem("time_up")
                self._ending.start("time-up")

    def _press(self, sitting: Sitting) -> None:
        """Once a second: the recording's quality follows what disk and line can take."""
        now = self._hub.clock.now_ms()
        if now - self._pressed_ms < EVERY_MS:
            return
        self._pressed_ms = now
        sitting.press(*self._pressure.look(now, sitting.spooled(self._disk)))
        if sitting.lowest_quality and not self._told_lowest:
            self._told_lowest = True
            self._hub.problem("quality_low")
