"""Reads an exam from Moodle XML. The file is a stranger's: no DTD, no entities, no network, no script."""

from __future__ import annotations

import base64
import binascii
import html
import math
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from server import moodle_files
from server.papers import KINDS, Choice, Paper, Question
from server.question_html import Pictures, clean, plain_to_html

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_QUESTIONS = 1000
MAX_CHOICES = 100

_SILENT_KINDS = ("category",)  # a folder in Moodle's question bank, nothing a student would see
_TRUE_FALSE: Mapping[str, tuple[str, str]] = {
    "kk": ("Дұрыс", "Бұрыс"),
    "ru": ("Верно", "Неверно"),
    "en": ("True", "False"),
}


class ImportRefused(Exception):
    """The file as a whole cannot be imported; the text says why."""


@dataclass(frozen=True)
class Remark:
    """Something the teacher must know: ``kind`` unsupported, changed or broken."""

    question: str
    kind: str
    text: str


@dataclass
class Imported:
    paper: Paper
    remarks: list[Remark] = field(default_factory=list)


def read(content: bytes, *, title: str, language: str = "en", shuffle_questions: bool = False) -> Imported:
    """Every question of a supported kind, and a remark for each that is not. Raises ``ImportRefused``."""
    root = _parse(content)
    pictures = Pictures()
    remarks: list[Remark] = []
    questions: list[Question] = []
    for element in root.iterchildren("question"):
        kind = element.get("type", "")
        if kind in _SILENT_KINDS:
            continue
        name = _text(element.find("name")).strip() or f"question {len(questions) + len(remarks) + 1}"
        if kind not in KINDS:
            remarks.append(Remark(name, "unsupported", f"questions of kind “{kind}” cannot be shown; left out"))
            continue
        if len(questions) >= MAX_QUESTIONS:
            raise ImportRefused(f"more than {MAX_QUESTIONS} questions")
        found = _question(_Source(element, f"q{len(questions) + 1}", kind, name, language), pictures, remarks)
        if found is not None:
            questions.append(found)
    if not any(question.kind != "description" for question in questions):
        raise ImportRefused("no question that can be answered was found" + _listed(remarks))
    return Imported(Paper(title, questions, pictures.kept, shuffle_questions), remarks)


def _listed(remarks: list[Remark]) -> str:
    return "".join(f"\n  {remark.question}: {remark.text}" for remark in remarks)


