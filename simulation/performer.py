"""The puppet's behaviour over time: what a person before a camera does when asked, as JPEG frames.

Frames are drawn once and kept, so that a running stream costs next to nothing. Yaw moves in steps of
two degrees at the speed of a calm head; standing still means small idle motion and sensor noise.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, replace

import cv2
import numpy as np

from simulation.puppet import Picture, Posture, Puppet, noisy, portrait

MODES = ("live", "stall", "drop", "black", "covered", "frozen", "noisy", "nobody", "two", "other")
POSES = ("straight", "left", "right", "up", "down", "blink")
TURN_DEG, NOD_DEG = 30.0, 18.0
DEGREES_A_SECOND = 60.0
YAW_STEP = 2
IDLE_FRAMES = 48
HELD_FRAMES = 8
BLINK_SHAPE = (0.45, 0.9, 1.0, 1.0, 0.6, 0.15)  # lids over the frames of one blink at 15 fps
BLINKS, BLINK_PAUSE = 2, 6  # a person asked to blink does it more than once
JPEG_QUALITY = 85
NOISE = {"black": 1.5, "covered": 3.0}
USUAL_NOISE, MUCH_NOISE = 2.5, 14.0  # grey levels; a cheap sensor in the evening


@dataclass(frozen=True)
class FrameKey:
    """Everything a frame depends on."""

    who: str
    yaw: int
    pitch: int
    blink: float
    phase: int
    size: tuple[int, int] = (0, 0)
    much_noise: bool = False


class Performer:
    """Steered by ``pose``, ``turn`` and ``mode`` from any thread; ``frame`` gives the next JPEG."""

    def __init__(self, size: tuple[int, int] = (640, 480), fps: float = 15.0, who: str = "astronaut") -> None:
        self._size, self._fps, self._who = size, fps, who
        self._lock = threading.Lock()
        self._mode = "live"
        self._yaw = self._pitch = 0.0
        self._to_yaw = self._to_pitch = 0.0
        self._blinks: list[float] = []
        self._count = 0
        self._puppets: dict[str, Puppet] = {}
        self._cache: dict[FrameKey, bytes] = {}
        self._backdrops: dict[tuple[int, int], Picture] = {}
        self._last: FrameKey | None = None

    @property
    def mode(self) -> str:
        with self._lock:
            return self._mode

    @property
    def yaw(self) -> int:
        """Where the head points now, degrees to the person's left, in the steps it is drawn in."""
        with self._lock:
            return int(YAW_STEP * round(self._yaw / YAW_STEP))

    def set_mode(self, mode: str) -> None:
        """One of ``MODES``; raises ``ValueError``."""
        if mode not in MODES:
            raise ValueError(f"no mode {mode!r}: {', '.join(MODES)}")
        with self._lock:
            self._mode = mode

    def set_size(self, width: int, height: int) -> None:
        """From the next frame on, as when another program changes the camera's format. Raises ``ValueError``."""
        if not (64 <= width <= 1920 and 64 <= height <= 1080):
            raise ValueError(f"no size {width}x{height}")
        with self._lock:
            self._size = (width, height)

    def set_rate(self, fps: float) -> None:
        """What one frame is worth of time. Raises ``ValueError``."""
        if not 0.5 <= fps <= 120:
            raise ValueError(f"no rate {fps}")
        with self._lock:
            self._fps = fps

    def pose(self, pose: str) -> None:
        """One of ``POSES``; left and right are the person's own. Raises ``ValueError``."""
        if pose not in POSES:
            raise ValueError(f"no pose {pose!r}: {', '.join(POSES)}")
        with self._lock:
            if pose == "blink":
                pause = [0.0] * BLINK_PAUSE
                self._blinks = pause[:2] + (list(BLINK_SHAPE) + pause) * BLINKS
            self._to_yaw = {"left": TURN_DEG, "right": -TURN_DEG}.get(pose, 0.0)
            self._to_pitch = {"down": NOD_DEG, "up": -NOD_DEG}.get(pose, 0.0)

    def turn(self, degrees: float) -> None:
        """Turn by so much, > 0 to the person's left; at most 34."""
        if not math.isfinite(degrees):
            raise ValueError("turn must be a number")
        with self._lock:
            self._to_yaw = max(-34.0, min(34.0, degrees))

    def frame(self) -> bytes:
        """The next JPEG of a stream at ``fps`` (draws it when it is seen for the first time)."""
        with self._lock:
            key = self._last if self._mode == "frozen" and self._last is not None else self._next()
            self._last = key
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._encoded(key)
        return found

    def warm(self, told: threading.Event) -> None:
        """Draw ahead, unhurried, what prompts will need; ends early when ``told``."""
        turns = [side * yaw for yaw in range(0, round(TURN_DEG) + 1, YAW_STEP) for side in (1, -1)]
        keys = [FrameKey(self._who, yaw, 0, 0.0, 0) for yaw in turns]
        keys += [FrameKey(self._who, 0, 0, blink, 0) for blink in sorted(set(BLINK_SHAPE))]
        keys += [FrameKey(self._who, round(s * TURN_DEG), 0, 0.0, k) for s in (1, -1) for k in range(HELD_FRAMES)]
        keys += [FrameKey(self._who, 0, 0, 0.0, k) for k in range(IDLE_FRAMES)]
        with self._lock:
            size = self._size
        for key in (replace(key, size=size) for key in keys):
            began = time.monotonic()
            if key not in self._cache:
                self._cache[key] = self._encoded(key)
            if told.wait(2 * (time.monotonic() - began)):
                return

    def still(self, **posture: float) -> Picture:
        """One uncompressed picture, for tests."""
        return self._puppet(self._who).draw(Posture(**posture), self._size)

    def _next(self) -> FrameKey:
        return replace(self._posed(), size=self._size, much_noise=self._mode == "noisy")

    def _posed(self) -> FrameKey:
        self._count += 1
        reach = DEGREES_A_SECOND / self._fps
        self._yaw += max(-reach, min(reach, self._to_yaw - self._yaw))
        self._pitch += max(-reach, min(reach, self._to_pitch - self._pitch))
        yaw, pitch = (int(YAW_STEP * round(v / YAW_STEP)) for v in (self._yaw, self._pitch))
        blink = self._blinks.pop(0) if self._blinks else 0.0
        if self._mode in NOISE:
            return FrameKey(self._mode, 0, 0, 0.0, self._count % HELD_FRAMES)
        if self._mode == "nobody":
            return FrameKey("nobody", 0, 0, 0.0, self._count % IDLE_FRAMES)
        who = self._mode if self._mode in ("two", "other") else self._who
        return FrameKey(who, yaw, pitch, blink, self._phase(yaw, pitch, blink))

    def _phase(self, yaw: int, pitch: int, blink: float) -> int:
        """Idle motion and noise go on while a posture is held; frames under way exist once."""
        if blink or (self._yaw, self._pitch) != (self._to_yaw, self._to_pitch):
            return 0
        return self._count % (HELD_FRAMES if yaw or pitch else IDLE_FRAMES)

    def _encoded(self, key: FrameKey) -> bytes:
        seed = hash((key.yaw, key.pitch, round(key.blink * 100), key.phase))
        noise = MUCH_NOISE if key.much_noise else NOISE.get(key.who, USUAL_NOISE)
        picture = noisy(self._drawn(key), abs(seed) % 100_000, noise)
        ok, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        if not ok:
            raise RuntimeError("the frame could not be encoded")
        return data.tobytes()

    def _drawn(self, key: FrameKey) -> Picture:
        width, height = key.size
        if key.who == "black":
            return np.full((height, width, 3), 3, np.uint8)
        if key.who == "covered":
            return _behind_a_finger(width, height)
        if key.who == "nobody":
            return self._backdrop(key.size)
        t = 2 * math.pi * key.phase / (IDLE_FRAMES if key.yaw == key.pitch == 0 else HELD_FRAMES)
        small = 1.0 if key.yaw == key.pitch == 0 and key.blink == 0 else 0.3
        posture = Posture(
            yaw=key.yaw + 1.2 * small * math.sin(t), pitch=key.pitch + 0.8 * small * math.sin(2 * t),
            roll=0.6 * small * math.sin(t), blink=key.blink,
            dx=1.5 * small * math.sin(t), dy=1.0 * small * math.sin(2 * t),
        )  # fmt: skip
        if key.who == "two":
            return self._beside(posture, key.size)
        return self._puppet("second" if key.who == "other" else key.who).draw(posture, key.size)

    def _puppet(self, who: str) -> Puppet:
        if who not in self._puppets:
            self._puppets[who] = Puppet.of(who)
        return self._puppets[who]

    def _beside(self, posture: Posture, size: tuple[int, int]) -> Picture:
        """A second person leans in from the side."""
        picture = self._puppet(self._who).draw(posture, size)
        other, _ = portrait("second")
        height, width = picture.shape[:2]
        tall = round(height * 0.75)
        guest = cv2.resize(other[:, 110:350], (round(tall * 240 / other.shape[0]), tall))
        picture[height - tall :, width - guest.shape[1] :] = guest
        return picture

    def _backdrop(self, size: tuple[int, int]) -> Picture:
        """An empty room: the portrait's colours without its shapes."""
        if size not in self._backdrops:
            photo, _ = portrait(self._who)
            tiny = cv2.resize(photo, (6, 4), interpolation=cv2.INTER_AREA)
            room = cv2.resize(tiny, size, interpolation=cv2.INTER_CUBIC)
            self._backdrops[size] = np.asarray(room, dtype=np.uint8)
        return self._backdrops[size]


def _behind_a_finger(width: int, height: int) -> Picture:
    """Light through a finger on the lens: red, and without any edge."""
    y, x = np.mgrid[0:height, 0:width]
    glow = 40 + 60 * np.exp(-(((x - 0.6 * width) / (0.55 * width)) ** 2 + ((y - 0.4 * height) / (0.55 * height)) ** 2))
    return np.asarray(np.stack([glow * 0.25, glow * 0.3, glow], -1), dtype=np.uint8)
