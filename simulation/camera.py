"""A stand-in camera: MJPEG over HTTP on this machine, with a puppet that can be steered.

    python -m simulation.camera --port N [--fps 15] [--size 640x480]

prints one JSON line {"url", "control", "pid"} when it is ready and runs until SIGTERM.

    GET /camera.mjpg                        the stream (any number of readers)
    GET /frame.jpg                          one frame
    GET /control?pose=straight|left|right|up|down|blink      left and right are the person's own
    GET /control?turn=DEGREES               > 0 to the person's left
    GET /control?mode=live|stall|drop|black|covered|frozen|noisy|nobody|two|other
    GET /control?size=WIDTHxHEIGHT          from the next frame on
    GET /control?fps=RATE
    GET /control                            the present mode

``stall``: the stream stays open and silent; ``drop``: streams are closed and new ones refused.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import cv2

from simulation.performer import Performer

BOUNDARY = "senimframe"


class CameraServer(ThreadingHTTPServer):
    """Serves one performer. One thread draws at the given rate while anybody reads."""

    daemon_threads = True

    def __init__(self, port: int, performer: Performer, fps: float) -> None:
        super().__init__(("127.0.0.1", port), _Request)
        self.performer, self.fps = performer, fps
        self._fresh = threading.Condition()
        self._frame, self._number, self._readers = b"", 0, 0
        self._ending = False
        self._drawer = threading.Thread(target=self._draw, name="puppet", daemon=True)
        self._drawer.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        """Ends streams, the drawing thread and the socket."""
        with self._fresh:
            self._ending = True
            self._fresh.notify_all()
        self._drawer.join(5)
        self.server_close()

    def set_rate(self, fps: float) -> None:
        """Raises ``ValueError``."""
        self.performer.set_rate(fps)
        self.fps = fps

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Counts a reader: frames are drawn only while there is one."""
        with self._fresh:
            self._readers += 1
            self._fresh.notify_all()
        try:
            yield
        finally:
            with self._fresh:
                self._readers -= 1

    def wait(self, after: int) -> tuple[int, bytes] | None:
        """The first frame newer than ``after``, None when the camera ends or drops its readers."""
        with self._fresh:
            while self._number <= after:
                if self._ending or self.performer.mode == "drop":
                    return None
                self._fresh.wait(0.5)
            return self._number, self._frame

    def _draw(self) -> None:
        due = time.monotonic()
        while not self._ending:
            with self._fresh:
                while not self._readers and not self._ending:
                    self._fresh.wait(1.0)
                    due = time.monotonic()
            due = max(due + 1 / self.fps, time.monotonic() - 1 / self.fps)
            time.sleep(max(0.0, due - time.monotonic()))
            if self.performer.mode in ("stall", "drop"):
                continue
            frame = self.performer.frame()
            with self._fresh:
                self._frame, self._number = frame, self._number + 1
                self._fresh.notify_all()


class _Request(BaseHTTPRequestHandler):
    server: CameraServer
    timeout = 20

    def log_message(self, format: str, *args: object) -> None:
        """The stand-in is quiet."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/control":
            self._control({name: values[-1] for name, values in parse_qs(parts.query).items()})
        elif parts.path in ("/camera.mjpg", "/frame.jpg"):
            with contextlib.suppress(ConnectionError, TimeoutError):  # the reader went away
                self._pictures(endless=parts.path == "/camera.mjpg")
        else:
            self._say(HTTPStatus.NOT_FOUND, {"error": "no such page"})

    def _control(self, wishes: dict[str, str]) -> None:
        performer = self.server.performer
        try:
            if "mode" in wishes:
                performer.set_mode(wishes["mode"])
            if "pose" in wishes:
                performer.pose(wishes["pose"])
            if "turn" in wishes:
                performer.turn(float(wishes["turn"]))
            if "size" in wishes:
                width, _, height = wishes["size"].partition("x")
                performer.set_size(int(width), int(height))
            if "fps" in wishes:
                self.server.set_rate(float(wishes["fps"]))
        except ValueError as error:
            self._say(HTTPStatus.BAD_REQUEST, {"error": str(error)})
            return
        self._say(HTTPStatus.OK, {"mode": performer.mode})

    def _say(self, status: HTTPStatus, body: dict[str, str]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _pictures(self, endless: bool) -> None:
        if self.server.performer.mode == "drop":
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "the camera is unplugged"})
            return
        with self.server.reading():
            if not endless:
                self._one()
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            self.end_headers()
            number = 0
            while (found := self.server.wait(number)) is not None:
                number, frame = found
                head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(frame)}\r\n\r\n"
                self.wfile.write(head.encode() + frame + b"\r\n")

    def _one(self) -> None:
        found = self.server.wait(0)
        if found is None:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "the camera ends"})
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(found[1])))
        self.end_headers()
        self.wfile.write(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in camera: MJPEG over HTTP on this machine.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--fps", type=float, default=15.0)
    parser.add_argument("--size", default="640x480")
    parser.add_argument("--who", default="astronaut", choices=("astronaut", "second"))
    options = parser.parse_args()
    width, height = (int(n) for n in options.size.split("x"))
    cv2.setNumThreads(1)
    server = CameraServer(options.port, Performer((width, height), options.fps, options.who), options.fps)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    ended = threading.Event()
    warm = threading.Thread(target=server.performer.warm, args=(ended,), name="warm", daemon=True)
    warm.start()
    ready = {"url": f"{server.address}/camera.mjpg", "control": f"{server.address}/control", "pid": os.getpid()}
    print(json.dumps(ready), flush=True)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        ended.set()
        warm.join(5)
        server.close()


if __name__ == "__main__":
    main()
