"""What the player fetches: the index, opened segments, pictures. Decrypted per request, streamed, never stored.

Every request names the view (the opened page) it belongs to; the first one of a view is noted in the audit chain,
so that nobody watches unseen.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server import audit
from server.review import compact
from server.review.access import Denied, needs
from server.review.found import found_of
from server.review.memory import State
from server.review.recording import Stream, stream_order
from server.review.roles import May
from server.review.site import site_of
from server.review.unsealing import OpeningProblem
from server.review.vault import NoSeatKey
from server.review.watched import Watched, load

log = logging.getLogger(__name__)

NO_STORE = compact.NO_STORE
MOST_SEGMENTS = 400  # of one request: about 27 minutes, more than any seek needs
PIECE_BYTES = 48 * 1024
TRACK_FIELDS = ("t", "changed", "app", "title", "sound", "faces", "yaw", "pitch", "typing", "question", "net")


async def _watched(request: Request) -> Watched:
    site, session = site_of(request), request.path_params["session"]
    view = request.query_params.get("view", "")
    person = request.state.person
    if not site.views.belongs(view, person.id, session):
        raise Denied(409, "denied.view")
    watched = await run_in_threadpool(load, site, session)
    if watched.erased:
        raise Denied(410, "denied.erased")
    if site.views.first_watch(view):
        await site.database.write_async(
            lambda connection: audit.append(
                connection, at=site.now(), who=person.login, action="watched", subject=f"session/{session}"
            )
        )
    return watched


@needs(May.WATCH)
async def index(request: Request) -> Response:
    watched = await _watched(request)

    def answer() -> Response:
        state = watched.state()
        made = watched.site.memory.get(
            watched.session, "index", state, lambda: compact.packed(index_of(watched, state))
        )
        return made.answer(request)

    return await run_in_threadpool(answer)


def index_of(watched: Watched, state: State) -> dict[str, Any]:
    """The player's index: seconds of the session, streams, runs of playable segments."""
    recording = watched.recording
    start, end = recording.axis
    exam_from, exam_to = recording.exam
    rows = watched.rows(state)
    held = frozenset((row["stream"], row["index"]) for row in rows if row["held_at"] and row["opened_ok"] is not False)
    streams = {
        name: {"kind": stream.kind, "runs": runs_of(stream, held)}
        for name, stream in sorted(recording.streams.items(), key=lambda item: stream_order(item[0]))
        if stream.kind != "data"
    }
    return {
        "session": watched.session, "live": watched.live, "from": start / 1000, "to": end / 1000,
        "exam": [exam_from / 1000, exam_to / 1000], "wall_zero": recording.wall_zero.timestamp() * 1000,
        "streams": {name: value for name, value in streams.items() if value["runs"]},
    }  # fmt: skip


def runs_of(stream: Stream, held: frozenset[tuple[str, int]]) -> list[dict[str, Any]]:
    """Stretches that one decoder plays through: same part, no segment missing, times that run on."""
    runs: list[dict[str, Any]] = []
    video = stream.kind == "video"
    before: Mapping[str, Any] | None = None
    for number in sorted(stream.segments):
        line = stream.segments[number]
        part = stream.parts.get(line["part"])
        if part is None or (stream.name, number) not in held:
            before = None
            continue
        keys = list(line["keys"]) if video else [line["pts0"]]
        follows = (
            before is not None
            and before["index"] == number - 1
            and before["part"] == line["part"]
            and before["pts1"] == line["pts0"]
        )
        if not follows and keys:
            runs.append(
                {
                    "part": part.number, "origin": part.origin / 1000, "timescale": part.timescale,
                    "codec": codec_of(part.media), "mime": part.media, "width": part.width, "height": part.height,
                    "segments": [],
                }
            )  # fmt: skip
        if follows or keys:  # after a hole, pictures come back with the next key frame
            runs[-1]["segments"].append([number, line["pts0"], line["pts1"], keys])
            before = line
        else:
            before = None
    return runs


def codec_of(media: str) -> str:
    """``av01.0.08M.08`` out of ``video/mp4; codecs="av01.0.08M.08"``."""
    _, found, rest = media.partition("codecs=")
    return rest.strip().strip('"').split(",")[0].strip() if found else ""


@needs(May.WATCH)
async def init(request: Request) -> Response:
    watched = await _watched(request)
    stream, part = _stream(watched, request), int(request.path_params["part"])
    if part not in stream.parts:
        raise Denied(404, "denied.not_found")
    try:
        data = await run_in_threadpool(
            watched.site.vault.init, watched.session, watched.seat, watched.recording, stream.name, part
        )
    except (OpeningProblem, NoSeatKey):
        raise Denied(404, "denied.not_found") from None
    return Response(data, media_type="video/mp4", headers=NO_STORE)


