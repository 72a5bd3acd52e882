"""The Windows packages, built from their recipes and run under wine with a stand-in for the frozen program.

What this proves is the recipes: silent install, settings, refusals with exit codes, clean removal. No Windows ran.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from installer.package import KeyAtHand, package, today
from installer.windows import msi
from simulation.process import StandIn

HERE = Path(__file__).parent
LOG = r"--log=C:\senim.log"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Senim"


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

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["wine", *words], env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def has_key(self, key: str) -> bool:
        return self.run("reg", "query", key).returncode == 0

    def end(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self._env, check=False)


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    with StandIn("simulation.screen", ["--size", "1024x768"]) as screen:
        made = Wine(tmp_path_factory.mktemp("wine") / "prefix", screen.ready["env"])
        assert made.run("wineboot", "--init").returncode == 0, "wine does not start"
        yield made
        made.end()


@pytest.fixture(scope="module")
def packages(institution: tuple[Path, KeyAtHand], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """exe and msi around the stand-in, in a folder whose name has Kazakh letters and a space; signed by a throw-away
    certificate."""
    folder = tmp_path_factory.mktemp("windows") / "Емтихан бумасы"
    build = folder / "build"
    (build / "_internal" / "PySide6").mkdir(parents=True)
    subprocess.run(
        ["x86_64-w64-mingw32-gcc", "-O1", "-o", str(build / "senim.exe"), str(HERE / "stand_in.c")], check=True
    )
    (build / "_internal" / "PySide6" / "Qt & co.dll").write_bytes(b"library")
    facts = {"version": "0.1.0", "commit_seconds": 1_700_000_000}
    build.with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
    sign = _certificate(tmp_path_factory.mktemp("certificate"))
    os.environ["SENIM_SIGN"] = str(sign)
    try:
        made = package(institution[0], build, folder / "out", today(), key=institution[1])
    finally:
        del os.environ["SENIM_SIGN"]
    return {name: Path(file) for name, file in made["packages"].items()}


def _certificate(folder: Path) -> Path:
    """A throw-away certificate and the program that signs with it, as an institution would name one."""
    words = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=Throw-away"
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    script = folder / "sign"
    script.write_text(f'#!/bin/sh\nset -e\nosslsigncode sign -certs {folder}/cert.pem -key {folder}/key.pem '
                      '-in "$1" -out "$1.signed" >/dev/null\nmv "$1.signed" "$1"\n', encoding="ascii")  # fmt: skip
    script.chmod(0o755)
    return script


def test_both_are_signed(packages: dict[str, Path], tmp_path: Path) -> None:
    for file in packages.values():
        copy = tmp_path / f"copy{file.suffix}"
        shutil.copy(file, copy)
        told = subprocess.run(["osslsigncode", "verify", "-in", str(copy)], capture_output=True, text=True, check=False)
        assert "Throw-away" in told.stdout, told.stdout + told.stderr


def test_per_user_installer(wine: Wine, packages: dict[str, Path]) -> None:
    # No space in this folder: wine puts quotes around such a word, and /D= must stand without any.
    target = wine.drive / "Сынақ" / "Senim"
    there = "C:\\Сынақ\\Senim"
    done = wine.run(str(packages["exe"]), "/S", LOG, f"/D={there}")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in target.iterdir()} == {"_internal", "senim.exe", "uninstall.exe", "institution.json",
                                                        "institution.sig", "logo.png"}  # fmt: skip
    assert (
        json.loads((target / "institution.json").read_text(encoding="utf-8"))["name"]["ru"]
        == 'Университет "Пример" & Ко'
    )
    assert wine.has_key(UNINSTALL)
    _refused_while_running(wine, packages["exe"], there)
    _refused_while_unsent(wine, target, there)
    left = [path.name for path in target.rglob("*")] if target.exists() else []
    assert left in ([], ["uninstall.exe"])  # asked to stay in its folder, it cannot remove itself
    assert not wine.has_key(UNINSTALL)
    assert not list(wine.drive.rglob("Senim.lnk"))
    told = (wine.drive / "senim.log").read_text(encoding="utf-16").splitlines()
    assert [line.removeprefix("Senim 0.1.0: ") for line in told] == [
        f"installing into {there}", "installed (0)",
        f"installing into {there}", f"refused (75): the program in {there} is running",
        "recordings were not delivered", "not removed (75)", f"removed from {there} (0)",
    ]  # fmt: skip


def test_a_full_disk_leaves_nothing(wine: Wine, packages: dict[str, Path]) -> None:
    small = wine.drive / "Small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(small)], check=True)
    try:
        assert wine.run(str(packages["exe"]), "/S", "/D=C:\\Small\\Senim").returncode == 73
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)
    assert not wine.has_key(UNINSTALL)


def test_a_folder_of_somebody_else_is_left_alone(wine: Wine, packages: dict[str, Path]) -> None:
    """Removing takes the whole folder: so nothing is installed into one that holds other things."""
    theirs = wine.drive / "Theirs"
    theirs.mkdir()
    (theirs / "thesis.txt").write_text("mine", encoding="ascii")
    assert wine.run(str(packages["exe"]), "/S", "/D=C:\\Theirs").returncode == 73
    assert [path.name for path in wine.drive.glob("Theirs*")] == ["Theirs"]
    assert (theirs / "thesis.txt").read_text(encoding="ascii") == "mine"


def test_an_upgrade_that_was_broken_off(wine: Wine, packages: dict[str, Path]) -> None:
    """As it is after a power cut while unpacking, and between the two renamings."""
    folder, there = wine.drive / "Broken", "C:\\Broken\\Senim"
    assert wine.run(str(packages["exe"]), "/S", f"/D={there}").returncode == 0
    whole = {path.name for path in (folder / "Senim").iterdir()}
    (folder / "Senim.new" / "_internal").mkdir(parents=True)
    (folder / "Senim.new" / "senim.exe").write_bytes(b"half")
    assert wine.run(f"{there}\\senim.exe").returncode == 0, "the old version works on"
    (folder / "Senim").rename(folder / "Senim.old")
    assert wine.run(str(packages["exe"]), "/S", f"/D={there}").returncode == 0
    assert [path.name for path in folder.iterdir()] == ["Senim"]
    assert {path.name for path in (folder / "Senim").iterdir()} == whole
    assert wine.run(f"{there}\\uninstall.exe", "/S", "--force", f"_?={there}").returncode == 0


def _refused_while_running(wine: Wine, setup: Path, there: str) -> None:
    running = wine.start(f"{there}\\senim.exe", "--wait")
    try:
        codes = {wine.run(str(setup), "/S", *log, f"/D={there}").returncode for log in ((LOG,), ())}
    finally:
        running.kill()
        running.wait()
        wine.end()
    assert codes == {75}


def _refused_while_unsent(wine: Wine, target: Path, there: str) -> None:
    (target.parent / "unsent").write_bytes(b"")
    assert wine.run(f"{there}\\uninstall.exe", "/S", LOG, f"_?={there}").returncode == 75
    assert (target / "senim.exe").exists()
    forced = wine.run(f"{there}\\uninstall.exe", "/S", "--force", LOG, f"_?={there}")
    assert forced.returncode == 0
    assert not (target / "senim.exe").exists()


def test_per_machine_package(wine: Wine, packages: dict[str, Path], tmp_path: Path) -> None:
    policy = r"HKLM\Software\Policies\Senim"
    log = tmp_path / "msi.log"
    done = wine.run("msiexec", "/i", str(packages["msi"]), "/qn", "CONFIGFOLDER=C:\\Exams", "/l*v", str(log))
    assert done.returncode == 0, done.stderr
    assert log.stat().st_size > 1000
    program = wine.drive / "Program Files" / "Senim"
    assert (program / "senim.exe").exists()
    assert (program / "_internal/PySide6/Qt & co.dll").read_bytes() == b"library"
    settings = wine.drive / "ProgramData" / "Senim"
    assert {path.name for path in settings.iterdir()} == {"institution.json", "institution.sig", "logo.png"}
    assert "C:\\Exams" in wine.run("reg", "query", policy, "/v", "ConfigFolder").stdout
    (program.parent / "unsent").write_bytes(b"")
    refused = wine.run("msiexec", "/x", str(packages["msi"]), "/qn").returncode
    assert refused == 1627 % 256, "ERROR_FUNCTION_FAILED; Windows is documented to answer 1603"
    assert (program / "senim.exe").exists() and wine.has_key(policy)
    gone = wine.run("msiexec", "/x", str(packages["msi"]), "/qn", "FORCE=1", "/l*v", str(log))
    assert gone.returncode == 0, log.read_text(encoding="utf-8", errors="replace")[-3000:]
    asked = (program.parent / "asked").read_text(encoding="ascii").splitlines()
    assert asked == ["--unsent --everyone 75", "--unsent --everyone --keep 75"], "refused for what the program said"
    assert not program.exists()
    assert not settings.exists()
    assert not wine.has_key(policy)


def test_per_machine_package_with_nothing_unsent(wine: Wine, packages: dict[str, Path]) -> None:
    folder = wine.drive / "Program Files"
    for name in ("unsent", "asked"):
        (folder / name).unlink(missing_ok=True)
    assert wine.run("msiexec", "/i", str(packages["msi"]), "/qn").returncode == 0
    assert not (folder / "asked").exists(), "nothing to ask at the installation"
    assert wine.run("msiexec", "/x", str(packages["msi"]), "/qn").returncode == 0
    assert (folder / "asked").read_text(encoding="ascii").splitlines() == ["--unsent --everyone 0"]
    assert not (folder / "Senim").exists()


def test_tables_of_the_package(packages: dict[str, Path]) -> None:
    def table(name: str) -> str:
        return subprocess.run(
            ["msiinfo", "export", str(packages["msi"]), name], check=True, capture_output=True
        ).stdout.decode()

    assert msi.UPGRADE in table("Upgrade")
    assert "Software\\Policies\\Senim" in table("Registry")
    assert "ALLUSERS\t1" in table("Property")
    actions = [row.split("\t") for row in table("CustomAction").splitlines()[3:]]
    # 18: the installed program itself; 64: whatever it answers (Windows Installer, "Custom Action Return Processing").
    # wixl adds 2048, which means something for deferred actions alone.
    assert sorted((name, int(kind) & ~2048, words) for name, kind, _file, words, *_ in actions) == [
        ("KeepUnsent", 18 + 64, "--unsent --everyone --keep"), ("RefuseWhileUnsent", 18, "--unsent --everyone"),
    ]  # fmt: skip
    rows = [row.split("\t") for row in table("InstallExecuteSequence").splitlines()[3:]]
    order = [name for _at, name in sorted((int(at), name) for name, _condition, at in rows)]
    first, last = order.index("InstallValidate"), order.index("InstallInitialize")
    assert order.index("CostFinalize") < first, "ICE75: what runs an installed file comes after CostFinalize"
    assert order[first : last + 1] == ["InstallValidate", "RefuseWhileUnsent", "KeepUnsent", "InstallInitialize"]
