"""A few seconds of real media, encoded as the recorder does it and cut into fragments: screen, camera, sound."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from client.capture.priority import ordinary_priority
from server.review.fmp4 import read_fragment, read_init

SECONDS = 10
FRAGMENT_SECONDS = 2
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SVT = "pred-struct=1:lp=1:scm={scm}:keyint=-1:scd=0:rtc=1"


@dataclass(frozen=True)
class Piece:
    body: bytes
    pts0: int
    pts1: int
    frames: int
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Media:
    mime: str
    timescale: int
    width: int
    height: int
    init: bytes
    pieces: tuple[Piece, ...]


@cache
def screen() -> Media:
    return _video(1280, 720, 5, _exam_page, 'video/mp4; codecs="av01.0.05M.08"', scm=1)


@cache
def second_screen() -> Media:
    return _video(640, 360, 2, _desktop, 'video/mp4; codecs="av01.0.01M.08"', scm=1)


@cache
def camera() -> Media:
    return _video(640, 480, 10, _portrait, 'video/mp4; codecs="av01.0.04M.08"', scm=0)


@cache
def sound() -> Media:
    """A tone that comes and goes once a second."""
    sink = io.BytesIO()
    container = _container(sink)
    stream = container.add_stream("libopus", rate=48000, options={"application": "voip", "frame_duration": "60"})
    stream.bit_rate = 16000
    stream.layout = "mono"
    t = np.arange(48000 * SECONDS) / 48000
    wave = (np.sin(2 * math.pi * 440 * t) * 0.3 * (np.sin(2 * math.pi * t) > 0)).astype(np.float32)
    block = 2880
    for start in range(0, len(wave) - block + 1, block):
        frame = av.AudioFrame.from_ndarray(wave[start : start + block].reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return _cut(sink.getvalue(), 'audio/mp4; codecs="opus"')


def _video(width, height, rate, draw, mime, *, scm) -> Media:
    sink = io.BytesIO()
    container = _container(sink)
    options = {"preset": "12", "crf": "42", "svtav1-params": SVT.format(scm=scm)}
    stream = container.add_stream("libsvtav1", rate=rate, options=options)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.gop_size = 1 << 20
    stream.codec_context.time_base = Fraction(1, 90000)
    with ordinary_priority():
        stream.codec_context.open(strict=False)
    for number in range(SECONDS * rate):
        frame = av.VideoFrame.from_image(draw(width, height, number / rate)).reformat(format="yuv420p")
        frame.pts, frame.time_base = number * 90000 // rate, Fraction(1, 90000)
        if number % (rate * 4) == 0:
            frame.pict_type = 1
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return _cut(sink.getvalue(), mime)


def _container(sink):
    return av.open(
        sink, "w", format="mp4",
        options={
            "movflags": "empty_moov+default_base_moof+skip_trailer", "frag_duration": str(FRAGMENT_SECONDS * 1_000_000),
            "min_frag_duration": "0", "use_editlist": "0", "video_track_timescale": "90000",
        },
    )  # fmt: skip


def _cut(data: bytes, mime: str) -> Media:
    boxes, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        boxes.append((data[at + 4 : at + 8], data[at : at + size]))
        at += size
    init = b"".join(box for kind, box in boxes if kind in (b"ftyp", b"moov"))
    defaults = read_init(init)
    pieces, pending = [], b""
    for kind, box in boxes:
        if kind == b"moof":
            pending = box
        elif kind == b"mdat" and pending:
            body, pending = pending + box, b""
            fragment = read_fragment(body, defaults)
            keys = fragment.keys if mime.startswith("video") else (fragment.pts0,)
            pieces.append(Piece(body, fragment.pts0, fragment.pts1, fragment.samples, keys))
    return Media(mime, defaults.timescale, defaults.width, defaults.height, init, tuple(pieces))


def _exam_page(width: int, height: int, t: float) -> Image.Image:
    image = Image.new("RGB", (width, height), "#faf9f6")
    draw = ImageDraw.Draw(image)
    big, middle = ImageFont.truetype(FONT, 26), ImageFont.truetype(FONT, 20)
    draw.rectangle((0, 0, width, 54), fill="#ffffff", outline="#d9dcd9")
    draw.text((24, 13), "Сызықтық алгебра", font=big, fill="#1b2326")
    draw.text((width - 320, 16), f"қалды 0:{59 - int(t):02d}   ● жазылуда", font=middle, fill="#a3271d")
    draw.text((90, 110), f"{1 + int(t) // 4}-сұрақ", font=big, fill="#0f5f63")
    draw.text((90, 160), "Матрицаның анықтауышы нөлге тең болса, онда", font=middle, fill="#1b2326")
    for row, text in enumerate(("кері матрица бар", "кері матрица жоқ", "матрица бірлік", "матрица симметриялы")):
        y = 220 + row * 62
        draw.ellipse((90, y, 114, y + 24), outline="#0f5f63", width=3)
        if row == int(t) % 4:
            draw.ellipse((96, y + 6, 108, y + 18), fill="#0f5f63")
        draw.text((132, y), text, font=middle, fill="#1b2326")
    draw.text((90, height - 80), "a" * (1 + int(t * 2) % 30), font=middle, fill="#56636a")
    return image


def _desktop(width: int, height: int, t: float) -> Image.Image:
    image = Image.new("RGB", (width, height), "#24424f")
    ImageDraw.Draw(image).rectangle((40 + int(t * 20), 60, 240 + int(t * 20), 220), fill="#c9d6d9")
    return image


def portrait(shift: int = 0, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A simple drawn face, of no one in particular."""
    image = Image.new("RGB", size, "#b9c4c2")
    draw = ImageDraw.Draw(image)
    x, y = size[0] // 2 + shift, size[1] // 2
    draw.ellipse((x - 190, y + 130, x + 190, y + 470), fill="#335c67")
    draw.ellipse((x - 100, y - 150, x + 100, y + 140), fill="#d9a679")
    draw.pieslice((x - 108, y - 175, x + 108, y + 20), 180, 360, fill="#3b2a20")
    for side in (-1, 1):
        draw.ellipse((x + side * 42 - 14, y - 30, x + side * 42 + 14, y - 12), fill="#ffffff")
        draw.ellipse((x + side * 42 - 6, y - 27, x + side * 42 + 6, y - 15), fill="#22302f")
    draw.arc((x - 40, y + 40, x + 40, y + 90), 20, 160, fill="#8a4b3a", width=6)
    return image


def _portrait(width: int, height: int, t: float) -> Image.Image:
    return portrait(int(40 * math.sin(t)), (width, height))


def jpeg(shift: int = 0) -> bytes:
    sink = io.BytesIO()
    portrait(shift).crop((200, 60, 440, 330)).save(sink, "JPEG", quality=82)
    return sink.getvalue()


def webp(t: float) -> bytes:
    sink = io.BytesIO()
    _exam_page(1280, 720, t).resize((240, 135)).save(sink, "WEBP", quality=40)
    return sink.getvalue()
