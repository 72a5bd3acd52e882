"""The published vectors: each has its verdict, each problem that is written down has a vector."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evidence import age, seal
from evidence.bundle import SessionFolder
from evidence.signing import VerifyingKey, payload_of
from evidence.vectors.bundles import BUNDLES
from evidence.vectors.make import NAMES, result, write_variant
from evidence.vectors.maker import vector_key
from evidence.verify import Kept, verify

VECTORS = Path(seal.__file__).parent / "vectors"
CASES = json.loads((VECTORS / "expected.json").read_text())
EXPECTED = {case["path"].removesuffix(".zip"): case for case in CASES if not {"receipt", "checkpoint"} & set(case)}
INSTITUTION = vector_key("configuration").verifying


def named(case: dict[str, Any]) -> str:
    return " ".join(case[option] for option in ("path", "receipt", "checkpoint") if option in case)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_published_vectors(case: dict[str, Any]) -> None:
    keys = json.loads((VECTORS / "keys.json").read_text())
    kept = Kept(
        (VECTORS / case["receipt"]).read_text() if "receipt" in case else None,
        (VECTORS / case["checkpoint"]).read_bytes() if "checkpoint" in case else None,
    )
    found = result(verify(VECTORS / case["path"], VerifyingKey.from_text(keys["institution"]), kept))
    assert found == {name: value for name, value in case.items() if name not in ("path", "receipt", "checkpoint")}


def test_there_is_a_published_vector_for_every_variant() -> None:
    assert set(EXPECTED) == set(NAMES)
    assert {path.stem for path in VECTORS.glob("*.zip")} == set(NAMES) - {"good"}
    kept = {case.get("receipt", case.get("checkpoint")) for case in CASES} - {None}
    assert kept == {f"kept/{path.name}" for path in (VECTORS / "kept").iterdir()}


def test_the_vectors_show_every_problem_that_is_written_down() -> None:
    section = (VECTORS.parent / "FORMAT.md").read_text().partition("## 10.")[2].partition("Proved by a good")[0]
    rules = (VECTORS.parent / "FORMAT.md").read_text().partition("A line is refused")[2].partition("\n\nCrash")[0]
    written = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section + rules))
    shown = {code for case in CASES for code, _ in [*case["problems"], *case["notices"]]}
    names_of_parts = {"receipts-unreadable", "wrong-n", "wrong-prev", "wrong-key", "wrong-session"}
    assert written - shown - names_of_parts - {"institution-not-checked", "session-missing"} == set()


def test_the_published_keys_open_the_published_segments() -> None:
    keys = json.loads((VECTORS / "keys.json").read_text())
    identity = age.parse_identity(keys["seat-identity"])
    sealed = age.decrypt((VECTORS / "good-identity.age").read_bytes(), [age.parse_identity(keys["review-identity"])])
    assert sealed.decode().strip() == identity.text
    folder = SessionFolder(VECTORS / "good")
    for payload in map(payload_of, folder.ledger.read_text().splitlines()):
        if payload["type"] == "segment":
            path = folder.segment_path(payload["stream"], payload["index"])
            header, body = seal.unseal(path.read_bytes(), identity)
            assert (header.session, header.stream, header.part, header.index) == (
                "vector-session", payload["stream"], payload["part"], payload["index"],
            )  # fmt: skip
            assert len(body) == payload["plain"]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BUNDLES])
def test_the_script_makes_the_same_verdicts_again(name: str, tmp_path: Path) -> None:
    write_variant(name, tmp_path / "session")
    found, expected = result(verify(tmp_path / "session", INSTITUTION)), EXPECTED[name]
    assert {**found, "problems": [code for code, _ in found["problems"]]} == {
        **{field: expected[field] for field in found},
        "problems": [code for code, _ in expected["problems"]],
    }
