"""The table of states: every pair is either listed here as a move or forbidden."""

from __future__ import annotations

import pytest

from client.session import MOVES, RECORDING, ForbiddenMove, SessionEvent, SessionState, advance


@pytest.mark.parametrize("state", SessionState)
@pytest.mark.parametrize("event", SessionEvent)
def test_every_pair_moves_as_listed_or_is_forbidden(state: SessionState, event: SessionEvent) -> None:
    if (state, event) in MOVES:
        assert advance(state, event) is MOVES[state, event]
    else:
        with pytest.raises(ForbiddenMove) as caught:
            advance(state, event)
        assert (caught.value.state, caught.value.event) == (state, event)


def test_every_state_can_be_reached_and_every_event_is_used() -> None:
    assert set(MOVES.values()) == set(SessionState)
    assert {event for _, event in MOVES} == set(SessionEvent)


def test_recording_ends_only_sealed() -> None:
    """From a recording state one leaves by handing in, by a lost window or by another computer, nothing else."""
    leaving = {event for (state, event), after in MOVES.items() if state in RECORDING and after not in RECORDING}
    assert leaving == {SessionEvent.HAND_IN_STARTED, SessionEvent.WINDOW_LOST, SessionEvent.TAKEN_OVER}


def test_the_paper_is_shown_only_after_the_identity_step() -> None:
    assert [state for (state, event) in MOVES if event is SessionEvent.PAPER_SHOWN] == [SessionState.READY]


def test_handed_in_never_goes_back_to_the_exam() -> None:
    seen, todo = set(), {SessionState.HANDING_IN}
    while todo:
        state = todo.pop()
        seen.add(state)
        todo |= {after for (s, e), after in MOVES.items() if s is state and e not in _LEAVING} - seen
    assert not seen & RECORDING


_LEAVING = {SessionEvent.LEFT, SessionEvent.SIGNED_OUT}
