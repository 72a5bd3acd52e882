"""One connection to an X server: requests and answers as bytes, carried by libxcb.

libxcb knows where the server is, lets us in and never ends the process when the server dies (Xlib does).
The requests are written out here, so none of its extension libraries has to be there, and an answer
costs some 30 microseconds; python-xlib's took ten times that, ten times a second.
"""

from __future__ import annotations

import ctypes
import functools
import selectors
import struct
from typing import Any

from client.errors import ScreenMissing

_CHECKED, _RAW = 1, 2  # flags of xcb_send_request: errors come with the answer; bytes go as they are
_ERROR = 0  # the type of an event that is an error
_QUERY_EXTENSION, _GET_ATOM_NAME, _GET_GEOMETRY = 98, 17, 14


class Refused(Exception):
    """The server answered a request with an error; ``code`` as the X protocol numbers them."""

    def __init__(self, code: int) -> None:
        super().__init__(f"X error {code}")
        self.code = code


class _Part(ctypes.Structure):
    _fields_ = (("base", ctypes.c_char_p), ("length", ctypes.c_size_t))


class _Request(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_size_t),
        ("extension", ctypes.c_void_p),
        ("opcode", ctypes.c_uint8),
        ("without_answer", ctypes.c_uint8),
    )


@functools.cache
def _library() -> tuple[Any, Any]:
    """libxcb and the C library's ``free``."""
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    try:
        xcb: Any = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise ScreenMissing(str(error)) from error
    request = [pointer, ctypes.c_int, pointer, pointer]
    for name, answer, words in (
        ("xcb_connect", pointer, [ctypes.c_char_p, pointer]),
        ("xcb_connection_has_error", ctypes.c_int, [pointer]),
        ("xcb_disconnect", None, [pointer]),
        ("xcb_get_setup", pointer, [pointer]),
        ("xcb_flush", ctypes.c_int, [pointer]),
        ("xcb_get_file_descriptor", ctypes.c_int, [pointer]),
        ("xcb_generate_id", ctypes.c_uint32, [pointer]),
        ("xcb_send_request", number, request),
        ("xcb_send_request_with_fds", number, [*request, number, pointer]),
        ("xcb_wait_for_reply", pointer, [pointer, number, pointer]),
        ("xcb_poll_for_event", pointer, [pointer]),
    ):
        function = getattr(xcb, name)
        function.restype, function.argtypes = answer, words
    free: Any = ctypes.CDLL(None).free
    free.restype, free.argtypes = None, [pointer]
    return xcb, free


