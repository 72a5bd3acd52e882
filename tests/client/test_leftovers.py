"""What earlier runs left, on its way home with nobody watching."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fake_window import fake_workshop
from spool_parts import Spooling, note

from client.engine.leftovers import Leftovers
from client.errors import SenimError
from client.spool.folder import SessionSpool
from client.spool.note import SessionNote, Stage
from client.upload.backoff import Backoff
from client.upload.http import HttpTransport
from client.upload.queue import Uploader
from client.upload.transport import NetworkDown, Refused
from evidence.signing import SigningKey

SERVER = "http://127.0.0.1:9"


class Steps:
    """An uploader whose steps end as told."""

    held_n = -1

    def __init__(self, *ends: SenimError | None) -> None:
        self.ends, self.waited_for = list(ends), list[SenimError]()

    def step(self) -> float | None:
        end = self.ends.pop(0)
        if end is not None:
            raise end
        return None

    def after(self, error: SenimError) -> float:
        self.waited_for.append(error)
        return 0.0


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Spooling]:
    made = Spooling(tmp_path / "spool")
    yield made
    made.close()


@pytest.fixture
def leftovers(tmp_path: Path) -> Leftovers:
    key = SigningKey.generate().verifying.text
    workshop = fake_workshop(tmp_path / "data", SERVER, key, [])
    return Leftovers(workshop, HttpTransport(SERVER), "s1", cast(Any, None))


def test_a_server_with_too_much_to_do_is_asked_again(leftovers: Leftovers, room: Spooling) -> None:
    busy = Refused("overloaded", 503, {}, 60)
    steps = Steps(busy, busy, None)
    leftovers._drive(cast(Uploader, steps), room.spool)
    assert steps.ends == [] and steps.waited_for == [busy, busy]


@pytest.mark.parametrize("error", [Refused("exam_closed", 403, {}), Refused("internal", 500, {})])
def test_what_waiting_does_not_cure_makes_room_for_the_next(
    leftovers: Leftovers, room: Spooling, error: Refused
) -> None:
    with pytest.raises(Refused):
        leftovers._drive(cast(Uploader, Steps(error)), room.spool)


class Planned(Leftovers):
    """Whose deliveries end as told, session by session."""

    def plan(self, *notes: SessionNote, **ends: list[SenimError | None]) -> None:
        self.ends, self.tried = ends, list[str]()
        for one in notes:
            SessionSpool.create(self._workshop.spool_root, one).close()

    def _deliver(self, note: SessionNote) -> None:
        self.tried.append(note.session)
        end = self.ends[note.session].pop(0)
        if end is not None:
            raise end


def test_only_what_time_cures_is_tried_again(tmp_path: Path) -> None:
    workshop = fake_workshop(tmp_path / "data", SERVER, SigningKey.generate().verifying.text, [])
    at_once = Backoff(uniform=lambda _low, _high: 0.0)
    planned = Planned(workshop, HttpTransport(SERVER), "s1", cast(Any, None), at_once)
    gone, busy = NetworkDown("gone"), Refused("overloaded", 503, {}, 0.0)
    planned.plan(
        *(note(session, login="s1", server=SERVER, stage=Stage.SITTING) for session in ("a", "b", "c")),
        note("d", login="s2", server=SERVER, stage=Stage.SITTING),
        a=[gone, gone, None], b=[Refused("exam_closed", 403, {})], c=[busy, None],
    )  # fmt: skip
    planned._run()
    assert planned.tried == ["a", "b", "c", "a", "c", "a"]
    assert not any(planned.ends.values())
