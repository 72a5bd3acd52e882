"""Accounts of staff and students, and the enrolment of reference pictures."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from evidence import age
from server import accounts
from server.admin.console import Console
from server.admin.institution import CommandFailed, recipients
from server.at_rest import template_purpose
from server.schema import ROLES, references, students, users
from server.settings import LANGUAGES

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,119}")
MAX_PICTURE_BYTES = 20 * 1024 * 1024

# Turns a picture's bytes into a template (``to_dict``) or raises ``PictureRefused``.
Enrol = Callable[[bytes], Mapping[str, Any]]


class PictureRefused(Exception):
    """The picture does not serve as a reference; the text says why."""


def add_user(console: Console, login: str, name: str, role: str, password: str | None) -> None:
    login = _checked_login(login)
    hashed = _hashed(password)
    if role not in ROLES:
        raise CommandFailed(f"there is no role {role!r}; there are {', '.join(ROLES)}")

    def work(connection: Connection) -> None:
        if connection.execute(select(users.c.id).where(users.c.login == login)).first():
            raise CommandFailed(f"there is an account {login!r} already")
        _insert_user(console, connection, login=login, name=name, role=role, password_hash=hashed, language="en")
        console.audit(connection, "user-add", login, {"role": role})

    console.database.write(work)


def list_users(console: Console) -> list[dict[str, Any]]:
    query = select(users).order_by(users.c.role, users.c.login)
    rows = console.database.read(lambda connection: connection.execute(query).mappings().all())
    return [
        {"login": row["login"], "name": row["name"], "role": row["role"], "disabled": row["disabled_at"] is not None}
        for row in rows
    ]


def set_password(console: Console, login: str, password: str) -> None:
    _change(console, login, "user-password", {"password_hash": _hashed(password)}, {})


def set_role(console: Console, login: str, role: str) -> None:
    if role not in ROLES:
        raise CommandFailed(f"there is no role {role!r}; there are {', '.join(ROLES)}")
    _change(console, login, "user-role", {"role": role}, {"role": role})


def disable(console: Console, login: str) -> None:
    """Also signs the account out everywhere."""
    _change(console, login, "user-disable", {"disabled_at": console.now()}, {})


def _change(console: Console, login: str, action: str, values: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    def work(connection: Connection) -> None:
        user = connection.execute(select(users.c.id).where(users.c.login == login.lower())).scalar()
        if user is None:
            raise CommandFailed(f"there is no account {login!r}")
        connection.execute(update(users).where(users.c.id == user).values(**values))
        accounts.revoke_all(connection, user, console.now())
        console.audit(connection, action, login.lower(), details)

    console.database.write(work)


# ---- students


@dataclass
class StudentsReport:
    added: int = 0
    updated: int = 0
    pictures: int = 0
    problems: list[str] = field(default_factory=list)


def import_students(console: Console, file: Path, enrol: Enrol) -> StudentsReport:
    """CSV with a header: login, name, number, and optionally language, password, picture (a path beside the CSV)."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(f"{file} cannot be read as UTF-8 text: {error}") from error
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
    needed = {"login", "name", "number"}
    if not needed <= set(reader.fieldnames or ()):
        raise CommandFailed(f"{file}: the first line must name the columns login, name and number")
    report = StudentsReport()
    for row in reader:
        where = f"line {reader.line_num}"
        values = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        try:
            student = _import_student(console, values, report)
            if values.get("picture"):
                _enrol(console, student, file.parent / values["picture"], enrol)
                report.pictures += 1
        except (CommandFailed, PictureRefused) as error:
            report.problems.append(f"{where} ({values['login'] or 'no login'}): {error}")
    _compute_cohorts(console)
    return report


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _import_student(console: Console, values: Mapping[str, str], report: StudentsReport) -> str:
    login, name, number = _checked_login(values["login"]), values["name"], values["number"]
    if not name or not number or len(name) > 200 or len(number) > 60:
        raise CommandFailed("name or number is missing or too long")
    language = values.get("language") or "kk"
    if language not in LANGUAGES:
        raise CommandFailed(f"language must be one of {', '.join(LANGUAGES)}")
    hashed = _hashed(values.get("password") or None)

    def work(connection: Connection) -> str:
        known = connection.execute(select(users).where(users.c.login == login)).first()
        taken = connection.execute(select(students.c.id).where(students.c.number == number)).scalar()
        if known is not None and known.role != "student":
            raise CommandFailed(f"{login} is an account of staff")
        if taken is not None and (known is None or taken != known.id):
            raise CommandFailed(f"number {number} belongs to another student")
        if known is None:
            user = _insert_user(
                console, connection, login=login, name=name, role="student", password_hash=hashed, language=language
            )
            connection.execute(insert(students).values(id=user, number=number))
            report.added += 1
        else:
            user = known.id
            changes = {"name": name, "language": language} | ({"password_hash": hashed} if hashed else {})
            connection.execute(update(users).where(users.c.id == user).values(**changes))
            connection.execute(update(students).where(students.c.id == user).values(number=number))
            report.updated += 1
        console.audit(connection, "student-import", login, {"number": number})
        return user

    return console.database.write(work)


