"""Attaching files: the student's orders, the rules of question and institution, and a thread that copies."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from client import messages as m
from client.engine.file_stream import FileNotTaken, FileStream, megabytes
from client.engine.hub import Hub
from client.engine.inbox import Calls
from client.engine.sitting import Sitting
from client.engine.views import Views
from client.errors import SenimError
from client.session import SessionState
from client.spool.disk import is_full
from evidence.attached import FILES, MOST_FILE_BYTES, Attached, safe_name, suffix_of

_log = logging.getLogger(__name__)

# Sealed pieces are a third larger, and the exam that goes on needs room too.
ROOM_FACTOR, ROOM_BYTES = 1.4, 64 * 1024 * 1024


class Attaching:
    """``attach`` in the engine's thread; copies one file after the other in a thread of its own, because a stick or a
    network folder may take its time."""

    def __init__(self, hub: Hub, views: Views) -> None:
        self._hub, self._views = hub, views
        self._calls = Calls(hub.inbox, "engine-files")

    def close(self) -> None:
        self._calls.close()

    def attach(self, message: m.AttachFile) -> None:
        path, sitting = Path(message.path), self._hub.sitting
        name = safe_name(path.name)
        stream = sitting.recording.files if sitting is not None else None
        if sitting is None or stream is None or self._hub.state is not SessionState.SITTING:
            self._refuse(message, name, FileNotTaken("file_too_late"))
            return
        question = sitting.paper.question(message.question) if sitting.paper is not None else None
        rule = (question or {}).get("files")
        if not isinstance(rule, dict):
            _log.warning("question %s takes no files", message.question)
            self._refuse(message, name, FileNotTaken("file_not_kept"))
            return
        self._views.copying[message.file] = 0.0

        def kept(file: Attached) -> None:
            if self._hub.state is not SessionState.SITTING:  # no answer can name it any more
                failed(FileNotTaken("file_too_late"))
                return
            self._views.copying.pop(message.file, None)
            self._hub.send(m.FileAttached(message.question, m.AttachedFile(**file.to_json())))

        def failed(error: SenimError) -> None:
            self._views.copying.pop(message.file, None)
            self._refuse(message, name, error)

        self._calls.ask(lambda: self._keep(sitting, stream, message.file, path, rule), kept, failed)

    def _refuse(self, message: m.AttachFile, name: str, error: SenimError) -> None:
        _log.warning("a file was not attached: %r (cause %r)", error, error.__cause__)
        word = error.word if isinstance(error, FileNotTaken) else "file_not_kept"
        self._hub.send(m.FileRefused(message.question, message.file, name, word, dict(error.values)))
        if word == "file_too_late":  # the page with the files is not shown any more
            self._hub.problem(word, "AttachFile")

    # -- in the copying thread ------------------------------------------------------------

    def _keep(self, sitting: Sitting, stream: FileStream, file: str, path: Path, rule: Mapping[str, Any]) -> Attached:
        most, kinds = min(int(rule["bytes"]), MOST_FILE_BYTES), list(rule.get("types") or [])
        name = safe_name(path.name)
        if kinds and suffix_of(name) not in kinds:
            raise FileNotTaken("file_kind", kinds=", ".join(kinds))
        try:
            with _open(path) as content:
                size = os.fstat(content.fileno()).st_size
                self._check_size(sitting, size, most)
                return stream.keep(content, file, name, most, lambda done: self._copied(file, done / max(1, size)))
        except OSError as error:
            raise _named(error) from error

    def _copied(self, file: str, share: float) -> None:
        if file in self._views.copying:
            self._views.copying[file] = round(min(share, 1.0), 2)

    def _check_size(self, sitting: Sitting, size: int, most: int) -> None:
        if not size:
            raise FileNotTaken("file_empty")
        if size > most:
            raise FileNotTaken("file_too_large", most_mb=megabytes(most))
        sealed = round(size * ROOM_FACTOR)
        allowed = sitting.policy.files_most_bytes
        if sitting.spool.table.weight_of(FILES) + sealed > allowed:
            raise FileNotTaken("files_full", most_mb=megabytes(allowed))
        free, needed = self._free_bytes(sitting), sealed + ROOM_BYTES
        if free < needed:
            raise FileNotTaken("file_no_room", needed_mb=megabytes(needed), free_mb=megabytes(free))

    def _free_bytes(self, sitting: Sitting) -> int:
        return self._hub.workshop.free_bytes(sitting.spool.path)


def _open(path: Path) -> BinaryIO:
    """A plain file. Pipes and devices could keep the reader waiting for ever; Windows opens no folder."""
    if path.is_dir():
        raise FileNotTaken("file_not_a_file")
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotTaken("file_not_a_file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _named(error: OSError) -> FileNotTaken:
    if is_full(error):
        return FileNotTaken("file_not_kept")
    return FileNotTaken("file_gone" if isinstance(error, FileNotFoundError) else "file_unreadable")
