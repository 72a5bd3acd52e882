"""A whole session from sign-in to the closing receipt, checked by the evidence's own verification."""

from __future__ import annotations

from pathlib import Path

import pytest
from exam_hall import Server
from sitting import STREAMS, Sitting, code_of

from evidence.receipt import read_receipt, short_code
from evidence.signing import VerifyingKey
from evidence.verify import verify
from server import audit
from server.admin import sessions
from server.admin.institution_keys import verifying_key
from server.settings import DataFolder


@pytest.fixture
def verifying(root: Path) -> VerifyingKey:
    return verifying_key(DataFolder(root))


def test_whole_session(server: Server, sitting: Sitting, verifying: VerifyingKey, tmp_path: Path) -> None:
    listed = sitting.call("GET", "/exams").json()["exams"]
    assert [(exam["title"], exam["state"]) for exam in listed] == [("physics", "open"), ("statistika", "upcoming")]
    sitting.ready_for_paper(verifying)
    paper = sitting.paper()
    assert [question["kind"] for question in paper["questions"]].count("multichoice") == 3
    choice = next(question for question in paper["questions"] if question["kind"] == "multichoice")
    server.clock.move(seconds=30)
    assert sitting.answer(choice["id"], [choice["choices"][0]["id"]]).status_code == 200
    essay = next(question for question in paper["questions"] if question["kind"] == "essay")
    assert sitting.answer(essay["id"], "Әрбір сөз ғана").json()["revision"] == 1
    assert sitting.answer(essay["id"], "Әрбір сөз ғана, ұзағырақ", revision=2).json()["revision"] == 2
    sitting.record(verifying, rounds=2)
    sitting.end()
    assert sitting.deliver().status_code == 200

    early = sitting.hand_in().json()
    assert early["receipt"] is None
    assert early["missing"] == {stream: [0, 1, 2] for stream in STREAMS}
    assert sitting.on("GET", "/missing").json()["missing"] == early["missing"]
    sitting.put_all()
    done = sitting.hand_in({essay["id"]: 2})
    assert done.status_code == 200, done.text
    receipt = read_receipt(done.json()["receipt"], server.services.server_key.verifying)
    assert receipt["head"] == sitting.ledger.head.to_json()
    assert receipt["answers"] == sitting.ledger.totals()["answers"]
    assert receipt["coverage"] == dict.fromkeys(STREAMS, 1.0)
    assert sitting.hand_in().json()["receipt"] == done.json()["receipt"], "repeating gives the same receipt"
    assert code_of(sitting.answer(essay["id"], "later", revision=3, note=False)) == "already_handed_in"
    assert code_of(sitting.ask_to_open()) == "already_handed_in"

    report = verify(server.services.store.path(sitting.session), verifying)
    assert report.ok, report.problems
    with server.console() as console:
        row = sessions.listed(console)[0]
        assert row["state"] == "handed_in"
        assert row["receipt_code"] == short_code(done.json()["receipt"])
        assert row["coverage_claimed"]["camera"]["ratio"] == 1.0
        sessions.export(console, sitting.session, tmp_path / "bundle.zip")
        assert console.database.read(audit.check) is None
    assert verify(tmp_path / "bundle.zip", verifying).ok


def test_answers_come_back_in_their_newest_revision(sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    paper = sitting.paper()
    essay = next(question["id"] for question in paper["questions"] if question["kind"] == "essay")
    for revision, text in enumerate(("Бір", "Бір, екі", "Ә Ғ Қ Ң Ө Ұ Ү Һ І"), start=1):
        sitting.answer(essay, text, revision=revision)
    held = sitting.on("GET", "/answers").json()
    assert held["answers"] == {essay: {"revision": 3, "value": "Ә Ғ Қ Ң Ө Ұ Ү Һ І"}}


def test_paper_order_is_fixed_and_tells_no_answers(sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    first, second = sitting.on("GET", "/paper").json(), sitting.on("GET", "/paper").json()
    assert first["questions"] == second["questions"]
    assert "fraction" not in str(first) and "accepted" not in str(first)


def test_server_restarts_mid_exam(server: Server, sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    paper = sitting.paper()
    essay = next(question["id"] for question in paper["questions"] if question["kind"] == "essay")
    server.restart()
    sitting.http = server.client
    sitting.record(verifying)
    sitting.answer(essay, "after the restart")
    sitting.end()
    answer = sitting.deliver()
    assert answer.status_code == 200, answer.text
    sitting.put_all()
    assert sitting.hand_in().json()["receipt"] is not None
    assert verify(server.services.store.path(sitting.session), verifying).ok


def test_database_catches_up_with_the_ledger_file(server: Server, sitting: Sitting, verifying: VerifyingKey) -> None:
    """A crash between the ledger's sync and the database's, and a torn last line."""
    sitting.ready_for_paper(verifying)
    index = sitting.segment("camera", verifying)
    server.services.store.append_lines(sitting.session, sitting.ledger.lines[sitting.sent :])
    ledger = server.services.store.path(sitting.session) / "ledger.txt"
    with ledger.open("ab") as file:
        file.write(b'{"n":99,"type":"se')
    server.restart()
    sitting.http = server.client
    answer = sitting.deliver()
    assert answer.status_code == 200, answer.text
    assert answer.json()["head"] == sitting.ledger.head.to_json()
    assert sitting.put("camera", index).status_code == 201
    assert not ledger.read_bytes().endswith(b"se")


def test_time_added_and_messages(server: Server, sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.ready_for_paper(verifying)
    sitting.paper()
    before = sitting.on("GET", "/status").json()["status"]
    assert before["ends"] == "2026-01-31T10:00:00.000Z"
    with server.console() as console:
        to_all = sessions.send(console, sessions.Message("physics", None, "time_added", "Ten more minutes", 10))
        to_one = sessions.send(console, sessions.Message(None, sitting.session, "warning", "Алдыңызға қараңыз", 0))
    status = sitting.on("GET", "/status").json()["status"]
    assert status["ends"] == "2026-01-31T10:10:00.000Z"
    assert {notice["id"] for notice in status["notices"]} == {to_all, to_one}
    assert sitting.on("POST", f"/notices/{to_one}/read").json()["status"]["notices"][0]["id"] == to_all
    assert code_of(sitting.on("POST", "/notices/none/read")) == "unknown_notice"
