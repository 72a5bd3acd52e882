"""The board with many sessions: how soon it can be used, and what a live update costs the page's main thread."""

from __future__ import annotations

from sqlalchemy import update

from benchmarks.review.browser import chromium, quantile, sign_in, wait
from benchmarks.review.hall import EXAM, Hall, seat_row, session_row
from server import schema

STATES = ("open", "handed_in", "closed")
# The time at which the board's script had wired everything, counted from the beginning of the navigation.
READY = "const mark = performance.getEntriesByName('board-ready')[0]; return mark ? mark.startTime / 1000 : null"
FILTER = """
const field = document.getElementById('find'), begun = performance.now();
field.value = arguments[0];
field.dispatchEvent(new Event('input', { bubbles: true }));
document.body.offsetHeight;
return performance.now() - begun;
"""
SIZE = "return performance.getEntriesByType('navigation')[0].transferSize"
LONGEST = "return Math.max(0, ...(window.longTasks ?? []))"
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => { for (const one of list.getEntries()) longTasks.push(one.duration); })
  .observe({ type: 'longtask', buffered: false });
"""
TAKEN = "return document.querySelectorAll('[data-identity=match]').length"
PAUSED = "return [...document.querySelectorAll('[data-session=x0] .look')].map((one) => one.textContent).join()"


def measure_board(hall: Hall, count: int) -> dict[str, float | None]:
    _fill(hall, count)
    now = session_row("", "", "")["opened_at"]
    with hall.serve() as address, chromium() as browser:
        sign_in(browser, address)
        times = []
        for _ in range(4):  # the first one warms the server
            browser.get(f"{address}/exams/{EXAM}")
            times.append(float(wait("the board", lambda: browser.execute_script(READY))))
        filters = [float(browser.execute_script(FILTER, text)) for text in ("student 1", "student 12", "")]
        state = "return document.getElementById('board-state').textContent"
        wait("the events", lambda: browser.execute_script(state))
        browser.execute_script(WATCH)
        before = browser.execute_script(PAUSED)
        everybody = update(schema.sessions).where(schema.sessions.c.state == "open")
        hall.database.write(lambda c: c.execute(everybody.values(paused_at=now)))
        wait("the update", lambda: browser.execute_script(PAUSED) != before)
        longest = float(browser.execute_script(LONGEST))
        browser.execute_script("window.longTasks = []")
        hall.database.write(lambda c: c.execute(update(schema.sessions).values(identity="match")))
        wait("the update of all rows", lambda: browser.execute_script(TAKEN) == count)
        all_rows = float(browser.execute_script(LONGEST))
        size = float(browser.execute_script(SIZE))
    return {
        "board_interactive_s": quantile(times[1:], 0.5), "board_update_ms": longest, "board_update_all_ms": all_rows,
        "board_filter_ms": max(filters), "board_sessions": float(count), "board_kb": size / 1000,
    }  # fmt: skip


def _fill(hall: Hall, count: int) -> None:
    coverage = {name: {"ratio": 0.998} for name in ("screen-1", "camera", "sound")}
    now = session_row("", "", "")["opened_at"]
    people, sessions, flags = [], [], []
    for n in range(count):
        login = f"s{n}"
        people.append({"id": login, "login": login, "name": f"Student {n}", "role": "student", "language": "kk",
                       "created_at": now})  # fmt: skip
        changes = {"state": STATES[0] if n % 10 == 0 else STATES[1], "coverage_claimed": coverage, "receipt": "r"}
        sessions.append(session_row(f"x{n}", f"seat-x{n}", login) | changes | {"coverage_opened": coverage})
        flags += [
            {"id": f"f{n}-{k}", "session": f"x{n}", "stream": "camera", "from_ms": k, "to_ms": k + 1,
             "kind": "watching", "values": {}, "created_at": now}
            for k in range(n % 8)
        ]  # fmt: skip
    hall.add(schema.users, people)
    hall.add(schema.students, [{"id": person["id"], "number": person["id"]} for person in people])
    hall.add(schema.seats, [seat_row(row["seat"], row["student"]) for row in sessions])
    hall.add(schema.sessions, sessions)
    hall.add(schema.flags, flags)
