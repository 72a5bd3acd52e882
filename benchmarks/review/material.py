"""Two minutes of screen, camera and sound, encoded as the recorder does it; the benchmark repeats them with a moved
clock. A picture of the screen changes about twice a second, the camera is noisy, as exams are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np

from client.capture.fragments import Packet, boxes, codecs_value
from client.capture.priority import ordinary_priority

SECONDS = 120
CLOCK = 90_000  # ticks a second of a video stream
SAMPLES = 48_000
BLOCK = 2880  # samples of a packet of sound
SVT = "pred-struct=1:lp=2:scm={scm}:keyint=-1:scd=0:rtc=1"
Picture = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Material:
    """``packets`` of ``SECONDS``, the first one a key."""

    mime: str
    timescale: int
    width: int
    height: int
    init: bytes
    packets: tuple[Packet, ...]


def encode() -> dict[str, Material]:
    """By stream name. Screen: one key, the rest depends on it; camera: a key every 10 s."""
    return {
        "screen-1": _video(1920, 1080, 2, _screen, scm=1, key_every=SECONDS),
        "camera": _video(640, 480, 10, _camera, scm=0, key_every=10),
        "sound": _sound(),
    }


def _screen(number: int) -> Picture:
    """A page of text-like strokes; a few lines of it change with each picture, as if somebody wrote."""
    rng = np.random.default_rng(7)
    page = np.full((1080, 1920, 3), 250, np.uint8)
    for line in range(120, 1000, 26):
        for word in range(0, 1500, 70):
            page[line : line + 12, 200 + word : 200 + word + int(rng.integers(20, 60))] = 40
    written = number % 60
    page[940:952, 200 : 200 + 20 * written] = 20
    page[30:60, 1700 : 1700 + 3 * (number % 60)] = (30, 90, 160)
    return page


def _camera(number: int) -> Picture:
    rng = np.random.default_rng(number)
    y, x = np.mgrid[0:480, 0:640]
    shift = 30 * np.sin(number / 13)
    face = ((x - 320 - shift) ** 2 / 90**2 + (y - 240) ** 2 / 120**2) < 1
    plain = np.where(face[..., None], np.array([200, 160, 130]), np.array([120, 140, 140]))
    picture: Picture = np.clip(plain + rng.normal(0, 4, plain.shape), 0, 255).astype(np.uint8)
    return picture


def _video(width: int, height: int, rate: int, draw: Callable[[int], Picture], *, scm: int, key_every: int) -> Material:
    sink = io.BytesIO()
    container = av.open(sink, "w", format="mp4", options={"movflags": "empty_moov+default_base_moof"})
    options = {"preset": "12", "crf": "40", "svtav1-params": SVT.format(scm=scm)}
    stream: Any = container.add_stream("libsvtav1", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.gop_size = 1 << 20
    stream.codec_context.time_base = Fraction(1, CLOCK)
    with ordinary_priority():  # else all that is started later would run before everything else on the machine
        stream.codec_context.open(strict=False)
    packets: list[Packet] = []
    for number in range(SECONDS * rate):
        frame = av.VideoFrame.from_ndarray(draw(number), format="rgb24").reformat(format="yuv420p")
        frame.pts, frame.time_base = number * CLOCK // rate, Fraction(1, CLOCK)
        if number % (key_every * rate) == 0:
            frame.pict_type = av.video.frame.PictureType.I
        packets += _taken(container, stream.encode(frame))
    packets += _taken(container, stream.encode(None))
    container.close()
    init = _init(sink.getvalue())
    return Material(f'video/mp4; codecs="{codecs_value(init)}"', CLOCK, width, height, init, tuple(packets))


def _sound() -> Material:
    sink = io.BytesIO()
    container = av.open(sink, "w", format="mp4", options={"movflags": "empty_moov+default_base_moof"})
    options = {"application": "voip", "frame_duration": "60"}
    stream: Any = container.add_stream("libopus", rate=SAMPLES, options=options)
    stream.bit_rate, stream.layout = 16_000, "mono"
    rng = np.random.default_rng(3)
    packets: list[Packet] = []
    for start in range(0, SAMPLES * SECONDS, BLOCK):
        wave = (rng.normal(0, 0.02, (1, BLOCK))).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(wave, format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLES, start, Fraction(1, SAMPLES)
        packets += _taken(container, stream.encode(frame))
    packets += _taken(container, stream.encode(None))
    container.close()
    first = packets[0].pts
    kept = tuple(Packet(packet.pts - first, True, packet.data) for packet in packets)
    init = _init(sink.getvalue())
    return Material(f'audio/mp4; codecs="{codecs_value(init)}"', SAMPLES, 0, 0, init, kept)


def _taken(container: Any, packets: Any) -> Iterator[Packet]:
    """Muxed too, because the init segment is written with the first packets."""
    for packet in packets:
        yield Packet(int(packet.pts), bool(packet.is_keyframe), bytes(packet))
        container.mux(packet)


def _init(data: bytes) -> bytes:
    return b"".join(box for kind, box in boxes(data) if kind in (b"ftyp", b"moov"))


def repeated(material: Material, hours: float) -> Iterator[Packet]:
    """The packets again and again, each round moved by ``SECONDS``."""
    length = SECONDS * material.timescale
    for place in range(int(hours * 3600 / SECONDS)):
        for packet in material.packets:
            if packet.pts < length:
                yield Packet(packet.pts + place * length, packet.key, packet.data)
