"""The per-machine Windows package's whole life under wine, with a stand-in for the frozen program.

What this proves is the recipe: what it asks before it touches anything, what it answers, what it leaves. Windows
Installer itself did not run: its closing of programs, its rolling back and its exit code 1603 are as documented.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from under_wine import SECONDS, VERSION, Wine

from installer.branding.institution import Branding, read_signed, read_toml
from installer.package import KeyAtHand, sign, today
from installer.windows import msi, msi_tables

POLICY = r"HKLM\Software\Policies\Senim"
REFUSED = 1627 % 256  # ERROR_FUNCTION_FAILED; Windows is documented to answer 1603
# The newer one asks once. wine does not tell the older one that it is replaced (UPGRADINGPRODUCTCODE), so it asks as if
# it were removed.
REPLACED = ["--running 0", "--running 0", "--unsent --everyone 0"]
REPAIR = ("REINSTALL=ALL", "REINSTALLMODE=amus")  # what /fa stands for; wine does not know /f
KAZAKH = "Әл-Фараби «Университеті» 'ҚазҰУ' $"


class Installed:
    """The package's places on the wine drive, empty at first."""

    def __init__(self, wine: Wine, place: str) -> None:
        """``place``: the folder above the program's own, below C:\\."""
        self.wine, self.beside = wine, wine.drive / place
        self.folder, self.settings = self.beside / "Senim", wine.drive / "ProgramData" / "Senim"
        self.program = f"C:\\{place}\\Senim\\senim.exe"

    def configured(self) -> str:
        """The folder of settings that the policy key names."""
        told = self.wine.run("reg", "query", POLICY, "/v", "ConfigFolder").stdout
        return told.split("REG_SZ")[-1].strip()

    def files(self) -> dict[str, bytes]:
        found = (path for folder in (self.folder, self.settings) for path in folder.rglob("*") if path.is_file())
        return {path.name: path.read_bytes() for path in found}

    def asked(self) -> list[str]:
        """Since this was called last: what the program was asked, and what it answered."""
        record = self.beside / "asked"
        lines = record.read_text(encoding="ascii").splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return lines

    def known(self) -> list[tuple[str, str]]:
        """Version and publisher of each Senim in the list of installed programs."""
        key = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
        assert self.wine.run("reg", "export", key, "C:\\known.reg", "/y").returncode == 0
        file = self.wine.drive / "known.reg"
        told = re.findall(r'^"(DisplayVersion|Publisher)"="(.*)"\r?$', file.read_text("utf-16"), re.MULTILINE)
        file.unlink()
        versions, publishers = (
            [value for name, value in told if name == one] for one in ("DisplayVersion", "Publisher")
        )
        return sorted(zip(versions, publishers, strict=True))


@contextmanager
def _installed(wine: Wine, place: str) -> Iterator[Installed]:
    made = Installed(wine, place)
    yield made
    for name in ("unsent", "asked"):
        (made.beside / name).unlink(missing_ok=True)
    assert not made.folder.exists(), "each test removes what it installs"
    assert not made.settings.exists()
    assert not wine.has_key(POLICY)
    assert not wine.has_key(r"HKLM\Software\Senim")


@pytest.fixture
def there(wine: Wine) -> Iterator[Installed]:
    with _installed(wine, "Program Files") as made:
        yield made


@pytest.fixture
def elsewhere(wine: Wine) -> Iterator[Installed]:
    """In a folder that was asked for, with Kazakh letters and a space."""
    with _installed(wine, "Емтихан бумасы") as made:
        yield made


@pytest.fixture(scope="module")
def branding(institution: tuple[Path, KeyAtHand], tmp_path_factory: pytest.TempPathFactory) -> Branding:
    signed = tmp_path_factory.mktemp("signed")
    sign(institution[0], institution[1], signed, today())
    return read_signed(signed, read_toml(institution[0]), today())


@pytest.fixture(scope="module")
def newer(windows_build: Path, branding: Branding) -> Path:
    """The next version; one of its libraries has another name."""
    build = windows_build.parent / "newer-build"
    shutil.copytree(windows_build, build)
    (build / "_internal/PySide6/Qt & co.dll").rename(build / "_internal/PySide6/Qt & company.dll")
    return msi.build(build, branding, "0.1.1", SECONDS, windows_build.parent / "newer")


@pytest.fixture(scope="module")
def renamed(windows_build: Path, branding: Branding) -> Path:
    """The same version with another name and a changed logo."""
    config = dataclasses.replace(branding.config, name=dict.fromkeys(("kk", "ru", "en"), KAZAKH))
    changed = dataclasses.replace(branding, config=config, files={**branding.files, "logo.png": b"another"})
    return msi.build(windows_build, changed, VERSION, SECONDS, windows_build.parent / "renamed")


