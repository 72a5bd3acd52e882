"""Why a person acts in a running exam: a prepared reason, which each student reads in the own language, or own words,
which go out as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from server.review.access import Denied
from server.review.actions import typed
from server.review.messages import MAX_MESSAGE, in_all
from server.review.phrases import REASONS
from server.review.site import Site, site_of
from server.settings import LANGUAGES


@dataclass(frozen=True)
class Reason:
    """``texts``: in every language, empty where none was given. ``prepared``: its name, "" for own words."""

    texts: Mapping[str, str] = field(hash=False)
    prepared: str = ""

    def in_sentence(self, site: Site, key: str) -> dict[str, str]:
        """The site's sentence ``key`` around the reason, in every language."""
        return {language: site.texts[language](key, reason=self.texts[language]) for language in LANGUAGES}

    def entry(self) -> dict[str, Any]:
        """For the audit chain. The message's own entry holds the text in every language."""
        text = self.texts.get(LANGUAGES[0], "")
        return {"reason": text, "prepared": self.prepared} if self.prepared else {"reason": text}


async def read_reason(request: Request, deed: str, *, needed: bool = True) -> Reason:
    """``prepared`` and ``reason`` of the form; what is typed takes the prepared one's place. Raises ``Denied`` (400)
    where none is given, or (also if not ``needed``) an unknown one, or own words without any."""
    form, site = await request.form(), site_of(request)
    name, own = str(form.get("prepared") or ""), typed(form.get("reason"), MAX_MESSAGE).rstrip(".")
    if own:
        return Reason(dict.fromkeys(LANGUAGES, own))
    if name in REASONS[deed]:
        return Reason(in_all(site, f"reason.{deed}.{name}"), name)
    if needed or name:
        raise Denied(400, "denied.deed_reason")
    return Reason({})
