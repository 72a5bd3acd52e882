"""How true the recorded screen is: each decoded frame against the picture the screen showed at its stamp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from PySide6.QtCore import QRect

from benchmarks.recording.drawing import HEIGHT, TEXT_PANELS, VIDEO, WIDTH
from benchmarks.recording.measures import (
    CHANGED,
    INK,
    Luma,
    Mask,
    likeness,
    pixels_of,
    psnr,
    read_letters,
    stale,
    text_lines,
    tile_errors,
    tiles_of,
)
from benchmarks.recording.replay import Replay, ScreenLog
from benchmarks.recording.script import CYCLE_S, answer_language, passage_language

SMALL_TILES = 8  # changes up to this size may be paced, larger ones are due at the next look
BIG_TILES = 100  # of 576: scrolling, another question, another window
SETTLED_NS = 900_000_000
LEAST_INK = 200  # pixels: two or three letters
POINTER_NS = 250_000_000
POINTER_BOX = (16, 16, 40, 40)  # left, above, right, below its tip
OCR_PICTURES = 6
TESSERACT = {"kk": "kaz", "ru": "rus", "en": "eng"}
OCR_EVERY_NS = 8_000_000_000


def _tiles(place: QRect) -> Mask:
    return tiles_of([(place.left() + 2, place.top() + 2, place.right() - 2, place.bottom() - 2)], (HEIGHT, WIDTH))


_PANEL_TILES = {name: _tiles(panel) for name, panel in TEXT_PANELS.items()}
_VIDEO_TILES = _tiles(VIDEO)


@dataclass
class ScreenQuality:
    """Sums over a recording. PSNR values in dB, one per frame and panel of text: ``settled`` without a big change
    for a while, ``motion`` at a big change, ``moved`` of these only the panels that changed; ``errors_ms``: how
    far a stamp lies outside the time in which the screen showed that picture; ``missed``: looks at which a large
    change was there and not recorded."""

    settled: list[float] = field(default_factory=list)
    motion: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    changed_tiles: int = 0
    stale_tiles: int = 0
    errors_ms: list[float] = field(default_factory=list)
    frames: int = 0
    missed: int = 0
    readings: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class _Shown:
    t_ns: int
    step: int
    truth: Luma


class Judge:
    """Feed decoded frames in order; ``quality`` holds what was found."""

    def __init__(self, log: ScreenLog, script: str, slot_ms: float = 100.0) -> None:
        self._log, self._replay = log, Replay(log, script)
        self._slot_ns = round(slot_ms * 1e6)
        self._last: _Shown | None = None
        self._big_ns = 0
        self._read_ns = 0
        self._pairs: list[tuple[int, Luma, Luma]] = []
        self.quality = ScreenQuality()

    def feed(self, frames: Iterable[tuple[int, Luma]], begin_ns: int, end_ns: int) -> None:
        """``frames``: (raw ns, brightness); those outside begin..end are only looked past."""
        for t_ns, shown in frames:
            if t_ns >= end_ns:
                return
            if t_ns >= begin_ns and shown.shape == (HEIGHT, WIDTH):
                self._frame(t_ns, shown)

    def _frame(self, t_ns: int, shown: Luma) -> None:
        near = self._near_pointer(t_ns)
        step, truth = self._truth(t_ns, shown, near)
        quality, last = self.quality, self._last
        quality.frames += 1
        if last is not None:
            changed, late = stale(last.truth, truth, shown, self._not_counted(near, last.step, step))
            quality.changed_tiles += changed
            quality.stale_tiles += late
            quality.missed += self._missed(last, t_ns, step)
            if changed > BIG_TILES:
                self._big_ns = t_ns
                quality.motion += _text_psnr(truth, shown, near)
                quality.moved += _text_psnr(truth, shown, near, tile_errors(last.truth, truth) > CHANGED)
            elif t_ns - self._big_ns > SETTLED_NS:
                quality.settled += _text_psnr(truth, shown, near)
                self._keep_for_reading(t_ns, truth, shown)
        self._last = _Shown(t_ns, step, truth)

    def _truth(self, t_ns: int, shown: Luma, near: Mask) -> tuple[int, Luma]:
        """The step that was on the screen at the stamp; of several within its slack the likest. Where they look
        alike (the pointer alone moved), the one that fits the stamp best."""
        first = self._last.step if self._last is not None else 0
        steps = [step for step in self._replay.candidates(t_ns) if step >= first] or [first]
        pictures = [(step, self._replay.luma(step)) for step in steps]
        unlike = [float(tile_errors(picture, shown)[~near].sum()) for _, picture in pictures]
        alike = [found for found, error in zip(pictures, unlike, strict=True) if error <= 1.01 * min(unlike)]
        best = min(alike, key=lambda found: self._outside_ms(t_ns, found[0]))
        self.quality.errors_ms.append(self._outside_ms(t_ns, best[0]))
        return best

    def _outside_ms(self, t_ns: int, step: int) -> float:
        """How far the stamp lies outside the time in which this step was shown."""
        steps = self._log.steps
        early = steps[step].before - t_ns
        late = t_ns - steps[step + 1].after if step + 1 < len(steps) else 0
        return max(0, early, late) / 1e6

    def _near_pointer(self, t_ns: int) -> Mask:
        """Tiles the pointer may have been in; it is recorded, but no part of the replay."""
        first, last = self._replay.candidates(t_ns, POINTER_NS)[0], self._replay.candidates(t_ns, POINTER_NS)[-1]
        since = self._last.step if self._last is not None else first
        left, above, right, below = POINTER_BOX
        places = {self._log.steps[k].pointer for k in range(max(0, min(first, since)), last + 1)}
        return tiles_of([(x - left, y - above, x + right, y + below) for x, y in places], (HEIGHT, WIDTH))

    def _not_counted(self, near: Mask, first: int, last: int) -> Mask:
        """Tiles that can not be stale: the pointer's, and a playing video's. Its grain is new in each picture and
        smoothed by every encoder, so that nearer to before or to now says nothing."""
        return near | _VIDEO_TILES if any(self._replay.playing[first : last + 1]) else near

    def _missed(self, last: _Shown, t_ns: int, step: int) -> int:
        """Looks between two frames at which a large change was there and no frame was made of it."""
        for number in range(last.step + 1, step + 1):
            if self._replay.changed[number] > SMALL_TILES:
                waited = t_ns - self._log.steps[number].after
                return max(0, int(waited / self._slot_ns - 0.5))
        return 0

    def _keep_for_reading(self, t_ns: int, truth: Luma, shown: Luma) -> None:
        if t_ns - self._read_ns > OCR_EVERY_NS:
            self._read_ns = t_ns
            number = int((t_ns - self._log.steps[0].before) / 1e9 / CYCLE_S)
            self._pairs.append((number, truth, shown.copy()))

    def read(self) -> list[float]:
        """Likeness of what can be read in the recording and on the true screen, for some pictures spread over the
        recording. Raises ``FileNotFoundError`` without tesseract."""
        every = max(1, -(-len(self._pairs) // OCR_PICTURES))
        for number, truth, shown in self._pairs[::every]:
            for name, language in (("passage", passage_language(number)), ("answer", answer_language(number))):
                true, recorded = truth[_area(name)], shown[_area(name)]
                lines = text_lines(true)
                if lines:
                    one, other = (read_letters(panel, lines, TESSERACT[language]) for panel in (true, recorded))
                    self.quality.readings.append(likeness(one, other))
        return self.quality.readings


def _text_psnr(truth: Luma, shown: Luma, near: Mask, changed: Mask | None = None) -> list[float]:
    """Of each panel that holds letters (empty paper would flatter), and in which something changed if ``changed`` is
    given; without the pointer's tiles ``near`` and the video."""
    keep, found = pixels_of(~near & ~_VIDEO_TILES, (HEIGHT, WIDTH)), []
    for name in ("passage", "answer"):
        area = _area(name)
        letters = (truth[area] < INK) & keep[area]
        moved = changed is None or (changed & _PANEL_TILES[name]).sum() > SMALL_TILES
        if moved and letters.sum() > LEAST_INK:
            found.append(psnr(truth[area], shown[area], keep[area]))
    return found


