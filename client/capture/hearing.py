"""Microphones that run and give nothing: muted, or so quiet that nobody could be heard."""

from __future__ import annotations

from enum import StrEnum

from client.capture.source import SOUND_RATE, Samples

_FAINT = 3  # of 32767 (-81 dB): the last bits of a converter; the quietest room with an open microphone is louder


class Silence(StrEnum):
    """``MUTED``: one and the same value, which no sound makes. ``FAINT``: the last bits of a converter."""

    MUTED = "muted"
    FAINT = "silent"


class Hearing:
    """Fed with every block; ``silence`` is what holds now. Time is counted in samples: a muted microphone that
    stops is another matter."""

    def __init__(self, muted_after_s: float = 3.0, faint_after_s: float = 30.0) -> None:
        self._muted_after = round(muted_after_s * SOUND_RATE)
        self._faint_after = round(faint_after_s * SOUND_RATE)
        self.forget()

    def forget(self) -> None:
        """Another microphone."""
        self._same = self._faint = 0
        self._value = 0
        self.silence: Silence | None = None
        self.heard = False
        """Anything but one and the same value was there."""

    def feed(self, samples: Samples) -> None:
        """The next block."""
        if not samples.size:
            return
        low, high = int(samples.min()), int(samples.max())
        if low == high and (low == self._value or not self._same):
            self._same += len(samples)
        else:
            self._same = 0
            self.heard = self.heard or low != high
        self._value = high
        self._faint = self._faint + len(samples) if high - low <= _FAINT else 0
        if self._same >= self._muted_after:
            self.silence = Silence.MUTED
        elif self._faint >= self._faint_after:
            self.silence = Silence.FAINT
        elif not self._faint or (self.silence is Silence.MUTED and not self._same):
            self.silence = None