def test_installed_configured_removed(wine: Wine, packages: dict[str, Path], there: Installed, tmp_path: Path) -> None:
    log = tmp_path / "msi.log"
    assert wine.msiexec("/i", packages["msi"], "/l*v", log) == 0
    assert log.stat().st_size > 1000
    assert there.asked() == [], "nobody to ask at the first installation"
    assert (there.folder / "_internal/PySide6/Qt & co.dll").read_bytes() == b"library"
    assert {path.name for path in there.settings.iterdir()} == {"institution.json", "institution.sig", "logo.png"}
    assert there.configured() == "C:\\ProgramData\\Senim"
    assert wine.msiexec("/x", packages["msi"]) == 0
    assert there.asked() == ["--running 0", "--unsent --everyone 0"]


def test_undelivered_recordings(wine: Wine, packages: dict[str, Path], elsewhere: Installed, tmp_path: Path) -> None:
    log = tmp_path / "msi.log"
    assert wine.msiexec("/i", packages["msi"], "INSTALLDIR=C:\\Емтихан бумасы\\Senim") == 0
    (elsewhere.beside / "unsent").write_bytes(b"")
    assert wine.msiexec("/x", packages["msi"], "/l*v", log) == REFUSED
    assert elsewhere.asked() == ["--running 0", "--unsent --everyone 75"], "refused for what the program said"
    assert "RefuseWhileUnsent" in _read(log)
    assert (elsewhere.folder / "senim.exe").exists() and wine.has_key(POLICY)
    assert wine.msiexec("/x", packages["msi"], "FORCE=1") == 0
    assert elsewhere.asked() == ["--running 0", "--unsent --everyone --keep 75"]


def test_nothing_is_touched_while_it_runs(
    wine: Wine, packages: dict[str, Path], newer: Path, renamed: Path, elsewhere: Installed, tmp_path: Path
) -> None:
    """Removing (by force too), repairing, upgrading to the usual place, new settings: refused, every file as it was."""
    log, installed = tmp_path / "msi.log", packages["msi"]
    assert wine.msiexec("/i", installed, "INSTALLDIR=C:\\Емтихан бумасы\\Senim") == 0
    before, known = elsewhere.files(), elsewhere.known()
    with wine.running(elsewhere.program):
        commands = (("/x", installed), ("/i", newer), ("/i", installed, *REPAIR), ("/i", renamed))
        answers = [wine.msiexec(*command, "/l*v", log) for command in commands]
        assert "RefuseWhileRunning" in _read(log)
        answers.append(wine.msiexec("/x", installed, "FORCE=1"))
        assert elsewhere.files() == before
        assert not (wine.drive / "Program Files" / "Senim").exists()
    assert answers == [REFUSED] * 5
    assert elsewhere.asked() == ["--running 75"] * 5
    assert elsewhere.known() == known
    assert wine.run(elsewhere.program).returncode == 0, "the old version works on"
    assert wine.msiexec("/i", installed, *REPAIR) == 0
    assert wine.msiexec("/x", installed) == 0
    assert elsewhere.asked() == ["--running 0", "--running 0", "--unsent --everyone 0"]


def test_a_newer_one_takes_the_older_ones_place(
    wine: Wine, packages: dict[str, Path], newer: Path, there: Installed
) -> None:
    """One product is left, with the newer one's files alone and the folder of settings that the first was told."""
    assert wine.msiexec("/i", packages["msi"], "CONFIGFOLDER=C:\\Exams") == 0
    assert there.known() == [("0.1.0.0", "Sample $University")]
    expected = there.files()
    expected["Qt & company.dll"] = expected.pop("Qt & co.dll")
    assert wine.msiexec("/i", newer) == 0
    assert there.asked() == REPLACED
    assert there.known() == [("0.1.1.0", "Sample $University")]
    assert there.files() == expected
    assert there.configured() == "C:\\Exams"
    assert wine.msiexec("/x", newer) == 0


def test_an_older_one_takes_nobodys_place(wine: Wine, packages: dict[str, Path], newer: Path, there: Installed) -> None:
    assert wine.msiexec("/i", newer) == 0
    expected = there.files()
    assert wine.msiexec("/i", packages["msi"]) != 0
    assert there.known() == [("0.1.1.0", "Sample $University")]
    assert there.files() == expected
    assert wine.msiexec("/x", newer) == 0


def test_new_settings_of_the_same_version(
    wine: Wine, packages: dict[str, Path], renamed: Path, there: Installed
) -> None:
    assert wine.msiexec("/i", packages["msi"]) == 0
    expected = {**there.files(), "logo.png": b"another"}
    assert wine.msiexec("/i", renamed, "CONFIGFOLDER=C:\\Exams") == 0
    assert there.asked() == REPLACED
    assert there.known() == [("0.1.0.0", KAZAKH)]
    assert there.files() == expected
    assert there.configured() == "C:\\Exams"
    assert wine.msiexec("/x", renamed) == 0


