"""Redraws the guides' pictures: ``python -m client.ui.drawings.update [--check]``.

One SVG for each drawing and language in ``docs/pictures/systems``. ``--check`` writes nothing and tells by its exit
code whether something would change.
"""

from __future__ import annotations

import sys
from pathlib import Path

from client.ui.drawings.catalogue import DRAWINGS
from client.ui.drawings.words import LANGUAGES

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "pictures" / "systems"


def files() -> dict[str, str]:
    """The name of each file and what stands in it."""
    return {
        f"{name}-{language}.svg": draw(language, "sans-serif")
        for name, draw in DRAWINGS.items()
        for language in LANGUAGES
    }


def differing(folder: Path) -> list[str]:
    """Files that are missing, of an older drawing, or of none."""
    wanted = files()
    there = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*")} if folder.is_dir() else {}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    changed = differing(FOLDER)
    if "--check" not in sys.argv[1:]:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in changed:
            (FOLDER / name).unlink(missing_ok=True)
        for name, svg in files().items():
            (FOLDER / name).write_text(svg, encoding="utf-8")
        return 0
    sys.stdout.writelines(f"{name}\n" for name in changed)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
