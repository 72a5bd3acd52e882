"""From a commit to an installed program and back: seconds, megabytes, what is left behind.

A build of the present program is used where it is there; its own seconds are told. Install and removal happen in a
clean Debian root whose dependencies are there already, so that the figures are the package's own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Result
from benchmarks.starting import starts
from evidence import age
from evidence.signing import SigningKey
from installer import places
from installer.errors import InstallerError
from installer.freeze.build import freeze, frozen_facts, is_of
from installer.linux.clean_root import CleanRoot
from installer.linux.depends import DEPENDS
from installer.package import KeyAtHand, package, today

PHASES = ("start", "package")
TOML = """\
id = "benchmark"
maintainer = "Benchmark <it@example.edu>"
name = "Benchmark"
server = "https://127.0.0.1:9"
verifying_key = "{key}"
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--phase", choices=PHASES, help="only starting, or only packages, installing and removing")


def run(chosen: argparse.Namespace) -> Result:
    """Every key of the row; ``None`` where this machine cannot tell (no root for a clean root)."""
    facts = _frozen()
    figures = {
        "freeze_s": Figure(facts["seconds"], "s", ""),
        "folder_mb": Figure(facts["bytes"] / 1e6, "MB", ""),
    }
    if chosen.phase in (None, "start"):
        figures |= _starts()
    if chosen.phase in (None, "package"):
        figures |= _packages()
    return Result("install", figures)


def _starts() -> dict[str, Figure]:
    figures = {}
    commands = {"": [str(places.FROZEN / "senim")], "source_": [sys.executable, "-m", "client.main"]}
    with tempfile.TemporaryDirectory(prefix="senim-start-") as place:
        config = Path(place) / "institution.json"
        config.write_text(_config(), encoding="utf-8")
        for name, command in commands.items():
            page, ready = starts(command, config, Path(place) / f"{name}data")
            figures[f"{name}first_page_s"] = Figure(page, "s", "" if name else "<= 2 warm")
            figures[f"{name}ready_s"] = Figure(ready, "s", "")
    return figures


def _packages() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="senim-install-") as place:
        made = _package(Path(place), places.WORK / "benchmark")
        deb = Path(made["packages"]["deb"])
        installed, removed, left = _in_and_out(deb)
        size = deb.stat().st_size / 1e6
        deb.unlink()
    return {
        "package_s": Figure(made["seconds"], "s", "<= 60"),
        "package_mb": Figure(size, "MB", "<= 300"),
        "install_s": Figure(installed, "s", ""),
        "remove_s": Figure(removed, "s", ""),
        "files_left": Figure(left, "", "0"),
    }


def _frozen() -> dict[str, Any]:
    return frozen_facts(places.FROZEN) if is_of(places.FROZEN) else freeze()


def _package(place: Path, target: Path) -> dict[str, Any]:
    key = SigningKey.generate()
    (place / "institution.toml").write_text(TOML.format(key=key.verifying.text), encoding="utf-8")
    (place / "key.age").write_bytes(age.encrypt_with_passphrase(key.text.encode(), "a long passphrase"))
    (place / "passphrase").write_text("a long passphrase", encoding="utf-8")
    at_hand = KeyAtHand(place / "key.age", place / "passphrase")
    return package(place / "institution.toml", places.FROZEN, target, today(), key=at_hand)


def _config() -> str:
    key = SigningKey(bytes(32)).verifying.text
    return f'{{"name": "Benchmark", "server": "https://127.0.0.1:9", "verifying_key": "{key}"}}'


def _in_and_out(deb: Path) -> tuple[float | None, float | None, float | None]:
    try:
        root = CleanRoot(places.WORK / "benchmark-root", [deb.parent])
    except InstallerError as error:
        print(f"install, remove and what is left were not measured: {error}", file=sys.stderr)
        return None, None, None
    with root:
        names = [entry.split("|")[-1].split("(")[0].strip() for entry in DEPENDS]
        root.must("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names)
        before = root.snapshot()
        begun = time.monotonic()
        root.must("apt-get", "install", "-y", "-qq", "--no-install-recommends", str(deb))
        installed = time.monotonic() - begun
        begun = time.monotonic()
        root.must("apt-get", "purge", "-y", "-qq", "senim")
        removed = time.monotonic() - begun
        after = root.snapshot()
    return installed, removed, float(sum(before.get(name) != after.get(name) for name in {*before, *after}))
