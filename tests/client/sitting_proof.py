"""What a sitting left at the institution, and what its paper asks."""

from __future__ import annotations

from typing import Any

from client_hall import Institution
from fake_window import Window

from client import messages as m
from evidence.signing import VerifyingKey, payload_of
from evidence.verify import verify


def verified(institution: Institution, window: Window) -> Any:
    folder = institution.session_folder(window.expect_session())
    report = verify(folder, VerifyingKey.from_text(institution.verifying_key))
    assert report.ok, report.problems
    return report


def lines_of(institution: Institution, window: Window) -> list[dict[str, Any]]:
    file = institution.session_folder(window.expect_session()) / "ledger.txt"
    return [payload_of(line) for line in file.read_text().splitlines()]


def text_question(paper: m.PaperView) -> str:
    return next(q["id"] for q in paper.questions if not q["choices"] and q["kind"] != "description")
