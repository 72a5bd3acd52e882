"""The frozen program and its packages, made once for all full tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidence import age
from evidence.signing import SigningKey
from installer import places
from installer.freeze.build import freeze, frozen_facts
from installer.package import KeyAtHand, package, today

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
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
    """The build of this commit; an older one is replaced."""
    if not places.FROZEN.is_dir() or frozen_facts(places.FROZEN)["commit"] != places.commit_id():
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
