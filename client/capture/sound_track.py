"""The sound stream: samples become packets whose stamps follow the clock."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np

from client.capture.cutter import SegmentCutter
from client.capture.drift import Drift, stretch
from client.capture.encode import OPUS_FRAME, OPUS_PRE_SKIP, EncoderFailed, SoundEncoder
from client.capture.fragments import codecs_value
from client.capture.source import SOUND, SOUND_RATE, PartInfo, Samples

_log = logging.getLogger(__name__)
_NS = 1_000_000_000


class SoundTrack:
    """The sound stream. Stamps count samples and follow the clock the blocks are stamped with.

    A part's origin lies ``OPUS_PRE_SKIP`` samples before its first sound: what the encoder puts in front
    and a decoder takes away. Differences of clocks are stretched away (``drift``). Behind by more than
    ``FOLLOW_S``, samples were lost: the stamps jump; ahead by more: samples are dropped (both are ``jumps``).
    """

    FOLLOW_S = 0.06

    def __init__(self, cutter: SegmentCutter, bits: int) -> None:
        self._cutter, self._bits = cutter, bits
        self._encoder: SoundEncoder | None = None
        self._info: PartInfo | None = None
        self._origin_ns = 0
        self._rest: Samples = np.zeros(0, np.int16)
        self._fed = 0
        self._made = 0  # where what came out of the encoder ends
        self.drift = Drift()
        self.jumps = 0

    @property
    def open(self) -> bool:
        return self._encoder is not None

    def begin(self, t_ns: int, reason: str) -> int:
        """Start a part whose first sample was heard at ``t_ns``; returns its origin in session ms.

        Raises ``EncoderFailed``.
        """
        origin_ms = (t_ns - OPUS_PRE_SKIP * _NS // SOUND_RATE + 500_000) // 1_000_000
        self._encoder = SoundEncoder(self._bits)
        self._origin_ns = origin_ms * 1_000_000
        self._rest, self._fed, self._made = np.zeros(0, np.int16), 0, 0
        self._info = PartInfo(SOUND, 0, origin_ms, SOUND_RATE, "", 0, 0, SOUND_RATE, b"", reason)
        return origin_ms

    def missing(self, until_ns: int) -> int:
        """Samples that the part lacks until session time ``until_ns``; negative beyond it."""
        wanted = -((self._origin_ns - until_ns) * SOUND_RATE // _NS)
        return wanted - self._fed - len(self._rest) - OPUS_PRE_SKIP

    def behind_s(self, t_ns: int) -> float:
        """By how much a block heard at ``t_ns`` is later than where our stamps stand."""
        return self.missing(t_ns) / SOUND_RATE

    def take(self, t_ns: int, samples: Samples, until_ns: int | None = None) -> float:
        """Samples heard from ``t_ns`` on, of which those after ``until_ns`` are left out.

        Returns the seconds of sound that were lost before them. Raises ``EncoderFailed``: then only ``abandon`` may
        follow.
        """
        lost_s, behind_s = 0.0, self.behind_s(t_ns)
        if behind_s > self.FOLLOW_S:
            self.jumps += 1
            lost_s = behind_s
            self._pad()
            self._fed += max(0, self.missing(t_ns))
        elif behind_s < -self.FOLLOW_S:
            self.jumps += 1
            samples = samples[min(len(samples), round(-behind_s * SOUND_RATE)) :]
        else:
            samples = stretch(samples, self.drift.correction(self.missing(t_ns), len(samples)))
        if until_ns is not None:
            samples = samples[: max(0, self.missing(until_ns))]
        self._rest = np.concatenate((self._rest, samples))
        while len(self._rest) >= OPUS_FRAME:
            piece, self._rest = self._rest[:OPUS_FRAME], self._rest[OPUS_FRAME:]
            self._encode(piece)
        return lost_s

    def end(self, end_ns: int | None) -> None:
        """End the part: with the last sample heard, or earlier at ``end_ns``."""
        if self._encoder is None:
            return
        end = self._fed + len(self._rest) + OPUS_PRE_SKIP
        if end_ns is not None:
            end = min(end, round((end_ns - self._origin_ns) * SOUND_RATE / _NS))
        try:
            self._pad()
            rest = self._encoder.finish()
        except EncoderFailed as error:
            _log.warning("sound: %s", error)
            self.abandon()
            return
        self._encoder = None
        if self._info is not None:
            self._info = None
            return
        self._cutter.add([p for p in rest if p.pts < end], 0.0)
        self._cutter.end_part(end)

    def abandon(self) -> None:
        """The encoder failed: the part ends with what came out of it, which stands."""
        encoder, self._encoder = self._encoder, None
        if encoder is None:
            return
        encoder.close()
        if self._info is None:
            self._cutter.end_part(self._made)
        self._info = None

    def _pad(self) -> None:
        if self._rest.size:
            missing = np.zeros(OPUS_FRAME - len(self._rest), np.int16)
            piece, self._rest = np.concatenate((self._rest, missing)), np.zeros(0, np.int16)
            self._encode(piece)

    def _encode(self, piece: Samples) -> None:
        assert self._encoder is not None
        packets = self._encoder.encode(piece, self._fed)
        self._fed += OPUS_FRAME
        self._made = self._fed
        if packets and self._info is not None:
            init = self._encoder.init
            media = f'audio/mp4; codecs="{codecs_value(init)}"'
            self._cutter.begin_part(replace(self._info, init=init, media=media))
            self._info = None
        self._cutter.add(packets, 0.0)
