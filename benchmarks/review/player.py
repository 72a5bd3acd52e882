"""The session page with the long recording: first picture, random seeks, drift while playing."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from selenium import webdriver

from benchmarks.review.browser import chromium, quantile, sign_in, wait
from benchmarks.review.hall import SESSION, Hall

RATES = (1, 4, 16)
# Both pictures are up when each track shows a frame; counted from the beginning of the navigation.
WATCH = """
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


class WrongPicture(Exception):
    """After a seek a player showed another moment than the one asked for."""


@dataclass(frozen=True)
class Played:
    """Seconds. ``cold_first_picture``: the server had not read this session before. ``drift``: ms by speed."""

    first_picture: float
    cold_first_picture: float
    seeks: list[float]
    drift: dict[int, float]

    def seek(self, share: float) -> float:
        return quantile(self.seeks, share)


def measure_player(hall: Hall, *, seeks: int, seconds: float) -> Played:
    with hall.serve() as address, chromium() as browser:
        sign_in(browser, address)
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        cold = _open(browser, address)
        warm = sorted(_open(browser, address) for _ in range(3))[1]
        start, end = browser.execute_script("return [senimPlayer.start, senimPlayer.to]")
        chance = random.Random(11)
        times = [_seek(browser, chance.uniform(start, end - 5)) for _ in range(seeks)]
        drift = {rate: _drift(browser, rate, seconds, start) for rate in RATES} if seconds else {}
    return Played(warm, cold, times, drift)


def _open(browser: webdriver.Chrome, address: str) -> float:
    browser.get(f"{address}/sessions/{SESSION}")
    return float(wait("the first picture", lambda: browser.execute_script("return window.firstPicture")))


def _seek(browser: webdriver.Chrome, target: float) -> float:
    took = browser.execute_async_script(SEEK, target)
    if took is None:
        raise WrongPicture(f"after a seek to {target:.2f} s")
    return float(took)


def _drift(browser: webdriver.Chrome, rate: int, seconds: float, start: float) -> float:
    """Within how many ms the streams were together in 95 % of the ticks."""
    _seek(browser, start + 100)
    browser.execute_script("senimPlayer.setRate(arguments[0]); senimPlayer.play()", rate)
    time.sleep(seconds)
    found = browser.execute_script("const now = senimPlayer.stats(); senimPlayer.pause(); return now.drift_ms")
    return float(found)
