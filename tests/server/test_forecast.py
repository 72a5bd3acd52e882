"""Will it fit: room for an exam's recordings, from measured sizes or from the institution's own."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from exam_hall import HandClock
from sqlalchemy import insert, update

from server.__main__ import main
from server.admin import forecast
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.schema import seats, segments, sessions

Usage = namedtuple("Usage", "total used free")
HOUR_MS = 3_600_000


def free(monkeypatch: pytest.MonkeyPatch, count: float) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(0, 0, int(count)))


def test_measured_sizes_until_there_are_own_ones(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 410e9)
    found = forecast.forecast(console, "physics")
    assert (found.students, found.hours, found.sessions) == (2, 75 / 60, 0), "ivan has 15 minutes more"
    assert found.need == round(135 * 58e6 / 60) and found.others == found.need, "statistika is still to come"
    assert found.fits
    assert found.to_text() == (
        "2 students x 1.2 h need 0.1 GB, other exams not over yet 0.1 GB; 410 GB free: it fits "
        "(58 MB per student and hour, measured by the project)"
    )
    free(monkeypatch, 2.2e9)
    short = forecast.forecast(console, "physics")
    assert not short.fits and "IT DOES NOT FIT (2.0 GB must stay free)" in short.to_text()
    with pytest.raises(CommandFailed, match="no exam"):
        forecast.forecast(console, "none")


def test_two_hundred_students_for_three_hours() -> None:
    one = forecast.Forecast(200, 3.0, 36_000_000_000, 0, 410_000_000_000, 60.0, 0)
    assert one.to_text().startswith("200 students x 3.0 h need 36 GB; 410 GB free: it fits")


def held(console: Console, count: int, megabytes: int) -> None:
    """Sessions of an hour each, held here, of so many MB."""

    def work(connection) -> None:
        connection.execute(update(seats).where(seats.c.exam == "physics").values(closes_at="2026-01-30T00:00:00.000Z"))
        student = connection.execute(seats.select()).mappings().first()["student"]
        for n in range(count):
            seat = dict(connection.execute(seats.select()).mappings().first())
            name = f"seat-old{n}"
            connection.execute(insert(exams_table()).values(**old_exam(n)))
            connection.execute(insert(seats).values(**(seat | {"id": name, "exam": f"old{n}"})))
            row = {
                "id": f"s{n}", "seat": name, "exam": f"old{n}", "student": student, "state": "handed_in",
                "nonce": "", "first_key": "", "session_key": "", "machine": "", "client_token": "", "client": {},
                "consent_version": "", "consented_at": "", "opened_at": "", "seen_at": "", "end_ms": HOUR_MS,
            }  # fmt: skip
            connection.execute(insert(sessions).values(**row))
            part = {"session": f"s{n}", "stream": "camera", "index": 0, "part": 0, "start_ms": 0, "end_ms": HOUR_MS}
            part |= {"size": megabytes * 1_000_000, "sha256": str(n), "listed_at": ""}
            connection.execute(insert(segments).values(**part))

    console.database.write(work)


def exams_table():
    from server.schema import exams

    return exams


def old_exam(n: int) -> dict[str, object]:
    return {
        "id": f"old{n}", "title": "", "sealed_paper": b"", "question_count": 1, "rehearsal": False,
        "import_report": [], "created_at": "",
    }  # fmt: skip


def test_own_sessions_count_once_there_are_enough(console: Console) -> None:
    held(console, forecast.ENOUGH_SESSIONS - 1, 90)
    assert forecast.forecast(console, "statistika").rate == forecast.MEASURED_MB_PER_HOUR


def test_own_sessions_are_believed(console: Console) -> None:
    held(console, forecast.ENOUGH_SESSIONS, 90)
    found = forecast.forecast(console, "statistika")
    assert (found.rate, found.sessions, found.students) == (90.0, forecast.ENOUGH_SESSIONS, 2)
    assert "5 sessions held here" in found.to_text()
    assert forecast.forecast(console, "physics").students == 0, "over"


def test_the_commands_say_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: HandClock
) -> None:
    with opened(root, clock, "tests") as console:
        soon = update(seats).values(closes_at="2099-01-01T00:00:00.000Z")
        console.database.write(lambda connection: connection.execute(soon))
        console.database.write(
            lambda connection: connection.execute(seats.delete().where(seats.c.exam == "statistika"))
        )
    free(monkeypatch, 410e9)
    assert main(["--data", str(root), "forecast", "physics"]) == 0
    assert "2 students x 1.2 h" in capsys.readouterr().out
    free(monkeypatch, 1e9)
    assert main(["--data", str(root), "forecast", "physics", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["fits"] is False
    plan = ("schedule", "--exam", "statistika", "--opens", "now", "--closes", "now+2h", "--minutes", "60")
    assert main(["--data", str(root), *plan, "--spares", "9"]) == 1
    assert "seat keys are missing" in capsys.readouterr().err
    assert main(["--data", str(root), *plan]) == 0
    told = capsys.readouterr()
    assert "the disk is too small: 2 students x 1.0 h" in told.err and "0 seat keys to spare" in told.out
