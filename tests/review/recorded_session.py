"""One recorded session of the hall, made without the client: real keys, ledger, media and rows."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import review_media
from sqlalchemy import insert, update

from evidence.attached import FILES, PIECE_BYTES, Attached, End, piece_line
from evidence.keys import make_seat_key, read_seat_key
from evidence.ledger import Ledger, commitment
from evidence.receipt import make_closing_receipt, short_code
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, canonical_json, digest, line_digest
from server import schema
from server.at_rest import answer_purpose
from server.clock import iso

if TYPE_CHECKING:
    from review_hall import Hall

START = datetime(2026, 11, 20, 4, 0, 0, tzinfo=UTC)
PAPER_AT, END_AT = 3000, 11_500  # session ms; media run from about 1500 to 11500
CONTENT = "application/x-ndjson"


@dataclass
class Recorded:
    """``spoil`` may replace a segment's (header, body) before it is sealed; ``skip``: bytes that are not stored;
    ``end_at``: session ms of the hand-in, whatever was recorded; ``clock_jump_ms``: by how much the computer's clock is
    off in the lines after session second 5."""

    hall: Hall
    session: str
    student: str
    spoil: object = None
    skip: tuple[tuple[str, int], ...] = ()
    running: bool = False
    two_screens: bool = False
    more_screens: int = 0
    still: bool = False  # nothing changes, nobody types or speaks
    end_at: int = END_AT
    clock_jump_ms: int = 0
    hostile: str = ""
    watched: dict | None = None  # what the watching tells of, instead of a look to the side
    outcome: str = "match"
    files: dict[str, bytes] = field(default_factory=dict)  # attached to the answer of q3, by name

    @property
    def seat(self) -> str:
        return f"seat-{self.student}"

    def build(self) -> Recorded:
        hall = self.hall
        line, sealed = make_seat_key(self.seat, "t", hall.configuration, [hall.review.recipient], iso(START))
        seat_folder = hall.folder.seat_identity(self.seat).parent
        seat_folder.mkdir()
        hall.folder.seat_identity(self.seat).write_bytes(sealed)
        hall.folder.seat_key_line(self.seat).write_text(line + "\n")
        self.recipient = read_seat_key(line, hall.configuration.verifying).recipient
        hall.store.create(self.session, line, hall.folder.server_key_line.read_text().strip())
        self.key = SigningKey.generate()
        self.rows: list[dict] = []
        self.late: dict[tuple[str, int], bytes] = {}
        path = hall.store.path(self.session) / "ledger.txt"
        with Ledger(self.session, self.key, path, line_digest("seat-key", line)) as self.ledger:
            self._lines()
        self._insert()
        return self

    def _add(self, kind: str, at: int, **fields) -> None:
        jump = self.clock_jump_ms if at > 5000 else 0
        self.ledger.append(kind, at, iso(START + timedelta(milliseconds=at + jump)), **fields)

    def _lines(self) -> None:
        streams = ["screen-1", "camera", "sound"]
        self._add(
            "begin",
            1000,
            session=self.session,
            seat=self.seat,
            nonce="n" * 16,
            client={"name": "senim", "version": self.hostile or "0.1"},
            system=self.hostile or "Debian 12",
            streams=streams,
            devices=[{"name": self.hostile or "Camera"}],
            simulated=["camera"],
            policy={},
            server_key=None,
        )
        self._identity()
        media = {"screen-1": review_media.screen(), "camera": review_media.camera(), "sound": review_media.sound()}
        if self.two_screens:
            media["screen-2"] = review_media.second_screen()
        media |= {f"screen-{n + 2}": review_media.second_screen() for n in range(self.more_screens)}
        origins = {"screen-1": 1500, "camera": 1540, "sound": 1510}
        for stream, content in media.items():
            self._stream(stream, content, origins.get(stream, 1600))
        if self.files:
            self._files()
        self._track()

    def _files(self) -> None:
        """Each file's pieces, then the answer that names them."""
        self._part(FILES, 2400)
        self.handed: dict[str, Attached] = {}
        index = 0
        for number, (name, content) in enumerate(self.files.items()):
            cut = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]
            sha256 = hashlib.sha256(content).hexdigest()
            identifier = f"{number:016x}"
            self.handed[name] = Attached(identifier, name, len(content), sha256, index, len(cut), 7000)
            for piece, data in enumerate(cut):
                end = End(name, len(content), sha256) if piece == len(cut) - 1 else None
                body = piece_line(7000, identifier, piece, data, end)
                header = SegmentHeader(self.session, FILES, 0, index, 0, CONTENT)
                self._segment(header, body, 0, 1000, review_media.Piece(body, 7000, 7000, 1, ()), 2400)
                index += 1
        value = {"text": "Қорытынды", "files": [entry.to_json() for entry in self.handed.values()]}
        salt, promise = commitment(canonical_json({"value": value}))
        self.answers.append(("q3", 1, value, 7400, promise, salt.hex()))

    def _part(self, stream: str, at: int) -> None:
        self._add(
            "part", at, stream=stream, part=0, origin=0, timescale=1000, media=CONTENT, width=None, height=None,
            rate=None, init=None, reason="start",
        )  # fmt: skip

    def _stream(self, stream: str, media: review_media.Media, origin: int) -> None:
        self._add(
            "part",
            2400,
            stream=stream,
            part=0,
            origin=origin,
            timescale=media.timescale,
            media=media.mime,
            width=media.width or None,
            height=media.height or None,
            rate=None,
            init=digest("init", media.init),
            reason="start",
        )
        for index, piece in enumerate(media.pieces):
            head = media.init if index == 0 else b""
            header = SegmentHeader(self.session, stream, 0, index, len(head), media.mime)
            body = head + piece.body
            self._segment(header, body, origin, media.timescale, piece, 2400)

    def _segment(self, header: SegmentHeader, body: bytes, origin: int, timescale: int, piece, at: int) -> None:
        if callable(self.spoil):
            header, body = self.spoil(header, body)
        sealed = seal(header, body, self.recipient)
        name, index = header.stream, header.index
        start, end = origin + round(piece.pts0 * 1000 / timescale), origin + round(piece.pts1 * 1000 / timescale)
        sha256 = hashlib.sha256(sealed).hexdigest()
        self._add(
            "segment",
            at,
            stream=name,
            part=0,
            index=index,
            pts0=piece.pts0,
            pts1=piece.pts1,
            start=start,
            end=end,
            plain=len(body),
            size=len(sealed),
            frames=piece.frames,
            keys=list(piece.keys),
            changed=None,
            sha256=sha256,
        )
        held = (name, index) not in self.skip
        self.late.update({} if held else {(name, index): sealed})
        if held:
            self.hall.store.put_segment(self.session, name, index, sealed)
        self.rows.append(
            {
                "session": self.session,
                "stream": name,
                "index": index,
                "part": 0,
                "start_ms": start,
                "end_ms": end,
                "size": len(sealed),
                "sha256": sha256,
                "listed_at": iso(START),
                "held_at": iso(START) if held else None,
            }
        )

    def _identity(self) -> None:
        pictures = [base64.b64encode(review_media.jpeg(shift)).decode() for shift in (0, 14, -20)]
        content = {
            "outcome": self.outcome,
            "reason": "compared",
            "distances": [0.41, 0.43, 0.4],
            "distance": 0.41,
            "score": -0.12,
            "cohort": 0.53,
            "limits": {"accept": -0.05, "distance": 0.6, "reject": 0.1},
            "model": "m",
            "prompts": [],
            "pictures": pictures,
        }
        looks = {"kind": "looks_away", "from_ms": 6000, "to_ms": 9200, "values": {"yaw": 31.0}}
        watching = self.watched or looks
        rows = []
        for number, (kind, at, found) in enumerate((("identity", 2300, content), ("watching", 9200, watching))):
            salt, promise = commitment(canonical_json(found, sort_keys=True))
            self._add("finding", 2300, id=f"f{number}", about=kind, commitment=promise)
            rows.append({"id": f"f{number}", "t": at, "kind": kind, "salt": salt.hex(), "content": found})
        self._data("events", rows, 2300)
        self.answers = []
        for revision, (question, value, at) in enumerate(
            (("q1", ["c1"], 4200), ("q1", ["c2"], 5100), ("q2", self.hostile or "3", 7300))
        ):
            salt, promise = commitment(canonical_json({"value": value}))
            self.answers.append((question, revision + 1, value, at, promise, salt.hex()))

    def _track(self) -> None:
        rows = []
        for second in range(2, 12):
            rows.append(
                {
                    "t": second * 1000,
                    "changed": {"screen-1": 0.0 if self.still else 0.02},
                    "app": "senim",
                    "title": self.hostile or "Сызықтық алгебра",
                    "sound": 0.02 if self.still else 0.3,
                    "faces": 1,
                    "yaw": 2.0,
                    "pitch": 1.0,
                    "typing": 0 if self.still else 3,
                    "question": f"q{second % 3 + 1}",
                    "net": "online",
                }
            )
            thumb = base64.b64encode(review_media.webp(second)).decode()
            rows.append({"t": second * 1000, "thumb": "screen-1", "webp": thumb})
        self._data("track", rows, 2400)
        self._add("event", PAPER_AT, name="paper-opened", data={})
        for question, revision, _value, at, promise, _salt in self.answers:
            self._add("answer", at, id=question, revision=revision, commitment=promise)
        self._add("event", 8000, name="focus-lost", data={})
        if not self.running:
            self._add("event", self.end_at, name="hand-in", data={})
            self._add("end", self.end_at, reason="hand-in", until=self.end_at)

    def _data(self, stream: str, rows: list[dict], at: int) -> None:
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        self._part(stream, at)
        piece = review_media.Piece(body, 2000, 11_000, len(rows), ())
        self._segment(SegmentHeader(self.session, stream, 0, 0, 0, CONTENT), body, 0, 1000, piece, at)

    def _insert(self) -> None:
        seat, session, answers = self._seat_row(), self._session_row(), self._answer_rows()
        if not self.running:
            session |= self._handed_in()

        def work(connection) -> None:
            connection.execute(insert(schema.seats).values(**seat))
            connection.execute(insert(schema.sessions).values(**session))
            connection.execute(insert(schema.segments), self.rows)
            connection.execute(insert(schema.answers), answers)

        self.hall.database.write(work)

    def _seat_row(self) -> dict:
        return {
            "id": self.seat,
            "exam": "algebra",
            "student": self.student,
            "opens_at": iso(START),
            "kept_days": 30,
            "closes_at": iso(START + timedelta(hours=1)),
            "minutes": 10,
            "streams": ["screen-1", "camera", "sound"],
            "created_at": iso(START),
        }

    def _session_row(self) -> dict:
        head = self.ledger.head
        return {
            "id": self.session,
            "seat": self.seat,
            "exam": "algebra",
            "student": self.student,
            "nonce": "n" * 16,
            "first_key": self.key.verifying.text,
            "session_key": self.key.verifying.text,
            "machine": "m",
            "client_token": "0" * 64,
            "client": {"name": self.hostile or "senim"},
            "consent_version": "1",
            "consented_at": iso(START),
            "simulated": True,
            "opened_at": iso(START),
            "seen_at": iso(START),
            "started_at": iso(START),
            "ledger_n": head.n,
            "ledger_digest": head.digest,
            "identity": "noted",
        }

    def _handed_in(self) -> dict:
        """Closes the session with a receipt; what the row gets by it."""
        head = self.ledger.head
        receipt = make_closing_receipt(
            self.session,
            line_digest("ledger", self.ledger.lines[0]),
            self.key.verifying,
            head,
            {},
            None,
            iso(START),
            iso(START + timedelta(minutes=1)),
            self.hall.server,
        )
        self.hall.store.append_receipt(self.session, receipt)
        return {
            "state": "handed_in",
            "handed_in_at": iso(START + timedelta(minutes=1)),
            "receipt": receipt,
            "receipt_code": short_code(receipt),
        }

    def _answer_rows(self) -> list[dict]:
        hall = self.hall
        return [
            {
                "session": self.session,
                "question": question,
                "revision": revision,
                "at_ms": at,
                "commitment": promise,
                "salt": salt,
                "received_at": iso(START + timedelta(milliseconds=at)),
                "sealed_value": hall.at_rest.seal(
                    answer_purpose(self.session, question, revision), json.dumps(value, ensure_ascii=False).encode()
                ),
            }
            for question, revision, value, at, promise, salt in self.answers
        ]

    def deliver(self) -> None:
        """What was skipped arrives, then the hand-in."""
        table = schema.segments
        for (stream, index), sealed in self.late.items():
            self.hall.store.put_segment(self.session, stream, index, sealed)
            here = (table.c.session == self.session) & (table.c.stream == stream) & (table.c.index == index)
            arrived = update(table).where(here).values(held_at=iso(START))
            self.hall.database.write(lambda connection, arrived=arrived: connection.execute(arrived))
        self.set_state(**self._handed_in())

    def set_state(self, **values) -> None:
        query = update(schema.sessions).where(schema.sessions.c.id == self.session).values(**values)
        self.hall.database.write(lambda connection: connection.execute(query))
