"""Models that do not load: the student is told and goes to a person, and nothing waits for ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from client.clock import ManualClock
from client.engine.judge import Judge
from faces.describe import Describer
from faces.match import Limits
from faces.models import ModelError


class Told:
    def __init__(self) -> None:
        self.without = threading.Event()
        self.ended = threading.Event()
        self.outcome, self.content = "", {}

    def identity(self, view) -> None: ...
    def preview(self, picture) -> None: ...
    def found(self, finding, at_ms) -> None: ...

    def unavailable(self) -> None:
        self.without.set()

    def decided(self, outcome, content, at_ms) -> None:
        self.outcome, self.content = outcome, content
        self.ended.set()


class DamagedTools:
    """As if the weights had been cut: the real loader says so."""

    def __init__(self) -> None:
        Describer(Path(__file__))


def test_a_damaged_model_file_leads_to_a_person() -> None:
    told = Told()
    with pytest.raises(ModelError, match="damaged"):
        DamagedTools()
    judge = Judge(None, ManualClock(), DamagedTools, told)
    judge.start()
    try:
        assert told.without.wait(20)
        judge.identify("nonce", None, Limits().to_dict(), 1)
        assert told.ended.wait(20)
        assert (told.outcome, told.content["reason"]) == ("invigilator", "unavailable")
    finally:
        judge.stop()
