"""A camera on loopback: MJPEG over HTTP that can stall, drop, go black, be covered, freeze or change its size."""

from __future__ import annotations

import http.server
import threading
import time
from typing import BinaryIO

import cv2
import numpy as np


class MjpegCamera:
    """``mode``: live, stall (keeps silent), drop (closes and refuses), black, covered, frozen. Settable at any time."""

    def __init__(self, width: int = 640, height: int = 480, rate: int = 15) -> None:
        self.size = (width, height)
        self.rate = rate
        self.mode = "live"
        camera = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                if camera.mode == "drop":
                    self.send_error(503)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=b")
                self.end_headers()
                try:
                    camera._serve(self.wfile)
                except OSError:
                    pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/camera.mjpg"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="mjpeg")
        self._thread.start()
        self._random = np.random.default_rng(7)
        self._last = b""

    def _serve(self, out: BinaryIO) -> None:
        number = 0
        due = time.monotonic()
        while self.mode != "drop":
            due += 1 / self.rate
            time.sleep(max(0.0, due - time.monotonic()))
            number += 1
            if self.mode in {"stall", "drop"}:
                continue
            data = self._last if self.mode == "frozen" and self._last else self._picture(number)
            self._last = data
            head = b"--b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data)
            out.write(head + data + b"\r\n")

    def _picture(self, number: int) -> bytes:
        width, height = self.size
        if self.mode == "black":
            picture = self._random.integers(0, 6, (height, width, 3), np.uint8)
        elif self.mode == "covered":
            slope = np.linspace(60, 110, width)[None, :, None] + self._random.normal(0, 4, (height, width, 3))
            picture = slope.astype(np.uint8)
        else:
            small = self._random.integers(110, 150, (height // 8, width // 8, 3), np.uint8)
            picture = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
            cv2.circle(picture, (width // 2 + number % 60, height // 2), height // 4, (90, 140, 220), -1)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()

    def close(self) -> None:
        self.mode = "drop"
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
