"""The per-user Windows installer, and both packages' signatures; run under wine with a stand-in for the program.

What this proves is the recipes: silent install, settings, refusals with exit codes, clean removal. No Windows ran.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from under_wine import Wine

LOG = r"--log=C:\senim.log"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Senim"


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
    with wine.running(f"{there}\\senim.exe"):
        codes = {wine.run(str(setup), "/S", *log, f"/D={there}").returncode for log in ((LOG,), ())}
    assert codes == {75}


def _refused_while_unsent(wine: Wine, target: Path, there: str) -> None:
    (target.parent / "unsent").write_bytes(b"")
    assert wine.run(f"{there}\\uninstall.exe", "/S", LOG, f"_?={there}").returncode == 75
    assert (target / "senim.exe").exists()
    forced = wine.run(f"{there}\\uninstall.exe", "/S", "--force", LOG, f"_?={there}")
    assert forced.returncode == 0
    assert not (target / "senim.exe").exists()
