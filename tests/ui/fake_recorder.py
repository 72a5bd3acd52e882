"""A recorder without devices: speaks ``client.messages`` over its pipes and walks through every page.

Run as ``python fake_recorder.py --log FILE [--picture FILE.jpg] [--manual] [--deaf TYPE]``. Each message it gets is
written to the log, one JSON line each, so that a test can see what really crossed the pipe. ``--manual``: answers
nothing by itself after the paper, so that a test decides what happens. ``--deaf TYPE`` (again for more): hears such
messages and does not answer, as an institution that takes its time.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from client import messages as m

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
)  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "kind": "multichoice", "single": True, "points": 2,
     "html": "<p>Қазақстанның ең үлкен көлі қайсы?</p><p>Кестедегі аудандарды салыстырыңыз.</p>"
             "<table><tr><th>Көл</th><th>Ауданы, км²</th></tr><tr><td>Балқаш</td><td>16 400</td></tr>"
             "<tr><td>Алакөл</td><td>2 650</td></tr><tr><td>Зайсаң</td><td>1 810</td></tr></table>",
     "choices": [{"id": "a", "html": "Балқаш"}, {"id": "b", "html": "Алакөл"}, {"id": "c", "html": "Зайсаң"},
                 {"id": "d", "html": "Тең<b>із</b>"}]},
    {"id": "q2", "kind": "multichoice", "single": False, "points": 3,
     "html": "<p>Which of these numbers are prime? <img src='senim:picture/dot.png' alt='dot' width='40'></p>",
     "choices": [{"id": "2", "html": "2"}, {"id": "9", "html": "9"}, {"id": "11", "html": "11"}]},
    {"id": "q3", "kind": "truefalse", "single": True, "points": 1,
     "html": "<p>Вода кипит при 100 °C на уровне моря.</p>",
     "choices": [{"id": "true", "html": "Верно"}, {"id": "false", "html": "Неверно"}]},
    {"id": "q4", "kind": "shortanswer", "points": 1, "html": "<p>Абай Құнанбайұлы қай жылы туған?</p>", "choices": []},
    {"id": "q5", "kind": "essay", "points": 10, "html": "<p>Өз сөзіңізбен түсіндіріңіз: фотосинтез деген не?</p>",
     "choices": []},
    {"id": "q6", "kind": "description", "points": 0, "html": "<p>Келесі бөлім: грамматика.</p>", "choices": []},
    *({"id": f"q{n}", "kind": "shortanswer", "points": 1, "html": f"<p>{n} × {n} = ?</p>", "choices": []}
      for n in range(7, 13)),
]  # fmt: skip
PRACTICAL: list[dict[str, Any]] = [
    {
        "id": "f1",
        "kind": "essay",
        "points": 10,
        "text": True,
        "choices": [],
        "files": {"most": 3, "required": 1, "types": [".xlsx", ".ods", ".pdf"], "bytes": 20 * 1024**2},
        "html": "<p>Бес топтың нәтижелерінен кесте мен диаграмма жасаңыз; файлды тіркеп, қорытындыны жазыңыз.</p>",
    },
    {
        "id": "f2",
        "kind": "essay",
        "points": 5,
        "text": False,
        "choices": [],
        "files": {"most": 1, "required": 1, "types": [], "bytes": 5 * 1024**2},
        "html": "<p>Нарисуйте схему прибора от руки и прикрепите снимок.</p>",
    },
    {
        "id": "f3",
        "kind": "essay",
        "points": 2,
        "text": True,
        "files": None,
        "choices": [],
        "html": "<p>What was hard?</p>",
    },
]
PICTURES = {"dot.png": {"type": "image/png", "data": PIXEL}}

EXAMS = [
    m.ExamItem("seat-rehearsal", "Rehearsal", "2026-11-01T04:00:00.000Z", "2026-12-31T13:00:00.000Z", 3, 0, "open",
               True, ["screen-1", "camera", "sound"], 7),
    m.ExamItem("seat-geo", "География, қорытынды емтихан", "2026-11-22T09:00:00.000Z", "2026-11-22T11:30:00.000Z", 90,
               15, "open", False, ["screen-1", "camera", "sound"], 30),
    m.ExamItem("seat-math", "Mathematics II", "2026-11-29T04:00:00.000Z", "2026-11-29T07:00:00.000Z", 120, 0,
               "upcoming", False, ["screen-1", "camera"], 30),
    m.ExamItem("seat-hist", "История Казахстана", "2026-11-15T04:00:00.000Z", "2026-11-15T06:00:00.000Z", 60, 0,
               "handed_in", False, ["screen-1", "camera"], 30),
]  # fmt: skip
CAMERAS = [m.DeviceChoice("0", "HD WebCam"), m.DeviceChoice("http://127.0.0.1", "Portrait", True)]
MICROPHONES = [m.DeviceChoice("m0", "Built-in microphone"), m.DeviceChoice("m1", "Null sink", True)]
SESSION, SECRET = "session-1", "secret-1"


class FakeRecorder:
    def __init__(self, log: Path, picture: str, manual: bool, deaf: list[str]) -> None:
        self.log, self.picture, self.manual, self.deaf = log, picture, manual, deaf
        self.held: dict[str, dict[str, Any]] = {}
        self.sitting = False

    def send(self, *messages: m.Message) -> None:
        for message in messages:
            sys.stdout.buffer.write(m.encode(message))
        sys.stdout.buffer.flush()

    def run(self) -> None:
        self.send(m.Ready("0.1"))
        while (message := m.read(sys.stdin.buffer)) is not None:
            with self.log.open("a", encoding="utf-8") as log:
                body = json.loads(m.encode(message)[4:])
                log.write(json.dumps({"pid": os.getpid(), **body}, ensure_ascii=False) + "\n")
            if isinstance(message, m.Quit):
                return
            if type(message).__name__ not in self.deaf:
                self.answer(message)

    def answer(self, message: m.Message) -> None:
        match message:
            case m.SignIn(login="wrong"):
                self.send(m.Problem("wrong_password", "SignIn"))
            case m.SignIn() | m.SignInWithCode():
                self.send(m.SignedIn("Әсел Ғұмарқызы Өңірбаева", "asel"), m.StateChanged("choosing"))
            case m.ListExams():
                self.send(m.StateChanged("choosing"), m.Exams(EXAMS, "2026-11-22T09:05:00.000Z"))
            case m.OpenSeat(seat="seat-rehearsal", takeover=False):
                self.send(m.StateChanged("consenting"), m.Problem("in_use_elsewhere", "OpenSeat"),
                          m.StateChanged("choosing"))  # fmt: skip
            case m.OpenSeat():
                self.send(m.StateChanged("consenting"), m.SessionKeyCopy(SESSION, SECRET), m.StateChanged("checking"))
            case m.StartCheck():
                self.send(self.check(failed=True), m.Level(0.5))
            case m.RetryCheck():
                self.send(self.check(failed=False))
            case m.WantPreview(on=True) if self.picture:
                points = [[0.42 + 0.02 * (i % 9), 0.3 + 0.05 * (i // 9)] for i in range(81)]
                self.send(m.Preview(message.source, self.picture, points, 320, 240))
            case m.StartIdentity():
                sources = {"screen-1": "running", "camera": "running", "sound": "running"}
                self.send(m.StateChanged("identifying"),
                          m.RecordingView(sources, "2026-11-22T09:07:00.000Z", ["camera"]),
                          m.IdentityView("turn_left", "too_dark", 0.4))  # fmt: skip
            case m.LeaveIdentityToPerson():
                self.send(m.IdentityView("done", "", 1.0, "invigilator"), m.StateChanged("ready"))
            case m.OpenPaper():
                self.open_paper()
            case m.SetAnswer() if not self.manual:
                self.held[message.question] = {"value": message.value, "revision": message.revision}
                self.send(m.AnswerSaved(message.question, message.revision, "disk"))
                self.send(m.AnswerSaved(message.question, message.revision, "server"))
            case m.AttachFile():
                name = Path(message.path).name
                if name.endswith(".exe"):
                    self.send(m.FileRefused(message.question, message.file, name, "file_kind", {"kinds": ".pdf"}))
                else:
                    self.send(
                        m.FileAttached(message.question, m.AttachedFile(message.file, name, 1500, "0" * 64, 0, 1, 5))
                    )
            case m.RestoreSession():
                self.send(m.StateChanged("sitting"))
                self.open_paper()
            case m.HandIn() if not self.manual:
                self.hand_in()
            case _:
                pass

    def open_paper(self) -> None:
        sources = {"screen-1": "running", "camera": "running", "sound": "running"}
        self.send(
            m.StateChanged("sitting"),
            m.PaperView("География, қорытынды емтихан", QUESTIONS, self.held, [], PICTURES),
            m.ClockView(3600.0, "2026-11-22T10:10:00.000Z", "2026-11-22T09:10:00.000Z"),
            m.RecordingView(sources, "2026-11-22T09:07:00.000Z", ["camera"]),
            m.NetworkView("online", 0, 0, 120000.0),
        )

    def hand_in(self) -> None:
        self.send(m.StateChanged("handing_in"), m.HandInView("sending", 41_000_000, 44_000_000, 20.0),
                  m.HandInView("done", 44_000_000, 44_000_000, 0.0))  # fmt: skip
        gaps = [{"stream": "camera", "seconds": 4.0, "cause": "source-lost"}]
        coverage = {"screen-1": 1.0, "camera": 0.9981, "sound": 0.9999}
        self.send(m.ReceiptView("7K3M-Q9XD-22TB", "senim-receipt.txt", "receipt line\n", "География", coverage, gaps,
                                len(self.held), "2026-12-22T09:00:00.000Z"))  # fmt: skip

    def check(self, *, failed: bool) -> m.CheckView:
        camera = m.CheckItem("camera", "failed" if failed else "ok", "camera_busy" if failed else "camera_ok",
                             {"width": "640", "height": "480", "fps": "10"})  # fmt: skip
        items = [
            m.CheckItem("server", "ok", "server_ok"),
            m.CheckItem("clock", "ok", "clock_ok"),
            m.CheckItem("disk", "ok", "disk_ok", {"free_gb": "48"}),
            m.CheckItem("uplink", "warning" if failed else "ok", "uplink_slow" if failed else "uplink_ok",
                        {"kbit": "310", "needed_kbit": "500"}),
            camera,
            m.CheckItem("microphone", "running" if failed else "ok", "" if failed else "microphone_ok"),
            m.CheckItem("screen-1", "ok", "screen_ok", {"width": "1920", "height": "1080"}, self.picture),
        ]  # fmt: skip
        return m.CheckView(items, CAMERAS, MICROPHONES, "0", "m0", not failed)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--manual", action="store_true")
    parser.add_argument("--deaf", action="append", default=[])
    given = parser.parse_args()
    picture = base64.b64encode(given.picture.read_bytes()).decode() if given.picture else ""
    FakeRecorder(given.log, picture, given.manual, given.deaf).run()


if __name__ == "__main__":
    main()
