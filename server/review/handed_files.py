"""Files handed in with answers: listed with what became of them, and opened for whoever marks.

Of a session's sealed streams only ``files`` is opened here: a teacher sees no recording. Nothing is unpacked, read or
shown as a page: a file goes out as it came, as a download; a PNG or JPEG may be looked at as a picture.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore
from urllib.parse import quote

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from evidence.attached import FILES, Attached, BadAttached, join, suffix_of
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

OPENED_AT_ONCE = 2  # each holds one file of up to 100 MiB in memory
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
MOST_PICTURE_BYTES = 20 * 1024 * 1024
# Whatever a browser is told to do with the bytes, they are no page of this site.
CLOSED = {"content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff"}
_opening = BoundedSemaphore(OPENED_AT_ONCE)


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
    query = select(answers).where(answers.c.session == session).order_by(answers.c.revision)
    newest = {row["question"]: row for row in connection.execute(query).mappings()}
    found: dict[str, object] = {}
    for question, row in newest.items():
        try:
            purpose = answer_purpose(session, question, row["revision"])
            found[question] = json.loads(at_rest.open(purpose, row["sealed_value"]))
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
    """The file as it was handed in, under its own name."""
    file, content = await _opened(request)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(content, media_type="application/octet-stream", headers={**NO_STORE, **CLOSED, **headers})


@needs(May.MARK)
async def picture(request: Request) -> Response:
    """A PNG or JPEG, by what it begins with and not by what it is called."""
    file, content = await _opened(request)
    kind = next((kind for begin, kind in PICTURES.items() if content.startswith(begin)), None)
    if kind is None or file.size > MOST_PICTURE_BYTES:
        raise Denied(415, "files.no_picture")
    return Response(content, media_type=kind, headers={**NO_STORE, **CLOSED, "content-disposition": "inline"})


async def _opened(request: Request) -> tuple[Attached, bytes]:
    site, session, who = site_of(request), request.path_params["session"], request.state.person.login
    question, name = request.path_params["question"], request.path_params["file"]
    file, content = await run_in_threadpool(opened, site, session, question, name)
    details = {"question": question, "name": file.name, "sha256": file.sha256}
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=who, action="file-opened", subject=subject_of(session), details=details
        )
    )
    return file, content


def opened(site: Site, session: str, question: str, name: str) -> tuple[Attached, bytes]:
    """The file ``name`` (its id) of the newest answer to ``question``, its digest compared. Blocks. Raises
    ``Denied``."""

    def read(connection: Connection) -> tuple[str, Sequence[Attached], bool]:
        row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
        if row is None:
            raise Denied(404, "denied.not_found")
        value = values_of(connection, site.at_rest, session).get(question)
        return row["seat"], files_of(value), row["erased_at"] is not None

    seat, files, erased = site.database.read(read)
    file = next((file for file in files if file.id == name), None)
    if file is None:
        raise Denied(404, "denied.not_found")
    if erased:
        raise Denied(410, "files.erased")
    with _opening:
        return file, _content(site, session, seat, file)


def _content(site: Site, session: str, seat: str, file: Attached) -> bytes:
    recording = site.recordings.get(session)
    stream = recording.streams.get(FILES)
    places = range(file.first, file.first + file.pieces)
    if stream is None or any(place not in stream.segments for place in places):
        raise Denied(409, "files.coming")
    try:
        return join(file, (site.vault.open(session, seat, recording, FILES, place).body for place in places))
    except OpeningProblem as problem:
        raise Denied(409, "files.coming" if problem.code == "not_held" else "files.damaged") from problem
    except BadAttached as error:
        raise Denied(409, "files.damaged") from error
    except NoSeatKey as error:
        raise Denied(409, "files.no_key") from error
