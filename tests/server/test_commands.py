"""The command line, and the two processes it starts, as an administrator uses them."""

from __future__ import annotations

import json
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import certifi
import httpx
import psutil
import pytest
from exam_hall import PASSPHRASES, PASSWORD, SAMPLES, HandClock, Server
from sitting import Sitting
from test_moodle_xml import BOMB, EXTERNAL, OUTSIDE_DTD

from client.settings import BadConfiguration, InstitutionConfig
from evidence import age
from evidence.signing import SigningKey
from evidence.verify import verify
from faces.models import TEMPLATE_VERSION
from server import audit, folder_owner, settings
from server.__main__ import main
from server.admin import backup, exams, people
from server.admin.console import Console, opened
from server.admin.enrolment import Enrolled, PictureRefused
from server.admin.errors import CommandFailed
from server.admin.institution_keys import verifying_key
from server.serve import ServeOptions, check_address
from simulation.held_port import held_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENIM_CONFIGURATION_PASSPHRASE", PASSPHRASES.configuration)
    monkeypatch.setenv("SENIM_REVIEW_PASSPHRASE", PASSPHRASES.review)


@pytest.mark.usefixtures("phrases")
@pytest.mark.parametrize("text", ["Univer\u00adsity", "A\u2028B", "A\u202eB", "tag \U000e0041", "a\tb", "x" * 201])
@pytest.mark.parametrize("where", ["--name", "--help-kk"])
def test_no_institution_is_made_that_no_client_would_start_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str, text: str
) -> None:
    given = {"--name": "University", where: text}
    assert main(["--data", str(tmp_path / "data"), "init", *(word for pair in given.items() for word in pair)]) == 1
    assert "unseen signs" in capsys.readouterr().err and not (tmp_path / "data").exists()
    key = SigningKey.generate().verifying.text
    texts = {"name": given["--name"], "help": {"kk": given.get("--help-kk", "")}}
    file = tmp_path / "institution.json"
    file.write_text(json.dumps({**texts, "server": "https://exam.example.edu", "verifying_key": key}))
    with pytest.raises(BadConfiguration, match="unseen signs"):
        InstitutionConfig.load(file)


@pytest.mark.usefixtures("phrases")
def test_an_institution_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, password = tmp_path / "data", tmp_path / "password"
    password.write_text(PASSWORD + "\n")
    students = tmp_path / "students.csv"
    students.write_text("login;name;number;language\nasel;Әсел Нұрланқызы;7;kk\n", encoding="utf-8-sig")

    def run(*arguments: str) -> int:
        return main(["--data", str(data), *arguments])

    assert run("users") == 1, "no data folder yet"
    assert "init" in capsys.readouterr().err
    assert run("init", "--name", "Қазақ университеті", "--help-kk", "Қоңырау шалыңыз") == 0
    assert run("init", "--name", "again") == 1
    assert run("users", "add", "admin", "--name", "A", "--role", "administrator", "--password-file", str(password)) == 0
    assert run("import-students", str(students)) == 0
    assert run("import-exam", str(SAMPLES / "rehearsal.xml"), "--id", "try", "--title", "Сынақ", "--rehearsal") == 0
    assert run("keys", "make", "--count", "1") == 0
    schedule = ("schedule", "--exam", "try", "--opens", "now", "--closes", "now+2h", "--minutes", "3")
    assert run(*schedule, "--extra", "nobody=5") == 1
    assert run(*schedule, "--extra", "asel=5") == 0
    assert run(*schedule) == 1, "everybody has a seat"
    capsys.readouterr()
    assert run("codes", "--exam", "try", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["login"] == "asel"
    assert run("keys", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["exam"] == "try"
    assert run("sessions") == 0
    assert run("message", "--exam", "try", "--text", "Сәлем") == 0
    assert run("message", "--exam", "none", "--text", "Сәлем") == 1
    client = json.loads((data / "institution.json").read_text(encoding="utf-8"))
    assert client["name"] == "Қазақ университеті"
    assert client["verifying_key"] == verifying_key(settings.DataFolder(data)).text
    assert set(client) == {"name", "server", "verifying_key", "languages", "help", "pinned_ca"}


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, OUTSIDE_DTD], ids=["bomb", "external entity", "outside DTD"])
def test_a_hostile_exam_file_changes_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = tmp_path / "hostile.xml"
    file.write_text(content)
    with opened(root, HandClock(), "tests") as console:
        before = exams.list_exams(console)
    began = time.monotonic()
    assert main(["--data", str(root), "import-exam", str(file), "--id", "hostile", "--title", "Hostile"]) == 1
    assert time.monotonic() - began < 5
    told = capsys.readouterr()
    assert "entities and outside definitions" in told.err and "root:" not in told.out + told.err
    with opened(root, HandClock(), "tests") as console:
        assert exams.list_exams(console) == before


