"""The accessibility tree (AT-SPI), as a screen reader sees it. Debian's bindings belong to the system's Python."""

from __future__ import annotations

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 -- the version is chosen before it is loaded

__all__ = ["Atspi", "GLib"]
