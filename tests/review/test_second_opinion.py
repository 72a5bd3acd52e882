"""The server's own comparison: from the recording, in a process that may fall over, never a silent pass."""

from __future__ import annotations

import json
import signal
import sys

import faces_recorded
import numpy as np
import pytest
from recorded_session import END_AT, PAPER_AT
from review_hall import Hall
from review_site import Visitor, open_all
from sqlalchemy import select

from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.match import APART_SHARE, USUAL_APART, Limits
from faces.models import MODEL_SHA256, comparable
from server import schema
from server.review import opinions as opinions_module
from server.review.face_job import LATER, windows_of
from server.review.opinions import ReaderFailed, read_faces
from server.review.second_opinion import BadAnswer, opinion_of
from simulation.puppet import Posture, Puppet


@pytest.fixture(scope="module")
def people() -> list[np.ndarray]:
    """The descriptors of both portraits."""
    pictures = [Puppet.of(name).draw(Posture(), (640, 480)) for name in ("astronaut", "second")]
    with FaceAnalyser() as analyser:
        return [Describer().describe(bgr, analyser.look(bgr)[0]) for bgr in pictures]


def work(visitor: Visitor) -> None:
    open_all(visitor.site)
    while visitor.site.opinions.work():
        pass


def flagged(hall: Hall) -> list[str]:
    query = select(schema.flags.c.kind).where(schema.flags.c.kind == "second_opinion")
    return list(hall.database.read(lambda connection: connection.execute(query).scalars()))


def outcome(hall: Hall) -> str:
    return str(hall.database.read(lambda c: c.execute(select(schema.sessions.c.identity)).scalar()))


