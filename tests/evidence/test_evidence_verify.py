"""The offline verifier names what is wrong, whatever is thrown at it."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import seal
from evidence.__main__ import main
from evidence.bundle import SessionFolder
from evidence.ledger import Ledger
from evidence.receipt import Head, make_closing_receipt, make_erasure_receipt, make_head_receipt
from evidence.report import Findings, Report
from evidence.signing import SigningKey, line_digest, payload_of, sign_line
from evidence.vectors.maker import Maker, make_session, vector_key, wall
from evidence.verify import verify

Copy = Callable[[], SessionFolder]
VECTORS = Path(seal.__file__).parent / "vectors"
CASES = json.loads((VECTORS / "expected.json").read_text())
EXPECTED = {case["path"].removesuffix(".zip"): case for case in CASES if not {"receipt", "checkpoint"} & set(case)}
INSTITUTION = vector_key("configuration").verifying


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def lines_of(folder: SessionFolder) -> list[str]:
    return folder.ledger.read_text().splitlines()


def write_lines(folder: SessionFolder, lines: list[str]) -> None:
    folder.ledger.write_text("".join(line + "\n" for line in lines))


# ---- a good session -------------------------------------------------------------------------


def test_a_good_session(pristine: Maker) -> None:
    report = verify(pristine.folder.path, INSTITUTION)
    assert report.ok and report.state == "complete" and report.notices == [] and report.exit_code == 0
    assert (report.session, report.seat, report.segments, report.receipts) == ("vector-session", "vector-seat", 5, 2)
    assert report.countersigned == report.lines - 1 and report.institution == INSTITUTION.fingerprint
    assert set(report.coverage) == {"screen-1", "camera"}
    assert [gap.cause for gap in report.coverage["camera"].gaps] == ["recorder-restarted"]
    assert report.receipt_code and report.receipt_code in report.to_text()


def test_another_institutions_key_does_not_fit(pristine: Maker) -> None:
    report = verify(pristine.folder.path, SigningKey.generate().verifying)
    assert {"seat-key-unsigned", "server-key-unsigned"} <= codes(report)


# ---- every byte -----------------------------------------------------------------------------


def test_every_flipped_byte_of_the_ledger_is_seen(pristine: Maker, copy: Copy) -> None:
    folder = copy()
    whole, noise = folder.ledger.read_bytes(), random.Random(7)
    places = {0, len(whole) - 1, *noise.sample(range(len(whole)), 120)}
    places |= {place + step for place, byte in enumerate(whole) if byte in b"\t\n" for step in (-1, 0, 1)}
    for place in sorted(p for p in places if p < len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << noise.randrange(8)
        folder.ledger.write_bytes(damaged)
        assert verify(folder.path).problems, place


@pytest.mark.parametrize("name", ["seat-key.txt", "server-key.txt", "receipts.txt"])
def test_every_flipped_byte_of_the_other_lines_is_seen(name: str, copy: Copy) -> None:
    folder = copy()
    path = folder.path / name
    whole, noise = path.read_bytes(), random.Random(8)
    for place in [*noise.sample(range(len(whole) - 1), min(60, len(whole) - 1)), len(whole) - 2]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << noise.randrange(8)
        path.write_bytes(damaged)
        assert verify(folder.path, INSTITUTION).problems, place


def test_every_flipped_byte_of_a_segment_is_seen_and_placed(copy: Copy) -> None:
    folder = copy()
    noise = random.Random(9)
    for stream, index in [("camera", 0), ("screen-1", 1), ("events", 0)]:
        path = folder.segment_path(stream, index)
        whole = path.read_bytes()
        for place in [0, len(whole) - 1, *noise.sample(range(len(whole)), 40)]:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << noise.randrange(8)
            path.write_bytes(damaged)
            problems = verify(folder.path, INSTITUTION).problems
            assert [problem.where for problem in problems] == [f"segments/{stream}/{index:06d}.age"]
        path.write_bytes(whole)
    assert verify(folder.path, INSTITUTION).ok


def test_every_cut_of_the_ledger_is_seen_by_its_receipts(copy: Copy) -> None:
    folder = copy()
    whole = folder.ledger.read_bytes()
    for length in range(1, len(whole), 101):
        folder.ledger.write_bytes(whole[:length])
        assert verify(folder.path, INSTITUTION).problems, length


def test_every_line_removed_repeated_or_moved_is_seen(copy: Copy) -> None:
    folder = copy()
    lines = lines_of(folder)
    for i in range(len(lines)):
        for changed in (
            lines[:i] + lines[i + 1 :],
            lines[: i + 1] + lines[i:],
            lines[i : i + 1] + lines[:i] + lines[i + 1 :],
        ):
            if changed != lines:
                write_lines(folder, changed)
                assert verify(folder.path, INSTITUTION).problems


# ---- what exactly is wrong ------------------------------------------------------------------


def test_a_line_of_another_session_in_between(copy: Copy, tmp_path: Path) -> None:
    """Signed by another key it is no line of this session; by the same key it does not link."""
    folder = copy()
    lines = lines_of(folder)
    payload = payload_of(lines[5]) | {"n": 6, "prev": line_digest("ledger", lines[5])}
    write_lines(folder, [*lines[:6], sign_line("ledger", payload, vector_key("stranger")), *lines[6:]])
    report = verify(folder.path, INSTITUTION)
    assert [(p.code, p.where) for p in report.problems] == [("line-changed", "ledger line 6")]
    other = make_session(tmp_path / "other")
    write_lines(folder, [*lines[:6], lines_of(other.folder)[6], *lines[6:]])
    report = verify(folder.path, INSTITUTION)
    assert [(p.code, p.where) for p in report.problems[:2]] == [
        ("line-unlinked", "ledger line 6"),
        ("line-foreign", "ledger line 7"),
    ]


def test_a_run_of_the_same_damage_is_one_entry(copy: Copy) -> None:
    folder = copy()
    lines = lines_of(folder)
    broken = [line.replace('"at":', '"at": ') for line in lines[3:7]]
    write_lines(folder, [*lines[:3], *broken, *lines[7:]])
    report = verify(folder.path, INSTITUTION)
    assert [(p.code, p.where) for p in report.problems] == [("line-changed", "ledger line 3 to 6")]


def test_a_ledger_without_its_beginning(copy: Copy) -> None:
    folder = copy()
    write_lines(folder, lines_of(folder)[1:])
    assert codes(verify(folder.path)) == {"begin-missing"}


def test_another_seats_key(copy: Copy, tmp_path: Path) -> None:
    folder = copy()
    other = make_session(tmp_path / "other")
    shutil.copy(other.folder.seat_key, folder.seat_key)
    assert codes(verify(folder.path, INSTITUTION)) == {"wrong-seat-key"}
    folder.seat_key.unlink()
    assert codes(verify(folder.path, INSTITUTION)) == {"seat-key-missing"}


def test_another_server_key(copy: Copy) -> None:
    folder = copy()
    stranger = SigningKey.generate()
    payload = payload_of(folder.server_key.read_text().strip()) | {"key": stranger.verifying.text}
    folder.server_key.write_text(sign_line("server-key", payload, vector_key("configuration")) + "\n")
    assert {"wrong-server-key", "receipt-changed", "grant-forged"} <= codes(verify(folder.path, INSTITUTION))
    folder.server_key.unlink()
    report = verify(folder.path, INSTITUTION)
    assert report.ok and {n.code for n in report.notices} == {"server-key-missing", "unanchored"}


def test_receipts_that_do_not_belong(copy: Copy, pristine: Maker) -> None:
    folder, server = copy(), pristine.server
    good = folder.receipts.read_text()
    closing = payload_of(good.splitlines()[-1])
    for changes, code in [
        ({"session": "s2"}, "receipt-foreign"),
        ({"begin": "0" * 64}, "receipt-begin"),
        ({"key": server.verifying.text}, "receipt-key"),
        ({"coverage": {"camera": 0.99}}, "receipt-coverage"),
        ({"coverage": {"sound": 0.5}}, "receipt-coverage"),
        ({"at": "yesterday"}, "receipt-malformed"),
        ({"at": "2026-01-31T09:00:00"}, "receipt-malformed"),
        ({"at": "2026-01-31T08:00:00Z"}, "receipt-time"),
        ({"head": {"n": 10**30, "digest": ""}}, "ledger-truncated"),
        ({"head": {"n": -1, "digest": ""}}, "receipt-order"),
    ]:
        receipt = sign_line("receipt", closing | changes, server)
        folder.receipts.write_text(good.splitlines()[0] + "\n" + receipt + "\n")
        assert codes(verify(folder.path, INSTITUTION)) == {code}, changes
    receipt = sign_line("receipt", closing | {"answers": "0" * 64}, server)
    folder.receipts.write_text(receipt + "\n")
    assert [notice.code for notice in verify(folder.path, INSTITUTION).notices] == ["receipt-answers"]
    folder.receipts.write_bytes(b"\xff\x00\n" * 3)
    assert codes(verify(folder.path, INSTITUTION)) == {"receipt-malformed"}


def test_an_offline_resume_is_confirmed_by_a_later_receipt(tmp_path: Path) -> None:
    maker = make_session(tmp_path / "session", granted=False)
    assert verify(maker.folder.path, INSTITUTION).unanchored == [10]
    lines = lines_of(maker.folder)
    server = maker.server
    for n, unanchored in [(9, [10]), (10, [])]:
        head = maker.ledger.head.__class__(n, line_digest("ledger", lines[n]))
        maker.folder.receipts.write_text(make_head_receipt("vector-session", head, wall(9000), server) + "\n")
        report = verify(maker.folder.path, INSTITUTION)
        assert report.ok and report.unanchored == unanchored and report.countersigned == n


def test_a_ledger_cut_and_continued_by_a_stranger_contradicts_the_receipt(copy: Copy) -> None:
    folder = copy()
    write_lines(folder, lines_of(folder)[:8])
    with Ledger.reopen(folder.ledger, SigningKey.generate()) as forged:
        forged.append("resume", 5000, wall(5000), reason="offline")
        for n in range(15):
            forged.append("event", 5000 + n, wall(5000), name="invented", data={})
        forged.append("end", 9000, wall(9000), reason="hand-in", until=9000)
    report = verify(folder.path, INSTITUTION)
    assert "receipt-head" in codes(report) and report.unanchored == [8]


def test_an_open_session_may_still_lack_segments(tmp_path: Path) -> None:
    maker = make_session(tmp_path / "session", ended=False)
    maker.folder.segment_path("camera", 1).unlink()
    (tmp_path / "session" / "segments" / "camera" / "000001.age.part").write_bytes(b"half")
    report = verify(tmp_path / "session", INSTITUTION)
    assert report.ok and report.state == "open"
    assert {notice.code for notice in report.notices} == {"segment-not-held", "file-unfinished", "open"}


def test_an_erasure_accounts_only_for_its_own_session_and_only_for_what_is_absent(copy: Copy, pristine: Maker) -> None:
    head = Head(**payload_of(pristine.receipts[-1])["head"])
    for session, found in (("vector-session", set()), ("another", {"segment-missing", "receipt-foreign"})):
        folder = copy()
        line = make_erasure_receipt(session, head, wall(90_000), "decision", pristine.server)
        with folder.receipts.open("a") as file:
            file.write(line + "\n")
        folder.segment_path("camera", 0).unlink()
        report = verify(folder.path, INSTITUTION)
        assert codes(report) == found
        assert report.erased == (None if found else wall(90_000))
        assert report.countersigned == report.lines - 1
    assert "recording erased 2026-01-31" in verify(VECTORS / "erased.zip", INSTITUTION).to_text()
    kept = copy()
    with kept.receipts.open("a") as file:
        file.write(make_erasure_receipt("vector-session", head, wall(90_000), "retention", pristine.server) + "\n")
    path = kept.segment_path("camera", 0)
    path.write_bytes(path.read_bytes()[:-1])
    assert codes(verify(kept.path, INSTITUTION)) == {"segment-truncated"}


def test_files_that_have_no_place(copy: Copy) -> None:
    folder = copy()
    (folder.path / "notes\n.txt").write_text("x")
    (folder.segments / "readme").write_text("x")
    (folder.segments / "camera" / "000001.age").rename(folder.path / "moved")
    folder.segment_path("camera", 1).symlink_to(folder.path / "moved")
    report = verify(folder.path, INSTITUTION)
    assert codes(report) == {"segment-foreign", "segment-missing", "file-odd"}
    assert [notice.code for notice in report.notices] == ["file-unknown", "file-unknown"]
    assert len(report.to_text().splitlines()) == len([line for line in report.to_text().split("\n") if line])


def test_a_segment_far_too_large_is_not_read_whole(copy: Copy) -> None:
    folder = copy()
    with folder.segment_path("camera", 1).open("r+b") as file:
        file.truncate(10**12)
    assert codes(verify(folder.path, INSTITUTION)) == {"segment-unreadable"}


def test_times_that_disagree_with_the_media_are_noted(copy: Copy) -> None:
    folder = copy()
    lines = lines_of(folder)
    rewritten: list[str] = []
    for i, line in enumerate(lines[:9]):
        payload = payload_of(line)
        if i:
            payload["prev"] = line_digest("ledger", rewritten[-1])
        if payload["type"] == "segment" and payload["stream"] == "camera":
            payload["start"] += 300
        rewritten.append(sign_line("ledger", payload, vector_key("session 1")))
    write_lines(folder, rewritten)
    folder.receipts.unlink()
    assert [n.where for n in verify(folder.path).notices if n.code == "times-disagree"] == ["camera/0"]


# ---- hostile input --------------------------------------------------------------------------

HOSTILE = {
    "random": random.Random(3).randbytes(100_000),
    "lines": b"\n" * 50_000,
    "huge line": b"x" * 3_000_000 + b"\n",
    "deep": b'{"a":' + b"[" * 200_000 + b"\t" + b"A" * 86 + b"\n",
    "nan": b'{"n":NaN,"type":"begin"}\t' + b"A" * 86 + b"\n",
    "not utf-8": b'{"n":0,"type":"\xff\xfe"}\t' + b"A" * 86 + b"\n",
    "zeros": bytes(1000) + b"\n",
    "duplicate keys": b'{"n":0,"n":1}\t' + b"A" * 86 + b"\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_ledgers(name: str, copy: Copy) -> None:
    folder = copy()
    folder.ledger.write_bytes(HOSTILE[name])
    assert verify(folder.path, INSTITUTION).exit_code == 1
    write_lines(folder, lines_of(copy()))
    with folder.ledger.open("ab") as file:
        file.write(HOSTILE[name])
    assert verify(folder.path, INSTITUTION).exit_code == 1


@pytest.mark.parametrize("name", ["seat-key.txt", "server-key.txt", "receipts.txt"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_other_files(name: str, hostile: str, copy: Copy) -> None:
    folder = copy()
    (folder.path / name).write_bytes(HOSTILE[hostile])
    assert verify(folder.path, INSTITUTION).exit_code == 1


def test_lines_well_signed_but_absurd(pristine: Maker, copy: Copy) -> None:
    """The student's own key signs nonsense: each is named, nothing crashes."""
    folder, key = copy(), vector_key("session 2")
    lines = lines_of(folder)[:-1]
    payload = payload_of(lines_of(folder)[-1])
    for changes in [
        {"n": -1}, {"n": 2**60}, {"n": 1.5}, {"n": None}, {"type": ["end"]}, {"type": None}, {"at": "soon"},
        {"counts": []}, {"counts": {"../x": 1}}, {"last": {"camera": 5}}, {"root": "x"}, {"prev": None}, {"n": 5},
        {"type": "segment", "stream": "../../etc", "index": 0}, {"type": "resume", "key": "x"}, {"n": 10**15},
    ]:  # fmt: skip
        write_lines(folder, [*lines, sign_line("ledger", payload | changes, key)])
        assert verify(folder.path, INSTITUTION).exit_code == 1, changes


