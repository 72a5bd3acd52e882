"""``--soak HOURS``: the recorder with its judges alone for hours. Does memory grow, does sound run away?

A line goes to ``var/benchmark/soak.csv`` every ten seconds, so that a run broken off still tells something.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.recording.hall import Hall, say
from benchmarks.recording.product import Product
from benchmarks.recording.sound import Beeper, beeps_in, offsets_ms
from evidence.verify import verify

FILE = Path("var/benchmark/soak.csv")
COLUMNS = ("elapsed_s", "rss_mb", "threads", "cpu_percent", "sent_mb", "segments", "sound_offset_ms")
SAMPLE_S = 10.0
LISTEN_S = 300.0  # how often the newest sound is opened and held against the beeps
BEEP_EVERY_S = 20.3
WARM_S = 600.0  # caches fill; the slope of memory is taken after this
LEAST_S = 1200.0  # a shorter stretch behind the warm-up gives no slope, only its own noise


@dataclass
class Soak:
    """Samples in time's order; ``offsets``: (seconds since the start, recorded minus true in ms) of beeps."""

    seconds: float = 0.0
    rss: list[tuple[float, float]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    offsets: list[tuple[float, float]] = field(default_factory=list)
    segments: int = 0
    sent_mb: float = 0.0
    coverage: dict[str, float] = field(default_factory=dict)
    gaps: int = 0
    verified: bool = False

    @property
    def growth(self) -> float | None:
        """MB an hour after the warm-up; None when the run was too short."""
        return slope_per_hour(self.rss, WARM_S) if self.seconds >= WARM_S + LEAST_S else None

    @property
    def drift(self) -> float | None:
        """Milliseconds an hour by which sound runs away; None when the run was too short."""
        return slope_per_hour(self.offsets) if self.seconds >= LEAST_S else None


class _Run:
    def __init__(self, product: Product, beeper: Beeper, hall: Hall) -> None:
        self._product, self._beeper, self._hall = product, beeper, hall
        self._began = time.monotonic()
        self._origin = product.origin_ns()
        self._spent = product.usage().total
        self._sampled = self._began
        self._listened_ms = 0.0
        self.soak = Soak()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    def sample(self, listen: bool) -> dict[str, float]:
        now, usage = time.monotonic(), self._product.usage()
        percent = 100 * (usage.total - self._spent) / max(1e-3, now - self._sampled)
        self._spent, self._sampled = usage.total, now
        rss = self._product.rss_mb()
        self.soak.rss.append((self.elapsed, rss))
        self.soak.cpu.append(percent)
        row = {"elapsed_s": round(self.elapsed, 1), "rss_mb": round(rss, 1), "threads": float(len(usage.threads)),
               "cpu_percent": round(percent, 2), "sent_mb": round(self._product.wire.sent / 1e6, 2)}  # fmt: skip
        if listen:
            row |= self.listen()
        return row

    def listen(self) -> dict[str, float]:
        """Opens what sound arrived since the last time."""
        session = self._hall.opened(self._product)
        self.soak.segments = len(session.segments)
        recorded = [self._origin + round(ms * 1e6) for ms in beeps_in(session.sound(self._listened_ms))]
        found = offsets_ms(recorded, self._beeper.heard_ns)
        sound = session.of("sound")
        self._listened_ms = float(sound[-1].end) if sound else 0.0
        origin_s = self._origin / 1e9
        self.soak.offsets += [(at / 1e9 - origin_s, offset) for at, offset in found]
        newest = {"segments": float(self.soak.segments)}
        return newest | ({"sound_offset_ms": round(float(np.median([o for _, o in found])), 1)} if found else {})


def measure(hours: float) -> Soak:
    """Runs for ``hours``; Ctrl+C ends it early with what there is."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with Hall(minutes=round(hours * 60) + 60) as hall:
        beeper = Beeper(hall.folder, BEEP_EVERY_S)
        with hall.show("exam"), hall.product(judges=True) as product, FILE.open("w", newline="") as out:
            beeper.start()
            table = csv.DictWriter(out, COLUMNS)
            table.writeheader()
            run, listened = _Run(product, beeper, hall), 0.0
            say(f"{hours:g} hours alone; samples in {FILE}")
            try:
                while run.elapsed < hours * 3600:
                    time.sleep(SAMPLE_S)
                    listen = run.elapsed - listened >= LISTEN_S
                    listened = run.elapsed if listen else listened
                    table.writerow(run.sample(listen))
                    out.flush()
            except KeyboardInterrupt:
                say("ended early")
            return _end(run, product, hall, beeper)


def _end(run: _Run, product: Product, hall: Hall, beeper: Beeper) -> Soak:
    soak = run.soak
    soak.seconds = run.elapsed
    receipt = product.hand_in()
    beeper.stop()
    run.listen()
    soak.sent_mb = product.wire.sent / 1e6
    soak.coverage, soak.gaps = receipt.coverage, len(receipt.gaps)
    soak.verified = verify(hall.institution.session_folder(product.session), hall.institution.verifying_key).ok
    return soak


def slope_per_hour(points: Sequence[tuple[float, float]], after: float = 0.0) -> float | None:
    """Of (seconds, value): least squares, per hour; None with fewer than three points behind ``after``."""
    kept = [point for point in points if point[0] >= after]
    if len(kept) < 3:
        return None
    at, values = np.array(kept).T
    return float(np.polyfit(at / 3600, values, 1)[0])


def lines(soak: Soak) -> list[str]:
    """What it came to, for people."""
    growth, drift = soak.growth, soak.drift
    offsets = [offset for _, offset in soak.offsets]
    found = [
        f"soak of {soak.seconds / 3600:.2f} h, judges on, alone on the machine but for the simulated devices",
        f"  memory: {soak.rss[0][1]:.0f} MB at the start, {soak.rss[-1][1]:.0f} MB at the end"
        + (f", {growth:+.2f} MB an hour after {WARM_S / 60:.0f} min" if growth is not None else ""),
        f"  processor: {float(np.mean(soak.cpu)):.1f} % of a core, dearest ten seconds {max(soak.cpu):.1f} %",
        f"  sent: {soak.sent_mb:.1f} MB, {soak.sent_mb / soak.seconds * 3600:.1f} MB/h in {soak.segments} segments",
        "  coverage: " + ", ".join(f"{name} {ratio:.4f}" for name, ratio in soak.coverage.items())
        + f"; gaps {soak.gaps}; the evidence verifies: {'yes' if soak.verified else 'NO'}",
    ]  # fmt: skip
    if offsets:
        low, middle, high = np.percentile(offsets, [5, 50, 95])
        found.append(
            f"  sound later than true by {middle:.1f} ms ({low:.1f} to {high:.1f}, {len(offsets)} beeps)"
            + (
                f", drift against the clock that stamps the pictures {drift:+.2f} ms an hour"
                if drift is not None
                else ""
            )
        )
    return found
