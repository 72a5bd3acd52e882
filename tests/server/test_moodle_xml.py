from __future__ import annotations

import base64
import io
import json

import pytest
from exam_hall import SAMPLES
from PIL import Image

from server import moodle_xml, papers
from server.moodle_xml import ImportRefused
from server.papers import FileRule


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def question(kind: str = "essay", text: str = "Why?", inside: str = "", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Named</text></name><questiontext format="html">'
        f"<text><![CDATA[{text}]]></text>{files}</questiontext>{inside}</question>"
    )


def read(*questions: str) -> moodle_xml.Imported:
    return moodle_xml.read(f"<quiz>{''.join(questions)}</quiz>".encode(), title="T")


@pytest.mark.parametrize(("name", "count"), [("statistika", 7), ("physics", 7), ("rehearsal", 4), ("praktika", 4)])
def test_samples_import_whole(name: str, count: int) -> None:
    found = moodle_xml.read((SAMPLES / f"{name}.xml").read_bytes(), title=name, language="kk")
    assert found.remarks == []
    assert len(found.paper.questions) == count
    assert found.paper == papers.Paper.from_json(found.paper.to_json())
    texts = found.paper.to_json().decode()
    assert texts.count("senim:picture/") == len(found.paper.pictures)
    assert "PLUGINFILE" not in texts
    if name in ("statistika", "physics"):
        assert {entry.kind for entry in found.paper.questions} == set(papers.KINDS)
        assert {entry.single for entry in found.paper.questions if entry.kind == "multichoice"} == {True, False}


BOMB = (
    '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><quiz>"
    + question().replace("<![CDATA[Why?]]>", "&j;")
    + "</quiz>"
)
EXTERNAL = (
    '<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>'
    + question().replace("<![CDATA[Why?]]>", "&a;")
    + "</quiz>"
)
OUTSIDE_DTD = '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd"><quiz>' + question() + "</quiz>"


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, OUTSIDE_DTD], ids=["bomb", "external entity", "outside DTD"])
def test_entities_are_refused(content: str) -> None:
    with pytest.raises(ImportRefused, match="entities and outside definitions"):
        moodle_xml.read(content.encode(), title="T")


@pytest.mark.parametrize("content", [b"", b"\x00", b"<quiz>", b"<html/>", b"<quiz/>", "<quiz>".encode("utf-16")])
def test_files_that_are_no_exam(content: bytes) -> None:
    with pytest.raises(ImportRefused):
        moodle_xml.read(content, title="T")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>ok", "<script>"),
        ('<p onclick="alert(1)">ok</p>', "onclick"),
        ('<img src="x" onerror="alert(1)">ok', "onerror"),
        ('<a href="javascript:alert(1)">ok</a>', "<a>"),
        ('<iframe src="https://example.org"></iframe>ok', "<iframe>"),
        ("<svg><script>alert(1)</script></svg>ok", "<svg>"),
        ('<img src="https://example.org/track.png">ok', "a picture that is not in the file"),
        ("<style>body{background:url(https://example.org)}</style>ok", "<style>"),
        ('<form action="https://example.org"><input name="a"></form>ok', "<form>"),
    ],
)
def test_script_and_addresses_are_removed_and_named(text: str, gone: str) -> None:
    found = read(question(text=text))
    body = found.paper.questions[0].html
    assert "ok" in body
    assert not any(word in body.lower() for word in ("script", "alert", "example.org", "onerror", "onclick", "<form"))
    assert gone in found.remarks[0].text


def test_unknown_kinds_are_named() -> None:
    found = read(question(), question("cloze"), question("ddmarker"), question("category"))
    assert [(remark.kind, remark.text.split("“")[1].split("”")[0]) for remark in found.remarks] == [
        ("unsupported", "cloze"),
        ("unsupported", "ddmarker"),
    ]
    with pytest.raises(ImportRefused, match="calculated"):
        read(question("calculated"))


def test_pictures_from_files_and_data_addresses() -> None:
    data = picture()
    file = f'<file name="a b.png" path="/" encoding="base64">{data}</file>'
    text = f'<img src="@@PLUGINFILE@@/a%20b.png"><img src="data:image/png;base64,{data}">'
    found = read(question(text=text, files=file))
    (name,) = found.paper.pictures
    assert found.paper.questions[0].html.count(f"senim:picture/{name}") == 2
    assert found.paper.pictures[name]["type"] == "image/png"
    assert found.remarks == []


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"not a picture", b""])
def test_files_that_are_no_pictures(content: bytes) -> None:
    file = f'<file name="a.png" encoding="base64">{base64.b64encode(content).decode()}</file>'
    found = read(question(text='<img src="@@PLUGINFILE@@/a.png">', files=file))
    assert found.paper.pictures == {}
    assert "is not a PNG, JPEG, GIF or WebP picture" in found.remarks[0].text


