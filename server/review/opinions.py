"""Second opinions are asked for here, worked out one at a time in a process of their own, and kept in memory."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import SQLAlchemyError

from faces.geometry import Floats
from faces.model import ModelChoice
from faces.models import ModelError, comparable
from server.at_rest import AtRest, AtRestError, template_purpose
from server.clock import Clock, iso
from server.database import Database
from server.references import limits_of, model_choice
from server.review import flagging
from server.review.contents import ContentsCache, Finding
from server.review.face_job import CAMERA, Stretch, stretch_of, windows_of
from server.review.recording import Recording, Recordings
from server.review.second_opinion import BadAnswer, Opinion, nothing, opinion_of
from server.review.unsealing import OpeningProblem
from server.review.vault import NoSeatKey, Vault
from server.schema import references, segments, sessions
from server.settings import Settings

log = logging.getLogger(__name__)

KEPT = 256
MOST_SECONDS = 150.0
MOST_ANSWER_BYTES = 4 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "server.review.face_reader")
State = tuple[str, bool, bool]
"""The identity finding's id, whether the exam has ended, and whether all of the camera's pieces were opened: a new
one of these asks for another opinion."""


class ReaderFailed(Exception):
    """The face reader's process died, took too long, or answered nonsense. ``word`` of ``second_opinion.PROBLEMS``."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Opinions:
    """``want`` asks for a session's, ``work`` makes one, ``get`` says what is known. Safe from several threads."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        vault: Vault,
        recordings: Recordings,
        contents: ContentsCache,
        at_rest: AtRest,
        clock: Clock,
        read: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._vault, self._recordings, self._contents, self._at_rest = vault, recordings, contents, at_rest
        self._read = read or read_faces
        self._kept: OrderedDict[str, tuple[State, Opinion]] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._lock, self._wake = threading.Lock(), threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="second-opinion", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Does not wait for the process at hand: the thread ends with the program."""
        self._stopping = True
        self._wake.set()

    def get(self, session: str) -> Opinion | None:
        with self._lock:
            kept = self._kept.get(session)
        return kept[1] if kept is not None else None

    def joined(self, session: str, outcome: str) -> str:
        """The client's outcome as the lists show it: "match" only while nothing in the recording speaks against it."""
        opinion = self.get(session)
        return "invigilator" if outcome == "match" and opinion is not None and opinion.doubts else outcome

    def want(self, session: str) -> None:
        """Asks for an opinion unless there is one of the same state. Cheap; call it whenever something was opened."""
        with self._lock:
            self._wanted[session] = None
        self._wake.set()

    def forget(self, session: str) -> None:
        """After the recording was erased."""
        with self._lock:
            self._kept.pop(session, None)
            self._wanted.pop(session, None)

    def _run(self) -> None:
        while not self._stopping:
            try:
                busy = self.work()
            except (SQLAlchemyError, OSError):
                log.exception("a second opinion could not be worked out")
                busy = False
            if not busy:
                self._wake.wait(5.0)
                self._wake.clear()

    def work(self) -> bool:
        """Works out one of the opinions asked for; False if none was waiting."""
        with self._lock:
            if not self._wanted:
                return False
            session, _ = self._wanted.popitem(last=False)
        row = self._database.read(lambda connection: _session(connection, session))
        if row is None:
            return True
        recording = self._recordings.get(session)
        contents = self._contents.get(session, row["seat"], recording, recording.data_of(row["opened"]))
        finding = contents.identity_finding
        if recording.event_at("paper-opened") is None and recording.end is None:
            return True  # the check may still be going on
        state = (finding.id if finding else "", recording.end is not None, _all_opened(recording, row["opened"]))
        with self._lock:
            kept = self._kept.get(session)
        if kept is not None and kept[0] == state:
            return True
        opinion = self._make(session, row, recording, finding)
        log.info("second opinion on session %s: %s", session, opinion.problem or "made")
        with self._lock:
            self._kept[session] = (state, opinion)
            self._kept.move_to_end(session)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if opinion.doubts:
            self._database.write(lambda connection: self._tell(connection, session, opinion))
        return True

    def _make(self, session: str, row: Mapping[str, Any], recording: Recording, finding: Finding | None) -> Opinion:
        limits = limits_of(self._settings)
        picture = self._vault.picture(self._settings.folder.picture(row["student"])) or b""
        try:
            stretches = self._stretches(session, row["seat"], recording, finding)
        except NoSeatKey:
            return nothing("no_key", limits)
        if not stretches:
            return nothing("no_camera", limits)
        try:
            answer = json.loads(self._read(job_of(picture, stretches, model_choice(self._settings))))
            if not isinstance(answer, dict):
                raise BadAnswer("not an object")
            if answer.get("problem"):
                raise ReaderFailed("no_model")
            return opinion_of(answer, self._others(row["student"], limits.model), limits)
        except ModelError:
            log.exception("the settings name a face model that cannot be")
            return nothing("no_model", limits)
        except (BadAnswer, ValueError, RecursionError):
            log.exception("the face reader answered nonsense about session %s", session)
            return nothing("failed", limits)
        except ReaderFailed as failed:
            return nothing(failed.word, limits)

    def _stretches(self, session: str, seat: str, recording: Recording, finding: Finding | None) -> list[Stretch]:
        def fetch(index: int, first: bool) -> bytes | None:
            part = int(recording.streams[CAMERA].segments[index]["part"])
            try:
                head = self._vault.init(session, seat, recording, CAMERA, part) if first else b""
                return head + self._vault.open(session, seat, recording, CAMERA, index).body
            except OpeningProblem:
                return None

        return [stretch_of(recording, window, fetch) for window in windows_of(recording, finding)]

    def _others(self, student: str, model: str) -> list[Floats]:
        """The other students' descriptors; they never leave this process."""
        query = select(references).where(references.c.student != student, references.c.model == comparable(model))
        rows = self._database.read(lambda connection: connection.execute(query).all())
        found = []
        for row in rows:
            try:
                template = json.loads(self._at_rest.open(template_purpose(row.student), row.sealed_template))
                found.append(np.asarray(template["descriptor"], dtype=np.float64))
            except (AtRestError, KeyError, TypeError, ValueError):
                log.warning("the template of student %s cannot be read", row.student)
        return found

    def _tell(self, connection: Connection, session: str, opinion: Opinion) -> None:
        """Moments for a person, without a number in them; a "same person" of the client's is not left standing."""
        if _session(connection, session) is None:
            return  # erased meanwhile
        here = update(sessions).where(sessions.c.id == session, sessions.c.identity == "match")
        connection.execute(here.values(identity="invigilator"))
        proposals = [
            flagging.Proposal("second_opinion", moment.name, "camera", moment.at_ms or 0, moment.at_ms or 0)
            for moment in opinion.moments
            if moment.word == "different" or (moment.word == "unclear" and moment is opinion.check_in)
        ]
        flagging.store(connection, session, proposals, iso(self._clock.now()))


