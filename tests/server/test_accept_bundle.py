"""A delivery file, from the command line and against a server that runs beside it; and files that are none."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from delivery_file import answered, parts_of, write
from exam_hall import PASSWORD, Server
from sitting import WALL, Sitting, code_of

from evidence.ledger import Ledger
from evidence.receipt import short_code
from evidence.signing import SigningKey, VerifyingKey
from evidence.verify import verify
from server.accept_bundle import TakenIn, accept
from server.accept_bundle_file import MAX_BYTES, FileRefused, Trouble, open_file

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def verifying(server: Server) -> VerifyingKey:
    return VerifyingKey.from_text(server.services.settings.folder.verifying_key.read_text().strip())


@pytest.fixture
def offline(sitting: Sitting, verifying: VerifyingKey) -> tuple[Sitting, dict[str, bytes]]:
    """Cut off after the paper: two more rounds of segments, two answers and the end stayed on that computer."""
    sitting.ready_for_paper(verifying)
    sitting.put_all()
    questions = [q for q in sitting.paper()["questions"] if not q["choices"] and q["kind"] != "description"]
    assert sitting.deliver().status_code == 200
    sitting.record(verifying, rounds=2)
    answers = [answered(sitting, questions[0]["id"], "42 м/с")]
    sitting.end()
    return sitting, parts_of(sitting, answers)


def take_in(server: Server, path: Path, verifying: VerifyingKey) -> TakenIn:
    with open_file(path, verifying) as file:
        return accept(server.services, file, "tests")


def refusal(server: Server, path: Path, verifying: VerifyingKey) -> Trouble:
    with pytest.raises(FileRefused) as refused:
        take_in(server, path, verifying)
    return refused.value.trouble


def test_a_file_ends_in_the_receipt_and_twice_in_the_same(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path
) -> None:
    sitting, parts = offline
    path = write(tmp_path / "a.senim", parts)
    taken = take_in(server, path, verifying)
    assert taken.receipt and taken.code == short_code(taken.receipt) and not taken.handed_in_before
    assert (taken.pieces, taken.damaged, taken.answers, taken.refused) == (9, 0, 1, "")
    again = take_in(server, path, verifying)
    assert again.receipt == taken.receipt and again.handed_in_before
    assert verify(server.services.store.path(sitting.session), verifying).ok
    assert sitting.hand_in().json()["receipt"] == taken.receipt  # the computer itself, when next on line
    held = sitting.on("GET", "/answers").json()["answers"]
    assert [entry["value"] for entry in held.values()] == ["42 м/с"]


def test_the_command_beside_a_running_server(server: Server, offline: Any, root: Path, tmp_path: Path) -> None:
    """The server holds the ledger in memory; what another process wrote into it is seen."""
    sitting, parts = offline
    path = write(tmp_path / "a.senim", parts)
    command = [sys.executable, "-m", "server", "--data", str(root), "accept-bundle", str(path), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    taken = json.loads(done.stdout)
    assert taken["receipt"] or taken["missing_answers"] == 0
    lines = sitting.on("GET", "/ledger").json()["lines"]
    assert lines == sitting.ledger.lines
    assert sitting.deliver().status_code in (200, 409)
    assert sitting.on("GET", "/ledger").json()["lines"] == lines  # nothing was written twice
    assert sitting.hand_in().json()["receipt"] == taken["receipt"]
    words = subprocess.run([*command[:-1]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "handed in before" in words.stdout and taken["code"] in words.stdout


def test_a_session_delivered_meanwhile(server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path) -> None:
    sitting, parts = offline
    path = write(tmp_path / "a.senim", parts)
    assert sitting.deliver().status_code == 200
    sitting.put_all()
    taken = take_in(server, path, verifying)
    assert taken.receipt and taken.pieces == 9


def test_pieces_that_are_missing_or_damaged_are_counted(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path
) -> None:
    _, parts = offline
    lacking = {name: content for name, content in parts.items() if name != "segments/camera/000002.age"}
    lacking["segments/sound/000002.age"] = b"age-encryption.org/v1\n" + bytes(40)
    taken = take_in(server, write(tmp_path / "a.senim", lacking), verifying)
    assert (taken.receipt, taken.damaged, taken.missing_pieces, taken.missing_answers) == ("", 1, 2, 0)
    whole = take_in(server, write(tmp_path / "b.senim", parts), verifying)
    assert whole.receipt and not whole.handed_in_before


def test_without_its_end_a_session_is_taken_in_and_not_closed(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path
) -> None:
    _, parts = offline
    parts["ledger.txt"] = b"".join(parts["ledger.txt"].splitlines(keepends=True)[:-1])
    taken = take_in(server, write(tmp_path / "a.senim", parts), verifying)
    assert not taken.ended and not taken.receipt


def test_an_answer_the_ledger_does_not_speak_for_is_not_taken(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path
) -> None:
    sitting, parts = offline
    forged = json.loads(json.dumps([{"question": "x", "revision": 1, "value": "y", "at": 1, "commitment": "0" * 64,
                                     "salt": "0" * 64}]))  # fmt: skip
    parts["answers.age"] = parts_of(sitting, forged)["answers.age"]
    taken = take_in(server, write(tmp_path / "a.senim", parts), verifying)
    assert (taken.answers, taken.missing_answers, taken.receipt) == (0, 1, "")


def test_a_resume_without_the_server_needs_the_computer_s_own_token(
    server: Server, sitting: Sitting, verifying: VerifyingKey, tmp_path: Path
) -> None:
    """Whoever has a copy of the ledger alone cannot go on with it under a key of his own."""
    sitting.ready_for_paper(verifying)
    sitting.put_all()
    sitting.paper()
    file = tmp_path / "ledger.txt"
    file.write_text("".join(line + "\n" for line in sitting.ledger.lines))
    sitting.ledger = Ledger.reopen(file, SigningKey.generate())
    sitting.ledger.append("resume", sitting.at, WALL, reason="resumed", grant=None)
    sitting.end()
    for changes in ({"resume": "x"}, {"machine": "machine-b"}):
        forged = write(tmp_path / "forged.senim", parts_of(sitting, [], **changes))
        taken = take_in(server, forged, verifying)
        assert (taken.refused, taken.receipt, taken.ended) == ("no-grant", "", False)
    taken = take_in(server, write(tmp_path / "own.senim", parts_of(sitting, [])), verifying)
    assert taken.receipt and not taken.refused


@pytest.mark.parametrize("keep", [0.999, 0.5, 0.01, 0.0])
def test_half_a_file(server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path, keep: float) -> None:
    path = write(tmp_path / "a.senim", offline[1])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert refusal(server, path, verifying) is Trouble.DAMAGED


def _compressed(path: Path, parts: dict[str, bytes]) -> None:
    """A bomb: 4 MiB of nothing in each of many names, a few kilobytes in all."""
    bomb = {f"segments/camera/{index:06d}.age": bytes(4_000_000) for index in range(20)}
    write(path, parts | bomb, zipfile.ZIP_DEFLATED)


def _path_upwards(path: Path, parts: dict[str, bytes]) -> None:
    write(path, parts | {"../../senim.db": b"x"})


def _no_ledger(path: Path, parts: dict[str, bytes]) -> None:
    write(path, {name: content for name, content in parts.items() if name != "ledger.txt"})


def _nonsense_ledger(path: Path, parts: dict[str, bytes]) -> None:
    write(path, parts | {"ledger.txt": os.urandom(4000)})


def _not_a_zip(path: Path, _parts: dict[str, bytes]) -> None:
    path.write_bytes(os.urandom(100_000))


@pytest.mark.parametrize("spoil", [_compressed, _path_upwards, _no_ledger, _nonsense_ledger, _not_a_zip])
def test_files_that_are_none(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path,
    spoil: Callable[[Path, dict[str, bytes]], None],
) -> None:  # fmt: skip
    spoil(tmp_path / "a.senim", offline[1])
    assert refusal(server, tmp_path / "a.senim", verifying) is Trouble.DAMAGED


def test_a_directory_larger_than_any_delivery_is_not_read(
    server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.senim", offline[1])
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 2**31)
    path.write_bytes(content)
    assert refusal(server, path, verifying) is Trouble.TOO_LARGE
    os.truncate(path, MAX_BYTES + 1)
    assert refusal(server, path, verifying) is Trouble.TOO_LARGE


def test_files_of_others(server: Server, offline: Any, verifying: VerifyingKey, tmp_path: Path) -> None:
    sitting, parts = offline
    assert refusal(server, write(tmp_path / "a", parts), SigningKey.generate().verifying) is Trouble.OTHER_INSTITUTION
    other = Sitting.sign_in(server.client, "ivan", PASSWORD, tmp_path)
    other.open()
    other.begin()
    foreign_seat = parts | {"seat-key.txt": other.opened["seat_key"].encode()}
    assert refusal(server, write(tmp_path / "b", foreign_seat), verifying) is Trouble.OTHER_SESSION
    stranger = Ledger("ffff", SigningKey.generate(), None, "0" * 64)
    stranger.append("begin", 0, WALL, session="ffff", seat=sitting.seat(), nonce="n", client={}, system={},
                    streams=[], devices={}, simulated=[], policy={}, server_key=None)  # fmt: skip
    unknown = parts | {"ledger.txt": (stranger.lines[0] + "\n").encode()}
    assert refusal(server, write(tmp_path / "c", unknown), verifying) is Trouble.UNKNOWN_SESSION
    forged = Ledger(sitting.session, SigningKey.generate(), None, "0" * 64)
    forged.append("begin", 0, WALL, session=sitting.session, seat=sitting.seat(), nonce="n", client={}, system={},
                  streams=[], devices={}, simulated=[], policy={}, server_key=None)  # fmt: skip
    another = parts | {"ledger.txt": (forged.lines[0] + "\n").encode()}
    assert refusal(server, write(tmp_path / "d", another), verifying) is Trouble.OTHER_SESSION


def test_the_resume_token_opens_its_session_and_nothing_else(
    server: Server, sitting: Sitting, verifying: VerifyingKey
) -> None:
    sitting.ready_for_paper(verifying)
    given = sitting.opened["delivery"]["resume"]
    body = {"session": sitting.session, "resume": given, "machine": sitting.machine}
    answer = sitting.http.post("/api/v1/sign-in", json=body)
    assert answer.status_code == 200, answer.text
    sitting.token = answer.json()["token"]
    assert sitting.on("GET", "/status").status_code == 200
    assert code_of(sitting.call("GET", "/exams")) == "signed_out"
    assert code_of(sitting.ask_to_open("seat-x")) == "signed_out"
    for wrong in (body | {"resume": given[:-1] + "_"}, body | {"session": "ffff"}):
        assert code_of(sitting.http.post("/api/v1/sign-in", json=wrong)) == "signed_out"
    elsewhere = sitting.http.post("/api/v1/sign-in", json=body | {"machine": "machine-b"})
    assert code_of(elsewhere) == "in_use_elsewhere"
    with server.console() as console:
        from server.admin import people

        people.set_password(console, "aigerim", "another-password")
    assert code_of(sitting.on("GET", "/status")) == "signed_out"
    assert code_of(sitting.http.post("/api/v1/sign-in", json=body)) == "signed_out"
