"""What happens on the exam screen, by script time: the same seed gives the same events for ever.

A question takes ``CYCLE_S``: it appears, the passage is read and scrolled, an option is chosen, an answer is
typed (Kazakh and Russian in turn), there are long pauses for reading; in between another window comes to the
front, or a short video plays.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.recording.texts import ANSWERS

CYCLE_S = 90.0
VIDEO_FPS = 15
CARET_S = 0.53
FLASH_EVERY_S = 2.6  # no multiple of the recorder's rhythm, so that flashes fall anywhere between two looks
FLASH_S = 0.6
OPTIONS_TOP, OPTION_HEIGHT = 150, 34

Place = tuple[int, int]


@dataclass(frozen=True)
class Event:
    """Something that changes the picture at script time ``at`` (seconds)."""

    at: float
    kind: str
    value: int = 0
    text: str = ""
    place: Place = (0, 0)


def passage_language(number: int) -> str:
    """In which language question ``number`` is put."""
    return ("kk", "ru", "en")[number % 3]


def answer_language(number: int) -> str:
    """In which language it is answered."""
    return "kk" if number % 2 == 0 else "ru"


def exam(seed: int = 7) -> Iterator[Event]:
    """Events in time's order, without end."""
    source, pointer, number = random.Random(seed), (900, 600), 0
    while True:
        events, pointer = _question(source, number, pointer)
        yield from events
        number += 1


def still() -> Iterator[Event]:
    """A question that somebody reads for ever without moving a hand; not even the clock is shown."""
    yield Event(0.0, "question", 0)
    yield Event(0.1, "pointer", place=(1500, 980))


def flashes() -> Iterator[Event]:
    """A white square on a question, again and again."""
    yield from still()
    at = 1.0
    while True:
        yield Event(at, "flash", 1)
        yield Event(at + FLASH_S, "flash", 0)
        at += FLASH_EVERY_S


SCRIPTS = {"exam": exam, "still": still, "flashes": flashes}


def _question(source: random.Random, number: int, pointer: Place) -> tuple[list[Event], Place]:
    begin = number * CYCLE_S
    events = [Event(begin, "question", number)]
    events += [Event(begin + s, "clock", round(begin) + s) for s in range(round(CYCLE_S))]
    events += [Event(begin + k * CARET_S, "caret", k % 2) for k in range(int(CYCLE_S / CARET_S))]

    def move(at: float, seconds: float, to: Place) -> None:
        nonlocal pointer
        events.extend(_moves(begin + at, seconds, pointer, to))
        pointer = to

    move(0.3, 0.8, (source.randint(300, 900), source.randint(200, 900)))
    for burst in range(4):  # the wheel, a few notches at a time
        at = begin + 4 + burst * source.uniform(3.5, 4.5)
        events += [Event(at + n * 0.12, "scroll", 100) for n in range(source.randint(2, 5))]
    option = source.randint(0, 3)
    move(33.0, 1.2, (1060, OPTIONS_TOP + 15 + OPTION_HEIGHT * option))
    events.append(Event(begin + 34.5, "option", option))
    move(38.0, 0.9, (source.randint(1100, 1800), source.randint(320, 800)))
    events += _typing(source, begin + 40, begin + 62, answer_language(number))
    if number % 2 == 0:
        events.append(Event(begin + 72, "window", number + 1))
        move(73.0, 0.8, (source.randint(600, 1300), source.randint(300, 700)))
        events += [Event(begin + 75 + n * 0.4, "window-scroll", 60) for n in range(5)]
        events.append(Event(begin + 79, "window", 0))
    else:
        events += [Event(begin + 72 + n / VIDEO_FPS, "video", n + 1) for n in range(5 * VIDEO_FPS)]
        events.append(Event(begin + 77, "video", 0))
    for k in range(2):
        near = (pointer[0] + source.randint(-200, 200), pointer[1] + source.randint(-100, 100))
        move(81.0 + 3 * k, 0.6, (min(1900, max(5, near[0])), min(1060, max(5, near[1]))))
    return sorted(events, key=lambda event: event.at), pointer


def _moves(at: float, seconds: float, start: Place, end: Place) -> list[Event]:
    """The pointer's way, 30 places a second, slow at both ends."""
    steps, found = max(2, int(seconds * 30)), []
    for k in range(1, steps + 1):
        share = k / steps
        share = share * share * (3 - 2 * share)
        x, y = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
        found.append(Event(at + seconds * k / steps, "pointer", place=(x, y)))
    return found


def _typing(source: random.Random, at: float, until: float, language: str) -> list[Event]:
    text, found, k = ANSWERS[language], [], 0
    while at < until:
        found.append(Event(at, "key", text=text[k % len(text)]))
        k += 1
        at += source.uniform(0.09, 0.26)
        if text[(k - 1) % len(text)] != " ":
            continue
        if source.random() < 0.12:  # a slip, taken back and typed again
            found += [Event(at + n * 0.15, "key", text=letter) for n, letter in enumerate("ұы")]
            found += [Event(at + 0.7 + n * 0.15, "back") for n in range(2)]
            at += 1.2
        if source.random() < 0.10:
            at += source.uniform(1.0, 3.0)  # thinking
    return found
