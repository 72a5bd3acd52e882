"""The build: the same bytes twice, nothing of ours missing, nothing of the build machine in it; and an exam with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from installer import places
from installer.freeze.build import freeze, frozen_facts, tree_facts
from installer.linux.depends import DEPENDS

ROOT = places.ROOT


def test_two_builds_are_the_same_bytes(frozen: Path) -> None:
    again = freeze(places.WORK / "again" / "senim", frozen_facts(frozen)["commit"])
    assert again["sha256"] == frozen_facts(frozen)["sha256"] == tree_facts(frozen)["sha256"]


def test_what_is_in_and_what_is_not(frozen: Path) -> None:
    names = [path.relative_to(frozen).as_posix() for path in frozen.rglob("*")]
    for wanted in ("senim_kk.qm", "qtbase_kk.qm", "question.js", "mean_shape.json",
                   "face_landmark_with_attention.tflite",
                   "dlib_face_recognition_resnet_model_v1.dat", "icons/check.svg", "QtWebEngineProcess"):  # fmt: skip
        assert any(name.endswith(wanted) for name in names), wanted
    for unwanted in ("matplotlib", "libQt6Pdf", "libgtk", "libasound.so", "libpango", "shape_predictor",
                     "devtools_resources", "_de.qm", "PySide6/Qt/qml/"):  # fmt: skip
        assert not any(unwanted in name for name in names), unwanted


def test_the_licences_texts_are_in_it(frozen: Path) -> None:
    told = (frozen / "NOTICES.txt").read_text(encoding="utf-8")
    for text in (r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3", "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"):
        assert re.search(text, told), text
    assert "GNU GENERAL PUBLIC LICENSE" in (frozen / "LICENSE.txt").read_text(encoding="utf-8")


def test_a_folder_that_chromium_makes_is_there(frozen: Path) -> None:
    assert (frozen / "_internal/PySide6/Qt/resources/locales").is_dir()


def test_the_c_library_it_needs_is_declared(frozen: Path) -> None:
    """Else it would be installed where it cannot start."""
    needed = {0}
    for path in frozen.rglob("*"):
        if path.is_file() and not path.is_symlink() and (content := path.read_bytes()).startswith(b"\x7fELF"):
            needed |= {int(number) for number in re.findall(rb"\0GLIBC_2\.(\d+)\0", content)}
    (declared,) = (int(found[1]) for entry in DEPENDS if (found := re.match(r"libc6 \(>= 2\.(\d+)\)", entry)))
    assert 30 < max(needed) <= declared


def test_no_path_of_the_build_machine(frozen: Path) -> None:
    ours = [str(ROOT).encode(), str(Path.home()).encode() + b"/"]
    guilty = [
        path.name
        for path in frozen.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and path.suffix in ("", ".pyc", ".zip", ".json")
        and ours[0] in path.read_bytes()
    ]
    assert guilty == []


def test_an_exam_with_the_frozen_program(frozen: Path) -> None:
    """Program and data lie in folders with Kazakh letters and a space."""
    place = places.WORK / "Емтихан бумасы"  # on the build's own file system: its files are linked
    shutil.rmtree(place, ignore_errors=True)
    program = place / "Сенім бағдарламасы"
    shutil.copytree(frozen, program, symlinks=True, copy_function=os.link)
    command = [sys.executable, "-m", "demonstration", "--auto", "--frozen", str(program), "--seconds", "20"]
    environ = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [*command, "--data", str(place / "деректер")], cwd=ROOT, env=environ, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["verified"], result
    shutil.rmtree(place)
