"""The time axis in Debian's Chromium: zoom, pan, overview, small pictures, frames, the keys of any keyboard; and what
happens to a page whose reader may no longer watch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_browser import chromium, open_session, quiet, sign_in, wait
from review_hall import Hall
from review_site import open_all, serve
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import update

from server import schema

HOUR_MS = 3_600_000
FRAME = 0.2  # the screen of these recordings has five pictures a second, the first at 1.5 s
FIRST = 1.5


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An exam of an hour, of which the first ten seconds were recorded."""
    built = Hall.make(tmp_path_factory.mktemp("axis") / "data")
    built.record(end_at=HOUR_MS, two_screens=True)
    yield built
    built.close()


@pytest.fixture(scope="module")
def address(hall: Hall) -> Iterator[str]:
    with serve(hall, worker=False) as (found, site):
        open_all(site)
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[webdriver.Chrome]:
    with chromium() as driver:
        sign_in(driver, address, language="kk")
        yield driver


@pytest.fixture
def page(browser: webdriver.Chrome, address: str) -> webdriver.Chrome:
    open_session(browser, address)
    wait("the recorder's account", lambda: browser.find_element(By.ID, "moment-window").text != "–")
    return browser


def shown(browser: webdriver.Chrome) -> tuple[float, float]:
    start, end = browser.execute_script("return [senimRange.from, senimRange.to]")
    return start, end


def keys(browser: webdriver.Chrome, *pressed: str) -> None:
    for key in pressed:
        browser.find_element(By.TAG_NAME, "body").send_keys(key)


def box(browser: webdriver.Chrome, selector: str) -> dict[str, float]:
    return browser.execute_script(
        "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return { left: b.left, width: b.width, middle: b.left + b.width / 2 }",
        selector,
    )


def place(browser: webdriver.Chrome, seconds: float) -> float:
    """Where a moment of the session lies on the page, in pixels from the left."""
    (start, end), axis = shown(browser), box(browser, ".reach")
    return axis["left"] + (seconds - start) / (end - start) * axis["width"]


def said(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "range").text


def test_keys_zoom_and_pan_and_everything_stays_in_its_place(page: webdriver.Chrome) -> None:
    whole = shown(page)
    assert whole[1] == HOUR_MS / 1000
    wait("the range in words", lambda: "59:58" in said(page) and "сеанс" in said(page))
    page.execute_async_script("senimPlayer.seek(8).then(arguments[0])")
    keys(page, *"iiiiii")
    start, end = shown(page)
    assert end - start == pytest.approx((whole[1] - whole[0]) / 64) and start <= 8 <= end
    assert box(page, "#window")["width"] == pytest.approx(box(page, "#overview")["width"] / 64, abs=8)
    for selector, seconds in (
        ('[data-lane=events] [data-seek="8.0"]', 8),
        ("#head", 8),
        ('[data-lane=flags] [data-seek="6.0"]', 6),
    ):
        found = box(page, selector)
        at = found["left"] if "flags" in selector else found["middle"]
        assert at == pytest.approx(place(page, seconds), abs=1.5), selector
    ticks = [(text.text, text.rect["x"]) for text in page.find_elements(By.CSS_SELECTOR, "#ticks text")]
    assert 3 <= len(ticks) <= 15 and len({text for text, _ in ticks}) == len(ticks)
    wait("the range in words", lambda: "09:00:07" in said(page) and "00:56" in said(page))
    curve = "return document.querySelector('[data-lane=loudness] .track path').getAttribute('d').split('M').length - 1"
    wait("a step for each second", lambda: page.execute_script(curve) == 10)
    keys(page, "]")
    assert shown(page)[0] == pytest.approx(start + (end - start) / 2)
    assert not page.find_element(By.ID, "head").is_displayed()
    keys(page, "[", "o", "w")
    assert shown(page) == whole
    assert not page.find_element(By.ID, "zoom-out").is_enabled()
    quiet(page)


def test_zooming_has_ends(page: webdriver.Chrome) -> None:
    whole = shown(page)
    keys(page, *"iiiiiiiiiiiiiiii")
    start, end = shown(page)
    assert end - start == pytest.approx(5)
    keys(page, *"[[[[")
    assert shown(page)[0] == whole[0]
    keys(page, Keys.END)
    assert shown(page)[1] == whole[1], "a jump brings the range along"
    keys(page, "n")
    start, end = shown(page)
    assert start <= 4 <= end, "so does a moment to look at"


