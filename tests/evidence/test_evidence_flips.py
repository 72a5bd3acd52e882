"""No bit of a sealed session can be turned unseen, whatever it stands for."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from evidence.signing import VerifyingKey
from evidence.vectors.flips import flip_each_kind, kinds_of_bytes
from evidence.vectors.maker import Maker, make_session, vector_key
from evidence.vectors.sessions import erase

INSTITUTION: VerifyingKey = vector_key("configuration").verifying


@pytest.fixture
def session(pristine: Maker, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine.folder.path, tmp_path / "session"))


def test_every_byte_is_of_a_kind(session: Path) -> None:
    kinds = kinds_of_bytes(session)
    for path in session.rglob("*"):
        if path.is_file():
            name = path.relative_to(session).as_posix()
            spans = sorted((span.begin, span.end) for spans in kinds.values() for span in spans if span.name == name)
            assert spans[0][0] == 0 and spans[-1][1] == path.stat().st_size
            assert all(before[1] == after[0] for before, after in pairwise(spans)), name
    for kind in (
        "seat-key.recipient", "seat-key signature", "server-key.key", "ledger segment.sha256", "ledger resume.grant",
        "ledger signature", "ledger line feed", "receipts closing.at", "receipts head.head", "receipts signature",
        "sealed stanza arguments", "sealed stanza body", "sealed header MAC", "sealed payload nonce", "sealed payload",
    ):  # fmt: skip
        assert kind in kinds


def test_a_turned_bit_of_any_kind_is_detected(session: Path) -> None:
    kinds = flip_each_kind(session, INSTITUTION, seed=4, each=3)
    assert len(kinds) > 90 and all(kind.tried == 3 for kind in kinds)
    assert [(kind.name, kind.missed) for kind in kinds if kind.missed] == []


def test_the_record_of_an_erasure_too(tmp_path: Path) -> None:
    maker = make_session(tmp_path / "session")
    erase(maker)
    shutil.rmtree(maker.folder.segments)
    erasure = [
        k for k in flip_each_kind(maker.folder.path, INSTITUTION, 5, 2) if k.name.startswith("receipts erasure.")
    ]
    assert len(erasure) == 6 and sum(kind.detected for kind in erasure) == 12


def test_a_damaged_session_proves_nothing(session: Path) -> None:
    (session / "segments" / "camera" / "000000.age").unlink()
    with pytest.raises(ValueError, match="damaged before"):
        flip_each_kind(session, INSTITUTION, 1, 1)
