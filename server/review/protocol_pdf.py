"""Lays the protocol out on A4 with fpdf2; the DejaVu fonts of the front-end packages have all Kazakh letters and are
embedded as far as they are used."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import FontFace
from PIL import Image, UnidentifiedImageError

from evidence.coverage import Gap
from server.clock import parse
from server.review import break_words
from server.review.coverage_lines import gap_key
from server.review.protocol_facts import Facts
from server.review.texts import ZONE_NAME, Texts

FONTS = Path("dejavu-fonts-ttf/ttf")
FACES = {"": "DejaVuSansCondensed.ttf", "B": "DejaVuSansCondensed-Bold.ttf"}
MARGIN = 18.0  # mm
LINE = 5.2
PICTURE = (38.0, 44.0)  # mm, of a face
MOMENT_PICTURE = (58.0, 34.0)
MOST_TEXT = 1500  # letters of one hostile text
MOST_PIXELS = 20_000_000
NAMED_FLAGS = ("identity", "commitment", "second_opinion")  # one sentence says all of them
LANGUAGE_TAGS = {"kk": "kk-KZ", "ru": "ru-KZ", "en": "en-GB"}


class _Paper(FPDF):
    def __init__(self, fonts: Path, foot: str, page_word: str) -> None:
        super().__init__(format="A4")
        self.set_margins(MARGIN, 16, MARGIN)
        self.set_auto_page_break(True, margin=20)
        for style, name in FACES.items():
            self.add_font("Text", style, fonts / name)
        self._foot, self._page_word = foot, page_word

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("Text", "", 7.5)
        self.set_text_color(90)
        self.cell(0, 4, self._foot, align=Align.L)
        self.set_x(MARGIN)
        self.cell(0, 4, self._page_word.format(n=self.page_no()), align=Align.R)
        self.set_text_color(0)

    def heading(self, text: str, room: float = 45) -> None:
        """Not left alone at the foot of a page: ``room`` mm are to be free below its top."""
        self.ln(2.5)
        if self.get_y() > self.h - room:
            self.add_page()
        self.set_font("Text", "B", 11)
        self.cell(0, 6.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(150)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self.ln(1.5)

    def text_line(self, text: str, size: float = 9.5, style: str = "") -> None:
        self.set_font("Text", style, size)
        self.multi_cell(
            0, LINE * size / 9.5, clean(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            wrapmode=WrapMode.WORD,
        )  # fmt: skip

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        self.set_font("Text", "", 9.5)
        with self.table(
            borders_layout=TableBordersLayout.NONE, col_widths=(52, 122), first_row_as_headings=False,
            line_height=LINE, text_align=(Align.L, Align.L), padding=(0.4, 1, 0.4, 0),
        ) as table:  # fmt: skip
            for name, value in rows:
                row = table.row()
                row.cell(name, style=FontFace(color=(80, 80, 80)))
                row.cell(clean(value) or "–")

    def grid(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        self.set_font("Text", "", 8.5)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, col_widths=tuple(widths), line_height=4.6,
            text_align=Align.L, headings_style=FontFace(emphasis="BOLD"), padding=(0.6, 1.2),
        ) as table:  # fmt: skip
            table.row(list(head))
            for row in rows:
                table.row([clean(cell) or "–" for cell in row])
        self.ln(1)


def make(facts: Facts, t: Texts, packages: Path) -> bytes:
    """The finished PDF."""
    row = facts.page.row
    foot = t("protocol.foot", session=row["id"], when=t.date_time(facts.made_at), zone=ZONE_NAME)
    paper = _Paper(packages / FONTS, foot, t("protocol.page"))
    paper.set_lang(LANGUAGE_TAGS[t.language])
    paper.set_title(t("protocol.title"))
    paper.set_author(clean(facts.institution))
    paper.set_creation_date(parse(facts.made_at))
    paper.add_page()
    _head(paper, facts, t)
    _identity(paper, facts, t)
    _coverage(paper, facts, t)
    _moments(paper, facts, t)
    _decisions(paper, facts, t)
    _verification(paper, facts, t)
    _signatures(paper, facts, t)
    return bytes(paper.output())


def _head(paper: _Paper, facts: Facts, t: Texts) -> None:
    row = facts.page.row
    paper.text_line(facts.institution, 10)
    paper.ln(2)
    paper.text_line(t("protocol.title"), 16, "B")
    paper.ln(1)
    answered = sum(bool(question.revisions) for question in facts.page.answers or [])
    paper.pairs(
        [
            (t("protocol.exam"), row["exam_title"]),
            (t("protocol.student"), f"{row['student_name']} ({row['student_number']})"),
            (t("protocol.proctor"), facts.proctor),
            (t("protocol.order"), facts.order_number),
            (t("protocol.window"), t.span(facts.seat["opens_at"], facts.seat["closes_at"])),
            (t("protocol.opened"), t.date_time(row["opened_at"])),
            (t("protocol.began"), t.date_time(row["started_at"])),
            (t("protocol.handed_in"), t.date_time(row["handed_in_at"])),
            (t("protocol.answers"), t("protocol.answered", n=answered, of=len(facts.page.answers or []))),
            (t("protocol.outcome"), t(f"verdict.{facts.page.case.outcome}")),
        ]
    )
    paper.text_line(t("protocol.zone", zone=ZONE_NAME), 8)
    if facts.page.is_simulated:
        paper.text_line(t("simulated.long"), 9.5, "B")


def _identity(paper: _Paper, facts: Facts, t: Texts) -> None:
    paper.heading(t("identity.title"))
    found = facts.page.identity
    if facts.page.row["erased_at"]:
        paper.text_line(t("own.erased", when=t.date_time(facts.page.row["erased_at"])))
        return
    paper.text_line(t(f"identity.outcome.{found.outcome}") if found else t("identity.nothing"))
    if found and found.distance is not None and found.distance_limit is not None:
        numbers = {"distance": t.number(found.distance, 2), "limit": t.number(found.distance_limit, 2)}
        paper.text_line(t("identity.distance", n=found.compared, **numbers), 8.5)
    shown = [(t("protocol.reference"), facts.reference)]
    shown += [(t("identity.check_in", n=n), data) for n, data in enumerate((found.pictures if found else ())[:3], 1)]
    _pictures(paper, [(word, data) for word, data in shown if data], PICTURE)


def _coverage(paper: _Paper, facts: Facts, t: Texts) -> None:
    paper.heading(t("proof.title"))
    rows = []
    for line in facts.page.coverage:
        gaps = [_gap(facts, gap, t) for gap in line.claimed.gaps]
        if line.short:
            gaps.append(t("proof.short", time=t.number(line.short, 2 if line.short >= 0.01 else 3)))
        opened = "–" if line.opened is None else t.percent(line.opened)
        gaps_text = "\n".join(gaps) or t("proof.no_gaps")
        rows.append((stream_word(t, line.stream), t.percent(line.claimed.ratio), opened, gaps_text))
    head = (t("proof.stream"), t("proof.claimed"), t("proof.opened"), t("proof.gaps"))
    paper.grid(head, rows, (26, 27, 27, 94))
    paper.text_line(t("proof.levels"), 8)
    said = break_words.sentences(facts.page.breaks, t, facts.names)
    if said:
        paper.ln(1.5)
        paper.text_line(t("break.list"), 9.5, "B")
        for sentence in said:
            paper.text_line(sentence, 9)
        paper.text_line(t("break.recorded"), 8)


def _gap(facts: Facts, gap: Gap, t: Texts) -> str:
    time = t.duration((gap.to_ms - gap.from_ms) / 1000)
    cause = t.get(f"cause.{gap.cause}", gap.cause)
    key = gap_key(gap, facts.page.rests)
    return t(key, **{"from": t.clock(facts.page.walls[gap.from_ms]), "time": time, "cause": cause})


def _moments(paper: _Paper, facts: Facts, t: Texts) -> None:
    confirmed = [flag for flag in facts.page.flags if flag["state"] == "confirmed"]
    paper.heading(t("protocol.moments"), 92 if confirmed and facts.pictures.get(confirmed[0]["id"]) else 45)
    others = len(facts.page.flags) - len(confirmed)
    for flag in confirmed:
        if facts.pictures.get(flag["id"]) and paper.get_y() > paper.h - 80:
            paper.add_page()  # a moment stays with its pictures
        paper.text_line(f"{t.clock(facts.page.walls[flag['from_ms']])}   {flag_words(t, flag)}", 9.5, "B")
        for entry in flag["decisions"]:
            state = t(f"flags.state.{entry['state']}")
            said = t("flags.decision", who=_name(facts, entry["by"]), when=t.date_time(entry["at"]), state=state)
            paper.text_line(f"{said}. {entry['reason']}", 9)
        shown = [(stream_word(t, stream), data) for stream, _, data in facts.pictures.get(flag["id"], [])]
        _pictures(paper, shown, MOMENT_PICTURE)
    if not confirmed:
        paper.text_line(t("protocol.no_moments"))
    if others:
        paper.text_line(t("protocol.others", n=others), 8.5)


def _decisions(paper: _Paper, facts: Facts, t: Texts) -> None:
    paper.heading(t("protocol.decisions"))
    rows = [
        (
            t(f"verdict.stage.{entry['stage']}"), _name(facts, entry["by"]), t.date_time(entry["at"]),
            t(f"verdict.{entry['outcome']}"), entry["reason"],
        )
        for entry in facts.page.case.rows
    ]  # fmt: skip
    head = ("", t("protocol.who"), t("protocol.when"), t("protocol.outcome"), t("protocol.reason"))
    paper.grid(head, rows, (24, 32, 30, 26, 62))
    for said in facts.page.statements:
        paper.text_line(f"{t('own.kind.' + said['kind'])}, {t.date_time(said['at'])}. {said['text']}", 9)
    paper.text_line(t("own.person"), 8)


def _verification(paper: _Paper, facts: Facts, t: Texts) -> None:
    paper.heading(t("verification.title"))
    verified, row = facts.page.verified, facts.page.row
    if verified is None:
        paper.text_line(t("protocol.unverified"))
    else:
        report = verified.report
        good = "verification.erased" if report.erased else "verification.good"
        paper.text_line(t(good if report.ok else "verification.bad"), 9.5, "B")
        numbers = {"lines": report.lines, "segments": report.segments, "receipts": report.receipts}
        counts = {name: t.number(value) for name, value in numbers.items()}
        paper.text_line(t("verification.counts", at=t.date_time(verified.at), **counts), 8.5)
        for problem in report.problems[:8]:
            paper.text_line(f"{t.problem(problem.code)} {problem.where} · {problem.code}", 8.5)
    paper.text_line(f"{t('proof.receipt')} {row['receipt_code'] or '–'}")
    paper.text_line(t("protocol.head", digest=row["ledger_digest"]), 7.5)


def _signatures(paper: _Paper, facts: Facts, t: Texts) -> None:
    paper.heading(t("protocol.signatures"))
    if paper.get_y() > paper.h - 62:
        paper.add_page()
    people = [(t("protocol.sign.proctor"), facts.proctor)]
    people += [
        (t(f"verdict.stage.{entry['stage']}"), _name(facts, entry["by"])) for entry in facts.page.case.rows
    ]  # fmt: skip
    people += [(t("protocol.sign.student"), facts.page.row["student_name"])]
    for role, name in people:
        paper.ln(5)
        if paper.get_y() > paper.h - 32:
            paper.add_page()
        y = paper.get_y()
        paper.set_font("Text", "", 9)
        paper.cell(70, LINE, fitted(paper, f"{role}: {clean(name)}", 68))
        paper.line(MARGIN + 74, y + LINE, MARGIN + 134, y + LINE)
        paper.line(MARGIN + 140, y + LINE, paper.w - MARGIN, y + LINE)
        paper.ln(LINE + 0.5)
        paper.set_font("Text", "", 6.5)
        paper.set_x(MARGIN + 74)
        paper.cell(66, 3, t("protocol.signature"))
        paper.cell(30, 3, t("protocol.date"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _pictures(paper: _Paper, shown: Sequence[tuple[str, bytes]], size: tuple[float, float]) -> None:
    """In one row, their words below; one that cannot be read is left out and said so."""
    if not shown:
        return
    width, height = size
    if paper.get_y() + height + 8 > paper.h - 20:
        paper.add_page()
    top, x = paper.get_y() + 1, MARGIN
    for word, data in shown:
        picture = readable(data)
        paper.set_draw_color(180)
        paper.rect(x, top, width, height)
        if picture is not None:
            paper.image(picture, x, top, width, height, keep_aspect_ratio=True, alt_text=word)
        paper.set_font("Text", "", 7.5)
        paper.set_xy(x, top + height + 0.5)
        paper.cell(width, 4, fitted(paper, word, width))
        x += width + 4
    paper.set_xy(MARGIN, top + height + 6)


def readable(data: bytes) -> Image.Image | None:
    """The picture, decoded here so that a damaged one cannot stop the paper; None if it is none."""
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > MOST_PIXELS:
            return None
        return picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def fitted(paper: FPDF, text: str, width: float) -> str:
    """Cut to ``width`` mm in the font that is set."""
    if paper.get_string_width(text) <= width:
        return text
    while text and paper.get_string_width(text + "…") > width:
        text = text[:-1]
    return text + "…"


def clean(text: object) -> str:
    """Hostile text as plain letters: no control or direction characters, composed, at most ``MOST_TEXT`` letters."""
    composed = unicodedata.normalize("NFC", str(text or ""))
    kept = "".join(
        letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " " for letter in composed[:MOST_TEXT]
    )
    return kept.strip()


def stream_word(t: Texts, name: str) -> str:
    kind, _, number = name.partition("-")
    return t("stream.screen", n=number or 1) if kind == "screen" else t.get(f"stream.{kind}", name)


def flag_words(t: Texts, flag: Mapping[str, Any]) -> str:
    """The sentence of a moment, as on the session's page."""
    time, values = t.duration((flag["to_ms"] - flag["from_ms"]) / 1000), flag["values"]
    if flag["kind"] == "watching":
        sentence = t.get(f"flag.watching.{values.get('rule')}", "")
        return sentence.format(time=time) if sentence else t("flag.other")
    if flag["kind"] == "gap":
        return t("flag.gap", time=time, stream=stream_word(t, flag["stream"]))
    if flag["kind"] == "focus":
        return t("flag.focus", time=time)
    if flag["kind"] == "unopened":
        return t("flag.unopened", stream=stream_word(t, flag["stream"]))
    return t(f"flag.{flag['kind']}") if flag["kind"] in NAMED_FLAGS else t("flag.other")


def _name(facts: Facts, login: str) -> str:
    return facts.names.get(login, login)
