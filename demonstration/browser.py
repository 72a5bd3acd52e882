"""The invigilator's hands: Debian's Chromium on the review site, driven through its own remote control."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.ui import WebDriverWait

WINDOW = (1366, 768)
PATIENT_S = 400  # the browser's remote control gives up after 120 s by itself: too soon where all processors are busy
SLACK_S = 30.0  # how much longer than its own length a playback may take on a busy machine


class ReviewFailed(Exception):
    """A page did not do what an invigilator needs; the text says which and how."""


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Debian's Chromium without a window of its own, at the size of a small laptop's screen."""
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    sandbox = ["--no-sandbox"] if sys.platform != "win32" and os.getuid() == 0 else []
    size = f"--window-size={WINDOW[0]},{WINDOW[1] + 87}"  # 87: what headless Chromium keeps for its frame
    quiet = ["--mute-audio", "--autoplay-policy=no-user-gesture-required", "--disable-background-networking"]
    for word in ["--headless=new", size, f"--user-data-dir={profile}", *quiet, *sandbox]:
        options.add_argument(word)
    browser = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    connection = browser.command_executor
    assert isinstance(connection, RemoteConnection)  # a plain address is taken by its constructor alone
    connection.client_config.timeout = PATIENT_S
    try:
        yield browser
    finally:
        browser.quit()


@dataclass
class Invigilator:
    """One person at the review site. ``pictures``: where each page's screenshot goes."""

    browser: Chrome
    address: str
    pictures: Path
    shot: int = 0

    def sign_in(self, login: str, password: str, language: str) -> None:
        self.browser.get(self.address)
        self._wait(f'button[name="language"][value="{language}"]').click()
        self._wait(f'html[lang="{language}"]')
        self._wait("#login").send_keys(login)
        self._wait("#password").send_keys(password)
        self.picture("review-sign-in")
        self._wait("#sign-in").click()
        self._wait("[data-exam], [data-session]")
        self.picture("review-exams")

    def open_session(self, session: str) -> str:
        """By the way an invigilator goes: exam, then the session's row. The page's address."""
        row = f'[data-session="{session}"]'
        if not self.browser.find_elements(By.CSS_SELECTOR, row):
            for link in [e.get_attribute("href") for e in self.browser.find_elements(By.CSS_SELECTOR, "[data-exam] a")]:
                self.browser.get(str(link))
                if self.browser.find_elements(By.CSS_SELECTOR, row):
                    break
        self._wait(row)
        self.picture("review-sessions")
        self._wait(f"{row} a").click()
        self._wait("#play")
        return str(self.browser.current_url)

    def play_exam(self) -> dict[str, Any]:
        """Plays the exam at 1x from the first question to the end; the player's own account of it."""
        self._wait_for_player()
        stats = self._stats()
        length = stats["to"] - stats["start"]
        self.picture("review-session")
        self._wait("#play").click()
        until = time.monotonic() + length + SLACK_S
        pictured = False
        while time.monotonic() < until:
            stats = self._stats()
            if not pictured and stats["position"] >= stats["start"] + length / 2:
                self.picture("review-playing")
                pictured = True
            if stats["ended"] and not stats["playing"]:
                if stats["errors"]:
                    raise ReviewFailed(f"the player reports {stats['errors']}")
                return stats
            time.sleep(0.2)
        raise ReviewFailed(f"the player did not reach the end: {stats}")

    def decide(self, outcome: str, reason: str) -> None:
        """Gives a verdict in the form and waits until the page shows it."""
        self._wait(f'#verdict input[value="{outcome}"]').click()
        self._wait("#verdict-reason").send_keys(reason)
        self._wait("#give-verdict").click()
        self._wait(".given")
        self._wait_for_player()  # the page was loaded anew
        self.picture("review-verdict")

    def _stats(self) -> dict[str, Any]:
        stats: dict[str, Any] = self._script("return window.senimPlayer.stats()")
        return stats

    def _wait_for_player(self, seconds: float = 60) -> None:
        ready = "return !!window.senimPlayer && !document.querySelector('#play').disabled"
        WebDriverWait(self.browser, seconds).until(
            lambda window: window.execute_script(ready), "the player is not ready"
        )

    def picture(self, name: str) -> None:
        self.shot += 1
        self.browser.save_screenshot(str(self.pictures / f"{name}.png"))

    def _wait(self, selector: str, seconds: float = 30) -> WebElement:
        condition = expect.presence_of_element_located((By.CSS_SELECTOR, selector))
        return WebDriverWait(self.browser, seconds).until(condition, f"no {selector} on {self.browser.current_url}")

    def _script(self, text: str, *arguments: Any) -> Any:
        return self.browser.execute_script(text, *arguments)
