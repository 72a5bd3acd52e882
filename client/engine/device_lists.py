"""The lists of cameras and microphones, asked for side by side while the system check goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from client.capture.asking import Asking
from client.capture.source import CAMERA, SOUND, Device
from client.engine.policy import Policy
from client.engine.workshop import Workshop
from client.errors import SenimError

_log = logging.getLogger(__name__)


class DeviceLists:
    """Used from one thread. A list that cannot be had is empty: shown as "missing", and it can be asked for again."""

    def __init__(self, workshop: Workshop, policy: Policy) -> None:
        self._workshop, self._policy = workshop, policy
        self._cameras: Asking[list[Device]] | None = None
        self._microphones: Asking[list[Device]] | None = None

    @property
    def asking(self) -> bool:
        """Asked, and not taken yet."""
        return self._cameras is not None

    def ask(self) -> None:
        """Returns at once; what is on its way already is not asked for twice."""
        if not self.asking:
            cameras = self._workshop.cameras if self._policy.wants(CAMERA) else list
            microphones = self._workshop.microphones if self._policy.wants(SOUND) else list
            self._cameras = Asking("list-cameras", lambda: _or_nothing(cameras))
            self._microphones = Asking("list-microphones", lambda: _or_nothing(microphones))

    def take(self) -> tuple[list[Device], list[Device]] | None:
        """(cameras, microphones), once, when both are there. Stand-ins only where the server's policy allows them."""
        if self._cameras is None or self._microphones is None:
            return None
        if not (self._cameras.answered and self._microphones.answered):
            return None
        cameras, microphones = self._cameras.answer or [], self._microphones.answer or []
        self._cameras = self._microphones = None
        policy = self._policy
        if policy.simulated_camera:
            cameras = [Device(policy.simulated_camera, policy.simulated_camera, simulated=True), *cameras]
        else:
            cameras = [device for device in cameras if not device.simulated]
        if not policy.simulated_microphone:
            microphones = [device for device in microphones if not device.simulated]
        return cameras, microphones


def _or_nothing(listing: Callable[[], list[Device]]) -> list[Device]:
    try:
        return listing()
    except SenimError:
        return []
    except Exception:  # noqa: BLE001 -- a library's surprise is a list that cannot be had, not the end of the check
        _log.exception("a list of devices failed")
        return []
