"""The generic build: a commit's files, frozen into one folder, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

from installer import places, tools
from installer.errors import InstallerError
from installer.provenance import contents, licences, sbom

# What decides a build, apart from the system it is made on.
_OF_THE_PROGRAM = ("client", "evidence", "faces", "installer/freeze", "installer/provenance", "LICENSE",
                   "setup/requirements.lock", "setup/requirements-freeze.lock", "pyproject.toml")  # fmt: skip


def freeze(target: Path = places.FROZEN, commit: str = "HEAD") -> dict[str, Any]:
    """Build ``target`` from a commit; the facts that are also written beside it: commit, version, seconds, bytes,
    files and the digest over all of them. Raises ``InstallerError``."""
    if not places.ICONS.is_dir():
        raise InstallerError("the icons are missing: run ./setup/setup.sh first")
    tools.provide("PyInstaller")
    sys.stderr.write(f"== freezing {commit} ({places.commit_id(commit)[:9]}): a minute or several\n")
    begun = time.monotonic()
    work = target.with_name(target.name + ".build")
    shutil.rmtree(work, ignore_errors=True)
    source = work / "source"
    _export(commit, source)
    seconds = places.commit_seconds(commit)
    env = places.reproducible_environment(seconds)
    env |= {"SENIM_SOURCE": str(source), "SENIM_ICONS": str(places.ICONS)}
    env["SENIM_SOURCES"] = str(work / "sources.txt")
    env["PYINSTALLER_CONFIG_DIR"] = str(work / "cache")
    tools.run(
        "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(work / "dist"),
        "--workpath", str(work / "work"), str(source / "installer" / "freeze" / "senim.spec"), env=env,
    )  # fmt: skip
    foreign = [line for line in _sources(work) if str(places.TOOLS) in line and "fake-modules" not in line]
    if foreign:  # PyInstaller's own start-up code alone may come from there
        raise InstallerError("a library of the tools went into the program in place of a locked one")
    packages = contents.distributions(_sources(work))
    made = product(work / "dist")
    _foresee(made)
    _tell_whose_work(papers(made), source, packages, commit)
    _settle(made, seconds)
    shutil.rmtree(target, ignore_errors=True)
    made.rename(target)
    shutil.rmtree(work)
    facts = {
        "commit": places.commit_id(commit),
        "commit_seconds": seconds,
        "version": places.version(commit),
        "python": sys.version.split()[0],
        "seconds": round(time.monotonic() - begun, 1),
        "packages": packages,
        **tree_facts(target),
    }
    target.with_suffix(".json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return facts


def frozen_facts(folder: Path) -> dict[str, Any]:
    """What ``freeze`` wrote beside ``folder``. Raises ``InstallerError`` when there is no build."""
    try:
        facts: dict[str, Any] = json.loads(folder.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if folder.is_dir():
            raise InstallerError(
                f"{folder.with_suffix('.json')} is missing or damaged: freeze writes it beside the program's folder, "
                "and a release's archive holds both"
            ) from error
        raise InstallerError(f"there is no frozen program in {folder}: run python -m installer freeze") from error
    return facts


def is_of(folder: Path, commit: str = "HEAD") -> bool:
    """Does ``folder`` hold a build of ``commit``, or of one whose program is the same. Raises ``InstallerError``."""
    if not folder.is_dir():
        return False
    built = frozen_facts(folder)["commit"]
    return places.git("diff", "--name-only", built, commit, "--", *_OF_THE_PROGRAM) == b""


def tree_facts(folder: Path) -> dict[str, Any]:
    """``files``, ``bytes`` and ``sha256``: one digest over names, kinds, modes and contents of a whole folder."""
    whole, files, size = hashlib.sha256(), 0, 0
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            whole.update(f"link {name} {path.readlink()}\n".encode())
        elif path.is_file():
            content = path.read_bytes()
            files, size = files + 1, size + len(content)
            whole.update(f"{path.stat().st_mode & 0o111:o} {name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return {"files": files, "bytes": size, "sha256": whole.hexdigest()}


def product(dist: Path) -> Path:
    """What PyInstaller made: on macOS the application is the product, and the folder beside it only a step."""
    app = dist / "Senim.app"
    return app if app.is_dir() else dist / "senim"


def _foresee(made: Path) -> None:
    """Chromium makes this folder at its first start where it may write (as root): a package that knows of it takes it
    along when it is removed."""
    resources = made / "_internal" / "PySide6" / "Qt" / "resources"
    if resources.is_dir():
        (resources / "locales").mkdir(exist_ok=True)


def papers(made: Path) -> Path:
    """Where notices and licence lie: nothing may lie on top of an application's folder, or its signature breaks."""
    resources = made / "Contents" / "Resources"
    return resources if resources.is_dir() else made


def _sources(work: Path) -> list[str]:
    """Which files of this machine went in, as the recipe wrote them down."""
    return (work / "sources.txt").read_text(encoding="utf-8").splitlines()


def _tell_whose_work(folder: Path, source: Path, packages: dict[str, str], commit: str) -> None:
    """Notices, licence, bill of materials and the commit, into ``folder``."""
    rows = [licences.python(), *licences.licences(packages)]
    (folder / "NOTICES.txt").write_text(licences.notices(rows), encoding="utf-8")
    (folder / "LICENSE.txt").write_bytes((source / "LICENSE").read_bytes())
    lock = places.git("show", f"{commit}:{sbom.LOCK}").decode()
    (folder / "sbom.cdx.json").write_text(sbom.bill(packages, places.version(commit), lock), encoding="utf-8")
    (folder / "COMMIT").write_text(places.commit_id(commit) + "\n", encoding="ascii")


def _export(commit: str, folder: Path) -> None:
    """The commit's own files, and nothing of the work tree: what is built can be built again."""
    folder.mkdir(parents=True)
    packed = places.git("archive", "--format=tar", commit, "client", "evidence", "faces", "installer", "LICENSE")
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")


def _settle(folder: Path, seconds: int) -> None:
    """Times and modes that do not depend on who builds, and when."""
    for path in [*sorted(folder.rglob("*"), reverse=True), folder]:
        if path.is_symlink():
            os.utime(path, (seconds, seconds), follow_symlinks=False)
            continue
        executable = path.is_dir() or path.stat().st_mode & 0o111
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (seconds, seconds))
