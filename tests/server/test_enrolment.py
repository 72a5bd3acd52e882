"""Reference pictures on the server: each picture's own clear word, the good ones taken, nobody's template abroad."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from exam_hall import PASSPHRASES, PASSWORD, HandClock, Server
from PIL import Image
from sitting import Sitting
from sqlalchemy import select

from evidence import age
from faces.match import APART_SHARE, USUAL_APART
from faces.measured import MEASURED
from faces.models import MODEL_SHA256, TEMPLATE_VERSION
from server.__main__ import main
from server.admin import enrolment, people
from server.admin.console import Console, opened
from server.admin.enrolment import SENTENCES, Enrol, Enrolled, PictureRefused
from server.admin.institution_keys import open_review_identity
from server.references import store_template
from server.schema import references, students, users
from server.settings import DataFolder, Settings
from simulation.puppet import Posture, Puppet

PIXELS = np.random.default_rng(3).integers(0, 255, (480, 640, 3), dtype=np.uint8)


def portrait(who: str = "astronaut", **posture: float) -> np.ndarray:
    return Puppet.of(who).draw(Posture(**posture), (640, 480))


def encoded(bgr: np.ndarray, kind: str = "JPEG", **how: object) -> bytes:
    sink = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1])).save(sink, kind, **how)
    return sink.getvalue()


def sideways(bgr: np.ndarray) -> bytes:
    """As phones store it: turned, with a note in EXIF to turn it back."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(np.rot90(bgr), exif=exif)


def two_people() -> np.ndarray:
    half = [cv2.resize(portrait(who), (480, 360)) for who in ("astronaut", "second")]
    return np.concatenate(half, axis=1)


def tiny() -> np.ndarray:
    return np.asarray(cv2.resize(portrait(), (160, 120), interpolation=cv2.INTER_AREA))


@pytest.fixture(scope="module")
def enrol() -> Enrol:
    return enrolment.make_enrol(Settings(folder=DataFolder(Path()), name="t"))