def test_the_keys_are_found_on_a_cyrillic_keyboard(page: webdriver.Chrome) -> None:
    whole = shown(page)[1] - shown(page)[0]
    press = """const [key, code] = arguments;
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }));"""
    page.execute_script(press, "ш", "KeyI")
    assert shown(page)[1] - shown(page)[0] == pytest.approx(whole / 2)
    page.execute_script(press, "ц", "KeyW")
    page.execute_script(press, "һ", "Equal")
    assert page.execute_script("return senimPlayer.rate") == 1.5
    page.execute_script(press, "ө", "Minus")
    page.execute_script(press, "ә", "Digit2")
    wait("the second screen", lambda: page.execute_script("return document.getElementById('screen').width") == 640)


def test_wheel_and_hand(page: webdriver.Chrome) -> None:
    whole = shown(page)
    lane = page.find_element(By.CSS_SELECTOR, "[data-lane=answers]")
    origin = ScrollOrigin.from_element(lane)
    under = (whole[0] + whole[1]) / 2
    ActionChains(page).scroll_from_origin(origin, 0, -600).perform()
    wait("a shorter range", lambda: shown(page)[1] - shown(page)[0] < 2000)
    start, end = shown(page)
    assert start < under < end, "what is under the pointer stays"
    position = page.execute_script("return senimPlayer.position")
    ActionChains(page).drag_and_drop_by_offset(lane, 120, 0).perform()
    moved = shown(page)
    assert moved[0] < start and moved[1] - moved[0] == pytest.approx(end - start)
    assert page.execute_script("return senimPlayer.position") == position, "a drag is no click"
    ActionChains(page).move_to_element(lane).click().perform()
    assert page.execute_script("return senimPlayer.position") == pytest.approx(sum(moved) / 2, abs=60)
    ActionChains(page).scroll_from_origin(origin, 0, 3000).perform()
    wait("the whole", lambda: shown(page) == whole)
    assert page.execute_script("return scrollY") == 0
    ActionChains(page).pause(0.5).scroll_from_origin(origin, 0, 300).perform()
    wait("the page scrolls when there is nothing left to show", lambda: page.execute_script("return scrollY") > 0)


def test_the_overview_by_hand_and_keyboard(page: webdriver.Chrome) -> None:
    keys(page, *"iii")
    overview = page.find_element(By.ID, "overview")
    before = shown(page)
    overview.send_keys(Keys.ARROW_RIGHT)
    assert shown(page)[0] == pytest.approx(before[0] + (before[1] - before[0]) / 10)
    overview.send_keys(Keys.END)
    assert shown(page)[1] == HOUR_MS / 1000 and overview.get_attribute("aria-valuenow") == "100"
    overview.send_keys(Keys.HOME)
    assert overview.get_attribute("aria-valuenow") == "0"
    assert page.execute_script("return senimPlayer.position") < 20, "the arrows move the range here, not the recording"
    overview.click()
    start, end = shown(page)
    assert (start + end) / 2 == pytest.approx(HOUR_MS / 2000, abs=9)


def peek(browser: webdriver.Chrome) -> dict[str, Any]:
    return browser.execute_script(
        """const part = (name) => document.getElementById(name), image = document.querySelector('#peek-picture img');
        return { shown: !part('peek').hidden, clock: part('peek-clock').textContent,
          words: part('peek-window').textContent,
          picture: !part('peek-picture').hidden && image?.complete && image.naturalWidth };"""
    )


def test_small_pictures_beside_the_pointer_and_at_the_focused_slider(page: webdriver.Chrome) -> None:
    keys(page, *"iiiiiiii")
    lane = page.find_element(By.CSS_SELECTOR, "[data-lane=answers]")
    offset = place(page, 9.5) - box(page, "[data-lane=answers]")["middle"]
    ActionChains(page).move_to_element_with_offset(lane, round(offset), 0).perform()
    found = wait("the picture", lambda: (now := peek(page))["picture"] and now)
    assert found["picture"] == 240 and found["clock"] == "09:00:09" and "Сызықтық алгебра" in found["words"]
    keys(page, "w")
    ActionChains(page).move_to_element(lane).perform()
    found = peek(page)
    assert found["shown"] and not found["picture"] and found["words"] == "кішірейтілген сурет жоқ"
    ActionChains(page).move_to_element(page.find_element(By.TAG_NAME, "h1")).perform()
    assert not peek(page)["shown"]
    slider = page.find_element(By.ID, "seek")
    slider.send_keys(Keys.ARROW_RIGHT)
    found = wait("the picture at the slider", lambda: (now := peek(page))["picture"] and now)
    assert found["clock"] == slider.get_attribute("aria-valuetext")
    slider.send_keys(Keys.TAB)
    assert not peek(page)["shown"]
    quiet(page)


