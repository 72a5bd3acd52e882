"""The states of one sitting, as one table: what is not in it cannot happen."""

from __future__ import annotations

from enum import StrEnum


class SessionState(StrEnum):
    """Stable words; the window shows one page for each."""

    SIGNED_OUT = "signed_out"
    CHOOSING = "choosing"
    CONSENTING = "consenting"  # the student consented, the institution opens the session
    CHECKING = "checking"
    IDENTIFYING = "identifying"  # recording runs from here on
    READY = "ready"  # identity decided or left to a person; the paper may be opened
    SITTING = "sitting"
    INTERRUPTED = "interrupted"  # window gone or session taken over: sealed, devices released, only uploading
    HANDING_IN = "handing_in"
    SEALED_OFFLINE = "sealed_offline"  # handed in, waiting for the network
    DELIVERED = "delivered"


class SessionEvent(StrEnum):
    """What can happen to a sitting."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    OPEN_ASKED = "open_asked"
    OPEN_REFUSED = "open_refused"
    OPENED = "opened"
    LEFT = "left"  # back to "my exams" before anything was recorded, or after the receipt
    IDENTITY_STARTED = "identity_started"
    IDENTITY_DECIDED = "identity_decided"
    PAPER_SHOWN = "paper_shown"
    HAND_IN_STARTED = "hand_in_started"
    NETWORK_LOST = "network_lost"
    NETWORK_BACK = "network_back"
    RECEIPT_CAME = "receipt_came"
    WINDOW_LOST = "window_lost"
    TAKEN_OVER = "taken_over"  # the student went on on another computer
    RESTORED_CHECKING = "restored_checking"
    RESTORED_IDENTIFYING = "restored_identifying"
    RESTORED_READY = "restored_ready"
    RESTORED_SITTING = "restored_sitting"
    RESTORED_HANDING_IN = "restored_handing_in"
    RESTORED_DELIVERED = "restored_delivered"


class ForbiddenMove(Exception):
    """``event`` cannot happen in ``state``: a defect, or a message that came too late."""

    def __init__(self, state: SessionState, event: SessionEvent) -> None:
        super().__init__(f"{event} in {state}")
        self.state, self.event = state, event


_S, _E = SessionState, SessionEvent

MOVES: dict[tuple[SessionState, SessionEvent], SessionState] = {
    (_S.SIGNED_OUT, _E.SIGNED_IN): _S.CHOOSING,
    (_S.CHOOSING, _E.SIGNED_OUT): _S.SIGNED_OUT,
    (_S.CHOOSING, _E.OPEN_ASKED): _S.CONSENTING,
    (_S.CONSENTING, _E.OPEN_REFUSED): _S.CHOOSING,
    (_S.CONSENTING, _E.OPENED): _S.CHECKING,
    (_S.CONSENTING, _E.RESTORED_SITTING): _S.SITTING,  # both processes died a moment ago on this computer
    (_S.CONSENTING, _E.HAND_IN_STARTED): _S.HANDING_IN,  # it was handed in before; only the delivery is left
    (_S.CHECKING, _E.LEFT): _S.CHOOSING,
    (_S.CHECKING, _E.SIGNED_OUT): _S.SIGNED_OUT,
    (_S.CHECKING, _E.IDENTITY_STARTED): _S.IDENTIFYING,
    (_S.IDENTIFYING, _E.IDENTITY_DECIDED): _S.READY,
    (_S.IDENTIFYING, _E.HAND_IN_STARTED): _S.HANDING_IN,  # time can be over before the paper is shown
    (_S.READY, _E.IDENTITY_STARTED): _S.IDENTIFYING,
    (_S.READY, _E.PAPER_SHOWN): _S.SITTING,
    (_S.READY, _E.HAND_IN_STARTED): _S.HANDING_IN,
    (_S.SITTING, _E.HAND_IN_STARTED): _S.HANDING_IN,
    (_S.HANDING_IN, _E.NETWORK_LOST): _S.SEALED_OFFLINE,
    (_S.HANDING_IN, _E.RECEIPT_CAME): _S.DELIVERED,
    (_S.SEALED_OFFLINE, _E.NETWORK_BACK): _S.HANDING_IN,
    (_S.SEALED_OFFLINE, _E.RECEIPT_CAME): _S.DELIVERED,
    (_S.DELIVERED, _E.LEFT): _S.CHOOSING,
    (_S.DELIVERED, _E.SIGNED_OUT): _S.SIGNED_OUT,
    # The recorder died and was started again by its window: straight back to where it was.
    (_S.SIGNED_OUT, _E.RESTORED_CHECKING): _S.CHECKING,
    (_S.SIGNED_OUT, _E.RESTORED_IDENTIFYING): _S.IDENTIFYING,
    (_S.SIGNED_OUT, _E.RESTORED_READY): _S.READY,
    (_S.SIGNED_OUT, _E.RESTORED_SITTING): _S.SITTING,
    (_S.SIGNED_OUT, _E.RESTORED_HANDING_IN): _S.HANDING_IN,
    (_S.SIGNED_OUT, _E.RESTORED_DELIVERED): _S.DELIVERED,
    # The window died: nobody is recorded unseen.
    (_S.CHECKING, _E.WINDOW_LOST): _S.INTERRUPTED,
    (_S.IDENTIFYING, _E.WINDOW_LOST): _S.INTERRUPTED,
    (_S.READY, _E.WINDOW_LOST): _S.INTERRUPTED,
    (_S.SITTING, _E.WINDOW_LOST): _S.INTERRUPTED,
    (_S.IDENTIFYING, _E.TAKEN_OVER): _S.INTERRUPTED,
    (_S.READY, _E.TAKEN_OVER): _S.INTERRUPTED,
    (_S.SITTING, _E.TAKEN_OVER): _S.INTERRUPTED,
    (_S.INTERRUPTED, _E.LEFT): _S.CHOOSING,
    (_S.INTERRUPTED, _E.SIGNED_OUT): _S.SIGNED_OUT,
}

RECORDING = frozenset({_S.IDENTIFYING, _S.READY, _S.SITTING})


def advance(state: SessionState, event: SessionEvent) -> SessionState:
    """The state after ``event``. Raises ``ForbiddenMove``."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise ForbiddenMove(state, event) from None
