"""Accounts of staff and students, and the enrolment of reference pictures."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server import accounts
from server.admin.console import Console
from server.admin.enrolment import TAKEN, Enrol, PictureRefused, RowResult, enrol_file, refresh
from server.admin.errors import CommandFailed
from server.schema import ROLES, students, users
from server.settings import LANGUAGES

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,119}")


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
    rows: list[RowResult] = field(default_factory=list)


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
        values = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        result = _import_row(console, reader.line_num, values, file.parent, enrol, report)
        report.rows.append(result)
        if result.explanation:
            report.problems.append(f"line {result.line} ({result.login or 'no login'}): {result.explanation}")
    refresh(console)
    return report


def _import_row(
    console: Console, line: int, values: Mapping[str, str], folder: Path, enrol: Enrol, report: StudentsReport
) -> RowResult:
    login, before = values["login"], report.added
    try:
        student = _import_student(console, values, report)
    except CommandFailed as error:
        return RowResult(line, login, "refused", "", str(error))
    account = "added" if report.added > before else "updated"
    if not values.get("picture"):
        return RowResult(line, login, account, "", "")
    try:
        enrol_file(console, student, folder / values["picture"], enrol)
    except PictureRefused as error:
        return RowResult(line, login, account, error.word, f"picture {values['picture']}: {error}")
    report.pictures += 1
    return RowResult(line, login, account, TAKEN, "")


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