def test_what_is_no_session_is_unusable(tmp_path: Path, copy: Copy) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(random.Random(5).randbytes(10_000))
    (tmp_path / "empty").mkdir()
    hollow = copy()
    hollow.ledger.write_bytes(b"")
    for path in (noise, tmp_path / "empty", tmp_path / "absent", hollow.path):
        report = verify(path, INSTITUTION)
        assert (report.state, report.exit_code, report.ok) == ("unusable", 2, False)
        assert report.problems and report.to_text().startswith("UNUSABLE")


def test_every_code_is_written_down() -> None:
    room = Path(seal.__file__).parent
    called = re.compile(r"(?:BrokenChain|\.problem|\.notice|\.numbered)\(\s*\"([a-z-]+)\"")
    used = {code for path in room.glob("*.py") for code in called.findall(path.read_text())}
    written = set(re.findall(r"`([a-z-]+)`", (room / "FORMAT.md").read_text()))
    assert len(used) > 50 and used <= written, used - written


def test_entries_are_limited() -> None:
    findings = Findings()
    for i in range(2000):
        findings.problem("x", str(i), "")
        findings.numbered("y", "line", 3 * i, "", notice=True)
    assert len(findings.problems) == len(findings.notices) == 500 and findings.left_off == 3000


# ---- the command ----------------------------------------------------------------------------


