"""Is somebody speaking? A measure on the sound that is recorded anyway; no word is recognised, nothing is kept.

A 40 ms frame counts as voiced when its normalised autocorrelation (Boersma 1993, "Accurate short-term analysis of
the fundamental frequency and the harmonics-to-noise ratio of a sampled sound") has a peak of a voice's pitch and its
power lies where speech has it. Measured against webrtcvad 2.0.14 on spoken sentences and on the noises of a room:
docs/watching.md.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

RATE = 48_000
_STEP = 6  # down to 8 kHz: voices' pitch and first formants lie below 4 kHz
_FRAME, _HOP = 320, 240  # of the 8 kHz: 40 ms every 30 ms
_FFT = 640
_PITCH_HZ = (75, 400)
_PITCH_PEAK = 0.6
_BAND_HZ = (300, 3400)
_BAND_SHARE = 0.25
_LEAST_DB = 25.0  # of one step of the converter, after the window: about -65 dB of full scale

_WINDOW = np.hanning(_FRAME)
_OF_WINDOW = np.fft.irfft(np.abs(np.fft.rfft(_WINDOW, _FFT)) ** 2)[:_FRAME]
_OF_WINDOW = _OF_WINDOW / _OF_WINDOW[0]
_LAGS = slice(8000 // _PITCH_HZ[1], 8000 // _PITCH_HZ[0])
_BAND = slice(round(_BAND_HZ[0] / 8000 * _FFT), round(_BAND_HZ[1] / 8000 * _FFT))


def voiced(samples: Samples) -> float:
    """Share of frames (0..1) in mono samples at 48 kHz that sound like a voice; 0 if there are fewer than 40 ms."""
    whole = len(samples) // _STEP * _STEP
    slow = samples[:whole].reshape(-1, _STEP).mean(axis=1)
    if len(slow) < _FRAME:
        return 0.0
    frames = np.lib.stride_tricks.sliding_window_view(slow, _FRAME)[::_HOP]
    frames = (frames - frames.mean(axis=1, keepdims=True)) * _WINDOW
    power = np.abs(np.fft.rfft(frames, _FFT)) ** 2
    own = np.fft.irfft(power)[:, :_FRAME]
    own = own / np.maximum(own[:, :1], 1e-9) / _OF_WINDOW
    pitched = own[:, _LAGS].max(axis=1) > _PITCH_PEAK
    loud = 10 * np.log10((frames**2).mean(axis=1) + 1e-3) > _LEAST_DB
    in_band = power[:, _BAND].sum(axis=1) / np.maximum(power.sum(axis=1), 1e-9) > _BAND_SHARE
    return float((pitched & loud & in_band).mean())


class Hearsay:
    """How much of the last seconds was speech. Fed with blocks as they were heard."""

    def __init__(self, window_ms: int = 3000) -> None:
        self._window_ms = window_ms
        self._blocks: deque[tuple[int, float]] = deque(maxlen=200)

    def feed(self, samples: Samples, t_ms: int) -> None:
        """``t_ms``: when the block's first sample was heard; times rise."""
        self._blocks.append((t_ms, voiced(samples)))

    def share(self, t_ms: int) -> float:
        """Share of voiced sound within the window before ``t_ms``; 0 while there was no sound."""
        while self._blocks and self._blocks[0][0] < t_ms - self._window_ms:
            self._blocks.popleft()
        return float(np.mean([share for _, share in self._blocks])) if self._blocks else 0.0
