"""``./demo``: an institution, a student's exam, an invigilator's review, on this one machine.

Without options it opens the student's window and says where the review site is. ``--auto`` does the same
without a hand and ends with one JSON object on the last line; its exit code is 0 only if everything held.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from demonstration import devices
from demonstration.auto import sit_and_review
from demonstration.institution import NAME, ROOT, STAFF, STUDENTS, DemoFailed, Institution, free_port

VNC_PORT = 5900
STAND_INS = {
    "screen": "no display: using a screen of its own (Xvfb)",
    "camera": "no camera: using a simulated one (an animated public-domain portrait)",
    "microphone": "no microphone: using a simulated one (a voice from espeak-ng)",
}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    options = _options()
    folder = Path(options.data).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended like Ctrl+C: nothing is left running
    try:
        with contextlib.ExitStack() as stack:
            return _run(options, folder, stack)
    except DemoFailed as failed:
        say(f"The demo could not go on. {failed}")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./demo", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--auto", action="store_true", help="a driver outside the program does everything")
    parser.add_argument("--seconds", type=float, default=60, help="with --auto: length of the exam (default 60)")
    parser.add_argument("--simulate", action="store_true", help="stand-ins even where real devices are there")
    parser.add_argument(
        "--language",
        choices=["kk", "ru", "en"],
        default="en",
        help="of the window (and with --auto of the review site; default en)",
    )
    parser.add_argument("--practical", action="store_true", help="with --auto: the exam with files to attach")
    parser.add_argument(
        "--frozen",
        nargs="?",
        const="var/installers/senim",
        metavar="DIR",
        help="the student's program as it is installed (python -m installer freeze; default var/installers/senim)",
    )
    parser.add_argument("--data", default="var/demo", help="where everything is kept (default var/demo)")
    return parser.parse_args()


def _run(options: argparse.Namespace, folder: Path, stack: contextlib.ExitStack) -> int:
    begun = time.monotonic()
    run = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="senim-demo-")))
    stand_ins = _stand_ins(options)
    for name in sorted(stand_ins):
        say(f"-- {STAND_INS[name]}")
    present = devices.provide(stack, run, stand_ins)
    institution = Institution(folder)
    say(f"-- the institution in {folder}")
    institution.prepare()
    practical = options.practical or not options.auto
    exams = institution.plan(present.camera, microphone=present.microphone, practical=practical)
    stack.callback(institution.stop)
    institution.serve()
    command = _client_command(institution, folder, options)
    env = {**os.environ, **present.env}
    if options.auto:
        exam = exams[-1] if options.practical else next(e for e in exams if options.language in e.languages)
        result = sit_and_review(institution, exam, command, env, present, folder, options.seconds, options.language)
        result["elapsed_s"] = round(time.monotonic() - begun, 1)
        print(json.dumps(result, ensure_ascii=False), flush=True)
        return 0 if result["ok"] else 1
    return _by_hand(institution, command, env, present, stack)


def _stand_ins(options: argparse.Namespace) -> set[str]:
    lacking = {
        "screen": not devices.has_display(),
        "camera": not devices.has_camera(),
        "microphone": not devices.has_microphone(),
    }
    # The driver works on a screen of its own, so that nobody's desktop is taken over.
    return {name for name, lacks in lacking.items() if lacks or options.auto or options.simulate}


def _client_command(institution: Institution, folder: Path, options: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "client.main"]
    if options.frozen:
        command = [str(Path(options.frozen).resolve() / "senim")]
        if not Path(command[0]).is_file():
            raise DemoFailed(f"{command[0]} is not there: build it with python -m installer freeze")
    command += ["--config", str(institution.config_file)]
    command += ["--data", str(folder / "client"), "--language", options.language]
    if sys.platform != "win32" and os.getuid() == 0:
        command.append("--allow-root")
    return command


def _by_hand(
    institution: Institution,
    command: list[str],
    env: dict[str, str],
    present: devices.Devices,
    stack: contextlib.ExitStack,
) -> int:
    say(f"\nThe student's window ({NAME}) opens now. Sign in as one of:")
    for login, name, *_ in STUDENTS:
        say(f"  {login:12}  password {institution.password(login)}   {name}")
    say(f"\nThe review site is at {institution.review_address}. Sign in there as one of:")
    for login, role, _ in STAFF:
        say(f"  {login:12}  password {institution.password(login)}   {role}")
    if present.screen and shutil.which("x11vnc"):
        port = free_port(VNC_PORT)
        viewer = ["x11vnc", "-display", env["DISPLAY"], "-rfbport", str(port), "-localhost", "-forever", "-shared"]
        viewer += ["-nopw", "-quiet"]
        process = subprocess.Popen(viewer, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(process.terminate)
        say(
            f"\nThe window is on a screen of its own. To see it: a VNC viewer at 127.0.0.1:{port}"
            f"\n  (from another computer after: ssh -L {port}:127.0.0.1:{port} THIS-MACHINE)"
        )
    if present.camera_control:
        say("\nThe camera is simulated. When the window asks the student to move, open in a browser:")
        for pose in ("straight", "left", "right", "blink"):
            say(f"  {present.camera_control}?pose={pose}")
    say("\nClosing the window ends its part; the review site goes on until Ctrl+C.\n")
    with (institution.folder / "client.log").open("wb") as log:
        code = subprocess.run(command, env=env, cwd=ROOT, check=False, stdout=log, stderr=log).returncode
    if code != 0:
        say(f"The window ended with exit code {code}; its last words are in {log.name}")
    say(f"The window is closed. The review site is still at {institution.review_address}; Ctrl+C ends it.")
    assert institution.server is not None
    institution.server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
