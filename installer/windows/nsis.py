"""The per-user installer for Windows, compiled by NSIS (which runs on Linux too)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from installer import places
from installer.branding.institution import Branding
from installer.errors import InstallerError
from installer.windows.escape import nsis_text, version_of_four
from installer.windows.payload import payload
from installer.windows.signing import hook

RECIPE = Path(__file__).parent / "senim.nsi"


def build(frozen: Path, branding: Branding, version: str, seconds: int, target: Path) -> Path:
    """The installer's file. Raises ``InstallerError``."""
    if shutil.which("makensis") is None:
        raise InstallerError("makensis is missing (Debian's package nsis)")
    output = target / f"senim-{branding.id}-{version}-setup.exe"
    with payload(frozen, branding, seconds, target, output.stem) as folder:
        script = target / f".{output.stem}.nsi"
        script.write_text(recipe(branding, version, folder, output), encoding="utf-8-sig")
        done = subprocess.run(
            ["makensis", "-V2", "-INPUTCHARSET", "UTF8", str(script)],
            env=places.reproducible_environment(seconds), capture_output=True, text=True, check=False,
        )  # fmt: skip
        script.unlink()
    if done.returncode != 0:
        output.unlink(missing_ok=True)
        raise InstallerError(f"makensis: {(done.stderr or done.stdout).strip()[-800:]}")
    return output


def recipe(branding: Branding, version: str, folder: Path, output: Path) -> str:
    """``senim.nsi`` with its words filled in."""
    words = {
        "@NAME@": nsis_text(branding.config.name_in("ru")),
        "@OUTPUT@": nsis_text(str(output)),
        "@PAYLOAD@": nsis_text(str(folder)),
        "@VERSION@": version,
        "@VERSION4@": version_of_four(version),
        "@SIGN@": hook(),
    }
    # All at once: a name may hold one of the words.
    return re.sub("|".join(words), lambda match: words[match[0]], RECIPE.read_text(encoding="utf-8"))
