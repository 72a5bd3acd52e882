"""A program with a window: draws what it reads, one line per picture: ``x y width height colour``."""

from __future__ import annotations

import sys

import Xlib.display
from Xlib import X


def main() -> None:
    display = Xlib.display.Display()
    screen = display.screen()
    window = screen.root.create_window(
        0, 0, screen.width_in_pixels, screen.height_in_pixels, 0, screen.root_depth, background_pixel=0x204060,
        override_redirect=True, event_mask=X.ExposureMask,
    )  # fmt: skip
    window.map()
    gc = window.create_gc(foreground=0xFFFFFF)
    display.sync()
    display.next_event()
    print("ready", flush=True)
    for line in sys.stdin:
        x, y, width, height, colour = (int(word, 0) for word in line.split())
        gc.change(foreground=colour)
        window.fill_rectangle(gc, x, y, width, height)
        display.sync()
        print("drawn", flush=True)


main()
