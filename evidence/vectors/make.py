"""Writes the published vectors: ``python -m evidence.vectors.make``.

One tiny good session (``good/``), other good and damaged ones as bundles (``<name>.zip``), what people outside the
institution hold of the good one (``kept/``), the test keys (``keys.json``) and the verdict expected in each case
(``expected.json``). Sealing draws random bytes, so every run gives other files with the same verdicts.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidence.bundle import pack
from evidence.report import Problem, Report
from evidence.vectors.bundles import BUNDLES
from evidence.vectors.damages import DAMAGES
from evidence.vectors.kept import CHECKPOINTS, RECEIPTS, write_kept
from evidence.vectors.maker import Maker, make_session, vector_key
from evidence.vectors.nonsense import NONSENSE, make_small, malformed, nonsense
from evidence.vectors.sessions import SESSIONS
from evidence.verify import Kept, verify

HERE = Path(__file__).parent
MALFORMED = "lines-malformed"
NAMES = [*SESSIONS, *DAMAGES, *NONSENSE, MALFORMED, *BUNDLES]
_RUN = re.compile(r"(.+) (\d+) to (\d+)")
_OWN_KEPT = {"receipt": RECEIPTS, "checkpoint": CHECKPOINTS}


def write_variant(name: str, path: Path, good: Maker | None = None) -> Maker:
    """The session of one vector as a folder; damaged ones from a copy of ``good``, if it is given."""
    if name in SESSIONS:
        return SESSIONS[name](path)
    if name in DAMAGES:
        if good is None:
            maker = make_session(path)
        else:
            shutil.copytree(good.folder.path, path)
            maker = good.copied_to(path)
        DAMAGES[name].damage(maker)
        return maker
    maker = make_small(path)
    lines = maker.read_lines()
    changed = [*lines[:3], *malformed(lines[2]), *lines[3:]] if name == MALFORMED else nonsense(lines, NONSENSE[name])
    maker.write_lines(changed)
    return maker


def result(report: Report) -> dict[str, Any]:
    """What another reader must find too. Texts are free, codes and places are not."""
    return {
        "exit": report.exit_code,
        "state": report.state,
        "problems": _named(report.problems),
        "notices": _named(report.notices),
        "countersigned": report.countersigned,
        "unanchored": report.unanchored,
        "erased": report.erased,
        "coverage": {
            name: {"ratio": round(cover.ratio, 6), "gaps": [[g.from_ms, g.to_ms, g.cause] for g in cover.gaps]}
            for name, cover in sorted(report.coverage.items())
        },
    }


def _named(entries: Iterable[Problem]) -> list[list[str]]:
    """Code and place, each once; runs of places one by one."""
    found: set[tuple[str, str]] = set()
    for entry in entries:
        run = _RUN.fullmatch(entry.where)
        if run:
            found |= {(entry.code, f"{run[1]} {place}") for place in range(int(run[2]), int(run[3]) + 1)}
        else:
            found.add((entry.code, entry.where))
    return sorted(map(list, found))


def main() -> None:
    """Write all vectors beside this file."""
    for old in (HERE / "good", HERE / "kept"):
        shutil.rmtree(old, ignore_errors=True)
    for bundle in HERE.glob("*.zip"):
        bundle.unlink()
    good = write_variant("good", HERE / "good")
    with tempfile.TemporaryDirectory() as scratch:
        for name in NAMES:
            if name in BUNDLES:
                BUNDLES[name](HERE / "good", HERE / f"{name}.zip")
            elif name != "good":
                write_variant(name, Path(scratch) / name, good)
                pack(Path(scratch) / name, HERE / f"{name}.zip")
    files = write_kept(good, HERE / "kept")
    cases = [_case(name, good) for name in NAMES]
    cases += [_case(name, good, option, _OWN_KEPT[option]) for name in DAMAGES for option in DAMAGES[name].kept]
    cases += [_case("good", good, option, file) for option, names in files.items() for file in names]
    (HERE / "good-identity.age").write_bytes(good.sealed_identity)
    (HERE / "keys.json").write_text(json.dumps(_keys(good), indent=1) + "\n")
    rows = [json.dumps(case) for case in cases]
    (HERE / "expected.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")


def _case(name: str, good: Maker, option: str = "", file: str = "") -> dict[str, Any]:
    path = name if name == "good" else f"{name}.zip"
    kept = Kept()
    if option == "receipt":
        kept = Kept(receipts=(HERE / "kept" / file).read_bytes().decode())
    elif option == "checkpoint":
        kept = Kept(checkpoints=(HERE / "kept" / file).read_bytes())
    found = result(verify(HERE / path, good.configuration.verifying, kept))
    return {"path": path, **({option: f"kept/{file}"} if option else {}), **found}


def _keys(good: Maker) -> dict[str, Any]:
    return {
        "institution": good.configuration.verifying.text,
        "configuration-secret": good.configuration.text,
        "server-secret": good.server.text,
        "session-secrets": [vector_key(f"session {number}").text for number in (1, 2, 3)],
        "review-identity": good.review.text,
        "seat-identity": good.identity.text,
    }


if __name__ == "__main__":
    main()
