"""Lanes of the recorder's account and the contact sheet: what is drawn of honest, odd and hostile numbers."""

from __future__ import annotations

from typing import Any

from review_hall import Hall
from review_site import Visitor, open_all

from server.review.contact import MOST_FLAGS, sheet
from server.review.contents import Contents
from server.review.track_lanes import MOST_SPANS, build, curve, spans


def second(t: int, **values: Any) -> dict[str, Any]:
    return {"t": t, **values}


def lanes(*seconds: dict[str, Any]) -> dict[str, Any]:
    return {lane.name: lane for lane in build(seconds, 0, 10_000)}


def test_each_kind_of_note_has_its_lane() -> None:
    row = {"changed": {"screen-1": 0.04}, "app": "senim", "faces": 1, "yaw": -30.0, "sound": 0.5, "net": "offline"}
    found = lanes(second(1000, **row), second(2000, **row), second(3000, app="browser", faces=2, net="online"))
    assert list(found) == ["activity", "application", "faces", "pose", "loudness", "network"]
    assert [(span.from_ms, span.to_ms, span.kind) for span in found["application"].spans] == [
        (1000, 3000, "own"), (3000, 4000, "other"),
    ]  # fmt: skip
    assert [span.kind for span in found["faces"].spans] == ["one", "several"]
    assert [(span.from_ms, span.to_ms) for span in found["network"].spans] == [(1000, 3000)]
    assert "V50H" in found["loudness"].path and "V50H" in found["pose"].path and "V80H" in found["activity"].path


def test_a_gap_ends_a_stretch() -> None:
    found = spans([second(0, faces=1), second(9000, faces=1)], lambda row: ("one", "1"))
    assert [(span.from_ms, span.to_ms) for span in found] == [(0, 1000), (9000, 10_000)]


def test_hostile_values_are_left_out_or_clipped() -> None:
    odd = [
        second(1000, changed="x", app=7, faces=-1, yaw="1", sound=True, net=[]),
        second(2000, changed={"screen-1": None}, app="", faces=True, sound=float("inf")),
        second(99_000, faces=1),
    ]
    assert lanes(*odd) == {}
    assert lanes(second(0, sound=9e5))["loudness"].path == lanes(second(0, sound=1.0))["loudness"].path
    assert len(lanes(second(0, app="а" * 5000))["application"].spans[0].detail) == 80


def test_a_long_exam_stays_small() -> None:
    eight_hours = [second(n * 1000, app=f"a{n % 2}", sound=0.5) for n in range(8 * 3600)]
    found = {lane.name: lane for lane in build(eight_hours, 0, 8 * 3_600_000)}
    assert len(found["application"].spans) == MOST_SPANS
    assert len(found["loudness"].path) < 20_000
    assert curve([], lambda row: 1.0, 0, 1) == ""


def flag(number: str, at: int) -> dict[str, Any]:
    return {"id": number, "from_ms": at, "to_ms": at + 2000}


def test_the_sheet_shows_before_at_and_after() -> None:
    contents = Contents(thumbs={("screen-1", t): b"" for t in range(0, 600_000, 10_000)})
    pictures = sheet(contents, [flag("f", 300_000)], (0, 600_000))
    assert [picture.at_ms for picture in pictures if picture.flag] == [290_000, 300_000, 310_000]
    assert 12 <= len(pictures) <= 16 and pictures == sorted(pictures, key=lambda picture: picture.at_ms)
    assert sheet(Contents(), [flag("f", 0)], (0, 10)) == []


def test_hundreds_of_moments_give_a_sheet_a_person_can_read() -> None:
    contents = Contents(thumbs={("screen-1", t): b"" for t in range(0, 10_800_000, 10_000)})
    pictures = sheet(contents, [flag(str(n), n * 20_000) for n in range(500)], (0, 10_800_000))
    assert len(pictures) <= MOST_FLAGS * 3 + 12


def test_lanes_sheet_and_watermark_are_on_the_page(hall: Hall, visitor: Visitor) -> None:
    hostile = '"><script>alert(1)</script>'
    hall.record(hostile=hostile)
    open_all(visitor.site)
    page = visitor.as_person("proctor").page("/sessions/sess1")
    for name in ("activity", "application", "faces", "pose", "loudness"):
        assert f'data-lane="{name}"' in page, name
    assert 'id="sheet"' in page and page.count('class="watermark"') == 2 and 'data-who="proctor"' in page
    assert "<script>alert" not in page
