"""What lies on this computer from before: the list the window shows, sending it unasked, saving it into a file."""

from __future__ import annotations

import logging
from pathlib import Path

from client import messages as m
from client.engine.hub import Hub
from client.engine.leftovers import Leftovers, undelivered
from client.engine.receipt import receipt_view
from client.engine.returning import may_go_on
from client.engine.saving import Saved, save_for_delivery
from client.errors import SenimError
from client.machine import machine_name
from client.spool.folder import SessionSpool, read_lines
from client.spool.note import SessionNote, SpoolDamaged, Stage, check_session_name
from client.upload.transport import word_of
from evidence.receipt import short_code

_log = logging.getLogger(__name__)

TELL_EVERY_MS = 200


class Owed:
    """Belongs to the engine's thread; files are written in the hub's thread for devices and disk."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._arrived: list[str] = []  # since this program runs
        self._leftovers: Leftovers | None = None

    # -- sending ------------------------------------------------------------------------

    def start(self, login: str = "") -> None:
        """Send what is left: a signed-in student's, or with nobody signed in what was handed in here."""
        self.stop()
        hub = self._hub
        self._leftovers = Leftovers(hub.workshop, hub.transport, login, self._delivered)
        self._leftovers.hold_back(hub.metered)
        self._leftovers.start()

    def stop(self) -> None:
        """No two uploaders may work on one folder."""
        if self._leftovers is not None:
            self._leftovers.stop()
            self._leftovers = None

    @property
    def running(self) -> bool:
        return self._leftovers is not None and self._leftovers.running

    def _delivered(self, note: SessionNote) -> None:
        """From the leftovers' thread."""
        _log.info("session %s left over from earlier is delivered", note.session)
        self._hub.inbox.put(lambda: self._has_arrived(note.session))

    def _has_arrived(self, session: str) -> None:
        if session not in self._arrived:
            self._arrived.append(session)
        self.show()

    def use_metered_line(self, message: m.UseMeteredLine) -> None:
        self._hub.metered = message.on
        if self._leftovers is not None:
            self._leftovers.hold_back(message.on)
        sitting = self._hub.sitting
        if sitting is not None:
            sitting.recording.hold_back = message.on
            if sitting.recording.uploader is not None:
                sitting.recording.uploader.hold_back(message.on)

    # -- showing ------------------------------------------------------------------------

    def show(self) -> None:
        root = self._hub.workshop.spool_root
        items = [self._item(note) for note in undelivered(root) if note.server == self._hub.workshop.server]
        for session in self._arrived:
            try:
                note = SessionNote.load(root / session)
            except SpoolDamaged:
                continue
            items.append(m.UnsentItem(session, note.title, "delivered", short_code(note.receipt), 0, False))
        self._hub.send(m.UnsentView(items))

    def _item(self, note: SessionNote) -> m.UnsentItem:
        folder = self._hub.workshop.spool_root / note.session
        ended = note.stage is Stage.ENDED
        lines = read_lines(folder / "ledger.txt") if ended else []
        waiting = sum(file.stat().st_size for file in (folder / "segments").glob("*/*.age"))
        code = short_code(lines[-1]) if lines else ""
        can_go_on = may_go_on(note, self._hub.workshop.server)
        return m.UnsentItem(note.session, note.title, "sealed" if ended else "open", code, waiting, can_go_on)

    def show_receipt(self, message: m.ShowReceipt) -> None:
        spool = SessionSpool.open(self._hub.workshop.spool_root / check_session_name(message.session))
        try:
            note = spool.note
            if note.receipt:
                view = receipt_view(spool, note.receipt, self._hub.language, int(note.policy.get("kept_days", 0)))
                self._hub.send(view)
        finally:
            spool.close()

    # -- saving -------------------------------------------------------------------------

    def save(self, message: m.SaveForDelivery) -> None:
        hub = self._hub
        sitting = hub.sitting
        session = message.session or (sitting.spool.note.session if sitting is not None else "")
        present = sitting.spool if sitting is not None and sitting.spool.note.session == session else None
        told = _Told(hub, session, message.path)

        def work() -> Saved:
            spool = present or SessionSpool.open(hub.workshop.spool_root / check_session_name(session))
            try:
                machine = machine_name(hub.workshop.data_dir)
                return save_for_delivery(spool, machine, Path(message.path), told.progress)
            finally:
                if present is None:
                    spool.close()

        hub.hands.ask(work, told.saved, told.failed)


class _Told:
    """Views of one file being written."""

    def __init__(self, hub: Hub, session: str, path: str) -> None:
        self._hub, self._session, self._path = hub, session, path
        self._told_ms = -TELL_EVERY_MS

    def progress(self, done: int, total: int) -> None:
        now = self._hub.clock.now_ms()
        if now - self._told_ms >= TELL_EVERY_MS:
            self._told_ms = now
            self._hub.send(m.SavingView(self._session, "saving", done, total, self._path))

    def saved(self, saved: Saved) -> None:
        self._hub.send(m.SavingView(self._session, "saved", saved.size, saved.size, self._path, saved.code))

    def failed(self, error: SenimError) -> None:
        _log.warning("the delivery file was not written: %r", error)
        word = word_of(error)
        self._hub.send(m.SavingView(self._session, "failed", 0, 0, self._path, "", word, error.values))
