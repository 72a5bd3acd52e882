"""A student's afternoon as a state machine: everything that can happen, in any order, with an oracle beside it.

The recorder is the real one in its own process (with a capture that needs no devices), the server is the real one in
its own, between them a line with faults, below the recorder a disk that can be full.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar

from client_hall import PASSWORD, ROOT, Institution
from fake_window import ProcessWindow
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from oracle import Oracle
from sqlalchemy import select

from client import messages as m
from client.upload.http import HttpTransport
from evidence.signing import VerifyingKey
from evidence.verify import verify
from server import schema
from server.review.site import Site
from simulation.faulty_disk import environment
from simulation.faulty_wire import FaultyWire

SLOW_SECONDS = 0.3
PATIENCE = 60.0


class Window(ProcessWindow):
    """The window's end of the pipe to a recorder on the faulty disk."""

    def __init__(self, data: Path, address: str, institution: Institution, environ: dict[str, str]) -> None:
        script = str(Path(__file__).with_name("recorder_on_walk.py"))
        super().__init__([sys.executable, script, str(data), address, institution.verifying_key], environ)


class Walk(RuleBasedStateMachine):
    """``institution``, ``library``, ``site`` are set by the test that walks."""

    institution: ClassVar[Institution]
    library: ClassVar[Path]
    site: ClassVar[Site]
    done: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="senim-walk-"))
        self.data, self.switch = self.root / "client", self.root / "full"
        self.wire = FaultyWire(self.institution.port)
        self.window: Window | None = None
        self.line_up, self.handed_in, self.window_lives = True, False, True
        self.revision, self.oracle = 0, None

    def note(self, deed: str) -> None:
        self.done[deed] = self.done.get(deed, 0) + 1

    @property
    def sitting(self) -> bool:
        return self.window is not None and not self.handed_in

    @property
    def disk_free(self) -> bool:
        return not self.switch.exists()

    def start(self) -> Window:
        environ = environment(self.library, self.data, self.switch)
        environ["PYTHONPATH"] = f"{ROOT}:{ROOT / 'tests' / 'client'}"
        window = Window(self.data, self.wire.address, self.institution, environ)
        window.expect(m.Ready, seconds=PATIENCE)
        return window

    # -- what can happen ----------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        self.data.mkdir()
        self.login = self.institution.student()
        self.window = self.start()
        paper = self.window.to_paper(self.login)
        self.question = next(q["id"] for q in paper.questions if not q["choices"] and q["kind"] != "description")
        self.key = self.window.saw(m.SessionKeyCopy)
        session = self.key.session
        self.oracle = Oracle(self.data, self.data / "spool" / session, self.institution.session_folder(session))

    @precondition(lambda self: self.sitting)
    @rule(seconds=st.sampled_from([0.2, 0.6, 1.0]))
    def record(self, seconds: float) -> None:
        self.note("record")
        before = len(self.oracle.lines)
        time.sleep(seconds)
        until = time.monotonic() + PATIENCE
        while self.disk_free:
            self.oracle.check()
            if len(self.oracle.lines) > before:
                return
            assert time.monotonic() < until, "nothing is recorded any more"
            time.sleep(0.05)

    @precondition(lambda self: self.sitting)
    @rule(text=st.sampled_from(["жауап", "ответ", "answer", "", "x" * 2000]))
    def answer(self, text: str) -> None:
        self.note("answer")
        self.revision += 1
        value = f"{self.revision} {text}"
        self.window.say(m.SetAnswer(self.question, self.revision, value))
        heard = self.window.expect(
            object,
            lambda x: (
                (isinstance(x, m.AnswerSaved) and x.revision == self.revision)
                or (isinstance(x, m.Problem) and x.during == "SetAnswer")
            ),
            PATIENCE,
        )
        if isinstance(heard, m.AnswerSaved):
            self.oracle.confirmed(self.question, self.revision, value)
        else:
            assert not self.disk_free, heard

    @precondition(lambda self: self.line_up)
    @rule()
    def network_down(self) -> None:
        self.note("network_down")
        self.wire.cut()
        self.line_up = False

    @rule()
    def network_slow(self) -> None:
        self.note("network_slow")
        self.wire.mend()
        self.wire.slow(SLOW_SECONDS)
        self.line_up = True

    @rule()
    def network_up(self) -> None:
        self.wire.mend()
        self.line_up = True

    @precondition(lambda self: self.disk_free and self.sitting)
    @rule()
    def disk_full(self) -> None:
        self.note("disk_full")
        self.switch.touch()

    @precondition(lambda self: not self.disk_free)
    @rule()
    def disk_free_again(self) -> None:
        self.switch.unlink()

    @precondition(lambda self: self.sitting)
    @rule()
    def kill_recorder(self) -> None:
        """The window stays and holds the session's key."""
        self.note("kill_recorder")
        self.window.kill()
        self.window = None

    @precondition(lambda self: self.sitting)
    @rule()
    def kill_window(self) -> None:
        """The recorder seals, and delivers what it can until somebody else wants the spool."""
        self.note("kill_window")
        self.switch.unlink(missing_ok=True)
        self.window.vanish()
        self.leaving, self.window, self.window_lives = self.window, None, False

    @rule()
    def kill_server(self) -> None:
        self.note("kill_server")
        self.institution.kill()
        self.institution.start()

    @rule(hours=st.sampled_from([-30, -1, 2]))
    def clock_jump(self, hours: int) -> None:
        self.note("clock_jump")
        (self.data / "clock").write_text(str(hours * 3_600_000))

    @precondition(lambda self: self.window is None and not self.handed_in)
    @rule()
    def resume(self) -> None:
        """The window starts another recorder; or the student starts the program again and signs in."""
        self.note("resume")
        self.switch.unlink(missing_ok=True)
        if not self.window_lives:
            self.network_up()
        self.window = self.start()
        if self.window_lives:
            self.window.say(m.RestoreSession(self.key.session, self.key.secret))
            view = self.window.expect(m.PaperView, seconds=PATIENCE)
        else:
            self.window.sign_in(self.login, PASSWORD)
            self.key = self.window.open()
            self.window.check()
            self.window.identify()
            view = self.window.paper()
            self.window_lives = True
        for question, (revision, value) in self.oracle.answers.items():
            held = view.answers[question]
            assert held["revision"] > revision or held == {"revision": revision, "value": value}
        self.revision = max([self.revision, *(int(a["revision"]) for a in view.answers.values())])

    @precondition(lambda self: self.sitting and self.disk_free)
    @rule()
    def hand_in(self) -> None:
        self.note("hand_in")
        self.window.say(m.HandIn())
        self.window.expect(m.StateChanged, lambda s: s.state in ("handing_in", "sealed_offline", "delivered"), PATIENCE)
        self.handed_in = True

    # -- after every step, and at the end -----------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.oracle is not None:
            self.oracle.check()

    def teardown(self) -> None:
        try:
            if self.oracle is not None and sys.exc_info()[0] is None:
                self._home()
        finally:
            for window in (self.window, getattr(self, "leaving", None)):
                if window is not None and window.process.poll() is None:
                    window.kill()
            self.wire.close()
            shutil.rmtree(self.root, ignore_errors=True)

    def _home(self) -> None:
        """Everything is whole again, the student hands in: all of it is there, and proven."""
        self.switch.unlink(missing_ok=True)
        self.network_up()
        if self.window is None:
            self.resume()
        if not self.handed_in:
            self.record(0.6)
            self.hand_in()
        receipt = self.window.saw(m.ReceiptView, seconds=PATIENCE)
        self.oracle.check()
        self.oracle.captured()
        report = verify(self.oracle.theirs, VerifyingKey.from_text(self.institution.verifying_key))
        assert report.ok and report.state == "complete", report.problems
        shares = self.oracle.coverage()
        for stream, share in shares.items():
            assert abs(report.coverage[stream].ratio - share) < 1e-6
            assert abs(receipt.coverage[stream] - share) < 1e-4
            causes = {gap.cause for gap in report.coverage[stream].gaps}
            assert causes <= {"recorder-restarted", "resumed", "disk-full"}, report.coverage[stream].gaps
        self._opened(shares)
        transport = HttpTransport(self.institution.address)
        transport.sign_in(self.login, PASSWORD)
        held = transport.answers(self.key.session).answers
        for question, (revision, value) in self.oracle.answers.items():
            assert held[question][0] > revision or held[question] == (revision, value)

    def _opened(self, shares: dict[str, float]) -> None:
        while self.site.opener.work():
            pass
        query = select(schema.sessions.c.coverage_opened).where(schema.sessions.c.id == self.key.session)
        opened = self.site.database.read(lambda connection: connection.execute(query).scalar_one())
        for stream, share in shares.items():
            assert abs(opened[stream]["ratio"] - share) < 1e-5, (stream, opened[stream], share)
