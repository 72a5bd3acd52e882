"""Every gate of the identity check has a drawing of its own beside its sentence."""

from __future__ import annotations

from client.ui.advice_drawing import HINTS
from client.ui.languages import Languages
from client.ui.prompt_drawing import PromptRing
from faces.gates import Gate


def test_each_gate_is_drawn_and_none_like_another(languages: Languages) -> None:
    assert set(HINTS) == {str(gate) for gate in Gate}
    ring, drawn = PromptRing(), set()
    for advice in ("", "no such word", *HINTS):
        ring.show_prompt("look_straight", 0.4, advice)
        drawn.add(bytes(ring.grab().toImage().constBits()))
    assert len(drawn) == 1 + len(HINTS), "an unknown word leaves the prompt's own drawing"
