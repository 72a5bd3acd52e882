"""Segments and lines go through threads and shared transactions: nothing is confirmed before both of its halves are
kept, and one that fails takes no other with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from exam_hall import Server
from sitting import STREAMS, Sitting
from sqlalchemy import Connection, func, select, text

from evidence.signing import VerifyingKey
from evidence.verify import verify
from server.admin.institution_keys import verifying_key
from server.database import Database, sqlite_url
from server.ingest import ledger_index, threads
from server.ingest.threads import Hands, tell
from server.schema import ledger_lines, segments, sessions


@pytest.fixture
def verifying(server: Server) -> VerifyingKey:
    return verifying_key(server.services.settings.folder)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(sqlite_url(tmp_path / "some.db"))
    made.write(lambda connection: connection.execute(text("CREATE TABLE seen (word TEXT)")))
    yield made
    made.close()


def test_jobs_that_come_together_are_done_in_turn_and_fail_alone() -> None:
    done: list[int] = []

    def job(number: int) -> Callable[[asyncio.Future[int]], None]:
        def work(future: asyncio.Future[int]) -> None:
            done.append(number)
            if number == 3:
                raise OSError("no")
            tell(future, number)

        return work

    async def run() -> list[Any]:
        hands = Hands()
        found = await asyncio.gather(*(hands.begin(job(number)) for number in range(20)), return_exceptions=True)
        assert await hands.begin(job(20)) == 20
        return found

    found = asyncio.run(run())
    assert [entry for number, entry in enumerate(found) if number != 3] == [n for n in range(20) if n != 3]
    assert isinstance(found[3], OSError)
    assert sorted(done) == list(range(21))


def test_a_write_from_a_thread_answers_a_loop_after_the_commit(database: Database) -> None:
    def insert(word: str) -> Callable[[Connection], str]:
        def work(connection: Connection) -> str:
            connection.execute(text("INSERT INTO seen VALUES (:word)"), {"word": word})
            return word

        return work

    def fail(_connection: Connection) -> str:
        raise RuntimeError("no")

    async def run() -> list[Any]:
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[str]] = [loop.create_future() for _ in range(3)]
        gone: asyncio.Future[str] = loop.create_future()
        gone.cancel()
        for future, work in zip([*futures, gone], [insert("a"), fail, insert("b"), insert("c")], strict=True):
            threads.pool.submit(database.write_for, future, work).result()
        return await asyncio.gather(*futures, return_exceptions=True)

    found = asyncio.run(run())
    assert (found[0], found[2]) == ("a", "b") and isinstance(found[1], RuntimeError)
    database.post(fail)
    database.post(insert("d"))
    database.write(insert("e"))  # behind all of them
    held = database.read(
        lambda connection: connection.execute(text("SELECT word FROM seen ORDER BY 1")).scalars().all()
    )
    assert held == ["a", "b", "c", "d", "e"]


def test_lines_whose_rows_could_not_be_written_are_not_confirmed_and_come_back(
    server: Server, sitting: Sitting, verifying: VerifyingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.ready_for_paper(verifying)

    def broken(*_arguments: object) -> None:
        monkeypatch.undo()
        raise OSError("no")

    monkeypatch.setattr(ledger_index, "add", broken)
    sitting.record(verifying)
    assert sitting.deliver().status_code == 500
    assert sitting.deliver().status_code == 200, "the ledger was let go, and read again from its file"
    query = select(func.count()).select_from(ledger_lines).where(ledger_lines.c.session == sitting.session)
    held = server.services.database.read(lambda connection: connection.execute(query).scalar())
    assert held == len(sitting.ledger.lines)


def test_a_file_whose_row_was_lost_with_a_crash_is_taken_as_held(
    server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    sitting.ready_for_paper(verifying)
    stream = STREAMS[0]
    server.services.store.put_segment(sitting.session, stream, 0, sitting.segments[stream, 0])
    assert 0 in sitting.on("GET", "/missing").json()["missing"][stream]
    assert sitting.put(stream, 0).status_code == 200
    assert stream not in sitting.on("GET", "/missing").json()["missing"]


def test_many_at_once_all_arrive(server: Server, sitting: Sitting, verifying: VerifyingKey) -> None:
    """Uploads of all streams beside deliveries of one ledger, and the same ones twice."""
    sitting.ready_for_paper(verifying)
    sitting.record(verifying, rounds=8)
    assert sitting.deliver().status_code == 200
    sitting.record(verifying, rounds=1)
    barrier = threading.Barrier(12)

    def put(place: tuple[str, int]) -> int:
        if place[1] < 12 // len(STREAMS):
            barrier.wait(30)
        return sitting.put(*place).status_code

    held = [place for place in sitting.segments if place[1] < 9]
    with ThreadPoolExecutor(24) as pool:
        lines = [pool.submit(sitting.on, "POST", "/ledger", json={"lines": sitting.ledger.lines}) for _ in range(4)]
        answers = list(pool.map(put, held))
        assert {line.result().status_code for line in lines} == {200}
    assert set(answers) == {201}
    sitting.put_all()
    query = select(func.count()).select_from(segments).where(segments.c.held_at.is_(None))
    assert server.services.database.read(lambda connection: connection.execute(query).scalar()) == 0
    known = select(sessions.c.ledger_n).where(sessions.c.id == sitting.session)
    head = server.services.database.read(lambda connection: connection.execute(known).scalar())
    assert head == len(sitting.ledger.lines) - 1
    assert verify(server.services.store.path(sitting.session), verifying).problems == []
