"""Every page in Debian's Chromium: axe-core without a violation, light and dark, at 200 % zoom, by keyboard alone.

Each page is kept as a picture in each language: in the test's own folder, or in the one that ``SENIM_PICTURES`` names.
"""

from __future__ import annotations

import base64
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import review_media
from recorded_session import START
from review_computers import fill
from review_hall import PASSWORD, Hall
from review_site import Visitor, open_all, serve, visit
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select, update

from server import breaks, schema
from server.admin import erasure
from server.admin.console import Console
from server.clock import iso
from server.review import app
from server.review.pages import Pages

AXE = Path(__file__).resolve().parents[2] / "var" / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "proctor": ["/", "/readiness", "/readiness?by=machines", "/exams/algebra", "/sessions/sess1", "/sessions/sess2"],
    "commission": ["/sessions/sess3", "/sessions/sess4"],
    "teacher": ["/exams/algebra", "/exams/algebra/marks", "/sessions/sess1/marks", "/sessions/sess1"],
    "s1": ["/my", "/my/sess1"],
    "s4": ["/my/sess4"],
    "keeper": ["/exams/algebra", "/exams/algebra/details", "/audit", "/nothing-here"],
}
FILE_NAME = str.maketrans("/?={}", "-----")
WITHOUT_ACCOUNT = ["/sign-in", "/deliver", "/receipt", "/receipt?code=ABCD-EFGH-JKLM", "/receipt?code={code}"]
TEMPLATES = Path(app.__file__).with_name("templates")
KEPT = os.environ.get("SENIM_PICTURES")
TALLEST = 4200  # px of a picture
# One template with other tables: axe looks at each of them in one language.
OFFICE = {"kk": ["students", "schedule"], "ru": ["roles", "retention"], "en": ["keys", "storage"]}
WIDTH, HEIGHT = 1366, 768
# Sentences in a table's cell that got no room: a column of single letters is no table any more.
SQUEEZED = "return [...document.querySelectorAll('td p')].filter(p => p.clientWidth < 200).map(p => p.innerText)"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One session decided by two people, one running whose student asks for a break and got a message, one nobody has
    looked at, one whose recording was erased."""
    built = Hall.make(tmp_path_factory.mktemp("accessible") / "data")
    built.student("s2", "Ұлан Бекеұлы")
    built.student("s3", "Қайрат Сәрсенбаев")
    built.record(two_screens=True, files={"Есептеулер кестесі.xlsx": bytes(90_000), "Сызба.jpg": review_media.jpeg(5)})
    built.record("sess2", "s2", running=True)
    built.record("sess3", "s3")
    fill(built)
    built.folder.recipients.write_text(f"# review review {iso(START)}\n{built.review.recipient.text}\n")
    built.student("s4", "Айжан Мұратова")
    built.record("sess4", "s4")
    with visit(built) as visitor:
        open_all(visitor.site)
        here = select(schema.flags.c.id).where(schema.flags.c.session == "sess1")
        flag = built.database.read(lambda c: c.execute(here).scalars().first())
        page = visitor.as_person("proctor").page("/sessions/sess1")
        visitor.post(f"/sessions/sess1/flags/{flag}", page, state="confirmed", reason="Параққа қарады")
        for who in ("proctor", "proctor2"):
            page = visitor.as_person(who).page("/sessions/sess1")
            visitor.post("/sessions/sess1/verdict", page, outcome="violation", reason="Парақтан оқыды", known="0")
        _around(built, visitor)
        _erased(built)
        open_all(visitor.site)
    yield built
    built.close()


def _erased(hall: Hall) -> None:
    """As an administrator does it, before its time."""
    hall.folder.server_key.write_text(hall.server.text + "\n")
    console = Console(hall.settings, hall.database, hall.store, hall.at_rest, hall.clock, "console:keeper")
    over = update(schema.seats).where(schema.seats.c.id == "seat-s4").values(closes_at="2026-01-01T00:00:00.000Z")
    hall.database.write(lambda connection: connection.execute(over))
    assert erasure.erase(console, erasure.find(console, "sess4"), "Сот шешімі № 7")


def _around(hall: Hall, visitor: Visitor) -> None:
    """What else stands on these pages: an answer of the student's, a wish for a break, a message, a wish to export."""
    page = visitor.as_person("proctor").page("/sessions/sess2")
    assert visitor.post("/sessions/sess2/messages", page, kind="info", phrase="wait").status_code == 303
    assert visitor.post("/sessions/sess3/exports", page, reason="Апелляция").status_code == 303
    page = visitor.as_person("s1").page("/my/sess1")
    assert visitor.post("/my/sess1/statements", page, kind="answer", text="Бұл – қаралама парақ").status_code == 303
    rule, now = hall.settings.break_rule, iso(hall.clock.now())
    assert hall.database.write(lambda connection: breaks.wish(connection, rule, "sess2", "ask", now))


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in ("--headless=new", "--no-sandbox", "--mute-audio", "--force-device-scale-factor=1"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(60)
    resize(driver, WIDTH)
    driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    yield driver
    driver.quit()


def with_office() -> dict[str, list[str]]:
    every = [f"/administration/{name}" for names in OFFICE.values() for name in names]
    return PAGES | {"keeper": PAGES["keeper"] + every}


def keep(browser: webdriver.Chrome, file: Path, *, dark: bool = False) -> None:
    """The whole page, not only what a screen shows of it."""
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], TALLEST), "scale": 1}
    asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    file.write_bytes(base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]))


