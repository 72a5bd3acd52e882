"""The session page with the long recording: first picture, random seeks, playing, a thin line, what the server pays."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

from selenium import webdriver

from benchmarks.review.browser import chromium, quantile, sign_in, wait
from benchmarks.review.hall import SESSION, Hall
from benchmarks.review.process import Server, serving

RATES = (1, 4, 16)
LINE = {"offline": False, "latency": 30, "downloadThroughput": 20e6 / 8, "uploadThroughput": 20e6 / 8}
# Both pictures are up when each track shows a frame; counted from the beginning of the navigation.
WATCH = """
performance.setResourceTimingBufferSize(100000);
const look = () => {
  const tracks = window.senimPlayer?.tracks.slice(0, 2) ?? [];
  if (tracks.length === 2 && tracks.every((track) => track.shown)) window.firstPicture = performance.now() / 1000;
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
SEEK = """
const [target, done] = arguments, begun = performance.now();
senimPlayer.seek(target).then(() => {
  const near = (t) => t.shown && t.shown.from - 0.5 <= target && target <= t.shown.to + 0.5;
  done(senimPlayer.tracks.slice(0, 2).every(near) ? (performance.now() - begun) / 1000 : null);
});
"""
SENT = """
return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0) / 1e6;
"""
NOW = """
const { position, drift_ms, dropped, errors } = senimPlayer.stats();
return { position, drift_ms, dropped, errors, at: performance.now() / 1000 };
"""
LOADED = "return performance.getEntriesByType('resource').some((entry) => entry.name.includes('/media/track'))"


class WrongPicture(Exception):
    """After a seek a player showed another moment than the one asked for, or a stream failed."""


@dataclass(frozen=True)
class Playing:
    """``drift``: ms within which the streams were together in 95 % of the ticks; ``dropped``: frames that were due and
    never shown; ``reached``: the speed that came out; ``cpu``: percent of a core the server took; ``sent``: MB."""

    drift: float
    dropped: int
    reached: float
    cpu: float
    sent: float


@dataclass
class Played:
    """Seconds, MB. ``cold_first_picture``: the server had not read this session before; ``memory``: of the server
    before anybody watched, and after; ``line``: the same on 20 Mbit/s with 30 ms."""

    first_picture: float
    cold_first_picture: float
    opened: float
    seeks: list[float]
    seek_cpu: float
    seek_sent: float
    line_first_picture: float
    line_seeks: list[float]
    memory: tuple[float, float]
    playing: dict[int, Playing] = field(default_factory=dict)

    def seek(self, share: float) -> float:
        return quantile(self.seeks, share)

    def line_seek(self, share: float) -> float:
        return quantile(self.line_seeks, share)


def measure_player(hall: Hall, *, seeks: int, seconds: float) -> Played:
    with serving(hall) as server, chromium() as browser:
        sign_in(browser, server.address)
        before = server.memory
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        cold = _open(browser, server)
        warm = sorted(_open(browser, server) for _ in range(5))[2]
        wait("the recorder's account", lambda: browser.execute_script(LOADED))
        opened = float(browser.execute_script(SENT))
        cpu = server.cpu
        times = _seeks(browser, seeks, 11)
        cpu = (server.cpu - cpu) * 1000 / seeks
        sent = (float(browser.execute_script(SENT)) - opened) * 1000 / seeks
        playing = {rate: _play(browser, server, rate, seconds) for rate in RATES} if seconds else {}
        after = server.memory
        browser.execute_cdp_cmd("Network.enable", {})
        browser.execute_cdp_cmd("Network.emulateNetworkConditions", LINE)
        line = sorted(_open(browser, server) for _ in range(3))[1]
        wait("the recorder's account", lambda: browser.execute_script(LOADED))
        line_times = _seeks(browser, seeks, 12)
    return Played(warm, cold, opened, times, cpu, sent, line, line_times, (before, after), playing)


def _open(browser: webdriver.Chrome, server: Server) -> float:
    browser.get(f"{server.address}/sessions/{SESSION}")
    return float(wait("the first picture", lambda: browser.execute_script("return window.firstPicture")))


def _seeks(browser: webdriver.Chrome, count: int, seed: int) -> list[float]:
    start, end = browser.execute_script("return [senimPlayer.start, senimPlayer.to]")
    chance = random.Random(seed)
    return [_seek(browser, chance.uniform(start, end - 5)) for _ in range(count)]


def _seek(browser: webdriver.Chrome, target: float) -> float:
    took = browser.execute_async_script(SEEK, target)
    if took is None:
        raise WrongPicture(f"after a seek to {target:.2f} s")
    return float(took)


def _play(browser: webdriver.Chrome, server: Server, rate: int, seconds: float) -> Playing:
    start, end = browser.execute_script("return [senimPlayer.start, senimPlayer.to]")
    _seek(browser, start + min(100 * rate, (end - start) / 4))
    browser.execute_script("senimPlayer.setRate(arguments[0]); senimPlayer.play()", rate)
    sent, cpu, before = float(browser.execute_script(SENT)), server.cpu, browser.execute_script(NOW)
    time.sleep(seconds)
    after = browser.execute_script(NOW)
    cpu = server.cpu - cpu
    browser.execute_script("senimPlayer.pause()")
    if after["errors"]:
        raise WrongPicture("; ".join(after["errors"]))
    wall = after["at"] - before["at"]
    reached = (after["position"] - before["position"]) / wall
    dropped = after["dropped"] - before["dropped"]
    sent = float(browser.execute_script(SENT)) - sent
    return Playing(float(after["drift_ms"]), int(dropped), reached, cpu * 100 / wall, sent)
