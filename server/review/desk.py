"""The teacher's desk: the works of one exam, their marks, and the tables for the journal. No recording is opened here;
attached files are (``handed_files``).

A mark never reaches an invigilator: the right to mark is the teacher's alone, as the right to watch is the
invigilator's and the commission's.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit, marking
from server.at_rest import AtRestError, answer_purpose
from server.marking import Marked, Row, Total
from server.papers import Paper, load
from server.review import answers, csv_tables, handed_files
from server.review.access import Denied, needs
from server.review.actions import subject_of, typed
from server.review.lists import session_query, state_of
from server.review.pages import render
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import answers as answers_table
from server.schema import exams, marks, sessions, users

MAX_COMMENT = 4000
# Columns of the journals. Moodle: its own grade import. Platonus and UNIVER take a login, a name and points of 100;
# their column names differ from one installation to the next and can be chosen while importing.
JOURNALS = {
    "moodle": (",", ("Username", "ID number", "Full name", "{exam}", "Feedback")),
    "platonus": (";", ("Логин", "ФИО", "Балл")),
    "univer": (";", ("ID", "ФИО", "Балл (100)")),
}


@dataclass(frozen=True)
class Work:
    """One student's work. ``entries`` in the order of the paper."""

    row: Mapping[str, Any]
    state: str
    values: Mapping[str, object]
    entries: list[Marked]
    total: Total

    @property
    def percent(self) -> int | None:
        """Of 100; None while a mark is missing or the exam goes on: what is answered so far is no result."""
        return None if self.row["state"] == "open" else self.total.percent


@needs(May.MARK)
async def show_exam(request: Request) -> Response:
    site, exam = site_of(request), request.path_params["exam"]
    title, markers, works = await run_in_threadpool(works_of, site, exam)
    return render(request, "desk.html", exam=exam, title=title, markers=markers, works=works, journals=list(JOURNALS))


@needs(May.MARK)
async def download(request: Request) -> Response:
    """The journal's table; who is not marked yet has an empty cell, never a zero."""
    site, exam, kind = site_of(request), request.path_params["exam"], request.query_params.get("for", "")
    if kind not in JOURNALS:
        raise Denied(404, "denied.not_found")
    title, markers, works = await run_in_threadpool(works_of, site, exam)
    who = request.state.person.login
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=who, action="marks-exported", subject=f"exam/{exam}", details={"for": kind}
        )
    )
    return csv_tables.answer(f"marks-{exam}-{kind}.csv", journal(kind, title, works, who, markers))


def journal(kind: str, title: str, works: list[Work], login: str, markers: int) -> str:
    """``login`` reads no comment of another marker before both are done."""
    delimiter, head = JOURNALS[kind]
    rows: list[list[object]] = []
    for work in works:
        percent = work.percent
        given = [row for entry in work.entries for row in marking.visible(entry, login, markers)]
        comments = " · ".join(row["comment"] for row in given if row["comment"])
        login, name, number = work.row["login"], work.row["student_name"], work.row["student_number"]
        rows.append([login, number, name, percent, comments] if kind == "moodle" else [login, name, percent])
        if kind == "univer":
            rows[-1][0] = number
    return csv_tables.table([csv_tables.cell(word.format(exam=title)) for word in head], rows, delimiter=delimiter)


@needs(May.MARK)
async def show_work(request: Request) -> Response:
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    work, markers = await run_in_threadpool(work_of, site, session)
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=person.login, action="read-answers", subject=subject_of(session)
        )
    )
    files = await run_in_threadpool(handed_files.of_session, site, session, work.values)
    shown = [(entry, marking.visible(entry, person.login, markers)) for entry in work.entries]
    return render(
        request, "desk_work.html", work=work, shown=shown, markers=markers, words=answers.words, plain=answers.plain,
        files=files,
        open_to={entry.question.id for entry in work.entries if marking.may_mark(entry, person.login, markers)},
    )  # fmt: skip