def _all_opened(recording: Recording, opened: set[tuple[str, int]]) -> bool:
    camera = recording.streams.get(CAMERA)
    return camera is not None and all((CAMERA, index) in opened for index in camera.segments)


def job_of(picture: bytes, stretches: Sequence[Stretch], model: ModelChoice) -> bytes:
    """What the face reader's process is written: a line of JSON, then the bytes it announces."""
    header = {
        "model": {"kind": model.kind, "sha256": model.sha256, "file": str(model.file) if model.file else None},
        "reference": len(picture),
        "stretches": [stretch.header() for stretch in stretches],
    }
    return json.dumps(header).encode() + b"\n" + picture + b"".join(stretch.media for stretch in stretches)


def read_faces(job: bytes) -> bytes:
    """Runs the process. Raises ``ReaderFailed``. Nothing of ours but the job reaches it: no key, no environment."""
    wanted = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "VIRTUAL_ENV", "OPENBLAS_CORETYPE",
              "OPENBLAS_L2_SIZE")  # fmt: skip
    environment = {name: os.environ[name] for name in wanted if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            COMMAND, input=job, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT,
            timeout=MOST_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ReaderFailed("too_long") from error
    if done.returncode != 0 or len(done.stdout) > MOST_ANSWER_BYTES:
        raise ReaderFailed("failed")
    return done.stdout


def _session(connection: Connection, session: str) -> dict[str, Any] | None:
    row = connection.execute(
        select(sessions.c.seat, sessions.c.student).where(sessions.c.id == session, sessions.c.erased_at.is_(None))
    ).first()
    if row is None:
        return None
    opened = select(segments.c.stream, segments.c.index).where(
        segments.c.session == session, segments.c.opened_ok.is_(True)
    )
    return {
        "seat": row.seat, "student": row.student,
        "opened": {(entry.stream, entry.index) for entry in connection.execute(opened)},
    }  # fmt: skip