def test_the_recording_itself_is_compared(
    hall: Hall, visitor: Visitor, people: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    faces_recorded.show(monkeypatch, "astronaut")
    faces_recorded.enrol(hall, "astronaut")
    faces_recorded.others(hall, people)
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.problem == ""
    assert [(moment.name, moment.word) for moment in opinion.moments] == [
        ("check-in", "alike"), *((name, "alike") for name in LATER)
    ]  # fmt: skip
    assert opinion.check_in is not None and opinion.check_in.compared >= 3 and opinion.check_in.score < -0.05
    assert all(moment.picture.startswith(b"\xff\xd8\xff") for moment in opinion.moments)
    assert not opinion.doubts and flagged(hall) == [] and outcome(hall) == "match"
    visitor.sign_in()
    page = visitor.page("/sessions/sess1")
    assert page.count('data-word="alike"') == 4
    view = visitor.view("sess1")
    picture = visitor.media("sess1", "second-opinion/later-2", view)
    assert picture.status_code == 200 and picture.content == opinion.moments[2].picture
    assert visitor.media("sess1", "second-opinion/elsewhere", view).status_code == 404


def test_a_client_that_lies_about_its_score_is_not_believed(
    hall: Hall, visitor: Visitor, people: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding says "match" with pictures of its own; the recording shows somebody else."""
    faces_recorded.show(monkeypatch, "second")
    faces_recorded.enrol(hall, "astronaut")
    faces_recorded.others(hall, people)
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.check_in is not None and opinion.check_in.word == "different"
    assert len(flagged(hall)) >= 1 and outcome(hall) == "invigilator"
    visitor.site.opener.refresh("sess1", "seat-s1")
    assert outcome(hall) == "invigilator"
    visitor.sign_in()
    assert 'data-word="different"' in visitor.page("/sessions/sess1")


def test_two_people_swap_after_the_check_in(
    hall: Hall, visitor: Visitor, people: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    faces_recorded.show(monkeypatch, "astronaut", "second")
    faces_recorded.enrol(hall, "astronaut")
    faces_recorded.others(hall, people)
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None
    words = [moment.word for moment in opinion.moments]
    assert words[0] == "alike" and words[2:] == ["different", "different"]
    assert opinion.doubts and flagged(hall)


def test_the_right_person_leaves_after_the_check_in(
    hall: Hall, visitor: Visitor, people: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    faces_recorded.show(monkeypatch, "astronaut", "nobody")
    faces_recorded.enrol(hall, "astronaut")
    faces_recorded.others(hall, people)
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None
    last = opinion.moment("later-3")
    assert last is not None and (last.word, last.trouble) == ("no_clear_picture", "no_face")
    assert last.picture  # the empty room is shown


def test_without_other_students_nothing_is_claimed(
    hall: Hall, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A very small distance alone is enough; anything else is left to a person."""
    faces_recorded.show(monkeypatch, "second")
    faces_recorded.enrol(hall, "astronaut")
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.check_in is not None
    assert (opinion.check_in.word, opinion.check_in.score) == ("not_compared", None)


def test_a_drawn_reference_is_said_to_be_no_face(hall: Hall, visitor: Visitor) -> None:
    hall.record()  # drawn faces, in the reference picture too
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.problem in ("poor_reference", "")
    assert all(moment.word != "alike" for moment in opinion.moments)


def test_hostile_media_end_the_reader_and_nothing_else(
    hall: Hall, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the process does, the page says that it could not look, and asks a person."""
    hall.record()
    visitor.sign_in()
    script = "import os, signal, sys; sys.stdin.buffer.read(); os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(opinions_module, "COMMAND", (sys.executable, "-c", script))
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.problem == "failed"
    assert 'id="second-opinion"' in visitor.page("/sessions/sess1")


@pytest.mark.parametrize(
    "script",
    [
        f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})",
        "raise SystemExit(3)",
        "import sys; sys.stdout.write('x' * 6_000_000)",
    ],
    ids=["killed", "ended", "endless"],
)
def test_a_reader_that_ends_badly_is_a_failure(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions_module, "COMMAND", (sys.executable, "-c", script))
    with pytest.raises(ReaderFailed) as failed:
        read_faces(b"{}\n")
    assert failed.value.word == "failed"


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinions_module, "COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(opinions_module, "MOST_SECONDS", 0.5)
    with pytest.raises(ReaderFailed) as failed:
        read_faces(b"{}\n")
    assert failed.value.word == "too_long"


def test_media_that_is_none_gives_no_picture() -> None:
    """The real process: noise instead of a film and instead of a reference picture."""
    noise = np.random.default_rng(1).bytes(20_000)
    window = {"name": "check-in", "from": 0, "to": 5000, "step": 500, "most": 5, "origin": 0, "bytes": len(noise)}
    model = {"kind": "dlib", "sha256": MODEL_SHA256, "file": None}
    job = json.dumps({"model": model, "reference": 500, "stretches": [window]}).encode() + b"\n" + noise[:500] + noise
    answer = json.loads(read_faces(job))
    assert answer["reference"]["problem"] == "not_a_picture"
    assert answer["moments"][0]["trouble"] == "no_picture"


MOMENT = {"name": "check-in", "t": 5, "looks": 1, "shots": [], "trouble": "no_face", "picture": ""}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"reference": {"problem": "none"}, "moments": "many"},
        {"reference": {"problem": "none"}, "moments": [MOMENT] * 5},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"name": "<b>"}]},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"trouble": "<script>"}]},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"picture": "PHN2Zz4="}]},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"shots": [{"descriptor": [1.0] * 3}]}]},
        {"reference": {"problem": "", "descriptor": [float("nan")] * 128}, "moments": []},
        {"reference": {"problem": "", "descriptor": ["a"] * 128}, "moments": []},
        {"reference": {"problem": "", "descriptor": [1.0] * 128, "apart": float("nan")}, "moments": []},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"shots": ["a"]}]},
        {"reference": {"problem": "none"}, "moments": [MOMENT | {"shots": [{"descriptor": [1.0] * 128, "apart": -9}]}]},
    ],
    ids=["empty", "no-list", "too-many", "name", "trouble", "svg", "short", "nan", "text", "apart", "shot", "below"],
)
def test_what_the_reader_answers_is_hostile_too(answer: dict) -> None:
    with pytest.raises(BadAnswer):
        opinion_of(answer, [], Limits())


def test_a_reference_whose_views_disagree_is_compared_more_mildly_a_picture_shown_is_not() -> None:
    def point(place: float, apart: float) -> dict:
        return {"descriptor": [place] + [0.0] * 127, "apart": apart}

    def score(reference: float, shown: float) -> float | None:
        moment = MOMENT | {"shots": [point(1, shown)]}
        answer = {"reference": {"problem": "", **point(0, reference)}, "moments": [moment]}
        return opinion_of(answer, others, Limits()).moments[0].score

    others = [np.array([place, *[0.0] * 127]) for place in (2.0, 3, 4, 5, 6)]
    assert score(USUAL_APART, USUAL_APART) == pytest.approx(1 - (4 + 3) / 2) == score(0, 1)
    assert score(USUAL_APART + 0.04, 0) == pytest.approx(-2.5 - 0.04 * APART_SHARE)


def test_the_later_moments_follow_from_the_last_line(hall: Hall, visitor: Visitor) -> None:
    """One in each third of the exam; where, nobody could know while it was recorded."""
    hall.record()
    recording = visitor.site.recordings.get("sess1")
    windows = windows_of(recording, None)
    assert [window.name for window in windows] == ["check-in", *LATER]
    edges = np.linspace(PAPER_AT, END_AT, 4)
    for window, begin, end in zip(windows[1:], edges[:-1], edges[1:], strict=True):
        assert begin - 1 <= window.from_ms < window.to_ms <= end + 1
    assert windows == windows_of(recording, None)


def test_a_first_sitting_becomes_the_reference_when_a_person_says_who_it_is(
    hall: Hall, visitor: Visitor, people: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    faces_recorded.show(monkeypatch, "astronaut")
    faces_recorded.others(hall, people)
    hall.folder.recipients.write_text(hall.review.recipient.text + "\n")
    picture = hall.folder.picture("s1")
    picture.unlink()
    hall.record()
    work(visitor)
    opinion = visitor.site.opinions.get("sess1")
    assert opinion is not None and opinion.problem == "no_reference" and opinion.confirmable
    visitor.sign_in()
    page = visitor.page("/sessions/sess1")
    assert 'id="confirm-reference"' in page
    assert visitor.post("/sessions/sess1/reference", page, reason=" ").status_code == 400
    assert not picture.exists()
    assert visitor.post("/sessions/sess1/reference", page, reason="Their ID card, by video call").status_code == 303
    assert visitor.site.vault.picture(picture) == opinion.check_in.picture
    row = hall.database.read(
        lambda c: c.execute(select(schema.references).where(schema.references.c.student == "s1")).one()
    )
    assert row.model == comparable(MODEL_SHA256) and row.cohort is not None
    stored = json.loads(hall.at_rest.open("template/s1", row.sealed_template))["descriptor"]
    assert np.linalg.norm(np.array(stored) - people[0]) < 0.5
    # once only, and never over a picture that is there
    assert visitor.post("/sessions/sess1/reference", page, reason="again").status_code == 409
    while visitor.site.opinions.work():
        pass
    again = visitor.site.opinions.get("sess1")
    assert again is not None and again.check_in.word == "alike"
    assert 'id="confirm-reference"' not in visitor.page("/sessions/sess1")


def test_a_teacher_makes_nobody_a_reference(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    visitor.sign_in("teacher")
    page = visitor.page("/sessions/sess1")
    assert visitor.post("/sessions/sess1/reference", page, reason="x").status_code == 403
