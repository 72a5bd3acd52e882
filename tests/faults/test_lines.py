"""Lines, proxies and servers with faults at every kind of request: the institution has exactly what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from client_hall import Institution
from delivery import EXAM, Delivery

from simulation.faulty_wire import Fault, FaultyWire, Kind

CALLS = [("POST", "/ledger"), ("PUT", "/answers/"), ("PUT", "/segments/"), ("POST", "/hand-in"), ("GET", "/status")]
# What may be told to the person while a line garbles what the server says: that the answer makes no sense.
GARBLED = {Kind.CORRUPT_ANSWER, Kind.OLD_ANSWER}


@pytest.fixture(scope="module", autouse=True)
def exam(institution: Institution) -> None:
    institution.another_exam(EXAM)
    institution.plan(3600, exam=EXAM, streams=["camera"])


@pytest.fixture
def delivery(institution: Institution, wire: FaultyWire, tmp_path: Path) -> Iterator[Delivery]:
    made = Delivery(institution, wire.address, tmp_path)
    yield made
    made.close()


def sit(delivery: Delivery) -> None:
    """Lines, answers and segments in three bursts, then the end."""
    for burst in range(3):
        delivery.answer(0, f"first {burst}")
        delivery.segment()
        delivery.answer(1, f"second {burst} әңгіме")
        delivery.segment()
        delivery.until_delivered()
    asked = len(delivery.ears.loads)
    delivery.clock.passed_ms += 60_000  # nothing to send for so long: it asks how things stand
    delivery.step_until(lambda: len(delivery.ears.loads) > asked)
    delivery.segment()
    delivery.end()
    delivery.until_receipt()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.ANSWER, Kind.OLD_ANSWER)])
def test_one_fault_at_each_kind_of_request(delivery: Delivery, wire: FaultyWire, kind: Kind) -> None:
    wire.plan(*(Fault(kind, method, path, seconds=0.05) for method, path in CALLS if kind_fits(kind, path)))
    sit(delivery)
    assert delivery.wrong() == []
    assert set(delivery.ears.words) <= ({"server_answer"} if kind in GARBLED else set())


def kind_fits(kind: Kind, path: str) -> bool:
    """What has no body cannot be changed on its way; what comes once is not followed by another of its kind."""
    return not (kind is Kind.CORRUPT_REQUEST and path == "/status")


def test_an_old_answer_to_the_same_call(delivery: Delivery, wire: FaultyWire) -> None:
    """A ledger's receipt of before, another revision's acknowledgement: neither is taken for the new one."""
    wire.plan(Fault(Kind.OLD_ANSWER, "POST", "/ledger"), Fault(Kind.OLD_ANSWER, "PUT", "/answers/"))
    sit(delivery)
    assert delivery.wrong() == []
    assert set(delivery.ears.words) <= {"server_answer", "ledger_conflict"}


@pytest.mark.parametrize("retry_after", [None, 7])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_something_before_the_server_says_no(
    delivery: Delivery, wire: FaultyWire, status: int, retry_after: int | None
) -> None:
    for method, path in CALLS:
        wire.plan(*(Fault(Kind.ANSWER, method, path, status=status, retry_after=retry_after) for _ in range(2)))
    sit(delivery)
    assert delivery.wrong() == []
    assert set(delivery.ears.words) <= ({"server_answer"} if status == 500 and retry_after is None else set())


def test_retry_after_is_obeyed(delivery: Delivery, wire: FaultyWire) -> None:
    """The next request comes no earlier by the session's clock, which the waits alone move."""
    delivery.until_delivered()
    wire.plan(Fault(Kind.ANSWER, "PUT", "/segments/", status=503, retry_after=90))
    delivery.segment()
    before = delivery.clock.passed_ms
    delivery.until_delivered()
    assert delivery.clock.passed_ms - before >= 90_000


@pytest.mark.parametrize("seed", range(4))
def test_many_faults_in_any_order(
    institution: Institution, wire: FaultyWire, tmp_path: Path, seed: int, draw_faults: Callable[[int], list[Fault]]
) -> None:
    delivery = Delivery(institution, wire.address, tmp_path)
    wire.plan(*draw_faults(seed))
    sit(delivery)
    assert delivery.wrong() == []
    delivery.close()


@pytest.fixture
def draw_faults() -> Callable[[int], list[Fault]]:
    import random

    def draw(seed: int) -> list[Fault]:
        choose = random.Random(seed)
        kinds = [kind for kind in Kind if kind not in (Kind.OLD_ANSWER, Kind.DELAY)]
        found = []
        for method, path in CALLS[:3]:
            for kind in choose.sample(kinds, 4):
                if kind_fits(kind, path):
                    found.append(Fault(kind, method, path, skip=choose.randrange(3), status=choose.choice([500, 503])))
        return found

    return draw
