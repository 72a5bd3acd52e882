"""Screens that are added, removed, swapped and changed while they are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from client.capture.capture import Capture
from client.capture.picture_faults import Fault, screen_fault
from client.capture.screen_streams import ScreenStreams
from client.capture.settings import CaptureSettings
from client.capture.source import Next, PartInfo, PictureSource, ScreenInfo, SourceState
from client.clock import Clock, SessionClock
from client.errors import ScreenMissing, ScreenRemoved
from evidence.coverage import StreamCoverage, claimed

from .conftest import Display
from .fakes import FakePictures, Kept, decode, wait_for

QUICK = CaptureSettings(segment_s=0.5, screen_heartbeat_s=0.3, retry_s=0.1)
RED, GREEN, BLUE = 0xC00000, 0x00C000, 0x0000C0


@dataclass
class Exam:
    """A recording of screens alone."""

    capture: Capture
    clock: SessionClock
    kept: Kept
    begun: int = 0
    opened: int = 0

    def begin(self, *streams: str, following: dict[str, Next] | None = None) -> None:
        wait_for(lambda: self.running() == set(streams))
        self.capture.begin_recording(following)
        self.begun = self.clock.now_ms()
        wait_for(lambda: all(self.kept.of(s) for s in streams if following is None))
        self.opened = self.clock.now_ms()

    def running(self) -> set[str]:
        return {stream for stream, state in self.capture.states().items() if state is SourceState.RUNNING}

    def pass_ms(self, ms: int) -> None:
        until = self.clock.now_ms() + ms
        wait_for(lambda: self.clock.now_ms() >= until)

    def stop(self) -> int:
        until = self.clock.now_ms()
        self.capture.stop(until)
        return until

    def told(self) -> list[tuple[dict[str, str], list[str], list[str]]]:
        """What the ledger says of the screens: {stream: monitor}, added, removed."""
        return [
            ({s["stream"]: s["name"] for s in data["screens"]}, data["added"], data["removed"])
            for name, data in self.kept.events
            if name == "screens"
        ]

    def coverage(self, until: int) -> dict[str, StreamCoverage]:
        """As anybody computes it from the ledger."""
        streams = sorted({s.stream for s in self.kept.segments})
        lines: list[dict[str, Any]] = [
            {"type": "begin", "at": self.begun, "streams": streams},
            {"type": "event", "at": self.opened, "name": "paper-opened"},
        ]
        for s in self.kept.segments:
            lines.append(
                {"type": "segment", "at": s.end_ms, "stream": s.stream, "part": s.part, "pts0": s.pts0,
                 "pts1": s.pts1, "start": s.start_ms, "end": s.end_ms, "size": len(s.body)}
            )  # fmt: skip
        for stream, start, end, cause in self.kept.gaps:
            lines.append({"type": "gap", "at": end, "stream": stream, "from": start, "to": end, "cause": cause})
        return claimed([*lines, {"type": "end", "at": until, "until": until}])


@pytest.fixture
def exam() -> Iterator[Exam]:
    clock, kept = SessionClock(), Kept()
    made = Exam(Capture(clock, QUICK, kept), clock, kept)
    yield made
    made.capture.close()


def colours(kept: Kept, part: PartInfo) -> list[str]:
    """A pixel of each decoded picture, away from the pointer, in words, without repetitions."""
    seen: list[str] = []
    for frame in decode(kept, part.stream, part.part):
        assert (frame.width, frame.height) == (part.width, part.height)
        blue, green, red = (int(v) for v in frame.to_ndarray(format="bgr24")[frame.height // 4, frame.width // 4])
        word = max((red, "red"), (green, "green"), (blue, "blue"))[1]
        seen += [word] if not seen or seen[-1] != word else []
    return seen


def two_screens(display: Display, stays: str = "left") -> None:
    """The server has one output, and gives an output without a monitor one that is the whole desktop: it belongs to
    the monitor that ``stays``."""
    display.monitor("left", 640, 720, output="screen" if stays == "left" else "none")
    display.monitor("right", 600, 400, 640, output="screen" if stays == "right" else "none")
    display.draw(0, 0, 640, 720, RED)
    display.draw(640, 0, 640, 720, BLUE)


def test_the_first_of_two_screens_is_unplugged_and_comes_back(display: Display, exam: Exam) -> None:
    """The second stream stays with its monitor, which now stands first in every list."""
    two_screens(display, stays="right")
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    display.unplug("left")
    wait_for(lambda: exam.capture.states().keys() == {"screen-2"})
    wait_for(lambda: len(exam.told()) == 2)
    assert exam.capture.latest("screen-1") is None
    display.draw(640, 0, 640, 720, GREEN)
    exam.pass_ms(700)
    display.draw(0, 0, 640, 720, GREEN)
    display.monitor("left", 640, 720)
    wait_for(lambda: exam.running() >= {"screen-1", "screen-2"})
    wait_for(lambda: exam.kept.of("screen-1", part=1) and len(exam.told()) == 3)
    until = exam.stop()
    for stream in ("screen-1", "screen-2"):
        exam.kept.check(stream)
    first, again = exam.kept.parts_of("screen-1")
    (whole,) = exam.kept.parts_of("screen-2")
    assert (again.reason, again.width, again.height) == ("source-back", 640, 720)
    assert colours(exam.kept, first) == ["red"] and colours(exam.kept, again) == ["green"]
    assert (whole.width, whole.height) == (600, 400) and colours(exam.kept, whole) == ["blue", "green"]
    names = exam.told()
    assert names[0] == ({"screen-1": "left", "screen-2": "right"}, [], [])
    assert names[1] == ({"screen-2": "right"}, [], ["screen-1"])
    assert names[2] == ({"screen-1": "left", "screen-2": "right"}, ["screen-1"], [])
    assert not exam.kept.has_event("source-lost", "screen-1") and not exam.kept.has_event("source-back", "screen-1")
    assert SourceState.LOST not in [state for _, state, _ in exam.kept.states]
    coverage = exam.coverage(until)
    assert [gap.cause for gap in coverage["screen-1"].gaps] == ["screen_missing"]
    assert coverage["screen-1"].ratio < 0.9 and coverage["screen-2"].gaps == []


def test_a_screen_that_never_comes_back_is_explained_to_the_end(display: Display, exam: Exam) -> None:
    two_screens(display)
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    display.unplug("right")
    wait_for(lambda: exam.capture.states().keys() == {"screen-1"})
    exam.pass_ms(500)
    until = exam.stop()
    exam.kept.check("screen-2")
    ((stream, start, end, cause),) = exam.kept.gaps
    assert (stream, start, end, cause) == ("screen-2", exam.kept.of("screen-2")[-1].end_ms, until, "screen_missing")
    assert {gap.cause for gap in exam.coverage(until)["screen-2"].gaps} == {"screen_missing"}


def test_a_screen_that_comes_late_was_not_there_before(display: Display, exam: Exam) -> None:
    two_screens(display)
    display.unplug("right")
    exam.capture.open(None, None, None)
    exam.begin("screen-1")
    exam.pass_ms(500)
    display.monitor("right", 600, 400, 640)
    wait_for(lambda: exam.kept.of("screen-2"))
    until = exam.stop()
    exam.kept.check("screen-2")
    (part,) = exam.kept.parts_of("screen-2")
    assert (part.part, part.reason, part.width) == (0, "start", 600) and colours(exam.kept, part) == ["blue"]
    (gap,) = exam.coverage(until)["screen-2"].gaps
    assert (gap.cause, gap.to_ms) == ("screen_missing", part.origin_ms)
    assert gap.from_ms == exam.opened
    ((stream, start, _, _),) = exam.kept.gaps
    assert stream == "screen-2" and abs(start - exam.begun) < 1000
    assert exam.told()[-1] == ({"screen-1": "left", "screen-2": "right"}, ["screen-2"], [])


def test_one_monitor_for_another_is_another_stream(display: Display, exam: Exam) -> None:
    """The new one stands where the old one stood, and has its number in the list."""
    two_screens(display)
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    display.unplug("right")
    display.monitor("other", 600, 400, 640)
    wait_for(lambda: exam.kept.of("screen-3"))
    exam.stop()
    assert len(exam.kept.parts_of("screen-2")) == 1
    assert exam.told()[-1] == ({"screen-1": "left", "screen-3": "other"}, ["screen-3"], ["screen-2"])


def test_a_screen_that_changes_its_mode(display: Display, exam: Exam) -> None:
    """The graphics system really sets another mode: parts of the right sizes, none broken, no second missing."""
    display.run("xrandr", "--newmode", "800x600", "0", "800", "0", "0", "800", "600", "0", "0", "600")
    display.run("xrandr", "--addmode", "screen", "800x600")
    display.draw(0, 0, 1280, 720, RED)
    exam.capture.open(None, None, None)
    exam.begin("screen-1")
    sizes = [(1280, 720), (800, 600), (1280, 720)]
    for number, (size, colour) in enumerate(zip(sizes[1:], (GREEN, BLUE), strict=True), 1):
        wait_for(lambda number=number: exam.kept.of("screen-1", part=number - 1))
        display.run("xrandr", "--output", "screen", "--mode", f"{size[0]}x{size[1]}")
        display.draw(0, 0, 1280, 720, colour)
        wait_for(lambda number=number: exam.kept.of("screen-1", part=number))
    until = exam.stop()
    exam.kept.check("screen-1")
    parts = exam.kept.parts_of("screen-1")
    assert [(p.width, p.height) for p in parts] == sizes
    assert [p.reason for p in parts] == ["start", "size", "size"]
    shown_colours = [colours(exam.kept, p) for p in parts]
    assert shown_colours[0][0] == "red" and [seen[-1] for seen in shown_colours[1:]] == ["green", "blue"]
    assert exam.kept.gaps == [] and exam.coverage(until)["screen-1"].gaps == []
    shown = [[(s["width"], s["height"]) for s in d["screens"]] for n, d in exam.kept.events if n == "screens"]
    assert shown == [[size] for size in sizes]


def test_before_the_recording_screens_are_numbered_as_they_stand(display: Display, exam: Exam) -> None:
    two_screens(display, stays="right")
    exam.capture.open(None, None, None)
    wait_for(lambda: exam.running() == {"screen-1", "screen-2"})
    display.unplug("left")
    wait_for(lambda: exam.running() == {"screen-1"})
    frame = wait_for(lambda: (f := exam.capture.latest("screen-1")) and f.bgr.shape == (400, 600, 3) and f)
    assert frame.bgr[200, 300].tolist() == [0xC0, 0, 0]
    exam.begin("screen-1")
    assert exam.told() == [({"screen-1": "right"}, [], [])]


def test_after_a_crash_streams_stay_with_their_monitors(display: Display, exam: Exam) -> None:
    """The monitor of the first stream was taken away meanwhile, another one came."""
    two_screens(display)
    exam.capture.open(None, None, None)
    following = {"screen-1": Next(1, 5, "gone"), "screen-2": Next(2, 7, "left")}
    exam.begin("screen-1", "screen-2", following=following)
    wait_for(lambda: exam.kept.of("screen-2") and exam.kept.of("screen-3"))
    until = exam.stop()
    assert exam.told() == [({"screen-2": "left", "screen-3": "right"}, [], [])]
    (kept, new) = exam.kept.parts_of("screen-2") + exam.kept.parts_of("screen-3")
    assert (kept.part, kept.reason, colours(exam.kept, kept)) == (2, "resumed", ["red"])
    assert (new.part, new.reason, colours(exam.kept, new)) == (0, "start", ["blue"])
    assert exam.kept.of("screen-2")[0].index == 7 and not exam.kept.of("screen-1")
    ((_, start, end, cause),) = [g for g in exam.kept.gaps if g[0] == "screen-1"]
    assert (end, cause) == (until, "screen_missing") and abs(start - exam.begun) < 500


# ---- screens of our own making -----------------------------------------------------------------


class Desk:
    """Screens in any order, each of its own size; ``broken``: nothing can be asked."""

    def __init__(self) -> None:
        self.screens_now: list[ScreenInfo] = []
        self.sources: dict[str, FakePictures] = {}
        self.broken = False
        self.closed = False

    def plug(self, *names: str) -> None:
        found = [ScreenInfo(f"screen-{n}", name, 0, 0, 320, 240) for n, name in enumerate(names, 1)]
        for name, source in self.sources.items():
            source.failure = None if name in names or not names else ScreenRemoved(name)
            if not names:
                source.failure = ScreenMissing(name)
        self.screens_now = found

    def screens(self) -> list[ScreenInfo]:
        if self.broken:
            raise ScreenMissing("nobody answers")
        return list(self.screens_now)

    def source(self, screen: ScreenInfo, clock: Clock) -> PictureSource:
        made = self.sources[screen.name] = FakePictures(screen.stream, clock)
        if screen.name not in [s.name for s in self.screens_now]:
            made.failure = ScreenRemoved(screen.name)
        return made

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def desk_exam() -> Iterator[tuple[Desk, Exam]]:
    clock, kept, desk = SessionClock(), Kept(), Desk()
    desk.plug("a", "b")
    made = Exam(Capture(clock, QUICK, kept, desk), clock, kept)
    yield desk, made
    made.capture.close()
    assert desk.closed


def test_all_screens_gone_is_a_loss(desk_exam: tuple[Desk, Exam]) -> None:
    """None left is not an unplugged one: the student is told, the ledger has it as a loss."""
    desk, exam = desk_exam
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    desk.broken = True
    desk.plug()
    wait_for(lambda: set(exam.capture.states().values()) == {SourceState.LOST})
    desk.broken = False
    desk.plug("b", "a")
    wait_for(lambda: exam.running() == {"screen-1", "screen-2"})
    wait_for(lambda: exam.kept.of("screen-1", part=1))
    exam.stop()
    exam.kept.check("screen-1")
    assert exam.kept.has_event("source-lost", "screen-1") and exam.kept.has_event("source-back", "screen-1")
    assert exam.kept.parts_of("screen-1")[1].reason == "source-back"


def test_screens_in_another_order_change_nothing(desk_exam: tuple[Desk, Exam]) -> None:
    desk, exam = desk_exam
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    before = dict(desk.sources)
    desk.plug("b", "a")
    wait_for(lambda: len(exam.told()) == 2, 5)
    assert exam.told()[1] == ({"screen-2": "b", "screen-1": "a"}, [], [])
    exam.stop()
    assert desk.sources == before and all(source.starts == 1 for source in before.values())
    assert len(exam.kept.parts) == 2


def test_screens_that_cannot_be_listed_at_first(desk_exam: tuple[Desk, Exam]) -> None:
    desk, exam = desk_exam
    desk.broken = True
    desk.plug()
    exam.capture.open(None, None, None)
    wait_for(lambda: exam.capture.states() == {"screen-1": SourceState.STOPPED} or not exam.capture.states())
    desk.broken = False
    desk.plug("a")
    wait_for(lambda: exam.running() == {"screen-1"})
    exam.begin("screen-1")
    assert exam.told() == [({"screen-1": "a"}, [], [])]


def test_a_static_screen_is_recorded_up_to_its_removal(desk_exam: tuple[Desk, Exam]) -> None:
    """Nothing new came for a while, and that is known up to the moment it was unplugged."""
    desk, exam = desk_exam
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    desk.sources["b"].still = True
    exam.pass_ms(600)
    unplugged = exam.clock.now_ms()
    desk.plug("a")
    wait_for(lambda: exam.capture.states().keys() == {"screen-1"})
    exam.stop()
    assert abs(exam.kept.of("screen-2")[-1].end_ms - unplugged) <= 260


def test_a_screen_that_is_away_is_explained_up_to_an_end_ahead(desk_exam: tuple[Desk, Exam]) -> None:
    """The list is looked at again while the recording ends; that takes nothing from the streams."""
    desk, exam = desk_exam
    exam.capture.open(None, None, None)
    exam.begin("screen-1", "screen-2")
    desk.plug("b")
    wait_for(lambda: exam.capture.states().keys() == {"screen-2"})
    until = exam.clock.now_ms() + 950
    ended = exam.capture.stop(until)
    assert ended.keys() == {"screen-1", "screen-2"} and ended["screen-2"] == until
    ((stream, _, end, cause),) = exam.kept.gaps
    assert (stream, end, cause) == ("screen-1", until, "screen_missing")
    exam.pass_ms(1100)
    assert exam.running() == {"screen-2"}


def test_numbers_belong_to_names() -> None:
    def screens(*names: str) -> list[ScreenInfo]:
        return [ScreenInfo("", name, 0, 0, 1, 1) for name in names]

    def numbers(*names: str) -> list[str]:
        return [screen.stream for screen in streams.assign(screens(*names))]

    streams = ScreenStreams()
    assert numbers("a", "b") == ["screen-1", "screen-2"]
    assert numbers("b") == ["screen-2"] and [s.name for s in streams.absent(screens("b"))] == ["a"]
    assert numbers("c", "b", "a") == ["screen-3", "screen-2", "screen-1"]
    streams.learn({"screen-2": "c", "screen-4": "d", "screen-1": ""})
    assert numbers("a", "c") == ["screen-1", "screen-2"]
    streams.forget()
    assert numbers("") == ["screen-1"]
    assert numbers("z", "b") == ["screen-1", "screen-2"]


def test_each_screen_is_looked_at_for_itself(display: Display, exam: Exam) -> None:
    """One that shows nothing is no screen, pointer or not, and does not make the other one none."""
    two_screens(display)
    display.draw(0, 0, 640, 720, 0)
    display.run("xdotool", "mousemove", "100", "100")
    display.draw(640, 0, 600, 400, 0x305080)
    display.draw(700, 380, 200, 14, 0xFFFFFF)  # a bar is enough
    exam.capture.open(None, None, None)

    def fault(stream: str) -> Fault | None:
        frame = exam.capture.latest(stream)
        assert frame is not None
        return screen_fault(frame.bgr)

    wait_for(lambda: exam.running() == {"screen-1", "screen-2"})
    assert fault("screen-1") is Fault.BLACK and fault("screen-2") is None
    display.draw(640, 0, 600, 400, 0x305080)
    display.draw(100, 300, 300, 14, 0xFFFFFF)
    display.run("xdotool", "mousemove", "900", "200")
    wait_for(lambda: fault("screen-1") is None and fault("screen-2") is Fault.ONE_COLOURED)
