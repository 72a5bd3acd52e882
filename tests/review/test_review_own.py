"""The student's own page over HTTP: what is shown, when, to whom; what can be written; who may open what at all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from recorded_session import START
from review_hall import PASSWORD, Hall
from review_site import Visitor, open_all
from sqlalchemy import Connection, insert, select, update

from server import accounts, audit, schema
from server.admin import audit_check
from server.clock import iso
from server.retention import Hold, kept

OUTCOME = "Парақтан оқыды: 09:41 және 09:44"


def statements(hall: Hall) -> list[tuple[str, str]]:
    rows = hall.database.read(lambda c: c.execute(select(schema.statements).order_by(schema.statements.c.at)).all())
    return [(row.kind, row.text) for row in rows]


@pytest.fixture
def handed_in(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record()
    open_all(visitor.site)
    return visitor


@pytest.fixture
def accused(hall: Hall, handed_in: Visitor) -> Visitor:
    """Two people found a violation; the student sits in front of the browser."""
    flag = hall.database.read(lambda c: c.execute(select(schema.flags.c.id)).scalars().first())
    page = handed_in.as_person("proctor").page("/sessions/sess1")
    handed_in.post(f"/sessions/sess1/flags/{flag}", page, state="confirmed", reason="Парақ көрініп тұр")
    handed_in.judge("proctor", "violation", OUTCOME)
    handed_in.judge("proctor2", "violation", "Камерада парақ бар")
    return handed_in.as_person("s1")


def say(visitor: Visitor, kind: str, text: str = "Бұл – қаралама парақ") -> int:
    return visitor.post("/my/sess1/statements", visitor.page("/my/sess1"), kind=kind, text=text).status_code


def test_a_student_comes_to_the_own_sessions_alone(hall: Hall, handed_in: Visitor) -> None:
    hall.student("s2", "Ұлан Басқа")
    hall.record("sess2", "s2")
    handed_in.as_person("s1")
    assert handed_in.get("/").headers["location"] == "/my"
    page = handed_in.page("/my")
    assert "/my/sess1" in page and "sess2" not in page
    assert handed_in.get("/my/sess2").status_code == 404
    page = handed_in.page("/my/sess1")
    assert handed_in.post("/my/sess2/statements", page, kind="answer", text="x").status_code == 404


def test_the_page_tells_coverage_receipt_and_retention(hall: Hall, handed_in: Visitor) -> None:
    code = hall.database.read(lambda c: c.execute(select(schema.sessions.c.receipt_code)).scalar())
    page = handed_in.as_person("s1").page("/my/sess1")
    assert page.count("data-coverage=") == 3
    assert f'id="receipt">{code}<' in page
    assert "2026 ж. 20 желтоқсан" in page, "30 days after hand-in"
    assert "<canvas" not in page and "/media/" not in page


def test_who_watched_is_named(handed_in: Visitor) -> None:
    handed_in.as_person("proctor")
    assert handed_in.media("sess1", "index", handed_in.view("sess1")).status_code == 200
    page = handed_in.as_person("s1").page("/my/sess1")
    assert "Әсел Нұрланқызы" in page.split('id="watched"')[1]


def test_nothing_is_told_before_it_is_final(hall: Hall, handed_in: Visitor) -> None:
    handed_in.judge("proctor", "violation", OUTCOME)
    page = handed_in.as_person("s1").page("/my/sess1")
    assert OUTCOME not in page and "Бұзушылық</p>" not in page
    assert "шешім шығарды" not in page, "not even that one of two has decided"
    assert 'id="appeal"' not in page
    assert say(handed_in, "appeal") == 409


def test_a_final_outcome_comes_with_its_reasons(accused: Visitor) -> None:
    page = accused.page("/my/sess1")
    assert OUTCOME in page and "Парақ көрініп тұр" in page and 'id="appeal"' in page


def test_an_appeal_goes_to_the_commission_and_holds_the_recording(hall: Hall, accused: Visitor) -> None:
    assert say(accused, "appeal") == 303
    assert say(accused, "appeal") == 409, "one is enough"
    page = accused.page("/my/sess1")
    assert OUTCOME not in page and "Апелляцияңыз комиссияда" in page
    assert hall.database.read(lambda c: kept(c, iso(hall.clock.now()), "sess1"))[0].hold is Hold.COMMISSION
    page = accused.as_person("commission").page("/sessions/sess1")
    assert "Бұл – қаралама парақ" in page and OUTCOME in page
    hall.clock.moment += timedelta(minutes=1)
    accused.judge("commission", "no_violation", "Қаралама парақ рұқсат етілген")
    page = accused.as_person("s1").page("/my/sess1")
    assert "Қаралама парақ рұқсат етілген" in page and OUTCOME not in page
    assert 'id="appeal"' not in page, "the commission has the last word"
    assert hall.database.read(audit_check.check_database).problems == []


def test_the_window_for_an_appeal_closes(hall: Hall, accused: Visitor) -> None:
    held = hall.database.read(lambda c: c.execute(select(schema.sessions.c.held_until)).scalar())
    assert held >= iso(hall.clock.now() + timedelta(days=hall.settings.appeal_days) - timedelta(seconds=1))
    hall.clock.moment += timedelta(days=hall.settings.appeal_days, minutes=1)
    accused.as_person("s1")
    assert 'id="appeal"' not in accused.page("/my/sess1")
    assert say(accused, "appeal") == 409


def test_answers_and_the_wish_for_a_copy_are_kept(hall: Hall, handed_in: Visitor) -> None:
    handed_in.as_person("s1")
    assert say(handed_in, "answer", "") == 400 and say(handed_in, "order") == 400
    assert say(handed_in, "answer", "<script>alert(1)</script>") == 303
    assert say(handed_in, "copy", "") == 303 and say(handed_in, "copy", "") == 409
    assert sorted(statements(hall)) == [("answer", "<script>alert(1)</script>"), ("copy", "")]
    for who, path in (("s1", "/my/sess1"), ("proctor", "/sessions/sess1")):
        assert "<script>alert" not in handed_in.as_person(who).page(path)
    deeds = hall.database.read(lambda c: c.execute(select(schema.audit.c.action)).scalars().all())
    assert {"student-answered", "copy-asked"} <= set(deeds)


def test_a_changed_statement_is_shown(hall: Hall, handed_in: Visitor) -> None:
    handed_in.as_person("s1")
    assert say(handed_in, "answer") == 303
    hall.database.write(lambda c: c.execute(update(schema.statements).values(text="Кінәлімін")))
    codes = [problem.code for problem in hall.database.read(audit_check.check_database).problems]
    assert codes == ["statement-changed", "statement-missing"]


def test_a_code_opens_the_page_and_is_not_taken_from_an_exam(hall: Hall, visitor: Visitor) -> None:
    recorded = hall.record(running=True)

    def code(text: str, seat: str | None) -> None:
        row = {"code_hash": accounts.code_digest(text), "student": "s1", "seat": seat, "created_at": iso(START)}
        late = iso(START + timedelta(days=1))
        hall.database.write(lambda c: c.execute(insert(schema.codes).values(**row, expires_at=late)))

    def enter(text: str) -> int:
        return visitor.post("/sign-in", visitor.page("/sign-in"), code=text).status_code

    code("AAAA-BBBB-CCCC", recorded.seat)
    code("DDDD-EEEE-FFFF", None)
    assert enter("AAAA-BBBB-CCCC") == 401 and enter("no such code") == 401
    assert hall.database.read(lambda c: c.execute(select(schema.codes.c.used_at)).scalars().all()) == [None, None]
    assert enter("dddd eeee ffff") == 303
    assert "/my/sess1" in visitor.page("/my")
    visitor.sign_out()
    assert enter("DDDD-EEEE-FFFF") == 401, "spent"


PAGES = {
    "/my": {"s1"},
    "/my/sess1": {"s1"},
    "/exams": {"proctor", "commission", "teacher", "keeper"},
    "/exams/algebra": {"proctor", "commission", "teacher", "keeper"},
    "/sessions/sess1": {"proctor", "commission", "teacher"},
    "/sessions/sess1/live": {"proctor", "commission"},
    "/audit": {"keeper"},
}


@pytest.mark.parametrize("login", ["proctor", "commission", "teacher", "keeper", "s1"])
def test_each_role_opens_its_pages_and_no_other(handed_in: Visitor, login: str) -> None:
    handed_in.as_person(login)
    opened = {path for path in PAGES if handed_in.get(path).status_code == 200}
    assert opened == {path for path, people in PAGES.items() if login in people}


def test_an_administrator_reads_the_audit_chain_without_outcomes(hall: Hall, accused: Visitor) -> None:
    page = accused.as_person("keeper").page("/audit")
    assert "session/sess1" in page and OUTCOME not in page and "Тізбек бүтін" in page
    assert "session/sess1" in accused.page("/audit?q=Іңкәр")
    assert "session/sess1" not in accused.page("/audit?q=nobody-of-this-name")
    hall.database.write(lambda c: c.execute(update(schema.audit).where(schema.audit.c.n == 1).values(who="x")))
    assert "тізбек үзілген" in accused.page("/audit")


def test_each_entry_of_the_chain_says_whose_or_which(hall: Hall, accused: Visitor) -> None:
    """Also those of the exam program and of the command line, which bear the id alone."""
    deeds = {"hand-in": "sess1", "message": "algebra", "exam-import": "algebra", "student-import": "s1",
             "reference-enrol": "s1", "reference-confirm": "s1", "codes": "gone", "keys-make": "5 seats"}  # fmt: skip

    def work(connection: Connection) -> None:
        for action, subject in deeds.items():
            audit.append(connection, at=iso(START), who="console:root", action=action, subject=subject)

    hall.database.write(work)
    page = accused.as_person("keeper").page("/audit?q=console:root")
    told = re.findall(r"<td>([^<]*)<small>([^<]+)</small></td></tr>", page)
    name, title = "Іңкәр Һәкімжанова", "«Сызықтық алгебра» емтиханы"
    assert [(words.strip(), code) for words, code in reversed(told)] == [
        (f"сеанс: {name}", "sess1"), (title, "algebra"), (title, "algebra"), (f"білім алушы: {name}", "s1"),
        (f"білім алушы: {name}", "s1"), (f"білім алушы: {name}", "s1"), ("емтихан", "gone"), ("", "5 seats"),
    ]  # fmt: skip
    found = accused.page(f"/audit?q={name}")
    assert "жұмыс тапсырылды" in found and "үлгі суретті растады" in found and "емтихан жүктеді" not in found


def test_a_copy_made_on_the_command_line_stands_among_who_looked(hall: Hall, accused: Visitor) -> None:
    copied = {"who": "console:root", "action": "exported-for-student", "subject": "session/sess1"}
    hall.database.write(lambda connection: audit.append(connection, at=iso(START), **copied))
    assert "білім алушыға арналған көшірме жасады" in accused.page("/my/sess1")
    assert "білім алушыға арналған көшірме жасады" in accused.as_person("commission").page("/sessions/sess1")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_own_pages_in_every_language(accused: Visitor, language: str) -> None:
    accused.post("/language", accused.page("/my"), language=language, next="/my")
    for path in ("/my", "/my/sess1", "/my/sess1?done=appeal"):
        assert f'<html lang="{language}">' in accused.page(path)


def test_the_password_of_a_student_works_here(handed_in: Visitor) -> None:
    assert handed_in.sign_in("s1", PASSWORD).status_code == 303
