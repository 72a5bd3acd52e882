"""Tables for spreadsheets and journals: UTF-8 with its mark, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from starlette.responses import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> str:
    """A name may begin with an equals sign; in a spreadsheet it must stay a name. Numbers pass as they are."""
    text = "" if value is None else str(value)
    if isinstance(value, str) and text.startswith(FORMULA):
        return "'" + text
    return text.replace("\x00", "")


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return stream.getvalue()


def answer(name: str, text: str) -> Response:
    """A download; ``name`` holds only letters we chose or ids."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in name)
    return Response(
        "\ufeff" + text,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{plain}"', "cache-control": "private, no-store"},
    )
