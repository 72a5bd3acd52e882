"""Encoders, fragments, tiles, levels, faults of pictures."""

from __future__ import annotations

import io
from typing import Any

import av
import cv2
import numpy as np
import pytest

from client.capture.encode import (
    OPUS_FRAME,
    OPUS_PRE_SKIP,
    SoundEncoder,
    VideoEncoder,
    camera_recipe,
    screen_recipe,
    video_codec,
)
from client.capture.fragments import Packet, boxes, codecs_value, fragment
from client.capture.levels import level
from client.capture.picture_faults import Fault, FrozenWatch, camera_fault, screen_fault
from client.capture.settings import CaptureSettings
from client.capture.tiles import TilePicture
from client.errors import EncoderMissing

AV1, VP9 = CaptureSettings(), CaptureSettings(video_codec="vp9")


def frames_of(body: bytes) -> list[Any]:
    with av.open(io.BytesIO(body)) as container:
        return list(container.decode(container.streams[0]))


@pytest.mark.parametrize(
    ("recipe", "size", "codecs"),
    [
        (screen_recipe(AV1), (1920, 1080), "av01.0.08M.08"),
        (camera_recipe(AV1), (640, 480), "av01.0.04M.08"),
        (screen_recipe(VP9), (1280, 720), "vp09.00.31.08"),
        (camera_recipe(VP9), (640, 480), "vp09.00.30.08"),
    ],
)
def test_video_keeps_every_stamp_and_ends_where_we_say(recipe: Any, size: tuple[int, int], codecs: str) -> None:
    width, height = size
    encoder = VideoEncoder(recipe, width, height, 10)
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    stamps = [0, 9001, 36_000, 300_000, 309_000, 700_000]
    packets: list[Packet] = []
    for number, pts in enumerate(stamps):
        yuv[number * 20 : number * 20 + 20] = 30 * number
        now = encoder.encode(yuv, pts, key=number in {0, 4})
        assert [p.pts for p in now] == [pts], "no picture may wait inside the encoder"
        packets += now
    assert encoder.finish() == []
    body = encoder.init + fragment(1, packets[:3], stamps[3]) + fragment(2, packets[3:], 712_345)
    assert [kind for kind, _ in boxes(body)] == [b"ftyp", b"moov", b"moof", b"mdat", b"moof", b"mdat"]
    assert codecs_value(encoder.init).split(".")[:2] == codecs.split(".")[:2]
    if "av01" in codecs:
        assert codecs_value(encoder.init) == codecs
    frames = frames_of(body)
    assert [f.pts for f in frames] == stamps
    assert [f.pts for f in frames if f.key_frame] == [0, 309_000]
    with av.open(io.BytesIO(body)) as container:
        assert container.streams[0].duration == 712_345
        durations = [p.duration for p in container.demux(container.streams[0]) if p.size]
    if "av01" in codecs:  # FFmpeg's VP9 parser sets its own
        assert durations == [b - a for a, b in zip(stamps, [*stamps[1:], 712_345], strict=True)]


def test_a_second_segment_decodes_behind_its_part_s_init() -> None:
    encoder = VideoEncoder(camera_recipe(AV1), 320, 240, 10)
    yuv = np.full((360, 320), 100, np.uint8)
    packets = [p for n in range(6) for p in encoder.encode(yuv, n * 9000, key=n == 3)]
    encoder.finish()
    frames = frames_of(encoder.init + fragment(7, packets[3:], 54_000))
    assert [f.pts for f in frames] == [27_000, 36_000, 45_000]


