"""``SHA256SUMS`` of a folder of packages, and its signature by an institution's (or the project's) Ed25519 key."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evidence.packages import SIGNATURE, SUMS, PackagesError, read_sums, sign_sums, sums_text
from evidence.signing import SigningKey, VerifyingKey
from installer.errors import InstallerError


def write(folder: Path, key: SigningKey | None) -> list[str]:
    """Name and hash every file of ``folder`` (readable by ``sha256sum -c``); the names. Signed with ``key``."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in (SUMS, SIGNATURE)
                   and not path.name.startswith("."))  # fmt: skip
    text = sums_text({name: _digest(folder / name) for name in names})
    (folder / SUMS).write_text(text, encoding="utf-8")
    (folder / SIGNATURE).unlink(missing_ok=True)
    if key is not None:
        (folder / SIGNATURE).write_text(sign_sums(text, key) + "\n", encoding="ascii")
    return names


def verify(folder: Path, key: VerifyingKey) -> list[str]:
    """The names whose hashes and signature hold. Raises ``InstallerError`` naming what does not."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
        digests = read_sums(text, (folder / SIGNATURE).read_text(encoding="ascii"), key)
    except (OSError, ValueError) as error:
        raise InstallerError(f"the list of hashes cannot be read: {error}") from error
    except PackagesError as error:
        raise InstallerError(str(error)) from error
    for name, digest in digests.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise InstallerError(f"changed or missing: {name}")
    return list(digests)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
