"""A delivery file as the client writes it, made from the small client of these tests."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from sitting import WALL, Sitting

from evidence import age
from evidence.bundle import segment_name
from evidence.ledger import commitment
from evidence.signing import canonical_json, payload_of


def parts_of(sitting: Sitting, answers: list[dict[str, Any]], **changes: Any) -> dict[str, bytes]:
    """Name -> content of everything a delivery file of this session holds."""
    given = sitting.opened["delivery"]
    recipient = age.parse_recipient(payload_of(given["recipient"])["recipient"])
    secret = {"session": sitting.session, "resume": given["resume"], "machine": sitting.machine, "answers": answers}
    parts = {
        "seat-key.txt": sitting.opened["seat_key"].encode() + b"\n",
        "ledger.txt": "".join(line + "\n" for line in sitting.ledger.lines).encode(),
        "answers.age": age.encrypt(json.dumps(secret | changes).encode(), [recipient]),
    }
    return parts | {segment_name(*place): sealed for place, sealed in sitting.segments.items()}


def write(path: Path, parts: dict[str, bytes], compress: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def answered(sitting: Sitting, question: str, value: str | list[str], revision: int = 1) -> dict[str, Any]:
    """An answer made without the network: its line is in the ledger, its content only here."""
    content = canonical_json({"question": question, "revision": revision, "value": value}, sort_keys=True)
    salt, mark = commitment(content)
    sitting.ledger.append("answer", sitting.at, WALL, id=question, revision=revision, commitment=mark)
    return {
        "question": question, "revision": revision, "value": value, "at": sitting.at, "commitment": mark,
        "salt": salt.hex(),
    }  # fmt: skip
