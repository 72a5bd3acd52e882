"""The scenario player: the same seed gives the same session, bad scenarios get a clear word, scores add up."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from benchmarks.watching import figures
from benchmarks.watching.actor import Actor
from benchmarks.watching.play import Played, play
from benchmarks.watching.room import COVERS, Room, Scene
from benchmarks.watching.score import Score, score, table
from benchmarks.watching.script import Act, BadScenario, Session, drawn, scenarios
from benchmarks.watching.sounds import BLOCK, Sounds
from client.verify.rules import Finding

SHORT = """
minutes = 0.5
who = "second"

[[act]]
at = 12
for = 8
moves = false
does = "leaves"
finding = "nobody"

[[act]]
at = 24
moves = false
does = "pastes"
question = "q1"
letters = 400
finding = "long_paste"
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "one.toml"
    file.write_text(text, "utf-8")
    return file


def session(*acts: Act, name: str = "s") -> Session:
    return Session(name, 1, "astronaut", False, 30.0, 30, 1.0, 2.0, 20.0, False, acts)


def act(start: int, end: int, *finding: str, also: tuple[str, ...] = ()) -> Act:
    return Act(start * 1000, end * 1000, "leaves", finding, also, {})


def told(kind: str, start: int, at: int) -> tuple[int, Finding]:
    return at * 1000, Finding(kind, start * 1000, start * 1000, at * 1000, "began", {})


def test_the_house_s_scenarios() -> None:
    every = [drawn(file, 1) for file in scenarios()]
    planted = [a for one in every for a in one.acts if a.finding]
    assert len(every) == 11 and all(one.minutes == 20 for one in every)
    assert len(planted) >= 40 and sum(one.honest for one in every) >= 3


def test_a_seed_draws_the_same_and_another_one_does_not() -> None:
    file = scenarios()[0]
    assert drawn(file, 7) == drawn(file, 7)
    assert drawn(file, 7).acts != drawn(file, 8).acts


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("minutes = ", "one.toml"),
        ("[[act]]\nat = 1", "minutes"),
        ("minutes = 1\n[[act]]\nat = 1\ndoes = 'flies'", "flies"),
        ("minutes = 1\n[[act]]\nat = 1\ndoes = 'leaves'\nfinding = 'cheats'", "cheats"),
        ("minutes = 1\n[[act]]\nat = 1\ndoes = 'covers'\nwhat = 'sheet'", "sheet"),
        ("minutes = 1\n[[act]]\nat = 1\ndoes = 'camera'\nplace = 'cloud'", "cloud"),
        ("minutes = 1\n[[act]]\nat = 50\nfor = 40\ndoes = 'leaves'", "end within"),
        ("minutes = 'x'\nact = []", "one.toml"),
    ],
    ids=["toml", "no-minutes", "deed", "rule", "cover", "camera", "too-long", "kind"],
)
def test_a_scenario_that_cannot_be_played(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(BadScenario, match=word):
        drawn(written(tmp_path, text), 1)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match="no scenario"):
        scenarios(tmp_path)


def test_pictures_and_sound_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    one = drawn(written(tmp_path, SHORT), 3)
    first, second = (Actor(one, Sounds(one)) for _ in range(2))
    assert np.array_equal(first.frame(5000)[0], second.frame(5000)[0])
    assert not np.array_equal(first.frame(5000)[0], first.frame(5333)[0])
    assert np.array_equal(Sounds(one).block(480), Sounds(one).block(480))
    assert len(Sounds(one).block(0)) == BLOCK


def test_a_slow_camera_has_no_new_picture_at_each_look(tmp_path: Path) -> None:
    one = dataclasses.replace(drawn(written(tmp_path, SHORT), 3), fps=2)
    actor = Actor(one, Sounds(one))
    assert actor.frame(0)[1] == actor.frame(333)[1] != actor.frame(666)[1]


