"""users, import-students."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from server.admin import enrolment, people
from server.admin.institution_keys import open_review_identity
from server.commands.common import Commands, Context, command, secret, show
from server.schema import ROLES


def add(commands: Commands) -> None:
    users = command(commands, "users", "accounts of staff and students", _list)
    users.set_defaults(json=False)
    verbs = users.add_subparsers(metavar="VERB")
    adding = command(verbs, "add", "make an account", _add)
    adding.add_argument("login")
    adding.add_argument("--name", required=True)
    adding.add_argument("--role", required=True, choices=[role for role in ROLES if role != "student"])
    adding.add_argument("--password-file", type=Path)
    listing = command(verbs, "list", "show all accounts", _list)
    listing.add_argument("--json", action="store_true")
    password = command(verbs, "password", "set a new password; signs the account out", _password)
    password.add_argument("login")
    password.add_argument("--password-file", type=Path)
    role = command(verbs, "role", "give another role", _role)
    role.add_argument("login")
    role.add_argument("role", choices=[role for role in ROLES if role != "student"])
    disabling = command(verbs, "disable", "end an account; signs it out", _disable)
    disabling.add_argument("login")

    students = command(
        commands,
        "import-students",
        "read students from a CSV file: login,name,number and language,password,picture if wanted",
        _import,
    )
    students.add_argument("file", type=Path)
    students.add_argument("--report", type=Path, help="each line's result as CSV; default: beside the file")
    again = command(
        commands,
        "recompute-templates",
        "face templates of another model or version, anew from the sealed pictures",
        _recompute,
    )
    again.add_argument("--review-passphrase-file", type=Path, metavar="FILE")


def _add(context: Context, chosen: argparse.Namespace) -> None:
    password = secret(chosen.password_file, None, f"Password for {chosen.login}", confirm=True)
    with context.console() as console:
        people.add_user(console, chosen.login, chosen.name, chosen.role, password)
    print(f"{chosen.login} is {chosen.role}")


def _list(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        show(people.list_users(console), chosen.json)


def _password(context: Context, chosen: argparse.Namespace) -> None:
    password = secret(chosen.password_file, None, f"New password for {chosen.login}", confirm=True)
    with context.console() as console:
        people.set_password(console, chosen.login, password)


def _role(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        people.set_role(console, chosen.login, chosen.role)


def _disable(context: Context, chosen: argparse.Namespace) -> None:
    with context.console() as console:
        people.disable(console, chosen.login)


def _import(context: Context, chosen: argparse.Namespace) -> int:
    """Exit code 1 if any line or picture was refused; the others are imported."""
    with context.console() as console:
        report = people.import_students(console, chosen.file, enrolment.enrol_when_needed(console.settings))
        place = chosen.report or chosen.file.with_name(f"{chosen.file.stem}-report.csv")
        enrolment.write_report(place, report.rows)
    print(f"{report.added} added, {report.updated} updated, {report.pictures} reference pictures enrolled")
    print(f"each line's result: {place}")
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.problems else 0


def _recompute(context: Context, chosen: argparse.Namespace) -> int:
    """Exit code 1 if a student's template stays one of another model: a person decides about that student."""
    passphrase = secret(chosen.review_passphrase_file, context.review_passphrase, "Review passphrase")
    with context.console() as console:
        identity = open_review_identity(console.settings.folder, passphrase)
        made, left = enrolment.recompute(console, identity, enrolment.enrol_when_needed(console.settings))
    print(f"{made} templates made anew")
    for sentence in left:
        print(sentence, file=sys.stderr)
    return 1 if left else 0
