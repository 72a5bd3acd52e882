"""Each manipulation by each party alone, on a really sealed session, and which check shows it. ``docs/tampering.md``
holds the same table for people; staff's deeds in the database are tested in ``tests/server/test_audit.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.vectors.kept import CHECKPOINTS, RECEIPTS, write_kept
from evidence.vectors.make import write_variant
from evidence.vectors.maker import Maker, make_session, vector_key
from evidence.vectors.sessions import erase
from evidence.verify import Kept, Report, verify

INSTITUTION = vector_key("configuration").verifying
PAGE = Path(__file__).resolve().parents[2] / "docs" / "tampering.md"

EACH, KEPT = "verify", "receipt or checkpoint"

# Party, what it does, the vector that does it, what shows it: ``verify`` by itself (and so with what else it is given),
# or only together with the student's receipts, and likewise with published checkpoints.
MATRIX = [
    ("student", "changes a line", "line-changed", EACH),
    ("student", "deletes a line", "line-missing", EACH),
    ("student", "exchanges two lines", "lines-reordered", EACH),
    ("student", "repeats a line", "line-repeated", EACH),
    ("student", "writes a second line for a number", "line-second", EACH),
    ("student", "replays lines and a segment of another session", "lines-replayed", EACH),
    ("student", "hands in the recording of another day", "ledger-of-another-session", EACH),
    ("student", "cuts off the end", "ledger-truncated", EACH),
    ("student", "sets the clock back", "clock-set-back", EACH),
    ("student", "sets the clock forward and signs everything again", "clock-set-forward", EACH),
    ("student", "records a stretch again afterwards and signs everything again", "stretch-rerecorded", EACH),
    ("student", "the same, and leaves out the receipts", "stretch-rerecorded-no-receipts", KEPT),
    ("student", "changes a segment", "segment-changed", EACH),
    ("student", "takes a segment out", "segment-missing", EACH),
    ("student", "cuts a segment short", "segment-truncated", EACH),
    ("student", "exchanges two segments", "segments-swapped", EACH),
    ("student", "puts random bytes for a segment", "segment-random", EACH),
    ("student", "puts a segment of another session in its place", "segment-replayed", EACH),
    ("student", "adds a segment that no line lists", "segment-foreign", EACH),
    ("student", "seals to a key of their own", "seat-key-unsigned", EACH),
    ("student", "seals to another seat's key", "seat-key-wrong", EACH),
    ("student", "signs a permission to go on", "grant-forged", EACH),
    ("student", "uses a permission for another moment", "grant-wrong", EACH),
    ("student", "signs an erasure", "erasure-forged", EACH),
    ("student", "changes what a receipt says", "receipt-altered", EACH),
    ("student", "changes the date of a receipt", "receipt-redated", EACH),
    ("server", "drops a segment", "segment-missing", EACH),
    ("server", "exchanges two segments", "segments-swapped", EACH),
    ("server", "changes a line", "line-changed", EACH),
    ("server", "drops the last lines", "ledger-truncated", EACH),
    ("server", "drops the last lines with the receipts for them", "server-cuts", KEPT),
    ("server", "signs the closing receipt anew with another date", "server-redates", KEPT),
    ("server", "drops the closing receipt", "server-drops-receipt", KEPT),
    ("server", "states more coverage in the closing receipt", "receipt-claims-more", EACH),
    ("server", "signs with a key that the session did not begin with", "server-key-wrong", EACH),
    ("server and student", "record a stretch again and sign everything again", "server-and-student-rewrite", KEPT),
]  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """The session, and beside it what the student and the public hold of it."""
    place = tmp_path_factory.mktemp("tamper")
    maker = make_session(place / "session")
    write_kept(maker, place / "kept")
    return maker


def checks(session: Path, good: Maker) -> dict[str, Report]:
    place = good.folder.path.parent / "kept"
    kept = {
        "verify": Kept(),
        "receipt": Kept(receipts=(place / RECEIPTS).read_text()),
        "checkpoint": Kept(checkpoints=(place / CHECKPOINTS).read_bytes()),
    }
    return {name: verify(session, INSTITUTION, entry) for name, entry in kept.items()}


def test_the_untouched_session_passes_every_check(good: Maker) -> None:
    assert all(report.ok and not report.notices for report in checks(good.folder.path, good).values())


@pytest.mark.parametrize(("party", "deed", "vector", "shown"), MATRIX, ids=lambda value: str(value)[:50])
def test_a_manipulation_is_shown_by(
    party: str, deed: str, vector: str, shown: str, good: Maker, tmp_path: Path
) -> None:
    write_variant(vector, tmp_path / "session", good)
    reports = checks(tmp_path / "session", good)
    found = [name for name, report in reports.items() if not report.ok]
    assert found == (["verify", "receipt", "checkpoint"] if shown == EACH else ["receipt", "checkpoint"]), (party, deed)


def test_an_erasure_by_the_institution_is_dated_and_hides_nothing_else(good: Maker, tmp_path: Path) -> None:
    """With its own key the institution may erase; it cannot do so in silence, nor change what is left."""
    write_variant("good", tmp_path / "session")
    maker = write_variant("segment-missing", tmp_path / "erased", good)
    erase(maker)
    report = verify(tmp_path / "erased", INSTITUTION)
    assert report.ok and report.erased == "2026-01-31T09:01:30.000Z"
    path = maker.folder.segment_path("camera", 0)
    path.write_bytes(path.read_bytes()[::-1])
    assert [p.code for p in verify(tmp_path / "erased", INSTITUTION).problems] == ["segment-not-age"]


def test_an_old_receipt_proves_less_but_never_something_false(good: Maker) -> None:
    """The network plays an old reply back to the student: what it says was true then and fits still."""
    old = good.receipts[0]
    report = verify(good.folder.path, INSTITUTION, Kept(receipts=f"{old}\n{old}\n"))
    assert report.ok and report.kept_receipt == "2 of lines received"


def test_the_page_holds_the_same_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [f"| {party} | {deed} | {shown} |" for party, deed, _, shown in MATRIX]
    assert [row for row in rows if row not in text] == []
    assert text.count("| student |") + text.count("| server |") + text.count("| server and student |") == len(rows)
