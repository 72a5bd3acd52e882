"""The Debian package's whole life in a clean root: install, sit an exam, upgrade, refuse, remove, purge."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence import age
from installer import places
from installer.branding.institution import read_signed, read_toml
from installer.linux import deb as recipe
from installer.linux.clean_root import CleanRoot
from installer.package import KeyAtHand, sign, today

SHARED = places.WORK / "clean-root-shared"
STUDENT = ("runuser", "-u", "student", "--")


@pytest.fixture(scope="module")
def root() -> Iterator[CleanRoot]:
    shutil.rmtree(SHARED, ignore_errors=True)
    SHARED.mkdir(parents=True)
    with CleanRoot(places.WORK / "clean-root", [SHARED, Path("/tmp")]) as made:  # the screen's sockets lie in /tmp
        made.must("useradd", "--create-home", "student")
        yield made


def installed(root: CleanRoot, package: Path, **env: str) -> subprocess.CompletedProcess[str]:
    copy = SHARED / package.name
    if not copy.exists():
        shutil.copy(package, copy)
    return root.run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", "--allow-downgrades", str(copy), env=env
    )


def test_the_package_is_well_made(deb: Path) -> None:
    done = subprocess.run(["lintian", "--fail-on", "error", "--no-tag-display-limit", "--suppress-tags",
                           "embedded-library,unstripped-binary-or-object,no-changelog,shared-library-is-executable,"
                           "copyright-without-copyright-notice,arch-dependent-file-in-usr-share,"
                           "library-not-linked-against-libc,custom-library-search-path", str(deb)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout
    for tool, file in (("desktop-file-validate", "senim.desktop"),):
        subprocess.run([tool, str(recipe.FILES / file)], check=True)
    assert deb.stat().st_size <= 300e6


def test_the_whole_life(
    root: CleanRoot, deb: Path, institution: tuple[Path, KeyAtHand], frozen: Path, tmp_path: Path
) -> None:
    before = root.snapshot()
    _install_and_start(root, deb)
    _sit(tmp_path)
    _upgrade(root, institution, frozen)
    _refuse_and_remove(root)
    root.must("apt-get", "purge", "-y", "-qq", "senim")
    root.must("apt-get", "autoremove", "--purge", "-y", "-qq")
    after = root.snapshot()
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    assert [name for name in changed if "senim" in name.lower()] == []
    _only_dependencies_differ(changed)


def _install_and_start(root: CleanRoot, deb: Path) -> None:
    done = installed(root, deb)
    assert done.returncode == 0, done.stdout + done.stderr
    lacking = root.must("sh", "-c", "cd /usr/lib/senim && find . -name '*.so*' -type f -exec ldd {} + 2>/dev/null "
                                    "| grep 'not found' | sort -u || true",
                        env={"LD_LIBRARY_PATH": "/usr/lib/senim/_internal"})  # fmt: skip
    assert lacking == ""
    checked = root.run(*STUDENT, "senim", "--check", "--json")
    assert checked.returncode == 1, checked.stderr
    assert json.loads(checked.stdout)["items"][0]["code"] == "server_unreachable"  # the signed settings were taken
    root.must("sh", "-c", "echo >> /etc/senim/institution.json")
    refused = root.run(*STUDENT, "senim", "--check")
    assert refused.returncode == 78
    assert "was changed after it was signed" in refused.stderr
    root.must("sed", "-i", "$ d", "/etc/senim/institution.json")
    assert root.run(*STUDENT, "senim", "--check").returncode == 1


def _sit(folder: Path) -> None:
    """The demo's exam, the student's program being the installed one in its root."""
    wrapper = folder / "installed" / "senim"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nexec chroot {places.WORK / "clean-root"} /usr/bin/senim "$@"\n', encoding="ascii")
    wrapper.chmod(0o755)
    command = [sys.executable, "-m", "demonstration", "--auto", "--frozen", str(wrapper.parent), "--seconds", "20"]
    environ = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run([*command, "--data", str(SHARED / "demo")], cwd=places.ROOT, env=environ,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1])["verified"]


def _upgrade(root: CleanRoot, institution: tuple[Path, KeyAtHand], frozen: Path) -> None:
    """A newer version over this one, the settings kept; and while the program runs it is refused."""
    toml, key = institution
    sign(toml, key, SHARED / "signed", today())
    branding = read_signed(SHARED / "signed", read_toml(toml), today())
    newer = recipe.build(frozen, branding, "0.1.1", places.commit_seconds(), places.WORK / "test-packages")
    running = subprocess.Popen(
        ["chroot", str(root.path), "/usr/bin/senim", "--recorder", "--config", "/etc/senim/institution.json",
         "--data", "/home/student/running"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        refused = installed(root, newer)
        assert refused.returncode != 0
        assert "the program is running" in refused.stdout + refused.stderr
        assert "0.1.0" in root.must("dpkg-query", "-W", "senim")
    finally:
        running.kill()
        running.wait()
    root.must("rm", "-rf", "/home/student/running")
    done = installed(root, newer)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0.1.1" in root.must("dpkg-query", "-W", "senim")
    assert root.run(*STUDENT, "senim", "--check").returncode == 1


def _refuse_and_remove(root: CleanRoot) -> None:
    """What was not delivered is asked about; without a person that is a refusal with a code, and force keeps it."""
    spool = root.path / "home/student/.local/share/senim/spool/one"
    (spool / "segments/camera").mkdir(parents=True)
    (spool / "segments/camera/000000.age").write_bytes(age.encrypt_with_passphrase(b"", "passphrase"))
    (spool / "ledger.txt").write_text("", encoding="ascii")
    refused = root.run("apt-get", "remove", "-y", "-qq", "senim")
    assert refused.returncode != 0
    assert "not delivered" in refused.stdout + refused.stderr
    root.must("senim", "--unsent")  # still there, and root has nothing unsent
    root.must("apt-get", "remove", "-y", "-qq", "senim", env={"SENIM_FORCE": "1"})
    assert (spool / "segments/camera/000000.age").exists()
    assert (root.path / "etc/senim/institution.json").exists(), "a conffile stays until purge"
    shutil.rmtree(root.path / "home/student/.local")


def _only_dependencies_differ(changed: list[str]) -> None:
    """What other packages left behind (users, caches of fonts and icons) is theirs; ours is none of it."""
    roots = {"/".join(name.split("/")[:2]) for name in changed}
    assert not any(name.startswith(("home/", "opt/", "srv/", "usr/lib/senim")) for name in changed), sorted(roots)
