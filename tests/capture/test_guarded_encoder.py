"""An encoder that never returns is left behind; its stream goes on with another."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from client.capture import video_track
from client.capture.encode import EncoderFailed, Recipe, VideoEncoder
from client.capture.fragments import Packet
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.source import (
    Pixels,
)

from .fakes import wait_for
from .played import Played


class Hanging:
    """Opens; does not return from its ``stuck``-th picture before ``free`` is set."""

    init = b"\0\0\0\x08ftyp"

    def __init__(self, stuck: int) -> None:
        self.free, self.closed, self._left = threading.Event(), threading.Event(), stuck

    def __call__(self, *_opened: Any) -> Any:
        return self

    def encode(self, _yuv: Pixels, pts: int, key: bool) -> list[Packet]:
        self._left -= 1
        if self._left == 0:
            self.free.wait(60)
        return [Packet(pts, key, b"x")]

    def finish(self) -> list[Packet]:
        return []

    def close(self) -> None:
        self.closed.set()


def test_an_encoder_that_hangs_is_left_behind_and_released_if_it_returns_after_all() -> None:
    hanging = Hanging(2)
    yuv = np.zeros((96, 64), np.uint8)
    encoder = GuardedEncoder(Recipe("any", {}), 64, 64, 10, "camera", patience_s=2.0, make=hanging)
    assert [packet.pts for packet in encoder.encode(yuv, 0, True)] == [0] and encoder.init == hanging.init
    with pytest.raises(EncoderFailed, match="did not return"):
        encoder.encode(yuv, 1, False)
    with pytest.raises(EncoderFailed, match="left behind"):
        encoder.encode(yuv, 2, False)
    assert not hanging.closed.is_set(), "nobody may touch what a library is still at work on"
    hanging.free.set()
    assert hanging.closed.wait(10)
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "encode-camera"])


def test_whatever_an_encoder_raises_reaches_the_stream_and_its_thread_ends() -> None:
    def broken(*_opened: Any) -> Any:
        raise MemoryError("no more")

    with pytest.raises(MemoryError):
        GuardedEncoder(Recipe("any", {}), 64, 64, 10, "broken", make=broken)
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "encode-broken"])


def test_a_stream_whose_encoder_hangs_goes_on_with_another(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging, made = Hanging(8), list[str]()

    def make(recipe: Recipe, *size: Any) -> GuardedEncoder:
        made.append(recipe.codec)
        if len(made) == 1:
            real = VideoEncoder(recipe, *size)
            encode = hanging.encode
            whole = real.encode
            real.encode = lambda yuv, pts, key: (encode(yuv, pts, key), whole(yuv, pts, key))[1]
            return GuardedEncoder(recipe, *size, patience_s=2.0, make=lambda *_: real)
        return GuardedEncoder(recipe, *size)

    monkeypatch.setattr(video_track, "GuardedEncoder", make)
    played = Played("camera")
    played.look(20)
    hanging.free.set()
    kept = played.finish()
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    assert [gap[3] for gap in kept.gaps if gap[3] != "opening"] == ["encoder_failed"]
    assert sum(segment.frames for segment in kept.of("camera", 0)) == 7, "what came before it stands"
