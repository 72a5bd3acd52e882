"""The second opinion as staff see it, in Debian's Chromium: worked out by the running site, shown side by side."""

from __future__ import annotations

import os
from pathlib import Path

import faces_recorded
import numpy as np
import pytest
from review_browser import quiet, sign_in, wait
from review_hall import Hall
from review_site import serve
from selenium import webdriver
from selenium.webdriver.common.by import By

from faces.describe import Describer
from faces.detect import FaceAnalyser
from server.review.texts import all_languages
from simulation.puppet import Posture, Puppet


def test_reference_check_in_and_later_moments_stand_side_by_side(
    hall: Hall,
    browser: webdriver.Chrome,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    pictures = [Puppet.of(name).draw(Posture(), (640, 480)) for name in ("astronaut", "second")]
    with FaceAnalyser() as analyser:
        people = [Describer().describe(bgr, analyser.look(bgr)[0]) for bgr in pictures]
    faces_recorded.show(monkeypatch, "astronaut", "second")
    faces_recorded.enrol(hall, "astronaut")
    faces_recorded.others(hall, people)
    hall.record()
    with serve(hall, worker=True) as (address, site):
        wait("the second opinion", lambda: site.opinions.get("sess1"))
        sign_in(browser, address)
        browser.get(f"{address}/sessions/sess1")
        section = wait("the section", lambda: browser.find_elements(By.ID, "second-opinion"))[0]
        figures = section.find_elements(By.CSS_SELECTOR, "figure[data-moment]")
        words = [figure.get_attribute("data-word") for figure in figures]
        assert words[0] == "alike" and words[2:] == ["different", "different"]
        loaded = "return [...document.querySelectorAll('#second-opinion img')].every(i => i.complete && i.naturalWidth)"
        wait("the pictures", lambda: browser.execute_script(loaded))
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", section)
        shot = tmp_path / "second-opinion.png"
        browser.save_screenshot(str(shot))
        assert np.frombuffer(shot.read_bytes()[:4], np.uint8).tolist() == [137, 80, 78, 71]
        if os.environ.get("SENIM_SHOTS"):
            shot.rename(Path(os.environ["SENIM_SHOTS"]) / shot.name)
        tops = {figure.location["y"] for figure in section.find_elements(By.TAG_NAME, "figure")}
        assert len(figures) == 4 and len(tops) == 1  # beside each other
        wide = browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        assert wide
        flagged = browser.find_elements(By.CSS_SELECTOR, "[data-flag]")
        told = {catalogue("flag.second_opinion") for catalogue in all_languages().values()}
        assert any(sentence in flag.text for flag in flagged for sentence in told)
        quiet(browser)
