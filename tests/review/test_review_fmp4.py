"""The parser of fragmented MP4: right about real media, calm about hostile bytes."""

from __future__ import annotations

import random
import struct
from itertools import pairwise

import pytest
import review_media

from server.review.fmp4 import MediaError, read_fragment, read_init

MEDIA = {"screen": review_media.screen, "camera": review_media.camera, "sound": review_media.sound}


@pytest.mark.parametrize("name", MEDIA)
def test_a_fragment_tells_its_samples_and_times(name: str) -> None:
    media = MEDIA[name]()
    defaults = read_init(media.init)
    rates = {"screen": 5, "camera": 10}
    assert defaults.codec == ("Opus" if name == "sound" else "av01")
    assert (defaults.width, defaults.height) == {"screen": (1280, 720), "camera": (640, 480), "sound": (0, 0)}[name]
    pieces = [read_fragment(piece.body, defaults) for piece in media.pieces]
    assert pieces[0].pts0 == 0
    assert all(a.pts1 == b.pts0 for a, b in pairwise(pieces))
    if name in rates:
        assert sum(piece.samples for piece in pieces) == review_media.SECONDS * rates[name]
        assert [key for piece in pieces for key in piece.keys] == [0, 4 * 90000, 8 * 90000]


def test_every_cut_of_a_fragment_is_refused() -> None:
    media = review_media.camera()
    defaults, body = read_init(media.init), media.pieces[1].body
    for length in range(0, len(body), 97):
        with pytest.raises(MediaError):
            read_fragment(body[:length], defaults)


def test_flipped_bytes_never_raise_anything_else() -> None:
    media = review_media.camera()
    defaults, body = read_init(media.init), media.pieces[1].body
    chance = random.Random(7)
    for _ in range(3000):
        spoiled = bytearray(body)
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(min(len(spoiled), 900))] = chance.randrange(256)
        try:
            fragment = read_fragment(bytes(spoiled), defaults)
        except MediaError:
            continue
        assert 0 < fragment.samples <= 20_000


def test_flipped_init_never_raises_anything_else() -> None:
    init, chance = review_media.screen().init, random.Random(8)
    for _ in range(3000):
        spoiled = bytearray(init)
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        try:
            read_init(bytes(spoiled))
        except MediaError:
            pass


def test_a_sample_table_that_promises_a_billion_samples_is_refused_at_once() -> None:
    media = review_media.camera()
    body = bytearray(media.pieces[0].body)
    place = body.find(b"trun") + 8
    body[place : place + 4] = struct.pack(">I", 1_000_000_000)
    with pytest.raises(MediaError):
        read_fragment(bytes(body), read_init(media.init))


def test_samples_outside_of_the_data_are_refused() -> None:
    media = review_media.camera()
    body = bytearray(media.pieces[0].body)
    place = body.find(b"trun") + 12
    body[place : place + 4] = struct.pack(">i", 2_000_000)
    with pytest.raises(MediaError):
        read_fragment(bytes(body), read_init(media.init))
