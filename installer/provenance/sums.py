"""``SHA256SUMS`` of a folder of packages, and its signature by an institution's (or the project's) Ed25519 key."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evidence.packages import SIGNATURE, SUMS, PackagesError, read_sums, sign_sums, sums_text
from evidence.signing import SigningKey, VerifyingKey
from installer.errors import InstallerError


def write(folder: Path, key: SigningKey | None) -> list[str]:
    """Name and hash every file of ``folder`` (readable by ``sha256sum -c``); the names. Signed with ``key``.
    Raises ``InstallerError``."""
    try:
        names = _given_out(folder)
        if not names:
            raise InstallerError(f"{folder} holds no package: make them with python -m installer package --to {folder}")
        text = sums_text({name: _digest(folder / name) for name in names})
        (folder / SIGNATURE).unlink(missing_ok=True)
        _give_out(folder / SUMS, text)
        if key is not None:
            _give_out(folder / SIGNATURE, sign_sums(text, key) + "\n")
    except OSError as error:
        raise InstallerError(f"{folder}: {error.strerror}") from error
    return names


def _given_out(folder: Path) -> list[str]:
    """The names of what lies in ``folder`` beside the list."""
    names = {path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")}
    return sorted(names - {SUMS, SIGNATURE})


def _give_out(file: Path, text: str) -> None:
    """Readable by everybody, whatever the habits of the shell: it lies beside packages that are given out."""
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644)


def verify(folder: Path, key: VerifyingKey) -> list[str]:
    """The names whose hashes and signature hold. Raises ``InstallerError`` naming what does not."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
        digests = read_sums(text, (folder / SIGNATURE).read_text(encoding="ascii"), key)
    except (OSError, ValueError) as error:
        raise InstallerError(
            f"the list of hashes cannot be read: {error} (python -m installer sums --key makes and signs it)"
        ) from error
    except PackagesError as error:
        raise InstallerError(str(error)) from error
    for name, digest in digests.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise InstallerError(f"changed or missing: {name}")
    foreign = [name for name in _given_out(folder) if name not in digests]
    if foreign:
        raise InstallerError(f"not in the signed list: {ascii(foreign[0])[1:-1]}")
    return list(digests)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