def _enrol(console: Console, student: str, picture: Path, enrol: Enrol) -> None:
    try:
        if picture.stat().st_size > MAX_PICTURE_BYTES:
            raise PictureRefused(f"picture {picture.name} is too large")
        content = picture.read_bytes()
    except OSError as error:
        raise PictureRefused(f"picture {picture.name} cannot be read: {error.strerror}") from error
    template = enrol(content)
    place = console.settings.folder.picture(student)
    part = place.with_suffix(".part")
    part.write_bytes(age.encrypt(content, recipients(console.settings.folder)))
    part.replace(place)
    row = {
        "sealed_template": console.at_rest.seal(template_purpose(student), json.dumps(dict(template)).encode()),
        "model": template["model"],
        "picture_sha256": hashlib.sha256(content).hexdigest(),
        "enrolled_at": console.now(),
    }

    def work(connection: Connection) -> None:
        known = connection.execute(select(references.c.student).where(references.c.student == student)).first()
        if known is None:
            connection.execute(insert(references).values(student=student, **row))
        else:
            connection.execute(update(references).where(references.c.student == student).values(**row))
        console.audit(connection, "reference-enrol", student, {"picture_sha256": row["picture_sha256"]})

    console.database.write(work)


def _compute_cohorts(console: Console) -> None:
    """How near the institution's other students lie to each student: the client gets this one number."""
    import numpy as np

    from faces.match import cohort_number

    rows = console.database.read(lambda connection: connection.execute(select(references)).all())
    descriptors = {}
    for row in rows:
        template = json.loads(console.at_rest.open(template_purpose(row.student), row.sealed_template))
        descriptors[row.student] = np.asarray(template["descriptor"], dtype=np.float64)

    def work(connection: Connection) -> None:
        for student, descriptor in descriptors.items():
            others = [other for name, other in descriptors.items() if name != student]
            cohort = cohort_number(descriptor, others)
            connection.execute(update(references).where(references.c.student == student).values(cohort=cohort))

    console.database.write(work)


def make_enrol() -> Enrol:
    """The real thing: decodes the picture, applies the gates, describes the face. Loads the vision libraries."""
    import cv2
    import numpy as np

    from faces.describe import Describer
    from faces.detect import FaceAnalyser
    from faces.template import ReferenceRejected, enrol

    analyser, describer = FaceAnalyser(), Describer()

    def work(content: bytes) -> Mapping[str, Any]:
        bgr = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        if bgr is None:
            raise PictureRefused("is not a picture that can be read")
        try:
            return enrol(np.asarray(bgr, dtype=np.uint8), analyser, describer).to_dict()
        except ReferenceRejected as error:
            raise PictureRefused(f"the picture does not serve as a reference: {error}") from error

    return work


def enrol_when_needed() -> Enrol:
    """``make_enrol`` put off until the first picture: a list without pictures needs no vision libraries."""
    made: list[Enrol] = []

    def work(content: bytes) -> Mapping[str, Any]:
        if not made:
            made.append(make_enrol())
        return made[0](content)

    return work


# ---- shared


def _insert_user(console: Console, connection: Connection, **values: Any) -> str:
    user = secrets.token_hex(8)
    connection.execute(insert(users).values(id=user, created_at=console.now(), **values))
    return user


def _checked_login(login: str) -> str:
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise CommandFailed(f"login {login[:40]!r}: letters a-z, digits and . _ @ + - only")
    return login


def _hashed(password: str | None) -> str | None:
    if password is None:
        return None
    if len(password) < accounts.MIN_PASSWORD:
        raise CommandFailed(f"a password needs at least {accounts.MIN_PASSWORD} characters")
    return accounts.hash_password(password)
