"""The real window with a hand in it: it signs in, passes the check and opens the paper by itself.

python -m benchmarks.recording.window_process --login L --password P -- CLIENT-ARGUMENTS
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from unittest import mock

from PySide6.QtCore import QObject

from client import messages as m
from client.main import main as client_main
from client.ui import app
from client.ui.bridge import RecorderBridge

_given = argparse.Namespace(login="", password="")


class Hand(RecorderBridge):
    """Answers the recorder's messages as the pages do when somebody clicks through them."""

    def __init__(self, argv: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(argv, parent)
        self._passed = False
        self.ready.connect(lambda _message: self.send(m.SignIn(_given.login, _given.password)))
        self.signed_in.connect(lambda _message: self.send(m.ListExams()))
        self.exams.connect(self._open)
        self.check_view.connect(self._go_on)
        self.state_changed.connect(self._follow)

    def _open(self, exams: m.Exams) -> None:
        self.send(m.OpenSeat(exams.items[0].seat, "1", exams.server_time))

    def _go_on(self, view: m.CheckView) -> None:
        if view.passed and not self._passed:
            self._passed = True
            self.send(m.StartIdentity())

    def _follow(self, state: m.StateChanged) -> None:
        answer: dict[str, m.Message] = {
            "checking": m.StartCheck(),
            "identifying": m.LeaveIdentityToPerson("benchmark"),
            "ready": m.OpenPaper(),
        }
        if state.state in answer:
            self.send(answer[state.state])


def main() -> int:
    ours = sys.argv[1 : sys.argv.index("--")]
    theirs = sys.argv[sys.argv.index("--") + 1 :]
    parser = argparse.ArgumentParser(description="The window of the recording benchmark.")
    parser.add_argument("--login", required=True)
    parser.add_argument("--password", required=True)
    parser.parse_args(ours, _given)
    mock.patch.object(app, "RecorderBridge", Hand).start()  # the window's own bridge, with a hand
    return client_main(theirs)


if __name__ == "__main__":
    raise SystemExit(main())
