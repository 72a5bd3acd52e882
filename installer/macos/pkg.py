"""The package for macOS. Its tools (pkgbuild, codesign) exist on macOS alone: run by the workflow there, not here."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
from pathlib import Path

from installer.branding.institution import Branding
from installer.errors import InstallerError

FILES = Path(__file__).parent / "files"
SETTINGS = Path("Library/Application Support/Senim")
UNINSTALL = "Uninstall Senim.command"
IDENTITY = "SENIM_MAC_IDENTITY"  # "Developer ID Application: …"; without it the application is signed for this Mac only


def build(frozen: Path, branding: Branding, version: str, seconds: int, target: Path) -> Path:
    """The package's file out of ``Senim.app``. Raises ``InstallerError``."""
    if shutil.which("pkgbuild") is None:
        raise InstallerError("pkgbuild is missing: packages for macOS are made on macOS (.github/workflows)")
    root, about = target / f".senim-{branding.id}.root", target / f".senim-{branding.id}.about"
    for folder in (root, about):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        lay_out(root, frozen, branding, seconds)
        app = root / "Applications" / "Senim.app"
        _run("codesign", "--force", "--deep", "--options", "runtime", "--entitlements",
             str(FILES / "entitlements.plist"), "--sign", os.environ.get(IDENTITY, "-"), str(app))  # fmt: skip
        scripts, bundles = scripts_in(about), about / "bundles.plist"
        _run("pkgbuild", "--analyze", "--root", str(root), str(bundles))
        bundles.write_bytes(staying(bundles.read_bytes()))
        output = target / f"senim-{branding.id}-{version}.pkg"
        _run("pkgbuild", "--root", str(root), "--component-plist", str(bundles), "--scripts", str(scripts),
             "--identifier", "org.senim.client", "--version", version, str(output))  # fmt: skip
    finally:
        for folder in (root, about):
            shutil.rmtree(folder, ignore_errors=True)
    return output


def scripts_in(folder: Path) -> Path:
    """What runs before anything is replaced, in a folder of its own below ``folder``."""
    scripts = folder / "scripts"
    scripts.mkdir(parents=True)
    shutil.copy(FILES / "preinstall", scripts / "preinstall")
    (scripts / "preinstall").chmod(0o755)
    return scripts


def staying(bundles: bytes) -> bytes:
    """``pkgbuild --analyze``'s list, with every application where the package says. By itself macOS would bring the one
    it finds elsewhere up to date instead (in the Bin, in Downloads), and nothing would lie in /Applications."""
    body = plistlib.loads(bundles)
    return plistlib.dumps([{**bundle, "BundleIsRelocatable": False} for bundle in body])


def lay_out(root: Path, frozen: Path, branding: Branding, seconds: int) -> None:
    """The application, its words in ru and kk, the institution's signed settings and the way to remove it all, below
    ``root``."""
    app = root / "Applications" / "Senim.app"
    shutil.copytree(frozen, app, symlinks=True)
    for language in ("ru", "kk"):
        folder = app / "Contents" / "Resources" / f"{language}.lproj"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(FILES / f"{language}.strings", folder / "InfoPlist.strings")
    for name, content in branding.files.items():
        file = root / SETTINGS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (seconds, seconds))
    asks_first = root / SETTINGS / UNINSTALL
    shutil.copy(FILES / "uninstall.command", asks_first)
    asks_first.chmod(0o755)
    os.utime(asks_first, (seconds, seconds))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"{command[0]}: {(done.stderr or done.stdout).strip()[-800:]}")
