"""What a report of a computer means, and what to tell its student: the sentences of the client's own check.

A test holds them to the client's catalogues. What fills them comes from a client and is hostile text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.review.texts import Texts

# Numbers, written with the language's own decimal sign.
_MEASURED = ("free_gb", "needed_gb", "kbit", "needed_kbit", "seconds")
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Advice:
    """``state``: failed or warning; ``item``, ``what``, ``remedy``: words in the reader's language."""

    state: str
    item: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Newer:
    """The pinned version, and an https address where it is or ""."""

    version: str
    where: str


def advice(t: Texts, items: list[Mapping[str, Any]]) -> list[Advice]:
    """For what failed, then for what is to be noted."""
    found = [_advice(t, item) for item in items if item["state"] != "ok"]
    return sorted(found, key=lambda one: one.state != "failed")


def _advice(t: Texts, item: Mapping[str, Any]) -> Advice:
    code = str(item["code"])
    known = "no_answer" if code.endswith("_no_answer") else code
    if not t.get(f"checked.{known}", ""):
        known = "other"
    values = {"code": code, **item["values"]}
    kind, _, number = str(item["item"]).partition("-")
    name = t.get(f"readiness.item.{kind}", kind)
    return Advice(
        str(item["state"]), f"{name} {number}" if number else name,
        _fill(t, f"checked.{known}", values), _fill(t, f"remedy.{known}", values),
    )  # fmt: skip


def _fill(t: Texts, key: str, values: Mapping[str, str]) -> str:
    """A value the client did not send stays an ellipsis: a report need not be whole to be shown."""

    def value(match: re.Match[str]) -> str:
        text = str(values.get(match[1], "…"))
        return text.replace(".", ",") if match[1] in _MEASURED and t.language != "en" else text

    return _NAME.sub(value, t.get(key, ""))


@dataclass(frozen=True)
class Whose:
    """Whom a text is about: a student, or a computer of ``room``."""

    name: str
    room: str = ""


def message(t: Texts, whose: Whose, report: Mapping[str, Any] | None, newer: Newer | None, help_line: str) -> str:
    """The whole text for a student, or for whoever keeps the room, ready to be sent by whatever the institution uses.
    ``newer``: if theirs is old."""

    def say(part: str, **values: str) -> str:
        return t(f"readiness.message.{'room.' if whose.room else ''}{part}", **values)

    lines, named = [], {"name": whose.name} | ({"room": whose.room} if whose.room else {})
    if report is None:
        lines.append(say("never", **named))
    else:
        found = advice(t, report["items"])
        if found:
            lines.append(say("ready" if report["ready"] else "not_ready", **named))
            lines += [f"– {one.item}: {one.what} {one.remedy}" for one in found]
        if newer is not None:
            lines += [] if found or not whose.room else [f"{whose.name} ({whose.room})"]
            lines.append(say("old", old=report["version"], new=newer.version))
            lines += [t("readiness.message.from", where=newer.where)] if newer.where else []
        if lines:
            lines.append(say("again"))
    if lines and help_line:
        lines.append(help_line)  # as the student's window shows it: a sentence of the institution's own
    return "\n".join(lines)
