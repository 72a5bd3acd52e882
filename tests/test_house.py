"""The house as a whole: who may import whom, types on three systems, style, and what must not be in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["client", "evidence", "faces", "server", "simulation", "demonstration", "benchmarks", "installer"]


def run(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)


def tracked(*patterns: str) -> list[Path]:
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_imports_run_one_way() -> None:
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_style() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_layout_of_the_code() -> None:
    done = run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(400)
@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_types(platform: str) -> None:
    done = run(sys.executable, "-m", "mypy", "--platform", platform, *ROOMS)
    assert done.returncode == 0, done.stdout


def test_only_the_named_rooms_know_qt() -> None:
    allowed = re.compile(r"client/(ui/|capture/qt_|main\.py)")
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in tracked("client/*.py", "evidence/*.py", "faces/*.py", "server/*.py")
        if "PySide6" in _imports(path) and not allowed.match(path.relative_to(ROOT).as_posix())
    ]
    assert guilty == []


def test_the_driver_is_outside_the_program() -> None:
    """The demo's driver works the real windows; it must not be able to reach into the program."""
    ours = {"client", "evidence", "faces", "server", "simulation"}
    for name in ("driver", "desk", "keyboard", "accessibility", "names", "browser"):
        assert not _imports(ROOT / "demonstration" / f"{name}.py") & ours, name


def test_no_registry_addresses_and_no_machine_paths() -> None:
    pattern = re.compile(r"--(extra-)?index-url|\"resolved\": *\"http|https?://\S+/(simple|packages)/|registry\.npm")
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".qm", ".age", ".svg"} or path == Path(__file__).resolve():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not pattern.search(text), path
        assert f"{ROOT.parent}/" not in text or ROOT.parent == Path("/"), path


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names
