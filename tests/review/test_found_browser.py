"""A moment of the watching as staff see it, in Debian's Chromium: its explanation opens to what was seen."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import cv2
from review_browser import quiet, sign_in, wait
from review_hall import Hall
from review_site import serve
from selenium import webdriver
from selenium.webdriver.common.by import By

from simulation.puppet import Posture, Puppet


def test_a_moment_opens_to_what_was_seen(hall: Hall, browser: webdriver.Chrome, tmp_path: Path) -> None:
    _, picture = cv2.imencode(".jpg", Puppet.of("second").draw(Posture(), (240, 180)))
    watched = {
        "kind": "another_window", "incident": 6000, "from_ms": 6000, "to_ms": 9200, "phase": "began",
        "values": {"app": "firefox", "title": "медиана <b>іздеу</b>"}, "pictures": [base64.b64encode(picture).decode()],
    }  # fmt: skip
    hall.record(watched=watched)
    with serve(hall, worker=True) as (address, _site):
        sign_in(browser, address)

        def details() -> list[object]:
            browser.get(f"{address}/sessions/sess1")
            return browser.find_elements(By.CSS_SELECTOR, ".flag details.found")

        (found,) = wait("the moment", details)
        found.find_element(By.TAG_NAME, "summary").click()
        wait("the words", lambda: "firefox: медиана <b>іздеу</b>" in found.text)
        loaded = "const i = document.querySelector('.found img'); return i.complete && i.naturalWidth === 240"
        wait("the picture", lambda: browser.execute_script(loaded))
        shot = tmp_path / "found.png"
        browser.save_screenshot(str(shot))
        if os.environ.get("SENIM_SHOTS"):
            shot.rename(Path(os.environ["SENIM_SHOTS"]) / shot.name)
        assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        flags = browser.find_elements(By.CSS_SELECTOR, "[data-flag]")
        assert sum("indow in front" in flag.text for flag in flags) == 1  # the lost focus is the same incident
        quiet(browser)