def test_wrong_passphrase_makes_no_key(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong").write_text("not the passphrase")
    chosen = ["--data", str(root), "keys", "make", "--count", "1", "--configuration-passphrase-file"]
    assert main([*chosen, str(tmp_path / "wrong")]) == 1
    assert "passphrase is wrong" in capsys.readouterr().err
    assert main([*chosen, str(tmp_path / "none")]) == 1


def test_students_with_problems_are_named_and_the_others_come_in(console: Console, tmp_path: Path) -> None:
    def enrol(content: bytes) -> Enrolled:
        if content == b"dark":
            raise PictureRefused("too_dark")
        return Enrolled({"version": TEMPLATE_VERSION, "model": "m", "descriptor": [float(content[0])] * 128}, content)

    for n in range(7):
        (tmp_path / f"{n}.jpg").write_bytes(bytes([n]))
    (tmp_path / "dark.jpg").write_bytes(b"dark")
    rows = [f"s{n},Student {n},20{n},en,,{n}.jpg" for n in range(7)]
    rows += ["dark,Dark,300,en,,dark.jpg", "lost,Lost,301,en,,none.jpg", "Bad Login!,X,302,en,,", "inv,Staff,303,en,,"]
    rows += ["double,Double,200,en,,", "short,Short,304,en,pw,"]
    file = tmp_path / "students.csv"
    file.write_text("login,name,number,language,password,picture\n" + "\n".join(rows), encoding="utf-8")
    report = people.import_students(console, file, enrol)
    assert (report.added, report.pictures) == (9, 7)
    assert [problem.split("(")[1].split(")")[0] for problem in report.problems] == [
        "dark", "lost", "Bad Login!", "inv", "double", "short",
    ]  # fmt: skip
    assert "too dark" in report.problems[0]
    again = people.import_students(console, file, enrol)
    assert (again.added, again.updated) == (0, 9)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "exam.example"])
def test_plain_http_off_loopback_is_refused(host: str) -> None:
    with pytest.raises(CommandFailed, match="plain HTTP"):
        check_address("ingest", host, ServeOptions(False, None, None))
    check_address("ingest", host, ServeOptions(True, None, None))
    check_address("ingest", host, ServeOptions(False, Path("c.pem"), Path("k.pem")))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_plain_http_on_loopback_is_fine(host: str) -> None:
    check_address("ingest", host, ServeOptions(False, None, None))


def test_backup_and_restore(server: Server, sitting: Sitting, tmp_path: Path) -> None:
    verifying = verifying_key(settings.DataFolder(server.root))
    sitting.ready_for_paper(verifying)
    sitting.put_all()
    with server.console() as console:
        backup.backup(console, tmp_path / "backup.tar")
        with pytest.raises(CommandFailed, match="there already"):
            backup.backup(console, tmp_path / "backup.tar")
    with pytest.raises(CommandFailed, match="not empty"):
        backup.restore(tmp_path / "backup.tar", server.root)
    server.stop()
    server.root = tmp_path / "restored"
    assert "1 sessions restored" in backup.restore(tmp_path / "backup.tar", server.root)
    server.start()
    sitting.http = server.client
    sitting.paper()
    sitting.end()
    assert sitting.deliver().status_code == 200
    assert sitting.hand_in().json()["receipt"] is not None
    assert verify(server.services.store.path(sitting.session), verifying).ok


