"""The protocol as PDF, read back with another library: text in three languages, pictures, hostile names, refusals."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select, update

from server import schema
from server.review.protocol_pdf import clean, readable

KAZAKH = "Әәіңғүұқөһ ІҢҒҮҰҚӨҺ"
HOSTILE = "\u202eАнна\u0000 <b>(Tj)</b> \\) 'DROP' 😀 " + "Ұ" * 90
WORDS = {
    "kk": ("Емтихан хаттамасы", "Білім алушы", "Бұйрық нөмірі", "Қолтаңбалар", "Шешімдер", "Бұзушылық", "үлгі"),
    "ru": ("Протокол экзамена", "Студент", "Номер приказа", "Подписи", "Решения", "Нарушение", "Эталон"),
    "en": ("Exam protocol", "Student", "Order number", "Signatures", "Decisions", "Violation", "eference"),
}


@pytest.fixture
def final(hall: Hall, visitor: Visitor) -> Visitor:
    hall.record()
    open_all(visitor.site)
    named = {"proctor": KAZAKH, "order_number": "№ 17-ө"}
    hall.database.write(lambda c: c.execute(update(schema.exams).values(**named)))
    page = visitor.as_person("proctor").page("/sessions/sess1")
    for flag in hall.database.read(lambda c: c.execute(select(schema.flags.c.id)).scalars().all())[:1]:
        visitor.post(f"/sessions/sess1/flags/{flag}", page, state="confirmed", reason="Параққа қарады")
    visitor.judge("proctor", "violation", "Бірінші себеп")
    visitor.judge("proctor2", "violation", "Екінші себеп")
    return visitor


def read(content: bytes) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(content), strict=True)
    return reader, re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def paper(visitor: Visitor, language: str = "kk", session: str = "sess1") -> tuple[pypdf.PdfReader, str]:
    answer = visitor.get(f"/sessions/{session}/protocol.pdf?language={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["cache-control"]
    return read(answer.content)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_its_text_in_each_language(hall: Hall, final: Visitor, language: str) -> None:
    reader, text = paper(final, language)
    code = hall.database.read(lambda c: c.execute(select(schema.sessions.c.receipt_code)).scalar())
    everywhere = ("Іңкәр Һәкімжанова", "2026-s1", "Абай университеті", KAZAKH, "№ 17-ө", "Параққа қарады", code,
                  "Бірінші себеп", "Екінші себеп", "Әсел Нұрланқызы", "Дәурен Қожа")  # fmt: skip
    for words in (*WORDS[language], *everywhere):
        assert words in text, words
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842), "A4"
    assert reader.metadata.title == WORDS[language][0]


def test_its_fonts_are_embedded_and_its_pictures_are_there(final: Visitor) -> None:
    reader, text = paper(final)
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    assert len({image.name for page in reader.pages for image in page.images}) >= 4, "reference, three of the check-in"
    assert "\ufffd" not in text


def test_hostile_names_are_letters_and_stop_nothing(hall: Hall, visitor: Visitor) -> None:
    hall.student("s9", HOSTILE)
    hall.record("sess1", "s9", hostile=HOSTILE)
    open_all(visitor.site)
    hall.database.write(lambda c: c.execute(update(schema.exams).values(title=HOSTILE, proctor=HOSTILE)))
    visitor.judge("proctor", "no_violation", HOSTILE + "\n" * 40 + "соңы")
    reader, text = paper(visitor)
    assert "Анна" in text and "<b>(Tj)</b>" in text and "соңы" in text
    assert "\u202e" not in text and len(reader.pages) <= 4


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff garbage", b"RIFF____WEBP", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_picture_is_left_out(data: bytes) -> None:
    assert readable(data) is None


def test_a_very_long_reason_is_cut_and_blank_stays_blank() -> None:
    assert len(clean("ж" * 100_000)) == 1500
    assert clean(None) == "" and clean("\x00\x1b") == ""


def test_there_is_none_before_the_outcome_is_final(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.as_person("proctor")
    assert visitor.get("/sessions/sess1/protocol.pdf").status_code == 409
    assert 'id="protocol"' not in visitor.page("/sessions/sess1")
    visitor.judge("proctor", "violation", "x")
    assert visitor.get("/sessions/sess1/protocol.pdf").status_code == 409


def test_it_is_for_those_who_may_watch_and_noted(hall: Hall, final: Visitor) -> None:
    paper(final)
    for login in ("teacher", "keeper", "s1"):
        assert final.as_person(login).get("/sessions/sess1/protocol.pdf").status_code == 403
    deeds = hall.database.read(lambda c: c.execute(select(schema.audit.c.who, schema.audit.c.action)).all())
    assert ("proctor2", "protocol") in [tuple(deed) for deed in deeds]


def test_after_erasure_it_is_made_without_pictures(hall: Hall, final: Visitor) -> None:
    hall.database.write(lambda c: c.execute(update(schema.sessions).values(erased_at="2026-11-21T00:00:00.000Z")))
    reader, text = paper(final)
    assert not [image for page in reader.pages for image in page.images]
    assert "Жазба өшірілді" in text