GOOD = {
    "upright": lambda: encoded(portrait()),
    "png": lambda: encoded(portrait(), "PNG"),
    "exif": lambda: sideways(portrait()),
}
BAD = {
    "no_face": lambda: encoded(PIXELS),
    "several_faces": lambda: encoded(two_people()),
    "too_far": lambda: encoded(tiny()),
    "too_dark": lambda: encoded((portrait() * 0.2).astype(np.uint8)),
    "blurred": lambda: encoded(cv2.GaussianBlur(portrait(), (0, 0), 7)),
    "face_turned": lambda: encoded(portrait(yaw=28.0)),
    "not_a_picture": lambda: b"%PDF-1.7 no picture",
    "too_large": lambda: b"\xff\xd8\xff" + bytes(50 * 1024 * 1024),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_pictures_are_kept_upright_and_without_metadata(name: str, enrol: Enrol) -> None:
    enrolled = enrol(GOOD[name]())
    assert enrolled.template["model"] == MODEL_SHA256 and len(enrolled.template["descriptor"]) == 128
    with Image.open(io.BytesIO(enrolled.picture)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (640, 480)) and not kept.getexif()
    assert enrolled.picture.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("word", BAD)
def test_each_bad_picture_has_its_word(word: str, enrol: Enrol) -> None:
    with pytest.raises(PictureRefused) as refused:
        enrol(BAD[word]())
    assert refused.value.word == word
    assert str(refused.value).startswith(SENTENCES[word])


def test_cut_and_bomb_pictures_are_refused(enrol: Enrol) -> None:
    good = encoded(portrait())
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    for content, word in ((good[: len(good) // 3], "not_a_picture"), (bomb.getvalue(), "too_large")):
        with pytest.raises(PictureRefused) as refused:
            enrol(content)
        assert refused.value.word == word


def write_list(folder: Path, pictures: dict[str, bytes]) -> Path:
    rows = ["login,name,number,language,password,picture"]
    for name, content in pictures.items():
        (folder / f"{name}.jpg").write_bytes(content)
        rows.append(f"{name.replace('_', '.')},Student {name},n-{name},en,{PASSWORD},{name}.jpg")
    rows.append("lost,Lost,9900,en,,nowhere.jpg")
    rows.append("plain,Plain,9901,en,,")
    file = folder / "students.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_a_list_is_taken_line_by_line_and_reported(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """The real command: the good ones come in, every line has its result in a file."""
    kinds = ("several_faces", "not_a_picture", "too_large", "no_face")
    file = write_list(tmp_path, {"upright": GOOD["upright"](), "exif": GOOD["exif"](), **{k: BAD[k]() for k in kinds}})
    assert main(["--data", str(root), "import-students", str(file)]) == 1
    told = capsys.readouterr()
    assert "8 added, 0 updated, 2 reference pictures enrolled" in told.out
    assert "more than one face is in it" in told.err
    with (tmp_path / "students-report.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["account"] for row in rows] == ["added"] * 8
    assert [row["picture"] for row in rows] == ["taken", "taken", *kinds, "cannot_be_read", ""]
    assert all(bool(row["explanation"]) == (row["picture"] not in ("taken", "")) for row in rows)
    with opened(root, HandClock(), "tests") as console:
        review = open_review_identity(console.settings.folder, PASSPHRASES.review)
        for row in console.database.read(lambda c: c.execute(select(references)).all()):
            sealed = console.settings.folder.picture(row.student).read_bytes()
            assert b"\xff\xd8\xff" not in sealed
            assert age.decrypt(sealed, identities=[review]).startswith(b"\xff\xd8\xff")
            assert b"descriptor" not in row.sealed_template


def test_a_report_that_cannot_be_written_is_said(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = write_list(tmp_path, {})
    where = tmp_path / "nowhere" / "report.csv"
    assert main(["--data", str(root), "import-students", str(file), "--report", str(where)]) == 1
    assert "cannot be written" in capsys.readouterr().err


def numbered(content: bytes) -> Enrolled:
    """A template that is a point on a line: the file's first byte."""
    return Enrolled(
        {"version": TEMPLATE_VERSION, "model": MODEL_SHA256, "descriptor": [content[0] / 100] + [0.0] * 127}, content
    )


def cohorts(console: Console) -> dict[str, float | None]:
    query = select(users.c.login, references.c.cohort).join(references, references.c.student == users.c.id)
    return {row.login: row.cohort for row in console.database.read(lambda c: c.execute(query).all())}


def test_the_number_about_the_others_follows_every_newcomer(console: Console, tmp_path: Path) -> None:
    people.import_students(console, write_list(tmp_path, {f"s{n}": bytes([10 * n]) for n in range(5)}), numbered)
    assert set(cohorts(console).values()) == {None}  # five others are needed
    people.import_students(console, write_list(tmp_path, {"s5": b"\x32"}), numbered)
    assert cohorts(console)["s0"] == pytest.approx((0.1 + 0.2 + 0.3 + 0.4 + 0.5) / 5)
    people.import_students(console, write_list(tmp_path, {"near": b"\x01"}), numbered)
    assert cohorts(console)["s0"] == pytest.approx((0.01 + 0.1 + 0.2 + 0.3 + 0.4) / 5)


def test_a_reference_whose_views_disagree_has_its_allowance_in_the_number(console: Console, tmp_path: Path) -> None:
    def described(content: bytes) -> Enrolled:
        enrolled = numbered(content)
        apart = {0: USUAL_APART + 0.04, 10: USUAL_APART - 0.04}.get(content[0], 0.0)
        return replace(enrolled, template=dict(enrolled.template) | {"apart": apart})

    people.import_students(console, write_list(tmp_path, {f"s{n}": bytes([10 * n]) for n in range(6)}), described)
    found = cohorts(console)
    assert found["s0"] == pytest.approx((0.1 + 0.2 + 0.3 + 0.4 + 0.5) / 5 + 0.04 * APART_SHARE)
    assert found["s1"] == pytest.approx((0.1 + 0.1 + 0.2 + 0.3 + 0.4) / 5 - 0.04 * APART_SHARE)
    assert found["s5"] == pytest.approx((0.1 + 0.2 + 0.3 + 0.4 + 0.5) / 5)


@pytest.mark.parametrize(("model", "version"), [("0" * 64, TEMPLATE_VERSION), (MODEL_SHA256, TEMPLATE_VERSION - 1)])
def test_templates_of_another_model_or_version_are_no_cohort_and_are_made_anew(
    console: Console, tmp_path: Path, model: str, version: int
) -> None:
    people.import_students(console, write_list(tmp_path, {f"s{n}": bytes([10 * n]) for n in range(6)}), numbered)
    student = console.database.read(
        lambda c: c.execute(select(users.c.id).join(students).where(users.c.login == "s5")).scalar()
    )
    old = {"version": version, "model": model, "descriptor": [0.0] * 128}
    console.database.write(lambda c: store_template(c, console.at_rest, str(student), old, "", console.now()))
    enrolment.refresh(console)
    assert set(cohorts(console).values()) == {None}
    review = open_review_identity(console.settings.folder, PASSPHRASES.review)
    assert enrolment.recompute(console, review, numbered) == (1, [])
    assert None not in cohorts(console).values()
    console.database.write(lambda c: store_template(c, console.at_rest, str(student), old, "", console.now()))
    console.settings.folder.picture(str(student)).unlink()
    made, left = enrolment.recompute(console, review, numbered)
    assert made == 0 and len(left) == 1 and str(student) in left[0]


def test_an_upgrade_says_whose_templates_wait_to_be_made_anew(
    console: Console, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.import_students(console, write_list(tmp_path, {f"s{n}": bytes([10 * n]) for n in range(2)}), numbered)
    assert main(["--data", str(root), "upgrade"]) == 0
    assert "recompute-templates" not in capsys.readouterr().out
    student = console.database.read(lambda c: c.execute(select(references.c.student)).scalars().first())
    old = {"version": TEMPLATE_VERSION - 1, "model": MODEL_SHA256, "descriptor": [0.0] * 128}
    console.database.write(lambda c: store_template(c, console.at_rest, str(student), old, "", console.now()))
    assert main(["--data", str(root), "upgrade"]) == 0
    told = capsys.readouterr().out
    assert "model or version: 1." in told and "`recompute-templates`" in told
    console.settings.folder.picture(str(student)).unlink()
    passphrase = tmp_path / "review.txt"
    passphrase.write_text(PASSPHRASES.review + "\n")
    again = ["--data", str(root), "recompute-templates", "--review-passphrase-file", str(passphrase)]
    assert main(again) == 1, "of a picture that is gone nothing can be made"
    assert str(student) in capsys.readouterr().err


def test_no_students_template_reaches_another_student(server: Server, tmp_path: Path) -> None:
    """Everything two students' clients are sent, read for the other's numbers."""
    marks = {"aigerim": 0.123456789, "ivan": 0.987654321}
    with server.console() as console:
        rows = ["login,name,number,language,picture"]
        numbers = {"aigerim": 1001, "ivan": 1002} | {f"more{n}": 2000 + n for n in range(6)}
        for place, (login, number) in enumerate(numbers.items()):
            (tmp_path / f"{login}.jpg").write_bytes(login.encode())
            rows.append(f"{login},{login},{number},en,{login}.jpg")
            assert place < 8

        def described(content: bytes) -> Enrolled:
            first = marks.get(content.decode(), 0.5 + len(content) / 100 + content[-1] / 1000)
            template = {"version": TEMPLATE_VERSION, "model": MODEL_SHA256, "descriptor": [first] * 128, "apart": 0.11}
            return Enrolled(template, content)

        file = tmp_path / "all.csv"
        file.write_text("\n".join(rows) + "\n")
        assert people.import_students(console, file, described).pictures == 8
    for login, other in (("aigerim", "ivan"), ("ivan", "aigerim")):
        sitting = Sitting.sign_in(server.client, login, PASSWORD, tmp_path)
        listed = sitting.call("GET", "/exams").text
        sitting.open()
        got = json.dumps(sitting.opened)
        assert str(marks[login]) in got and sitting.opened["reference"]["cohort"] is not None
        for text in (listed, got, sitting.on("GET", "").text, sitting.on("GET", "/missing").text):
            assert str(marks[other]) not in text
        assert set(sitting.opened["reference"]) == {"template", "cohort"}
        assert got.count("descriptor") == 1 and "apart" not in got
        assert sitting.opened["policy"]["identity"]["automatic"] is False, "seven others are no cohort to rely on"


@pytest.mark.parametrize(("needed", "automatic"), [(2, True), (3, False)])
def test_the_automatic_match_needs_as_many_others_as_were_measured(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: int, automatic: bool
) -> None:
    monkeypatch.setitem(MEASURED, MODEL_SHA256, replace(MEASURED[MODEL_SHA256], others=needed))
    with server.console() as console:
        file = tmp_path / "all.csv"
        file.write_text("login,name,number,picture\n" + "".join(f"{n},{n},{n},{n}.jpg\n" for n in ("a1", "a2")))
        for name in ("a1", "a2"):
            (tmp_path / f"{name}.jpg").write_bytes(name.encode())
        template = {"version": TEMPLATE_VERSION, "model": MODEL_SHA256, "descriptor": [0.5] * 128}
        assert people.import_students(console, file, lambda content: Enrolled(template, content)).pictures == 2
    sitting = Sitting.sign_in(server.client, "aigerim", PASSWORD, tmp_path)
    sitting.open()
    identity = sitting.opened["policy"]["identity"]
    assert (identity["automatic"], identity["kind"], identity["model"]) == (automatic, "dlib", MODEL_SHA256)
