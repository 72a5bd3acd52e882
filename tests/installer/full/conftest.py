"""The frozen program and its packages, made once for all full tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence import age
from evidence.signing import SigningKey
from installer import places
from installer.branding.institution import read_signed, read_toml
from installer.freeze.build import freeze, is_of
from installer.linux import deb as recipe
from installer.linux.clean_root import CleanRoot
from installer.package import KeyAtHand, package, sign, today

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(places.ROOT / "tests" / "client"))
from clean_debian import PROGRAM, SHARED, installed, with_people
from institution_sample import PIXEL

TOML = """\
id = "sample-university"
maintainer = "Sample University IT <it@example.edu>"
name = { kk = "Үлгі «университеті»", ru = "Университет \\"Пример\\" & Ко", en = "Sample $University" }
server = "https://127.0.0.1:9"
verifying_key = "OURS"
help = "Help line: 100"
logo = "logo.png"
"""


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The build of this commit, or of an earlier one with the same program; any other is replaced."""
    if not is_of(places.FROZEN):
        freeze()
    return places.FROZEN


@pytest.fixture(scope="session")
def institution(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, KeyAtHand]:
    """institution.toml and its key."""
    folder = tmp_path_factory.mktemp("institution")
    key = SigningKey(bytes(range(32)))
    (folder / "institution.toml").write_text(TOML.replace("OURS", key.verifying.text), encoding="utf-8")
    (folder / "logo.png").write_bytes(PIXEL)
    (folder / "key.age").write_bytes(age.encrypt_with_passphrase(key.text.encode(), "a long passphrase"))
    (folder / "passphrase").write_text("a long passphrase", encoding="utf-8")
    return folder / "institution.toml", KeyAtHand(folder / "key.age", folder / "passphrase")


@pytest.fixture(scope="session")
def deb(frozen: Path, institution: tuple[Path, KeyAtHand], tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Beside the build: its files are linked into the package's tree, which needs one file system.
    target = places.WORK / "test-packages"
    made = package(institution[0], frozen, target, today(), key=institution[1])
    return Path(made["packages"]["deb"])


@pytest.fixture(scope="session")
def newer(
    deb: Path, frozen: Path, institution: tuple[Path, KeyAtHand], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same program as the next version."""
    signed = tmp_path_factory.mktemp("signed")
    sign(institution[0], institution[1], signed, today())
    branding = read_signed(signed, read_toml(institution[0]), today())
    return recipe.build(frozen, branding, "0.1.1", places.commit_seconds(), deb.parent)


@pytest.fixture(scope="session")
def root() -> Iterator[CleanRoot]:
    """A clean Debian with one ordinary person."""
    shutil.rmtree(SHARED, ignore_errors=True)
    SHARED.mkdir(parents=True)
    with CleanRoot(places.WORK / "clean-root", [SHARED, Path("/tmp")]) as made:  # the screen's sockets lie in /tmp
        yield with_people(made)


@pytest.fixture
def at_home(root: CleanRoot, deb: Path) -> Iterator[CleanRoot]:
    """The root with the package installed, and purged again."""
    done = installed(root, deb)
    assert done.returncode == 0, done.stdout + done.stderr
    yield root
    if root.run("dpkg-query", "-W", "senim").returncode == 0:  # a test may have purged it
        root.must("apt-get", "purge", "-y", "-qq", "senim", env={"SENIM_FORCE": "1"})
    assert list((root.path / PROGRAM).rglob("*")) == []
