"""What a sealed finding of the watching says, for the page alone: numbers, names, small pictures. All of it hostile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from server.review.contents import Contents
from server.watching import RATES, Rate

MOST_TEXT = 240  # several windows of one incident
MOST_PICTURES = 4
MOST_PICTURE_BYTES = 60_000
DETAILS = {
    "another_window": ("app", "title"), "camera_changed": ("name",), "camera_virtual": ("name",),
    "clipboard": ("letters",), "long_paste": ("letters",), "answers_jump": ("answers",),
    "camera_replayed": ("seconds_ago",), "still_face": ("seconds",), "virtual_machine": ("evidence",),
    "remote_desktop": ("evidence",), "screen_sharing": ("evidence",),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Of one incident, all its tellings together. ``values`` fill the sentence ``flag.detail.<rule>``; empty: none is
    said. ``rate``: what was measured of the rule, if it was."""

    values: Mapping[str, str]
    pictures: tuple[bytes, ...]
    rate: Rate | None


def key_of(rule: str, content: Mapping[str, object], finding: str) -> str:
    """Tellings of one incident have one key."""
    incident = content.get("incident")
    return f"{rule}/{incident}" if isinstance(incident, int) else finding


def found_of(contents: Contents) -> dict[str, Found]:
    """By the id of each finding that tells of the watching."""
    tellings: dict[str, list[tuple[str, Mapping[str, object]]]] = {}
    for finding in contents.findings:
        if finding.kind == "watching":
            rule = str(finding.content.get("kind") or "")[:40]
            tellings.setdefault(key_of(rule, finding.content, finding.id), []).append((finding.id, finding.content))
    result: dict[str, Found] = {}
    for told in tellings.values():
        found = _together([content for _, content in told])
        result |= dict.fromkeys((identifier for identifier, _ in told), found)
    return result


def _together(tellings: list[Mapping[str, object]]) -> Found:
    rule = str(tellings[0].get("kind") or "")[:40]
    values: dict[str, str] = {}
    pictures: list[bytes] = []
    for content in tellings:
        said = content.get("values")
        for name in DETAILS.get(rule, ()):
            value = said.get(name) if isinstance(said, Mapping) else None
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                values[name] = _text(value)
        shown = content.get("pictures")
        pictures += [p for p in map(_jpeg, shown[:MOST_PICTURES]) if p] if isinstance(shown, list) else []
    whole = values if set(values) == set(DETAILS.get(rule, ())) else {}
    return Found(whole, tuple(pictures[:MOST_PICTURES]), RATES.get(rule))


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return "".join(c for c in value if c.isprintable())[:MOST_TEXT]
    return f"{value:g}" if abs(value) < 1e9 else ""


def _jpeg(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 2 * MOST_PICTURE_BYTES:
        return b""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if data[:3] == b"\xff\xd8\xff" else b""
