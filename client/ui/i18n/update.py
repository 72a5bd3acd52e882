"""Brings the catalogues in step with the sources: ``python client/ui/i18n/update.py [--check]``.

``lupdate`` collects the texts into ``senim_{kk,ru,en}.ts`` (lines are left out, so that moving code changes no
catalogue) and ``lrelease`` makes the ``.qm`` files the program loads. English is the source language; its catalogue
holds the plural forms, the rest is the source itself. ``--check`` writes nothing and tells by its exit code whether
something would change or is unfinished.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent
LANGUAGES = ("kk", "ru", "en")


def tool(name: str) -> str:
    """One of PySide6's own tools, beside the running Python or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else str(shutil.which(name) or name)


def sources() -> list[str]:
    files = [f for f in SOURCES.rglob("*.py") if HERE not in f.parents]
    return sorted(str(f.relative_to(SOURCES)) for f in files)


def collect(language: str, catalogue: Path) -> None:
    command = [tool("pyside6-lupdate"), *sources(), "-ts", str(catalogue), "-source-language", "en",
               "-target-language", language, "-locations", "none", "-no-obsolete", "-silent"]  # fmt: skip
    subprocess.run(command, cwd=SOURCES, check=True, capture_output=True)
    if language == "en":
        _source_is_english(catalogue)


def release(catalogue: Path, compiled: Path) -> None:
    command = [tool("pyside6-lrelease"), str(catalogue), "-qm", str(compiled), "-silent"]
    subprocess.run(command, check=True, capture_output=True)


def unfinished(catalogue: Path) -> list[str]:
    """The source texts that have no finished translation in every plural form."""
    result = []
    for message in ET.parse(catalogue).getroot().iter("message"):  # noqa: S314 (our own file)
        translation = message.find("translation")
        if translation is None:
            continue
        forms = list(message.iter("numerusform")) or [translation]
        if translation.get("type") or not all(form.text for form in forms):
            result.append(message.findtext("source") or "")
    return result


def _source_is_english(catalogue: Path) -> None:
    """English texts without plural forms are the source itself."""
    tree: ET.ElementTree[Any] = ET.parse(catalogue)  # noqa: S314 (our own file)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and message.get("numerus") != "yes":
            translation.text = message.findtext("source")
            translation.attrib.pop("type", None)
    write(tree, catalogue)


def write(tree: ET.ElementTree[Any], catalogue: Path) -> None:
    """As lupdate itself writes, so that its next run changes nothing."""
    root: Any = tree.getroot()
    body = ET.tostring(root, encoding="unicode")
    catalogue.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def main() -> int:
    check = "--check" in sys.argv[1:]
    wrong = 0
    for language in LANGUAGES:
        catalogue, compiled = HERE / f"senim_{language}.ts", HERE / f"senim_{language}.qm"
        with tempfile.TemporaryDirectory() as folder:
            fresh, fresh_qm = Path(folder) / catalogue.name, Path(folder) / compiled.name
            if catalogue.exists():
                shutil.copy(catalogue, fresh)
            collect(language, fresh)
            release(fresh, fresh_qm)
            open_texts = unfinished(fresh)
            same = compiled.exists() and compiled.read_bytes() == fresh_qm.read_bytes()
            if not check:
                shutil.copy(fresh, catalogue)
                shutil.copy(fresh_qm, compiled)
            wrong += len(open_texts) + (check and not same)
            sys.stdout.write(
                f"{language}: {len(open_texts)} unfinished{'' if same or not check else ', not in step'}\n"
            )
            for text in open_texts:
                sys.stdout.write(f"    {text}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