def test_a_backup_with_a_path_outside_is_refused(tmp_path: Path) -> None:
    import io
    import tarfile

    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        info = tarfile.TarInfo("../outside")
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(CommandFailed, match="out of the folder"):
        backup.restore(tmp_path / "bad.tar", tmp_path / "data")
    assert not (tmp_path / "outside").exists()
    with tarfile.open(tmp_path / "link.tar", "w") as tar:
        link = tarfile.TarInfo("settings.toml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(CommandFailed, match="neither a file nor a folder"):
        backup.restore(tmp_path / "link.tar", tmp_path / "other")


def test_half_a_backup_leaves_nothing(server: Server, tmp_path: Path) -> None:
    """Else the folder would be refused the next time, and what lies in it be taken for an institution."""
    with server.console() as console:
        backup.backup(console, tmp_path / "backup.tar")
    content = (tmp_path / "backup.tar").read_bytes()
    (tmp_path / "half.tar").write_bytes(content[: len(content) // 2])
    with pytest.raises(CommandFailed, match="cannot be restored"):
        backup.restore(tmp_path / "half.tar", tmp_path / "another")
    assert list((tmp_path / "another").iterdir()) == []
    assert "0 sessions restored" in backup.restore(tmp_path / "backup.tar", tmp_path / "another")


def test_root_leaves_the_folder_of_the_service_s_account_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What root writes there, the service cannot read."""
    monkeypatch.setattr(folder_owner, "ROOT", os.geteuid())
    assert main(["--data", str(server.root), "exams"]) == 0, "its own folder"
    monkeypatch.setattr(folder_owner, "ROOT", -7)
    monkeypatch.setattr(os, "geteuid", lambda: -7)
    assert main(["--data", str(server.root), "exams"]) == 1
    told = capsys.readouterr().err
    name = pwd.getpwuid(server.root.stat().st_uid).pw_name
    assert f"{server.root} belongs to {name}" in told and f"sudo -u {name} " in told


def test_a_database_that_cannot_be_opened_is_said(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.stop()
    for file in server.root.glob("senim.db*"):
        file.unlink()
    (server.root / "senim.db").mkdir()
    assert main(["--data", str(server.root), "exams"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("server: the database did not do it: unable to open database file")
    assert str(server.root) in told and "Traceback" not in told


def drill(tmp_path: Path, *words: str, verifies: bool = True) -> subprocess.CompletedProcess[str]:
    """The script around a stand-in for Python, called from another folder, as cron does."""
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\necho "$(pwd) $*" >> "{tmp_path}/told"\ncase "$*" in *audit*) exit {0 if verifies else 1};; esac\n'
    )
    python.chmod(0o755)
    script = ROOT / "installer" / "server" / "backup-drill.sh"
    environ = {**os.environ, "SENIM_PYTHON": str(python)}
    return subprocess.run([str(script), *words], cwd="/", env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("verifies", [True, False])
def test_the_backup_drill_runs_from_anywhere_and_ends_well_only_if_all_did(tmp_path: Path, verifies: bool) -> None:
    place = tmp_path / "көшірмелер мен т.б"
    place.mkdir()
    done = drill(tmp_path, "/srv/senim", str(place), "/keys", verifies=verifies)
    assert (done.returncode == 0) is verifies and ("restores and verifies" in done.stdout) is verifies, done.stderr
    told = (tmp_path / "told").read_text().splitlines()
    assert [line.split(" -m server ")[0] for line in told] == [str(ROOT)] * 3
    assert [word for line in told for word in ("backup", "restore", "audit") if f" {word} " in line] == [
        "backup", "restore", "audit",
    ]  # fmt: skip
    assert list(place.iterdir()) == [], "the restored copy is taken away in any case"


def test_the_backup_drill_says_what_it_needs(tmp_path: Path) -> None:
    done = drill(tmp_path, "/srv/senim")
    assert done.returncode == 64 and "usage:" in done.stderr and "SEAT-KEYS" in done.stderr


def wait_until(what: Callable[[], object], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if what():
                return
        except (httpx.TransportError, psutil.NoSuchProcess):
            pass
        time.sleep(0.05)
    raise AssertionError("did not happen in time")


def test_serve_keeps_both_processes_up_and_stops_cleanly(root: Path, tmp_path: Path) -> None:
    ingest, review = held_port(), held_port()
    text = (root / "settings.toml").read_text(encoding="utf-8")
    text = text.replace("ingest_port = 8600", f"ingest_port = {ingest}")
    (root / "settings.toml").write_text(text.replace("review_port = 8601", f"review_port = {review}"), "utf-8")
    environment = {**os.environ, "SENIM_REVIEW_PASSPHRASE": PASSPHRASES.review}
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "--data", str(root), "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )
    try:
        health = f"http://127.0.0.1:{ingest}/health"
        wait_until(lambda: httpx.get(health).status_code == 200)
        wait_until(lambda: httpx.get(f"http://127.0.0.1:{review}/").status_code < 500)
        children = {_role(child): child for child in psutil.Process(process.pid).children()}
        assert set(children) == {"serve-ingest", "serve-review"}
        assert not any("AGE-SECRET" in " ".join(child.cmdline()) for child in children.values())
        children["serve-ingest"].send_signal(signal.SIGKILL)
        wait_until(lambda: children["serve-ingest"].pid not in _children(process) and len(_children(process)) == 2)
        wait_until(lambda: httpx.get(health).status_code == 200)
        process.terminate()
        assert process.wait(20) == 0
        assert not any(psutil.pid_exists(child.pid) for child in children.values())
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _role(child: psutil.Process) -> str:
    return next(word for word in child.cmdline() if word.startswith("serve-"))


def _children(process: subprocess.Popen[bytes]) -> list[int]:
    return [child.pid for child in psutil.Process(process.pid).children() if child.status() != psutil.STATUS_ZOMBIE]


def test_everything_done_at_the_console_is_in_the_audit_chain(root: Path, clock: HandClock) -> None:
    with opened(root, clock, "tests") as console:
        people.disable(console, "ivan")
        assert console.database.read(audit.check) is None
        with pytest.raises(CommandFailed):
            people.set_role(console, "nobody", "teacher")


@pytest.fixture
def init(tmp_path: Path) -> Callable[..., int]:
    """``init`` of an institution in tmp_path/new with passphrases from a file."""
    secret = tmp_path / "secret"
    secret.write_text("a passphrase of some length")
    passphrases = ["--configuration-passphrase-file", str(secret), "--review-passphrase-file", str(secret)]
    return lambda *words: main(["--data", str(tmp_path / "new"), "init", "--name", "New", *passphrases, *words])


def test_an_escrow_of_another_kind_is_refused_before_anything_is_made(
    init: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init("--escrow", age.generate_identity("x25519").recipient.text) == 1
    assert "post-quantum" in capsys.readouterr().err
    assert not (tmp_path / "new" / "settings.toml").exists()
    assert init("--escrow", age.generate_identity().recipient.text) == 0


def test_a_ca_of_ones_own_lies_beside_the_configuration(
    init: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("no certificate")
    assert init("--pinned-ca", str(ca)) == 1
    assert "not a PEM file" in capsys.readouterr().err
    pem = "-----BEGIN" + Path(certifi.where()).read_text(encoding="utf-8").split("-----BEGIN", 2)[1]
    ca.write_text(pem, encoding="ascii")
    assert init("--pinned-ca", str(ca)) == 0
    client = json.loads((tmp_path / "new" / "institution.json").read_text(encoding="utf-8"))
    assert (tmp_path / "new" / client["pinned_ca"]).read_text(encoding="ascii") == pem
