"""Screens of a real X server: what is fetched in pieces is what a whole look sees, the pointer included."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
import Xlib.display

from client.capture.screen_x11 import X11Screen
from client.capture.source import Pixels, Reading
from client.capture.x11_damage import Damage
from client.capture.x11_wire import Refused, Wire
from client.clock import SessionClock
from client.errors import ScreenMissing, ScreenNotShown, ScreenRemoved
from simulation.manual_clock import ManualClock

from .conftest import Display
from .fakes import wait_for
from .x11_screens import x11_screens

GROUND = 0x204060


@pytest.fixture
def screen(display: Display) -> Iterator[X11Screen]:
    """The whole desktop, painted in one colour and looked at once."""
    display.draw(0, 0, 1280, 720, GROUND)
    source = X11Screen("screen-1", SessionClock())
    source.start()
    settled(source)
    yield source
    source.stop()


def settled(source: X11Screen) -> Pixels:
    """The picture when nothing new comes any more."""
    wait_for(lambda: source.read(0) is None and source.bgr() is not None)
    picture = source.bgr()
    assert picture is not None
    return picture


def afresh(name: str = "") -> Pixels:
    """What somebody who looks for the first time sees."""
    source = X11Screen("screen-1", SessionClock(), name)
    source.start()
    assert source.read(0) is not None
    picture = source.bgr()
    source.stop()
    assert picture is not None
    return picture


def test_pieces_add_up_to_the_whole(display: Display, screen: X11Screen) -> None:
    """Drawing anywhere, with the pointer in it, beside it and moving over it."""
    chance = random.Random(7)
    screen._due_ns = screen._clock.now_ns() + 10**12  # no look at everything meanwhile
    for round_ in range(40):
        for _ in range(chance.randrange(1, 5)):
            width, height = chance.choice([(2, 20), (70, 10), (300, 200), (1280, 40), (40, 720)])
            x, y = chance.randrange(-10, 1270), chance.randrange(-10, 710)
            display.draw(x, y, width, height, chance.randrange(1 << 24))
        if round_ % 3:
            display.run("xdotool", "mousemove", str(chance.randrange(1280)), str(chance.randrange(720)))
        if round_ % 2:
            screen.read(0)
        if not round_ % 5:
            assert np.array_equal(settled(screen), afresh())
    yuv = screen.yuv()
    fresh = X11Screen("screen-1", SessionClock())
    fresh.start()
    fresh.read(0)
    assert np.array_equal(yuv, fresh.yuv())
    fresh.stop()


def test_only_drawn_tiles_are_fetched(display: Display, screen: X11Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = []
    grab = screen._grabber.grab
    monkeypatch.setattr(screen._grabber, "grab", lambda areas: (fetched.extend(areas), grab(areas))[1])
    screen._due_ns = screen._clock.now_ns() + 10**12  # no look at everything meanwhile
    display.draw(610, 310, 2, 20, 0xFFFFFF)
    display.draw(1210, 10, 60, 14, 0xFFFF00)
    reading = wait_for(lambda: screen.read(0))
    assert fetched == [(1200, 0, 80, 60), (600, 300, 60, 60)] and reading.changed_tiles == 3
    fetched.clear()
    display.draw(610, 310, 2, 20, 0xFFFFFF)  # the same again: drawn, and not changed
    wait_for(lambda: screen.read(0) is None and fetched)
    assert fetched == [(600, 300, 60, 60)]


def test_the_pointer_moves_over_a_static_screen(display: Display, screen: X11Screen) -> None:
    display.run("xdotool", "mousemove", "300", "200")
    wait_for(lambda: screen.read(0.5))
    first = settled(screen).copy()
    display.run("xdotool", "mousemove", "700", "500")
    reading: Reading = wait_for(lambda: screen.read(0.5))
    second = settled(screen)
    assert 2 <= reading.changed_tiles <= 8
    assert first[195:230, 295:320].std() > 10 and second[495:530, 695:720].std() > 10
    for empty in (first[495:530, 695:720], second[195:230, 295:320]):
        assert np.array_equal(empty, np.full_like(empty, (0x60, 0x40, 0x20)))


def test_a_pointer_that_looks_different(display: Display, screen: X11Screen) -> None:
    display.run("xdotool", "mousemove", "300", "200")
    before = settled(screen)[170:230, 270:330].copy()
    program = Xlib.display.Display(display.name)
    font = program.open_font("cursor")
    hand = font.create_glyph_cursor(font, 60, 61, (0xFFFF, 0, 0), (0xFFFF, 0xFFFF, 0xFFFF))
    program.screen().root.change_attributes(cursor=hand)
    program.sync()
    wait_for(lambda: screen.read(0))
    after = settled(screen)[170:230, 270:330]
    assert not np.array_equal(before, after) and [0, 0, 255] in after.reshape(-1, 3).tolist()
    assert np.array_equal(settled(screen), afresh())
    program.close()


@pytest.mark.parametrize(
    "less", [["DAMAGE"], ["XFIXES"], ["MIT-SHM"], ["RANDR"], ["XInputExtension"], ["DAMAGE", "XFIXES", "MIT-SHM"]]
)
def test_a_server_that_lacks_something(less: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Dearer, perhaps without a pointer, but every change is seen."""
    display = Display("640x360", without=less)
    try:
        monkeypatch.setenv("DISPLAY", display.name)
        display.draw(0, 0, 640, 360, GROUND)
        source = X11Screen("screen-1", SessionClock())
        source.start()
        settled(source)
        display.draw(130, 70, 20, 20, 0x00FF00)
        reading = wait_for(lambda: source.read(0))
        assert reading.changed_tiles == 1 and source._grabber.shares is ("MIT-SHM" not in less)
        assert settled(source)[80, 140].tolist() == [0, 255, 0]
        source.stop()
    finally:
        display.close()


