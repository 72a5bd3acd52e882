"""Does something cover the face that did not before? Each part's contrast against the person's own usual one.

A beard, a veil or a mask worn from the beginning is usual; so are glasses. Contrast is taken over brightness, so
that light cancels out.
"""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np
import numpy.typing as npt

from faces.chip import aligned_chip
from faces.detect import Face, Picture
from faces.gates import PARTS

Floats = npt.NDArray[np.float64]

LEARN_LOOKS = 9
# A mouth that talks has more than twice the contrast of the same one shut. Usual is what the plainer looks of some
# minutes have: a minute of talking must not make the mouth shut afterwards look covered.
MEMORY_LOOKS, USUAL_PERCENT = 600, 20
STRAIGHT_DEG = 15.0  # usual looks are learnt straight ahead
JUDGED_YAW_DEG, JUDGED_PITCH_DEG = 20.0, 22.0
_FACE = (slice(20, 130), slice(30, 120))  # rows and columns of the chip
# A sensor's noise in poor light has as much contrast as a mouth: without it, a black mask in a third of the light has
# 0.08-0.30 of the mouth's usual contrast instead of 0.33-0.86.
_NOISE_PIXELS = 1.5
# Shares of the usual contrast; three puppets with and without glasses in good and poor light, 594 looks: both eyes
# under a hand 0.24-0.40, else 0.73 and more (but under masks); mouth under masks and scarves 0.03-0.30, under a hand
# 0.23-0.45, else 0.71 and more; nose and mouth under a hand 0.31-0.52, bare and bent down 0.63 and more.
EYES_BELOW, MOUTH_BELOW, LOWER_BELOW = 0.55, 0.5, 0.58


class Covering:
    """One person; looks come 2-5 times a second."""

    def __init__(self) -> None:
        self._learnt: deque[Floats] = deque(maxlen=MEMORY_LOOKS)
        self._usual: Floats | None = None
        self._since_usual = 0

    def feed(self, chip: Picture | None, face: Face | None) -> bool:
        """Whether eyes, or nose and mouth, show less than they usually do. ``chip``: ``grey_chip`` of the face."""
        if chip is None or face is None:
            return False
        pose = face.pose
        if abs(pose.yaw) > JUDGED_YAW_DEG or abs(pose.pitch) > JUDGED_PITCH_DEG:
            return False
        parts = contrasts(chip)
        if self._usual is None:
            self._learn(parts, face)
            return False
        eye_1, eye_2, nose, mouth = parts / self._usual
        hidden = (eye_1 + eye_2) / 2 < EYES_BELOW or mouth < MOUTH_BELOW or (nose + mouth) / 2 < LOWER_BELOW
        if not hidden:
            self._learn(parts, face)
        return bool(hidden)

    def _learn(self, parts: Floats, face: Face) -> None:
        if max(abs(face.pose.yaw), abs(face.pose.pitch)) > STRAIGHT_DEG:
            return
        self._learnt.append(parts)
        self._since_usual += 1
        if len(self._learnt) >= LEARN_LOOKS and self._since_usual >= LEARN_LOOKS:
            self._usual = np.maximum(np.percentile(np.array(self._learnt), USUAL_PERCENT, axis=0), 1e-3)
            self._since_usual = 0


def grey_chip(bgr: Picture, face: Face) -> Picture:
    """The aligned face in grey, 150x150. ``face`` has points."""
    return np.asarray(cv2.cvtColor(aligned_chip(bgr, face), cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def contrasts(chip: Picture) -> Floats:
    """Standard deviation over the face's brightness, of both eyes, nose and mouth."""
    smooth = cv2.GaussianBlur(chip, (0, 0), _NOISE_PIXELS)
    brightness = float(smooth[_FACE].mean()) + 1e-6
    return np.array([float(smooth[a:b, c:d].std()) / brightness for a, b, c, d in PARTS], dtype=np.float64)
