"""Voices against the noises of a room, and speech with and without lips."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.watching.sounds import _noise, _spoken
from client.verify.rules import Finding
from client.verify.speech import Hearsay, voiced
from client.verify.watching import Watcher
from faces.detect import Face, Picture
from faces.pose import Pose

RATE, BLOCK, BLOCK_MS = 48_000, 11_520, 240
Sound = npt.NDArray[np.int16]
RNG = np.random.default_rng(4)
POINTS = np.zeros((478, 3), np.float32)
SENTENCES = {"en": "The second question asks for the mean and the median.",
             "ru": "Во втором вопросе надо найти среднее и медиану.",
             "kk": "Екінші сұрақта орташа мәнді табу керек."}  # fmt: skip


def in_a_room(sound: npt.NDArray[np.float32]) -> Sound:
    return np.asarray(np.clip(sound + RNG.normal(0, 30, len(sound)), -32768, 32767), dtype=np.int16)


@pytest.mark.parametrize("language", sorted(SENTENCES))
@pytest.mark.parametrize("loud", [1.0, 0.2])
def test_sentences_are_voiced(language: str, loud: float) -> None:
    assert voiced(in_a_room(_spoken(language, 150, SENTENCES[language]) * loud)) > 0.3


@pytest.mark.parametrize("what", ["typing", "cough", "rustle", "fan", "door"])
def test_the_noises_of_working_are_not(what: str) -> None:
    assert voiced(in_a_room(_noise(what, 8 * RATE, np.random.default_rng(2)))) < 0.05


def test_silence_nothing_and_clipping() -> None:
    assert voiced(np.zeros(RATE, np.int16)) == 0.0
    assert voiced(np.zeros(10, np.int16)) == 0.0
    assert voiced(np.full(RATE, 32767, np.int16)) == 0.0


def test_the_share_is_of_the_last_seconds() -> None:
    heard = Hearsay(3000)
    assert heard.share(0) == 0.0
    speech = in_a_room(_spoken("en", 150, SENTENCES["en"]))
    heard.feed(speech[:BLOCK], 0)
    assert heard.share(240) > 0.1
    assert heard.share(10_000) == 0.0


def sit(lips: bool | None, seconds: float = 8, off: tuple[str, ...] = ()) -> list[Finding]:
    """Four seconds of quiet, a voice, and quiet again; ``lips`` None: nobody in the picture."""
    watcher, found = Watcher(off=("nobody", "camera_replayed", *off)), []
    voice = in_a_room(np.tile(_spoken("en", 150, SENTENCES["en"]), 9))
    for k in range(round((seconds + 16) * 3)):
        t_ms = k * 333
        speaking = 4000 <= t_ms < 4000 + seconds * 1000
        for at in range(t_ms - t_ms % BLOCK_MS, t_ms + 333 - BLOCK_MS, BLOCK_MS):
            start = at * RATE // 1000
            watcher.hear(voice[start : start + BLOCK] if speaking else in_a_room(np.zeros(BLOCK, np.float32)), at)
        opened = 0.4 * (k % 2) if lips and speaking else 0.01
        face = Face((250, 150, 120, 120), 0.9, POINTS, Pose(30, 3, 0), 0.3, opened, 0.0)
        face = Face(face.box, 0.9, POINTS, Pose(0, 40, 0), 0.3, opened, 0.0)  # bent down: no contrasts are taken
        picture: Picture = RNG.integers(60, 200, (480, 640, 3), dtype=np.uint8)
        found += watcher.feed(picture, [] if lips is None else [face], t_ms)
    return found + watcher.finish()


@pytest.mark.parametrize(
    ("lips", "kind"), [(True, "talking"), (False, "speech_without_lips"), (None, "speech_without_lips")]
)
def test_a_voice_is_one_incident_of_one_kind(lips: bool | None, kind: str) -> None:
    began, over = sit(lips)
    assert (began.kind, over.kind, began.incident) == (kind, kind, over.incident)
    assert began.to_ms - 4000 <= 5000


def test_a_word_to_oneself_is_none() -> None:
    assert sit(True, seconds=0.8) == []


def test_both_kinds_can_be_switched_off() -> None:
    assert sit(True, off=("talking",)) == []
    assert sit(False, off=("speech_without_lips",)) == []
