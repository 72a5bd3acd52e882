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
from simulation.process import StandIn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(places.ROOT / "tests" / "client"))
from clean_debian import PROGRAM, SHARED, installed, with_people
from institution_sample import PIXEL
from under_wine import Wine, build_stand_in, throw_away_certificate

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


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    with StandIn("simulation.screen", ["--size", "1024x768"]) as screen:
        made = Wine(tmp_path_factory.mktemp("wine") / "prefix", screen.ready["env"])
        assert made.run("wineboot", "--init").returncode == 0, "wine does not start"
        yield made
        made.end()


@pytest.fixture(scope="session")
def windows_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in for the frozen program, in a folder whose name has Kazakh letters and a space."""
    return build_stand_in(tmp_path_factory.mktemp("windows") / "Емтихан бумасы")


@pytest.fixture(scope="session")
def packages(
    institution: tuple[Path, KeyAtHand], windows_build: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """exe and msi around the stand-in, signed by a throw-away certificate."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENIM_SIGN", str(throw_away_certificate(tmp_path_factory.mktemp("certificate"))))
        made = package(institution[0], windows_build, windows_build.parent / "out", today(), key=institution[1])
    return {name: Path(file) for name, file in made["packages"].items()}
