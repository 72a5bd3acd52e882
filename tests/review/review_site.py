"""A visitor of the review site who reads pages and posts their forms, as a browser without scripts would."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from review_hall import PASSWORD, Hall

from server.review.app import make_app
from server.review.reading import SegmentReader
from server.review.site import Site

HTML = {"accept": "text/html"}
READER = SegmentReader()  # starting it takes a moment, and it keeps nothing of a session: one for all tests


class Visitor:
    def __init__(self, client: httpx.Client, site: Site) -> None:
        self.client = client
        self.site = site

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path, headers=HTML, follow_redirects=False)

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return answer.text

    def token(self, page: str) -> str:
        return re.search(r'name="form_token" value="(\w+)"', page)[1]

    def post(self, path: str, page: str, **fields: str) -> httpx.Response:
        data = {"form_token": self.token(page), **fields}
        return self.client.post(path, data=data, headers=HTML, follow_redirects=False)

    def sign_in(self, login: str = "proctor", password: str = PASSWORD) -> httpx.Response:
        return self.post("/sign-in", self.page("/sign-in"), login=login, password=password)

    def sign_out(self) -> None:
        self.client.cookies.clear()

    def as_person(self, login: str) -> Visitor:
        """The same browser, another person in front of it."""
        self.sign_out()
        assert self.sign_in(login).status_code == 303
        return self

    def allow_export(self, session: str, asker: str = "proctor", other: str = "commission") -> None:
        """Asked for by one person, allowed by another; the asker sits in front afterwards."""
        page = self.as_person(asker).page(f"/sessions/{session}")
        assert self.post(f"/sessions/{session}/exports", page, reason="Апелляция").status_code == 303
        page = self.as_person(other).page(f"/sessions/{session}")
        path = re.search(rf'action="(/sessions/{session}/exports/\w+)"', page)[1]
        assert self.post(path, page, state="allowed").status_code == 303
        self.as_person(asker)

    def view(self, session: str) -> str:
        return re.search(r'"view": ?"([\w-]+)"', self.page(f"/sessions/{session}"))[1]

    def media(self, session: str, path: str, view: str) -> httpx.Response:
        return self.client.get(f"/sessions/{session}/media/{path}", params={"view": view})

    def judge(self, who: str, outcome: str, reason: str) -> None:
        """``who`` signs in and gives a verdict on the one session."""
        page = self.as_person(who).page("/sessions/sess1")
        assert self.post("/sessions/sess1/verdict", page, outcome=outcome, reason=reason).status_code == 303


@contextmanager
def serve(hall: Hall, *, worker: bool) -> Iterator[tuple[str, Site]]:
    """The site on a free loopback port, with or without its opening worker."""
    app = make_app(hall.settings, hall.review, hall.clock, READER)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", lifespan="on" if worker else "off", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", app.state.site
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.site.database.close()
        listener.close()


@contextmanager
def visit(hall: Hall) -> Iterator[Visitor]:
    with serve(hall, worker=False) as (address, site), httpx.Client(base_url=address) as client:
        yield Visitor(client, site)


def open_all(site: Site) -> None:
    """What the worker thread does, until nothing is left."""
    while site.opener.work():
        pass
