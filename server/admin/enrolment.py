"""Reference pictures from files: read, judged by the same gates as the client's, described, sealed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from evidence import age
from faces.models import comparable
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.institution_keys import recipients
from server.references import model_choice, refresh_cohorts, seal_picture, store_template
from server.schema import references
from server.settings import Settings

MAX_PICTURE_BYTES = 20 * 1024 * 1024
TAKEN = "taken"

SENTENCES = {
    "not_a_picture": "it is not a picture that can be read (JPEG, PNG, WebP, BMP or TIFF)",
    "too_large": "the picture is too large: at most 20 MB and 60 million pixels",
    "cannot_be_read": "the file cannot be read",
    "no_face": "no face was found in it",
    "several_faces": "more than one face is in it",
    "too_far": "the face is too small: 40 pixels between the outer corners of the eyes are needed",
    "too_close": "the face fills the picture or leaves it",
    "too_dark": "the face is too dark",
    "too_bright": "the face is too bright",
    "blurred": "the face is not sharp",
    "face_turned": "the face is turned away: the student must look straight at the camera",
    "face_covered": "the face is partly covered",
    "no_model": "the face model is missing, damaged or another one",
}


class PictureRefused(Exception):
    """The picture does not serve as a reference. ``word``: one of ``SENTENCES``; the text says it to a person."""

    def __init__(self, word: str, detail: str = "") -> None:
        sentence = SENTENCES.get(word, word)
        super().__init__(f"{sentence}{f' ({detail})' if detail else ''}")
        self.word = word


@dataclass(frozen=True)
class Enrolled:
    """``template``: as ``faces.template.Template.to_dict``; ``picture``: an upright JPEG without metadata."""

    template: Mapping[str, Any]
    picture: bytes


Enrol = Callable[[bytes], Enrolled]
"""A picture file's bytes to what is kept of it. Raises ``PictureRefused``."""


@dataclass(frozen=True)
class RowResult:
    """One line of the list. ``account``: added, updated or refused; ``picture``: "", taken, or a word."""

    line: int
    login: str
    account: str
    picture: str
    explanation: str


def write_report(file: Path, rows: list[RowResult]) -> None:
    """Every line of the list with its result, as CSV for a spreadsheet. Raises ``CommandFailed``."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=[field.name for field in fields(RowResult)])
            writer.writeheader()
            writer.writerows(asdict(row) for row in rows)
    except OSError as error:
        raise CommandFailed(f"the report {file} cannot be written: {error.strerror}") from error


def enrol_file(console: Console, student: str, picture: Path, enrol: Enrol) -> None:
    """Raises ``PictureRefused``. The number about the others is worked out afterwards: ``refresh``."""
    try:
        if picture.stat().st_size > MAX_PICTURE_BYTES:
            raise PictureRefused("too_large")
        content = picture.read_bytes()
    except OSError as error:
        raise PictureRefused("cannot_be_read", error.strerror or "") from error
    enrolled = enrol(content)
    seal_picture(console.settings.folder, recipients(console.settings.folder), student, enrolled.picture)
    sha256 = hashlib.sha256(content).hexdigest()

    def work(connection: Connection) -> None:
        store_template(connection, console.at_rest, student, enrolled.template, sha256, console.now())
        console.audit(connection, "reference-enrol", student, {"picture_sha256": sha256})

    console.database.write(work)


def refresh(console: Console) -> int:
    """Every student's cohort number anew. Returns how many changed."""
    return console.database.write(lambda connection: refresh_cohorts(connection, console.at_rest))


def recompute(console: Console, review: age.Identity, enrol: Enrol) -> tuple[int, list[str]]:
    """Templates of another model or version than the institution's, made anew from the sealed pictures. Returns how
    many, and one sentence for each that stays as it is: such a student is sent to a person, never locked out."""
    model = comparable(model_choice(console.settings).sha256)
    rows = console.database.read(
        lambda connection: connection.execute(select(references).where(references.c.model != model)).all()
    )
    made, left = 0, []
    for row in rows:
        try:
            picture = age.decrypt(console.settings.folder.picture(row.student).read_bytes(), identities=[review])
            template = enrol(picture).template
        except (OSError, age.AgeError, PictureRefused) as error:
            left.append(f"{row.student}: {error}")
            continue

        def work(connection: Connection, row: Row[Any] = row, template: Mapping[str, Any] = template) -> None:
            store_template(connection, console.at_rest, row.student, template, row.picture_sha256, console.now())
            console.audit(connection, "reference-recompute", row.student, {"model": str(template["model"])})

        console.database.write(work)
        made += 1
    refresh(console)
    return made, left


def make_enrol(settings: Settings) -> Enrol:
    """The real thing. Loads the vision libraries; raises ``CommandFailed`` when the model does not load."""
    from faces.detect import FaceAnalyser
    from faces.model import load_model
    from faces.models import ModelError
    from faces.picture import UnreadablePicture, jpeg_of, read_picture
    from faces.template import ReferenceRejected
    from faces.template import enrol as template_from

    try:
        analyser, model = FaceAnalyser(), load_model(model_choice(settings))
    except ModelError as error:
        raise CommandFailed(str(error)) from error

    def work(content: bytes) -> Enrolled:
        try:
            bgr = read_picture(content)
            return Enrolled(template_from(bgr, analyser, model).to_dict(), jpeg_of(bgr))
        except UnreadablePicture as error:
            raise PictureRefused(error.code) from error
        except ReferenceRejected as error:
            raise PictureRefused(str(error.gates[0])) from error

    return work


def enrol_when_needed(settings: Settings) -> Enrol:
    """``make_enrol`` put off until the first picture: a list without pictures needs no vision libraries."""
    made: list[Enrol] = []

    def work(content: bytes) -> Enrolled:
        if not made:
            made.append(make_enrol(settings))
        return made[0](content)

    return work
