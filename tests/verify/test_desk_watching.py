"""What is done at the computer: told once for each incident, with sizes and names, never with content."""

from __future__ import annotations

import pytest

from client.verify.desk import DeskWatcher
from client.verify.rules import Finding

SECOND = 1000


def kinds(found: list[Finding]) -> list[str]:
    return [finding.kind for finding in found]


def test_another_window_is_one_incident_with_its_name() -> None:
    desk, found = DeskWatcher(), []
    for second in range(60):
        ours = not 10 <= second < 20
        found += desk.front("senim" if ours else "firefox", "Exam" if ours else "Search", ours, second * SECOND)
    began, over = found
    assert (began.kind, began.phase, over.phase) == ("another_window", "began", "over")
    assert began.values == over.values == {"app": "firefox", "title": "Search"}
    assert began.to_ms - began.from_ms <= 3000 and over.to_ms == 19 * SECOND


def test_all_windows_of_an_incident_are_named() -> None:
    desk, found = DeskWatcher(), []
    shown = ["Telegram (2)"] * 8 + ["statistics – search"] * 3 + ["Telegram (2)"] + ["calculator"] * 2
    for second, title in enumerate(shown):
        found += desk.front("firefox" if "search" in title else "apps", title, False, second * SECOND)
    found += desk.finish()
    assert {f.incident for f in found} == {0}
    assert found[0].values == {"app": "apps", "title": "Telegram (2)"}
    assert found[-1].values == {"app": "apps · firefox", "title": "Telegram (2) · statistics – search · calculator"}
    again = [f for second in range(4) for f in desk.front("files", "notes", False, (60 + second) * SECOND)]
    assert again[0].values == {"app": "files", "title": "notes"}


@pytest.mark.parametrize("ours", [True, None])
def test_our_own_window_and_a_system_that_does_not_tell(ours: bool | None) -> None:
    desk = DeskWatcher()
    assert [f for second in range(30) for f in desk.front("x", "y", ours, second * SECOND)] == []


def test_a_message_of_the_system_is_no_incident() -> None:
    desk = DeskWatcher()
    found = [f for second in range(30) for f in desk.front("updates", "", second != 10, second * SECOND)]
    assert found == []


def test_screens() -> None:
    desk = DeskWatcher()
    assert kinds(desk.screens(2, ["screen-2"], 5000)) == ["screen_added"]
    assert desk.screens(1, [], 9000) == []  # one was taken away
    assert desk.screens(1, ["screen-2"], 9000) == []  # instead of the first


def test_cameras() -> None:
    desk = DeskWatcher()
    assert desk.camera("Integrated Camera", "hardware", False, 0) == []
    (changed,) = desk.camera("C270", "unknown", True, 5000)
    assert (changed.kind, changed.values) == ("camera_changed", {"name": "C270", "origin": "unknown"})
    assert kinds(desk.camera("OBS Virtual Camera", "virtual", True, 9000)) == ["camera_virtual"]
    assert desk.camera("OBS Virtual Camera", "virtual", False, 9500) == []  # named again


def test_the_clipboard_is_a_number_of_letters() -> None:
    desk = DeskWatcher()
    assert desk.clipboard(6, 0) == []
    (told,) = desk.clipboard(300, 1000)
    assert told.values == {"letters": 300}
    assert desk.clipboard(200, 2000) == []  # the same incident
    assert kinds(desk.clipboard(400, 60_000)) == ["clipboard"]


def test_a_loose_cable_is_one_incident() -> None:
    desk, found = DeskWatcher(), []
    for second in range(0, 40, 8):
        name = ("Integrated", "C270")[second // 8 % 2]
        found += desk.camera(name, "hardware", True, second * SECOND)
        found += desk.screens(2, ["screen-2"], second * SECOND)
    told = {(f.kind, f.incident): f for f in found}
    assert set(told) == {("camera_changed", 0), ("screen_added", 0)}
    assert told["camera_changed", 0].values == {"name": "Integrated · C270", "origin": "hardware"}
    assert [f.incident for f in desk.camera("C270", "hardware", True, 90 * SECOND)] == [90 * SECOND]


def test_a_text_brought_in_pieces_is_one_incident_with_all_its_letters() -> None:
    desk = DeskWatcher()
    found = [f for second in (5, 9, 14) for f in desk.answer("q1", 200, second * SECOND)]
    assert [(f.incident, f.phase, f.values["letters"]) for f in found] == [
        (5000, "once", 200), (5000, "lasts", 400), (5000, "lasts", 600),
    ]  # fmt: skip


def test_many_answers_at_once_are_one_incident() -> None:
    desk = DeskWatcher()
    found = [f for number in range(60) for f in desk.answer(f"q{number}", None, number * SECOND)]
    assert {(f.incident, f.from_ms) for f in found} == {(0, 0)} and found[-1].to_ms > 30 * SECOND


def test_a_small_copy_hides_no_large_one_that_follows() -> None:
    desk = DeskWatcher()
    (first,) = desk.clipboard(25, 1000)
    (again,) = desk.clipboard(5000, 4000)
    assert (again.incident, again.phase, again.to_ms) == (first.incident, "lasts", 4000)
    assert again.values == {"letters": 5000}
    assert desk.clipboard(30, 6000) == []
    lasting = [f for second in range(7, 60, 9) for f in desk.clipboard(30, second * SECOND)]
    assert {(f.incident, f.values["letters"]) for f in lasting} == {(1000, 5000)} and len(lasting) == 1


def test_typing_is_no_paste_and_a_paste_is_one() -> None:
    desk = DeskWatcher()
    assert [f for second in range(60) for f in desk.answer("q1", 10, second * SECOND)] == []
    (told,) = desk.answer("q1", 210, 61 * SECOND)
    assert (told.kind, told.values) == ("long_paste", {"letters": 210})


def test_answers_that_come_all_at_once() -> None:
    desk, found = DeskWatcher(), []
    for number in range(8):
        found += desk.answer(f"q{number}", None, 10_000 + number * 700)
    (told,) = found
    assert (told.kind, told.from_ms, told.values) == ("answers_jump", 10_000, {"answers": 6})


def test_answers_at_a_person_s_pace() -> None:
    desk = DeskWatcher()
    assert [f for number in range(40) for f in desk.answer(f"q{number}", None, number * 4000)] == []


def test_one_answer_changed_again_and_again_is_no_jump() -> None:
    desk = DeskWatcher()
    assert [f for number in range(40) for f in desk.answer("q1", None, number * 200)] == []


def test_hints_have_three_values_and_only_yes_is_told_once() -> None:
    desk = DeskWatcher()
    assert desk.hints({"virtual_machine": ("no", ""), "remote_desktop": ("unknown", "")}, 0) == []
    (told,) = desk.hints({"virtual_machine": ("yes", "KVM")}, 1000)
    assert (told.kind, told.values) == ("virtual_machine", {"evidence": "KVM"})
    assert desk.hints({"virtual_machine": ("yes", "KVM")}, 61_000) == []


def test_evidence_that_is_new_is_told_of_the_same_incident() -> None:
    desk = DeskWatcher()
    (first,) = desk.hints({"screen_sharing": ("yes", "zoom")}, 1000)
    (again,) = desk.hints({"screen_sharing": ("yes", "obs, zoom")}, 61_000)
    assert again.incident == first.incident and again.values == {"evidence": "zoom, obs"}
    assert desk.hints({"screen_sharing": ("yes", "obs")}, 121_000) == []
    assert desk.hints({"screen_sharing": ("yes", "x" * 500)}, 181_000) != []
    assert desk.hints({"screen_sharing": ("yes", "x" * 500)}, 241_000) == []
