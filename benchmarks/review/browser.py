"""Debian's Chromium for the benchmark, signed in at the site by its own form."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By

from benchmarks.review.hall import PASSWORD

WAIT_SECONDS = 120.0


class TooSlow(Exception):
    """What was waited for did not come."""


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in ("--headless=new", "--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(WAIT_SECONDS)
    metrics = {"width": 1366, "height": 768, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        yield driver
    finally:
        driver.quit()


def sign_in(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/sign-in")
    browser.find_element(By.ID, "login").send_keys("proctor")
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    browser.find_element(By.ID, "sign-in").click()
    wait("the exams", lambda: browser.find_elements(By.CSS_SELECTOR, "[data-exam]"))


def wait(what: str, look: Callable[[], Any]) -> Any:
    """Raises ``TooSlow``."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    raise TooSlow(what)


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.4999) - 1))]