def resize(browser: webdriver.Chrome, width: int) -> None:
    metrics = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def wait(what: str, look: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")


def sign_in(browser: webdriver.Chrome, address: str, login: str, language: str = "kk") -> None:
    browser.delete_all_cookies()
    browser.get(f"{address}/sign-in")
    browser.find_element(By.ID, "login").send_keys(login)
    browser.find_element(By.ID, "password").send_keys(PASSWORD + Keys.ENTER)
    wait("the first page", lambda: browser.find_elements(By.ID, "sign-out"))
    browser.add_cookie({"name": "senim_language", "value": language})


def settled(browser: webdriver.Chrome, address: str, path: str) -> None:
    browser.get(address + path)
    if browser.find_elements(By.ID, "play"):
        wait("the player", lambda: browser.find_element(By.ID, "play").is_enabled())
    if path.startswith("/readiness"):
        assert browser.find_elements(By.CSS_SELECTOR, ".readiness textarea"), "a board without rows tells nothing"


def unfolded(browser: webdriver.Chrome, address: str, path: str) -> None:
    """With everything that can be opened open."""
    settled(browser, address, path)
    browser.execute_script("document.querySelectorAll('details').forEach(text => { text.open = true; })")


def violations(browser: webdriver.Chrome, *, dark: bool) -> list[tuple[str, str]]:
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    run = f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(found => JSON.stringify(found.violations))"
    source = AXE.read_text(encoding="utf-8") + ";" + run  # past the page's own policy, as a tool of the browser
    asked = {"expression": source, "awaitPromise": True, "returnByValue": True}
    found = json.loads(browser.execute_cdp_cmd("Runtime.evaluate", asked)["result"]["value"])
    return [(entry["id"], entry["nodes"][0]["html"][:200]) for entry in found]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_breaks_a_rule_of_axe(
    hall: Hall, browser: webdriver.Chrome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Each page is kept as a picture: light, in Kazakh dark as well. No template of the site is left out."""
    rendered: set[str] = set()
    real = Pages.render
    monkeypatch.setattr(Pages, "render", lambda self, name, values: rendered.add(name) or real(self, name, values))
    folder = Path(KEPT, "review") if KEPT else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    other = {f"/administration/{name}" for key, names in OFFICE.items() if key != language for name in names}
    code = hall.database.read(lambda c: c.execute(select(schema.sessions.c.receipt_code)).scalars().first())
    with serve(hall, worker=False) as (address, _site):
        for login, paths in (with_office() | {"": WITHOUT_ACCOUNT}).items():
            if login:
                sign_in(browser, address, login, language)
            else:
                browser.delete_all_cookies()
                browser.add_cookie({"name": "senim_language", "value": language})
            for path in paths:
                unfolded(browser, address, path.format(code=code))
                schemes = (False, True) if path not in other else ()
                for dark in schemes:
                    assert violations(browser, dark=dark) == [], (login, path, dark)
                name = f"{login}{path.translate(FILE_NAME)}-{language}"
                keep(browser, folder / f"{name}.png")
                if language == "kk":
                    keep(browser, folder / f"{name}-dark.png", dark=True)
    sources = {file.name: file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.html")}
    extended = {name for source in sources.values() for name in re.findall(r'{% extends "(.+)" %}', source)}
    pages = {name for name, source in sources.items() if "{% extends" in source} - extended
    assert len(pages) > 15 and pages <= rendered, pages - rendered


@pytest.mark.timeout(300)
def test_at_200_percent_nothing_is_cut(hall: Hall, browser: webdriver.Chrome) -> None:
    """Tables scroll within themselves; the page does not scroll sideways."""
    resize(browser, WIDTH // 2)
    try:
        with serve(hall, worker=False) as (address, _site):
            for login, paths in with_office().items():
                sign_in(browser, address, login)
                for path in paths:
                    unfolded(browser, address, path)
                    width = browser.execute_script("return document.documentElement.scrollWidth")
                    assert width <= WIDTH // 2, (login, path, width)
                    assert browser.execute_script(SQUEEZED) == [], (login, path)
    finally:
        resize(browser, WIDTH)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_cell_of_the_board_reaches_into_the_next(hall: Hall, browser: webdriver.Chrome, language: str) -> None:
    wide = "return [...document.querySelectorAll('.board td')].filter(c => c.scrollWidth > c.clientWidth).length"
    with serve(hall, worker=False) as (address, _site):
        sign_in(browser, address, "proctor", language)
        settled(browser, address, "/exams/algebra")
        assert browser.find_elements(By.CSS_SELECTOR, ".board td.tabular")
        assert browser.execute_script(wide) == 0


def active(browser: webdriver.Chrome) -> str:
    found = browser.switch_to.active_element
    return found.get_attribute("id") or found.get_attribute("href") or found.text


@pytest.mark.timeout(300)
def test_the_board_works_by_keyboard_alone(hall: Hall, browser: webdriver.Chrome) -> None:
    with serve(hall, worker=False) as (address, _site):
        sign_in(browser, address, "proctor")
        settled(browser, address, "/exams/algebra")
        body = browser.find_element(By.TAG_NAME, "body")
        body.send_keys("/")
        assert active(browser) == "find"
        browser.switch_to.active_element.send_keys("ұлан")
        shown = (
            "return [...document.querySelectorAll('[data-session]')].filter(r => !r.hidden).map(r => r.dataset.session)"
        )
        assert browser.execute_script(shown) == ["sess2"]
        assert "q=" in browser.current_url, "a link to the same rows"
        browser.switch_to.active_element.send_keys(Keys.ESCAPE)
        assert len(browser.execute_script(shown)) == 4
        browser.find_element(By.TAG_NAME, "body").send_keys("j")
        first = active(browser)
        browser.switch_to.active_element.send_keys("j")
        assert active(browser) != first
        browser.switch_to.active_element.send_keys("k")
        assert active(browser) == first
        browser.find_element(By.CSS_SELECTOR, "[data-sort=name]").send_keys(Keys.ENTER)
        heads = browser.find_elements(By.CSS_SELECTOR, "th[aria-sort=ascending]")
        assert len(heads) == 1
        browser.find_element(By.CSS_SELECTOR, "[data-session=sess3] a").send_keys(Keys.ENTER)
        wait("the session", lambda: browser.find_elements(By.ID, "verdict"))


@pytest.mark.timeout(300)
def test_the_board_finds_windows_and_shows_the_newest_pictures(hall: Hall, browser: webdriver.Chrome) -> None:
    track = update(schema.segments).where(schema.segments.c.stream == "track")
    hall.database.write(lambda c: c.execute(track.values(opened_at=None, opened_ok=None)))
    rows = "return [...document.querySelectorAll('[data-session]')].filter(r => !r.hidden).map(r => r.dataset.session)"
    loaded = "return [...document.querySelectorAll('.newest img')].filter(i => i.naturalWidth).map(i => i.alt)"
    with serve(hall, worker=False) as (address, site):
        open_all(site)
        sign_in(browser, address, "proctor")
        settled(browser, address, "/exams/algebra")
        field = browser.find_element(By.ID, "find")
        field.send_keys("алгебра")
        assert browser.execute_script(rows) == [], "no student is called so"
        field.send_keys(Keys.ENTER)
        wait("what was found", lambda: browser.find_elements(By.CSS_SELECTOR, ".found-here"))
        assert len(browser.execute_script(rows)) == 3
        field.send_keys(Keys.ESCAPE)
        assert not browser.find_elements(By.CSS_SELECTOR, ".found-here")
        browser.find_element(By.ID, "pictures").send_keys(Keys.ENTER)
        (word,) = wait("the pictures", lambda: browser.execute_script(loaded))
        assert "Ұлан" in word, "the running session alone"
        assert violations(browser, dark=False) == []
        browser.find_element(By.ID, "pictures").send_keys(Keys.ENTER)
        assert not browser.find_elements(By.CSS_SELECTOR, ".newest")


@pytest.mark.timeout(300)
def test_a_teacher_looks_at_a_picture_by_keyboard_alone(hall: Hall, browser: webdriver.Chrome, tmp_path: Path) -> None:
    """It is fetched, and noted as opened, only when somebody wants to see it."""
    opened = select(schema.audit.c.n).where(schema.audit.c.action == "file-opened")

    def times() -> int:
        return len(hall.database.read(lambda c: c.execute(opened).all()))

    with serve(hall, worker=False) as (address, _site):
        sign_in(browser, address, "teacher", "en")
        browser.get(f"{address}/sessions/sess1/marks")
        before = times()
        browser.execute_script("document.querySelector('[data-file] summary').scrollIntoView({block: 'center'})")
        assert times() == before
        browser.execute_script("document.querySelector('[data-file] summary').focus()")
        browser.switch_to.active_element.send_keys(Keys.ENTER)
        wide = "return document.querySelector('[data-file] img').naturalWidth"
        assert wait("the picture", lambda: browser.execute_script(wide)) == 240
        assert times() == before + 1
        assert violations(browser, dark=False) == violations(browser, dark=True) == []
        keep(browser, (Path(KEPT, "review") if KEPT else tmp_path) / "teacher-picture-en.png")
        piece = hall.store.segment_path("sess1", "files", 0)
        kept = piece.read_bytes()
        piece.write_bytes(kept[:-1] + b"\x00")
        try:
            browser.find_element(By.PARTIAL_LINK_TEXT, "Есептеулер").click()
            wait("the words of a refusal", lambda: "not the file" in browser.find_element(By.TAG_NAME, "main").text)
        finally:
            piece.write_bytes(kept)


def test_a_verdict_can_be_given_by_keyboard_alone(hall: Hall, browser: webdriver.Chrome) -> None:
    with serve(hall, worker=False) as (address, _site):
        sign_in(browser, address, "proctor3")
        settled(browser, address, "/sessions/sess3")
        browser.find_element(By.TAG_NAME, "body").send_keys("v")
        assert active(browser) == "verdict-reason"
        browser.switch_to.active_element.send_keys("Бәрі дұрыс" + Keys.SHIFT + Keys.TAB)
        browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)  # past the last one: the first
        chosen = browser.execute_script("return document.querySelector('#verdict input:checked')?.value")
        assert chosen == "no_violation", "the radio buttons are one stop"
        browser.find_element(By.ID, "give-verdict").send_keys(Keys.ENTER)
        wait("the outcome", lambda: browser.find_elements(By.ID, "final"))
