"""The opening worker: what counts as proof, and what hostile or damaged segments do to it (nothing)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import review_media
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select

from evidence.signing import SigningKey
from server import schema
from server.review import verification
from server.review.verification import Verifications


def rows(hall: Hall, table, session: str = "sess1") -> list:
    query = select(table).where(table.c.session == session)
    return hall.database.read(lambda connection: [dict(row) for row in connection.execute(query).mappings()])


def session_row(hall: Hall, session: str = "sess1") -> dict:
    query = select(schema.sessions).where(schema.sessions.c.id == session)
    return hall.database.read(lambda connection: dict(connection.execute(query).mappings().one()))


def problems(hall: Hall) -> dict[tuple[str, int], str]:
    return {
        (row["stream"], row["index"]): row["opened_problem"]
        for row in rows(hall, schema.segments)
        if row["opened_ok"] is False
    }


def test_a_whole_session_is_opened_and_proven(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    segments = rows(hall, schema.segments)
    assert all(row["opened_ok"] and row["frames"] > 0 for row in segments)
    row = session_row(hall)
    assert row["identity"] == "match"
    assert row["coverage_opened"]["screen-1"]["ratio"] == 1.0
    assert row["coverage_opened"]["camera"]["ratio"] == 1.0
    assert row["coverage_opened"]["sound"]["ratio"] > 0.99
    known = visitor.site.verifications.get("sess1")
    assert known is not None and known.report.ok and known.report.state == "complete"


def test_a_verification_outlives_the_process_until_the_folder_changes(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    before = visitor.site.verifications.get("sess1")
    again = Verifications(hall.database, hall.store, hall.configuration.verifying, hall.clock)
    assert before is not None and again.get("sess1") == replace(before, report=replace(before.report, coverage={}))
    again.want("sess1")
    assert not again.work(), "what is known is not worked out again"
    foreign = Verifications(hall.database, hall.store, SigningKey.generate().verifying, hall.clock)
    assert foreign.get("sess1") is None, "another key of the institution makes another result"
    hall.store.segment_path("sess1", "camera", 3).unlink()
    assert again.get("sess1") is None
    again.want("sess1")
    assert again.work() and not again.get("sess1").report.ok
    newest = Verifications(hall.database, hall.store, hall.configuration.verifying, hall.clock).get("sess1")
    assert [problem.code for problem in newest.report.problems] == ["segment-missing"]
    receipts = hall.store.path("sess1") / "receipts.txt"
    receipts.write_text(receipts.read_text() * 2)
    assert again.get("sess1") is None


def test_results_that_left_the_memory_are_found_in_the_index(
    hall: Hall, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.student("s2", "Ұлан")
    hall.record()
    hall.record("sess2", "s2")
    open_all(visitor.site)
    monkeypatch.setattr(verification, "KEPT", 1)
    again = Verifications(hall.database, hall.store, hall.configuration.verifying, hall.clock)
    for session in ("sess1", "sess2", "sess1"):
        assert again.get(session).report.session == session and len(again._kept) == 1
    assert again.get("none") is None


def test_a_page_has_a_verification_of_yesterday_renewed(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    visitor.page("/sessions/sess1")
    assert not visitor.site.verifications.work()
    path = hall.store.segment_path("sess1", "camera", 3)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    hall.clock.moment += timedelta(days=1, hours=1)
    visitor.sign_in()
    visitor.page("/sessions/sess1")
    assert visitor.site.verifications.get("sess1").report.ok, "the older one stands until then"
    assert visitor.site.verifications.work() and not visitor.site.verifications.get("sess1").report.ok


def test_flags_are_proposed_once_and_decisions_stay(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    found = {row["kind"] for row in rows(hall, schema.flags)}
    assert found == {"watching", "focus"}
    visitor.site.opener.refresh("sess1", "seat-s1")
    assert len(rows(hall, schema.flags)) == 2


def test_an_identity_that_is_not_clear_asks_for_a_look(hall: Hall, visitor: Visitor) -> None:
    hall.record(outcome="invigilator")
    open_all(visitor.site)
    assert session_row(hall)["identity"] == "invigilator"
    assert "identity" in {row["kind"] for row in rows(hall, schema.flags)}


def test_nothing_of_a_finding_but_its_kind_is_in_the_database(hall: Hall, visitor: Visitor) -> None:
    hall.record(outcome="no_match")
    open_all(visitor.site)
    values = [row["values"] for row in rows(hall, schema.flags)]
    assert all(set(entry) <= {"finding", "rule", "cause", "problem", "index"} for entry in values)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda header, body: (header, b"\x00" * len(body)), "not_media"),
        (lambda header, body: (header, body[:-40]), "not_media"),
        (lambda header, body: (replace(header, session="other"), body), "foreign"),
        (lambda header, body: (header, review_media.screen().pieces[1].body), "times_differ"),
        (lambda header, body: (header, review_media.camera().pieces[2].body), "frames_differ"),
        (lambda header, body: (header, b"\xff\xfe {{{" * 100), "not_media"),
    ],
)
def test_what_is_inside_must_be_what_the_ledger_says(hall: Hall, visitor: Visitor, spoil, expected: str) -> None:
    def only_one(header, body):
        return spoil(header, body) if (header.stream, header.index) == ("screen-1", 2) else (header, body)

    hall.record(spoil=only_one)
    open_all(visitor.site)
    assert problems(hall) == {("screen-1", 2): expected}
    assert session_row(hall)["coverage_opened"]["screen-1"]["ratio"] < 0.8
    assert "unopened" in {row["kind"] for row in rows(hall, schema.flags)}


def test_another_init_than_the_committed_one_spoils_its_part(hall: Hall, visitor: Visitor) -> None:
    def other_init(header, body):
        if (header.stream, header.index) != ("camera", 0):
            return header, body
        init = review_media.screen().init
        return replace(header, init=len(init)), init + body[header.init :]

    hall.record(spoil=other_init)
    open_all(visitor.site)
    assert {key[0] for key in problems(hall)} == {"camera"}
    assert set(problems(hall).values()) == {"init_differs"}


@pytest.mark.parametrize(
    "body", [b"not json\n", b'{"t": "late"}\n', b"[" * 200_000, b'{"t": NaN}\n', b"\xff\xff\n", b"[1]\n"]
)
def test_garbage_in_the_data_streams_is_named(hall: Hall, visitor: Visitor, body: bytes) -> None:
    hall.record(spoil=lambda header, old: (header, body if header.stream == "track" else old))
    open_all(visitor.site)
    assert problems(hall) == {("track", 0): "not_json"}
    assert visitor.sign_in().status_code == 303
    assert visitor.get("/sessions/sess1").status_code == 200


def test_hostile_findings_do_not_break_the_page(hall: Hall, visitor: Visitor) -> None:
    body = (
        b'{"id": "f0", "t": 1, "kind": "identity", "salt": "zz", "content": {"outcome": ["x"], "pictures": "no", '
        b'"limits": 3, "distances": [null, "a"], "distance": 1e999}}\n'
        b'{"id": [], "t": 2.5, "kind": "watching", "salt": 5, "content": {"kind": "<script>", "from_ms": "a"}}\n'
        b'{"t": 3, "kind": {}, "content": []}\n'
    )
    hall.record(spoil=lambda header, old: (header, body if header.stream == "events" else old))
    open_all(visitor.site)
    assert session_row(hall)["identity"] == "invigilator"
    assert "commitment" in {row["kind"] for row in rows(hall, schema.flags)}
    visitor.sign_in()
    page = visitor.page("/sessions/sess1")
    assert "<script>" not in page.replace('<script type="', "")


def test_a_changed_file_in_the_store_is_seen(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    path = hall.store.segment_path("sess1", "camera", 3)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    open_all(visitor.site)
    assert problems(hall) == {("camera", 3): "bytes_changed"}
    known = visitor.site.verifications.get("sess1")
    assert known is not None and not known.report.ok


def test_a_segment_of_another_seat_cannot_be_opened(hall: Hall, visitor: Visitor) -> None:
    hall.student("s2", "Other")
    hall.record("sess2", "s2")
    hall.record()
    hall.folder.seat_identity("seat-s1").write_bytes(hall.folder.seat_identity("seat-s2").read_bytes())
    open_all(visitor.site)
    assert set(problems(hall).values()) == {"cannot_unseal"}
    assert session_row(hall, "sess2")["coverage_opened"]["screen-1"]["ratio"] == 1.0


def test_a_missing_seat_key_leaves_the_rows_waiting(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    hall.folder.seat_identity("seat-s1").unlink()
    open_all(visitor.site)
    assert all(row["opened_at"] is None for row in rows(hall, schema.segments))


def test_a_missing_segment_is_a_hole_for_the_player(hall: Hall, visitor: Visitor) -> None:
    hall.record(skip=(("screen-1", 1),))
    open_all(visitor.site)
    visitor.sign_in()
    index = visitor.media("sess1", "index", visitor.view("sess1")).json()
    runs = index["streams"]["screen-1"]["runs"]
    assert [[segment[0] for segment in run["segments"]] for run in runs] == [[0], [2, 3, 4]]
    assert session_row(hall)["coverage_opened"]["screen-1"]["ratio"] < 0.9


def test_a_torn_last_line_is_left_for_ingest(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    ledger = hall.store.path("sess1") / "ledger.txt"
    with ledger.open("ab") as file:
        file.write(b'{"n":99')
    size = ledger.stat().st_size
    open_all(visitor.site)
    assert ledger.stat().st_size == size
