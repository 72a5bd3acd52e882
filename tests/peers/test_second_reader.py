"""The second reader, in JavaScript and written from FORMAT.md, finds what ours finds."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidence import seal
from evidence.signing import VerifyingKey, payload_of
from evidence.vectors.damages import RESUME, resigned
from evidence.vectors.make import result
from evidence.verify import verify

VECTORS = Path(seal.__file__).parent / "vectors"
CASES: list[dict[str, Any]] = json.loads((VECTORS / "expected.json").read_text())
KEYS = json.loads((VECTORS / "keys.json").read_text())

Reader = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]

pytestmark = pytest.mark.peer


def name_of(case: dict[str, Any]) -> str:
    return " ".join(case[option] for option in ("path", "receipt", "checkpoint") if option in case)


def given(case: dict[str, Any]) -> dict[str, Any]:
    files = {option: str(VECTORS / case[option]) for option in ("path", "receipt", "checkpoint") if option in case}
    return {**files, "key": KEYS["institution"]}


def comparable(found: dict[str, Any]) -> dict[str, Any]:
    """Findings in any order; shares to six places."""
    cover = {name: {**entry, "ratio": round(entry["ratio"], 6)} for name, entry in found["coverage"].items()}
    lists = {name: sorted(found[name]) for name in ("problems", "notices")}
    names = ("exit", "state", "countersigned", "unanchored", "erased")
    return {**{name: found[name] for name in names}, **lists, "coverage": cover}


@pytest.fixture(scope="module")
def found(reader: Reader) -> dict[str, dict[str, Any]]:
    """All cases in one process of Node."""
    reports = reader([given(case) for case in CASES])
    return {name_of(case): report for case, report in zip(CASES, reports, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_both_readers_agree(case: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    assert comparable(found[name_of(case)]) == comparable(case)


def test_the_second_reader_opens_every_segment(reader: Reader, tmp_path: Path) -> None:
    """With the seat's private half: bytes, headers, init segments and commitments are those the ledger names."""
    identity = {"identity": KEYS["seat-identity"]}
    good, stranger = reader(
        [
            {"path": str(VECTORS / "good"), **identity},
            {"path": str(VECTORS / "parts.zip"), **identity},
        ]
    )
    assert good["opened"] == {"segments": 5, "commitments": 1, "problems": []}
    assert stranger["opened"]["segments"] == 0 and len(stranger["opened"]["problems"]) == 8


# ---- random damage --------------------------------------------------------------------------


def flip(content: bytes, noise: random.Random) -> bytes:
    place = noise.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << noise.randrange(8)]) + content[place + 1 :]


def shuffle_lines(content: bytes, noise: random.Random) -> bytes:
    """A few lines dropped, doubled, moved or exchanged."""
    lines = content.splitlines(keepends=True)
    for _ in range(noise.randint(1, 3)):
        place, other = noise.randrange(len(lines)), noise.randrange(len(lines))
        match noise.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(other, lines[place])
            case 2:
                lines.insert(other, lines.pop(place))
            case _:
                lines[place], lines[other] = lines[other], lines[place]
        lines = lines or [b"\n"]
    return b"".join(lines)


def rewrite(content: bytes, noise: random.Random) -> bytes:
    """One who has the second key changes some numbers and signs again, from a random line on."""
    lines = content.decode().splitlines()
    place = noise.randrange(RESUME, len(lines))
    numbers = [name for name, value in payload_of(lines[place]).items() if type(value) is int and name != "n"]
    name = noise.choice(numbers)
    changed = max(0, payload_of(lines[place])[name] + noise.choice([-1000, -1, 1, 3, 1000]))
    end = noise.choice([len(lines), place + 1])
    return ("\n".join([*resigned(lines[:end], {place: {name: changed}}, place), *lines[end:]]) + "\n").encode()


FILES = [*["ledger.txt"] * 4, "receipts.txt", "seat-key.txt", "server-key.txt", "segments/camera/000001.age"]


def damage(folder: Path, noise: random.Random, most: int) -> None:
    """Up to ``most`` steps; a signed rewrite comes first, while the lines can still be read."""
    if noise.randrange(3) == 0:
        ledger = folder / "ledger.txt"
        ledger.write_bytes(rewrite(ledger.read_bytes(), noise))
        most -= 1
    for _ in range(noise.randint(min(1, most), most)):
        name = noise.choice(FILES)
        change = noise.choice([flip, shuffle_lines]) if name in ("ledger.txt", "receipts.txt") else flip
        path = folder / name
        path.write_bytes(change(path.read_bytes(), noise))


def test_both_readers_agree_on_random_damage(reader: Reader, tmp_path: Path) -> None:
    noise = random.Random(20260131)
    folders = [Path(shutil.copytree(VECTORS / "good", tmp_path / f"{number:03d}")) for number in range(150)]
    for number, folder in enumerate(folders):
        damage(folder, noise, 1 + number % 3)
    institution = VerifyingKey.from_text(KEYS["institution"])
    theirs = reader([{"path": str(folder), "key": institution.text} for folder in folders])
    differ = []
    for folder, found in zip(folders, theirs, strict=True):
        ours = result(verify(folder, institution))
        if comparable(found) != comparable(ours):
            differ.append((folder.name, comparable(ours), comparable(found)))
    assert not differ, differ[:3]
    assert sum(found["exit"] == 1 for found in theirs) > 140
