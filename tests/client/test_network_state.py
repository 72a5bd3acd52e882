"""What the exam page says of the network is true within seconds, however the server went away."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from client_hall import Institution
from fake_window import Window

from client import messages as m

# Far less than the half minute a silent call could last; the figures themselves are no test's matter.
SOON = 20


@pytest.fixture(scope="module")
def institution(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    """One of its own, to be stopped and frozen."""
    made = Institution(tmp_path_factory.mktemp("institution"), students=4)
    made.start()
    yield made
    made.stop()


def serving(institution: Institution) -> list[int]:
    """The processes that hold the server's socket."""
    assert institution._process is not None
    children = Path(f"/proc/{institution._process.pid}/task/{institution._process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


@pytest.fixture
def freeze(institution: Institution) -> Iterator[Callable[[], None]]:
    """The server neither answers nor refuses: its machine sleeps, or the cable is out."""
    frozen: list[int] = []

    def stop() -> None:
        for pid in serving(institution):
            os.kill(pid, signal.SIGSTOP)
            frozen.append(pid)

    yield stop
    for pid in frozen:
        os.kill(pid, signal.SIGCONT)


def offline(view: m.NetworkView) -> bool:
    return view.state == "offline"


def test_a_server_that_was_stopped(open_window: Callable[..., Window], institution: Institution) -> None:
    """Its socket is closed: the next request is refused, and that is no slow network."""
    window = open_window()
    window.to_paper(institution.student())
    window.expect(m.NetworkView, lambda view: view.state == "online")
    heard = len(window.all)
    institution.stop()
    try:
        window.problem("network_lost", SOON)
        window.expect(m.NetworkView, offline)
    finally:
        institution.start()
    assert [x.state for x in window.all[heard:] if isinstance(x, m.NetworkView) and x.state == "slow"] == []
    window.problem("network_back", 40)
    window.expect(m.NetworkView, lambda view: view.state == "online")
    window.hand_in(60)


def test_a_server_that_froze(
    open_window: Callable[..., Window], institution: Institution, freeze: Callable[[], None]
) -> None:
    window = open_window()
    window.to_paper(institution.student())
    window.expect(m.NetworkView, lambda view: view.state == "online")
    freeze()
    window.expect(m.NetworkView, lambda view: view.state == "slow", SOON / 2)
    window.problem("network_lost", SOON)
    window.expect(m.NetworkView, offline)
