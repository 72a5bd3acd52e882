"""``SHA256SUMS`` of a folder of packages, and its signature by an institution's (or the project's) Ed25519 key."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.signing import SigningKey, VerifyingKey, read_line, sign_line
from installer.errors import InstallerError

SUMS, SIGNATURE, KIND = "SHA256SUMS", "SHA256SUMS.sig", "packages"
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\n\0]+)")


def write(folder: Path, key: SigningKey | None) -> list[str]:
    """Name and hash every file of ``folder`` (readable by ``sha256sum -c``); the names. Signed with ``key``."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in (SUMS, SIGNATURE)
                   and not path.name.startswith("."))  # fmt: skip
    text = "".join(f"{_digest(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(text, encoding="utf-8")
    (folder / SIGNATURE).unlink(missing_ok=True)
    if key is not None:
        payload = {"type": KIND, "sums": hashlib.sha256(text.encode()).hexdigest()}
        (folder / SIGNATURE).write_text(sign_line(KIND, payload, key) + "\n", encoding="ascii")
    return names


def verify(folder: Path, key: VerifyingKey) -> list[str]:
    """The names whose hashes and signature hold. Raises ``InstallerError`` naming what does not."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
        payload = read_line(KIND, (folder / SIGNATURE).read_text(encoding="ascii").strip(), key)
    except (OSError, ValueError) as error:
        raise InstallerError(f"the list of hashes cannot be read: {error}") from error
    except EvidenceError as error:
        raise InstallerError(f"{SIGNATURE} was not made by this key: {error}") from error
    if payload.get("type") != KIND or payload.get("sums") != hashlib.sha256(text.encode()).hexdigest():
        raise InstallerError(f"{SUMS} was changed after it was signed")
    names = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not (folder / match[2]).is_file() or _digest(folder / match[2]) != match[1]:
            raise InstallerError(f"changed or missing: {match[2] if match else line}")
        names.append(match[2])
    return names


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