@pytest.mark.parametrize("cover", COVERS)
def test_covers_change_the_face_alone(cover: str) -> None:
    room = Room("second", 1)
    bare, covered = room.draw(Scene("second")), room.draw(Scene("second", cover=cover))
    changed = (bare != covered).any(axis=2)
    assert 0.002 < changed.mean() < 0.25
    assert not changed[:40].any() and not changed[:, :60].any()


def test_a_short_session_from_pictures_to_findings(tmp_path: Path) -> None:
    played = play(written(tmp_path, SHORT), 2)
    assert [(f.kind, f.phase) for _, f in played.told] == [
        ("nobody", "began"), ("nobody", "over"), ("long_paste", "once"),
    ]  # fmt: skip
    result = score([played])
    assert (result.planted, result.found, result.false) == (2, 2, 0)


def test_found_missed_and_false() -> None:
    one = session(act(10, 20, "nobody"), act(100, 110, "talking"), act(200, 210, "nobody", also=("looks_away",)))
    tellings = [
        told("nobody", 10, 14),
        told("looks_away", 60, 63),
        told("nobody", 201, 206),
        told("looks_away", 208, 211),
    ]
    result = score([Played(one, tellings)])
    assert (result.planted, result.found, result.false, result.honest_false, result.beside) == (3, 2, 1, 0, 1)
    assert result.rules["nobody"].delays_s == [4.0, 6.0] and result.delay_s(0.5) == 6.0
    assert "missed: talking" in table(result) and "false: looks_away" in table(result)


def test_an_incident_told_twice_is_one_and_a_second_one_is_false() -> None:
    again = (20_000, Finding("nobody", 10_000, 10_000, 20_000, "over", {}))
    result = score([Played(session(act(10, 20, "nobody")), [told("nobody", 10, 14), again, told("nobody", 16, 19)])])
    assert (result.found, result.false) == (1, 1)


def test_a_rule_that_may_tell_may_tell_once() -> None:
    one = session(act(10, 40, "nobody", also=("looks_away",)))
    tellings = [told("nobody", 10, 14), told("looks_away", 12, 15), told("looks_away", 20, 24)]
    result = score([Played(one, tellings)])
    assert (result.found, result.beside, result.false) == (1, 1, 1)


def test_what_is_told_before_it_happened_is_not_found_by_that() -> None:
    result = score([Played(session(act(10, 20, "nobody")), [told("nobody", 8, 9)])])
    assert (result.found, result.false) == (0, 1)


def test_honest_sessions_have_a_figure_of_their_own() -> None:
    honest = Played(session(act(10, 20)), [told("nobody", 10, 14)])
    result = score([honest, Played(session(act(10, 20, "nobody")), [])])
    known = figures(result)
    assert (known["honest_false_per_hour"].value, known["false_per_hour"].value) == (2.0, 1.0)
    assert (known["found"].value, known["delay_s"].value) == (0.0, None)
    assert figures(Score())["found"].value is None
    high = known["honest_false_per_hour_high"].value
    assert known["honest_false_per_hour_low"].value == pytest.approx(0.05, abs=0.01)
    assert high is not None and high > 10, "half an hour shows little"


def test_delays_with_and_without_the_slow_rules() -> None:
    one = session(act(10, 20, "nobody"), act(100, 300, "still_face"))
    known = figures(score([Played(one, [told("nobody", 10, 14), told("still_face", 100, 220)])]))
    assert (known["delay_s"].value, known["delay_with_slow_s"].value, known["slow_delay_s"].value) == (4, 120, 120)


def test_a_brief_session_keeps_the_acts_and_cuts_the_idle_time() -> None:
    for file in scenarios():
        whole, brief = drawn(file, 5), drawn(file, 5, brief=True)
        assert brief.minutes < whole.minutes and len(brief.acts) == len(whole.acts)
        lasts = sorted((a.does, a.to_ms - a.from_ms) for a in whole.acts)
        assert sorted((a.does, a.to_ms - a.from_ms) for a in brief.acts) == lasts
        assert all(a.to_ms <= brief.minutes * 60_000 and a.from_ms >= 0 for a in brief.acts)
