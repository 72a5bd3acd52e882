"""The demo's institution as an earlier version of the program left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from demonstration.institution import Institution


def test_what_an_older_version_made_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates of an older version decide nothing: the demo's own students would all wait for an invigilator."""
    (tmp_path / "ready").touch()
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "institution.json").write_text('{"server": "http://127.0.0.1"}')
    (tmp_path / "passphrases").mkdir()
    given: list[tuple[str, ...]] = []
    monkeypatch.setattr(Institution, "review_address", "http://127.0.0.1")
    monkeypatch.setattr(Institution, "command", lambda _self, *words: given.append(words))
    Institution(tmp_path).prepare()
    review = str(tmp_path / "passphrases" / "review")
    assert given == [("upgrade",), ("recompute-templates", "--review-passphrase-file", review)]
