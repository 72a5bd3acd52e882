"""The simulated student and camera over time: which picture is seen at a moment of a session."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from benchmarks.watching.held import before_the_camera, hand, sheet_of
from benchmarks.watching.room import PEOPLE, SIZE, Room, Scene, face_middle
from benchmarks.watching.script import Act, Session
from benchmarks.watching.sounds import Sounds
from simulation.puppet import Picture

STEP_DEG = 2
STARE_BLINK_S = 12.0
LOOP_QUALITY = 50  # JPEG, of loops that are encoded again
BANKS, BANK = 4, (SIZE[1] + 139, SIZE[0] + 181, 3)  # sensor noise that pictures are cut from; primes


class Actor:
    """Draws a session's camera. The same session gives the same pixels."""

    def __init__(self, session: Session, sounds: Sounds) -> None:
        self._session, self._sounds = session, sounds
        self._room = Room(session.who, session.seed)
        rng = np.random.default_rng([session.seed, 5])
        self._banks = [rng.normal(0, session.noise, BANK).round().astype(np.int16) for _ in range(BANKS)]
        self._phases = rng.uniform(0, 2 * math.pi, 8)
        self._glances = np.random.default_rng([session.seed, 6]).uniform(-1, 1, 4096)
        self._sway = np.random.default_rng([session.seed, 8]).uniform(-1, 1, 4093)
        self._sheets: dict[str, Picture] = {}

    def still(self) -> Picture:
        """The student looking straight into the camera: for the template."""
        picture = self._room.draw(Scene(self._session.who, mirrored=self._session.mirrored))
        return self._noised(picture, 0)  # in good light, as references are

    def frame(self, t_ms: int) -> tuple[Picture, int]:
        """The picture the camera shows at ``t_ms`` and the number of the frame (unchanged: no new one)."""
        fps = self._session.fps
        number = t_ms * fps // 1000
        act = self._act("camera_frozen", t_ms)
        if act is not None:
            return self._seen(act.from_ms * fps // 1000), number
        act = self._act("camera_replayed", t_ms)
        if act is None:
            return self._seen(number), number
        length = round(float(act.values["loop"]) * fps)
        first = act.from_ms * fps // 1000
        picture = self._seen(first - length + (number - first) % length)
        return (self._noised(_coded(picture), number + 7) if act.values.get("encoded") else picture), number

    def _seen(self, number: int) -> Picture:
        t_ms = number * 1000 // self._session.fps
        act = self._act("camera_covered", t_ms)
        if act is not None:
            return self._noised(_covered(str(act.values.get("what", "tape"))), number)
        act = self._act("holds", t_ms)
        picture = self._room.draw(self._scene(t_ms))
        return self._lit(picture if act is None else self._holding(picture, act, t_ms), number)

    def _holding(self, behind: Picture, act: Act, t_ms: int) -> Picture:
        """A photograph of the student is held before the camera."""
        what = str(act.values["what"])
        if what not in self._sheets:
            scene = Scene(self._session.who, mirrored=self._session.mirrored)
            self._sheets[what] = sheet_of(self._room.draw(scene), face_middle(scene), what)
        return before_the_camera(
            behind, self._sheets[what], hand(t_ms, self._sway, float(act.values.get("steady", 0.0)))
        )

    def _lit(self, picture: Picture, number: int) -> Picture:
        swing = 1 + 0.04 * math.sin(number / (40 * self._session.fps) + self._phases[7])
        lit = cv2.convertScaleAbs(picture, alpha=self._session.light * swing)
        return self._noised(np.asarray(lit, dtype=np.uint8), number)

    def _noised(self, picture: Picture, number: int) -> Picture:
        # 4, 139 and 181 have no divisor in common: 100 636 frames, almost an hour, until noise comes again
        y, x = number % (BANK[0] - SIZE[1]), number % (BANK[1] - SIZE[0])
        noise = self._banks[number % BANKS][y : y + SIZE[1], x : x + SIZE[0]]
        return np.asarray(cv2.add(picture, noise, dtype=cv2.CV_8U), dtype=np.uint8)

    def _act(self, does: str, t_ms: int) -> Act | None:
        return next((a for a in self._session.acts if a.does == does and a.from_ms <= t_ms < a.to_ms), None)

    def _scene(self, t_ms: int) -> Scene:
        scene = self._idle(t_ms)
        for act in self._session.acts:
            if act.from_ms <= t_ms < act.to_ms:
                scene = self._acted(scene, act, t_ms)
        return replace(scene, mirrored=self._session.mirrored)

    def _idle(self, t_ms: int) -> Scene:
        """Small movements, a glance now and then, a blink every four seconds."""
        t, phase = t_ms / 1000, self._phases
        glance = self._glances[int(t / 7) % len(self._glances)]
        aside = 14 * glance if abs(glance) > 0.6 and t % 7 < 1.4 else 0.0
        return Scene(
            self._session.who,
            yaw=_stepped(3 * math.sin(t / 11 + phase[0]) + 2.5 * math.sin(t / 3.1 + phase[1]) + aside),
            pitch=_stepped(2 + 3 * math.sin(t / 13 + phase[2])),
            blink=1.0 if (t + phase[5]) % 4.1 < 0.2 else 0.0,
            cover="glasses" if self._session.glasses else "",
        )  # fmt: skip

    def _staring(self, scene: Scene, t_ms: int) -> Scene:
        """Reads without stirring: the head stands, a blink every twelve seconds or so (at screens people were seen to
        blink seven times a minute, Tsubota and Nakamori 1993)."""
        number, into = divmod(t_ms / 1000 + self._phases[6], STARE_BLINK_S)
        late = 3 * self._glances[int(number) % len(self._glances)] + STARE_BLINK_S / 2
        return replace(scene, yaw=0.0, pitch=2.0, blink=1.0 if late <= into < late + 0.2 else 0.0)

    def _acted(self, scene: Scene, act: Act, t_ms: int) -> Scene:
        values = act.values
        if act.does == "leaves":
            return Scene("")
        if act.does == "swaps":
            return replace(scene, who=_other(self._session.who, int(values.get("other", 0))), cover="")
        if act.does == "guest":
            guest = _other(self._session.who, int(values.get("other", 0)))
            side = str(values.get("side", "right"))
            return replace(scene, guest=guest, guest_side=side, guest_tall=float(values.get("tall", 0.75)))
        if act.does == "looks":
            eased = min(1.0, (t_ms - act.from_ms) / 400, (act.to_ms - t_ms) / 400)
            yaw = scene.yaw + eased * float(values.get("yaw", 0))
            return replace(
                scene, yaw=_stepped(yaw), pitch=_stepped(scene.pitch + eased * float(values.get("pitch", 0)))
            )
        if act.does == "covers":
            # what is held there moves with the face only roughly: the head is kept still
            return replace(scene, yaw=0.0, pitch=0.0, cover=str(values["what"]))
        if act.does == "stares":
            return self._staring(scene, t_ms)
        if act.does == "mouths":
            return replace(scene, mouth=float(values.get("open", 0.5)))
        if act.does == "talks":
            return replace(scene, mouth=round(self._sounds.lips(t_ms), 1))
        return scene


def _coded(picture: Picture) -> Picture:
    """What a lossy codec leaves of it."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, LOOP_QUALITY])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def _stepped(degrees: float) -> float:
    return float(STEP_DEG * round(degrees / STEP_DEG))


def _other(who: str, number: int) -> str:
    return [name for name in PEOPLE if name != who][number % (len(PEOPLE) - 1)]


def _covered(what: str) -> Picture:
    """A lens behind tape or a hand, in the dark, or pressed by a finger that light shines through."""
    width, height = SIZE
    if what == "finger":
        y, x = np.mgrid[0:height, 0:width]
        glow = 60 + 8 * np.exp(-(((x - 0.6 * width) / width) ** 2 + ((y - 0.4 * height) / height) ** 2))
        return np.asarray(np.stack([glow * 0.25, glow * 0.3, glow], -1), dtype=np.uint8)
    return np.full((height, width, 3), {"black": 3, "tape": 95, "hand": 28}[what], np.uint8)
