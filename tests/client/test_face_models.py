"""Models that do not load: the student is told and goes to a person, and nothing waits for ever."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from client.engine import face_tools
from client.engine.face_tools import RealFaceTools
from client.engine.judge import Judge, _template_of
from client.verify.identity import IdentityCheck
from faces.describe import Describer
from faces.match import Limits
from faces.models import MODEL_SHA256, TEMPLATE_VERSION, ModelError
from simulation.manual_clock import ManualClock
from tests.faces.tiny_onnx import tiny_model


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


class Camera:
    """One picture, again and again."""

    def latest(self, stream: str) -> None:
        return None

    def look_closely(self, on: bool) -> None: ...


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Callable[..., RealFaceTools]:
    """The real tools without the detector, which these tests do not need."""
    monkeypatch.setattr(face_tools, "FaceAnalyser", lambda: SimpleNamespace(close=lambda: None))
    return RealFaceTools


def test_weights_that_are_damaged_after_the_start_lead_to_a_person(
    tools: Callable[..., RealFaceTools], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_tools, "Describer", lambda: Describer(Path(__file__)))
    told = Told()
    judge = Judge(Camera(), ManualClock(), tools, told)
    judge.start()
    try:
        judge.identify("nonce", None, Limits().to_dict(), 1)
        assert told.without.wait(20) and told.ended.wait(20)
        assert (told.outcome, told.content["reason"]) == ("invigilator", "unavailable")
    finally:
        judge.stop()


def test_the_institution_s_model_is_used_where_it_lies_on_this_computer(
    tools: Callable[..., RealFaceTools], tmp_path: Path
) -> None:
    file = tmp_path / "face-model.onnx"
    file.write_bytes(tiny_model())
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    model = tools(file).describer(sha256, "sface")
    assert (model.sha256, model.size) == (sha256, 147)
    assert tools(file).describer(MODEL_SHA256, "dlib").sha256 == MODEL_SHA256
    for other in (tools(None), tools(tmp_path / "nowhere.onnx"), tools(file)):
        assert other.describer("a" * 64, "sface").sha256 == MODEL_SHA256, "then a person decides"


@pytest.mark.parametrize(
    ("made_by", "version", "unusable"),
    [
        ("a" * 64, TEMPLATE_VERSION, ""),
        (MODEL_SHA256, TEMPLATE_VERSION, "other_model"),
        ("a" * 64, TEMPLATE_VERSION - 1, "other_version"),
    ],
)
def test_a_template_is_compared_by_what_made_it_alone(made_by: str, version: int, unusable: str) -> None:
    class Small:
        sha256, size = "a" * 64, 147

    reference = {"template": {"version": version, "model": made_by, "descriptor": [0.1] * 147}, "cohort": 0.5}
    template, cohort, why = _template_of(reference, Small())
    assert (why, cohort) == (unusable, None if unusable else 0.5)
    assert (template is None) == bool(unusable)
    if template is not None:
        limits = Limits(distance=1.0, model="a" * 64)
        check = IdentityCheck("n", template, cohort, limits, describer=Small())
        assert check.evidence()["model"] == "a" * 64


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
