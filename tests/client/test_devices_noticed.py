"""What is noticed of devices reaches the window in words, and the ledger as it is."""

from __future__ import annotations

from typing import Any

import pytest

from client.engine.noticed import problem_of


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("microphone-muted", {"stream": "sound"}, ("microphone_muted", {})),
        ("sound-back", {"stream": "sound"}, ("microphone_heard", {})),
        ("camera-one-coloured", {"stream": "camera"}, ("camera_black", {})),
        ("camera-covered", {"stream": "camera"}, ("camera_covered", {})),
        ("devices", {"stream": "sound", "name": "USB", "replaced": True}, ("microphone_replaced", {"name": "USB"})),
        ("devices", {"stream": "camera", "name": "C", "replaced": True}, ("camera_replaced", {"name": "C"})),
        ("devices", {"stream": "camera", "name": "C", "replaced": False}, None),
        ("devices", {"camera": "C", "simulated": []}, None),
        ("quality", {"stream": "camera"}, None),
    ],
)
def test_the_window_has_a_sentence_for_what_the_person_can_mend(
    name: str, data: dict[str, Any], told: tuple[str, dict[str, str]] | None
) -> None:
    assert problem_of(name, data) == told
