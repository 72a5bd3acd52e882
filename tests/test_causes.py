"""Each cause a recorder can give for a gap is said in words: by the check, by the review site in three languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.engine.sink import word
from client.errors import CaptureError
from client.system import absences
from evidence.causes import WORDS, in_words
from evidence.coverage import UNEXPLAINED, UNFINISHED

ROOT = Path(__file__).resolve().parent.parent
SAID = re.compile(r"""(?:_leave\(|cause=|cause: str = |_cause = |return |"""
                  r"""_give_up\(job, )"([a-z][a-z_-]+)\"""")  # fmt: skip


def codes(kind: type[CaptureError]) -> Iterator[str]:
    yield kind.code
    for heir in kind.__subclasses__():
        yield from codes(heir)


def causes() -> set[str]:
    """As the ledger writes them."""
    files = ["client/spool/writer.py", *(f"client/capture/{name}lane.py" for name in ("", "picture_", "sound_"))]
    said = {found for file in files for found in SAID.findall((ROOT / file).read_text(encoding="utf-8"))}
    system = {absences.SUSPENDED, absences.AWAY, absences.LOCKED, absences.SAVER}
    no_gap = {"size", "scale", "quality", "devices_unreadable"}  # a joint without a gap; a list without a recording
    started = {"recorder-restarted", "resumed", UNEXPLAINED, UNFINISHED}
    return {word(cause) for cause in (said | system | started | set(codes(CaptureError))) - no_gap}


def test_causes_were_found() -> None:
    assert {"opening", "device", "stalled", "sound-stalled", "disk-full", "disk-stalled", "camera-lost"} <= causes()


def test_the_check_says_them() -> None:
    assert causes() - set(WORDS) == set()
    assert in_words("suspended") == "suspended (the computer slept)"
    assert in_words("of-another-program") == "of-another-program"


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_the_review_site_says_them(language: str) -> None:
    texts = json.loads((ROOT / f"server/review/texts/{language}.json").read_text(encoding="utf-8"))
    assert {cause for cause in causes() if f"cause.{cause}" not in texts} == set()


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_the_review_site_says_what_the_watch_tells(language: str) -> None:
    texts = json.loads((ROOT / f"server/review/texts/{language}.json").read_text(encoding="utf-8"))
    source = (ROOT / "client/system/watch.py").read_text(encoding="utf-8")
    told = set(re.findall(r'_tell\("([a-z-]+)"', source))
    signs = re.findall(r'^    \("\w+", [^,]+, "([a-z-]+)", "([a-z-]+)"\),$', source, re.MULTILINE)
    told |= {event for pair in signs for event in pair}
    assert len(told) == 12
    assert {event for event in told if f"event.{event}" not in texts} == set()
