"""Is somebody speaking? A measure on the sound that is recorded anyway; no word is recognised, nothing is kept.

A 40 ms frame counts as voiced when its normalised autocorrelation (Boersma 1993, "Accurate short-term analysis of
the fundamental frequency and the harmonics-to-noise ratio of a sampled sound") has its highest peak at a voice's pitch
and its power lies where speech has it. A squeak or a whistle also repeats after two and more of its short periods, but
no better than after one. Measured against webrtcvad 2.0.14 on spoken sentences and on the noises of a room:
docs/watching.md.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

_STEP = 6  # 48 to 8 kHz: voices' pitch and first formants lie below 4 kHz
_FRAME, _HOP = 320, 240  # of the 8 kHz: 40 ms every 30 ms
_FFT = 640
_PITCH_HZ = (75, 400)
_SHRILL_HZ = 2000  # up to here a tone is looked for that is too high for a voice
_PITCH_PEAK = 0.6
_OCTAVE_COST = 0.05  # by so much a voice's period has to fit better than a shorter one
_BAND_HZ = (300, 3400)
_BAND_SHARE = 0.25
_LEAST_DB = 25.0  # of one step of the converter, after the window: about -65 dB of full scale

_WINDOW = np.hanning(_FRAME)
_OF_WINDOW = np.fft.irfft(np.abs(np.fft.rfft(_WINDOW, _FFT)) ** 2)[:_FRAME]
_OF_WINDOW = _OF_WINDOW / _OF_WINDOW[0]
_LAGS = slice(8000 // _PITCH_HZ[1], 8000 // _PITCH_HZ[0])
_SHORT = slice(8000 // _SHRILL_HZ, _LAGS.start)
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
    peak = own[:, _LAGS].max(axis=1)
    pitched = (peak > _PITCH_PEAK) & (peak > _shrill(own) + _OCTAVE_COST)
    loud = 10 * np.log10((frames**2).mean(axis=1) + 1e-3) > _LEAST_DB
    in_band = power[:, _BAND].sum(axis=1) / np.maximum(power.sum(axis=1), 1e-9) > _BAND_SHARE
    return float((pitched & loud & in_band).mean())


def _shrill(own: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The highest peak (not slope) of each frame's autocorrelation at lags shorter than a voice's, -1 without one.

    Short periods fall between two samples: a parabola through three of them gives the peak's height.
    """
    at = own[:, _SHORT]
    before, after = own[:, _SHORT.start - 1 : _SHORT.stop - 1], own[:, _SHORT.start + 1 : _SHORT.stop + 1]
    bend = np.minimum(before - 2 * at + after, -1e-9)
    height = at - (after - before) ** 2 / (8 * bend)
    return np.asarray(np.where((at > before) & (at >= after), height, -1.0).max(axis=1))


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
