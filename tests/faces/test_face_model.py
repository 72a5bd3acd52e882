"""The model behind one small interface: dlib's by default, an institution's ONNX by file and hash, or a refusal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from tiny_onnx import tiny_model

from faces.detect import FaceAnalyser
from faces.match import Limits, Outcome, decide
from faces.model import ModelChoice, load_model
from faces.models import MODEL_SHA256, ModelError, checked_descriptor_file
from faces.onnx_model import MAX_BYTES
from faces.template import Template, TemplateError, enrol
from simulation.puppet import Posture, Puppet


def written(folder: Path, content: bytes) -> ModelChoice:
    file = folder / "face.onnx"
    file.write_bytes(content)
    return ModelChoice("sface", hashlib.sha256(content).hexdigest(), file)


@pytest.mark.parametrize("kind", ["sface", "arcface"])
def test_an_institutions_model_describes_faces(kind: str, tmp_path: Path, analyser: FaceAnalyser) -> None:
    choice = written(tmp_path, tiny_model())
    model = load_model(ModelChoice(kind, choice.sha256, choice.file))
    bgr = Puppet.of("astronaut").draw(Posture(), (640, 480))
    one = model.describe(bgr, analyser.look(bgr)[0])
    assert one.shape == (147,) == (model.size,) and abs(float(np.linalg.norm(one)) - 1) < 1e-9
    mirrored = np.ascontiguousarray(bgr[:, ::-1])
    other = model.describe(mirrored, analyser.look(mirrored)[0])
    assert float(np.linalg.norm(one - other)) < 0.1  # chip and mirror image are both in it


def test_its_hash_is_in_the_template_and_dlibs_program_refuses_it(tmp_path: Path, analyser: FaceAnalyser) -> None:
    model = load_model(written(tmp_path, tiny_model()))
    template = enrol(Puppet.of("astronaut").draw(Posture(), (640, 480)), analyser, model)
    assert template.model == model.sha256 != MODEL_SHA256
    assert Template.from_dict(template.to_dict(), model.sha256, model.size).model == model.sha256
    with pytest.raises(TemplateError) as refused:
        Template.from_dict(template.to_dict())
    assert refused.value.code == "other_model"


def test_limits_of_another_model_decide_nothing() -> None:
    close = [0.1, 0.1, 0.1]
    assert decide(close, 0.7, Limits()).outcome is Outcome.MATCH
    assert decide(close, 0.7, Limits(), model="0" * 64).outcome is Outcome.INVIGILATOR
    assert decide(close, 0.7, Limits(model="0" * 64), model="0" * 64).outcome is Outcome.MATCH


def test_another_hash_is_refused(tmp_path: Path) -> None:
    choice = written(tmp_path, tiny_model())
    with pytest.raises(ModelError, match="damaged or another one"):
        load_model(ModelChoice("sface", "0" * 64, choice.file))


@pytest.mark.parametrize("spoil", [
    lambda good: b"", lambda good: b"no model at all", lambda good: good[: len(good) // 2],
    lambda good: tiny_model(112, 56), lambda good: tiny_model(112, 2),
], ids=["empty", "text", "cut", "too-few", "too-many"])  # fmt: skip
def test_a_file_that_is_no_face_model_is_refused_whatever_its_hash(spoil, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"face\.onnx"):
        load_model(written(tmp_path, spoil(tiny_model())))


def test_a_file_that_is_missing_or_huge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(ModelChoice("sface", "0" * 64, tmp_path / "nothing.onnx"))
    huge = tmp_path / "huge.onnx"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ModelError, match="too large"):
        load_model(ModelChoice("sface", "0" * 64, huge))


@pytest.mark.parametrize(
    ("kind", "sha256", "file"),
    [("eigenfaces", MODEL_SHA256, None), ("dlib", "0" * 64, None), ("sface", "0" * 64, None), ("sface", "", Path("x"))],
    ids=["unknown", "dlib-other", "no-file", "no-hash"],
)
def test_a_choice_that_cannot_be_is_refused(kind: str, sha256: str, file: Path | None) -> None:
    with pytest.raises(ModelError):
        ModelChoice(kind, sha256, file)


def test_damaged_weights_of_the_default_are_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "weights.dat"
    damaged.write_bytes(b"\0" * 1000)
    with pytest.raises(ModelError, match="damaged"):
        checked_descriptor_file(damaged)
    with pytest.raises(ModelError, match="damaged"):
        load_model(ModelChoice("dlib", MODEL_SHA256, damaged))
