"""Encoders: pictures and samples in, packets out.

AV1 by SVT in its real-time mode, VP9 where a build lacks SVT, Opus for sound. The settings were chosen
by measurement; none of them holds frames back, so every picture leaves as a packet at once.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from client.capture.settings import CaptureSettings
from client.capture.source import SOUND_RATE, VIDEO_TIMESCALE, Pixels, Samples
from client.errors import EncoderMissing

os.environ.setdefault("SVT_LOG", "1")  # errors only; read when the library is loaded

import av
from av.codec.codec import UnknownCodecError
from av.video.frame import PictureType

from client.capture.fragments import Packet, boxes
from client.capture.priority import inherited_name, ordinary_priority

_MUXER = {
    "movflags": "empty_moov+default_base_moof+skip_trailer",
    "use_editlist": "0",
    "video_track_timescale": "90000",
    "write_tmcd": "0",
    "flush_packets": "1",
}

OPUS_FRAME = 2880
"""Samples in one Opus packet (60 ms)."""
_OPUS_COMPLEXITY = "1"
"""Measured with a spoken Russian sentence at 16 kbit/s: half a percent of a core at 0 and 1, more than twice that
from 2 on, with spectra no nearer to the original (4.2 dB away at 1, 4.8 at 3, 4.3 at 10). Not judged by ear."""
OPUS_PRE_SKIP = 312
"""Samples the encoder adds in front; a decoder takes them away again."""


BREATH_S = 0.004
"""SVT-AV1 4.1 gives a picture out before it has put its own threads in order: a next one that comes at once can find
no free reference buffer and waits for one for ever (seen after 500 to 3,000 pictures without a pause, once in 38,000
with 1 ms). The pause is counted from the last picture's packet: ten pictures a second come late enough by themselves
and wait for nothing. ``guarded_encoder`` is for the case that this is not enough."""


class EncoderFailed(Exception):
    """An encoder did not open, or refused a picture. It must not be used again; a new one may work."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """An encoder with its options."""

    codec: str
    options: dict[str, str]


# Flat prediction: each picture is predicted from the one before, at one quality. SVT's layers of pictures save a
# screen nothing, cost the processor half as much again, and leave a changed caret or letter out of the pictures
# between two layers. Quantisation matrices make key frames a quarter smaller at the same likeness (decision 14).
_WORST_CRF = 63
_SCREEN_PARAMETERS = ":hierarchical-levels=0:enable-qm=1"


def _svt(preset: int, crf: int, screen: bool) -> Recipe:
    parameters = f"pred-struct=1:lp=1:scm={int(screen)}:keyint=-1:scd=0:rtc=1"
    if screen:
        parameters += _SCREEN_PARAMETERS
    return Recipe("libsvtav1", {"preset": str(preset), "crf": str(min(crf, _WORST_CRF)), "svtav1-params": parameters})


def _vp9(crf: int, screen: bool, preset: int = 12) -> Recipe:
    options = {"deadline": "realtime", "lag-in-frames": "0", "row-mt": "0", "b": "0", "crf": str(min(crf, _WORST_CRF))}
    if screen:
        speed = "7" if preset <= _VP9_PRESET else "8"
        return Recipe("libvpx-vp9", options | {"cpu-used": speed, "tune-content": "screen", "aq-mode": "0"})
    return Recipe("libvpx-vp9", options | {"cpu-used": "8", "aq-mode": "3"})


# The same likeness needs another number there.
_VP9_SCREEN_CRF, _VP9_CAMERA_CRF = 13, -6
_VP9_PRESET = 10  # of SVT; a faster one asks for VP9's faster one


def screen_recipe(settings: CaptureSettings) -> Recipe:
    """For screens."""
    if video_codec(settings) == "vp9":
        return _vp9(settings.screen_crf + _VP9_SCREEN_CRF, screen=True, preset=settings.screen_preset)
    return _svt(settings.screen_preset, settings.screen_crf, screen=True)


def camera_recipe(settings: CaptureSettings) -> Recipe:
    """For the camera."""
    if video_codec(settings) == "vp9":
        return _vp9(settings.camera_crf + _VP9_CAMERA_CRF, screen=False)
    return _svt(settings.camera_preset, settings.camera_crf, screen=False)


def video_codec(settings: CaptureSettings, has: Callable[[str], bool] | None = None) -> str:
    """ "av1" if asked for and there, else "vp9". Raises ``EncoderMissing`` if neither is."""
    has = has or has_encoder
    if settings.video_codec == "av1" and has("libsvtav1"):
        return "av1"
    if has("libvpx-vp9"):
        return "vp9"
    raise EncoderMissing("neither libsvtav1 nor libvpx-vp9")


@cache
def has_encoder(name: str) -> bool:
    """Whether this build of FFmpeg has the encoder."""
    try:
        av.codec.Codec(name, "w")
    except UnknownCodecError:
        return False
    return True


class _Muxer:
    """An encoder inside FFmpeg's MP4 muxer, which is used for one thing only: the init segment.

    Its first packet makes the muxer write ftyp + moov into memory; nothing else is ever muxed.
    """

    init = b""

    def __init__(self, codec: str, rate: int, options: dict[str, str]) -> None:
        self._sink = _Sink()
        self._container = av.open(self._sink, "w", format="mp4", options=dict(_MUXER))
        self.stream: Any = self._container.add_stream(codec, rate=rate, options=dict(options))
        self.stream.codec_context.time_base = Fraction(1, VIDEO_TIMESCALE)

    def take(self, packets: list[Any]) -> list[Packet]:
        found = [Packet(p.pts or 0, bool(p.is_keyframe), bytes(p)) for p in packets if p.size]
        if packets and not self.init:
            self._container.mux(packets[0])
            kept = [box for kind, box in boxes(bytes(self._sink.data)) if kind in (b"ftyp", b"moov")]
            self.init = b"".join(kept)
        return found

    def close(self) -> None:
        self._container.close()
        self._sink.data.clear()


class _Sink:
    """A file that can only be written to."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, piece: bytes) -> int:
        self.data += piece
        return len(piece)


