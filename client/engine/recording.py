"""The recording of one sitting: ledger, spool writer, the engine's own streams, delivery."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from client.capture.source import Next
from client.clock import Clock
from client.engine.data_streams import EVENTS, TRACK, DataStream, committed, event_line, new_id
from client.engine.file_stream import FileStream
from client.engine.sink import SpoolSink
from client.engine.workshop import Workshop
from client.exam import Value
from client.spool.book import Book
from client.spool.folder import SessionSpool
from client.spool.note import Stage
from client.spool.writer import Listener, SpoolWriter
from client.upload.history import held_by_receipts
from client.upload.listener import UploadListener
from client.upload.queue import Uploader
from client.upload.transport import Transport
from evidence.attached import FILES
from evidence.keys import SeatKey
from evidence.ledger import Ledger
from evidence.signing import SigningKey, VerifyingKey, line_digest, payload_of


@dataclass(frozen=True)
class Opened:
    """A session opened and checked: what a recording needs. ``grant``: leave to go on with ``key``."""

    spool: SessionSpool
    key: SigningKey
    seat_key: SeatKey
    server_key: VerifyingKey
    grant: str | None = None


class Recording:
    """From the ledger's first line (or ``resume``) to its ``end``. Methods return quickly unless they say so."""

    def __init__(self, opened: Opened, workshop: Workshop, clock: Clock, transport: Transport, listener: Any) -> None:
        self._opened, self._workshop, self._clock = opened, workshop, clock
        self._transport: Transport = transport
        self._disk_listener: Listener = listener
        self._upload_listener: UploadListener = listener
        self.spool = opened.spool
        self.writer: SpoolWriter | None = None
        self.uploader: Uploader | None = None
        self.hold_back = False  # whether the recording waits for a line that costs nothing
        self._book: Book | None = None
        self._track: DataStream | None = None
        self._events: DataStream | None = None
        self.files: FileStream | None = None

    @property
    def running(self) -> bool:
        """Whether lines can be added: begun and not ended."""
        return self.writer is not None and self._book is not None and not self._book.ended

    # -- beginning ----------------------------------------------------------------------

    def begin(
        self, streams: list[str], devices: Mapping[str, Any], simulated: list[str], cause: str
    ) -> dict[str, Next]:
        """Write ``begin``, or go on with a ledger that exists; where each stream goes on.

        ``cause``: why an existing recording was broken off, for its ``gap`` lines.
        """
        book, fresh = self._open_book()
        self._book = book
        writer = SpoolWriter(
            self.spool, book, self._opened.seat_key.recipient, self._clock, self._disk_listener,
            write=self._workshop.write, free_bytes=self._workshop.free_bytes,
        )  # fmt: skip
        self.writer = writer
        writer.start()
        if fresh:
            self._write_begin(writer, streams, devices, simulated)
        else:
            self._go_on(writer, book, cause)
            writer.event("devices", **devices, simulated=simulated)
        self._track = DataStream(TRACK, self.spool.table, writer, self._clock)
        self._events = DataStream(EVENTS, self.spool.table, writer, self._clock)
        self.files = FileStream(writer, self._clock)
        self.deliver()
        known = {str(s) for s in streams} | {row.stream for row in self.spool.table.segments()}
        monitors = {} if fresh else _monitors(book)
        return {
            s: Next(book.next_part(s), book.next_index(s), monitors.get(s, "")) for s in known if book.next_part(s)
        }  # fmt: skip

    def _open_book(self) -> tuple[Book, bool]:
        file, key = self.spool.ledger_file, self._opened.key
        fresh = not self.spool.lines()
        if fresh:
            file.unlink(missing_ok=True)  # a torn first line at most: nobody ever heard of it
            first = line_digest("seat-key", self.spool.note.seat_key)
            ledger = Ledger(self.spool.note.session, key, file, first)
        else:
            ledger = Ledger.reopen(file, key)
        return Book(ledger, file, key, self._on_line), fresh

    def _write_begin(
        self, writer: SpoolWriter, streams: list[str], devices: Mapping[str, Any], simulated: list[str]
    ) -> None:
        note = self.spool.note
        writer.line(
            "begin", None, session=note.session, seat=note.seat, nonce=note.nonce,
            client={"name": "Senim", "version": self._workshop.version},
            system={"name": platform.system(), "release": platform.release(), "machine": platform.machine()},
            streams=streams, devices=dict(devices), simulated=simulated, policy=note.policy,
            server_key=self._opened.server_key.text,
        )  # fmt: skip

    def _go_on(self, writer: SpoolWriter, book: Book, cause: str) -> None:
        payloads = [payload_of(line) for line in book.lines()]
        current = [p["key"] for p in payloads if p["type"] in ("begin", "resume")][-1]
        if current != self._opened.key.verifying.text:
            writer.line("resume", None, reason=cause, grant=self._opened.grant)
        else:
            writer.event("recorder-restarted")
        unlisted = self.spool.unlisted()  # asked once: the writer lists them meanwhile
        for row in unlisted:
            writer.adopt(row)
        for answer in self.spool.table.answers():
            if not answer.listed:
                self._list_answer(writer, answer.question, answer.revision, str(answer.body["commitment"]))
        ends: dict[str, int] = {}
        for payload in payloads:
            if payload["type"] == "segment" and payload["stream"] not in (TRACK, EVENTS, FILES):
                ends[payload["stream"]] = payload["end"]
        for row in (row for row in unlisted if row.stream != FILES):
            ends[row.stream] = max(ends.get(row.stream, 0), int(row.fields["end"]))
        for stream, end in ends.items():
            writer.expect_gap(stream, end, cause)

    def deliver(self) -> None:
        """Start bringing everything to the institution (also what an ended recording still owes)."""
        if self.uploader is None:
            book = self._book
            self.uploader = Uploader(
                self._transport, self.spool, self._clock, self._opened.server_key, self._upload_listener,
                lines=book.lines if book is not None else self.spool.lines,
                held_n=held_by_receipts(self.spool.receipts(), self.spool.note.session),
            )  # fmt: skip
            self.uploader.hold_back(self.hold_back)
            self.uploader.start()

    def _on_line(self, _line: str) -> None:
        if self.uploader is not None:
            self.uploader.poke()

    def feed(self, sink: SpoolSink) -> None:
        """Let the capture's sink write into this recording."""
        if self.writer is not None:
            sink.record(self.writer)

    # -- while it runs ------------------------------------------------------------------

    def event(self, name: str, at: int | None = None, /, **data: Any) -> None:
        if self.running and self.writer is not None:
            self.writer.event(name, at, **data)

    def finding(self, about: str, kind: str, content: Mapping[str, Any], at_ms: int, important: bool = False) -> None:
        """Seal what a judge found; the ledger gets the commitment alone."""
        if not self.running or self.writer is None or self._events is None:
            return
        identifier = new_id()
        salt, digest = committed(content)
        self._events.add(event_line(identifier, at_ms, kind, salt, content))
        self.writer.line("finding", None, id=identifier, about=about, commitment=digest)
        if important:
            self._events.cut()

    def answer(self, question: str, revision: int, value: Value) -> None:
        """On this disk when it returns; then in the ledger, in the sealed events, and on its way."""
        at = self._clock.now_ms()
        content = {"question": question, "revision": revision, "value": value}
        salt, digest = committed(content)
        body = {"value": value, "at": at, "commitment": digest, "salt": salt}
        self.spool.table.put_answer(question, revision, body)
        if self.running and self.writer is not None and self._events is not None:
            self._events.add(event_line(question, at, "answer", salt, content))
            self._list_answer(self.writer, question, revision, digest)

    def _list_answer(self, writer: SpoolWriter, question: str, revision: int, digest: str) -> None:
        def listed() -> None:
            self.spool.table.answer_listed(question, revision)

        writer.line("answer", listed, id=question, revision=revision, commitment=digest)

    def track(self, line: Mapping[str, Any]) -> None:
        if self.running and self._track is not None:
            self._track.add(line)

    def send_track(self) -> None:
        """Seal what the track holds now: somebody looks at its newest pictures."""
        if self.running and self._track is not None:
            self._track.cut()

    # -- ending -------------------------------------------------------------------------

    def end(self, reason: str, until_ms: int, seconds: float = 15.0) -> bool:
        """Seal what is open and write ``end``; blocks up to ``seconds``. False: the disk did not take it in time."""
        if self.writer is None or not self.running:
            return self._book is not None and self._book.ended
        self._flush()
        self.writer.line("end", self._ended, reason=reason, until=until_ms)
        return self.writer.drain(seconds)

    def _ended(self) -> None:
        self.spool.update(stage=Stage.ENDED)
        if self.uploader is not None:
            self.uploader.hurry()

    def break_off(self, name: str, seconds: float = 5.0) -> bool:
        """Seal what is open and leave the ledger without an ``end``: someone may go on. Blocks."""
        if self.writer is None or not self.running:
            return True
        self.writer.event(name)
        self._flush()
        return self.writer.drain(seconds)

    def _flush(self) -> None:
        if self.files is not None:
            self.files.close()
        for stream in (self._track, self._events):
            if stream is not None:
                stream.cut()

    def close(self) -> None:
        """Stop all threads; what is not delivered stays in the spool."""
        if self.uploader is not None:
            self.uploader.stop()
        if self.writer is not None:
            self.writer.close()
        if self._book is not None:
            self._book.close()
        self.spool.close()


def _monitors(book: Book) -> dict[str, str]:
    """Which monitor each screen's stream showed, as the ledger's ``screens`` events name them."""
    found: dict[str, str] = {}
    for payload in map(payload_of, book.lines()):
        if payload["type"] == "event" and payload["name"] == "screens":
            found |= {screen["stream"]: screen["name"] for screen in payload["data"]["screens"]}
    return found
