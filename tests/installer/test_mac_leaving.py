"""The file that removes Senim from a Mac asks first. Run here by sh, around stand-ins for the program and the system's
tools; its paths are the only thing that is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer.macos import pkg

if sys.platform == "win32":
    pytest.skip("a shell script", allow_module_level=True)


class Mac:
    """A folder that looks like a Mac with the program; ``told`` is what the stand-ins were asked."""

    def __init__(self, folder: Path) -> None:
        self.app, self.settings = folder / "Applications/Senim.app", folder / "Library/Application Support/Senim"
        self.told, self.tools = folder / "told", folder / "tools"
        program = self.app / "Contents/MacOS/senim"
        for made in (program.parent, self.settings, self.tools):
            made.mkdir(parents=True)
        self.script = self.settings / pkg.UNINSTALL
        text = (pkg.FILES / "uninstall.command").read_text(encoding="utf-8")
        for mac, here in {
            "PATH=": f'PATH="{self.tools}":', 'app="/Applications': f'app="{folder}/Applications',
            'settings="/Library': f'settings="{folder}/Library',
        }.items():  # fmt: skip
            assert mac in text
            text = text.replace(mac, here, 1)
        self.script.write_text(text, encoding="utf-8")
        self.says("id", "echo 0")
        self.says("pgrep", "exit 1")
        self.says("pkgutil", "")
        self.unsent(0)

    def says(self, tool: str, answer: str) -> None:
        self._write(self.tools / tool, answer)

    def unsent(self, code: int) -> None:
        self._write(self.app / "Contents/MacOS/senim", f"exit {code}")

    def remove(self, *, answer: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """Without ``answer`` there is no terminal."""
        command = ["/bin/sh", str(self.script)]
        if answer is None:
            return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                                  env={**os.environ, **env}, timeout=60)  # fmt: skip
        here, there = os.openpty()
        os.write(here, answer.encode())
        try:
            return subprocess.run(command, stdin=there, capture_output=True, text=True, check=False, timeout=60)
        finally:
            os.close(here)
            os.close(there)

    @property
    def there(self) -> bool:
        return self.app.exists() and self.settings.exists()

    def _write(self, file: Path, answer: str) -> None:
        file.write_text(f'#!/bin/sh\necho "{file.name} $*" >> "{self.told}"\n{answer}\n', encoding="utf-8")
        file.chmod(0o755)


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return Mac(tmp_path / "Түбір мен т.б")


def test_removes_all_of_it(mac: Mac) -> None:
    done = mac.remove()
    assert done.returncode == 0, done.stderr
    assert not mac.app.exists() and not mac.settings.exists()
    told = mac.told.read_text(encoding="utf-8")
    assert "senim --unsent --everyone\n" in told and "pkgutil --forget org.senim.client\n" in told
    assert "--keep" not in told


def test_refuses_where_nobody_can_be_asked(mac: Mac) -> None:
    mac.unsent(75)
    done = mac.remove()
    assert done.returncode == 75 and mac.there
    for words in ("жеткізілмеген", "не доставлены", "were not delivered"):
        assert words in done.stderr


@pytest.mark.parametrize(("answer", "removed"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_asks_at_a_terminal(mac: Mac, answer: str, removed: bool) -> None:
    mac.unsent(75)
    done = mac.remove(answer=answer)
    assert (done.returncode, mac.there) == ((0, False) if removed else (75, True)), done.stderr
    assert ("--keep" in mac.told.read_text(encoding="utf-8")) is removed


def test_by_force_a_delivery_file_is_kept(mac: Mac) -> None:
    mac.unsent(75)
    assert mac.remove(SENIM_FORCE="1").returncode == 0
    assert not mac.app.exists()
    assert "senim --unsent --everyone --keep\n" in mac.told.read_text(encoding="utf-8")


def test_refuses_while_it_runs(mac: Mac) -> None:
    mac.says("pgrep", "exit 0")
    done = mac.remove()
    assert done.returncode == 75 and mac.there
    assert "Senim is running" in done.stderr


def test_an_application_that_is_in_the_bin_already(mac: Mac) -> None:
    mac.app.rename(mac.app.with_name("gone"))
    assert mac.remove().returncode == 0
    assert not mac.settings.exists()


def test_asks_for_the_administrator_s_word(mac: Mac) -> None:
    mac.says("id", "echo 501")
    mac.says("sudo", "exit 1")  # the word was wrong
    assert mac.remove().returncode == 1 and mac.there
    assert f"sudo SENIM_FORCE= {mac.script}\n" in mac.told.read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "code"), [("exit 0", 75), ("exit 1", 0)], ids=["runs", "does not run"])
def test_installing_refuses_while_it_runs(mac: Mac, tmp_path: Path, answer: str, code: int) -> None:
    mac.says("pgrep", answer)
    script = pkg.scripts_in(tmp_path / "about") / "preinstall"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.count("PATH=/usr/bin") == 1
    script.write_text(text.replace("PATH=/usr/bin", f'PATH="{mac.tools}":/usr/bin'), encoding="utf-8")
    done = subprocess.run([str(script)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == code
    assert ("Senim is running. Close it first." in done.stderr) is (code == 75)
