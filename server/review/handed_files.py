"""Files handed in with answers: listed with what became of them, and opened for whoever marks.

Of a session's sealed streams only ``files`` is opened here: a teacher sees no recording. Nothing is unpacked, read or
shown as a page: a file goes out as it came, as a download; a PNG or JPEG may be looked at as a picture.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from PIL import Image
from sqlalchemy import Connection, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from evidence.attached import FILES, MOST_FILE_BYTES, Attached, BadAttached, contents, suffix_of
from server import audit
from server.answer_values import files_of
from server.at_rest import AtRest, AtRestError, answer_purpose
from server.review.access import Denied, needs
from server.review.actions import subject_of
from server.review.media import NO_STORE
from server.review.roles import May
from server.review.site import Site, site_of
from server.review.unsealing import OpeningProblem
from server.review.vault import NoSeatKey
from server.schema import answers, segments, sessions

CHECKED_AT_ONCE = 2  # a file of 100 MiB takes seconds of a core
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}  # MPO: a JPEG with more behind it, of phones
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
MOST_PICTURE_BYTES = 20 * 1024 * 1024
MOST_PICTURE_PIXELS = 80_000_000  # four bytes each in the teacher's browser; a few kilobytes can claim billions
# Whatever a browser is told to do with the bytes, they are no page of this site.
CLOSED = {"content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff"}
Pieces = Callable[[], Iterator[bytes]]
T = TypeVar("T")
_checking = asyncio.Semaphore(CHECKED_AT_ONCE)


@dataclass(frozen=True)
class Handed:
    """``state``: here, coming (pieces are on their way), erased. ``attached_at``: as the ledger's clock tells."""

    question: str
    file: Attached
    state: str
    attached_at: str

    @property
    def shown(self) -> bool:
        """Whether it may be looked at as a picture."""
        return (
            self.state == "here" and suffix_of(self.file.name) in PICTURE_SUFFIXES
            and self.file.size <= MOST_PICTURE_BYTES
        )  # fmt: skip


def of_session(site: Site, session: str, values: Mapping[str, object]) -> dict[str, list[Handed]]:
    """By question, those that its answer names; ``values``: the newest answers. Blocks."""
    named = {question: files_of(value) for question, value in values.items()}
    if not any(named.values()):
        return {}
    recording = site.recordings.get(session)
    held, erased = site.database.read(lambda connection: _held(connection, session))
    return {
        question: [
            Handed(question, file, _state(file, held, erased), recording.wall(file.at) if recording.lines else "")
            for file in files
        ]
        for question, files in named.items()
        if files
    }


def values_of(connection: Connection, at_rest: AtRest, session: str) -> dict[str, object]:
    """The newest answer to each question; one that cannot be opened is left out."""
    here = answers.c.session == session
    last = select(answers.c.question, func.max(answers.c.revision).label("n")).where(here).group_by(answers.c.question)
    newest = last.subquery()
    one = (answers.c.question == newest.c.question) & (answers.c.revision == newest.c.n)
    found: dict[str, object] = {}
    for row in connection.execute(select(answers).join(newest, one).where(here)).mappings():
        try:
            purpose = answer_purpose(session, row["question"], row["revision"])
            found[row["question"]] = json.loads(at_rest.open(purpose, row["sealed_value"]))
        except (AtRestError, ValueError):
            continue
    return found


def _held(connection: Connection, session: str) -> tuple[frozenset[int], bool]:
    here = (segments.c.session == session) & (segments.c.stream == FILES) & segments.c.held_at.is_not(None)
    held = frozenset(connection.execute(select(segments.c.index).where(here)).scalars())
    erased = connection.execute(select(sessions.c.erased_at).where(sessions.c.id == session)).scalar()
    return held, erased is not None


def _state(file: Attached, held: frozenset[int], erased: bool) -> str:
    if erased:
        return "erased"
    return "here" if held.issuperset(range(file.first, file.first + file.pieces)) else "coming"


@needs(May.MARK)
async def download(request: Request) -> Response:
    """The file as it was handed in, under its own name. All of it is compared before the first byte goes out; then it
    is opened once more piece by piece, so that a slow line holds no file in memory."""
    file, pieces = await _found(request, MOST_FILE_BYTES)
    await _checked(lambda: deque(pieces(), maxlen=0))
    await _noted(request, file)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "content-length": str(file.size),
    }
    return StreamingResponse(pieces(), media_type="application/octet-stream", headers={**NO_STORE, **CLOSED, **headers})


@needs(May.MARK)
async def picture(request: Request) -> Response:
    """A PNG or JPEG, by what it holds and not by what it is called."""
    file, pieces = await _found(request, MOST_PICTURE_BYTES)
    content = await _checked(lambda: b"".join(pieces()))
    kind = await run_in_threadpool(picture_kind, content)
    if kind is None:
        raise Denied(415, "files.no_picture")
    await _noted(request, file)
    return Response(content, media_type=kind, headers={**NO_STORE, **CLOSED, "content-disposition": "inline"})


def picture_kind(content: bytes) -> str | None:
    """The media type of a picture that a browser may draw, by its head; None for anything else."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as seen:
            return PICTURES.get(str(seen.format)) if seen.width * seen.height <= MOST_PICTURE_PIXELS else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


async def _checked(work: Callable[[], T]) -> T:
    """Waits for its turn outside the threads that serve everybody."""
    async with _checking:
        return await run_in_threadpool(work)


async def _noted(request: Request, file: Attached) -> None:
    site, who = site_of(request), request.state.person.login
    details = {"question": request.path_params["question"], "name": file.name, "sha256": file.sha256}
    subject = subject_of(request.path_params["session"])
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=who, action="file-opened", subject=subject, details=details
        )
    )


async def _found(request: Request, most: int) -> tuple[Attached, Pieces]:
    """The file that the newest answer to the question names by its id, and what opens its pieces. Raises ``Denied``."""
    site, session = site_of(request), request.path_params["session"]
    question, name = request.path_params["question"], request.path_params["file"]

    def read(connection: Connection) -> tuple[str, Sequence[Attached], bool]:
        row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
        if row is None:
            raise Denied(404, "denied.not_found")
        value = values_of(connection, site.at_rest, session).get(question)
        return row["seat"], files_of(value), row["erased_at"] is not None

    seat, files, erased = await site.database.read_async(read)
    file = next((file for file in files if file.id == name), None)
    if file is None:
        raise Denied(404, "denied.not_found")
    if erased:
        raise Denied(410, "files.erased")
    if file.size > most:
        raise Denied(415, "files.no_picture")
    return file, lambda: _contents(site, session, seat, file)


def _contents(site: Site, session: str, seat: str, file: Attached) -> Iterator[bytes]:
    """Piece by piece; ``Denied`` where one is missing, or in the end where they are not the file. Blocks."""
    recording = site.recordings.get(session)
    stream = recording.streams.get(FILES)
    places = range(file.first, file.first + file.pieces)
    if stream is None or any(place not in stream.segments for place in places):
        raise Denied(409, "files.coming")
    try:
        yield from contents(file, (site.vault.open(session, seat, recording, FILES, place).body for place in places))
    except OpeningProblem as problem:
        raise Denied(409, "files.coming" if problem.code == "not_held" else "files.damaged") from problem
    except BadAttached as error:
        raise Denied(409, "files.damaged") from error
    except NoSeatKey as error:
        raise Denied(409, "files.no_key") from error
