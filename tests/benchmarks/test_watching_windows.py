"""Windows of the scenarios are real ones."""

from __future__ import annotations

import pytest

from benchmarks.watching.windows import Windows
from client.system.front import Front


@pytest.mark.display
def test_windows_come_to_the_front_and_go() -> None:
    with Windows() as windows:
        assert windows.front(None) == Front("senim", "Senim", True)
        assert windows.front(("firefox", "медиана – іздеу")) == Front("firefox", "медиана – іздеу", False)
        assert windows.front(("firefox", "another page")) == Front("firefox", "another page", False)
        assert windows.front(("", "")) == Front("", "", False)
        assert windows.front(None) == Front("senim", "Senim", True)
