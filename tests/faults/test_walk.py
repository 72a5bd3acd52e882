"""Walks of the state machine: each deed once in a fixed order, then orders that Hypothesis draws.

``SENIM_WALKS=50 SENIM_STEPS=40 ./test tests/faults/test_walk.py`` walks long.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_hall import PASSPHRASES, Institution
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from walk import Walk

from server.admin import institution_keys
from server.review.site import make_site
from server.settings import load

WALKS = int(os.environ.get("SENIM_WALKS", "1"))
STEPS = int(os.environ.get("SENIM_STEPS", "8"))
DEEDS = {
    "record", "answer", "network_down", "network_slow", "disk_full", "kill_window", "kill_recorder", "kill_server",
    "clock_jump", "resume", "hand_in",
}  # fmt: skip


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, library: Path) -> Iterator[type[Walk]]:
    """The machine with an institution of its own: it is killed now and then."""
    own = Institution(tmp_path_factory.mktemp("walked"), students=WALKS * 3 + 10)
    own.start()
    found = load(own.folder)
    site = make_site(found, institution_keys.open_review_identity(found.folder, PASSPHRASES.review))
    Walk.institution, Walk.library, Walk.site, Walk.done = own, library, site, {}
    yield Walk
    site.opener.stop()
    site.database.close()
    own.stop()


def test_each_deed_once(walk: type[Walk]) -> None:
    """In an order in which each finds something to spoil."""
    one = walk()
    try:
        one.begin()
        for deed in (
            lambda: one.answer("first"), lambda: one.record(0.6), one.network_down, lambda: one.answer("offline"),
            one.kill_recorder, one.resume, one.network_slow, one.disk_full, lambda: one.answer("while full"),
            one.disk_free_again, lambda: one.record(0.6), lambda: one.clock_jump(2), one.kill_server,
            lambda: one.answer("after"), one.kill_window, one.resume, lambda: one.answer("at last"), one.network_down,
            one.hand_in, one.network_up,
        ):  # fmt: skip
            deed()
            one.nothing_is_lost()
    finally:
        one.teardown()
    assert set(one.done) == DEEDS
    assert one.oracle is not None and one.oracle.answers


def test_any_order(walk: type[Walk]) -> None:
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=WALKS, stateful_step_count=STEPS, derandomize=True, database=None, deadline=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip
    assert walk.done["record"] > 0
