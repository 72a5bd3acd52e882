"""Arithmetic of likeness on pictures whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.recording.measures import (
    BEST_DB,
    Luma,
    likeness,
    pixels_of,
    psnr,
    stale,
    text_lines,
    tile_errors,
    tiles_of,
)
from benchmarks.recording.shots import grey_png


def paper(height: int = 180, width: int = 240) -> Luma:
    return np.full((height, width), 240, np.uint8)


def test_psnr_of_a_known_difference() -> None:
    one = paper()
    assert psnr(one, one) == BEST_DB
    assert psnr(one, one - 10) == pytest.approx(20 * np.log10(255 / 10), abs=1e-4)


def test_psnr_looks_only_at_what_it_is_told() -> None:
    one, other = paper(), paper()
    other[:60] = 0
    keep = np.ones(one.shape, bool)
    keep[:60] = False
    assert psnr(one, other, keep) == BEST_DB
    assert psnr(one, other) < 10


def test_tiles_at_the_edge_are_smaller_and_count_as_much() -> None:
    one, other = paper(100, 130), paper(100, 130)
    other[60:, 120:] -= 4
    errors = tile_errors(one, other)
    assert errors.shape == (2, 3)
    assert errors[1, 2] == 16 and errors.sum() == 16


def test_a_tile_that_shows_what_was_before_is_stale() -> None:
    before, now = paper(), paper()
    now[0:60, 0:60] = 100
    now[60:120, 60:120] = 100
    shown = now.copy()
    shown[0:60, 0:60] = 235  # nearer to before
    shown[60:120, 60:120] = 110  # coarse, but new
    assert stale(before, now, shown) == (2, 1)
    assert stale(before, now, shown, tiles_of([(5, 5, 6, 6)], before.shape)) == (1, 0)
    assert stale(before, now, now) == (2, 0)
    assert stale(before, before, now) == (0, 0)


def test_noise_too_small_to_see_is_no_change() -> None:
    before, now = paper(), paper()
    now[0:60, 0:60] += 1
    assert stale(before, now, before) == (0, 0)


def test_boxes_become_tiles_and_tiles_pixels() -> None:
    tiles = tiles_of([(-10, 50, 61, 61)], (130, 200))
    assert tiles.tolist() == [[True, True, False, False], [True, True, False, False], [False] * 4]
    assert pixels_of(tiles, (130, 200)).sum() == 120 * 120


def test_lines_that_are_cut_or_no_text_are_not_read() -> None:
    page = paper(300, 200)
    page[0:6, 20:80] = 30  # cut by the upper edge
    page[40:56, 20:150] = 30  # a line
    page[70:200, 20:150] = 30  # a figure
    page[220:236, 20:150] = 30  # a line
    page[290:300, 20:80] = 30  # cut by the lower edge
    assert [(rows.start, rows.stop) for rows in text_lines(page)] == [(36, 60), (216, 240)]


def test_likeness() -> None:
    assert likeness("", "") == 1.0
    assert likeness("сенім", "сенім") == 1.0
    assert likeness("abcd", "abxd") == pytest.approx(0.75)


def test_a_grey_screenshot_keeps_sixteen_shades() -> None:
    bgra = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2).repeat(3, axis=0)
    grey = cv2.imdecode(np.frombuffer(grey_png(np.ascontiguousarray(bgra)), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert grey.shape == (3, 256)
    assert (grey // 17 == np.arange(256) // 16).all()
