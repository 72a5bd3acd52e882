"""From the generic build and an institution's settings to its packages: seconds, and no new freeze."""

from __future__ import annotations

import datetime
import getpass
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.branding.institution import Branding, read_signed, read_toml
from installer.branding.sign import open_key, write_signed
from installer.errors import InstallerError
from installer.freeze.build import frozen_facts

Maker = Callable[[Path, Branding, str, int, Path], Path]


@dataclass(frozen=True)
class KeyAtHand:
    """The configuration key's sealed file; ``passphrase_file`` None asks the person."""

    file: Path
    passphrase_file: Path | None

    def passphrase(self) -> str:
        """Raises ``InstallerError``."""
        if self.passphrase_file is None and not sys.stdin.isatty():
            raise InstallerError(f"passphrase of {self.file}: there is nobody to ask; give it with --passphrase-file")
        if self.passphrase_file is None:
            return getpass.getpass(f"passphrase of {self.file}: ")
        try:
            return self.passphrase_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise InstallerError(f"the passphrase cannot be read: {error}") from error


def sign(institution: Path, key: KeyAtHand, target: Path, today: str, *, trial: bool = False) -> Branding:
    """Write the configuration and its signature into ``target``: where the key is, which need not be where packages
    are made. Raises ``InstallerError``."""
    branding = read_toml(institution, trial=trial)
    signing = open_key(key.file, key.passphrase())
    if signing.verifying.text != branding.config.verifying_key:
        raise InstallerError(
            f"the key in {key.file} (fingerprint {signing.verifying.fingerprint}) is not the verifying_key of "
            f"{institution} (fingerprint {branding.fingerprint})"
        )
    if branding.expires is not None and branding.expires < today:
        raise InstallerError(f"expires: {branding.expires} is over already")
    write_signed(target, branding.files, signing, today, branding.expires)
    return branding


def package(
    institution: Path, frozen: Path, target: Path, today: str, *,
    signed: Path | None = None, key: KeyAtHand | None = None, formats: tuple[str, ...] = (), trial: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Make the packages; {"packages": {format: file}, "fingerprint", "seconds"}. Raises ``InstallerError``."""
    begun = time.monotonic()
    facts = frozen_facts(frozen)
    with tempfile.TemporaryDirectory() as place:
        if signed is None:
            if key is None:
                raise InstallerError("give --key (the configuration key) or --signed (a folder made by sign)")
            signed = Path(place)
            sign(institution, key, signed, today, trial=trial)
        branding = read_signed(signed, read_toml(institution, trial=trial), today)
    makers = _makers(frozen)
    wanted = formats or tuple(makers)
    unknown = [name for name in wanted if name not in makers]
    if unknown:
        raise InstallerError(f"{frozen} is a build for {' and '.join(makers) or 'no system'}: no {unknown[0]} from it")
    files = {}
    for name in wanted:
        sys.stderr.write(f"== packing {name} (some seconds)\n")
        files[name] = makers[name](frozen, branding, facts["version"], facts["commit_seconds"], target)
    return {
        "packages": {name: str(file) for name, file in files.items()},
        "bytes": {name: file.stat().st_size for name, file in files.items()},
        "fingerprint": branding.fingerprint,
        "seconds": round(time.monotonic() - begun, 1),
    }


def today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _makers(frozen: Path) -> Mapping[str, Maker]:
    """What can be made of a build: its system's packages."""
    from installer.linux import deb
    from installer.macos import pkg
    from installer.windows import msi, nsis

    if (frozen / "senim.exe").is_file():
        return {"exe": nsis.build, "msi": msi.build}
    if (frozen / "Contents" / "MacOS" / "senim").is_file():
        return {"pkg": pkg.build}
    return {"deb": deb.build} if (frozen / "senim").is_file() else {}
