"""Which encoder this computer can carry: a short trial before the exam, and the rule that reads its result.

The trial encodes a piece of an exam-like page (a quarter of the screen's area) with one candidate after the
other: the page itself, the same page scrolled, single letters typed. It begins with the usual preset and only
goes on to a better or a lighter one if the first is much too easy or too hard, so that it mostly takes about
half a second. Times are of the wall clock: whatever else keeps the computer busy then does so in the exam.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from client.capture.encode import BREATH_S, EncoderFailed, has_encoder, screen_recipe
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.settings import CaptureSettings
from client.capture.source import Pixels

_LIMITS_KEY_MS, _LIMITS_BIG_MS, _LIMIT_LOAD = 3000.0, 100.0, 0.16
_EASY_LOAD, _FINE_LOAD = 0.025, 0.05
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz0123456789=+()")
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_SCROLLS, _LETTERS_TYPED = 3, 4
_SCROLL_PX = 100


@dataclass(frozen=True)
class Candidate:
    """A way to encode screens, named as the ledger names it."""

    name: str
    codec: str
    preset: int

    def settings(self, base: CaptureSettings) -> CaptureSettings:
        """``base`` with this way to encode."""
        return replace(base, video_codec=self.codec, screen_preset=self.preset)


FINE = Candidate("av1-8", "av1", 8)
USUAL = Candidate("av1-10", "av1", 10)
LIGHT = Candidate("av1-12", "av1", 12)
OTHER = Candidate("vp9", "vp9", 10)


@dataclass(frozen=True)
class Speed:
    """Milliseconds for one picture of all screens together: a key picture, a scrolled page, a typed letter."""

    key_ms: float
    big_ms: float
    small_ms: float

    @property
    def load(self) -> float:
        """Share of a core in an ordinary minute: two small changes and half a big one a second, a key in 75 s."""
        return (2 * self.small_ms + 0.5 * self.big_ms + self.key_ms / 75) / 1000

    @property
    def keeps_up(self) -> bool:
        """A scrolled page is done before the next look, a key picture holds nothing up for long, and most of the
        processor is left to the exam."""
        return self.key_ms <= _LIMITS_KEY_MS and self.big_ms <= _LIMITS_BIG_MS and self.load <= _LIMIT_LOAD


def next_try(found: Mapping[Candidate, Speed | None]) -> Candidate | None:
    """What to try next, None when ``choose`` can tell. A candidate that did not work has the speed None."""
    if USUAL not in found:
        return USUAL
    usual = found[USUAL]
    if usual is not None and usual.keeps_up:
        return FINE if usual.load <= _EASY_LOAD and FINE not in found else None
    for lighter in (LIGHT, OTHER):
        if lighter not in found:
            return lighter
        speed = found[lighter]
        if speed is not None and speed.keeps_up:
            return None
    return None


def choose(found: Mapping[Candidate, Speed | None]) -> Candidate:
    """The best that costs little (the fine one), else the best that keeps up, else what costs least.

    Nothing was measured, or nothing worked: the usual one, whose failure the recording itself will mend.
    """
    speeds = {candidate: speed for candidate, speed in found.items() if speed is not None}
    fine = speeds.get(FINE)
    if fine is not None and fine.keeps_up and fine.load <= _FINE_LOAD:
        return FINE
    for candidate in (USUAL, LIGHT, OTHER):
        if candidate in speeds and speeds[candidate].keeps_up:
            return candidate
    return min(speeds, key=lambda candidate: speeds[candidate].load, default=USUAL)


@dataclass(frozen=True)
class Outcome:
    """``found``: what was measured; ``chosen`` follows from it."""

    chosen: Candidate
    found: Mapping[Candidate, Speed | None]

    def told(self) -> dict[str, object]:
        """For the ledger: codec, preset, and milliseconds (key, big, small) by candidate; null: did not work."""
        measured = {
            c.name: None if s is None else [round(ms, 1) for ms in (s.key_ms, s.big_ms, s.small_ms)]
            for c, s in self.found.items()
        }
        preset = self.chosen.preset if self.chosen.codec == "av1" else None
        return {"codec": self.chosen.codec, "preset": preset, "ms": measured}


def run_trial(
    base: CaptureSettings, width: int, height: int, pixels: int, now_ns: Callable[[], int], stop: Callable[[], bool]
) -> Outcome | None:
    """Try candidates on a screen of ``width`` x ``height``; ``pixels``: of all screens, to which times are scaled.

    None if ``stop`` said so before it was done. Takes no notice of candidates that fail.
    """
    found: dict[Candidate, Speed | None] = {}
    if base.video_codec != "av1" or not has_encoder("libsvtav1"):
        return Outcome(OTHER, found)  # decided already
    piece = (max(320, width // 2) & ~1, max(240, height // 2) & ~1)
    scale = pixels / (piece[0] * piece[1])
    pictures = list(page_pictures(*piece))
    while (candidate := next_try(found)) is not None:
        try:
            found[candidate] = _measure(candidate.settings(base), pictures, scale, now_ns, stop)
        except EncoderFailed:
            found[candidate] = None
        if stop():
            return None
    return Outcome(choose(found), found)


def _measure(
    settings: CaptureSettings,
    pictures: list[tuple[str, Pixels]],
    scale: float,
    now_ns: Callable[[], int],
    stop: Callable[[], bool],
) -> Speed:
    """The least time of each kind of picture: what other programs took away in between is not the encoder's, nor is
    the pause before each."""
    height, width = pictures[0][1].shape[0] * 2 // 3, pictures[0][1].shape[1]
    encoder = GuardedEncoder(screen_recipe(settings), width, height, settings.screen_rate, "trial")
    least: dict[str, float] = {}
    try:
        for number, (kind, yuv) in enumerate(pictures):
            if stop():
                break
            begun = now_ns()
            encoder.encode(yuv, number * 9000, key=number == 0)
            ms = max(0.01, (now_ns() - begun) / 1e6 - 1000 * BREATH_S) * scale
            least[kind] = min(ms, least.get(kind, ms))
    finally:
        encoder.finish()
    return Speed(least.get("key", 0.0), least.get("big", 0.0), least.get("small", 0.0))


def page_pictures(width: int, height: int) -> Iterator[tuple[str, Pixels]]:
    """(kind, I420 picture): a page of text beside an empty field, the text scrolled, letters typed into the field."""
    text = _page(width // 2, height + _SCROLLS * _SCROLL_PX)
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    yuv[:height] = 235
    for k in range(_SCROLLS + 1):
        yuv = yuv.copy()
        yuv[:height, : width // 2] = text[k * _SCROLL_PX : k * _SCROLL_PX + height]
        yield ("big" if k else "key"), yuv
    for k in range(_LETTERS_TYPED):
        yuv = yuv.copy()
        _write(yuv[:height], _LETTERS[k], width // 2 + 20 + 9 * k, height // 3, 20)
        yield "small", yuv


def _page(width: int, height: int) -> Pixels:
    """Grey lines of words of a small size, the same in every trial."""
    random = np.random.default_rng(7)
    page = np.full((height, width), 235, np.uint8)
    y = 18
    while y < height:
        x = 8
        while x < width - 60:
            word = "".join(random.choice(_LETTERS, random.integers(2, 10)))
            _write(page, word, x, y, int(random.integers(16, 60)))
            x += len(word) * 8 + 9
        y += 17 if random.random() > 0.1 else 40
    return page


def _write(page: Pixels, word: str, x: int, y: int, grey: int) -> None:
    cv2.putText(page, word, (x, y), _FONT, 0.42, (grey,), 1, cv2.LINE_AA)
