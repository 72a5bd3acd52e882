"""Which address leads where. The order counts: the first address that fits is taken."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.review import (
    assets,
    audit_page,
    board,
    break_help,
    confirming,
    desk,
    exam_details,
    exports,
    handed_files,
    judging,
    lists,
    live_help,
    live_pictures,
    media,
    messages,
    own_page,
    protocol,
    public,
    readiness,
    searching,
    session_page,
    sign_in,
    watermark,
)
from server.review.administration import keeping, keys_page, people, schedule

MEDIA = "/sessions/{session}/media"


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


_STAFF = [
    Route("/", sign_in.home),
    Route("/exams", lists.show_exams),
    Route("/audit", audit_page.show),
    Route("/readiness", readiness.show),
    Route("/readiness.csv", readiness.download),
    Route("/administration/students", people.show_students),
    Route("/administration/schedule", schedule.show),
    Route("/administration/roles", people.show_roles),
    Route("/administration/retention", keeping.show_retention),
    Route("/administration/keys", keys_page.show),
    Route("/administration/storage", keeping.show_storage),
]
"""What stands above all exams."""

_ACCOUNT = [
    Route("/sign-in", sign_in.show),
    Route("/sign-in", sign_in.sign_in, methods=["POST"]),
    Route("/sign-out", sign_in.sign_out, methods=["POST"]),
    Route("/language", sign_in.choose_language, methods=["POST"]),
]
"""Who one is, and in which language one reads."""

_OWN = [
    Route("/my", own_page.show_all),
    Route("/my/{session}", own_page.show),
    Route("/my/{session}/statements", own_page.say, methods=["POST"]),
]
"""A student's own sessions."""

_EXAM = [
    Route("/exams/{exam}", board.show),
    Route("/exams/{exam}/rows", board.rows),
    Route("/exams/{exam}/events", board.events),
    Route("/exams/{exam}/sessions.csv", board.download),
    Route("/exams/{exam}/search", searching.search, methods=["POST"]),
    Route("/exams/{exam}/pictures", live_pictures.listed),
    Route("/exams/{exam}/pictures/{session}/{stream}", live_pictures.show),
    Route("/exams/{exam}/messages", messages.send_to_all, methods=["POST"]),
    Route("/exams/{exam}/details", exam_details.show),
    Route("/exams/{exam}/details", exam_details.save, methods=["POST"]),
    Route("/exams/{exam}/pause", live_help.pause_all, methods=["POST"]),
    Route("/exams/{exam}/continue", live_help.go_on_all, methods=["POST"]),
]
"""One exam: its board, its details, what is done for all who sit it."""

_MARKS = [
    Route("/exams/{exam}/marks", desk.show_exam),
    Route("/exams/{exam}/marks.csv", desk.download),
    Route("/sessions/{session}/marks", desk.show_work),
    Route("/sessions/{session}/marks/{question}", desk.give_mark, methods=["POST"]),
    Route("/sessions/{session}/files/{question}/{file}", handed_files.download),
    Route("/sessions/{session}/files/{question}/{file}/picture", handed_files.picture),
]
"""The teachers' desk."""

_SESSION = [
    Route("/sessions/{session}", session_page.show),
    Route("/sessions/{session}/live", session_page.live),
    Route("/sessions/{session}/flags/{flag}", judging.decide_flag, methods=["POST"]),
    Route("/sessions/{session}/verdict", judging.give_verdict, methods=["POST"]),
    Route("/sessions/{session}/protocol.pdf", protocol.download),
    Route("/sessions/{session}/reference", confirming.confirm_reference, methods=["POST"]),
    Route("/sessions/{session}/export", exports.download),
    Route("/sessions/{session}/exports", exports.ask, methods=["POST"]),
    Route("/sessions/{session}/exports/{request}", exports.decide, methods=["POST"]),
]
"""One session: its page and what people decide there."""

_LIVE = [
    Route("/sessions/{session}/pause", live_help.pause, methods=["POST"]),
    Route("/sessions/{session}/continue", live_help.go_on, methods=["POST"]),
    Route("/sessions/{session}/camera", live_help.to_camera, methods=["POST"]),
    Route("/sessions/{session}/break", break_help.decide, methods=["POST"]),
    Route("/sessions/{session}/end", live_help.end, methods=["POST"]),
    Route("/sessions/{session}/messages", messages.send, methods=["POST"]),
]
"""What a person does in a running exam."""

_MEDIA = [
    Route(f"{MEDIA}/index", media.index),
    Route(f"{MEDIA}/track", media.track),
    Route(f"{MEDIA}/reference", media.reference_picture),
    Route(f"{MEDIA}/check-in/{{number:int}}", media.check_in_picture),
    Route(f"{MEDIA}/found/{{finding}}/{{number:int}}", media.found_picture),
    Route(f"{MEDIA}/second-opinion/{{name}}", media.second_opinion_picture),
    Route(f"{MEDIA}/thumbs/{{stream}}/{{t:int}}", media.thumb),
    Route(f"{MEDIA}/{{stream}}/init-{{part:int}}", media.init),
    Route(f"{MEDIA}/{{stream}}/{{first:int}}-{{last:int}}", media.segment_range),
]
"""Opened on demand."""

_FILES = [
    Route("/watermark.svg", watermark.tile),
    Route("/static/fonts/{name}", assets.font),
    Route("/static/at/{version}/{name:path}", assets.own),
    Route("/static/{name:path}", assets.own),
]
"""The site's own files."""

ROUTES = [
    *_STAFF,
    *_ACCOUNT,
    *_OWN,
    *_EXAM,
    *_MARKS,
    *_SESSION,
    *_LIVE,
    *_MEDIA,
    *_FILES,
    *public.ROUTES,
    Route("/health", _health),
]
"""All of the site."""
