"""Rendering: one Jinja environment, everything escaped, texts in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from server.review.access import FORM_COOKIE, Person, form_token, language_of, new_form_cookie, set_cookie
from server.review.menu import ADMIN_PAGES
from server.review.roles import May
from server.review.site import site_of
from server.review.texts import NAMES, ZONE_NAME, Texts
from server.watching import RULES

_ICON_NAME = re.compile(r"[a-z0-9-]{1,40}")


class Pages:
    def __init__(self, packages: Path) -> None:
        self._packages = packages
        self._icons: dict[str, Markup] = {}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"icon": self.icon, "symbol": self.symbol, "use": self.use}
        self._environment.globals["watching_rules"] = RULES

    def icon(self, name: str) -> Markup:
        """A drawing of the icon package, inline; decoration only, the word stands beside it."""
        if name not in self._icons:
            if not _ICON_NAME.fullmatch(name):
                raise ValueError(f"not an icon name: {name!r}")
            raw = (self._packages / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
            body = raw[raw.index(">", raw.index("<svg")) + 1 : raw.rindex("</svg>")]
            paths = " ".join(body.split())
            self._icons[name] = Markup(  # noqa: S704 - from the pinned package, not from a person
                f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{paths}</svg>'
            )
        return self._icons[name]

    def symbol(self, name: str) -> Markup:
        """The drawing once, for pages that show it hundreds of times with ``use``."""
        drawing = self.icon(name)
        inner = drawing[drawing.index(">") + 1 : -len("</svg>")]
        return Markup(f'<symbol id="icon-{name}" viewBox="0 0 24 24">{inner}</symbol>')  # noqa: S704 - as in icon

    def use(self, name: str) -> Markup:
        """``icon`` by reference to a ``symbol`` of the page."""
        if not _ICON_NAME.fullmatch(name):
            raise ValueError(f"not an icon name: {name!r}")
        return Markup(  # noqa: S704 - the name holds letters and dashes only
            f'<svg class="icon" aria-hidden="true" focusable="false"><use href="#icon-{name}"/></svg>'
        )

    def render(self, name: str, context: dict[str, Any]) -> str:
        return self._environment.get_template(name).render(context)


def render(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page with what every page needs. Sets the form cookie for people who are not signed in."""
    site = site_of(request)
    person: Person | None = getattr(request.state, "person", None)
    text = site.texts[language_of(request)]
    token = form_token(request)
    fresh = ""
    if not token:
        fresh = new_form_cookie()
        request.cookies[FORM_COOKIE] = fresh
        token = form_token(request)
    context = {
        "t": text, "person": person, "form_token": token, "languages": NAMES, "zone": ZONE_NAME, "May": May,
        "institution": site.settings.name, "here": request.url.path, "version": site.started,
        "admin_pages": ADMIN_PAGES, **values,
    }  # fmt: skip
    pages = request.app.state.pages
    assert isinstance(pages, Pages)
    response = HTMLResponse(pages.render(name, context), status_code=status)
    if fresh:
        set_cookie(site, response, FORM_COOKIE, fresh)
    return response


def texts_of(request: Request) -> Texts:
    return site_of(request).texts[language_of(request)]
