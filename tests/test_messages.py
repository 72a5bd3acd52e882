"""The codec between window and recorder: every message there and back, and nothing else passes."""

from __future__ import annotations

import dataclasses
import io
import json
import struct
import typing
from typing import Any

import pytest

from client import messages as m

SAMPLES: list[Any] = [
    m.SignIn("әсел", "құпия"), m.SignInWithCode("ABCD-1234"), m.SignOut(), m.ListExams(),
    m.OpenSeat("seat-1", "2026-11", "2026-11-22T09:00:00.000Z", True), m.StartCheck(), m.UseDevices("0", None),
    m.RetryCheck("camera"), m.StartIdentity(), m.LeaveIdentityToPerson("student"), m.RetryIdentity(),
    m.AnotherPrompt(), m.OpenPaper(),
    m.SetAnswer("q1", 3, "Ә Ғ Қ Ң Ө Ұ Ү Һ І"), m.SetAnswer("q2", 1, ["a", "b"]), m.MarkQuestion("q1", True),
    m.ShowQuestion("q1"), m.WindowEvent("focus-lost"), m.WantPreview("camera", True), m.NoticeRead("n1"), m.HandIn(),
    m.RestoreSession("s", "secret"), m.SetLanguage("kk"), m.Quit(), m.Ready("0.1", ["Физика"]),
    m.Problem("disk_low", "", {"free_gb": "2"}), m.SignedIn("Әсел", "asel"),
    m.Exams([m.ExamItem("s", "t", "o", "c", 60, 15, "open", False, ["camera"], 30)], "now"),
    m.StateChanged("sitting"),
    m.CheckView([m.CheckItem("disk", "ok", "disk_ok", {"free_gb": "9"})], [m.DeviceChoice("0", "c")], [], "0",
                "", True),
    m.Level(0.5), m.Preview("camera", "AA==", [[0.1, 0.2]], 320, 240), m.IdentityView("blink", "too_dark", 0.4),
    m.PaperView("t", [{"id": "q"}], {"q": {"value": "x", "revision": 1}}, ["q"], {"p": {"type": "t", "data": ""}}),
    m.AnswerSaved("q1", 3, "disk"), m.ClockView(12.5, "e", "s", False),
    m.RecordingView({"camera": "lost"}, "", ["camera"]),
    m.NetworkView("offline", 1, 2, 3.5), m.Notice("n", "call", "t", "s", 5), m.HandInView("sending", 1, 2, 3.0),
    m.ReceiptView("c", "f", "t", "t", {"camera": 0.5}, [{"stream": "camera"}], 3, "k"), m.SessionKeyCopy("s", "k"),
    m.SaveForDelivery("s", "/media/stick/a.senim"), m.GoOnOffline("s"), m.ShowReceipt("s"), m.UseMeteredLine(True),
    m.LostView(250.0, 8.0, 0.0, 8.0), m.SavingView("s", "failed", 1, 2, "f", "", "place_full", {"free_mb": "1"}),
    m.BreakWish("ask"), m.BreakView("running", 10, True, 1, False, "2026-11-22T09:30:00Z", 590.5),
    m.UnsentView([m.UnsentItem("s", "Физика", "sealed", "c", 5, False)]),
    m.UpdateView("0.2.0", "https://x", True),
    m.AttachFile("q1", "0a", "/home/x/Кесте.xlsx"), m.FileAttached("q1", m.AttachedFile("0a", "a", 5, "00", 0, 1, 7)),
    m.SetAnswer("q1", 2, "x", [m.AttachedFile("0a", "a", 5, "00", 0, 1, 7)]),
    m.FileRefused("q1", "0a", "a.exe", "file_kind", {"kinds": ".pdf"}), m.FilesView({"0a": 0.5}, {"0b": 1.0}),
    m.ReceiptView("c", "f", "t", "t", {}, [], 3, "k", "https://x", {"local": "a"}, m.LostView(1.0, 2.0, 0.0, 0.0)),
]  # fmt: skip


def test_every_type_is_sampled() -> None:
    assert {type(sample) for sample in SAMPLES} == set(typing.get_args(m.Message))


@pytest.mark.parametrize("message", SAMPLES, ids=lambda message: type(message).__name__)
def test_there_and_back(message: Any) -> None:
    assert m.read(io.BytesIO(m.encode(message))) == message


def test_frames_follow_each_other_and_end() -> None:
    stream = io.BytesIO(b"".join(m.encode(sample) for sample in SAMPLES))
    assert [m.read(stream) for _ in SAMPLES] == SAMPLES
    assert m.read(stream) is None


class Drops(io.BytesIO):
    """A pipe that hands out one byte at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(1, size if size is not None and size >= 0 else 1))


def test_short_reads() -> None:
    assert m.read(Drops(m.encode(SAMPLES[0]))) == SAMPLES[0]


def test_torn_frame_is_the_end() -> None:
    assert m.read(io.BytesIO(m.encode(SAMPLES[0])[:-1])) is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"\xff", b"{}", b'{"type":"Nothing"}', b'{"type":"SignOut","more":1}',
        b'{"type":"SignIn","login":"a"}', b'{"type":"SignIn","login":1,"password":"b"}',
        b'{"type":"SetAnswer","question":"q","revision":"1","value":"x"}',
        b'{"type":"SetAnswer","question":"q","revision":true,"value":"x"}',
        b'{"type":"SetAnswer","question":"q","revision":1,"value":{"a":1}}',
        b'{"type":"SetAnswer","question":"q","revision":1,"value":"x","files":[{"id":"0a"}]}',
        b'{"type":"SetAnswer","question":"q","revision":1,"value":[1]}', b'{"type":["SignOut"]}',
        b'{"type":"Exams","items":[{"seat":"s"}],"server_time":"x"}', b'{"type":"Level","value":"loud"}',
    ],
)  # fmt: skip
def test_malformed(body: bytes) -> None:
    with pytest.raises(m.MalformedMessage):
        m.decode(body)


def test_huge_frame_is_refused_before_it_is_read() -> None:
    with pytest.raises(m.MalformedMessage):
        m.read(io.BytesIO(struct.pack(">I", m.MAX_FRAME_BYTES + 1)))


def test_messages_are_frozen() -> None:
    for kind in typing.get_args(m.Message):
        assert dataclasses.fields(kind) is not None
        assert kind.__dataclass_params__.frozen


def test_frame_is_json_with_the_type_first() -> None:
    data = m.encode(m.SetLanguage("kk"))
    assert json.loads(data[4:]) == {"type": "SetLanguage", "language": "kk"}
    assert struct.unpack(">I", data[:4])[0] == len(data) - 4
