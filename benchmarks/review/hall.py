"""An institution with one long recorded session, made with the product's own keys, ledger, seal and store."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from sqlalchemy import insert

from benchmarks.review.material import Material, repeated
from client.capture.fragments import Packet, fragment
from evidence import age
from evidence.keys import make_seat_key, make_server_key, read_seat_key
from evidence.ledger import Ledger
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, digest, line_digest
from server import accounts, schema
from server.at_rest import AtRest, paper_purpose
from server.clock import iso
from server.database import Database
from server.migrate import upgrade
from server.papers import Paper, Question
from server.review.app import make_app
from server.settings import DataFolder, Settings
from server.store import Store

START = datetime.now(UTC) - timedelta(hours=4)
PASSWORD = "benchmark-1"
EXAM, SESSION, SEAT, STUDENT = "bench", "bench", "seat-1", "s1"
SEGMENT_MS = 4000
TRACK_MS = 30_000
THUMB_MS = 10_000
ORIGIN_MS = 1000


class Hall:
    """``record`` adds the session, ``serve`` runs the site over the folder."""

    def __init__(self, root: Path) -> None:
        folder = DataFolder(root)
        for path in (folder.keys, folder.seats, folder.sessions, folder.pictures):
            path.mkdir(parents=True)
        self.configuration, self.server = SigningKey.generate(), SigningKey.generate()
        self.review = age.generate_identity("x25519")
        folder.verifying_key.write_text(self.configuration.verifying.text + "\n")
        line = make_server_key(self.server.verifying, "b", self.configuration, iso(START))
        folder.server_key_line.write_text(line + "\n")
        AtRest.generate(folder.at_rest_key)
        self.folder, self.settings = folder, Settings(folder=folder, name="Benchmark")
        upgrade(self.settings.database_url)
        self.database, self.store = Database(self.settings.database_url), Store(folder.sessions)
        paper = Paper("Benchmark", [Question("q1", "essay", "1", "<p>?</p>", 1.0)], {})
        sealed = AtRest.load(folder.at_rest_key).seal(paper_purpose(EXAM), paper.to_json())
        self.user("proctor", "Proctor", "invigilator")
        exam = {"id": EXAM, "title": "Benchmark", "question_count": 1, "import_report": [], "sealed_paper": sealed}
        self.add(schema.exams, [exam | {"created_at": iso(START)}])

    def close(self) -> None:
        self.database.close()

    def add(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        self.database.write(lambda connection: connection.execute(insert(table), list(rows)))

    def user(self, login: str, name: str, role: str) -> None:
        row = {"id": login, "login": login, "name": name, "role": role, "language": "en", "created_at": iso(START)}
        self.add(schema.users, [row | {"password_hash": accounts.hash_password(PASSWORD)}])

    def record(self, material: dict[str, Material], hours: float) -> int:
        """One session of ``hours``. Returns its size in bytes on the disk."""
        line, sealed = make_seat_key(SEAT, "b", self.configuration, [self.review.recipient], iso(START))
        self.folder.seat_identity(SEAT).parent.mkdir()
        self.folder.seat_identity(SEAT).write_bytes(sealed)
        self.folder.seat_key_line(SEAT).write_text(line + "\n")
        self.store.create(SESSION, line, self.folder.server_key_line.read_text().strip())
        key = SigningKey.generate()
        recorded = _Recorded(self.store, read_seat_key(line, self.configuration.verifying).recipient, hours)
        path = self.store.path(SESSION) / "ledger.txt"
        with Ledger(SESSION, key, path, line_digest("seat-key", line)) as ledger:
            recorded.write(ledger, material)
        self.user(STUDENT, "Student", "student")
        self.add(schema.students, [{"id": STUDENT, "number": "1"}])
        self.add(schema.seats, [seat_row(SEAT, STUDENT)])
        row = session_row(SESSION, SEAT, STUDENT) | {
            "first_key": key.verifying.text, "session_key": key.verifying.text, "ledger_n": ledger.head.n,
            "ledger_digest": ledger.head.digest,
        }  # fmt: skip
        self.add(schema.sessions, [row])
        self.add(schema.segments, recorded.rows)
        return sum(entry["size"] for entry in recorded.rows)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The site's address; no opening worker beside it."""
        app = make_app(self.settings, self.review)
        with served(app) as address:
            yield address
        app.state.site.database.close()


