"""Run as a program: puts a seccomp filter over itself, then judges faces from beginning to end.

The kernel kills the process with SIGSYS the moment any of its threads, Python or native, asks for an
internet socket (or for netlink, with which name look-ups begin), however short-lived. Needs no rights.
``--control`` opens a socket on purpose, to show that the trap works.
"""

from __future__ import annotations

import ctypes
import platform
import socket
import struct
import sys
from pathlib import Path

ARCH = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # AUDIT_ARCH, number of socket()
LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
FORBIDDEN = (socket.AF_INET, socket.AF_INET6, 16)  # 16: netlink
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def forbid_internet_sockets() -> None:
    """From here on, for this process and all its threads to come."""
    arch, number = ARCH[platform.machine()]
    program = [
        (LOAD, 0, 0, 4),  # the architecture
        (JUMP_EQUAL, 0, 5, arch),  # another one: kill
        (LOAD, 0, 0, 0),  # the system call
        (JUMP_EQUAL, 0, 4, number),  # not socket(): allow
        (LOAD, 0, 0, 16),  # its first argument, the family
        *[(JUMP_EQUAL, 0, 1, int(FORBIDDEN[0])), (RETURN, 0, 0, KILL_PROCESS)],
        *[(JUMP_EQUAL, 1, 0, int(FORBIDDEN[1])), (JUMP_EQUAL, 0, 1, int(FORBIDDEN[2]))],
        (RETURN, 0, 0, KILL_PROCESS),
        (RETURN, 0, 0, ALLOW),
    ]
    program[1] = (JUMP_EQUAL, 0, 4, arch)  # to the first kill
    program[3] = (JUMP_EQUAL, 0, 6, number)  # to allow
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    libc = ctypes.CDLL(None, use_errno=True)
    loaded = _Program(len(program), ctypes.cast(code, ctypes.c_void_p))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(loaded)
    ):
        raise OSError(ctypes.get_errno(), "seccomp is not available")


def judge() -> None:
    """As the recorder does: the identity check, then the exam with pictures, sound and what is done at the computer."""
    import numpy as np

    from client.engine.face_tools import RealFaceTools
    from client.verify.identity import IdentityCheck
    from client.verify.watching import Watcher
    from faces.describe import Describer
    from faces.detect import FaceAnalyser
    from faces.gates import check
    from faces.match import Limits
    from faces.models import MODEL_SHA256
    from faces.template import enrol
    from simulation.puppet import Posture, Puppet

    picture = Puppet.of("astronaut").draw(Posture(), (640, 480))
    with FaceAnalyser() as analyser:
        template = enrol(picture, analyser, Describer())
    tools = RealFaceTools()
    describer = tools.describer(MODEL_SHA256, "dlib")
    identity = IdentityCheck("nonce", template, 0.7, Limits(), describer=describer)
    for k in range(6):
        faces = tools.look(picture)
        assert check(picture, faces, for_comparison=True) == []
        identity.feed(picture, faces, k * 80)
    identity.leave_to_person()
    watcher = Watcher(template=template, describer=describer)
    for k in range(12):
        watcher.hear(np.full(16_000, 100 * (k % 2), np.int16), k * 333)
        watcher.feed(picture, tools.follow(picture, k * 333), k * 333)
    tools.close()


def watch_the_computer() -> None:
    """Windows, programs, clipboard and answers; a display is reached by a local socket."""
    import os

    from client.clock import SessionClock
    from client.engine.desk_duty import DeskDuty
    from client.system import surroundings
    from client.system.front import front_window

    told: list[object] = []
    duty = DeskDuty(SessionClock(), lambda content, _at_ms: told.append(content["kind"]), (), surroundings.look)
    duty.second(front_window(os.getpid())())
    duty.clipboard(500)
    duty.answered("q1", "a" * 300)
    duty.finish()
    assert {"clipboard", "long_paste"} <= set(told)


def institutions_side() -> None:
    """The second opinion's process (it inherits the filter), enrolment, and a model as an ONNX file."""
    import hashlib
    import json
    import tempfile

    from faces.detect import FaceAnalyser
    from faces.model import ModelChoice, load_model
    from faces.models import MODEL_SHA256
    from faces.picture import jpeg_of
    from server.admin.enrolment import make_enrol
    from server.review.opinions import read_faces
    from server.settings import DataFolder, Settings
    from simulation.puppet import Posture, Puppet
    from tests.faces.tiny_onnx import tiny_model

    bgr = Puppet.of("astronaut").draw(Posture(), (640, 480))
    picture = jpeg_of(bgr)
    with tempfile.TemporaryDirectory() as place:
        enrolled = make_enrol(Settings(folder=DataFolder(Path(place)), name="t"))(picture)
        assert enrolled.template["model"] == MODEL_SHA256
        file = Path(place) / "face.onnx"
        file.write_bytes(tiny_model())
        sha256 = hashlib.sha256(tiny_model()).hexdigest()
        with FaceAnalyser() as analyser:
            load_model(ModelChoice("sface", sha256, file)).describe(bgr, analyser.look(bgr)[0])
    model = {"kind": "dlib", "sha256": MODEL_SHA256, "file": None}
    job = json.dumps({"model": model, "reference": len(picture), "stretches": []}).encode() + b"\n" + picture
    assert json.loads(read_faces(job))["reference"]["problem"] == ""


def main() -> None:
    forbid_internet_sockets()
    with socket.socket(socket.AF_UNIX):
        pass  # local sockets stay allowed
    if "--control" in sys.argv:
        family = socket.AF_INET6 if "6" in sys.argv else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM):
            print("a socket was opened")
        return
    judge()
    watch_the_computer()
    institutions_side()
    print("judged")


if __name__ == "__main__":
    main()
