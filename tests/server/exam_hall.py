"""An institution for tests: a clock moved by hand, a real server on loopback."""

from __future__ import annotations

import socket
import threading
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from server.admin import exams, people
from server.admin.console import Console, opened
from server.admin.institution import Passphrases
from server.ingest.app import make_app
from server.ingest.services import Services, make_services
from server.settings import load

PASSPHRASES = Passphrases("a long configuration phrase", "a long review phrase")
SAMPLES = Path(__file__).resolve().parents[2] / "server" / "samples"
PASSWORD = "password-1"


class HandClock:
    """Moves only when a test says so."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def move(self, **step: float) -> None:
        self.moment += timedelta(**step)


def no_pictures(_content: bytes) -> dict[str, Any]:
    raise people.PictureRefused("no vision libraries in this test")


def plan(exam: str, opens: str = "2026-01-31T08:50Z", closes: str = "2026-01-31T11:00Z") -> exams.Schedule:
    from server.clock import iso, parse

    return exams.Schedule(
        exam=exam,
        opens=iso(parse(opens)),
        closes=iso(parse(closes)),
        minutes=60,
        extra={"ivan": 15},
        streams=["screen-1", "camera", "sound"],
        kept_days=180,
        simulated_camera=None,
        simulated_microphone=False,
    )


def enter(root: Path, clock: HandClock) -> AbstractContextManager[Console]:
    return opened(root, clock, "tests")


class Server:
    """The ingest app on a real uvicorn, which can be stopped and started again on the same folder."""

    def __init__(self, root: Path, clock: HandClock) -> None:
        self.root, self.clock = root, clock
        self.start()

    def start(self) -> None:
        self.services: Services = make_services(load(self.root), self.clock)
        listening = socket.create_server(("127.0.0.1", 0))
        self._uvicorn = uvicorn.Server(uvicorn.Config(make_app(self.services), log_level="warning"))
        self._thread = threading.Thread(target=self._uvicorn.run, kwargs={"sockets": [listening]})
        self._thread.start()
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20)
        assert self.client.get("/health").status_code == 200

    def stop(self) -> None:
        self.client.close()
        self._uvicorn.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()

    def restart(self) -> None:
        self.stop()
        self.start()

    def console(self) -> AbstractContextManager[Console]:
        return enter(self.root, self.clock)