def step(browser: webdriver.Chrome, key: str) -> tuple[float, float]:
    before = browser.find_element(By.ID, "player-state").text
    keys(browser, key)
    wait("the frame", lambda: browser.find_element(By.ID, "player-state").text != before)
    at, start = browser.execute_script("return [senimPlayer.position, senimPlayer.tracks[0].shown.from]")
    return at, start


def test_frame_by_frame(page: webdriver.Chrome) -> None:
    page.execute_async_script("senimPlayer.seek(5.28).then(arguments[0])")
    number = int((5.28 - FIRST) / FRAME)  # the frame due there
    for key, by in ((".", 1), (".", 2), (",", 1), (",", 0), (",", -1)):
        at, start = step(page, key)
        assert at == pytest.approx(FIRST + (number + by) * FRAME, abs=1e-4) and start == pytest.approx(at, abs=1e-4)
    assert page.find_element(By.ID, "player-state").text == "09:00:04.900 кадры"
    page.execute_async_script("senimPlayer.seek(3600).then(arguments[0])")
    at, _ = step(page, ",")
    assert at == pytest.approx(FIRST + 49 * FRAME, abs=1e-4), "over the gap to the last picture"
    keys(page, ".")
    wait("the end in words", lambda: "басқа кадр жоқ" in page.find_element(By.ID, "player-state").text)


def test_every_key_is_in_the_list(page: webdriver.Chrome) -> None:
    keys(page, "?")
    listed = page.find_element(By.ID, "shortcuts").text
    for key in (",", ".", "i", "o", "[", "]", "w", "n", "p", "q", "m", "v"):
        assert key in listed.split(), key
    page.find_element(By.CSS_SELECTOR, "#shortcuts button").click()


BARS = """return [...document.querySelectorAll('.decisions, .decisions *')].filter((part) =>
    part.scrollHeight > part.clientHeight && ['auto', 'scroll'].includes(getComputedStyle(part).overflowY)
    && part.tagName !== 'TEXTAREA').length"""


def test_the_decisions_have_one_scroll_bar_at_most(page: webdriver.Chrome) -> None:
    assert page.execute_script("return innerHeight") == 768
    assert page.execute_script(BARS) <= 1
    keys(page, "n")
    assert page.execute_script(BARS) <= 1, "with a moment's form open, too"


def test_small_pictures_bear_who_looks(page: webdriver.Chrome) -> None:
    keys(page, "w")
    page.execute_script("document.getElementById('seek').focus({ focusVisible: true })")
    for selector in (".shot", ".film .thumb:not(.empty)", "#peek-picture", "#identity figure"):
        drawn = page.execute_script(
            "const part = document.querySelector(arguments[0]);"
            "return part && getComputedStyle(part, '::after').backgroundImage",
            selector,
        )
        assert drawn is not None and "/watermark.svg" in drawn, (selector, drawn)


def test_the_watermark_s_day_is_that_of_its_clock(page: webdriver.Chrome) -> None:
    """Four minutes after midnight in UTC+5 it is still yesterday in UTC."""
    told = page.execute_async_script(
        "const file = document.querySelector('script[src$=\"session.js\"]').src.replace('session.js', 'page/page.js');"
        "import(file).then((m) => arguments[0](m.dayAndMinute(Date.UTC(2026, 10, 26, 19, 4, 59))), arguments[0])"
    )
    assert told == "2026-11-27 00:04"


def test_whoever_may_no_longer_watch_sees_no_more(
    hall: Hall, page: webdriver.Chrome, address: str, tmp_path: Path
) -> None:
    """The role is taken while the page is open: the next request is refused, and nothing stays in view."""
    person = schema.users.c.id == "proctor"
    page.execute_async_script("senimPlayer.seek(3).then(arguments[0])")
    hall.database.write(lambda c: c.execute(update(schema.users).where(person).values(role="teacher")))
    try:
        page.execute_script("for (const track of senimPlayer.tracks) track.source.forget(); senimPlayer.seek(9.5)")
        state = page.find_element(By.ID, "player-state")
        wait("the words", lambda: "құқығыңыз алынды" in state.text)
        assert page.find_element(By.ID, "screen-gap").is_displayed()
        assert page.execute_script("return document.querySelectorAll('img[src*=\"/media/\"]').length") == 0
        drawn = (
            "const c = document.getElementById('screen'); return [...c.getContext('2d').getImageData(5, 5, 1, 1).data]"
        )
        assert page.execute_script(drawn) == [0x3B, 0x44, 0x48, 255]
        page.find_element(By.TAG_NAME, "body").send_keys(" ")
        assert not page.execute_script("return senimPlayer.playing")
        page.save_screenshot(str(tmp_path / "withdrawn.png"))
    finally:
        hall.database.write(lambda c: c.execute(update(schema.users).where(person).values(role="invigilator")))
    page.get_log("browser")  # the refused request stands there, rightly
