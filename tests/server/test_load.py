"""The load that clients pace themselves by: what makes it rise, and what it does then."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from exam_hall import Server
from sitting import Sitting

from server.admin.institution_keys import verifying_key
from server.ingest import threads
from server.ingest.lateness import FULL_SECONDS, Lateness


class Hand:
    """A clock moved by hand, in seconds."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand() -> Hand:
    return Hand()


def late(lateness: Lateness, hand: Hand, seconds: float) -> None:
    lateness.begin(hand.seconds)
    hand.seconds += seconds
    lateness.done()


def test_one_hiccup_says_little_and_lasting_lateness_all(hand: Hand) -> None:
    lateness = Lateness(hand)
    assert lateness.share() == 0.0
    late(lateness, hand, FULL_SECONDS)
    assert 0.2 < lateness.share() < 0.4
    for _ in range(6):
        late(lateness, hand, FULL_SECONDS)
    assert lateness.share() > 0.85
    for _ in range(6):
        late(lateness, hand, 0.0)
    assert lateness.share() < 0.15


def test_what_is_not_done_yet_counts_too(hand: Hand) -> None:
    lateness = Lateness(hand)
    lateness.begin(hand.seconds + 0.5)
    assert lateness.share() == 0.0, "it is not due yet"
    hand.seconds += 0.5 + 20 * FULL_SECONDS
    assert lateness.share() == 1.0
    lateness.done()
    assert lateness.share() == 1.0


@pytest.mark.parametrize("starve", ["loop", "threads"])
def test_a_starved_loop_and_starved_threads_are_both_seen(starve: str) -> None:
    """A loop that does something else, or a pool whose threads are all waiting."""
    lateness, free = Lateness(), threading.Event()

    async def until(what: Callable[[], bool]) -> None:
        while not what():
            if starve == "loop":
                free.wait(0.7)  # as long as nobody else has a turn on this loop
            await asyncio.sleep(0.01)

    async def run() -> None:
        watching = asyncio.create_task(lateness.watch())
        if starve == "threads":
            for _ in range(threads.WORKER_THREADS):
                threads.pool.submit(free.wait)
        await until(lambda: lateness.share() > 0.2)
        watching.cancel()

    try:
        asyncio.run(run())
    finally:
        free.set()


def test_a_starved_server_says_so_and_still_takes_what_comes(server: Server, sitting: Sitting) -> None:
    sitting.ready_for_paper(verifying_key(server.services.settings.folder))
    lateness = server.services.load.lateness
    lateness._average = 60.0
    answer = sitting.put("camera", 0)
    assert answer.status_code == 201
    assert answer.json()["status"]["load"] == 9