def test_a_large_picture_is_read_although_the_parser_guards_against_bombs() -> None:
    out = io.BytesIO()
    Image.effect_noise((3000, 2600), 200).save(out, "PNG")
    assert len(out.getvalue()) < 8 * 1024 * 1024
    data = base64.b64encode(out.getvalue()).decode()
    padding = "\n" * (10_500_000 - len(data))  # one text node above libxml2's limit of ten million
    file = f'<file name="a.png" encoding="base64">{data}{padding}</file>'
    assert len(read(question(text='<img src="@@PLUGINFILE@@/a.png">', files=file)).paper.pictures) == 1


def test_broken_choices_are_left_out_by_name() -> None:
    found = read(question(), question("multichoice", inside='<answer fraction="100"><text>one</text></answer>'))
    assert [remark.kind for remark in found.remarks] == ["broken"]
    assert len(found.paper.questions) == 1


def test_order_depends_on_the_session_and_is_kept() -> None:
    choices = "".join(f'<answer fraction="0"><text>{n}</text></answer>' for n in range(8))
    content = "".join(question("multichoice", inside=choices) for _ in range(6))
    paper = moodle_xml.read(f"<quiz>{content}</quiz>".encode(), title="T", shuffle_questions=True).paper
    one, same, other = (papers.for_session(paper, nonce) for nonce in ("a", "a", "b"))
    assert one == same
    assert one["questions"] != other["questions"]
    assert {entry["id"] for entry in one["questions"]} == {entry["id"] for entry in other["questions"]}


def test_descriptions_stay_in_front_of_their_questions() -> None:
    content = "".join([question("description"), *[question()] * 4, question("description"), *[question()] * 4])
    paper = moodle_xml.read(f"<quiz>{content}</quiz>".encode(), title="T", shuffle_questions=True).paper
    ids = [entry["id"] for entry in papers.for_session(paper, "nonce")["questions"]]
    assert (ids[0], ids[5]) == ("q1", "q6")
    assert set(ids[1:5]) == {"q2", "q3", "q4", "q5"}


def essay(**fields: object) -> str:
    return question("essay", inside="".join(f"<{name}>{value}</{name}>" for name, value in fields.items()))


@pytest.mark.parametrize(
    ("fields", "text", "rule", "remarks"),
    [
        ({}, True, None, 0),
        ({"attachments": 0, "responseformat": "editor"}, True, None, 0),
        ({"attachments": 1}, True, FileRule(1), 0),
        ({"attachments": -1, "responseformat": "noinline"}, False, FileRule(20), 0),
        ({"attachments": 50}, True, FileRule(20), 1),
        ({"attachments": 2, "attachmentsrequired": 5, "maxbytes": 1000}, True, FileRule(2, 2, [], 1000), 0),
        ({"attachments": 1, "maxbytes": 10**12}, True, FileRule(1, 0, [], 100 * 1024**2), 1),
        ({"attachments": 1, "filetypeslist": ".PDF, docx;*.odt"}, True, FileRule(1, 0, [".pdf", ".docx", ".odt"]), 0),
        ({"attachments": 1, "filetypeslist": "application/pdf,../x"}, True, FileRule(1, 0, [".pdf"]), 1),
        ({"attachments": 1, "filetypeslist": "*"}, True, FileRule(1), 0),
        ({"attachments": 1, "filetypeslist": "///"}, True, FileRule(1), 1),
        ({"attachments": 1, "responseformat": "editorfilepicker"}, True, FileRule(1), 1),
        ({"responseformat": "hologram"}, True, None, 1),
        ({"attachments": "many", "maxbytes": "all"}, True, None, 0),
    ],
)
def test_what_an_essay_lets_students_attach(
    fields: dict[str, object], text: bool, rule: FileRule | None, remarks: int
) -> None:
    found = read(essay(**fields))
    made = found.paper.questions[0]
    assert (made.text, made.files) == (text, rule)
    assert [remark.kind for remark in found.remarks] == ["changed"] * remarks
    assert papers.Paper.from_json(found.paper.to_json()) == found.paper


def test_groups_of_kinds_are_suffixes_here() -> None:
    rule = read(essay(attachments=1, filetypeslist="image,spreadsheet")).paper.questions[0].files
    assert rule is not None and {".png", ".jpeg", ".xlsx", ".csv"} <= set(rule.types)


def test_an_essay_that_takes_nothing_is_left_out_and_named() -> None:
    found = read(essay(responseformat="noinline"), question())
    assert len(found.paper.questions) == 1
    assert [(remark.kind, "neither a text nor attachments" in remark.text) for remark in found.remarks] == [
        ("broken", True)
    ]


def test_papers_kept_before_there_were_files_are_read() -> None:
    kept = json.loads(read(question()).paper.to_json())
    for name in ("text", "files"):
        del kept["questions"][0][name]
    assert papers.Paper.from_json(json.dumps(kept).encode()).questions[0].files is None