class Wire:
    """For one thread at a time. All methods raise ``ScreenMissing`` when the server is gone."""

    def __init__(self) -> None:
        """Connect to ``$DISPLAY``. Raises ``ScreenMissing`` if no server answers there."""
        self._xcb, self._free = _library()
        self._parts = (_Part * 3)()  # libxcb wants two free ones in front of ours
        self._ours = ctypes.byref(self._parts, 2 * ctypes.sizeof(_Part))
        self._asking, self._telling = _Request(1, None, 0, 0), _Request(1, None, 0, 1)
        self._atoms: dict[int, str] = {}
        self._news = selectors.DefaultSelector()
        self._open: Any = self._xcb.xcb_connect(None, None)
        try:
            self._check()
            setup = self._xcb.xcb_get_setup(self._connection)
            self._news.register(self._xcb.xcb_get_file_descriptor(self._connection), selectors.EVENT_READ)
            self.root, self.depth, self.plain = _first_screen(setup)
        except ScreenMissing:
            self.close()
            raise

    # ---- requests -----------------------------------------------------------------------

    def tell(self, request: bytes) -> None:
        """Send a request that has no answer; an error it makes is dropped."""
        self._send(request, self._telling, _RAW)

    def question(self, request: bytes) -> int:
        """Send a request; ``answer`` fetches what comes back. Several may be under way."""
        return self._send(request, self._asking, _RAW | _CHECKED)

    def answer(self, number: int) -> bytes:
        """The answer to a question. Raises ``Refused``."""
        error = ctypes.c_void_p()
        reply = self._xcb.xcb_wait_for_reply(self._connection, number, ctypes.byref(error))
        if reply:
            return self._taken(reply, 32 + 4 * ctypes.c_uint32.from_address(reply + 4).value)
        if error.value:
            raise Refused(self._taken(error.value, 32)[1])
        raise ScreenMissing("the X server is gone")

    def ask(self, request: bytes) -> bytes:
        return self.answer(self.question(request))

    def tell_with_file(self, request: bytes, file: int) -> None:
        """Send a request with an open file, which is closed then."""
        self._parts[2].base, self._parts[2].length = request, len(request)
        files = (ctypes.c_int * 1)(file)
        self._xcb.xcb_send_request_with_fds(
            self._connection, _RAW, self._ours, ctypes.byref(self._telling), 1, files
        )  # fmt: skip
        self._check()

    def _send(self, request: bytes, kind: _Request, flags: int) -> int:
        self._parts[2].base, self._parts[2].length = request, len(request)
        number: int = self._xcb.xcb_send_request(self._connection, flags, self._ours, ctypes.byref(kind))
        if not number:
            raise ScreenMissing("the X server is gone")
        return number

    # ---- events -------------------------------------------------------------------------

    def events(self) -> list[bytes]:
        """What the server reported since the last call, without waiting; 32 bytes each, errors left out."""
        found = []
        while event := self._xcb.xcb_poll_for_event(self._connection):
            report = self._taken(event, 32)
            if report[0] != _ERROR:
                found.append(report)
        self._check()
        return found

    def wait(self, seconds: float) -> None:
        """Until the server reports something, that long at most; ``events`` must have been asked before."""
        self._xcb.xcb_flush(self._connection)
        self._news.select(seconds)

    # ---- common questions ---------------------------------------------------------------

    def extension(self, name: str) -> tuple[int, int] | None:
        """Its request's number and that of its first event; None if the server lacks it."""
        words = name.encode()
        length = 2 + (len(words) + 3) // 4
        reply = self.ask(
            struct.pack("<BBHHH", _QUERY_EXTENSION, 0, length, len(words), 0) + words.ljust(4 * length - 8, b"\0")
        )
        present, number, event = reply[8], reply[9], reply[10]
        return (number, event) if present else None

    def version(self, number: int, major: int, minor: int) -> tuple[int, int]:
        """Tell an extension which version we speak; returns what the server does."""
        return struct.unpack_from("<II", self.ask(struct.pack("<BBHII", number, 0, 3, major, minor)), 8)

    def size(self) -> tuple[int, int]:
        """Width and height of the whole desktop in pixels."""
        return struct.unpack_from("<HH", self.ask(struct.pack("<BBHI", _GET_GEOMETRY, 0, 2, self.root)), 16)

    def atom(self, atom: int) -> str:
        """The name behind a number."""
        if atom not in self._atoms:
            reply = self.ask(struct.pack("<BBHI", _GET_ATOM_NAME, 0, 2, atom))
            (length,) = struct.unpack_from("<H", reply, 8)
            self._atoms[atom] = reply[32 : 32 + length].decode("utf-8", "replace")
        return self._atoms[atom]

    def new_id(self) -> int:
        """A number for something we make in the server."""
        return int(self._xcb.xcb_generate_id(self._connection))

    def close(self) -> None:
        """Harmless when closed before."""
        connection, self._open = self._open, None
        self._news.close()
        if connection:
            self._xcb.xcb_disconnect(connection)

    # ---- inside -------------------------------------------------------------------------

    @property
    def _connection(self) -> Any:
        if not self._open:  # libxcb would not survive it
            raise ScreenMissing("closed")
        return self._open

    def _check(self) -> None:
        if self._xcb.xcb_connection_has_error(self._connection):
            raise ScreenMissing("the X server is gone")

    def _taken(self, address: int, length: int) -> bytes:
        content = ctypes.string_at(address, length)
        self._free(address)
        return content


def _first_screen(setup: int) -> tuple[int, int, bool]:
    """Root window, depth, and whether its pixels are 32 bits in the order B, G, R, unused."""
    head = ctypes.string_at(setup, 40)
    vendor, formats, little = struct.unpack_from("<H", head, 24)[0], head[29], head[30] == 0
    at = 40 + (vendor + 3) // 4 * 4
    bits = {}
    for depth, per_pixel in struct.iter_unpack("<BB6x", ctypes.string_at(setup + at, 8 * formats)):
        bits[depth] = per_pixel
    screen = ctypes.string_at(setup + at + 8 * formats, 40)
    root, depth = struct.unpack_from("<I", screen)[0], screen[38]
    return root, depth, little and depth in (24, 32) and bits.get(depth) == 32
