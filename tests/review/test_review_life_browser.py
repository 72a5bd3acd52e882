"""The whole life of a moment, in Debian's Chromium: raised by the client's own rules, seen on the board and in the
player, confirmed, judged blind by a second person, answered by the student, printed in the protocol."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from typing import Any

import httpx
import numpy as np
import pypdf
import pytest
from review_browser import chromium, open_session, quiet, sign_in, wait
from review_hall import Hall
from review_site import serve
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from client.verify.watching import Watcher

LEFT_MS = 5000  # session ms from which nobody is in the picture
FIRST, SECOND = "Орнынан тұрып кетті, 09:00:05", "Камерада ешкім жоқ, экранда мәтін теріліп тұр"
ANSWER = "Терезені жабуға тұрдым, <b>бір минутқа</b> да жетпеді"


def raised() -> dict[str, Any]:
    """What the client's watching tells of somebody who leaves the picture; the first telling of the incident."""
    watcher = Watcher()
    chance = np.random.default_rng(5)
    for t in range(LEFT_MS, LEFT_MS + 60_000, 300):
        picture = chance.integers(0, 255, (480, 640, 3), dtype=np.uint8)  # a room, not a covered lens
        if found := watcher.feed(picture, [], t):
            assert found[0].kind == "nobody"
            return asdict(found[0])
    raise AssertionError("nobody in the picture, and nothing was told")


def as_person(browser: webdriver.Chrome, address: str, login: str) -> None:
    browser.get("about:blank")  # what the page before still asked for must not come without its cookie
    browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
    sign_in(browser, address, login, "kk")


def confirm(browser: webdriver.Chrome, reason: str) -> None:
    """With the keyboard to the moment, then by hand."""
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("n")
    position = browser.execute_script("return senimPlayer.position")
    assert position == pytest.approx(LEFT_MS / 1000 - 2, abs=0.01), "the player stands just before it"
    field = browser.switch_to.active_element
    assert field.get_attribute("name") == "reason"
    field.send_keys(reason)
    browser.find_element(By.CSS_SELECTOR, ".flag.selected button[value=confirmed]").click()
    wait("the decision", lambda: browser.find_elements(By.CSS_SELECTOR, ".flag.confirmed"))


def judge(browser: webdriver.Chrome, reason: str) -> None:
    browser.find_element(By.CSS_SELECTOR, "#verdict input[value=violation]").click()
    browser.find_element(By.ID, "verdict-reason").send_keys(reason)
    browser.find_element(By.ID, "give-verdict").click()
    wait("the verdict", lambda: browser.find_elements(By.CSS_SELECTOR, ".given"))


def protocol(browser: webdriver.Chrome, address: str) -> str:
    link = browser.find_element(By.ID, "protocol").get_attribute("href")
    cookies = {cookie["name"]: cookie["value"] for cookie in browser.get_cookies()}
    answer = httpx.get(str(link), cookies=cookies)
    assert answer.headers["content-type"] == "application/pdf" and str(link).startswith(address)
    return re.sub(
        r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    )


@pytest.mark.timeout(300)
def test_a_moment_from_the_client_to_the_protocol(hall: Hall) -> None:
    hall.record(watched=raised())
    with serve(hall, worker=True) as (address, site), chromium() as browser:
        wait("verification", lambda: site.verifications.get("sess1"))
        as_person(browser, address, "proctor")
        browser.get(f"{address}/exams/algebra")
        row = browser.find_element(By.CSS_SELECTOR, "[data-session=sess1]")
        assert "2 сәт" in row.text
        row.find_element(By.TAG_NAME, "a").click()
        wait("the player", lambda: browser.find_element(By.ID, "play").is_enabled())
        confirm(browser, FIRST)
        judge(browser, FIRST)

        as_person(browser, address, "proctor2")
        open_session(browser, address)
        assert FIRST not in browser.page_source
        assert not browser.find_elements(By.CSS_SELECTOR, ".flag.confirmed")
        confirm(browser, SECOND)
        judge(browser, SECOND)
        assert browser.find_element(By.ID, "final").is_displayed() and FIRST in browser.page_source

        as_person(browser, address, "s1")
        browser.get(f"{address}/my/sess1")
        told = browser.find_element(By.ID, "outcome").text
        assert FIRST in told and SECOND in told
        browser.find_element(By.ID, "answer-text").send_keys(ANSWER)
        browser.find_element(By.CSS_SELECTOR, "#answer button").send_keys(Keys.ENTER)
        wait("the answer is noted", lambda: browser.find_elements(By.ID, "said"))

        as_person(browser, address, "commission")
        open_session(browser, address)
        assert ANSWER in browser.find_element(By.TAG_NAME, "main").text
        text = protocol(browser, address)
        for words in (FIRST, SECOND, "Бұзушылық", "Іңкәр Һәкімжанова"):
            assert words in text, words
        quiet(browser)
