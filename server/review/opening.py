"""Whether one segment holds what its ledger line says. Only what passes here counts as opened coverage."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from server.review.fmp4 import MediaError, read_fragment, read_init
from server.review.recording import Recording
from server.review.vault import NoSeatKey, OpeningProblem, Vault, check_init, json_lines

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """``problem`` "" = opened and as listed. ``rows``: the lines of a data stream, else empty."""

    problem: str
    frames: int = 0
    rows: tuple[dict[str, Any], ...] = ()


def check(vault: Vault, recording: Recording, *, session: str, seat: str, stream: str, index: int) -> Outcome:
    """Opens one segment and compares it with its line. Raises only ``NoSeatKey``: that is the institution's fault."""
    try:
        return _check(vault, recording, session=session, seat=seat, stream=stream, index=index)
    except OpeningProblem as problem:
        return Outcome(problem.code)
    except MediaError as error:
        log.info("session %s %s/%s: %s", session, stream, index, error)
        return Outcome("not_media")
    except NoSeatKey:
        raise
    except Exception:
        log.exception("session %s %s/%s could not be checked", session, stream, index)
        return Outcome("unexpected")


def _check(vault: Vault, recording: Recording, *, session: str, seat: str, stream: str, index: int) -> Outcome:
    line = recording.streams[stream].segments[index]
    opened = vault.open(session, seat, recording, stream, index)
    if recording.streams[stream].kind == "data":
        rows = json_lines(opened.body)
        return Outcome("", len(rows), tuple(rows))
    if opened.init:
        check_init(recording, stream, line["part"], opened.init)
        init = opened.init
    else:
        init = vault.init(session, seat, recording, stream, line["part"])
    defaults = read_init(init)
    if defaults.timescale != recording.streams[stream].parts[line["part"]].timescale:
        raise OpeningProblem("times_differ", "another timescale")
    fragment = read_fragment(opened.body, defaults)
    if fragment.samples != line["frames"]:
        raise OpeningProblem("frames_differ", f"{fragment.samples} instead of {line['frames']}")
    if (fragment.pts0, fragment.pts1) != (line["pts0"], line["pts1"]):
        raise OpeningProblem("times_differ", f"{fragment.pts0}-{fragment.pts1}")
    if recording.streams[stream].kind == "video" and tuple(line["keys"]) != fragment.keys:
        raise OpeningProblem("times_differ", "key frames elsewhere")
    return Outcome("", fragment.samples)
