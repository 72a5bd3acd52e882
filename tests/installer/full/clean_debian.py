"""What the tests of the Debian package do in their clean root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from evidence import age
from installer import places
from installer.linux.clean_root import CleanRoot

PROGRAM = "usr/lib/senim"
SHARED = places.WORK / "clean-root-shared"
# As a person who signed in: with a folder for the session, without which the sound library makes one in the home.
SESSION = "/run/student"
ROOTS = "/run/root"  # the same for root, as whom the demo's exam and a recorder run
STUDENT = ("runuser", "-u", "student", "--", "env", f"XDG_RUNTIME_DIR={SESSION}")


def with_people(root: CleanRoot) -> CleanRoot:
    """``root`` with one ordinary person, signed in; and so is root."""
    root.must("useradd", "--create-home", "student")
    root.must("install", "-d", "-m", "700", "-o", "student", SESSION)
    root.must("install", "-d", "-m", "700", ROOTS)
    return root


def shared(package: Path) -> str:
    """``package`` at a place that is seen inside."""
    copy = SHARED / package.name
    if not copy.exists():
        shutil.copy(package, copy)
    return str(copy)


def installed(root: CleanRoot, package: Path, **env: str) -> subprocess.CompletedProcess[str]:
    words = ("-y", "-qq", "--no-install-recommends", "--allow-downgrades", "--reinstall")
    return root.run("apt-get", "install", *words, shared(package), env=env)


def version(root: CleanRoot) -> str:
    """Of the installed package; "" when it is not wholly installed."""
    said = root.run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", "senim").stdout.split()
    return said[1] if said[:1] == ["installed"] else ""


def lacking(root: CleanRoot) -> str:
    """Libraries that a file of the installed program needs and the system has not."""
    looking = "find . -name '*.so*' -type f -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u || true"
    return root.must("sh", "-c", f"cd /{PROGRAM} && {looking}", env={"LD_LIBRARY_PATH": f"/{PROGRAM}/_internal"})


def sit(root: CleanRoot, folder: Path, *variables: str) -> None:
    """The demo's exam, the student's program being the one installed in ``root``, as root and with ``variables``.
    ``folder``: a new one, for the way to the program."""
    wrapper = folder / "installed" / "senim"
    wrapper.parent.mkdir()
    inside = f"chroot {root.path} env -u XDG_RUNTIME_DIR {' '.join(variables)} /usr/bin/senim"
    wrapper.write_text(f'#!/bin/sh\nexec {inside} "$@"\n', encoding="ascii")
    wrapper.chmod(0o755)
    command = [sys.executable, "-m", "demonstration", "--auto", "--frozen", str(wrapper.parent), "--seconds", "20"]
    environ = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run([*command, "--data", str(SHARED / root.path.name)], cwd=places.ROOT, env=environ,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1])["verified"]


def undelivered(root: CleanRoot) -> Path:
    """A recording of the student's that nobody has received; its sealed piece."""
    spool = root.path / "home/student/.local/share/senim/spool/one"
    (spool / "segments/camera").mkdir(parents=True)
    piece = spool / "segments/camera/000000.age"
    piece.write_bytes(age.encrypt_with_passphrase(b"", "passphrase"))
    (spool / "ledger.txt").write_text("", encoding="ascii")
    root.must("chown", "-R", "student:student", "/home/student/.local")
    return piece