def test_sound_lies_where_it_was_heard_also_after_a_gap() -> None:
    encoder = SoundEncoder(16_000)
    rate = 48_000
    beeps = np.zeros(rate, np.int16)
    wave = (12_000 * np.sin(2 * np.pi * 1000 * np.arange(rate // 5) / rate)).astype(np.int16)
    beeps[rate // 2 : rate // 2 + len(wave)] = wave
    pieces = [beeps[n * OPUS_FRAME : (n + 1) * OPUS_FRAME] for n in range(rate // OPUS_FRAME)]
    packets: list[Packet] = []
    fed = 0
    for gap in (0, 96_000):  # the second beep comes after two seconds of nothing
        fed += gap
        for piece in pieces:
            packets += encoder.encode(piece, fed)
            fed += OPUS_FRAME
    packets += encoder.finish()
    half = len(packets) // 2
    body = encoder.init + fragment(1, packets[:half], packets[half].pts)
    body += fragment(2, packets[half:], fed + OPUS_PRE_SKIP)
    assert codecs_value(encoder.init) == "opus"
    starts, loud = [], False
    for frame in frames_of(body):
        samples = np.abs(frame.to_ndarray()[0])
        now = bool((samples > 0.1).any())
        if now and not loud:
            starts.append(frame.pts + int(np.argmax(samples > 0.1)) - OPUS_PRE_SKIP)
        loud = now
    second = len(pieces) * OPUS_FRAME + 96_000
    assert starts == pytest.approx([24_000, second + 24_000], abs=480)


def test_vp9_stands_in_where_svt_is_missing() -> None:
    assert video_codec(AV1) == "av1"
    assert video_codec(AV1, has=lambda name: name == "libvpx-vp9") == "vp9"
    with pytest.raises(EncoderMissing):
        video_codec(AV1, has=lambda name: False)


@pytest.mark.parametrize("data", [b"\0\0\0", b"\0\0\0\x10moof", b"\0\0\0\x02moof"])
def test_a_torn_box_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="torn"):
        list(boxes(data))


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1281, 721)])
def test_tiles_tell_what_changed_and_keep_the_encoder_s_picture(size: tuple[int, int]) -> None:
    width, height = size
    random = np.random.default_rng(1)
    picture = TilePicture(width, height)
    screen = random.integers(0, 255, (height, width, 4), np.uint8)
    assert picture.update(screen) == picture.tiles
    assert picture.update(screen) == 0
    screen[100, 100] ^= 255  # one tile
    screen[119:121, 305] ^= 255  # two tiles: the edge between bands
    assert picture.update(screen) == 3
    even = np.ascontiguousarray(screen[: height & ~1, : width & ~1])
    assert np.array_equal(picture.yuv, cv2.cvtColor(even, cv2.COLOR_BGRA2YUV_I420))
    assert np.array_equal(picture.bgr(), even[..., :3])
    assert picture.bgr() is picture.bgr()


def test_level_is_rms_on_a_60_db_scale() -> None:
    assert level(np.zeros(2880, np.int16)) == 0.0
    assert level(np.zeros(0, np.int16)) == 0.0
    assert level(np.full(2880, 32767, np.int16)) == pytest.approx(1.0, abs=1e-3)
    assert level(np.full(2880, 3277, np.int16)) == pytest.approx(1 - 20 / 60, abs=1e-3)
    assert level(np.full(2880, 33, np.int16)) == pytest.approx(0.0, abs=2e-3)


def test_a_screen_that_shows_nothing_is_named() -> None:
    picture = np.zeros((1080, 1920, 3), np.uint8)
    assert screen_fault(picture) is Fault.BLACK
    picture[:] = (80, 40, 20)
    assert screen_fault(picture) is Fault.ONE_COLOURED
    picture[500:524, 300:316] = 255  # the pointer, which we draw ourselves
    assert screen_fault(picture) is Fault.ONE_COLOURED
    picture[500:506, 300:420] = 255  # a line of text
    assert screen_fault(picture) is None


def test_a_covered_or_frozen_camera_is_named() -> None:
    random = np.random.default_rng(2)
    assert camera_fault(random.integers(0, 8, (480, 640, 3), np.uint8)) is Fault.BLACK
    assert camera_fault(np.full((480, 640, 3), 128, np.uint8)) is Fault.ONE_COLOURED
    face = random.integers(90, 160, (480, 640, 3), np.uint8)
    face[120:360, 200:440] += 60
    assert camera_fault(face) is None
    watch = FrozenWatch(after_s=5)
    assert [watch.look(t * 1_000_000_000, face) for t in range(5)] == [None] * 5
    assert watch.look(6_000_000_000, face) is Fault.FROZEN
    assert watch.look(7_000_000_000, face ^ 1) is None