def _parse(content: bytes) -> etree._Element:
    if len(content) > MAX_FILE_BYTES:
        raise ImportRefused(f"the file is larger than {MAX_FILE_BYTES // 1024**2} MiB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        # A text node of more than 10 MB (a large picture) needs huge_tree, which also lifts the guard
        # against entity bombs; without a DOCTYPE there are no entities to fear.
        root = _parse_large(content, error)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImportRefused("the file has a DOCTYPE; entities and outside definitions are not allowed")
    if root.tag != "quiz":
        raise ImportRefused("this is not a Moodle XML file: it does not start with <quiz>")
    return root


def _parse_large(content: bytes, first_error: Exception) -> etree._Element:
    if b"\x00" in content[:200] or b"<!" in content.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
        hint = "; entities and outside definitions are not allowed" if b"<!DOCTYPE" in content[:4096] else ""
        raise ImportRefused(f"the file cannot be read: {first_error}{hint}") from first_error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused(f"the file is not well-formed XML: {error}") from error


@dataclass(frozen=True)
class _Source:
    element: etree._Element
    id: str
    kind: str
    name: str
    language: str


def _question(source: _Source, pictures: Pictures, remarks: list[Remark]) -> Question | None:
    body = _html(source.element.find("questiontext"), source, pictures, remarks)
    choices: list[Choice] = []
    accepted: list[str] = []
    shuffle = False
    handed = moodle_files.read(source.element) if source.kind == "essay" else moodle_files.Handed(True, None)
    if handed.broken:
        remarks.append(Remark(source.name, "broken", handed.broken))
        return None
    remarks += [Remark(source.name, "changed", text) for text in handed.changed]
    if source.kind == "multichoice":
        choices = list(_choices(source, pictures, remarks))
        shuffle = _flag(source.element, "shuffleanswers")
        if not 2 <= len(choices) <= MAX_CHOICES:
            remarks.append(Remark(source.name, "broken", f"has {len(choices)} answers to choose from; left out"))
            return None
    elif source.kind == "truefalse":
        choices = _true_false(source)
    elif source.kind == "shortanswer":
        accepted = [_text(answer).strip() for answer in source.element.iterchildren("answer") if _fraction(answer) > 0]
    return Question(
        id=source.id,
        kind=source.kind,
        name=source.name,
        html=body,
        points=0.0 if source.kind == "description" else _points(source.element),
        single=source.kind != "multichoice" or _flag(source.element, "single"),
        shuffle=shuffle,
        choices=choices,
        accepted=accepted,
        text=handed.text,
        files=handed.files,
    )


def _choices(source: _Source, pictures: Pictures, remarks: list[Remark]) -> Iterator[Choice]:
    for answer in source.element.iterchildren("answer"):
        yield Choice(secrets.token_hex(4), _html(answer, source, pictures, remarks), _fraction(answer))


def _true_false(source: _Source) -> list[Choice]:
    right = {_text(answer).strip().lower(): _fraction(answer) for answer in source.element.iterchildren("answer")}
    words = _TRUE_FALSE.get(source.language, _TRUE_FALSE["en"])
    return [Choice(id_, words[place], right.get(id_, 0.0)) for place, id_ in enumerate(("true", "false"))]


def _html(holder: etree._Element | None, source: _Source, pictures: Pictures, remarks: list[Remark]) -> str:
    """The holder's text as safe HTML, its pictures named ``senim:picture/<name>``."""
    if holder is None:
        return ""
    text = _text(holder)
    if holder.get("format") == "plain_text":
        return plain_to_html(text)
    names: dict[str, str] = {}
    for file in holder.iterchildren("file"):
        names |= _file(file, pictures, source, remarks)
    cleaned = clean(_inline(text, names, pictures), set(pictures.kept))
    if cleaned.removed:
        remarks.append(Remark(source.name, "changed", "removed from its text: " + ", ".join(cleaned.removed)))
    return cleaned.html


def _file(file: etree._Element, pictures: Pictures, source: _Source, remarks: list[Remark]) -> dict[str, str]:
    name = file.get("name", "")
    try:
        if file.get("encoding", "base64") != "base64":
            raise ValueError("is not in base64")
        content = base64.b64decode("".join((file.text or "").split()), validate=True)
        return {name: pictures.add(content)}
    except (ValueError, binascii.Error) as error:
        remarks.append(Remark(source.name, "changed", f"picture “{name[:80]}” left out: {error}"))
        return {}


_PLUGIN_FILE = re.compile(r"@@PLUGINFILE@@/([^\"'<>\s?]+)(?:\?[^\"'<>\s]*)?")
_DATA_URI = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)


def _inline(text: str, names: Mapping[str, str], pictures: Pictures) -> str:
    """Addresses of pictures replaced by our own names; what is not known stays and is removed by cleaning."""

    def plugin_file(match: re.Match[str]) -> str:
        wanted = unquote(html.unescape(match[1])).lstrip("/")
        known = names.get(wanted) or names.get(wanted.rsplit("/", 1)[-1])
        return f"senim:picture/{known}" if known else match[0]

    def data_uri(match: re.Match[str]) -> str:
        try:
            return "senim:picture/" + pictures.add(base64.b64decode("".join(match[1].split()), validate=True))
        except (ValueError, binascii.Error):
            return match[0]

    return _DATA_URI.sub(data_uri, _PLUGIN_FILE.sub(plugin_file, text))


def _text(holder: etree._Element | None) -> str:
    found = None if holder is None else holder.find("text")
    # "".join over itertext would step into elements that do not belong into a <text>; their own text is enough.
    return "" if found is None else "".join(str(piece) for piece in found.itertext())


def _fraction(answer: etree._Element) -> float:
    return _number(answer.get("fraction"), 0.0, -100.0, 100.0)


def _points(element: etree._Element) -> float:
    return _number(element.findtext("defaultgrade"), 1.0, 0.0, 1000.0)


def _number(text: str | None, default: float, least: float, most: float) -> float:
    try:
        value = float(text or default)
    except ValueError:
        return default
    return min(max(value, least), most) if math.isfinite(value) else default


def _flag(element: etree._Element, name: str) -> bool:
    """Moodle writes true/false or 1/0; what is not there counts as true, as in Moodle."""
    return (element.findtext(name) or "1").strip().lower() in ("1", "true")