def _area(name: str) -> tuple[slice, slice]:
    panel = TEXT_PANELS[name].adjusted(2, 2, -2, -2)  # without the frame's line
    return np.s_[panel.top() : panel.bottom() + 1, panel.left() : panel.right() + 1]


def camera_quality(
    frames: Iterable[tuple[int, Luma]],
    sent: Sequence[tuple[int, int]],
    truths: Sequence[Luma],
    begin_ns: int,
    end_ns: int,
) -> tuple[list[float], int]:
    """(PSNR in dB of each recorded picture against the camera's picture before its noise, how many were recorded).

    A recorded picture is the last one sent before its stamp; of the last two the likest is taken, because
    reading takes some milliseconds. One that the recorder made smaller, because the computer was too busy, is
    enlarged.
    """
    import bisect

    times = [t for t, _ in sent]
    found, recorded = [], 0
    for t_ns, shown in frames:
        if not begin_ns <= t_ns < end_ns:
            continue
        recorded += 1
        k, whole = bisect.bisect_right(times, t_ns) - 1, _enlarged(shown, truths[0])
        found.append(max(psnr(truths[sent[j][1]], whole) for j in (k, k - 1) if j >= 0))
    return found, recorded


def _enlarged(shown: Luma, like: Luma) -> Luma:
    if shown.shape == like.shape:
        return shown
    size = (like.shape[1], like.shape[0])
    return cv2.resize(shown, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)
