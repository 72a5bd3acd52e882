"""The forms an answer's value has: a text, a list of choice ids, or, where files may be attached, both text and files:
``{"text": text, "files": [entries of evidence.attached]}``. What comes from a client is hostile."""

from __future__ import annotations

from typing import Any

from evidence.attached import Attached, BadAttached, suffix_of
from server.papers import CHOICE_KINDS, FileRule, Question

Value = str | list[str] | dict[str, Any]


def is_value(value: object) -> bool:
    """Of one of the three forms, whatever the question."""
    if isinstance(value, dict):
        return set(value) == {"text", "files"} and isinstance(value["text"], str) and _entries(value) is not None
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(entry, str) for entry in value))


def letters(value: Value) -> int:
    """Of what was typed or chosen."""
    return len(value["text"] if isinstance(value, dict) else value if isinstance(value, str) else "".join(value))


def is_empty(value: object) -> bool:
    """Nothing was typed, chosen or attached."""
    return not value["text"] and not value["files"] if isinstance(value, dict) else value in (None, "", [])


def text_of(value: object) -> str:
    """What was typed; "" of choices and of what is none of the forms."""
    text = value.get("text") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def files_of(value: object) -> list[Attached]:
    """In the student's order; none of what is none of the forms."""
    return (_entries(value) or []) if isinstance(value, dict) else []


def _entries(value: dict[str, Any]) -> list[Attached] | None:
    entries = value.get("files")
    try:
        return [Attached.from_json(entry) for entry in entries] if isinstance(entries, list) else None
    except BadAttached:
        return None


def fits(question: Question, value: Value) -> bool:
    """Whether the question can be answered so."""
    if question.files is not None:
        return isinstance(value, dict) and (question.text or not value["text"]) and _files_fit(question.files, value)
    if question.kind not in CHOICE_KINDS:
        return isinstance(value, str)
    if not isinstance(value, list) or len(set(value)) != len(value):
        return False
    return set(value) <= {choice.id for choice in question.choices} and (len(value) <= 1 or not question.single)


def _files_fit(rule: FileRule, value: Value) -> bool:
    """That files are still missing is no fault: they come one by one."""
    entries = files_of(value)
    apart = len({entry.id for entry in entries}) == len(entries)
    return (
        apart and len(entries) <= rule.most and all(entry.size <= rule.bytes for entry in entries)
        and all(not rule.types or suffix_of(entry.name) in rule.types for entry in entries)
    )  # fmt: skip
