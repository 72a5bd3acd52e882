"""Hashes that are signed, a bill of materials out of the lock, notices with texts."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from client.version import VERSION
from evidence.signing import SigningKey
from installer import places
from installer.__main__ import main
from installer.errors import InstallerError
from installer.places import ROOT
from installer.provenance import contents, licences, sbom, sums


@pytest.fixture
def packages(tmp_path: Path, key: SigningKey) -> Path:
    (tmp_path / "senim-sample_0.1.0_amd64.deb").write_bytes(b"package")
    (tmp_path / "Қазақша.exe").write_bytes(b"another")
    assert len(sums.write(tmp_path, key)) == 2
    return tmp_path


def test_sha256sum_reads_the_list(packages: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=packages, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_command_verifies(packages: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(packages), "--key", key.verifying.text]) == 0
    assert "ok  senim-sample_0.1.0_amd64.deb" in capsys.readouterr().out
    assert main(["verify", str(packages), "--key", "rsa:1"]) == 1
    assert "--key" in capsys.readouterr().err


def _change(packages: Path, name: str) -> None:
    (packages / name).write_bytes((packages / name).read_bytes().replace(b"a", b"b", 1))


@pytest.mark.parametrize("name", ["senim-sample_0.1.0_amd64.deb", "SHA256SUMS", "SHA256SUMS.sig"])
def test_each_change_is_found(packages: Path, key: SigningKey, name: str) -> None:
    _change(packages, name)
    with pytest.raises(InstallerError):
        sums.verify(packages, key.verifying)


def test_another_key_and_a_missing_file_are_found(packages: Path, key: SigningKey) -> None:
    with pytest.raises(InstallerError, match="not made by this key"):
        sums.verify(packages, SigningKey(bytes(32)).verifying)
    (packages / "Қазақша.exe").unlink()
    with pytest.raises(InstallerError, match="Қазақша"):
        sums.verify(packages, key.verifying)


def test_a_package_that_nobody_listed_is_found(packages: Path, key: SigningKey) -> None:
    (packages / "senim-\u202eexe.msi").write_bytes(b"put there later")
    with pytest.raises(InstallerError, match=r"not in the signed list: senim-\\u202eexe"):
        sums.verify(packages, key.verifying)


def test_a_list_without_a_key_has_no_old_signature(packages: Path, key: SigningKey) -> None:
    sums.write(packages, None)
    with pytest.raises(InstallerError, match="cannot be read"):
        sums.verify(packages, key.verifying)


def test_a_folder_without_packages_is_said(tmp_path: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sums", str(tmp_path)]) == 1
    assert "holds no package" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main(["sums", str(tmp_path / "none")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert main(["verify", str(tmp_path), "--key", key.verifying.text]) == 1
    assert "python -m installer sums" in capsys.readouterr().err


def test_the_list_can_be_given_out_whatever_the_shell_s_habits(packages: Path, key: SigningKey) -> None:
    """The guide works under umask 077, and a web server that may not read the list refuses it to students."""
    before = os.umask(0o077)
    try:
        for file in packages.glob("SHA256SUMS*"):
            file.unlink()
        sums.write(packages, key)
    finally:
        os.umask(before)
    assert {(packages / name).stat().st_mode & 0o777 for name in ("SHA256SUMS", "SHA256SUMS.sig")} == {0o644}


def test_the_program_says_the_version_of_its_packages() -> None:
    """Else clients would be told for ever of the version that they have."""
    assert places.version() == VERSION


def test_a_commit_s_own_version_and_lock_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those of the work tree, which may stand elsewhere."""
    asked: list[tuple[str, ...]] = []

    def git(*words: str) -> bytes:
        asked.append(words)
        return b'[project]\nversion = "0.9.0"\n'

    monkeypatch.setattr(places, "git", git)
    assert places.version("v0.9.0") == "0.9.0"
    assert asked == [("show", "v0.9.0:pyproject.toml")]


def test_what_is_inside_is_found_by_its_files() -> None:
    import numpy
    import requests

    found = contents.distributions([numpy.__file__, requests.__file__, "/nowhere/else.py"])
    assert found == {"numpy": numpy.__version__, "requests": importlib.metadata.version("requests")}


def test_the_locks_lines_and_nothing_else() -> None:
    lock = (ROOT / "setup" / "requirements.lock").read_text(encoding="utf-8")
    lines = sbom.locked(lock, {"av": "18.1.0", "jeepney": importlib.metadata.version("jeepney")})
    assert lines.startswith("av==18.1.0 \\\n    --hash=sha256:")
    assert "sys_platform" not in lines
    assert lines.count("==") == 2
    with pytest.raises(InstallerError, match="not as the lock says: av"):
        sbom.locked(lock, {"av": "1.0"})


def test_notices_bring_the_texts() -> None:
    names = {name: importlib.metadata.version(name) for name in ("numpy", "av", "PySide6_Addons")}
    rows = {row.name: row for row in licences.licences(names)}
    assert "LGPL" in rows["PySide6_Addons"].licence
    assert rows["numpy"].texts
    told = licences.notices(list(rows.values()))
    assert "replace them" in told
    assert "av 18.1.0: BSD-3-Clause" in told


def test_python_itself_is_named_with_its_licence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = licences.notices([licences.python()])
    assert f"Python {platform.python_version()}: PSF-2.0" in told
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in told
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path))
    monkeypatch.setattr("sys.base_prefix", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr("sys.version_info", SimpleNamespace(major=99, minor=0))
        with pytest.raises(InstallerError, match="Python's licence"):
            licences.python()


def test_the_bill_names_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the tool's own kind of answer; the real tool runs in the full build."""

    def answer(*words: str) -> str:
        reference = {"url": "https://registry.example/av", "hashes": [{"alg": "SHA-256", "content": "0" * 64}]}
        component = {"name": "av", "version": "18.1.0", "externalReferences": [reference]}
        metadata = {"tools": [{"url": "https://tool.example"}]}
        body = {"$schema": "http://schema.example", "metadata": metadata, "components": [component]}
        Path(words[words.index("-o") + 1]).write_text(json.dumps(body), encoding="utf-8")
        return ""

    monkeypatch.setattr(sbom.tools, "run", answer)
    text = sbom.bill({"av": "18.1.0"}, "0.1.0", (ROOT / sbom.LOCK).read_text(encoding="utf-8"))
    assert "http" not in text
    assert json.loads(text)["components"][0]["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
