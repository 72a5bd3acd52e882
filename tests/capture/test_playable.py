"""What the recorder makes plays elsewhere: ffprobe finds nothing to complain of, and Chromium plays every stream
through Media Source Extensions, piece by piece and from any key picture on; also over changes of size and quality."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from selenium import webdriver

from client.capture.camera_lane import CameraLane
from client.capture.ladder import Felt
from client.capture.quality import Quality
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound_lane import SoundLane
from client.capture.source import Next, PartInfo, Pixels, Reading, SegmentInfo, SoundBlock
from client.clock import SessionClock
from simulation.manual_clock import ManualClock

from .fakes import FakeSound, Kept

SETTINGS = CaptureSettings(segment_s=2.0, screen_key_after_s=5.0, screen_key_latest_s=12.0, camera_key_s=4.0)


class Drawn:
    """Pictures with text-like stripes that move; ``size`` may change."""

    def __init__(self, stream: str, clock: ManualClock) -> None:
        self.stream, self._clock = stream, clock
        self.size, self.number = (320, 240), 0

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> Reading:
        self.number += 1
        return Reading(self._clock.now_ns(), *self.size, 30, 100)

    def yuv(self) -> Pixels:
        width, height = self.size
        yuv = np.full((height * 3 // 2, width), 128, np.uint8)
        x = np.arange(width) + 3 * self.number
        yuv[:height] = np.where((x // 7) % 2, 200, 40).astype(np.uint8)
        return yuv

    def bgr(self) -> Pixels:
        return np.zeros((*self.size[::-1], 3), np.uint8)


def _pictures(kind: type[ScreenLane] | type[CameraLane], stream: str) -> Kept:
    """Fifty seconds: another size after ten, a full disk from then on, another codec after forty."""
    clock, kept = ManualClock(), Kept()
    source = Drawn(stream, clock)
    quality = Quality(clock, SETTINGS, kept.event)
    lane = kind(source, clock, SETTINGS, kept, quality)
    lane.begin(Next())
    for look in range(500):
        clock.advance(0.1)
        lane._next_ns = clock.now_ns()
        if look == 100:
            source.size = (400, 300)
        if 110 <= look < 400 and look % 10 == 0:
            quality.press(Felt.PRESSING, Felt.CALM)
        if look == 400:
            quality.fall_back(stream)
        lane._obey()
        lane._step()
    lane.finish(clock.now_ms())
    lane._obey()
    kept.check(stream)
    return kept


def _sound() -> Kept:
    """Twelve seconds of a tone, half a second of which was lost."""
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(FakeSound(SessionClock()), clock, SETTINGS, kept)
    lane.begin(Next())
    lane._obey()
    tone = (8000 * np.sin(np.arange(2880) * 2 * np.pi * 440 / 48_000)).astype(np.int16)
    t_ns = 1_000_000_000
    for number in range(200):
        t_ns += 560_000_000 if number == 100 else 60_000_000
        lane._record(SoundBlock(t_ns, tone))
        clock.advance(0.06)
    lane._end_part(None)
    kept.check("sound")
    return kept


@dataclass(frozen=True)
class Part:
    """One part and its segments."""

    info: PartInfo
    segments: list[SegmentInfo]

    @property
    def file(self) -> bytes:
        return b"".join(segment.body for segment in self.segments)

    @property
    def pieces(self) -> list[str]:
        """Init segment, then the bare fragments, for a browser."""
        bodies = [segment.body[segment.init :] for segment in self.segments]
        return [base64.b64encode(body).decode() for body in (self.info.init, *bodies)]


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    found = []
    for kept in (_pictures(ScreenLane, "screen-1"), _pictures(CameraLane, "camera"), _sound()):
        found += [Part(info, kept.of(info.stream, info.part)) for info in kept.parts]
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in ("--headless=new", "--no-sandbox", "--mute-audio"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(60)
    driver.get("about:blank")
    yield driver
    driver.quit()


PLAY = """
const [media, pieces, keys, duration, video, done] = arguments
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const heard = (target, name) => new Promise((yes, no) => {
  const failed = () => no(new Error(`${name}: ${element.error && element.error.message}`))
  target.addEventListener(name, yes, { once: true })
  target.addEventListener('error', failed, { once: true })
})
let element = null
async function open (some) {
  element = document.createElement(video ? 'video' : 'audio')
  element.muted = true
  document.body.replaceChildren(element)
  const source = new MediaSource()
  const opened = heard(source, 'sourceopen')
  element.src = URL.createObjectURL(source)
  await opened
  const buffer = source.addSourceBuffer(media)
  const ranges = []
  for (const piece of some) {
    const updated = heard(buffer, 'updateend')
    buffer.appendBuffer(bytes(piece))
    await updated
    ranges.push(element.buffered.length)
  }
  return { ranges, source, end: element.buffered.length ? element.buffered.end(0) : 0 }
}
async function show (at) {
  const seeked = heard(element, 'seeked')
  const frame = new Promise((yes) => element.requestVideoFrameCallback((_now, data) => yes(data.mediaTime)))
  element.currentTime = at
  await seeked
  return await frame
}
async function all () {
  const whole = await open(pieces)
  const shown = []
  if (video) for (const key of keys) shown.push(await show(key.at + 0.001))
  const fresh = []
  for (const key of video ? keys.slice(1) : []) {
    await open([pieces[0], ...pieces.slice(1 + key.segment)])
    fresh.push(await show(key.at + 0.001))
  }
  return { ranges: whole.ranges, end: whole.end, shown, fresh, width: element.videoWidth || 0 }
}
all().then(done, (error) => done({ error: String(error) }))
"""


def _keys(part: Part) -> list[dict[str, Any]]:
    """Where the ledger says key pictures are: seconds, and the segment each lies in."""
    scale = part.info.timescale
    return [{"at": key / scale, "segment": k} for k, s in enumerate(part.segments) for key in s.keys]


def test_sizes_and_qualities_changed(parts: list[Part]) -> None:
    reasons = [(part.info.stream, part.info.reason) for part in parts]
    for stream in ("screen-1", "camera"):
        mine = [reason for s, reason in reasons if s == stream]
        assert mine[:2] == ["start", "size"] and mine.count("quality") >= 2
    codecs = {part.info.media.split('"')[1].split(".")[0] for part in parts}
    assert codecs == {"av01", "vp09", "opus"}


def test_ffprobe_has_nothing_to_say(parts: list[Part], tmp_path: Path) -> None:
    for number, part in enumerate(parts):
        file = tmp_path / f"{number}.mp4"
        file.write_bytes(part.file)
        probe = subprocess.run(
            ["ffprobe", "-v", "warning", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0",
             file], capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert probe.stderr == "", (part.info, probe.stderr)
        frames = sum(segment.frames for segment in part.segments)
        assert abs(int(probe.stdout.strip().strip(",")) - frames) <= (1 if part.info.stream == "sound" else 0)


def test_chromium_plays_each_piece_and_from_any_key(parts: list[Part], browser: webdriver.Chrome) -> None:
    for part in parts:
        video, keys = part.info.stream != "sound", _keys(part)
        end = part.segments[-1].pts1 / part.info.timescale
        said = browser.execute_async_script(PLAY, part.info.media, part.pieces, keys, end, video)
        assert "error" not in said, (part.info, said)
        assert said["ranges"] == [0] + [1] * len(part.segments), "each piece joins the one before"
        assert said["end"] == pytest.approx(end, abs=0.11)
        if video:
            times = [key["at"] for key in keys]
            assert said["shown"] == pytest.approx(times, abs=0.001)
            assert said["fresh"] == pytest.approx(times[1:], abs=0.001)
            assert said["width"] == part.info.width
