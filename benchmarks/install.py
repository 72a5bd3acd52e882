"""From a commit to an installed program and back: seconds, megabytes, what is left behind.

A build of the present program is used where it is there; its own seconds are told. Install and removal happen in a
clean Debian root whose dependencies are there already, so that the figures are the package's own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Result
from client.spool.lock import SpoolLock, SpoolLocked
from evidence import age
from evidence.signing import SigningKey
from installer import places
from installer.errors import InstallerError
from installer.freeze.build import freeze, frozen_facts, is_of
from installer.linux.clean_root import CleanRoot
from installer.linux.depends import DEPENDS
from installer.package import KeyAtHand, package, today
from simulation.process import StandIn

STARTS = 3
LONGEST_S = 60.0
TOML = """\
id = "benchmark"
maintainer = "Benchmark <it@example.edu>"
name = "Benchmark"
server = "https://127.0.0.1:9"
verifying_key = "{key}"
"""


def run() -> Result:
    """Every key of the row; ``None`` where this machine cannot tell (no root for a clean root)."""
    facts = _frozen()
    target = places.WORK / "benchmark"
    with tempfile.TemporaryDirectory(prefix="senim-install-") as place:
        made = _package(Path(place), target)
        deb = Path(made["packages"]["deb"])
        config = Path(place) / "institution.json"
        config.write_text(_config(), encoding="utf-8")
        frozen = _starts([str(places.FROZEN / "senim")], config, Path(place))
        source = _starts([sys.executable, "-m", "client.main"], config, Path(place))
        installed, removed, left = _in_and_out(deb)
        size = deb.stat().st_size / 1e6
        deb.unlink()
    return Result(
        "install",
        {
            "freeze_s": Figure(facts["seconds"], "s", ""),
            "package_s": Figure(made["seconds"], "s", "<= 60"),
            "folder_mb": Figure(facts["bytes"] / 1e6, "MB", ""),
            "package_mb": Figure(size, "MB", "<= 300"),
            "first_page_s": Figure(frozen[0], "s", "<= 2 warm"),
            "ready_s": Figure(frozen[1], "s", ""),
            "source_first_page_s": Figure(source[0], "s", ""),
            "source_ready_s": Figure(source[1], "s", ""),
            "install_s": Figure(installed, "s", ""),
            "remove_s": Figure(removed, "s", ""),
            "files_left": Figure(left, "", "0"),
        },
    )


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


def _starts(command: list[str], config: Path, place: Path) -> tuple[float, float]:
    """Median seconds until the first page is on the screen, and until the recorder is ready; warm: one goes before."""
    with StandIn("simulation.screen", ["--size", "1366x768"]) as screen:
        env = {**os.environ, **screen.ready["env"]}
        env.pop("QT_QPA_PLATFORM", None)
        times = [_start(command, config, place / f"data-{number}", env) for number in range(STARTS + 1)][1:]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _start(command: list[str], config: Path, data: Path, env: dict[str, str]) -> tuple[float, float]:
    root = ["--allow-root"] if getattr(os, "getuid", lambda: -1)() == 0 else []
    begun = time.monotonic()
    process = subprocess.Popen([*command, "--config", str(config), "--data", str(data), *root], env=env,
                               cwd=places.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    page = ready = 0.0
    try:
        while time.monotonic() - begun < LONGEST_S and not (page and ready):
            if not page and _has_window(env):
                page = time.monotonic() - begun
            if not ready and _locked(data / "spool"):
                ready = time.monotonic() - begun
            time.sleep(0.02)
    finally:
        process.terminate()
        process.wait(30)
    if not (page and ready):
        raise SystemExit(f"{command[0]} did not get ready in {LONGEST_S:g} s")
    while _locked(data / "spool"):  # the recorder of this start goes before the next comes
        time.sleep(0.1)
    return page, ready


def _has_window(env: dict[str, str]) -> bool:
    words = ["xdotool", "search", "--onlyvisible", "--name", "Senim"]
    return subprocess.run(words, env=env, capture_output=True, check=False).stdout.strip() != b""


def _locked(folder: Path) -> bool:
    """The recorder takes the spool's lock just before it says that it is ready."""
    if not (folder / "lock").exists():
        return False
    lock = SpoolLock(folder)
    try:
        lock.take(0)
    except SpoolLocked:
        (folder / "lock.wanted").unlink(missing_ok=True)
        return True
    lock.release()
    return False


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
