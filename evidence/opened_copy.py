"""Opening a copy of one's own: every segment unsealed and joined to files that any player shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import age
from evidence.attached import FILES, MOST_FILE_BYTES, BadAttached, Piece, pieces_of, read_piece, safe_name
from evidence.bundle import BundleError, open_source, parse_segment_name
from evidence.seal import SealError, SegmentHeader, unseal

MAX_SEGMENT_BYTES = 4 * 1024 * 1024
_ENDINGS = {"video/mp4": "mp4", "audio/mp4": "m4a", "application/x-ndjson": "ndjson"}


@dataclass
class Opened:
    """``files`` were written; ``problems`` names each segment that could not be opened, and why."""

    files: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 everything, 1 not everything, 2 nothing."""
        return 2 if not self.files else int(bool(self.problems))

    def to_json(self) -> dict[str, Any]:
        return {"files": [str(file) for file in self.files], "problems": self.problems}

    def to_text(self) -> str:
        lines = [str(file) for file in self.files] + [f"not opened: {problem}" for problem in self.problems]
        return "\n".join(lines) or "there is no segment in it"


def open_copy(path: Path, identity: age.Identity, out: Path) -> Opened:
    """Writes one file for each stream and part into the new folder ``out``, and attached files under their names below
    ``files``. Raises ``BundleError`` if ``path`` is no session or ``out`` is there already. Whether the recording is
    genuine, ``verify`` says."""
    try:
        out.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise BundleError(f"{out} cannot be made: {error}") from error
    result, attached = Opened(), _Attached(out / FILES)
    with open_source(path) as source:
        places = {place: name for name in source.names() if (place := parse_segment_name(name)) is not None}
        for (stream, index), name in sorted(places.items()):
            try:
                header, body = unseal(source.read(name, MAX_SEGMENT_BYTES), identity)
            except (SealError, BundleError) as error:
                result.problems.append(f"{name}: {error}")
                continue
            if (header.stream, header.index) != (stream, index):
                result.problems.append(f"{name}: it is another segment, {header.stream} {header.index}")
                continue
            if stream == FILES:
                attached.take(result, name, body)
            else:
                _append(result, out / _file_name(header), body)
    attached.finish(result)
    return result


class _Attached:
    """Attached files come piece by piece, one after the other; ``folder`` is made for the first of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces: list[Piece] = []

    def take(self, result: Opened, name: str, body: bytes) -> None:
        try:
            piece = read_piece(body)
        except BadAttached as error:
            result.problems.append(f"{name}: {error}")
            return
        if self._pieces and (piece.file, piece.piece) != (self._pieces[0].file, len(self._pieces)):
            self.finish(result)
        self._pieces.append(piece)
        if len(self._pieces) > pieces_of(MOST_FILE_BYTES):  # all of a file is held in memory
            result.problems.append(f"{FILES}/{piece.file}: more pieces than a file may have")
            self._pieces.clear()
        elif piece.end is not None:
            self.finish(result)

    def finish(self, result: Opened) -> None:
        """Write what is whole. A file that its student's computer did not finish copying was never handed in."""
        pieces, self._pieces = self._pieces, []
        if not pieces or pieces[-1].end is None:
            return
        end, content = pieces[-1].end, b"".join(piece.data for piece in pieces)
        whole = len(pieces) == pieces_of(end.size) and hashlib.sha256(content).hexdigest() == end.sha256
        if not whole:
            result.problems.append(f"{FILES}/{pieces[0].file}: its pieces are not the whole file")
            return
        self._folder.mkdir(exist_ok=True)
        file = self._folder / f"{pieces[0].file}-{safe_name(end.name)}"
        file.write_bytes(content)
        result.files.append(file)


def _file_name(header: SegmentHeader) -> str:
    return f"{header.stream}-part-{header.part}.{_ENDINGS.get(header.media, 'bin')}"


def _append(result: Opened, file: Path, body: bytes) -> None:
    if file not in result.files:
        result.files.append(file)
    with file.open("ab") as out:
        out.write(body)
