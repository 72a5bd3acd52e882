"""An institution's configuration for the tests, and what the full build alone runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from institution_sample import PIXEL, TODAY

from evidence.signing import SigningKey
from installer.branding.sign import write_signed

# Frozen programs, clean Debian roots, wine: minutes. ./test --installers sets this and runs them all.
collect_ignore = [] if os.environ.get("SENIM_INSTALLERS") else ["full"]


@pytest.fixture(scope="session")
def key() -> SigningKey:
    """The institution's configuration key."""
    return SigningKey(bytes(range(32)))


@pytest.fixture
def signed(tmp_path: Path, key: SigningKey) -> Path:
    """A signed ``institution.json``; its signature and logo beside it."""
    body = {
        "name": {"kk": "Үлгі университеті", "en": 'The "Sample" University'},
        "server": "https://exam.example.edu",
        "verifying_key": key.verifying.text,
        "help": "Help line: 100",
        "logo": "logo.png",
    }
    folder = tmp_path / "signed"
    content = json.dumps(body, ensure_ascii=False).encode()
    write_signed(folder, {"institution.json": content, "logo.png": PIXEL}, key, TODAY, "2027-09-01")
    return folder / "institution.json"
