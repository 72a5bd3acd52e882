"""One handler per call: takes the request apart, asks the rule, puts the answer together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, assert_never

from starlette.responses import JSONResponse, Response

from evidence.signing import BadKey, VerifyingKey
from server.ingest import body, deliver, exam, rollout, seats, sign_in, status
from server.ingest.access import Access, Caller
from server.ingest.outcomes import Refusal, Refused
from server.ingest.threads import run_sync
from server.ingest.web import Call, Stop, answered, worked
from server.readiness import MOST_BYTES, BadReport, Report
from server.rooms import Room

T = TypeVar("T")

MAX_PROBE_BYTES = 512 * 1024
MAX_LINES = 2000
FULL_LOAD = 10
FULL_RETRY_SECONDS = 15


def _or_stop(result: T | Refused, access: Access | None = None) -> T:
    if isinstance(result, Refused):
        raise Stop(result, access)
    return result


async def _fields(call: Call) -> body.Fields:
    return body.Fields.parse(await body.read(call.request, body.MAX_JSON_BYTES))


# ---- before a session


async def post_sign_in(call: Call) -> Response:
    fields = await _fields(call)
    if "code" in fields:
        result = await run_sync(sign_in.by_code, call.services, fields.text("code"), call.address)
    elif "resume" in fields:
        session, resume = fields.text("session", most=32), fields.text("resume", most=200)
        machine = fields.text("machine", most=80)
        result = await run_sync(sign_in.by_resume, call.services, session, resume, machine, call.address)
    else:
        login, password = fields.text("login"), fields.text("password")
        result = await run_sync(sign_in.by_password, call.services, login, password, call.address)
    return JSONResponse(_or_stop(result))


async def post_sign_out(call: Call, _caller: Caller) -> Response:
    if call.token is not None:
        await run_sync(sign_in.sign_out, call.services, call.token)
    return Response(status_code=204)


async def get_time(call: Call) -> Response:
    return JSONResponse({"server_time": call.services.now()})


async def get_probe(_call: Call, _caller: Caller) -> Response:
    return JSONResponse({"bytes": MAX_PROBE_BYTES})


async def post_probe(call: Call, _who: Caller | Room) -> Response:
    content = await body.read(call.request, MAX_PROBE_BYTES)
    return JSONResponse({"bytes": len(content)})


async def post_readiness(call: Call, who: Caller | Room) -> Response:
    fields = body.Fields.parse(await body.read(call.request, MOST_BYTES))
    try:
        report = Report.of(fields.all)
    except BadReport as error:
        raise body.BadBody(str(error)) from error
    return JSONResponse(_or_stop(await run_sync(rollout.take_report, call.services, who, report)))


async def get_release(call: Call) -> Response:
    return JSONResponse(await run_sync(rollout.release, call.services))


async def get_exams(call: Call, caller: Caller) -> Response:
    return JSONResponse(await run_sync(seats.list_exams, call.services, caller))


async def post_session(call: Call, caller: Caller) -> Response:
    opening = _opening(await _fields(call))
    seat = call.request.path_params["seat"]
    access, answer = _or_stop(await run_sync(seats.open_session, call.services, caller, seat, opening))
    return await answered(call, access, answer)


def _opening(fields: body.Fields) -> seats.Opening:
    client, consent = fields.inner("client"), fields.inner("consent")
    try:
        key = VerifyingKey.from_text(fields.text("session_key"))
    except BadKey as error:
        raise body.BadBody(f"session_key: {error}") from error
    return seats.Opening(
        session_key=key,
        client={name: client.text(name) for name in ("name", "version", "system")},
        consent_version=consent.text("version", most=60),
        consented_at=consent.text("at", most=24),
        machine=fields.text("machine", most=80),
        takeover=fields.flag("takeover"),
    )


# ---- the recording


async def post_ledger(call: Call, access: Access) -> Response:
    lines = (await _fields(call)).texts("lines")
    if len(lines) > MAX_LINES:
        raise body.BadBody(f"more than {MAX_LINES} lines")
    taken = _or_stop(await deliver.ledger_async(call.services, access, lines), access)
    return await answered(call, access, taken, as_entered=True)


async def get_ledger(call: Call, access: Access) -> Response:
    return await _answer(call, access, lambda: {"lines": deliver.lines(call.services, access)})


async def put_segment(call: Call, access: Access) -> Response:
    stream, services = call.request.path_params["stream"], call.services
    index = _or_stop(deliver.check_name(stream, call.request.path_params["index"]), access)
    digest = body.content_digest(call.request)
    if services.load.level() >= FULL_LOAD:
        raise Stop(Refused(Refusal.OVERLOADED, retry_after=FULL_RETRY_SECONDS), access)
    with services.load.upload():
        sealed, found = await body.read_segment(call.request, deliver.MAX_SEGMENT_BYTES)
        piece = deliver.Piece(stream, index, sealed, found, named=digest)
        taken = _or_stop(await deliver.segment_async(services, access, piece), access)
    match taken:
        case deliver.Taken.STORED:
            code = 201
        case deliver.Taken.ALREADY_HELD:
            code = 200
        case _:
            assert_never(taken)
    return await answered(call, access, {"stream": stream, "index": index}, code, as_entered=True)


async def get_missing(call: Call, access: Access) -> Response:
    return await _answer(call, access, lambda: {"missing": deliver.missing(call.services, access)})


# ---- the exam


async def get_paper(call: Call, access: Access) -> Response:
    return await _answer(call, access, lambda: exam.paper(call.services, access))


async def put_answer(call: Call, access: Access) -> Response:
    fields = await _fields(call)
    value = fields.raw("value")
    answer = exam.Answer(
        question=call.request.path_params["question"],
        revision=fields.whole("revision"),
        value=value if isinstance(value, str | dict) else fields.texts("value"),
        at=fields.whole("at"),
        commitment=fields.text("commitment", most=64),
        salt=fields.text("salt", most=64),
    )
    revision, state = await worked(call, access, lambda: exam.save_answer(call.services, access, answer))
    return JSONResponse({"revision": revision, "status": state})


async def get_answers(call: Call, access: Access) -> Response:
    return await _answer(call, access, lambda: {"answers": exam.all_answers(call.services, access), "marked": []})


async def post_notice_read(call: Call, access: Access) -> Response:
    notice = call.request.path_params["notice"]
    _or_stop(await run_sync(status.notice_read, call.services, access, notice), access)
    return await answered(call, access, {})


async def post_break(call: Call, access: Access) -> Response:
    wish = (await _fields(call)).text("wish", most=20)
    _or_stop(await run_sync(exam.wish_break, call.services, access, wish), access)
    return await answered(call, access, {})


async def get_status(call: Call, access: Access) -> Response:
    return await answered(call, access, {}, as_entered=True)


async def post_hand_in(call: Call, access: Access) -> Response:
    fields = await _fields(call)
    head = fields.inner("head")
    named = {"n": head.whole("n"), "digest": head.text("digest", most=64)}
    revisions = fields.numbers("answers") if "answers" in fields else {}
    return await _answer(call, access, lambda: exam.hand_in(call.services, access, named, revisions))


async def _answer(call: Call, access: Access, work: Callable[[], dict[str, Any] | Refused]) -> Response:
    """What ``work`` returns, with the session's status."""
    found, state = await worked(call, access, work)
    return JSONResponse({**found, "status": state})