@contextmanager
def _failures(doing: str) -> Iterator[None]:
    """Whatever the native library raises becomes ``EncoderFailed``."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError, ArithmeticError, RuntimeError, MemoryError) as error:
        raise EncoderFailed(f"{doing}: {type(error).__name__}: {error}") from error


class VideoEncoder:
    """One run of a video encoder at one size. Stamps must rise. Opening and encoding raise ``EncoderFailed``."""

    def __init__(self, recipe: Recipe, width: int, height: int, rate: int, name: str = "") -> None:
        """``name``: of the encoder's own threads, where the system shows names."""
        with _failures("open"):
            self._muxer = _Muxer(recipe.codec, rate, recipe.options)
            stream = self._muxer.stream
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            context = stream.codec_context
            context.gop_size = 1 << 20  # we say when
            context.thread_count = 1
            context.color_range = 1  # limited range, as cv2 converts
            with ordinary_priority(), inherited_name(f"enc-{name}"):
                context.open(strict=False)
        self._stream = stream
        self.width, self.height = width, height
        self._breathed_s = time.monotonic() + BREATH_S

    @property
    def init(self) -> bytes:
        """The init segment; b"" before the first packet."""
        return self._muxer.init

    def encode(self, yuv: Pixels, pts: int, key: bool) -> list[Packet]:
        """``yuv``: I420, contiguous uint8 (height * 3 / 2) x width."""
        breath_s = self._breathed_s - time.monotonic()
        if breath_s > 0:
            time.sleep(breath_s)
        with _failures("encode"):
            frame = av.VideoFrame.from_numpy_buffer(yuv, format="yuv420p")
            frame.pts, frame.time_base = pts, Fraction(1, VIDEO_TIMESCALE)
            frame.pict_type = PictureType.I if key else PictureType.NONE
            packets = self._muxer.take(self._stream.encode(frame))
        self._breathed_s = time.monotonic() + BREATH_S
        return packets

    def finish(self) -> list[Packet]:
        """What the encoder still holds; it is released and must not be used again."""
        with _failures("finish"):
            rest = self._muxer.take(self._stream.encode(None))
        self.close()
        return rest

    def close(self) -> None:
        """Release it; what it still holds is lost. Raises nothing."""
        with suppress(av.FFmpegError, OSError, ValueError):
            self._muxer.close()


class SoundEncoder:
    """One run of Opus, mono, ``OPUS_FRAME`` samples at a time.

    A packet holds the last 312 samples of the frame before and most of its own, so on a timeline that
    starts ``OPUS_PRE_SKIP`` samples before the first one heard, its pts is its own frame's stamp. The
    encoder's own stamps are not used: across a gap they would put sound 200 ms too early. Everything but ``close``
    raises ``EncoderFailed``.
    """

    def __init__(self, bits: int) -> None:
        options = {"application": "voip", "frame_duration": "60", "compression_level": _OPUS_COMPLEXITY}
        with _failures("open"):
            self._muxer = _Muxer("libopus", SOUND_RATE, options)
            stream = self._muxer.stream
            stream.layout, stream.bit_rate = "mono", bits
            stream.codec_context.time_base = Fraction(1, SOUND_RATE)
        self._stream = stream
        self._stamps: deque[int] = deque()
        self._end = 0

    @property
    def init(self) -> bytes:
        """The init segment; b"" before the first packet."""
        return self._muxer.init

    def encode(self, samples: Samples, pts: int) -> list[Packet]:
        """``samples``: exactly ``OPUS_FRAME``; ``pts`` of the first one, rising by at least as much."""
        with _failures("encode"):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, pts, Fraction(1, SOUND_RATE)
            self._stamps.append(pts)
            self._end = pts + OPUS_FRAME
            return self._stamped(self._muxer.take(self._stream.encode(frame)))

    def finish(self) -> list[Packet]:
        """The packet with the last ``OPUS_PRE_SKIP`` samples; then the encoder is released."""
        with _failures("finish"):
            rest = self._stamped(self._muxer.take(self._stream.encode(None)))
        self.close()
        return rest

    def close(self) -> None:
        """Release it; what it still holds is lost. Raises nothing."""
        with suppress(av.FFmpegError, OSError, ValueError):
            self._muxer.close()

    def _stamped(self, packets: list[Packet]) -> list[Packet]:
        return [Packet(self._stamps.popleft() if self._stamps else self._end, True, p.data) for p in packets]
