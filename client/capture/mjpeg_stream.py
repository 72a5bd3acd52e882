"""A camera in the network that sends one JPEG after another (multipart/x-mixed-replace over HTTP).

cv2 can read it, too, and decodes every picture in doing so. Here a picture that nobody needs costs only the
reading of its bytes. Everything else that has an address (RTSP, passwords) is left to cv2.
"""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import cv2
import numpy as np

from client.capture.source import Pixels

_LONGEST_LINE = 4096
_MOST_LINES = 50
_LARGEST = 16 << 20  # bytes of one JPEG


class NotMjpeg(Exception):
    """Something else is at this address, or nothing at all."""


class MjpegStream:
    """Used from one thread, with the words of cv2's capture: ``grab``, ``retrieve``, ``release``."""

    def __init__(self, address: str, open_s: float, read_s: float) -> None:
        """Connects. ``open_s``, ``read_s``: seconds it may take. Raises ``NotMjpeg``."""
        parts = urlsplit(address)
        if parts.scheme != "http" or not parts.hostname or parts.username is not None:
            raise NotMjpeg(parts.scheme)
        self._jpeg = b""
        self._at_mark = False
        try:
            self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=open_s)
            self._connection.connect()
            self._connection.sock.settimeout(read_s)
            self._connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            self._answer: Any = self._connection.getresponse()
            self._mark = self._boundary()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.release()
            raise NotMjpeg(str(error)) from error
        except NotMjpeg:
            self.release()
            raise

    def _boundary(self) -> bytes:
        kind = self._answer.headers.get_content_type()
        boundary = self._answer.headers.get_param("boundary")
        if self._answer.status != 200 or kind != "multipart/x-mixed-replace" or not isinstance(boundary, str):
            raise NotMjpeg(f"{self._answer.status} {kind}")
        return b"--" + boundary.removeprefix("--").encode()

    def grab(self) -> bool:
        """Waits for the next picture's bytes; False when the stream ended, stalled or makes no sense."""
        try:
            length = self._head()
            if length is None:
                self._jpeg = self._up_to_mark()
            elif 0 < length <= _LARGEST:
                self._jpeg, self._at_mark = self._exactly(length), False
            else:
                return False
        except (OSError, http.client.HTTPException, ValueError):
            return False
        return True

    def retrieve(self) -> tuple[bool, Pixels | None]:
        """The picture grabbed last, decoded: BGR, height x width x 3."""
        picture = cv2.imdecode(np.frombuffer(self._jpeg, np.uint8), cv2.IMREAD_COLOR) if self._jpeg else None
        return (False, None) if picture is None else (True, picture.astype(np.uint8, copy=False))

    def release(self) -> None:
        self._connection.close()

    def _head(self) -> int | None:
        """Reads past the mark and the part's header lines: its length, None if it does not say."""
        for _ in range(_MOST_LINES):
            if self._at_mark:
                break
            self._at_mark = self._line().startswith(self._mark)
        else:
            raise ValueError("no boundary")
        length: int | None = None
        for _ in range(_MOST_LINES):
            line = self._line().strip()
            if not line:
                return length
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        raise ValueError("endless header")

    def _line(self) -> bytes:
        line: bytes = self._answer.readline(_LONGEST_LINE)
        if not line:
            raise ValueError("the stream ended")
        return line

    def _exactly(self, length: int) -> bytes:
        data: bytes = self._answer.read(length)
        if len(data) < length:
            raise ValueError("the stream ended")
        return data

    def _up_to_mark(self) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while size <= _LARGEST:
            line = self._line()
            if line.startswith(self._mark):
                self._at_mark = True
                return b"".join(pieces).removesuffix(b"\r\n")
            pieces.append(line)
            size += len(line)
        raise ValueError("endless picture")
