"""The Debian package's whole life in a clean root: install, sit an exam, upgrade, refuse, remove, purge."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from clean_debian import ROOTS, STUDENT, installed, lacking, sit, undelivered, version

from installer.linux import deb as recipe
from installer.linux.clean_root import CleanRoot

# What Debian's own archive forbids and a package of a frozen program is: libraries of wheels, and zstd (dpkg reads it
# since 1.21.18, lintian of the same release does not know). Removing asks by itself, as nothing of ours may depend on
# debconf to protect a recording.
NOT_OURS = (
    "embedded-library", "unstripped-binary-or-object", "no-changelog", "shared-library-is-executable",
    "copyright-without-copyright-notice", "arch-dependent-file-in-usr-share", "library-not-linked-against-libc",
    "custom-library-search-path", "malformed-deb-archive", "read-in-maintainer-script",
)  # fmt: skip


def test_the_package_is_well_made(deb: Path) -> None:
    command = ["lintian", "--fail-on", "error", "--tag-display-limit", "0", "--suppress-tags", ",".join(NOT_OURS)]
    done = subprocess.run([*command, str(deb)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert deb.stat().st_size <= 300e6


def test_the_desktop_s_files_are_valid(deb: Path, tmp_path: Path) -> None:
    """As they lie in the package, with version and day filled in."""
    share = tmp_path / "usr/share"
    packed = tmp_path / "files.tar"
    with packed.open("wb") as file:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=file, check=True)
    subprocess.run(["tar", "-xf", str(packed), "-C", str(tmp_path), "./usr/share"], check=True)
    packed.unlink()
    subprocess.run(["desktop-file-validate", str(share / "applications/senim.desktop")], check=True)
    command = ["appstreamcli", "validate", "--no-net", str(share / "metainfo" / recipe.METAINFO)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_whole_life(root: CleanRoot, deb: Path, newer: Path, tmp_path: Path) -> None:
    bare = root.snapshot()
    _its_libraries_come_with_it(root, deb)
    root.must("apt-get", "purge", "-y", "-qq", "senim")
    before = root.snapshot()  # what the package depends on stays: any system with a desktop has it
    assert [name for name in set(before) - set(bare) if "senim" in name.lower()] == []
    assert installed(root, deb).returncode == 0
    _signed_settings_alone(root)
    sit(root, tmp_path, f"XDG_RUNTIME_DIR={ROOTS}")
    _upgrade(root, newer)
    _refuse_and_remove(root)
    root.must("apt-get", "purge", "-y", "-qq", "senim")
    after = root.snapshot()
    assert sorted(name for name in {*before, *after} if before.get(name) != after.get(name)) == []


def _its_libraries_come_with_it(root: CleanRoot, deb: Path) -> None:
    done = installed(root, deb)
    assert done.returncode == 0, done.stdout + done.stderr
    assert lacking(root) == ""


def _signed_settings_alone(root: CleanRoot) -> None:
    checked = root.run(*STUDENT, "senim", "--check", "--json")
    assert checked.returncode == 1, checked.stderr
    assert json.loads(checked.stdout)["items"][0]["code"] == "server_unreachable"  # the signed settings were taken
    root.must("sh", "-c", "echo >> /etc/senim/institution.json")
    refused = root.run(*STUDENT, "senim", "--check")
    assert refused.returncode == 78
    assert "was changed after it was signed" in refused.stderr
    root.must("sed", "-i", "$ d", "/etc/senim/institution.json")
    assert root.run(*STUDENT, "senim", "--check").returncode == 1


def _upgrade(root: CleanRoot, newer: Path) -> None:
    """A newer version over this one, the settings kept; and while the program runs it is refused."""
    words = ("--recorder", "--config", "/etc/senim/institution.json", "--data", "/home/student/running")
    command = ["chroot", str(root.path), "env", f"XDG_RUNTIME_DIR={ROOTS}", "/usr/bin/senim", *words]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        refused = installed(root, newer)
        assert refused.returncode != 0
        assert "the program is running" in refused.stdout + refused.stderr
        assert version(root) == "0.1.0"
        for whoever in ((), STUDENT):  # it runs as root: another person cannot see where its program lies
            told = root.run(*whoever, "senim", "--running")
            assert told.returncode == 75, told.stderr
            assert f"process {running.pid}, root" in told.stdout
    finally:
        running.kill()
        running.wait()
    root.must("rm", "-rf", "/home/student/running")
    assert root.run(*STUDENT, "senim", "--running").returncode == 0
    done = installed(root, newer)
    assert done.returncode == 0, done.stdout + done.stderr
    assert version(root) == "0.1.1"
    assert root.run(*STUDENT, "senim", "--check").returncode == 1


def _refuse_and_remove(root: CleanRoot) -> None:
    """What was not delivered is asked about; without a person that is a refusal with a code, and force keeps it."""
    piece = undelivered(root)
    refused = root.run("apt-get", "remove", "-y", "-qq", "senim")
    assert refused.returncode != 0
    assert "not delivered" in refused.stdout + refused.stderr
    root.must("senim", "--unsent")  # still there, and root has nothing unsent
    root.must("apt-get", "remove", "-y", "-qq", "senim", env={"SENIM_FORCE": "1"})
    assert piece.exists()
    kept = root.path / "home/student/.local/share/senim/undelivered/one.senim"
    assert kept.exists(), "a delivery file, as nobody can make one without the program"
    assert kept.stat().st_uid == piece.stat().st_uid != 0
    assert (root.path / "etc/senim/institution.json").exists(), "a conffile stays until purge"
    shutil.rmtree(root.path / "home/student/.local")