class _Recorded:
    def __init__(self, store: Store, recipient: age.Recipient, hours: float) -> None:
        self.rows: list[dict[str, Any]] = []
        self._store, self._recipient, self._hours = store, recipient, hours
        self._until = ORIGIN_MS + int(hours * 3_600_000)

    def write(self, ledger: Ledger, material: dict[str, Material]) -> None:
        begin = {"session": SESSION, "seat": SEAT, "nonce": "n" * 16, "client": {}, "system": "", "devices": []}
        self._line(ledger, "begin", **begin, streams=list(material), simulated=["camera"], policy={}, server_key=None)
        for name, found in material.items():
            self._part(ledger, name, found.mime, ORIGIN_MS, found.timescale, found)
            self._media(ledger, name, found)
        self._part(ledger, "track", "application/x-ndjson", 0, 1000, None)
        self._track(ledger)
        self._line(ledger, "event", name="paper-opened", data={})
        self._line(ledger, "end", reason="hand-in", until=self._until)

    def _line(self, ledger: Ledger, kind: str, **fields: Any) -> None:
        at = {"begin": 0, "end": self._until}.get(kind, ORIGIN_MS)
        ledger.append(kind, at, iso(START + timedelta(milliseconds=at)), **fields)

    def _part(self, ledger: Ledger, name: str, mime: str, origin: int, timescale: int, found: Material | None) -> None:
        self._line(
            ledger, "part", stream=name, part=0, origin=origin, timescale=timescale, media=mime,
            width=found.width or None if found else None, height=found.height or None if found else None, rate=None,
            init=digest("init", found.init) if found else None, reason="start",
        )  # fmt: skip

    def _media(self, ledger: Ledger, name: str, found: Material) -> None:
        step, index, waiting = SEGMENT_MS * found.timescale // 1000, 0, list[Packet]()
        end = int(self._hours * 3600) * found.timescale
        for packet in [*repeated(found, self._hours), Packet(end, False, b"")]:
            if waiting and (packet.pts >= (index + 1) * step or packet.pts == end):
                head = found.init if index == 0 else b""
                body = head + fragment(index + 1, waiting, packet.pts)
                times = (waiting[0].pts, packet.pts)
                keys = [one.pts for one in waiting if one.key] if found.width else []
                header = SegmentHeader(SESSION, name, 0, index, len(head), found.mime)
                self._segment(ledger, header, body, times, ORIGIN_MS, found.timescale, len(waiting), keys)
                index, waiting = index + 1, []
            waiting.append(packet)

    def _segment(
        self, ledger: Ledger, header: SegmentHeader, body: bytes, times: tuple[int, int], origin: int, timescale: int,
        frames: int, keys: list[int],
    ) -> None:  # fmt: skip
        sealed = seal(header, body, self._recipient)
        start, end = (origin + round(pts * 1000 / timescale) for pts in times)
        place = {"stream": header.stream, "part": 0, "index": header.index}
        sums = {"size": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()}
        self._line(
            ledger, "segment", **place, **sums, pts0=times[0], pts1=times[1], start=start, end=end, plain=len(body),
            frames=frames, keys=keys, changed=None,
        )  # fmt: skip
        self._store.put_segment(SESSION, header.stream, header.index, sealed)
        now = iso(START)
        facts = {"session": SESSION, "start_ms": start, "end_ms": end, "listed_at": now, "held_at": now}
        self.rows.append(place | sums | facts | {"opened_at": now, "opened_ok": True, "frames": frames})

    def _track(self, ledger: Ledger) -> None:
        picture = io.BytesIO()
        Image.linear_gradient("L").resize((240, 135)).save(picture, "WEBP", quality=40)
        thumb = base64.b64encode(picture.getvalue()).decode()
        for index, at in enumerate(range(ORIGIN_MS, self._until, TRACK_MS)):
            rows: list[dict[str, Any]] = [
                {
                    "t": t, "changed": {"screen-1": 0.01 if t % 7000 else 0.2}, "app": "senim", "title": "Benchmark",
                    "sound": 0.1, "faces": 1, "yaw": 2.0, "pitch": 1.0, "typing": t // 1000 % 3, "net": "online",
                }
                for t in range(at, at + TRACK_MS, 1000)
            ]  # fmt: skip
            rows += [{"t": t, "thumb": "screen-1", "webp": thumb} for t in range(at, at + TRACK_MS, THUMB_MS)]
            body = "".join(json.dumps(row) + "\n" for row in rows).encode()
            header = SegmentHeader(SESSION, "track", 0, index, 0, "application/x-ndjson")
            self._segment(ledger, header, body, (at, at + TRACK_MS), 0, 1000, len(rows), [])


def seat_row(seat: str, student: str) -> dict[str, Any]:
    opens, closes = iso(START), iso(START + timedelta(hours=9))
    row = {"id": seat, "exam": EXAM, "student": student, "opens_at": opens, "closes_at": closes, "minutes": 600}
    return row | {"streams": ["screen-1", "camera", "sound"], "kept_days": 30, "created_at": opens}


def session_row(session: str, seat: str, student: str) -> dict[str, Any]:
    return {
        "id": session, "seat": seat, "exam": EXAM, "student": student, "nonce": "n" * 16, "first_key": "",
        "session_key": "", "machine": "m", "client_token": "0" * 64, "client": {}, "consent_version": "1",
        "consented_at": iso(START), "opened_at": iso(START), "seen_at": iso(START), "started_at": iso(START),
        "state": "closed", "simulated": True,
    }  # fmt: skip


@contextmanager
def served(app: Any) -> Iterator[str]:
    """An application on a free loopback port, in a thread."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        listener.close()
