"""Signs an institution's configuration with its configuration key (read by ``client/signed_configuration.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from client.signed_configuration import SIGNATURE
from evidence import age
from evidence.errors import EvidenceError
from evidence.keys import sign_configuration
from evidence.signing import SigningKey
from installer.errors import InstallerError


def write_signed(folder: Path, files: Mapping[str, bytes], key: SigningKey, today: str, expires: str | None) -> None:
    """Write ``files`` and their signature into ``folder``. ``today``, ``expires``: ISO days."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(files):
        (folder / name).write_bytes(files[name])
        (folder / name).chmod(0o644)
    (folder / SIGNATURE).write_text(sign_configuration(files, key, today, expires) + "\n", encoding="ascii")


def open_key(file: Path, passphrase: str) -> SigningKey:
    """The configuration key, as ``python -m server init`` sealed it. Raises ``InstallerError``."""
    try:
        return SigningKey.from_text(age.decrypt(file.read_bytes(), passphrases=[passphrase]).decode().strip())
    except OSError as error:
        raise InstallerError(f"the configuration key cannot be read: {error}") from error
    except (EvidenceError, ValueError) as error:
        raise InstallerError(f"{file} does not open: wrong passphrase, or not a configuration key ({error})") from error
