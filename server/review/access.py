"""Sign-in state of a request: who asks, in which language, with which form token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import accounts
from server.review.roles import RIGHTS, May, allowed
from server.review.site import Site, site_of
from server.settings import LANGUAGES

SESSION_COOKIE = "senim_review"
FORM_COOKIE = "senim_form"
LANGUAGE_COOKIE = "senim_language"
MAX_FORM_BYTES = 64 * 1024


@dataclass(frozen=True)
class Person:
    id: str
    login: str
    name: str
    role: str

    def may(self, right: May) -> bool:
        return allowed(self.role, right)


class Denied(Exception):
    """The request is answered with ``status`` and the page text ``key``."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


Handler = Callable[[Request], Awaitable[Response]]


async def person_of(request: Request) -> Person | None:
    """The signed-in account behind the cookie, if its role may use this site."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    site = site_of(request)
    row = await site.database.read_async(
        lambda connection: accounts.user_of(connection, token, kind=accounts.REVIEW, now=site.now())
    )
    if row is None or row["role"] not in RIGHTS:
        return None
    return Person(row["id"], row["login"], row["name"], row["role"])


def needs(right: May) -> Callable[[Handler], Handler]:
    """Only for signed-in people with ``right``. A changing request must carry the form token as well."""

    def wrap(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request) -> Response:
            person = await person_of(request)
            if person is None:
                if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                    return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", status_code=303)
                raise Denied(401, "denied.signed_out")
            request.state.person = person
            if not person.may(right):
                raise Denied(403, "denied.role")
            if request.method not in ("GET", "HEAD"):
                await check_form(request)
            return await handler(request)

        return guarded

    return wrap


async def check_form(request: Request) -> FormData:
    """The posted form, its token checked. Raises ``Denied``."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MAX_FORM_BYTES:
        raise Denied(413, "denied.form")
    form = await request.form(max_files=0, max_fields=20)
    sent = str(form.get("form_token", ""))
    if not hmac.compare_digest(sent.encode(), form_token(request).encode()) or not sent:
        raise Denied(403, "denied.form")
    return form


def form_token(request: Request) -> str:
    """Bound to the session cookie; before sign-in, to a random cookie of its own."""
    secret = request.cookies.get(SESSION_COOKIE) or request.cookies.get(FORM_COOKIE) or ""
    return hashlib.sha256(f"senim/form/v1\n{secret}".encode()).hexdigest() if secret else ""


def new_form_cookie() -> str:
    return secrets.token_urlsafe(24)


def language_of(request: Request) -> str:
    """The chosen language, else the first of the browser's that we speak, else Kazakh."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    for entry in request.headers.get("accept-language", "").split(","):
        tag = entry.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]


def set_cookie(site: Site, response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="strict", secure=site.secure_cookies
    )