def test_it_stays_where_it_was_put(wine: Wine, packages: dict[str, Path], newer: Path, elsewhere: Installed) -> None:
    assert wine.msiexec("/i", packages["msi"], "INSTALLDIR=C:\\Емтихан бумасы\\Senim") == 0
    assert wine.msiexec("/i", newer, "INSTALLDIR=C:\\Another") == 0
    assert (elsewhere.folder / "_internal/PySide6/Qt & company.dll").exists()
    assert not (wine.drive / "Another").exists()
    assert not (wine.drive / "Program Files" / "Senim").exists()
    assert wine.msiexec("/x", newer) == 0


def test_beside_one_person_s_own_program(wine: Wine, packages: dict[str, Path], there: Installed) -> None:
    """The per-user one is another program: it runs on while the computer's own comes, is replaced and goes."""
    own, place = wine.drive / "Own" / "Senim", "C:\\Own\\Senim"
    assert wine.run(str(packages["exe"]), "/S", f"/D={place}").returncode == 0
    before = {path.name for path in own.rglob("*")}
    with wine.running(f"{place}\\senim.exe"):
        answers = [wine.msiexec("/i", packages["msi"]), wine.msiexec("/i", packages["msi"], *REPAIR),
                   wine.msiexec("/x", packages["msi"])]  # fmt: skip
    assert answers == [0, 0, 0]
    assert there.asked() == ["--running 0", "--running 0", "--unsent --everyone 0"]
    assert {path.name for path in own.rglob("*")} == before
    assert wine.run(f"{place}\\uninstall.exe", "/S", "--force", f"_?={place}").returncode == 0


def test_a_program_that_is_gone_cannot_be_asked(wine: Wine, packages: dict[str, Path], there: Installed) -> None:
    """As after an antivirus program took it away: it can be repaired, and removed."""
    assert wine.msiexec("/i", packages["msi"]) == 0
    (there.folder / "senim.exe").unlink()
    assert wine.msiexec("/i", packages["msi"], *REPAIR) == 0
    assert (there.folder / "senim.exe").exists()
    (there.folder / "senim.exe").unlink()
    assert wine.msiexec("/x", packages["msi"]) == 0
    assert there.asked() == []


def test_tables_of_the_package(packages: dict[str, Path], renamed: Path) -> None:
    assert ["Manufacturer", KAZAKH] in _table(renamed, "Property")
    secure = dict(_table(renamed, "Property"))["SecureCustomProperties"].split(";")
    assert set(secure) == {"WIX_UPGRADE_DETECTED", "WIX_DOWNGRADE_DETECTED", msi_tables.SAME, msi_tables.PROGRAM,
                           msi_tables.FOLDER, msi_tables.SETTINGS}  # fmt: skip
    assert [row[0] for row in _table(renamed, "Error")] == ["1722"]
    assert all(msi.UPGRADE in row[0] for row in _table(renamed, "Upgrade"))
    # 50: the program that a property names; 64: whatever it answers (Windows Installer, "Custom Action Return
    # Processing"). wixl adds 2048, which means something for deferred actions alone.
    told = [
        (name, int(kind) & ~2048, source, words) for name, kind, source, words, *_ in _table(renamed, "CustomAction")
    ]
    asked = {name: (kind, *rest) for name, kind, *rest in told if kind & 63 == 50}
    assert asked == {
        "RefuseWhileRunning": (50, msi_tables.PROGRAM, "--running"),
        "RefuseWhileUnsent": (50, msi_tables.PROGRAM, "--unsent --everyone"),
        "KeepUnsent": (50 + 64, msi_tables.PROGRAM, "--unsent --everyone --keep"),
    }
    # 1 + 16: a file, in the half of the registry for 64 bits; it must be there, or nobody is asked.
    assert [row for row in _table(renamed, "RegLocator") if row[3] == "Program"] == [
        [msi_tables.SEARCH, "2", "Software\\Senim", "Program", "17"]
    ]
    assert _table(renamed, "Signature")[0][:2] == [msi_tables.SEARCH, "senim.exe"]


def test_order_of_the_actions(packages: dict[str, Path]) -> None:
    rows = _table(packages["msi"], "InstallExecuteSequence")
    order = [name for _at, name in sorted((int(at), name) for name, _condition, at in rows)]
    asked = order.index("RefuseWhileRunning")
    assert order.index("AppSearch") < order.index("CostFinalize") < asked
    assert order[asked : asked + 5] == ["RefuseWhileRunning", "InstallValidate", "RefuseWhileUnsent", "KeepUnsent",
                                        "InstallInitialize"]  # fmt: skip
    assert order[-2:] == ["InstallFinalize", "RemoveExistingProducts"], "the old version goes when the new one is whole"
    # Were the older version asked while it is taken away, the newer one would already be in its place.
    conditions = {name: condition for name, condition, _at in rows}
    assert conditions["RefuseWhileRunning"] == f"{msi_tables.PROGRAM} AND NOT UPGRADINGPRODUCTCODE"


def _table(file: Path, name: str) -> list[list[str]]:
    command = ["msiinfo", "export", str(file), name]
    told = subprocess.run(command, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    return [line.split("\t") for line in told.stdout.decode().split("\r\n")[3:] if line]


def _read(log: Path) -> str:
    content = log.read_bytes()
    return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")