@needs(May.MARK)
async def give_mark(request: Request) -> Response:
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    form = await request.form()
    number, comment = request.path_params["question"], typed(form.get("comment"), MAX_COMMENT)
    work, markers = await run_in_threadpool(work_of, site, session)
    entry = next((entry for entry in work.entries if entry.question.id == number), None)
    if entry is None:
        raise Denied(404, "denied.not_found")
    if work.row["state"] == "open":
        raise Denied(409, "denied.not_handed_in")
    points = points_of(str(form.get("points", "")), entry.question.points)

    def write(connection: Connection) -> None:
        now = site.now()
        rows = _marks(connection, select(sessions.c.id).where(sessions.c.id == session)).get(session, [])
        newest = marking.marked(
            entry.question, work.values.get(number), [row for row in rows if row["question"] == number], markers
        )
        if not marking.may_mark(newest, person.login, markers):
            raise Denied(409, "denied.marked")
        given = {"session": session, "question": number, "points": points, "comment": comment, "by": person.login}
        connection.execute(insert(marks).values(id=secrets.token_hex(16), at=now, **given))
        details = {"question": number, "points": points, "comment": comment}
        audit.append(
            connection, at=now, who=person.login, action="marked", subject=subject_of(session), details=details
        )

    await site.database.write_async(write)
    return RedirectResponse(f"/sessions/{session}/marks#question-{number}", status_code=303)


def points_of(text: str, most: float) -> float:
    """Between 0 and ``most``, comma or dot. Raises ``Denied``."""
    try:
        points = float(text.replace(",", ".").strip())
    except ValueError:
        raise Denied(400, "denied.points") from None
    if not 0 <= points <= most:  # also false for what is no number
        raise Denied(400, "denied.points")
    return round(points, 2)


def works_of(site: Site, exam: str) -> tuple[str, int, list[Work]]:
    """Title, number of markers, works by name. Raises ``Denied`` (404, or 409 if the paper cannot be opened)."""

    def read(connection: Connection) -> tuple[str, int, list[Work]]:
        row = connection.execute(select(exams.c.title, exams.c.markers).where(exams.c.id == exam)).first()
        if row is None:
            raise Denied(404, "denied.not_found")
        paper = _paper(site, connection, exam)
        query = _work_query().where(sessions.c.exam == exam).order_by(users.c.name, sessions.c.opened_at)
        found = [dict(entry) for entry in connection.execute(query).mappings()]
        here = select(sessions.c.id).where(sessions.c.exam == exam)
        values, given = _values(site, connection, here), _marks(connection, here)
        works = [
            _work(entry, paper, values.get(entry["id"], {}), given.get(entry["id"], []), row.markers) for entry in found
        ]
        return row.title, row.markers, works

    return site.database.read(read)


def work_of(site: Site, session: str) -> tuple[Work, int]:
    """One work and the number of markers. Raises ``Denied`` like ``works_of``."""

    def read(connection: Connection) -> tuple[Work, int]:
        row = connection.execute(_work_query().where(sessions.c.id == session)).mappings().first()
        if row is None:
            raise Denied(404, "denied.not_found")
        markers = connection.execute(select(exams.c.markers).where(exams.c.id == row["exam"])).scalar_one()
        paper, here = _paper(site, connection, row["exam"]), select(sessions.c.id).where(sessions.c.id == session)
        values = _values(site, connection, here).get(session, {})
        return _work(dict(row), paper, values, _marks(connection, here).get(session, []), markers), markers

    return site.database.read(read)


def _work_query() -> Select[Any]:
    return session_query().add_columns(users.c.login)


def _paper(site: Site, connection: Connection, exam: str) -> Paper:
    try:
        return load(connection, site.at_rest, exam)
    except AtRestError:
        raise Denied(409, "answers.locked") from None


def _work(row: Mapping[str, Any], paper: Paper, values: Mapping[str, object], given: list[Row], markers: int) -> Work:
    entries = marking.of_session(paper, values, given, markers)
    return Work(row, state_of(row), values, entries, marking.total(entries))


def _values(site: Site, connection: Connection, here: Select[Any]) -> dict[str, dict[str, object]]:
    """By session the newest answer to each question; one that cannot be opened is left to a person by being unreadable
    text. ``here``: a query of session ids."""
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    columns = (
        answers_table.c.session,
        answers_table.c.question,
        answers_table.c.revision,
        answers_table.c.sealed_value,
    )
    query = select(*columns).where(answers_table.c.session.in_(here)).order_by(answers_table.c.revision)
    for row in [dict(row) for row in connection.execute(query).mappings()]:
        newest[row["session"], row["question"]] = row
    found: dict[str, dict[str, object]] = {}
    for (session, question), last in newest.items():
        purpose = answer_purpose(session, question, last["revision"])
        try:
            value = json.loads(site.at_rest.open(purpose, last["sealed_value"]))
        except (AtRestError, ValueError):
            value = "\ufffd"
        found.setdefault(session, {})[question] = value
    return found


def _marks(connection: Connection, here: Select[Any]) -> dict[str, list[Row]]:
    query = select(marks).where(marks.c.session.in_(here)).order_by(marks.c.at)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["session"], []).append(dict(row))
    return found
