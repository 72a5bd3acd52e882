"""What ingest must not take, each with its typed problem; and that nothing that was taken is lost by it."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import httpx
import pytest
from exam_hall import PASSWORD, HandClock, Server
from sitting import API, STREAMS, Sitting, code_of, content_digest, sha256
from sqlalchemy import select

from evidence.ledger import Ledger
from evidence.signing import SigningKey, VerifyingKey
from evidence.verify import verify
from server.admin import exams
from server.admin.institution_keys import verifying_key
from server.ingest import deliver
from server.schema import refused_lines
from server.settings import DataFolder


@pytest.fixture
def verifying(root: Path) -> VerifyingKey:
    return verifying_key(DataFolder(root))


@pytest.fixture
def recording(sitting: Sitting, verifying: VerifyingKey) -> Sitting:
    sitting.ready_for_paper(verifying)
    return sitting


def sign_in(http: httpx.Client, **body: str) -> httpx.Response:
    return http.post(f"{API}/sign-in", json=body)


# ---- signing in


def test_wrong_password(server: Server) -> None:
    for login in ("aigerim", "nobody", "inv"):  # staff do not sit exams
        password = PASSWORD if login == "inv" else "wrong"
        assert code_of(sign_in(server.client, login=login, password=password)) == "wrong_password"


def test_guessing_is_slowed_down_and_the_right_password_waits_too(server: Server) -> None:
    for _ in range(server.services.settings.sign_in_tries):
        assert sign_in(server.client, login="aigerim", password="wrong").status_code == 401
    answer = sign_in(server.client, login="aigerim", password=PASSWORD)
    assert code_of(answer) == "too_many_tries"
    assert int(answer.headers["retry-after"]) > 0
    assert sign_in(server.client, login="ivan", password=PASSWORD).status_code == 200


def test_codes_work_once_and_expire(server: Server) -> None:
    with server.console() as console:
        made = {entry["login"]: entry["code"] for entry in exams.make_codes(console, "physics", None, 2)}
    assert code_of(sign_in(server.client, code="AAAA-AAAA-AAAA")) == "code_unknown"
    assert sign_in(server.client, code=made["ivan"].lower().replace("-", " ")).json()["login"] == "ivan"
    assert code_of(sign_in(server.client, code=made["ivan"])) == "code_used"
    server.clock.move(hours=2)
    assert code_of(sign_in(server.client, code=made["aigerim"])) == "code_expired"


def test_tokens_end(server: Server, sitting: Sitting) -> None:
    server.clock.move(hours=server.services.settings.token_hours)
    assert code_of(sitting.call("GET", "/exams")) == "signed_out"
    fresh = Sitting.sign_in(server.client, "aigerim", PASSWORD, Path())
    assert fresh.call("POST", "/sign-out").status_code == 204
    assert code_of(fresh.call("GET", "/exams")) == "signed_out"
    assert code_of(server.client.get(f"{API}/exams")) == "signed_out"


def test_opening_a_session_renews_the_token(server: Server, sitting: Sitting) -> None:
    server.clock.move(minutes=90)
    sitting.open()
    server.clock.move(hours=server.services.settings.token_hours, minutes=-1)
    assert sitting.on("GET", "/status").status_code == 200
    server.clock.move(minutes=1)
    assert code_of(sitting.on("GET", "/status")) == "signed_out"


# ---- opening


def test_exam_not_open_and_closed(server: Server, sitting: Sitting) -> None:
    assert code_of(sitting.ask_to_open(sitting.seat("statistika"))) == "exam_not_open"
    server.clock.move(hours=2)
    assert code_of(sitting.ask_to_open()) == "exam_closed"
    late = Sitting.sign_in(server.client, "ivan", PASSWORD, Path())
    assert late.ask_to_open().status_code == 200, "fifteen extra minutes move the window too"


def test_someone_elses_seat_and_session(server: Server, recording: Sitting) -> None:
    other = Sitting.sign_in(server.client, "ivan", PASSWORD, Path())
    assert code_of(other.ask_to_open(recording.seat())) == "not_yours"
    other.session = recording.session
    for method, path in (
        ("GET", "/paper"), ("GET", "/answers"), ("GET", "/missing"), ("GET", "/status"), ("GET", "/ledger"),
    ):  # fmt: skip
        assert code_of(other.on(method, path)) == "not_yours"
    other.session = "nothing"
    assert code_of(other.on("GET", "/status")) == "unknown_session"


def test_second_client_with_the_same_session(
    server: Server, recording: Sitting, verifying: VerifyingKey, tmp_path: Path
) -> None:
    second = Sitting.sign_in(server.client, "aigerim", PASSWORD, tmp_path / "second")
    second.machine = "machine-b"
    assert code_of(second.ask_to_open()) == "in_use_elsewhere"
    recording.paper()
    second.opened = second.ask_to_open(takeover=True).json()
    second.session, second.ledger = recording.session, recording.ledger
    assert second.opened["resume"]["paper_released"] is True
    assert second.opened["resume"]["origin"] == "2026-01-31T08:59:56.000Z", "the first four seconds arrived at nine"

    recording.segment("camera", verifying)
    assert code_of(recording.deliver()) == "in_use_elsewhere"
    assert code_of(recording.answer("q3", "x", note=False)) == "in_use_elsewhere"
    assert code_of(recording.on("GET", "/paper")) == "in_use_elsewhere"
    refused = select(refused_lines).where(refused_lines.c.session == recording.session)
    kept = server.services.database.read(lambda connection: connection.execute(refused).all())
    assert [row.code for row in kept] == ["key-ended"], "the fork is kept and shown"

    held = second.on("GET", "/ledger").json()["lines"]
    assert held == recording.ledger.lines[: recording.sent]
    go_on(second, held, verifying)
    answer = second.deliver()
    assert answer.status_code == 200, answer.text
    assert second.on("GET", "/paper").status_code == 200
    assert verify(server.services.store.path(recording.session), verifying).state == "open"


def go_on(sitting: Sitting, held: list[str], verifying: VerifyingKey) -> None:
    """Resumes the ledger under the sitting's own key by the server's grant."""
    file = sitting.folder / "resumed-ledger.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(line + "\n" for line in held))
    sitting.ledger, sitting.sent = Ledger.reopen(file, sitting.key), len(held)
    sitting.ledger.append(
        "resume", 9000, "2026-01-31T09:00:10Z", reason="crash", grant=sitting.opened["resume"]["grant"]
    )
    sitting.segment("camera", verifying, body=b"after the crash")


def test_both_processes_died_and_the_session_goes_on(
    server: Server, recording: Sitting, verifying: VerifyingKey, tmp_path: Path
) -> None:
    again = recording.another(recording.machine)
    again.folder = tmp_path / "again"
    again.opened = again.ask_to_open().json()
    again.session = recording.session
    assert again.opened["session"] == recording.session
    assert again.opened["resume"]["head"] == recording.ledger.head.to_json()
    assert again.opened["resume"]["paper_released"] is False
    go_on(again, recording.ledger.lines, verifying)
    assert again.deliver().status_code == 200
    again.segments = {**recording.segments, **again.segments}
    again.put_all()
    assert not verify(server.services.store.path(recording.session), verifying).problems


def test_a_withdrawn_grant_opens_nothing(recording: Sitting, verifying: VerifyingKey, tmp_path: Path) -> None:
    first = recording.another(recording.machine)
    first.folder = tmp_path / "first"
    first.opened, first.session = first.ask_to_open().json(), recording.session
    second = recording.another(recording.machine)
    second.folder = tmp_path / "second"
    second.opened, second.session = second.ask_to_open().json(), recording.session
    go_on(first, recording.ledger.lines, verifying)
    assert code_of(first.deliver()) == "ledger_broken"
    go_on(second, recording.ledger.lines, verifying)
    assert second.deliver().status_code == 200


def test_a_grant_whose_resume_is_on_its_way_is_not_withdrawn_by_the_same_key(
    recording: Sitting, clock: HandClock, verifying: VerifyingKey, tmp_path: Path
) -> None:
    """A program that died before its first line was delivered: the next start asks with the key the lines name."""
    again = recording.another(recording.machine)
    again.folder = tmp_path / "again"
    again.opened, again.session = again.ask_to_open().json(), recording.session
    clock.move(seconds=30)
    assert again.ask_to_open().json()["resume"]["grant"] == again.opened["resume"]["grant"]
    go_on(again, recording.ledger.lines, verifying)
    assert again.deliver().status_code == 200


def test_the_same_key_comes_back_without_a_grant(recording: Sitting) -> None:
    answer = recording.ask_to_open().json()
    assert answer["resume"]["grant"] is None
    assert answer["resume"]["head"] == recording.ledger.head.to_json()


# ---- ledger


def test_ledger_line_with_another_signature(sitting: Sitting) -> None:
    sitting.open()
    sitting.begin()
    forged = Ledger(sitting.session, SigningKey.generate(), None, sitting.ledger.lines and _prev(sitting))
    forged.append("begin", 0, "2026-01-31T09:00:00Z", **_begin(sitting))
    answer = sitting.on("POST", "/ledger", json={"lines": forged.lines})
    assert code_of(answer) == "ledger_signature"
    assert sitting.deliver().status_code == 200, "the real one is still taken"


def _prev(sitting: Sitting) -> str:
    from evidence.signing import line_digest

    return line_digest("seat-key", sitting.opened["seat_key"])


def _begin(sitting: Sitting) -> dict[str, object]:
    from evidence.signing import payload_of

    begin = payload_of(sitting.ledger.lines[0])
    return {name: begin[name] for name in begin if name not in ("n", "type", "prev", "at", "wall", "key")}


def test_ledger_with_a_broken_chain(recording: Sitting, verifying: VerifyingKey, server: Server) -> None:
    recording.segment("camera", verifying)
    recording.segment("camera", verifying)
    skipped = recording.on("POST", "/ledger", json={"lines": recording.ledger.lines[-1:]})
    assert code_of(skipped) == "ledger_broken"
    assert skipped.json()["reason"] == "wrong-n"
    assert skipped.json()["head"]["n"] == recording.sent - 1, "the client learns where to go on"
    fork = _fork(recording, verifying)
    assert code_of(recording.on("POST", "/ledger", json={"lines": [fork]})) == "ledger_conflict"
    assert recording.deliver().status_code == 200
    repeated = recording.on("POST", "/ledger", json={"lines": recording.ledger.lines})
    assert repeated.status_code == 200, "repeats are harmless"
    refused = select(refused_lines.c.code)
    codes = server.services.database.read(lambda connection: connection.execute(refused).scalars().all())
    assert codes == ["conflict"]


def _fork(recording: Sitting, verifying: VerifyingKey) -> str:
    """Another last line with the right signature for a place that is taken."""
    from evidence.signing import payload_of, sign_line

    held = payload_of(recording.ledger.lines[recording.sent - 1])
    return sign_line("ledger", {**held, "commitment": sha256(b"another story")}, recording.key)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"seat": "seat-other"}, "foreign-begin"),
        ({"nonce": "0" * 32}, "foreign-begin"),
        ({"key": SigningKey.generate().verifying.text}, "wrong-key"),
        ({"prev": "0" * 64}, "wrong-prev"),
        ({"type": "unknown"}, "malformed"),
    ],
)
def test_ledger_with_a_wrong_beginning(sitting: Sitting, changes: dict[str, str], reason: str) -> None:
    from evidence.signing import payload_of, sign_line

    sitting.open()
    sitting.begin()
    line = sign_line("ledger", {**payload_of(sitting.ledger.lines[0]), **changes}, sitting.key)
    answer = sitting.on("POST", "/ledger", json={"lines": [line]})
    assert answer.json()["reason"] == reason
    assert code_of(answer) in ("ledger_broken", "ledger_signature")
    assert sitting.deliver().status_code == 200


def test_lines_that_are_no_lines(recording: Sitting) -> None:
    for lines in (["x"], [""], ["{}\tAAAA"], ["\x00"]):
        assert code_of(recording.on("POST", "/ledger", json={"lines": lines})) == "ledger_broken"
    assert code_of(recording.on("POST", "/ledger", json={"lines": "x"})) == "bad_request"
    assert code_of(recording.on("POST", "/ledger", json={"lines": [1]})) == "bad_request"


# ---- segments


def test_forged_replayed_and_foreign_segments(server: Server, recording: Sitting, verifying: VerifyingKey) -> None:
    sealed = recording.segments["camera", 0]
    forged = sealed[:-1] + bytes([sealed[-1] ^ 1])
    assert code_of(recording.put("camera", 0, forged)) == "segment_digest"
    foreign = Sitting.sign_in(server.client, "ivan", PASSWORD, Path())
    foreign.ready_for_paper(verifying)
    assert code_of(recording.put("camera", 0, foreign.segments["camera", 0])) == "segment_digest"
    assert code_of(recording.put("camera", 0, recording.segments["sound", 0])) == "segment_digest"
    assert recording.put("camera", 0).status_code == 201
    assert recording.put("camera", 0).status_code == 200, "the same again is harmless"
    assert code_of(recording.put("camera", 0, recording.segments["sound", 0])) == "segment_conflict"
    recording.segment("camera", verifying)
    assert code_of(recording.put("camera", 1)) == "segment_unlisted", "lines first"
    assert server.services.store.get_segment(recording.session, "camera", 0) == sealed


def test_a_segment_listed_twice(recording: Sitting) -> None:
    """The same bytes under another number: the chain refuses the line."""
    from evidence.signing import payload_of, sign_line

    last = payload_of(recording.ledger.lines[-2])
    assert last["type"] == "segment"
    again = {**last, "n": recording.ledger.head.n + 1, "prev": recording.ledger.head.digest, "index": 1, "at": 4000}
    answer = recording.on("POST", "/ledger", json={"lines": [sign_line("ledger", again, recording.key)]})
    assert code_of(answer) == "ledger_broken"
    assert answer.json()["reason"] == "segment-repeated"


def test_wrong_or_missing_digest(recording: Sitting) -> None:
    sealed = recording.segments["camera", 0]
    assert code_of(recording.put("camera", 0, digest=b"\0" * 32)) == "segment_digest"
    for header in ({}, {"Content-Digest": "md5=:AA==:"}, {"Content-Digest": "sha-256=:%%%:"}):
        answer = recording.on("PUT", "/segments/camera/0", content=sealed, headers=header)
        assert code_of(answer) == "bad_request"


def put_raw(address: httpx.URL, path: bytes, token: str) -> tuple[int, bytes]:
    """Sends the path byte for byte; a well-behaved library would tidy it up first."""
    digest = content_digest(b"x")["Content-Digest"].encode()
    head = b"PUT %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Digest: %s\r\n" % (
        path,
        token.encode(),
        digest,
    )
    with socket.create_connection((address.host, address.port or 80), timeout=10) as connection:
        connection.sendall(head + b"Content-Length: 1\r\nConnection: close\r\n\r\nx")
        answer = connection.makefile("rb").read()
    first, _, content = answer.partition(b"\r\n\r\n")
    return int(first.split()[1]), content


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "..%2f..%2fetc", "Camera", "a" * 33, "-camera", "camera%00", "%D0%BA"]
)
def test_a_path_in_a_stream_name(server: Server, recording: Sitting, name: str) -> None:
    path = f"{API}/sessions/{recording.session}/segments/{name}/0"
    status, content = put_raw(server.client.base_url, path.encode(), recording.token)
    assert (status, json.loads(content)["code"]) in ((400, "bad_name"), (404, "not_found"))
    held = server.services.store.path(recording.session).rglob("*.age")
    assert list(held) == []


@pytest.mark.parametrize("index", ["-1", "1.5", "x", "1e3", "9999999", "٣"])
def test_a_number_that_is_none(recording: Sitting, index: str) -> None:
    answer = recording.on("PUT", f"/segments/camera/{index}", content=b"x", headers=content_digest(b"x"))
    assert code_of(answer) == "bad_name"


def test_unknown_stream(recording: Sitting) -> None:
    answer = recording.on("PUT", "/segments/screen-9/0", content=b"x", headers=content_digest(b"x"))
    assert code_of(answer) == "unknown_stream"


def test_too_large_bodies_are_given_up_early(recording: Sitting) -> None:
    large = b"\0" * (deliver.MAX_SEGMENT_BYTES + 1)
    assert code_of(recording.put("camera", 0, large)) == "segment_too_large"
    sent = 0

    def endless() -> object:
        nonlocal sent
        while sent < 64 * 1024 * 1024:
            sent += 65536
            yield b"\0" * 65536

    try:
        answer = recording.on("PUT", "/segments/camera/0", content=endless(), headers=content_digest(b""))
        assert code_of(answer) == "segment_too_large"
    except (httpx.WriteError, httpx.ReadError):
        pass  # the server hangs up before the rest is sent
    assert sent < 64 * 1024 * 1024
    assert code_of(recording.on("POST", "/ledger", content=b"[" * 3 * 1024 * 1024)) == "body_too_large"
    assert code_of(recording.call("POST", "/uplink-probe", content=b"x" * 600_000)) == "body_too_large"
    assert recording.call("POST", "/uplink-probe", content=b"x" * 500_000).json() == {"bytes": 500_000}


# ---- paper and answers


def test_paper_waits_for_the_recording(sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.open()
    answer = sitting.on("GET", "/paper")
    assert code_of(answer) == "paper_not_ready"
    assert answer.json()["waiting_for"] == ["begin", "identity", *STREAMS]
    sitting.begin()
    sitting.part("camera")
    sitting.segment("camera", verifying)
    sitting.identity()
    sitting.deliver()
    assert sitting.on("GET", "/paper").json()["waiting_for"] == ["screen-1", "sound"]
    assert code_of(sitting.answer("q3", "x", note=False)) == "paper_not_ready"


def test_stale_answers_and_wrong_values(recording: Sitting) -> None:
    paper = recording.paper()
    by_kind = {question["kind"]: question for question in paper["questions"]}
    essay = by_kind["essay"]["id"]
    assert recording.answer(essay, "newer", revision=5).status_code == 200
    stale = recording.answer(essay, "older", revision=4, note=False)
    assert code_of(stale) == "answer_stale"
    assert (stale.json()["revision"], stale.json()["value"]) == (5, "newer")
    assert code_of(recording.answer("q99", "x", note=False)) == "unknown_question"
    assert code_of(recording.answer(by_kind["description"]["id"], "x", note=False)) == "unknown_question"
    assert code_of(recording.answer(by_kind["truefalse"]["id"], ["true", "false"], note=False)) == "bad_request"
    assert code_of(recording.answer(by_kind["truefalse"]["id"], ["maybe"], note=False)) == "bad_request"
    assert code_of(recording.answer(essay, ["a"], note=False)) == "bad_request"
    assert recording.answer(by_kind["truefalse"]["id"], ["true"]).status_code == 200
    assert recording.answer(by_kind["truefalse"]["id"], [], revision=2).status_code == 200, "taken back"


def test_answers_after_time(server: Server, recording: Sitting) -> None:
    essay = next(question["id"] for question in recording.paper()["questions"] if question["kind"] == "essay")
    recording.deliver()
    server.clock.move(minutes=60, seconds=30)
    assert recording.answer(essay, "in the grace", at=60 * 60_000).status_code == 200
    server.clock.move(minutes=5)
    late = recording.answer(essay, "too late", revision=2, at=65 * 60_000 + 30_000, note=False)
    assert code_of(late) == "time_over"
    kept = recording.answer(essay, "made in time, the network was gone", revision=2, at=59 * 60_000, note=False)
    assert kept.status_code == 200
    assert code_of(recording.on("GET", "/paper")) == "time_over"
    assert recording.on("GET", "/answers").json()["answers"][essay]["revision"] == 2


def test_hand_in_before_the_end(recording: Sitting) -> None:
    assert code_of(recording.hand_in()) == "not_ended"


# ---- form


def test_requests_that_are_none(server: Server, sitting: Sitting) -> None:
    for content in (b"", b"{", b"[]", b"null", b'{"login": NaN}', b"[" * 100_000, b"\xff"):
        assert code_of(server.client.post(f"{API}/sign-in", content=content)) == "bad_request"
    assert code_of(server.client.get(f"{API}/nothing")) == "not_found"
    assert code_of(server.client.delete(f"{API}/time")) == "not_found"
    bad = {"session_key": "x", "client": {"name": "a", "version": "b", "system": "c"}, "machine": "m"}
    answer = sitting.call("POST", f"/seats/{sitting.seat()}/session", json=bad)
    assert code_of(answer) == "bad_request"
