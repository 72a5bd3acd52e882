"""What an essay of Moodle XML lets students attach: how many files, of which kinds, how large."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from evidence.attached import MOST_FILE_BYTES, MOST_FILES
from server.papers import FileRule

USUAL_BYTES = 20 * 1024 * 1024
TEXT_FORMATS = ("", "editor", "editorfilepicker", "editorinline", "plain", "monospaced")
NO_TEXT = "noinline"

# Moodle's groups of kinds, with those suffixes of each that students really hand in, and the media types its pages
# write by hand.
_GROUPS: dict[str, tuple[str, ...]] = {
    "archive": (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz"),
    "audio": (".mp3", ".m4a", ".ogg", ".oga", ".wav", ".flac", ".aac"),
    "document": (".doc", ".docx", ".odt", ".pdf", ".rtf", ".epub", ".txt"),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".heic"),
    "presentation": (".ppt", ".pptx", ".odp", ".pps", ".ppsx"),
    "spreadsheet": (".xls", ".xlsx", ".ods", ".csv"),
    "video": (".mp4", ".m4v", ".mov", ".webm", ".avi", ".mkv"),
    "web_image": (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"),
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "application/msword": (".doc",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
}
_GROUPS["web_file"] = (*_GROUPS["web_image"], ".html", ".htm", ".css", ".js")
_SUFFIX = re.compile(r"\.[\w+-]{1,18}")
_ANY = ("", "*")


@dataclass(frozen=True)
class Handed:
    """``text``: whether a text is typed. ``changed``: what the teacher must know; ``broken``: why nobody could answer
    the question, or ""."""

    text: bool
    files: FileRule | None
    changed: list[str] = field(default_factory=list)
    broken: str = ""


def read(essay: etree._Element) -> Handed:
    """Attachments are off unless the question says otherwise, as in Moodle."""
    changed: list[str] = []
    form = (essay.findtext("responseformat") or "").strip()
    most = _whole(essay, "attachments")
    if form not in (*TEXT_FORMATS, NO_TEXT):
        changed.append(f"its answer format “{form[:40]}” is not known; a plain text is typed")
    if form == "editorfilepicker":
        changed.append("pictures cannot be put into the text; files can be attached where it allows attachments")
    if most < 0 or most > MOST_FILES:
        if most > MOST_FILES:
            changed.append(f"{most} attachments: {MOST_FILES} at most")
        most = MOST_FILES
    text = form != NO_TEXT
    if not most:
        return Handed(text, None, changed, "" if text else "takes neither a text nor attachments; left out")
    required = min(max(0, _whole(essay, "attachmentsrequired")), most)
    return Handed(text, FileRule(most, required, _types(essay, changed), _bytes(essay, changed)), changed)


def _bytes(essay: etree._Element, changed: list[str]) -> int:
    """0 stands for the limit of Moodle's own course; here for ``USUAL_BYTES``."""
    wanted = _whole(essay, "maxbytes")
    if wanted > MOST_FILE_BYTES:
        changed.append(f"files of more than {MOST_FILE_BYTES // 1024**2} MiB are not taken")
    return min(wanted, MOST_FILE_BYTES) if wanted > 0 else USUAL_BYTES


def _types(essay: etree._Element, changed: list[str]) -> list[str]:
    """Suffixes; none where any file is taken."""
    found: list[str] = []
    unknown: list[str] = []
    for word in re.split(r"[\s,;]+", (essay.findtext("filetypeslist") or "").strip().lower()):
        suffix = "." + word.lstrip("*.")
        if word in _ANY:
            continue
        if word in _GROUPS:
            found += _GROUPS[word]
        elif "/" not in word and _SUFFIX.fullmatch(suffix):
            found.append(suffix)
        else:
            unknown.append(word[:40])
    if unknown:
        left = "left out" if found else "files of any kind are taken"
        changed.append(f"kinds of files that are not known ({', '.join(unknown)}): {left}")
    return list(dict.fromkeys(found))


def _whole(essay: etree._Element, name: str) -> int:
    """0 for what is missing or no number."""
    text = (essay.findtext(name) or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else 0
