"""Files attached to answers, as they reach the institution: what is taken, what is refused, when a work is whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exam_hall import PASSPHRASES, PASSWORD, SAMPLES, HandClock, Server, plan
from sitting import STREAMS, Sitting, code_of

from evidence.attached import PIECE_BYTES
from evidence.signing import VerifyingKey
from evidence.verify import verify
from server.admin import exams, institution_keys, seat_keys
from server.admin.console import opened
from server.admin.institution_keys import verifying_key
from server.settings import DataFolder

TABLE, DRAWING, REMARK = "q2", "q3", "q4"
SHEET = bytes(range(256)) * 5000  # two pieces


@pytest.fixture(scope="module")
def practical(made_institution: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("practical") / "data"
    shutil.copytree(made_institution, root)
    with opened(root, HandClock(), "tests") as console:
        exams.import_exam(
            console, SAMPLES / "praktika.xml", exams.ExamWanted("praktika", "praktika", "kk", False, False)
        )
        key = institution_keys.open_configuration_key(console.settings.folder, PASSPHRASES.configuration)
        seat_keys.make(console, key, 1)
        exams.schedule(console, replace(plan("praktika"), extra={}), ["aigerim"], None)
    return root


@pytest.fixture
def root(practical: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practical, tmp_path / "data"))


@pytest.fixture
def verifying(root: Path) -> VerifyingKey:
    return verifying_key(DataFolder(root))


@pytest.fixture
def working(sitting: Sitting, verifying: VerifyingKey) -> Sitting:
    sitting.title = "praktika"
    sitting.ready_for_paper(verifying)
    sitting.paper()
    return sitting


def value(*files: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"text": text, "files": list(files)}


def test_the_paper_says_what_may_be_attached(sitting: Sitting, verifying: VerifyingKey) -> None:
    sitting.title = "praktika"
    sitting.ready_for_paper(verifying)
    assert sitting.opened["policy"]["files"] == {"most_bytes": 500 * 1024**2}
    by_id = {question["id"]: question for question in sitting.paper()["questions"]}
    assert by_id[DRAWING]["files"] == {
        "most": 1, "required": 1, "types": [".png", ".jpg", ".jpeg", ".pdf"], "bytes": 5 * 1024**2,
    }  # fmt: skip
    assert not by_id[DRAWING]["text"] and by_id[TABLE]["text"]
    assert by_id[TABLE]["files"]["bytes"] == 20 * 1024**2
    assert by_id[REMARK]["files"] is None


def test_a_work_with_files_is_whole_when_their_pieces_are_there(
    server: Server, working: Sitting, verifying: VerifyingKey
) -> None:
    entry = working.attach(verifying, "Кесте.xlsx", SHEET)
    assert entry["pieces"] == 2
    assert working.answer(TABLE, value(entry, text="Қорытынды")).json()["revision"] == 1
    working.end()
    assert working.deliver().status_code == 200
    for stream in STREAMS:
        assert working.put(stream, 0).status_code == 201
    done = working.hand_in({TABLE: 1}).json()
    assert (done["receipt"], done["missing"]) == (None, {"files": [0, 1]})
    assert working.put("files", 1).status_code == 201
    assert working.put("files", 0).status_code == 201 and working.put("files", 0).status_code == 200
    assert working.on("GET", "/answers").json()["answers"][TABLE]["value"] == value(entry, text="Қорытынды")
    assert working.hand_in({TABLE: 1}).json()["receipt"]
    report = verify(server.services.store.path(working.session), verifying)
    assert (report.exit_code, report.problems) == (0, [])
    assert "files" not in report.coverage, "files are no recording: they have no gaps"
    file = server.services.store.segment_path(working.session, "files", 1)
    kept = file.read_bytes()
    damages = [
        (kept[:-1], "segment-truncated"), (kept[:-1] + b"\x00", "segment-changed"), (None, "segment-missing"),
        (working.segments["files", 0], "segment-swapped"),
    ]  # fmt: skip
    for damage, code in damages:
        file.unlink(missing_ok=True) if damage is None else file.write_bytes(damage)
        found = verify(server.services.store.path(working.session), verifying)
        assert found.exit_code == 1 and code in {problem.code for problem in found.problems}


def test_files_come_one_by_one_and_can_be_taken_back(working: Sitting, verifying: VerifyingKey) -> None:
    first = working.attach(verifying, "a.png", b"x", "0" * 16)
    second = working.attach(verifying, "b.png", b"y", "1" * 16)
    assert (first["first"], second["first"]) == (0, 1)
    assert working.answer(DRAWING, value(first)).status_code == 200
    assert working.answer(DRAWING, value(second), revision=2).status_code == 200, "replaced"
    assert working.answer(DRAWING, value(), revision=3).status_code == 200, "removed"
    assert working.on("GET", "/answers").json()["answers"][DRAWING]["value"] == value()


ENTRY = {
    "id": "ab" * 8, "name": "a.xlsx", "size": PIECE_BYTES + 1, "sha256": "0" * 64, "first": 0, "pieces": 2, "at": 1,
}  # fmt: skip
WRONG_VALUES: list[tuple[str, Any]] = [
    (TABLE, "only a text"),
    (TABLE, [ENTRY["id"]]),
    (TABLE, {"text": "", "files": [ENTRY], "more": 1}),
    (TABLE, {"text": 1, "files": [ENTRY]}),
    (TABLE, {"text": "", "files": "none"}),
    (TABLE, value(ENTRY, ENTRY)),
    (TABLE, value(*({**ENTRY, "id": f"{n:016x}"} for n in range(4)))),
    (TABLE, value(ENTRY, text="x" * 200_001)),
    (DRAWING, value({**ENTRY, "name": "a.png"}, text="where none is typed")),
    (DRAWING, value({**ENTRY, "name": "a.exe"})),
    (DRAWING, value({**ENTRY, "name": "a.png", "size": 6 * 1024**2, "pieces": 6})),
    (REMARK, value(ENTRY)),
]
WRONG_FIELDS: list[dict[str, Any]] = [
    {"name": "../../x.xlsx"}, {"name": "a\\b.xlsx"}, {"name": "evil\u202excod.xlsx"}, {"name": "a\n.xlsx"},
    {"name": ""}, {"name": "con.xlsx"}, {"name": "x" * 400 + ".xlsx"}, {"name": 5}, {"size": 0}, {"size": -1},
    {"size": True}, {"size": 10**12, "pieces": 10**6}, {"pieces": 1}, {"first": -1}, {"first": 2**70},
    {"sha256": "0" * 63}, {"sha256": "Z" * 64}, {"id": "../x"}, {"at": -5}, {"extra": 1},
]  # fmt: skip


def test_what_no_client_of_ours_would_say_is_refused(working: Sitting) -> None:
    for question, wrong in WRONG_VALUES:
        assert code_of(working.answer(question, wrong, note=False)) == "bad_request", wrong
    for change in WRONG_FIELDS:
        assert code_of(working.answer(TABLE, value({**ENTRY, **change}), note=False)) == "bad_request", change
    assert working.answer(TABLE, value(ENTRY), note=False).status_code == 200, "as it was, it is well formed"


def test_pieces_are_bound_to_ledger_session_and_quota(
    server: Server, working: Sitting, verifying: VerifyingKey, root: Path
) -> None:
    working.attach(verifying, "a.xlsx", SHEET)
    assert code_of(working.put("files", 0)) == "segment_unlisted"
    assert working.deliver().status_code == 200
    assert code_of(working.put("files", 0, digest=b"\x00" * 32)) == "segment_digest"
    assert code_of(working.put("files", 0, sealed=b"age-encryption.org/v1 other")) == "segment_digest"
    assert code_of(working.put("files", 0, sealed=bytes(3 * 1024**2))) == "segment_too_large"
    stranger = Sitting.sign_in(server.client, "ivan", PASSWORD, working.folder)
    stranger.session, stranger.segments = working.session, working.segments
    assert code_of(stranger.put("files", 0)) == "not_yours"
    assert working.put("files", 0).status_code == 201
    toml = root / "settings.toml"
    toml.write_text(toml.read_text().replace("files_mb = 500", "files_mb = 1"))
    server.restart()
    working.http = server.client
    refused = working.put("files", 1)
    assert (code_of(refused), refused.status_code, refused.json()["most_bytes"]) == ("files_too_large", 413, 1024**2)
    assert working.put("camera", 0).status_code == 201, "the recording goes on"
    assert working.put("files", 0).status_code == 200, "what is held stays held"


def test_a_size_that_is_a_lie_gets_nothing_past_the_quota(working: Sitting, verifying: VerifyingKey) -> None:
    """The limit counts what the ledger says, so the bytes have to be as many."""
    for size in (1, 10**9):
        entry = working.attach(verifying, "a.xlsx", SHEET[: PIECE_BYTES // 2], listed_size=size)
        assert working.deliver().status_code == 200
        assert code_of(working.put("files", entry["first"])) == "segment_conflict"


def test_after_the_end_nothing_is_attached(server: Server, working: Sitting, verifying: VerifyingKey) -> None:
    entry = working.attach(verifying, "a.xlsx", b"x")
    assert working.answer(TABLE, value(entry)).status_code == 200
    working.end()
    working.deliver()
    working.put_all()
    assert working.hand_in({TABLE: 1}).json()["receipt"]
    assert code_of(working.answer(TABLE, value(), revision=2, note=False)) == "already_handed_in"
    working.segments["files", 1] = b"age-encryption.org/v1 late"
    assert code_of(working.put("files", 1)) == "segment_unlisted"
