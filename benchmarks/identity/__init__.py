"""How often the identity comparison errs, on people whose photographs lie in a folder: ``docs/identity.md``.

Limits, cohort and rates each come from people of their own.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.identity.photos import DataMissing


def options(parser: argparse.ArgumentParser) -> None:
    """What ``./benchmark identity`` takes."""
    data = parser.add_mutually_exclusive_group(required=True)
    data.add_argument("--data", type=Path, help="folder in the layout of Labeled Faces in the Wild (docs/identity.md)")
    data.add_argument("--generated", action="store_true", help="a small generated set: tries the path, means nothing")
    parser.add_argument("--people", type=int, help="only the first so many people of each half: quicker, less certain")
    parser.add_argument("--cohort", type=int, help="only the first so many of the others as the cohort: a small house")
    parser.add_argument("--groups", type=Path, help="CSV person,group: error rates by group; keep it to yourself")
    parser.add_argument("--plots", type=Path, help="folder for plots as PNG; default var/identity")
    parser.add_argument(
        "--kept", type=Path, help="file that keeps the descriptors between runs (.npz); delete it after"
    )
    parser.add_argument("--model", type=Path, help="an ONNX face model instead of dlib's descriptor")
    parser.add_argument("--sha256", default="", help="the model's hash; it is checked")
    parser.add_argument("--kind", default="sface", help="how the model is fed: sface or arcface")


def run(chosen: argparse.Namespace) -> Result:
    from benchmarks.identity.measuring import measure

    try:
        with _folder(chosen) as data, tempfile.TemporaryDirectory(prefix="senim-identity-") as temporary:
            return measure(chosen, data, chosen.kept or Path(temporary) / "descriptors.npz")
    except DataMissing as error:
        raise SystemExit(f"{error}. Where to get such a set: docs/identity.md") from error


@contextlib.contextmanager
def _folder(chosen: argparse.Namespace) -> Iterator[Path]:
    if not chosen.generated:
        yield chosen.data
        return
    from benchmarks.identity.generated import write_set

    with tempfile.TemporaryDirectory(prefix="senim-faces-") as place:
        write_set(Path(place))
        yield Path(place)
