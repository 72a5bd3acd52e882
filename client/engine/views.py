"""The finished views the window shows, sent about once a second and only when they changed."""

from __future__ import annotations

from client import messages as m
from client.capture.source import SourceState
from client.clock import iso
from client.engine.hub import Hub
from client.engine.receipt import lost_view
from client.engine.sitting import Sitting
from client.exam import files_of
from client.session import RECORDING, SessionState
from client.spool.table import SegmentState
from evidence.attached import FILES
from evidence.receipt import short_code
from evidence.signing import payload_of

EVERY_MS = 1000
_WORDS = {
    SourceState.OPENING: "starting", SourceState.RUNNING: "running",
    SourceState.LOST: "lost", SourceState.STOPPED: "stopped",
}  # fmt: skip
_ON_THE_WAY = (SegmentState.WRITING, SegmentState.LISTED)


class Views:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.forget()

    def forget(self) -> None:
        self.network = "online"
        self._last: dict[str, m.Message] = {}
        self._sent_ms = -(10**9)
        self._total = 0
        self._stage, self._code = "", ""
        self.copying: dict[str, float] = {}  # attached files on their way here, by id

    def tick(self, force: bool = False) -> None:
        now = self._hub.clock.now_ms()
        if not force and now - self._sent_ms < EVERY_MS:
            return
        self._sent_ms = now
        state = self._hub.state
        if state in RECORDING:
            self._recording()
            self._clock()
            self._files()
        if state in RECORDING or state in (SessionState.HANDING_IN, SessionState.SEALED_OFFLINE):
            self._network()
        if state in (SessionState.HANDING_IN, SessionState.SEALED_OFFLINE) and self._stage != "sealing":
            self._progress()

    def _show(self, view: m.Message) -> None:
        name = type(view).__name__
        if self._last.get(name) != view:
            self._last[name] = view
            self._hub.send(view)

    def _recording(self) -> None:
        sitting = self._hub.sitting
        if sitting is not None:
            sources = {stream: _WORDS[state] for stream, state in sitting.states.items()}
            self._show(m.RecordingView(sources, sitting.since, sitting.simulated))

    def _files(self) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        named = [file for _, value in sitting.answers.given.values() for file in files_of(value)]
        if not named and not self.copying and m.FilesView.__name__ not in self._last:
            return
        held, unknown = sitting.spool.table.at_server(FILES)
        delivered = {str(file["id"]): _share(held, unknown, int(file["first"]), int(file["pieces"])) for file in named}
        self._show(m.FilesView(dict(self.copying), delivered))

    def _clock(self) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        server_ms = sitting.clock.server_ms()
        clock = sitting.exam_clock
        left = clock.seconds_left(server_ms)
        if left is not None:
            self._show(m.ClockView(round(left, 1), clock.ends, iso(server_ms), sitting.clock.proven, clock.paused))

    def _network(self) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        count, size = sitting.spool.table.weight(*_ON_THE_WAY)
        uploader = sitting.recording.uploader
        rate = uploader.bytes_per_second if uploader is not None else 0.0
        self._show(m.NetworkView(self.network, count, size, round(rate)))

    # -- handing in ---------------------------------------------------------------------

    def lost(self) -> None:
        """What was lost so far; asked for when something came back, since it reads the whole ledger."""
        sitting = self._hub.sitting
        if sitting is not None:
            payloads = [payload_of(line) for line in sitting.spool.lines()]
            view = lost_view(payloads, sitting.spool.note.policy)
            if view.network or view.stopped:
                self._show(view)

    def begin_hand_in(self) -> None:
        """Sealing is done: from now on bytes count."""
        sitting = self._hub.sitting
        if sitting is not None:
            states = (*_ON_THE_WAY, SegmentState.HELD, SegmentState.DROPPED)
            self._total = sitting.spool.table.weight(*states)[1]
        self._stage = "sending"
        self._progress()

    def hand_in(self, stage: str, code: str = "") -> None:
        self._stage, self._code = stage, code
        self._progress()

    def _progress(self) -> None:
        sitting = self._hub.sitting
        if sitting is None:
            return
        waiting = sitting.spool.table.weight(*_ON_THE_WAY)[1]
        stage = self._stage
        if stage in ("sending", "confirming", "waiting_for_network") and self._hub.state is SessionState.HANDING_IN:
            stage = "sending" if waiting else "confirming"
        uploader = sitting.recording.uploader
        if waiting and stage != "sealing" and uploader is not None and uploader.holding:
            stage = "held_back"
        rate = uploader.bytes_per_second if uploader is not None and stage == "sending" else 0.0
        left = round(waiting / rate, 1) if rate else -1.0
        sent = max(0, self._total - waiting)
        code = self._sealed_code(sitting) if stage in ("waiting_for_network", "held_back") else ""
        self._show(m.HandInView(stage, sent, self._total, left, code, round(rate)))

    def _sealed_code(self, sitting: Sitting) -> str:
        """Of the ledger's last line, once it is sealed."""
        if not self._code:
            lines = sitting.spool.lines()
            self._code = short_code(lines[-1]) if lines else ""
        return self._code


def _share(held: set[int], unknown: set[int], first: int, pieces: int) -> float:
    """Of a file's pieces, those that the institution has; -1 where this computer cannot tell."""
    places = range(first, first + pieces)
    return -1.0 if unknown.intersection(places) else round(len(held.intersection(places)) / max(1, pieces), 2)
