"""About Senim: what IT asks a student to read out; and the institution's logo."""

from __future__ import annotations

from pathlib import Path

import pytest
from institution_sample import PIXEL, TODAY, png
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from client.main import load_settings
from client.ui.about import AboutSenim, logo_label
from client.version import VERSION
from evidence.signing import SigningKey


def told(dialog: AboutSenim) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_fingerprint_and_day_are_shown(qtbot: QtBot, signed: Path, tmp_path: Path, key: SigningKey) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    text = told(AboutSenim(parent, load_settings(signed, tmp_path, "en")))
    for words in (key.verifying.fingerprint, TODAY, VERSION, "https://exam.example.edu", "GPL-3.0-or-later"):
        assert words in text


def test_unsigned_settings_are_said(qtbot: QtBot, signed: Path, tmp_path: Path) -> None:
    signed.with_name("institution.sig").unlink()
    parent = QWidget()
    qtbot.addWidget(parent)
    assert "not signed" in told(AboutSenim(parent, load_settings(signed, tmp_path, "en")))


LOGOS = {"none": b"", "svg": b"<svg/>", "too large": png(5000, 4000), "cut": PIXEL[:40]}


@pytest.mark.parametrize("name", sorted(LOGOS))
def test_a_logo_that_cannot_be_shown_is_hidden(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    (tmp_path / "logo.png").write_bytes(LOGOS[name])
    label = logo_label(tmp_path / "logo.png")
    qtbot.addWidget(label)
    assert label.isHidden()


def test_a_large_logo_is_made_smaller(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(800, 100))
    label = logo_label(tmp_path / "logo.png")
    qtbot.addWidget(label)
    assert (label.pixmap().width(), label.pixmap().height()) == (200, 25)
