"""Sign in, sign out, choose the language."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import accounts, audit
from server.review.access import (
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    check_form,
    language_of,
    person_of,
    set_cookie,
)
from server.review.pages import render
from server.review.roles import RIGHTS
from server.review.site import site_of
from server.settings import LANGUAGES

LANGUAGE_SECONDS = 365 * 24 * 3600


async def show(request: Request) -> Response:
    if await person_of(request) is not None:
        return RedirectResponse(local_path(request.query_params.get("next", "")), status_code=303)
    return _page(request, 200, "", "")


async def sign_in(request: Request) -> Response:
    """Cookie and redirect, or the form again with one sentence. A wrong login and a wrong password look the same."""
    form = await check_form(request)
    site = site_of(request)
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
    account = user

    def issue(connection: Connection) -> str:
        now = site.now()
        audit.append(connection, at=now, who=account["login"], action="sign-in", subject="review")
        return accounts.issue_token(
            connection, user=account["id"], kind=accounts.REVIEW, now=now, hours=site.settings.token_hours
        )

    token = await site.database.write_async(issue)
    response = RedirectResponse(local_path(str(form.get("next", ""))), status_code=303)
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