def test_a_driver_that_draws_without_a_word(
    display: Display, screen: X11Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is looked at now and then, and oftener while that finds something."""
    clock = screen._clock = ManualClock()
    monkeypatch.setattr(Damage, "is_news", lambda self, event: False)
    screen._due_ns = 0
    settled(screen)

    def seconds_until_seen(colour: int) -> float:
        display.draw(130, 70, 20, 20, colour)
        begun = clock.now_ns()
        while not screen.read(0):
            clock.advance(0.1)
        return (clock.now_ns() - begun) / 1e9

    clock.advance(60)
    screen.read(0)
    assert seconds_until_seen(0xFF0000) <= 2.01
    assert [seconds_until_seen(0x00FF00 + n) <= 0.21 for n in range(4)] == [True] * 4
    clock.advance(60)
    screen.read(0)
    assert 0.1 < seconds_until_seen(0x0000FF) <= 2.01


def test_a_quiet_screen_is_waited_for(display: Display, screen: X11Screen) -> None:
    """A look that may wait ends when something is drawn, long before its time."""
    clock = screen._clock
    settled(screen)
    begun = clock.now_ns()
    assert wait_for(lambda: screen.read(0.2) is None)
    display.draw(130, 70, 20, 20, 0x00FF00)
    assert wait_for(lambda: screen.read(30), 60)
    assert clock.now_ns() - begun < 25e9


# ---- which monitors there are -----------------------------------------------------------------


def test_monitors_by_name_wherever_they_lie(display: Display) -> None:
    display.monitor("left", 640, 720, output="screen")
    display.monitor("right", 600, 700, 640)
    display.draw(640, 0, 640, 720, 0x0000FF)
    right = X11Screen("screen-2", SessionClock(), "right")
    right.start()
    assert settled(right)[600, 500].tolist() == [0xFF, 0, 0]
    display.unplug("left")  # now the whole desktop is one monitor, and "right" a piece of it
    with pytest.raises(ScreenRemoved):
        wait_for(lambda: right.read(0) and False, 5)
    right.stop()
    with pytest.raises(ScreenRemoved):
        right.start()
    display.monitor("left", 300, 720, output="screen")
    right.start()
    assert settled(right)[600, 500].tolist() == [0xFF, 0, 0]
    right.stop()


def test_a_monitor_that_moves_is_followed(display: Display) -> None:
    display.monitor("left", 640, 720, output="screen")
    display.monitor("right", 600, 700, 640)
    display.draw(0, 0, 640, 720, 0x00FF00)
    display.draw(640, 0, 640, 720, 0x0000FF)
    source = X11Screen("screen-2", SessionClock(), "right")
    source.start()
    assert settled(source)[600, 20].tolist() == [0xFF, 0, 0]
    display.unplug("right")
    display.monitor("right", 600, 700, 340)
    assert wait_for(lambda: source.read(0) is None and settled(source)[600, 20].tolist() == [0, 0xFF, 0], 5)
    assert settled(source)[600, 400].tolist() == [0xFF, 0, 0]
    source.stop()


def test_monitors_that_show_the_same_are_one(display: Display) -> None:
    display.monitor("beamer", 640, 720, output="screen")
    display.monitor("copy", 640, 720)
    display.monitor("piece", 320, 200, 100, 100)
    display.monitor("other", 640, 720, 640)
    assert [(s.stream, s.name) for s in x11_screens()] == [("screen-1", "beamer"), ("screen-2", "other")]


def test_another_mode_of_the_same_monitor(display: Display) -> None:
    """The desktop shrinks under the monitor's picture and grows again: another size each time, never an error."""
    display.draw(0, 0, 1280, 720, 0x00FF00)
    mode = ("0", "800", "0", "0", "800", "600", "0", "0", "600")
    display.run("xrandr", "--newmode", "800x600", *mode)
    display.run("xrandr", "--addmode", "screen", "800x600")
    source = X11Screen("screen-1", SessionClock())
    source.start()
    assert settled(source).shape == (720, 1280, 3)
    for size in ((600, 800), (720, 1280)):
        display.run("xrandr", "--output", "screen", "--mode", f"{size[1]}x{size[0]}")
        assert wait_for(lambda size=size: source.read(0) is None and settled(source).shape[:2] == size, 5)
        display.draw(0, 0, 1280, 720, 0x00FF00)
        assert settled(source)[500, 700].tolist() == [0, 0xFF, 0]
    source.stop()


def test_pixels_we_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    display = Display("640x360", depth=16)
    try:
        monkeypatch.setenv("DISPLAY", display.name)
        source = X11Screen("screen-1", SessionClock())
        with pytest.raises(ScreenNotShown):
            source.start()
        source.stop()
    finally:
        display.close()


def test_a_wire_says_what_was_refused(display: Display) -> None:
    wire = Wire()
    assert wire.size() == (1280, 720) and wire.extension("NO-SUCH-THING") is None
    with pytest.raises(Refused) as refused:
        wire.atom(0x7FFFFFF)
    assert refused.value.code == 5
    assert wire.size() == (1280, 720)
    wire.close()
    wire.close()
    with pytest.raises(ScreenMissing):
        wire.size()
