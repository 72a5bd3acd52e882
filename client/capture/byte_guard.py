"""Keeps a noisy camera within its budget.

A sensor's noise is all new in every picture; in a dark room it can make sixty times the bytes of the face before
it. Coarser quantisation leaves the noise out (and is nearer to what the camera saw). The guard looks once in
each stretch between two key pictures, at which a new encoder costs no bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LIMIT_BITS = 100_000
"""A second, over one stretch; 45 MB an hour. The camera's ordinary share is a quarter of that."""

_CRF_STEP = 4
_CRF_MOST = 63
_FACTOR = 3.0  # one step of crf makes about a third of a noisy camera's bytes
_QUIET = 1 / 6  # of the limit: a step back, which may make almost five times the bytes, stays within it
_PATIENCE = 6  # quiet stretches before a step back
_PATIENCE_MOST = 192


@dataclass(frozen=True)
class Verdict:
    """``word`` as the ledger names it: camera-crf-59, camera-half-rate."""

    word: str
    down: bool


class ByteGuard:
    """``crf``: what the camera is recorded with when it is quiet. Sets ``crf`` and ``half_rate``, nothing else."""

    def __init__(self, crf: int, limit_bits: int = LIMIT_BITS) -> None:
        self._base, self._limit = crf, limit_bits
        self.crf = crf
        self.half_rate = False
        self._quiet = 0
        self._patience = _PATIENCE
        self._eased = False  # the last move was a step back
        self._since_eased = 0

    @property
    def more_crf(self) -> int:
        """How much coarser than usual."""
        return self.crf - self._base

    def stretch(self, size: int, seconds: float) -> Verdict | None:
        """``size`` bytes were made in the last ``seconds``, a whole stretch from key picture to key picture."""
        if seconds <= 0:
            return None
        ratio = size * 8 / seconds / self._limit
        self._since_eased += 1
        if ratio > 1:
            self._quiet = 0
            return self._coarser(ratio)
        self._quiet = self._quiet + 1 if ratio < _QUIET else 0
        if self._quiet >= self._patience and (self.half_rate or self.crf > self._base):
            return self._finer()
        return None

    def _coarser(self, ratio: float) -> Verdict | None:
        if self._eased:
            lasted = self._since_eased > 2 * self._patience
            self._patience = _PATIENCE if lasted else min(2 * self._patience, _PATIENCE_MOST)
            self._eased = False
        if self.crf < _CRF_MOST:
            steps = max(1, math.ceil(math.log(ratio) / math.log(_FACTOR)))
            self.crf = min(_CRF_MOST, self.crf + steps * _CRF_STEP)
            return Verdict(f"camera-crf-{self.crf}", True)
        if not self.half_rate:
            self.half_rate = True
            return Verdict("camera-half-rate", True)
        return None

    def _finer(self) -> Verdict:
        self._quiet, self._eased, self._since_eased = 0, True, 0
        if self.half_rate:
            self.half_rate = False
            return Verdict("camera-half-rate", False)
        self.crf = max(self._base, self.crf - _CRF_STEP)
        return Verdict(f"camera-crf-{self.crf}", False)
