"""Phase "side": recorder without and with judges, ffmpeg and screenshots, side by side on the same screen."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from benchmarks.recording import camera, processes
from benchmarks.recording.baseline import SHOT_EVERY_S, Baseline, Screenshots, Sizes
from benchmarks.recording.hall import Hall, replay_log, say
from benchmarks.recording.opened import OpenedSession
from benchmarks.recording.product import Product
from benchmarks.recording.quality import Judge, ScreenQuality, camera_quality
from client.clock import raw_ns
from simulation.puppet import Puppet

SETTLE_S = 5.0


@dataclass
class Sample:
    """What is read at both ends of the slice."""

    at: float
    raw: int
    plain: processes.Usage
    watching: processes.Usage
    baseline: dict[str, float]
    shots: float
    x_server: float


@dataclass
class Side:
    """Everything measured; ``begin``/``end`` are the slice's ends."""

    begin: Sample
    end: Sample
    rss: list[float] = field(default_factory=list)
    rss_watching: list[float] = field(default_factory=list)
    rss_baseline: float = 0.0
    sizes: Sizes = field(default_factory=lambda: Sizes(0, 0, 0))
    shots: list[int] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    streams: dict[str, float] = field(default_factory=dict)
    sent: float = 0.0
    quality: ScreenQuality = field(default_factory=ScreenQuality)
    camera_psnr: list[float] = field(default_factory=list)
    camera_kept: float = 0.0
    camera_errors_ms: list[float] = field(default_factory=list)
    looks_per_s: float = 0.0
    steps: list[str] = field(default_factory=list)
    threads: list[tuple[str, int, float]] = field(default_factory=list)
    threads_watching: list[tuple[str, int, float]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.end.at - self.begin.at

    def percent(self, spent: float) -> float:
        """Of one core."""
        return 100 * spent / self.seconds

    @property
    def baseline_percent(self) -> float:
        return self.percent(sum(self.end.baseline.values()) - sum(self.begin.baseline.values()))


def measure(hall: Hall, seconds: float) -> Side:
    """Runs everything for ``seconds`` and opens what was recorded."""
    with ExitStack() as stack:
        log = stack.enter_context(hall.show("exam"))
        plain = stack.enter_context(hall.product(judges=False))
        watching = stack.enter_context(hall.product(judges=True))
        baseline, shots = Baseline(hall.folder / "baseline", hall.display, hall.camera), Screenshots()
        stack.callback(baseline.stop)
        baseline.start()
        shots.start()
        time.sleep(SETTLE_S)
        say(f"side by side for {seconds:.0f} s: recorder, recorder with judges, ffmpeg, screenshots")

        def sample() -> Sample:
            return Sample(
                time.monotonic(), raw_ns(), plain.usage(), watching.usage(), baseline.usage(), shots.usage(),
                processes.usage(hall.x_server).total,
            )  # fmt: skip

        begin, rss, rss_watching = sample(), [], []
        while time.monotonic() < begin.at + seconds:
            time.sleep(min(2.0, max(0.0, begin.at + seconds - time.monotonic())))
            rss.append(plain.rss_mb())
            rss_watching.append(watching.rss_mb())
        side = Side(begin, sample(), rss, rss_watching, baseline.rss_mb(), commands=baseline.lines)
        side.shots = shots.stop()
        say("handing in")
        for product in (plain, watching):
            product.hand_in()
        baseline.stop()
        side.sizes = baseline.sizes(begin.at, side.end.at)
    _name_threads(side, plain, watching)
    say("opening and comparing what was recorded")
    session = hall.opened(plain)
    side.steps = session.steps()
    _bytes(side, session, plain)
    _screen(side, session, plain, log)
    _camera(side, session, plain, hall)
    return side


def _name_threads(side: Side, plain: Product, watching: Product) -> None:
    side.threads = processes.by_thread(side.begin.plain, side.end.plain, plain.notes().threads, side.seconds)
    notes = watching.notes()
    side.threads_watching = processes.by_thread(side.begin.watching, side.end.watching, notes.threads, side.seconds)
    side.looks_per_s = sum(side.begin.raw <= t < side.end.raw for t in notes.looks_ns) / side.seconds


def _bytes(side: Side, session: OpenedSession, product: Product) -> None:
    """Sealed bytes of the slice, and what else the machine sent (ledger, answers, requests' heads) by its rate."""
    origin = product.origin_ns()
    first, last = ((sample.raw - origin) / 1e6 for sample in (side.begin, side.end))
    for stream in sorted({segment.stream for segment in session.segments}):
        side.streams[stream] = session.sealed_bytes(first, last, stream)
    whole_s = (session.segments[-1].end - min(s.start for s in session.segments)) / 1000
    other = product.wire.sent - product.sent_before - sum(segment.size for segment in session.segments)
    side.streams["requests and ledger"] = other * side.seconds / whole_s
    side.sent = sum(side.streams.values())


def _screen(side: Side, session: OpenedSession, product: Product, log: Path) -> None:
    origin = product.origin_ns()
    judge = Judge(replay_log(log), "exam")
    frames = ((origin + round(ms * 1e6), picture) for ms, picture in session.pictures("screen-1"))
    judge.feed(frames, side.begin.raw, side.end.raw)
    side.quality = judge.quality
    say("reading the letters")
    try:
        judge.read()
    except FileNotFoundError:
        say("tesseract is not installed: ocr is not measured")


def _camera(side: Side, session: OpenedSession, product: Product, hall: Hall) -> None:
    origin, sent = product.origin_ns(), camera.sent(hall.camera_log)
    puppet = Puppet.of("astronaut")
    truths = [
        np.asarray(cv2.cvtColor(camera.clean(k, puppet), cv2.COLOR_BGR2YUV_I420)[: camera.SIZE[1]], dtype=np.uint8)
        for k in range(camera.LENGTH)
    ]
    stamps = [(origin + round(ms * 1e6), picture) for ms, picture in session.pictures("camera")]
    side.camera_psnr, recorded = camera_quality(stamps, sent, truths, side.begin.raw, side.end.raw)
    due = sum(side.begin.raw <= t < side.end.raw for t, _ in sent)
    side.camera_kept = min(1.0, recorded / max(1, due))
    taken = np.array(product.notes().camera_ns) + origin
    for t_ns, _ in stamps:
        if side.begin.raw <= t_ns < side.end.raw:
            k = int(np.searchsorted(taken, t_ns))
            side.camera_errors_ms.append(
                min(abs(int(taken[j]) - t_ns) for j in (k - 1, k) if 0 <= j < len(taken)) / 1e6
            )


def figures(side: Side) -> dict[str, float | None]:
    """The keys of the row that this phase knows."""
    baseline, quality = side.baseline_percent, side.quality
    plain = side.percent(side.end.plain.total - side.begin.plain.total)
    watching = side.percent(side.end.watching.total - side.begin.watching.total)
    errors = [float(np.percentile(found, 99)) for found in (quality.errors_ms, side.camera_errors_ms) if found]
    screen_kept = quality.frames / max(1, quality.frames + quality.missed)
    return {
        "cpu_ratio": plain / baseline,
        "cpu_ratio_watching": watching / baseline,
        "screen_bytes_ratio": side.streams["screen-1"] / side.sizes.screen,
        "bytes_ratio": side.sent / side.sizes.total,
        "mb_per_hour": side.sent * 3600 / side.seconds / 1e6,
        "text_psnr_settled": _mean(quality.settled),
        "text_psnr_motion": _mean(quality.motion),
        "ocr": _mean(quality.readings),
        "stale_tiles": quality.stale_tiles / quality.changed_tiles if quality.changed_tiles else None,
        "camera_psnr": _mean(side.camera_psnr),
        "recorder_rss_mb": max(side.rss),
        "recorder_rss_watching_mb": max(side.rss_watching),
        "frames_kept": min(side.camera_kept, screen_kept),
        "stamp_error_ms": max(errors) if errors else None,
    }


def beside(side: Side) -> dict[str, float]:
    """Percent of a core and MB an hour of each side, for the chart; and of the recorder by stream."""
    hours = side.seconds / 3600
    shot_mb = sum(side.shots) / max(1, len(side.shots)) * 3600 / SHOT_EVERY_S / 1e6
    found = {
        "recorder_cpu": side.percent(side.end.plain.total - side.begin.plain.total),
        "recorder_watching_cpu": side.percent(side.end.watching.total - side.begin.watching.total),
        "ffmpeg_cpu": side.baseline_percent,
        "screenshots_cpu": side.percent(side.end.shots - side.begin.shots),
        "recorder_mb": side.sent / hours / 1e6,
        "ffmpeg_mb": side.sizes.total / hours / 1e6,
        "screenshots_mb": shot_mb,
        "looks_a_second": side.looks_per_s,
    }
    return found | {f"mb_{stream}": size / hours / 1e6 for stream, size in side.streams.items()}


def _mean(values: list[float]) -> float | None:
    return float(np.mean(values)) if values else None


def details(side: Side) -> list[str]:
    """Lines beside the figures: what each side cost, where the time goes, the commands."""

    def per_hour(count: float) -> float:
        return count * 3600 / side.seconds / 1e6

    plain = side.percent(side.end.plain.total - side.begin.plain.total)
    watching = side.percent(side.end.watching.total - side.begin.watching.total)
    shots = side.percent(side.end.shots - side.begin.shots)
    shot_mb = sum(side.shots) / max(1, len(side.shots)) * 3600 / SHOT_EVERY_S / 1e6
    lines = [
        f"{'side by side, ' + format(side.seconds, '.0f') + ' s':34} {'% of a core':>12} {'MB/h':>8} {'RSS MB':>8}"
    ]
    for name in side.end.baseline:
        spent = side.percent(side.end.baseline[name] - side.begin.baseline[name])
        size = side.sizes.screen if name == "screen" else side.sizes.camera + side.sizes.sound
        lines.append(f"{'ffmpeg, ' + name:34} {spent:12.2f} {per_hour(size):8.1f}")
    total = per_hour(side.sizes.total)
    screen_fps, camera_fps = (count / side.seconds for count in side.sizes.frames)
    lines.append(f"{'ffmpeg together':34} {side.baseline_percent:12.2f} {total:8.1f} {side.rss_baseline:8.0f}")
    lines.append(f"{'grey 4-bit PNG every 5 s':34} {shots:12.2f} {shot_mb:8.1f}")
    lines.append(f"{'recorder':34} {plain:12.2f} {per_hour(side.sent):8.1f} {max(side.rss):8.0f}")
    lines.append(f"{'recorder with judges':34} {watching:12.2f} {'':8} {max(side.rss_watching):8.0f}")
    x_server = side.percent(side.end.x_server - side.begin.x_server)
    lines.append(f"{'X server, for all of them':34} {x_server:12.2f}   (in none of the lines above)")
    lines += [
        "",
        "the recorder's bytes by stream, MB/h: " + ", ".join(f"{k} {per_hour(v):.2f}" for k, v in side.streams.items()),
    ]
    if side.steps:
        lines.append(f"the computer was too busy, so quality was stepped down: {', '.join(side.steps)}")
    quality = side.quality
    lines.append(
        f"screen frames {quality.frames}, due and missed {quality.missed}; changed tiles {quality.changed_tiles}, "
        f"stale {quality.stale_tiles}"
    )
    if quality.moved:
        lines.append(f"of text_psnr_motion only the panels that changed themselves: {np.mean(quality.moved):.2f} dB")
    lines.append(f"camera kept {side.camera_kept:.4f}; judges look {side.looks_per_s:.2f} times a second")
    lines.append(f"ffmpeg recorded {screen_fps:.2f} pictures of the screen and {camera_fps:.2f} of the camera a second")
    for title, rows in (("recorder", side.threads), ("recorder with judges", side.threads_watching)):
        lines += ["", f"{title}: where the time goes", *processes.thread_table(rows)]
    return [*lines, "", "the baseline's commands:", *[f"  {line}" for line in side.commands]]
