"""Sign in, sign out, choose the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select, update
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import accounts, audit
from server.review import lists
from server.review.access import (
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    check_form,
    language_of,
    person_of,
    set_cookie,
)
from server.review.pages import render
from server.review.roles import RIGHTS, May
from server.review.site import Site, site_of
from server.schema import codes, sessions, users
from server.settings import LANGUAGES

LANGUAGE_SECONDS = 365 * 24 * 3600


async def home(request: Request) -> Response:
    """The first page of the role."""
    person = await person_of(request)
    if person is None:
        return RedirectResponse("/sign-in?next=/", status_code=303)
    if person.may(May.OWN):
        return RedirectResponse("/my", status_code=303)
    return await lists.show_exams(request)


async def show(request: Request) -> Response:
    if await person_of(request) is not None:
        return RedirectResponse(local_path(request.query_params.get("next", "")), status_code=303)
    return _page(request, 200, "", "")


async def sign_in(request: Request) -> Response:
    """Cookie and redirect, or the form again with one sentence. A wrong login and a wrong password look the same."""
    form = await check_form(request)
    site = site_of(request)
    if code := str(form.get("code", "")).strip()[:60]:
        return await _by_code(request, code)
    login = str(form.get("login", "")).strip().lower()[:120]
    password = str(form.get("password", ""))[:1000]
    address = request.client.host if request.client else ""
    if site.tries.blocked(login, address):
        response = _page(request, 429, login, "sign_in.too_many")
        response.headers["retry-after"] = str(site.tries.wait_seconds)
        return response
    user = await site.database.read_async(lambda connection: accounts.find_user(connection, login))
    fits = await run_in_threadpool(accounts.password_fits, user["password_hash"] if user else None, password)
    if user is None or not fits:
        site.tries.failed(login, address)
        return _page(request, 401, login, "sign_in.wrong")
    if user["role"] not in RIGHTS:
        return _page(request, 403, login, "sign_in.role")
    account = dict(user)
    token = await site.database.write_async(lambda connection: _issue(site, connection, account))
    return _entered(site, token, str(form.get("next", "")))


async def _by_code(request: Request, code: str) -> Response:
    """For students without a password. A code that is still needed to begin an exam is not spent here."""
    site = site_of(request)
    address = request.client.host if request.client else ""
    counted_as = f"code from {address}"
    if site.tries.blocked(counted_as, address):
        return _page(request, 429, "", "sign_in.too_many")

    def work(connection: Connection) -> tuple[str, str]:
        row = (
            connection.execute(select(codes).where(codes.c.code_hash == accounts.code_digest(code))).mappings().first()
        )
        if row is None or row["used_at"] is not None or row["expires_at"] <= site.now():
            return "", "sign_in.code_wrong"
        begun = select(sessions.c.state).where(sessions.c.seat == row["seat"])
        if row["seat"] is not None and connection.execute(begun).scalar() not in ("handed_in", "closed"):
            return "", "sign_in.code_exam"
        student = select(users).where(users.c.id == row["student"], users.c.disabled_at.is_(None))
        account = connection.execute(student).mappings().first()
        if account is None:
            return "", "sign_in.code_wrong"
        connection.execute(update(codes).where(codes.c.code_hash == row["code_hash"]).values(used_at=site.now()))
        return _issue(site, connection, dict(account)), ""

    token, problem = await site.database.write_async(work)
    if problem:
        site.tries.failed(counted_as, address)
        return _page(request, 401, "", problem)
    return _entered(site, token, "/my")


def _issue(site: Site, connection: Connection, account: Mapping[str, Any]) -> str:
    now = site.now()
    audit.append(connection, at=now, who=account["login"], action="sign-in", subject="review")
    return accounts.issue_token(
        connection, user=account["id"], kind=accounts.REVIEW, now=now, hours=site.settings.token_hours
    )


def _entered(site: Site, token: str, following: str) -> Response:
    response = RedirectResponse(local_path(following), status_code=303)
    set_cookie(site, response, SESSION_COOKIE, token)
    return response


async def sign_out(request: Request) -> Response:
    await check_form(request)
    site = site_of(request)
    token = request.cookies.get(SESSION_COOKIE, "")
    await site.database.write_async(lambda connection: accounts.revoke_token(connection, token, site.now()))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict", secure=site.secure_cookies)
    return response


async def choose_language(request: Request) -> Response:
    form = await check_form(request)
    language = str(form.get("language", ""))
    response = RedirectResponse(local_path(str(form.get("next", ""))), status_code=303)
    if language in LANGUAGES:
        set_cookie(site_of(request), response, LANGUAGE_COOKIE, language, seconds=LANGUAGE_SECONDS)
    return response


def local_path(text: str) -> str:
    """A path of this site, or the first page: a redirect never leads elsewhere."""
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return "/"
    return text


def _page(request: Request, status: int, login: str, problem: str) -> Response:
    following = local_path(request.query_params.get("next", ""))
    return render(
        request, "sign_in.html", status, login=login, problem=problem, next=following, language=language_of(request)
    )
