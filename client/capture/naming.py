"""Which device a stream comes from, for the ledger: when recording begins, and whenever it is another one."""

from __future__ import annotations

from dataclasses import replace

from client.capture.origins import KnownAs, KnowsItself
from client.capture.source import SegmentSink


class Naming:
    """Used from the stream's own thread. Devices that cannot say what they are go unnamed."""

    def __init__(self, stream: str, sink: SegmentSink) -> None:
        self._stream, self._sink = stream, sink
        self._known: KnownAs | None = None

    def begin(self) -> None:
        """Recording begins: say it again."""
        if self._known is not None:
            self._tell(self._known, replaced=False)

    def look(self, device: object) -> None:
        """To be called now and then; cheap while nothing changed."""
        known = device.known_as() if isinstance(device, KnowsItself) else None
        if known is None or known == self._known:
            return
        before, self._known = self._known, known
        self._tell(known, replaced=before is not None and replace(before, stand_in=known.stand_in) != known)

    def _tell(self, known: KnownAs, replaced: bool) -> None:
        said = {"name": known.name, "origin": str(known.origin), "stand_in": known.stand_in, "replaced": replaced}
        self._sink.event("devices", {"stream": self._stream, **said})
