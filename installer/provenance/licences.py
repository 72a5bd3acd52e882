"""The licences of what is shipped: a report, and the texts themselves as far as the packages bring them."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from installer.errors import InstallerError

_TEXT = re.compile(
    r"(^|/)(licen[cs]es?|copying|notice|authors|lgpl|gpl)[^/]*$|\.dist-info/(licenses?|sboms)/", re.IGNORECASE
)
_LONGEST = 80

HEADER = """\
Senim's program for students: whose work is in it
=================================================
Senim itself: GPL-3.0-or-later (LICENSE). As a whole this folder is under the GPL: PyAV and OpenCV bring FFmpeg,
PyAV's with the GPL encoders x264 and x265.

Qt and PySide6 are under the LGPL-3.0. They lie as libraries of their own in _internal/PySide6: you may replace them
by your own build of the same version, the program uses what it finds there. The source of Qt and of everything else
is at the projects named below, in the versions named; Senim's own source is the commit written in COMMIT.

Python itself brings OpenSSL (Apache-2.0), SQLite (public domain), libffi (MIT) and bzip2, xz and zlib. The executable
starts by PyInstaller's own code (GPL-2.0-or-later with an exception for what it starts). The question page is Chromium
in Qt WebEngine (BSD-3-Clause and others): chrome://credits of that version names all of them.

The face model (dlib_face_recognition_resnet_model_v1.dat) is CC0. mediapipe's models are Apache-2.0.
The icons are lucide's (ISC).

"""


@dataclass(frozen=True)
class Licence:
    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...]


def licences(packages: dict[str, str]) -> list[Licence]:
    """One row for each package of ``packages`` ({name: version})."""
    return [_of(name) for name in sorted(packages)]


def python() -> Licence:
    """Python itself, which is nobody's package. Raises ``InstallerError`` where its licence is not found."""
    places = (
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright"),  # Debian
    )
    text = next((place for place in places if place.is_file()), None)
    if text is None:
        raise InstallerError(f"Python's licence is in none of {', '.join(map(str, places))}: the program must bring it")
    words = text.read_text(encoding="utf-8", errors="replace")
    return Licence("Python", platform.python_version(), "PSF-2.0", "https://www.python.org", (words,))


def notices(rows: list[Licence]) -> str:
    """The whole file that is shipped."""
    table = "".join(f"{row.name} {row.version}: {row.licence}{f' ({row.home})' if row.home else ''}\n" for row in rows)
    texts = "".join(
        f"\n{'-' * 100}\n{row.name} {row.version}\n\n{text.strip()}\n" for row in rows for text in row.texts
    )
    return HEADER + table + texts


def _of(name: str) -> Licence:
    package = importlib.metadata.distribution(name)
    meta = package.metadata.json
    said = _text(meta, "license_expression") or _classified(_list(meta, "classifier")) or _text(meta, "license")
    texts = []
    for file in package.files or []:
        place = Path(str(file.locate()))
        if _TEXT.search(file.as_posix()) and place.suffix in ("", ".txt", ".md", ".rst") and place.is_file():
            texts.append(place.read_text(encoding="utf-8", errors="replace"))
    short = said.strip().splitlines()[0][:_LONGEST] if said.strip() else "not said"
    return Licence(name, package.version, short, _home(meta), tuple(dict.fromkeys(texts)))


def _classified(classifiers: list[str]) -> str:
    return ", ".join(one.split(" :: ")[-1] for one in classifiers if one.startswith("License :: OSI"))


def _home(meta: dict[str, list[str] | str]) -> str:
    """Where the project lives: its own page, never the registry it was fetched from."""
    addresses = [_text(meta, "home_page"), *(line.partition(",")[2].strip() for line in _list(meta, "project_url"))]
    return next((one for one in addresses if one.startswith("http")), "")


def _text(meta: dict[str, list[str] | str], name: str) -> str:
    value = meta.get(name, "")
    return value if isinstance(value, str) else ""


def _list(meta: dict[str, list[str] | str], name: str) -> list[str]:
    value = meta.get(name, [])
    return value if isinstance(value, list) else [value]
