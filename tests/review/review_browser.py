"""Debian's Chromium at the review site."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from review_hall import PASSWORD
from selenium import webdriver
from selenium.webdriver.common.by import By

OPTIONS = ("--headless=new", "--no-sandbox", "--mute-audio", "--force-device-scale-factor=1", "--lang=kk")
WIDTH, HEIGHT = 1366, 768


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(60)
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield driver
    finally:
        driver.quit()


def wait(what: str, look: Callable[[], Any], seconds: float = 90) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")


def sign_in(browser: webdriver.Chrome, address: str, login: str = "proctor", language: str = "") -> None:
    """``language``: of the pages, else the browser's."""
    browser.get(f"{address}/sign-in")
    browser.find_element(By.ID, "login").send_keys(login)
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    browser.find_element(By.ID, "sign-in").click()
    wait("the first page", lambda: browser.find_elements(By.ID, "sign-out"))
    if language:
        browser.add_cookie({"name": "senim_language", "value": language})


def open_session(browser: webdriver.Chrome, address: str, session: str = "sess1") -> None:
    browser.get(f"{address}/sessions/{session}")
    wait("the player", lambda: browser.find_element(By.ID, "play").is_enabled())


def quiet(browser: webdriver.Chrome) -> None:
    """Nothing failed quietly."""
    serious = [entry for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    assert serious == [], serious
