"""What everything stands on: database, migrations, audit chain, store, at-rest key, OpenAPI."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from exam_hall import HandClock, Server
from sqlalchemy import Connection, bindparam, select, text, update
from sqlalchemy.exc import OperationalError

from server import audit, migrate
from server.admin.console import Console
from server.at_rest import AtRest, AtRestError
from server.database import Database, DatabaseClosed, make_engine, sqlite_url
from server.ingest.openapi import document
from server.ingest.outcomes import TITLES, Refusal, status_of
from server.ingest.routes import CALLS, PREFIX
from server.prepared import Change, Question
from server.schema import audit as audit_table
from server.schema import metadata
from server.store import Put, Store, StoreError


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = sqlite_url(tmp_path / "a.db")
    migrate.upgrade(url)
    return Database(url)


def test_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "a.db")
    migrate.upgrade(url)
    assert migrate.is_current(url)
    with make_engine(url, writer=False).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrate.upgrade(url)


def test_two_processes_write_one_audit_chain(database: Database, tmp_path: Path) -> None:
    other = Database(sqlite_url(tmp_path / "a.db"))

    def write(to: Database, who: str) -> None:
        for n in range(40):
            to.write(lambda connection, n=n: audit.append(connection, at="t", who=who, action="a", subject=str(n)))

    threads = [threading.Thread(target=write, args=entry) for entry in ((database, "ingest"), (other, "review"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert database.read(lambda connection: len(connection.execute(select(audit_table.c.n)).all())) == 80
    assert database.read(audit.check) is None
    other.close()
    database.close()


@pytest.mark.parametrize(
    ("change", "why"), [("UPDATE audit SET who='x' WHERE n=1", "changed"), ("DELETE FROM audit WHERE n=1", "missing")]
)
def test_a_changed_audit_entry_is_found(database: Database, change: str, why: str) -> None:
    for n in range(3):
        database.write(lambda connection, n=n: audit.append(connection, at="t", who="a", action="b", subject=str(n)))
    database.write(lambda connection: connection.execute(text(change)))
    assert database.read(audit.check) == audit.BrokenAudit(1, why)
    database.close()


def test_one_failing_job_does_not_undo_its_neighbours(database: Database) -> None:
    def fail(_connection: object) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        database.write(fail)
    database.write(lambda connection: audit.append(connection, at="t", who="a", action="b", subject="c"))
    database.write(lambda connection: connection.execute(update(audit_table).values(who="d")))
    assert database.read(lambda connection: connection.execute(select(audit_table.c.who)).scalar()) == "d"
    database.close()
    with pytest.raises(DatabaseClosed):
        database.write(fail)


def _in_one_transaction(database: Database, *jobs: Callable[[Connection], Any]) -> list[Future[Any]]:
    """The jobs wait while the writer is kept busy, so that it takes them together."""
    begun, free = threading.Event(), threading.Event()

    def busy(_connection: Connection) -> None:
        begun.set()
        free.wait(30)

    with ThreadPoolExecutor(len(jobs) + 1) as pool:
        pool.submit(database.write, busy)
        assert begun.wait(30)
        results = []
        for count, job in enumerate(jobs, 1):
            results.append(pool.submit(database.write, job))
            while database.waiting < count:  # in this order
                time.sleep(0.001)
        free.set()
    return results


def _note(subject: str) -> Callable[[Connection], int]:
    return lambda connection: audit.append(connection, at="t", who="a", action="b", subject=subject)


def _subjects(database: Database) -> list[str]:
    query = select(audit_table.c.object).order_by(audit_table.c.n)
    return list(database.read(lambda connection: connection.execute(query).scalars().all()))


def test_a_job_that_fails_among_others_takes_only_its_own_changes_with_it(database: Database) -> None:
    def fail(connection: Connection) -> None:
        _note("undone")(connection)
        raise RuntimeError("no")

    before, failed, after = _in_one_transaction(database, _note("before"), fail, _note("after"))
    assert (before.result(), after.result()) == (0, 1)
    with pytest.raises(RuntimeError):
        failed.result()
    assert _subjects(database) == ["before", "after"]
    database.close()


def test_nobody_is_told_kept_when_the_disk_undid_the_whole_transaction(database: Database) -> None:
    """SQLite rolls back by itself on a full or broken disk, and a commit after that succeeds with nothing in it."""

    def undone(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")
        raise OSError(errno.ENOSPC, "no space")

    results = _in_one_transaction(database, _note("before"), undone, _note("after"))
    for result in results:
        with pytest.raises(OSError, match="no space"):
            result.result()
    assert _subjects(database) == []
    database.write(_note("again"))
    assert _subjects(database) == ["again"]
    database.close()


def test_a_prepared_statement_does_what_core_does(database: Database) -> None:
    for subject in ("one", "two"):
        database.write(
            lambda connection, subject=subject: audit.append(
                connection, at="t", who="a", action="b", subject=subject, details={"ә": [True, None]}
            )
        )
    asked = select(audit_table.c.object, audit_table.c.details).where(audit_table.c.n >= bindparam("first"))
    read = [tuple(row) for row in database.read(lambda connection: connection.execute(asked, {"first": 0}))]
    assert database.ask(Question(asked), first=0) == read == [(s, {"ә": [True, None]}) for s in ("one", "two")]
    change = Change(update(audit_table).where(audit_table.c.n == bindparam("of")).values(who=bindparam("by")))
    assert database.write(lambda connection: change.make(connection, {"of": 1, "by": "x"})) == 1
    assert database.write(lambda connection: change.make(connection, {"of": 9, "by": "x"})) == 0
    assert database.ask(Question(select(audit_table.c.who).order_by(audit_table.c.n))) == [("a",), ("x",)]
    database.write(lambda connection: connection.execute(text("DROP TABLE audit")))
    with pytest.raises(OperationalError, match="no such table"):
        database.ask(Question(asked), first=0)
    database.close()


def test_store_creates_and_never_replaces(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.create("s1", "seat", "server")
    assert store.put_segment("s1", "camera", 0, b"one") is Put.STORED
    assert store.put_segment("s1", "camera", 0, b"one") is Put.ALREADY_HELD
    assert store.put_segment("s1", "camera", 0, b"two") is Put.OTHER_BYTES
    assert store.get_segment("s1", "camera", 0) == b"one"
    assert [file.name for file in (tmp_path / "s1/segments/camera").iterdir()] == ["000000.age"]
    with pytest.raises(StoreError):
        store.create("s1", "another seat", "server")


@pytest.mark.parametrize("name", ["..", "../x", "/etc", "", "A", "a" * 33, "s\n1"])
def test_store_refuses_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError):
        Store(tmp_path).path(name)
    with pytest.raises(StoreError):
        Store(tmp_path).segment_path("s1", name, 0)


def test_ledger_file_drops_a_torn_last_line(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.create("s1", "seat", "server")
    assert store.append_lines("s1", ["one", "два"]) == [(0, 3), (4, 6)]
    with (tmp_path / "s1/ledger.txt").open("ab") as file:
        file.write(b"tor")
    torn = (tmp_path / "s1/ledger.txt").read_bytes()
    assert store.ledger_lines("s1") == ["one", "два"]
    assert (tmp_path / "s1/ledger.txt").read_bytes() == torn, "a reader beside a running ingest changes nothing"
    assert store.mend_ledger("s1") == ["one", "два"]
    assert store.mend_ledger("none") == []
    assert store.append_lines("s1", ["three"]) == [(11, 5)]
    assert store.read_line("s1", 4, 6) == "два"


def test_at_rest_binds_content_to_its_place(tmp_path: Path) -> None:
    AtRest.generate(tmp_path / "key")
    at_rest = AtRest.load(tmp_path / "key")
    sealed = at_rest.seal("answer/s/q1/1", b"content")
    assert at_rest.open("answer/s/q1/1", sealed) == b"content"
    for purpose, content in (("answer/s/q1/2", sealed), ("answer/s/q1/1", sealed[:-1]), ("answer/s/q1/1", b"")):
        with pytest.raises(AtRestError):
            at_rest.open(purpose, content)
    with pytest.raises(FileExistsError):
        AtRest.generate(tmp_path / "key")


def test_database_holds_no_answer_paper_or_password_in_clear(console: Console, clock: HandClock) -> None:
    content = console.settings.folder.database_file.read_bytes()
    for secret in ("relative velocity", "password-1", "disperсия"):
        assert secret.encode() not in content


# ---- the machine-readable protocol


def test_openapi_names_every_route_and_only_those(server: Server) -> None:
    described = server.client.get(f"{PREFIX}/openapi.json").json()
    assert described == document()
    routes = {(PREFIX + call.path, call.method.lower()) for call in CALLS}
    assert {(path, method) for path, calls in described["paths"].items() for method in calls} == routes
    assert described["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == [str(r) for r in Refusal]


def test_every_refusal_has_a_status_a_title_and_a_call() -> None:
    named = {code for calls in document()["paths"].values() for call in calls.values() for code in _codes(call)}
    assert named == {str(refusal) for refusal in Refusal}
    for refusal in Refusal:
        assert 400 <= status_of(refusal) < 600
        assert TITLES[refusal]


def _codes(call: dict[str, dict[str, dict[str, list[str]]]]) -> list[str]:
    return [code for answer in call["responses"].values() for code in answer.get("x-codes", [])]


def test_every_refusal_is_in_the_protocol_and_tried_by_a_test() -> None:
    root = Path(__file__).resolve().parents[2]
    protocol = (root / "docs" / "PROTOCOL.md").read_text(encoding="utf-8")
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    for refusal in Refusal:
        assert f"`{refusal}`" in protocol, refusal
        assert f'"{refusal}"' in tests, refusal


def test_a_full_disk_and_a_defect_are_told_as_problems(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitting import API, code_of

    def full(*_args: object) -> str:
        raise OSError(28, "No space left on device")

    def broken(*_args: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(type(server.services), "now", full)
    answer = server.client.get(f"{API}/time")
    assert code_of(answer) == "overloaded"
    assert int(answer.headers["retry-after"]) > 0
    monkeypatch.setattr(type(server.services), "now", broken)
    assert code_of(server.client.get(f"{API}/time")) == "internal"
