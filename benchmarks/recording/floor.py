"""Phase "floor": what the bare libraries cost that a still screen cannot spare, called as often as in an exam.

Camera and microphone go on while nothing on the screen changes: ten pictures to decode and to encode, sixteen packets
of sound a second. Below the sum of these nobody gets who records the same with the same libraries; ``static`` is to be
held against it. Processor time is of this process with all threads of its libraries.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import av
import cv2
import numpy as np
from av.codec.context import CodecContext

from benchmarks.recording.camera import FPS, LENGTH, SIZE, clean, jpeg, noisy
from benchmarks.recording.hall import Hall, say
from client.capture.encode import OPUS_FRAME, SoundEncoder, VideoEncoder, camera_recipe
from client.capture.grain import smoothed
from client.capture.settings import CaptureSettings
from client.capture.source import SOUND_RATE, VIDEO_TIMESCALE
from simulation.puppet import Puppet

SECONDS = 15.0
BLOCK_PACKETS = 4  # the microphone's block (client.capture.sound)
PICTURES = 50

Once = Callable[[], object]


def measure(_hall: Hall) -> dict[str, float]:
    """Percent of a core for each line, in the order measured."""
    puppet = Puppet.of("astronaut")
    pictures = [noisy(clean(k, puppet), k) for k in range(min(PICTURES, LENGTH))]
    settings = CaptureSettings()
    camera, sound = VideoEncoder(camera_recipe(settings), *SIZE, FPS, "floor"), SoundEncoder(settings.sound_bits)
    found: dict[str, float] = {}
    for name, rate, once in (
        ("a loop that does nothing", FPS, lambda: None),
        ("JPEG to the encoder's colours by OpenCV", FPS, _by_opencv(pictures)),
        ("JPEG as it is by libavcodec", FPS, _by_libavcodec(pictures)),
        ("the camera's encoder", FPS, _encoding(camera, pictures)),
        (f"Opus, {BLOCK_PACKETS} packets at a time", SOUND_RATE / OPUS_FRAME / BLOCK_PACKETS, _hearing(sound)),
    ):
        say(f"{name}, for {SECONDS:.0f} s")
        found[name] = _percent(once, rate)
    camera.close()
    sound.close()
    return found


def least(found: dict[str, float]) -> float:
    """The cheapest way to decode, the camera's encoder and sound, without the loop's own cost, % of a core."""
    nothing, opencv, libavcodec, encoder, opus = found.values()
    return min(opencv, libavcodec) + encoder + opus - 3 * nothing


def details(found: dict[str, float]) -> list[str]:
    lines = [f"  {name:42} {percent:6.2f} % of a core" for name, percent in found.items()]
    return [*lines, f"  {'the cheapest of them together':42} {least(found):6.2f} % of a core"]


def _percent(once: Once, rate: float) -> float:
    once()  # what happens only the first time is not counted
    began, spent, n = time.monotonic(), time.process_time(), 0
    while time.monotonic() < began + SECONDS:
        once()
        n += 1
        time.sleep(max(0.0, began + n / rate - time.monotonic()))
    return 100 * (time.process_time() - spent) / (time.monotonic() - began)


def _turns(pictures: list[Any]) -> Iterator[Any]:
    return itertools.cycle(pictures)


def _by_opencv(pictures: list[Any]) -> Once:
    turns = _turns([np.frombuffer(jpeg(picture), np.uint8) for picture in pictures])
    return lambda: cv2.cvtColor(cv2.imdecode(next(turns), cv2.IMREAD_COLOR), cv2.COLOR_BGR2YUV_I420)


def _by_libavcodec(pictures: list[Any]) -> Once:
    turns = _turns([jpeg(picture) for picture in pictures])
    decoder = CodecContext.create("mjpeg", "r")
    decoder.thread_count = 1
    return lambda: decoder.decode(av.Packet(next(turns)))


def _encoding(encoder: VideoEncoder, pictures: list[Any]) -> Once:
    turns = _turns([smoothed(np.asarray(cv2.cvtColor(p, cv2.COLOR_BGR2YUV_I420), np.uint8)) for p in pictures])
    numbers = itertools.count()

    def once() -> None:
        n = next(numbers)
        encoder.encode(next(turns), n * VIDEO_TIMESCALE // FPS, key=n % (FPS * 10) == 0)

    return once


def _hearing(encoder: SoundEncoder) -> Once:
    random, numbers = np.random.default_rng(1), itertools.count()
    heard = random.normal(0, 300, OPUS_FRAME).astype(np.int16)

    def once() -> None:
        for _ in range(BLOCK_PACKETS):
            encoder.encode(heard, next(numbers) * OPUS_FRAME)

    return once
