"""The demo without a hand: a student sits, an invigilator watches, the evidence is checked."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from demonstration import browser
from demonstration.devices import SCREEN, Devices
from demonstration.institution import ROOT, STUDENT, DemoFailed, Exam, Institution

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's accessibility bindings belong to it
STREAMS = ("screen-1", "camera", "sound")
LEAST_COVERAGE = 0.99
REASONS = {
    "kk": "Басынан аяғына дейін қаралды; ескерту жоқ.",
    "ru": "Просмотрено от начала до конца; замечаний нет.",
    "en": "Watched from start to end; nothing to note.",
}
PLAYED_SLACK_S = 1.5
LONGEST_SITTING_S = 600.0
OPENING_S = 90.0  # how long the review side may take to open the last segments


def sit_and_review(
    institution: Institution,
    exam: Exam,
    command: list[str],
    env: dict[str, str],
    present: Devices,
    folder: Path,
    seconds: float,
    language: str,
) -> dict[str, Any]:
    """The result object; ``ok`` tells whether everything held, ``failed`` what did not."""
    pictures = folder / "pictures" / language
    pictures.mkdir(parents=True, exist_ok=True)
    student = _sit(institution, exam, command, env, present, folder, pictures, seconds, language)
    row = _opened(institution, exam)
    report = _verified(institution, row["id"])
    review_url, played = _review(institution, row, pictures, language)
    streams = {name: _stream(name, report, row) for name in STREAMS}
    result: dict[str, Any] = {
        "session": row["id"],
        "streams": streams,
        "answers": row["answers"],
        "files": _files(institution, row["id"]),
        "receipt": student["receipt"],
        "identity": student["identity"],
        "verified": bool(report["ok"] and report["state"] == "complete"),
        "review_url": review_url,
        "played": played,
    }
    result["failed"] = _failed(result, report, student)
    result["ok"] = not result["failed"]
    return result


def _sit(
    institution: Institution,
    exam: Exam,
    command: list[str],
    env: dict[str, str],
    present: Devices,
    folder: Path,
    pictures: Path,
    seconds: float,
    language: str,
) -> dict[str, Any]:
    receipt = folder / f"receipt-{exam.id}.txt"
    receipt.unlink(missing_ok=True)
    plan = {
        "login": STUDENT, "password": institution.password(STUDENT), "exam": exam.title, "seconds": seconds,
        "control": present.camera_control, "pictures": str(pictures), "receipt": str(receipt), "screen": SCREEN,
        "language": language,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as place, (folder / "client.log").open("wb") as log:
        file = Path(place) / "plan.json"
        file.write_text(json.dumps(plan), encoding="utf-8")
        client = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
        driver = subprocess.Popen(
            [SYSTEM_PYTHON, "-m", "demonstration.driver", str(file)],
            env=env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            said = _until_either_ends(driver, client, seconds + LONGEST_SITTING_S)
        finally:
            for process in (driver, client):
                process.terminate()
                process.wait(30)
    if driver.returncode != 0:
        raise DemoFailed(f"The student got stuck; the last picture is {pictures / 'student-stuck.png'}")
    seen: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    if not receipt.exists() or seen["receipt"] not in receipt.read_text(encoding="utf-8"):
        raise DemoFailed(f"The saved receipt {receipt} does not hold the code {seen['receipt']}")
    return seen


def _until_either_ends(driver: subprocess.Popen[str], client: subprocess.Popen[bytes], seconds: float) -> str:
    """What the driver printed. Raises ``DemoFailed`` when the window goes away under it or time runs out."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if driver.poll() is not None:
            assert driver.stdout is not None
            return driver.stdout.read()
        if client.poll() is not None:
            raise DemoFailed(f"The student's window ended with exit code {client.returncode}")
        time.sleep(0.2)
    raise DemoFailed(f"The student was not through after {seconds:g} s")


def _opened(institution: Institution, exam: Exam) -> dict[str, Any]:
    """The session's row once the review side has opened every segment."""
    until = time.monotonic() + OPENING_S
    while True:
        row = institution.session(exam.id, STUDENT)
        if all(_ratio(row, name) >= LEAST_COVERAGE for name in STREAMS) or time.monotonic() > until:
            return row
        time.sleep(1)


def _ratio(row: dict[str, Any], stream: str) -> float:
    """Opened coverage of one stream, 0..1; 0 while nothing is opened."""
    return float((row["coverage_opened"] or {}).get(stream, {}).get("ratio", 0.0))


def _files(institution: Institution, session: str) -> int:
    """Attached files that lie sealed at the institution; each of them fits into one piece here."""
    return len(list((institution.data / "sessions" / session / "segments" / "files").glob("*.age")))


def _verified(institution: Institution, session: str) -> dict[str, Any]:
    """What a stranger with the public key finds, offline, in the server's folder of the session."""
    folder = institution.data / "sessions" / session
    command = [sys.executable, "-m", "evidence", "verify", str(folder), "--key", institution.config["verifying_key"]]
    done = subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise DemoFailed(f"evidence verify: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _review(
    institution: Institution, row: dict[str, Any], pictures: Path, language: str
) -> tuple[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as profile, browser.chromium(Path(profile)) as window:
        person = browser.Invigilator(window, institution.review_address, pictures)
        person.sign_in("invigilator1", institution.password("invigilator1"), language)
        address = person.open_session(row["id"])
        stats = person.play_exam()
        person.decide("no_violation", REASONS[language])
    return address, {name: round(float(stats["played"].get(name, 0.0)), 2) for name in STREAMS}


def _stream(name: str, report: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    claimed = report["coverage"].get(name, {})
    return {
        "segments": claimed.get("segments", 0),
        "seconds": round(float(claimed.get("seconds", 0.0)), 2),
        "coverage_claimed": claimed.get("ratio", 0.0),
        "coverage_opened": _ratio(row, name),
        "bytes": claimed.get("bytes", 0),
    }


def _failed(result: dict[str, Any], report: dict[str, Any], student: dict[str, Any]) -> list[str]:
    """Every condition that did not hold, in words."""
    failed = [] if result["verified"] else [f"not verified: {report['state']}, {report['problems'][:5]}"]
    for name, stream in result["streams"].items():
        for level in ("coverage_claimed", "coverage_opened"):
            if stream[level] < LEAST_COVERAGE:
                failed.append(f"{name}: {level} {stream[level]:.4f}")
        apart = abs(result["played"][name] - stream["seconds"])
        if name != "sound" and apart > PLAYED_SLACK_S:
            failed.append(f"{name}: played {result['played'][name]} s of {stream['seconds']} s")
    if result["files"] != student["files"]:
        failed.append(f"the student attached {student['files']} files, the server holds {result['files']}")
    if result["answers"] != student["answers"]:
        failed.append(f"the student gave {student['answers']} answers, the server holds {result['answers']}")
    return failed