@needs(May.WATCH)
async def segment_range(request: Request) -> Response:
    """Frames of (index, length, bytes); length 0 = this one cannot be opened."""
    watched = await _watched(request)
    stream = _stream(watched, request)
    first, last = int(request.path_params["first"]), int(request.path_params["last"])
    if not first <= last < first + MOST_SEGMENTS:
        raise Denied(416, "denied.not_found")
    body = _frames(watched, stream, first, last)
    return StreamingResponse(body, media_type="application/octet-stream", headers=NO_STORE)


def _frames(watched: Watched, stream: Stream, first: int, last: int) -> Iterator[bytes]:
    """The first segment at once, the rest in larger pieces: each piece costs the server and the page some work."""
    held = watched.playable(stream.name, first, last)
    waiting: list[bytes] = []
    for number in range(first, last + 1):
        data = b""
        if (stream.name, number) in held and number in stream.segments:
            try:
                opened = watched.site.vault.open(watched.session, watched.seat, watched.recording, stream.name, number)
                data = opened.body
            except (OpeningProblem, NoSeatKey) as problem:
                log.info("session %s %s/%s is not played: %s", watched.session, stream.name, number, problem)
        waiting += [struct.pack(">II", number, len(data)), data]
        if number == first or sum(map(len, waiting)) >= PIECE_BYTES:
            yield b"".join(waiting)
            waiting = []
    if waiting:
        yield b"".join(waiting)


def _stream(watched: Watched, request: Request) -> Stream:
    stream = watched.recording.streams.get(request.path_params["stream"])
    if stream is None or stream.kind == "data":
        raise Denied(404, "denied.not_found")
    return stream


@needs(May.WATCH)
async def track(request: Request) -> Response:
    """The recorder's own account, per second, values only of the kinds the page shows; ms of the pictures it kept."""
    watched = await _watched(request)

    def answer() -> Response:
        contents = watched.contents
        rows = [{name: row[name] for name in TRACK_FIELDS if name in row} for row in contents.seconds]
        return compact.packed({"seconds": rows, "thumbs": contents.kept_pictures}).answer(request)

    return await run_in_threadpool(answer)


@needs(May.WATCH)
async def thumb(request: Request) -> Response:
    watched = await _watched(request)
    contents = await run_in_threadpool(lambda: watched.contents)
    picture = contents.thumbs.get((request.path_params["stream"], int(request.path_params["t"])))
    if picture is None:
        raise Denied(404, "denied.not_found")
    return Response(picture, media_type="image/webp", headers=NO_STORE)


@needs(May.WATCH)
async def check_in_picture(request: Request) -> Response:
    watched = await _watched(request)
    contents = await run_in_threadpool(lambda: watched.contents)
    pictures = contents.identity.pictures if contents.identity else ()
    number = int(request.path_params["number"])
    if number >= len(pictures):
        raise Denied(404, "denied.not_found")
    return Response(pictures[number], media_type="image/jpeg", headers=NO_STORE)


@needs(May.WATCH)
async def found_picture(request: Request) -> Response:
    """The small picture that a finding of the watching brought with it."""
    watched = await _watched(request)
    contents = await run_in_threadpool(lambda: watched.contents)
    found = found_of(contents).get(request.path_params["finding"])
    number = int(request.path_params["number"])
    if found is None or number >= len(found.pictures):
        raise Denied(404, "denied.not_found")
    return Response(found.pictures[number], media_type="image/jpeg", headers=NO_STORE)


@needs(May.WATCH)
async def second_opinion_picture(request: Request) -> Response:
    """What the face reader cut out of the recording itself."""
    watched = await _watched(request)
    opinion = watched.site.opinions.get(watched.session)
    moment = opinion.moment(request.path_params["name"]) if opinion is not None else None
    if moment is None or not moment.picture:
        raise Denied(404, "denied.not_found")
    return Response(moment.picture, media_type="image/jpeg", headers=NO_STORE)


@needs(May.WATCH)
async def reference_picture(request: Request) -> Response:
    watched = await _watched(request)
    site = watched.site
    picture = await run_in_threadpool(site.vault.picture, site.settings.folder.picture(watched.student))
    kind = picture_type(picture or b"")
    if picture is None or not kind:
        raise Denied(404, "denied.not_found")
    return Response(picture, media_type=kind, headers=NO_STORE)


def picture_type(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG\r\n\x1a\n") else ""
