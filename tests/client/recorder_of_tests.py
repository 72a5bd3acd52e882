"""A recorder process with the fake capture: ``python recorder_of_tests.py DATA SERVER VERIFYING_KEY``."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from fake_capture import FakeCapture
from fake_window import fake_workshop

from client.engine.engine import Engine
from client.pipe import Pipe, standard_streams


def main() -> None:
    data, server, key = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    reading, writing = standard_streams()
    data.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, filename=data / "recorder.log")
    captures: list[FakeCapture] = []
    pipe = Pipe(reading, writing)
    engine = Engine(fake_workshop(data, server, key, captures), pipe)
    pipe.start(engine.receive, engine.window_lost)
    engine.start()
    engine.wait()
    pipe.close()


if __name__ == "__main__":
    main()
