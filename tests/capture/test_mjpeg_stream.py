"""A camera's MJPEG over HTTP: its pictures, and whatever else a server may send."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
import pytest

from client.capture import camera_open
from client.capture.mjpeg_stream import MjpegStream, NotMjpeg
from client.capture.settings import CaptureSettings
from client.errors import CameraMissing

QUICK = CaptureSettings(stream_cameras=True, segment_s=0.5, retry_s=0.1, read_timeout_s=1.0)


def jpeg(grey: int) -> bytes:
    return cv2.imencode(".jpg", np.full((48, 64, 3), grey, np.uint8))[1].tobytes()


@pytest.fixture
def serve() -> Iterator[Callable[[bytes], str]]:
    """``serve(answer)``: the address of a server that gives these bytes to whoever comes, and closes."""
    servers: list[socket.socket] = []

    def start(answer: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def run() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.recv(4096)
                    client.sendall(answer)

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/camera"

    yield start
    for server in servers:
        server.close()


HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=%s\r\n\r\n"


def part(mark: bytes, picture: bytes, length: bool = True) -> bytes:
    said = b"Content-Length: %d\r\n" % len(picture) if length else b""
    return mark + b"\r\nContent-Type: image/jpeg\r\n" + said + b"\r\n" + picture + b"\r\n"


@pytest.mark.parametrize("length", [True, False])
@pytest.mark.parametrize("boundary", [b"b", b'"--frame mark"'])
def test_pictures_of_a_stream(length: bool, boundary: bytes, serve: Any) -> None:
    mark = b"--" + boundary.strip(b'"').removeprefix(b"--")
    body = b"".join(part(mark, jpeg(grey), length) for grey in (40, 90, 160)) + mark + b"--\r\n"
    stream = MjpegStream(serve(HEAD % boundary + body), 2.0, 2.0)
    seen = []
    while stream.grab():
        good, picture = stream.retrieve()
        assert good and picture is not None and picture.shape == (48, 64, 3)
        seen.append(int(picture.mean()))
    assert seen == pytest.approx([40, 90, 160], abs=2)
    stream.release()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b\r\n",
        b"--b\r\nContent-Length: 900\r\n\r\nshort",
        b"--b\r\nContent-Length: many\r\n\r\n",
        b"--b\r\nContent-Length: -5\r\n\r\nxx",
        b"--b\r\nContent-Length: 99999999999\r\n\r\nxx",
        b"--b\r\n" + b"X-Header: 1\r\n" * 200,
        b"something else\r\n" * 200,
        b"x" * 500_000,
    ],
)
def test_a_stream_that_makes_no_sense_ends(body: bytes, serve: Any) -> None:
    stream = MjpegStream(serve(HEAD % b"b" + body), 2.0, 2.0)
    assert not stream.grab()
    stream.release()


def test_a_picture_that_is_none_is_refused_and_the_next_one_is_not(serve: Any) -> None:
    body = part(b"--b", b"not a jpeg at all") + part(b"--b", jpeg(70))
    stream = MjpegStream(serve(HEAD % b"b" + body), 2.0, 2.0)
    assert stream.grab() and stream.retrieve() == (False, None)
    assert stream.grab() and stream.retrieve()[0]
    stream.release()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.0 404 Not Found\r\n\r\n",
        b"HTTP/1.0 401 Unauthorized\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello",
        b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
)
def test_what_is_no_such_stream_is_left_to_cv2(answer: bytes, serve: Any) -> None:
    address = serve(answer)
    with pytest.raises(NotMjpeg):
        MjpegStream(address, 2.0, 2.0)
    with pytest.raises(CameraMissing):
        camera_open.open_camera(address, QUICK)


@pytest.mark.parametrize(
    "address", ["rtsp://127.0.0.1/x", "https://127.0.0.1/x", "http://a:b@127.0.0.1/x", "http:///x"]
)
def test_other_addresses_are_not_tried(address: str) -> None:
    with pytest.raises(NotMjpeg):
        MjpegStream(address, 1.0, 1.0)
