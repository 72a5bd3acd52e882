"""Rules that an institution switches off: from its settings, through the policy, to what its clients read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from exam_hall import Server
from sitting import Sitting

from client.engine.policy import Policy
from evidence.signing import VerifyingKey
from server.settings import DataFolder, SettingsError, load, save
from server.watching import RULES


def test_what_is_switched_off_reaches_the_client(server: Server, sitting: Sitting) -> None:
    settings = dataclasses.replace(server.services.settings, watching_off=["looks_away", "clipboard"])
    save(settings)
    object.__setattr__(server.services, "settings", load(settings.folder.root))
    sitting.ready_for_paper(VerifyingKey.from_text(settings.folder.verifying_key.read_text().strip()))
    assert Policy.from_json(sitting.opened["policy"]).watching_off == ("looks_away", "clipboard")


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_its_word(tmp_path: Path, server: Server, rule: str) -> None:
    settings = dataclasses.replace(server.services.settings, folder=DataFolder(tmp_path), watching_off=[rule])
    save(settings)
    assert load(tmp_path).watching_off == [rule]


def test_a_word_that_is_no_rule_is_refused(tmp_path: Path, server: Server) -> None:
    save(dataclasses.replace(server.services.settings, folder=DataFolder(tmp_path), watching_off=["looks-away"]))
    with pytest.raises(SettingsError, match="looks-away"):
        load(tmp_path)
