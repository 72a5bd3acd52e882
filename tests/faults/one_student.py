"""The smallest institution there is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exam_hall import PASSPHRASES, PASSWORD, SAMPLES, HandClock, no_pictures, plan

from server.admin import exams, institution, institution_keys, people, seat_keys
from server.admin.console import opened
from server.settings import DataFolder, Settings


def make(root: Path) -> Path:
    """An institution with one student and one exam, copied for each round."""
    root.parent.mkdir()
    clock = HandClock()
    institution.init(Settings(folder=DataFolder(root), name="Test university"), PASSPHRASES, None, clock)
    with opened(root, clock, "tests") as console:
        table = root.parent / "students.csv"
        table.write_text(f"login,name,number,language,password\naigerim,Әйгерім,1001,kk,{PASSWORD}\n", "utf-8")
        people.import_students(console, table, no_pictures)
        exams.import_exam(console, SAMPLES / "physics.xml", exams.ExamWanted("physics", "physics", "en", False, False))
        key = institution_keys.open_configuration_key(console.settings.folder, PASSPHRASES.configuration)
        seat_keys.make(console, key, 2)
        exams.schedule(console, replace(plan("physics"), extra={}), None, None)
    return root
