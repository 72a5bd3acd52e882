"""Hashes that are signed, a bill of materials out of the lock, notices with texts."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
from pathlib import Path

import pytest

from evidence.signing import SigningKey
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


def test_a_list_without_a_key_has_no_old_signature(packages: Path, key: SigningKey) -> None:
    sums.write(packages, None)
    with pytest.raises(InstallerError, match="cannot be read"):
        sums.verify(packages, key.verifying)


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
    text = sbom.bill({"av": "18.1.0"}, "0.1.0")
    assert "http" not in text
    assert json.loads(text)["components"][0]["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
