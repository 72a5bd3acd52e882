"""What a simulated student's microphone hears: a room, voices read by espeak-ng, and the noises of working."""

from __future__ import annotations

import subprocess
import tempfile
import wave
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.watching.script import Act, Session
from simulation.tools import program, run

Wave = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

RATE = 48_000
BLOCK = 11_520
BLOCK_MS = 240
SENTENCES = {
    "en": ("The second question asks for the mean and the median, tell me what you have there.",
           "I think the third one is wrong, what did you write for the last part?"),
    "ru": ("Во втором вопросе надо найти среднее и медиану, скажи, что у тебя получилось.",
           "По-моему, третий ответ неверный, а что ты написал в последнем?"),
    "kk": ("Екінші сұрақта орташа мән мен медиананы табу керек, сенде не шықты, айтшы.",
           "Менің ойымша, үшінші жауап қате, соңғысына не жаздың?"),
}  # fmt: skip
VOICES = ("", "+f2", "+m3", "+f4")
LIPS_FULL = 5000.0  # amplitude at which the mouth is wide open


class Sounds:
    """The sound of one session, block by block; the same session gives the same samples."""

    def __init__(self, session: Session) -> None:
        self._session = session
        rng = np.random.default_rng([session.seed, 9])
        self._hiss = rng.normal(0, session.hiss, 40 * RATE).astype(np.float32)
        self._pieces: list[tuple[int, Wave]] = []
        self._lips: list[tuple[int, Wave]] = []
        for act in session.acts:
            self._prepare(act, np.random.default_rng([session.seed, act.from_ms]))

    def block(self, t_ms: int) -> npt.NDArray[np.int16]:
        """240 ms from ``t_ms`` on."""
        start = t_ms * RATE // 1000
        offset = start % (len(self._hiss) - BLOCK)
        sound = self._hiss[offset : offset + BLOCK].copy()
        for begins, piece in self._pieces:
            low, high = max(start, begins), min(start + BLOCK, begins + len(piece))
            if low < high:
                sound[low - start : high - start] += piece[low - begins : high - begins]
        return np.asarray(np.clip(sound, -32768, 32767), dtype=np.int16)

    def lips(self, t_ms: int) -> float:
        """How wide the student's mouth stands open for what is said at this moment, 0..0.7."""
        at = t_ms * RATE // 1000
        for begins, piece in self._lips:
            if begins <= at < begins + len(piece):
                near = piece[max(0, at - begins - 1200) : at - begins + 1200]
                return min(0.7, float(np.sqrt((near**2).mean())) / LIPS_FULL)
        return 0.0

    def _prepare(self, act: Act, rng: np.random.Generator) -> None:
        begins, length = act.from_ms * RATE // 1000, (act.to_ms - act.from_ms) * RATE // 1000
        if act.does in ("talks", "voice"):
            spoken = _speech(str(act.values.get("in", "en")), length, rng)
            self._pieces.append((begins, spoken * float(act.values.get("loud", 1.0))))
            if act.does == "talks":
                self._lips.append((begins, spoken))
        elif act.does == "noise":
            self._pieces.append((begins, _noise(str(act.values["what"]), length, rng)))


def _speech(language: str, length: int, rng: np.random.Generator) -> Wave:
    """Sentences of one voice with pauses, until the time is full."""
    voice = f"{language}{VOICES[int(rng.integers(len(VOICES)))]}"
    pace = int(rng.choice([135, 150, 170]))
    pieces: list[Wave] = []
    while sum(map(len, pieces)) < length:
        sentence = SENTENCES[language][int(rng.integers(2))]
        pieces += [_spoken(voice, pace, sentence), np.zeros(int(rng.uniform(0.2, 0.9) * RATE), np.float32)]
    return np.concatenate(pieces)[:length]


@cache
def _spoken(voice: str, pace: int, sentence: str) -> Wave:
    with tempfile.TemporaryDirectory(prefix="senim-voice-") as place:
        file = Path(place) / "spoken.wav"
        run([program("espeak-ng"), "-v", voice, "-s", str(pace), "-a", "80", "-w", str(file), sentence], {})
        with wave.open(str(file), "rb") as opened:
            rate, data = opened.getframerate(), np.frombuffer(opened.readframes(opened.getnframes()), "<i2")
    wanted = np.arange(round(len(data) * RATE / rate)) * rate / RATE
    return np.interp(wanted, np.arange(len(data)), data.astype(np.float64)).astype(np.float32)


def voices_missing() -> str:
    """Why nothing can be spoken here, "" if it can."""
    try:
        _spoken("en", 150, "Yes.")
    except (subprocess.SubprocessError, OSError) as error:
        return f"espeak-ng: {error}"
    return ""


def _noise(what: str, length: int, rng: np.random.Generator) -> Wave:
    t = np.arange(length) / RATE
    sound = np.zeros(length, np.float64)
    if what == "fan":
        return (_band(rng.normal(0, 1, length), 60, 1500) * 350).astype(np.float32)
    if what == "rustle":
        swell = np.interp(
            t, np.arange(0, t[-1] + 0.2, 0.1), rng.uniform(0, 1, len(np.arange(0, t[-1] + 0.2, 0.1))) ** 2
        )
        return (_band(rng.normal(0, 1, length), 1000, 9000) * 1200 * swell).astype(np.float32)
    every, lasts = {
        "typing": (0.16, 0.03),
        "cough": (0.8, 0.35),
        "squeak": (1.5, 0.5),
        "hm": (9.0, 0.5),
        "door": (9.0, 0.4),
    }[what]
    at = 0.05
    while at + lasts < length / RATE:
        k, n = int(at * RATE), int(lasts * RATE)
        sound[k : k + n] += _burst(what, n, rng)
        at += every * rng.uniform(0.6, 1.6)
    return sound.astype(np.float32)


def _burst(what: str, n: int, rng: np.random.Generator) -> Floats:
    t: Floats = np.arange(n, dtype=np.float64) / RATE
    fading: Floats = np.exp(-t / (t[-1] / 4))
    if what == "typing":
        return np.asarray(rng.normal(0, 1, n) * fading * rng.uniform(1500, 5000))
    if what == "cough":
        return np.asarray(_band(rng.normal(0, 1, n), 200, 3000) * 5000 * fading)
    if what == "squeak":
        rising = np.cumsum(np.linspace(800, 1300, n))
        return np.asarray(2000 * np.sign(np.sin(2 * np.pi * rising / RATE)) * np.hanning(n))
    if what == "door":
        return np.asarray(_band(rng.normal(0, 1, n), 40, 400) * 8000 * fading)
    # "hm": half a second of voice with closed lips
    voice = sum(np.sin(2 * np.pi * 130 * h * t) / h for h in range(1, 10))
    return np.asarray(1500 * voice * np.hanning(n), dtype=np.float64)


def _band(noise: Floats, low: float, high: float) -> Floats:
    """Only what lies between two frequencies, at RMS 1."""
    spectrum, hertz = np.fft.rfft(noise), np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum[(hertz < low) | (hertz > high)] = 0
    kept = np.fft.irfft(spectrum, len(noise))
    return np.asarray(kept / (kept.std() + 1e-9), dtype=np.float64)
