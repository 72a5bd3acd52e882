"""A Windows to try packages on, and a stand-in for the frozen program to put into them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

HERE = Path(__file__).parent
VERSION, SECONDS = "0.1.0", 1_700_000_000


class Wine:
    """A Windows of its own below ``prefix``, on one ``screen`` to the end: what stays running between two commands
    must not lose it under the second."""

    def __init__(self, prefix: Path, screen: dict[str, str]) -> None:
        self.drive = prefix / "drive_c"
        quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=", "LC_ALL": "C.UTF-8"}
        self._env = {**os.environ, **screen, **quiet, "WINEPREFIX": str(prefix), "HOME": str(prefix.parent)}

    def run(self, *words: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
        with TemporaryFile() as out, TemporaryFile() as err:  # no pipes: what stays running would hold them open
            done = subprocess.run(["wine", *words], env=self._env, stdout=out, stderr=err, check=False, timeout=seconds)
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode(errors="replace"))
        return subprocess.CompletedProcess(done.args, done.returncode, *said)

    def msiexec(self, *words: str | Path) -> int:
        """Silently. The exit code is Windows' own modulo 256."""
        return self.run("msiexec", *map(str, words), "/qn").returncode

    @contextmanager
    def running(self, program: str) -> Iterator[None]:
        """The stand-in ``program`` (its place on Windows) waits for as long as the block lasts."""
        command = ["wine", program, "--wait"]
        process = subprocess.Popen(command, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == b"waiting"
            yield
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            self.end()

    def has_key(self, key: str) -> bool:
        return self.run("reg", "query", key).returncode == 0

    def end(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self._env, check=False)


def build_stand_in(folder: Path) -> Path:
    """What the freeze would leave on Windows, with the stand-in as its program."""
    build = folder / "build"
    (build / "_internal" / "PySide6").mkdir(parents=True)
    subprocess.run(
        ["x86_64-w64-mingw32-gcc", "-O1", "-o", str(build / "senim.exe"), str(HERE / "stand_in.c")], check=True
    )
    (build / "_internal" / "PySide6" / "Qt & co.dll").write_bytes(b"library")
    facts = {"version": VERSION, "commit_seconds": SECONDS}
    build.with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
    return build


def throw_away_certificate(folder: Path) -> Path:
    """The program that signs with it, as an institution would name one."""
    words = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=Throw-away"
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    script = folder / "sign"
    script.write_text(f'#!/bin/sh\nset -e\nosslsigncode sign -certs {folder}/cert.pem -key {folder}/key.pem '
                      '-in "$1" -out "$1.signed" >/dev/null\nmv "$1.signed" "$1"\n', encoding="ascii")  # fmt: skip
    script.chmod(0o755)
    return script