def test_the_command(pristine: Maker, copy: Copy, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(pristine.folder.path)
    assert main(["verify", path, "--key", INSTITUTION.text]) == 0
    assert capsys.readouterr().out.startswith("GOOD: session vector-session (complete)")
    broken = copy()
    broken.segment_path("camera", 0).unlink()
    assert main(["verify", str(broken.path), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False and report["coverage"]["camera"]["ratio"] > 0.7
    assert [p["code"] for p in report["problems"]] == ["segment-missing"]
    assert main(["verify", str(tmp_path / "absent"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["state"] == "unusable"
    with pytest.raises(SystemExit) as caught:
        main(["verify", path, "--key", "nonsense"])
    assert caught.value.code == 2


def test_the_command_from_a_shell(pristine: Maker) -> None:
    command = [sys.executable, "-m", "evidence", "verify", str(pristine.folder.path), "--key", INSTITUTION.text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and done.stderr == "" and done.stdout.isascii()


# ---- a long session -------------------------------------------------------------------------


def test_a_session_of_half_an_hour(tmp_path: Path) -> None:
    maker = Maker.start(tmp_path / "session")
    maker.ledger.close()
    prev = line_digest("seat-key", maker.folder.seat_key.read_text().strip())
    maker.ledger = Ledger("vector-session", maker.key, None, prev)
    streams = ["screen-1", "camera", "sound"]
    maker.begin(streams)
    for stream in streams:
        maker.part(stream, 0)
        maker.folder.segment_path(stream, 0).parent.mkdir(parents=True)
    for index in range(450):
        start, end = index * 4000, index * 4000 + 4000
        for stream in streams:
            content = b"age-encryption.org/v1\n" + f"{stream} {index}".encode()
            maker.folder.segment_path(stream, index).write_bytes(content)
            maker.line(
                "segment", end, stream=stream, part=0, index=index, pts0=start, pts1=end, start=start, end=end,
                plain=1, size=len(content), frames=40, keys=[start], changed=0.1,
                sha256=hashlib.sha256(content).hexdigest(),
            )  # fmt: skip
    maker.end(450 * 4000)
    write_lines(maker.folder, maker.ledger.lines)
    head, begin = maker.ledger.head, line_digest("ledger", maker.ledger.lines[0])
    ratios = dict.fromkeys(streams, 1.0)
    times = (wall(0), wall(1))
    receipt = make_closing_receipt(
        "vector-session", begin, maker.key.verifying, head, ratios, None, *times, maker.server
    )
    maker.folder.receipts.write_text(receipt + "\n")
    report = verify(maker.folder.path, INSTITUTION)
    assert report.ok and report.segments == 1350
    assert {name: stream.ratio for name, stream in report.coverage.items()} == ratios
