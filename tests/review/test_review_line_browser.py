"""The line to the server is cut for longer than anything is tried again, and mended: the page says so, keeps its place,
and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from recorded_session import END_AT, PAPER_AT
from review_browser import open_session, sign_in, wait
from review_hall import Hall
from review_site import serve
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

EXAM_SECONDS = (END_AT - PAPER_AT) / 1000
# The page's tries and pauses, fifty times as fast.
HASTE = (
    "const timer = window.setTimeout; window.setTimeout = (work, ms, ...more) => timer(work, (ms || 0) / 50, ...more);"
)
# Nothing that was fetched is left, neither in the page's memory nor in a media element.
FORGET = """for (const track of senimPlayer.tracks) { track.source.forget(); if (track.buffer) track.run = null; }
for (const image of document.querySelectorAll('.film .thumb:not(.empty) img')) image.src = image.src + '&again';"""
FRAMES = """const done = arguments[0]; let left = 40;
const look = () => (left-- > 0 ? requestAnimationFrame(look) : done(senimPlayer.position)); look();"""
LOADED = """const images = [...document.querySelectorAll('.film .thumb:not(.empty) img')];
return images.length > 0 && images.every(image => image.complete && image.naturalWidth > 0);"""


@contextmanager
def page_with(browser: webdriver.Chrome, source: str) -> Iterator[None]:
    """Pages run ``source`` before anything of their own."""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def cut(browser: webdriver.Chrome, *, off: bool) -> None:
    line = {"offline": off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", line)


def stats(browser: webdriver.Chrome) -> dict[str, Any]:
    return browser.execute_script("return window.senimPlayer ? window.senimPlayer.stats() : null")


@pytest.mark.parametrize("webcodecs", [True, False])
def test_a_line_that_was_cut_is_told_and_goes_on(hall: Hall, browser: webdriver.Chrome, webcodecs: bool) -> None:
    hall.record()
    hide = "" if webcodecs else "delete window.VideoDecoder; delete window.EncodedVideoChunk;"
    with serve(hall, worker=True) as (address, site), page_with(browser, HASTE + hide):
        sign_in(browser, address, language="en")
        wait("verification", lambda: site.verifications.get("sess1"))
        open_session(browser, address)
        wait("the small pictures", lambda: browser.execute_script(LOADED))
        cut(browser, off=True)
        try:
            browser.execute_script(FORGET + "senimPlayer.setRate(2); senimPlayer.seek(4.5);")
            notice = browser.find_element(By.ID, "line")
            wait("the word", notice.is_displayed)
            assert "cannot be reached" in notice.text and "Try again" in notice.text
            browser.find_element(By.ID, "play").click()
            assert browser.execute_async_script(FRAMES) == 4.5 and stats(browser)["playing"], "it waits there"
            _keeps_what_was_typed(browser)
            assert browser.switch_to.active_element.get_attribute("id") == "line-again"
            browser.switch_to.active_element.send_keys(Keys.ENTER)
            wait("a try in vain", lambda: "Trying" not in notice.text)
            assert notice.is_displayed() and not browser.execute_script(LOADED)
        finally:
            cut(browser, off=False)
        wait("the line", lambda: not notice.is_displayed())
        played = wait("the end", lambda: (now := stats(browser))["ended"] and not now["playing"] and now)
        assert played["errors"] == []
        for stream in ("screen-1", "camera", "sound"):
            assert played["played"][stream] >= EXAM_SECONDS - (4.5 - PAPER_AT / 1000) - 1.5, played
        wait("the small pictures", lambda: browser.execute_script(LOADED))
        browser.get_log("browser")


def _keeps_what_was_typed(browser: webdriver.Chrome) -> None:
    reason = browser.find_element(By.ID, "verdict-reason")
    browser.find_element(By.CSS_SELECTOR, "#verdict input[value=no_violation]").click()
    reason.send_keys("Бәрі дұрыс")
    browser.find_element(By.ID, "give-verdict").send_keys(Keys.ENTER)
    assert reason.get_attribute("value") == "Бәрі дұрыс" and "/sessions/sess1" in browser.current_url


def test_a_page_opened_into_a_cut_line_opens_when_it_is_mended(hall: Hall, browser: webdriver.Chrome) -> None:
    """The page itself came, its first question for the recording did not."""
    hall.record()
    lost = """const real = window.fetch; window.cut = true;
    window.fetch = (...asked) => window.cut ? Promise.reject(new TypeError('cut')) : real(...asked);"""
    with serve(hall, worker=True) as (address, site), page_with(browser, HASTE + lost):
        sign_in(browser, address, language="en")
        wait("verification", lambda: site.verifications.get("sess1"))
        browser.get(f"{address}/sessions/sess1")
        wait("the word", lambda: browser.find_element(By.ID, "line").is_displayed())
        browser.execute_script("window.cut = false")
        wait("the player", lambda: browser.find_element(By.ID, "play").is_enabled())
        assert stats(browser)["errors"] == []


def test_what_the_server_cannot_give_can_be_asked_for_again(hall: Hall, browser: webdriver.Chrome) -> None:
    """It answers everything else: no line is down, and the other streams are there."""
    hall.record()
    ill = """const real = window.fetch; window.ill = false;
    window.fetch = (asked, ...more) => window.ill && /screen-1.\\d+-/.test(asked)
      ? Promise.resolve(new Response("", { status: 500 })) : real(asked, ...more);"""
    with serve(hall, worker=True) as (address, site), page_with(browser, HASTE + ill):
        sign_in(browser, address, language="en")
        wait("verification", lambda: site.verifications.get("sess1"))
        open_session(browser, address)
        browser.execute_script("window.ill = true;" + FORGET)
        browser.execute_async_script("senimPlayer.seek(9.5).then(arguments[0])")
        notice = browser.find_element(By.ID, "line")
        assert "did not come" in notice.text
        assert browser.execute_script("return senimPlayer.tracks.map(t => Boolean(t.shown))")[:2] == [False, True]
        browser.execute_script("window.ill = false")
        browser.find_element(By.ID, "line-again").click()
        wait("the picture", lambda: browser.execute_script("return senimPlayer.tracks[0].shown?.from > 9"))
        assert not notice.is_displayed() and stats(browser)["errors"] == []
