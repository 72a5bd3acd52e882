"""Review keys come and go, the escrow's shares bring a lost one back: only small files are sealed anew."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exam_hall import PASSPHRASES, HandClock, Server
from sitting import Sitting

from client.settings import BadConfiguration, InstitutionConfig
from client.signed_configuration import check_signature
from evidence import age
from evidence.seal import unseal
from server import audit
from server.__main__ import main
from server.admin import erasure, escrow, key_holders, resealing, seat_keys
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.admin.institution_keys import open_configuration_key, verifying_key
from server.review.vault import NoSeatKey, Vault
from server.settings import DataFolder
from server.store import Store

ROOT = Path(__file__).resolve().parents[2]
NEW = "the phrase of a new key"


@pytest.fixture
def run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command line on this data folder; the review key's passphrase is in the environment."""
    monkeypatch.setenv("SENIM_REVIEW_PASSPHRASE", PASSPHRASES.review)
    (tmp_path / "new").write_text(NEW)
    (tmp_path / "configuration").write_text(PASSPHRASES.configuration)
    return lambda *words: main(["--data", str(root), *map(str, words)])


@pytest.fixture
def split(run, root: Path, tmp_path: Path) -> list[Path]:
    """Two of three shares open; the whole key is gone from the disk."""
    whole = root / "escrow.identity.age"
    words = ("--threshold", 2, "--count", 3, "--out", tmp_path / "shares", "--remove")
    assert run("keys", "split", whole, *words, "--escrow-passphrase-file", tmp_path / "configuration") == 0
    assert not whole.exists()
    return sorted((tmp_path / "shares").iterdir())


def identity_of(root: Path, name: str, passphrase: str) -> age.Identity:
    return key_holders.open_review(DataFolder(root), name, passphrase)


def opens(root: Path, identity: age.Identity) -> int:
    """How many seats' private halves and pictures ``identity`` opens."""
    count = 0
    for file in [*root.glob("seats/*/identity.age"), *root.glob("pictures/*.age")]:
        try:
            age.decrypt(file.read_bytes(), [identity])
            count += 1
        except age.NoMatchingIdentity:
            pass
    return count


def picture(root: Path) -> None:
    holders = key_holders.read(DataFolder(root))
    (root / "pictures" / "s1.age").write_bytes(age.encrypt(b"jpeg", [one.recipient for one in holders]))


def actions(root: Path, clock: HandClock) -> list[str]:
    with opened(root, clock, "tests") as console:
        assert console.database.read(audit.check) is None
        return [entry["action"] for entry in console.database.read(lambda c: list(audit.entries(c)))]


def test_a_new_reviewer_and_a_departed_one(run, root: Path, clock: HandClock, capsys, tmp_path: Path) -> None:
    picture(root)
    old = identity_of(root, "review", PASSPHRASES.review)
    assert opens(root, old) == 5
    assert run("keys", "add-review", "second", "--new-passphrase-file", tmp_path / "new") == 0
    assert "4 seat keys, 1 reference pictures" in capsys.readouterr().out
    second = identity_of(root, "second", NEW)
    assert (opens(root, old), opens(root, second)) == (5, 5)
    assert run("keys", "add-review", "second", "--new-passphrase-file", tmp_path / "new") == 1
    assert run("keys", "remove", "escrow") == 1
    assert run("keys", "remove", "nobody") == 1
    told = capsys.readouterr().err
    assert "already" in told and "make-escrow" in told and "there are review, second, escrow" in told
    assert run("keys", "remove", "review") == 0
    assert (opens(root, old), opens(root, second)) == (0, 5)
    assert not DataFolder(root).review_identity.exists(), "it opens nothing any more"
    with pytest.raises(CommandFailed, match="there: second"):
        identity_of(root, "review", PASSPHRASES.review)
    assert run("keys", "remove", "second", "--review-passphrase-file", tmp_path / "new") == 1, "nobody would be left"
    assert "must stay" in capsys.readouterr().err
    with opened(root, clock, "tests") as console:  # what is made from now on is for the new circle
        seat_keys.make(console, open_configuration_key(console.settings.folder, PASSPHRASES.configuration), 1)
    assert (opens(root, old), opens(root, second)) == (0, 6)
    assert [name for name in actions(root, clock) if name.startswith("keys-")][-4:] == [
        "keys-reseal", "keys-holders", "keys-reseal", "keys-make",
    ]  # fmt: skip


def test_a_reviewers_own_key_never_lies_here(run, root: Path, capsys) -> None:
    away = age.generate_identity()
    assert run("keys", "add-review", "away", "--recipient", age.generate_identity("x25519").recipient.text) == 1
    assert run("keys", "add-review", "away", "--recipient", "age1nothing") == 1
    assert run("keys", "add-review", "A B", "--recipient", away.recipient.text) == 1
    told = capsys.readouterr().err
    assert "post-quantum" in told and "not an age recipient" in told and "no name for a key" in told
    assert run("keys", "add-review", "away", "--recipient", away.recipient.text) == 0
    assert opens(root, away) == 4
    capsys.readouterr()
    assert run("keys", "holders") == 0
    assert [line.split(",")[::4] for line in capsys.readouterr().out.splitlines()] == [
        ["name", "here"], ["review", "yes"], ["away", "no"], ["escrow", "yes"],
    ]  # fmt: skip


@pytest.mark.usefixtures("split")
def test_a_lost_review_key_comes_back_with_enough_shares(
    server: Server, sitting: Sitting, run, split: list[Path], tmp_path: Path, capsys
) -> None:
    root = server.root
    sitting.ready_for_paper(verifying_key(DataFolder(root)))
    sitting.put_all()
    before = {file: file.read_bytes() for file in Store(root / "sessions").segment_files(sitting.session)}
    DataFolder(root).review_identity.unlink()
    recover = ("--new", "again", "--lost", "review", "--new-passphrase-file", tmp_path / "new")
    assert run("keys", "recover", split[0], *recover) == 1
    assert "2 are needed" in capsys.readouterr().err
    assert run("keys", "check-shares", *split[:2]) == 0
    assert "open all 4 seat keys" in capsys.readouterr().out
    assert run("keys", "recover", split[2], split[0], *recover) == 0
    again = identity_of(root, "again", NEW)
    assert opens(root, again) == 4
    seat = resealing.open_seat
    with server.console() as console:
        (used,) = [entry["seat"] for entry in seat_keys.listed(console) if entry["seat"] == sitting.seat()]
        identity = seat(console, used, [again])
    for file, content in before.items():
        assert file.read_bytes() == content, "recordings are never touched"
        assert unseal(content, identity)[1] == b"media"
    vault = Vault(DataFolder(root), Store(root / "sessions"), identity_of(root, "again", NEW))
    assert vault.seat_identity(used).text == identity.text


def test_another_escrow_key_ends_the_old_shares(run, root: Path, split: list[Path], tmp_path: Path, capsys) -> None:
    with opened(root, HandClock(), "tests") as console:
        old = escrow.from_shares(console, split[:2])
    words = ("--out", tmp_path / "next")
    assert run("keys", "make-escrow", "--threshold", 2, *words) == 1
    assert run("keys", "make-escrow", "--threshold", 2, "--count", 4, *words) == 0
    assert opens(root, old) == 0
    assert run("keys", "check-shares", *split[:2]) == 1
    assert "not the escrow key in force" in capsys.readouterr().err
    assert run("keys", "check-shares", *sorted((tmp_path / "next").iterdir())[2:]) == 0
    one = tmp_path / "one.age"
    shares = sorted((tmp_path / "next").iterdir())[:2]
    assert run("keys", "make-escrow", "--out", one, "--new-passphrase-file", tmp_path / "new", "--shares", *shares) == 0
    with opened(root, HandClock(), "tests") as console:
        assert opens(root, escrow.from_file(console, one, NEW)) == 4


KILLED_AFTER = """
import os, signal, sys
from server.admin import resealing
from server.__main__ import main
left = int(sys.argv[1])
real = resealing.replace_file
def replace(file, content):
    global left
    left -= file.name != "reseal.txt"
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    real(file, content)
resealing.replace_file = replace
resealing.BATCH = 2
main(sys.argv[2:])
"""


@pytest.mark.parametrize("files", [0, 1, 3])
def test_an_interrupted_change_goes_on(run, root: Path, clock: HandClock, tmp_path: Path, capsys, files: int) -> None:
    picture(root)
    old = identity_of(root, "review", PASSPHRASES.review)
    words = ["--data", str(root), "keys", "add-review", "b", "--new-passphrase-file", str(tmp_path / "new")]
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER, str(files), *words], cwd=ROOT, env=dict(os.environ), check=False
    )
    assert done.returncode == -signal.SIGKILL
    new = identity_of(root, "b", NEW)
    assert (opens(root, old), opens(root, new)) == (5, files), "everything opens with the old key at any moment"
    assert run("keys", "holders") == 0
    assert "interrupted: run `keys reseal`" in capsys.readouterr().err
    assert run("keys", "reseal") == 0
    told = capsys.readouterr().out
    assert ("by the run before" in told) == (files > 1), "what a whole batch had done is not done again"
    assert (opens(root, old), opens(root, new)) == (5, 5)
    with opened(root, clock, "tests") as console:
        assert not resealing.is_unfinished(console)


def test_a_key_that_opens_nothing_changes_nothing(console: Console, root: Path) -> None:
    before = {file: file.read_bytes() for file in root.glob("seats/*/identity.age")}
    stranger = age.generate_identity()
    with pytest.raises(CommandFailed, match="opens no seat key"):
        resealing.change(console, [stranger], add=[key_holders.Holder("review", "x", stranger.recipient, "")])
    assert {file: file.read_bytes() for file in before} == before
    one = next(iter(before))
    review = identity_of(root, "review", PASSPHRASES.review)
    one.write_bytes(age.encrypt(b"AGE-SECRET", [stranger.recipient]))
    done = resealing.reseal(console, [review])
    assert (done.seats, done.unopened) == (3, [f"seat/{one.parent.name}"])
    assert resealing.is_unfinished(console), "it is told again until another key opens it"


def test_sealing_anew_brings_no_erased_key_back(
    server: Server, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure between reading a key and writing it back."""
    sitting.ready_for_paper(verifying_key(DataFolder(server.root)))
    sitting.put_all()
    server.clock.move(hours=3)
    review = identity_of(server.root, "review", PASSPHRASES.review)
    with server.console() as console, server.console() as other:
        entry = erasure.find(console, sitting.session)
        seal = resealing._replace

        def erased_first(c: Console, fresh: object) -> None:
            monkeypatch.undo()
            erasure.erase(other, entry, "court order 7")
            seal(c, fresh)

        monkeypatch.setattr(resealing, "_replace", erased_first)
        resealing.reseal(console, [review])
    assert not DataFolder(server.root).seat_identity(entry.seat).exists()
    with pytest.raises(NoSeatKey):
        Vault(DataFolder(server.root), Store(server.root / "sessions"), review).seat_identity(entry.seat)


def test_serving_picks_the_review_key_that_is_there(root: Path) -> None:
    folder = DataFolder(root)
    assert key_holders.serving_name(folder, None) == "review"
    assert key_holders.serving_name(folder, "x") == "x"
    folder.review_identity.rename(key_holders.review_file(folder, "only"))
    assert key_holders.serving_name(folder, None) == "only"
    key_holders.review_file(folder, "other").write_bytes(b"")
    with pytest.raises(CommandFailed, match="only, other"):
        key_holders.serving_name(folder, None)


def test_the_clients_configuration_is_signed(run, root: Path, tmp_path: Path, capsys) -> None:
    text = (root / "settings.toml").read_text(encoding="utf-8")
    (root / "settings.toml").write_text(text.replace("127.0.0.1:8600", "127.0.0.1:8700"), encoding="utf-8")
    sign = ("keys", "sign-configuration", "--configuration-passphrase-file")
    assert run(*sign, tmp_path / "new") == 1
    assert run(*sign, tmp_path / "configuration", "--expires", "soon") == 1
    assert run(*sign, tmp_path / "configuration", "--expires", "2027-09-01") == 0
    file = root / "institution.json"
    config = InstitutionConfig.load(file)
    assert config.server == "http://127.0.0.1:8700"
    signed = check_signature(file, config.verifying_key, "2026-11-23", required=True)
    assert signed is not None and signed.expires == "2027-09-01"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_text(file.read_text(encoding="utf-8").replace("8700", "8800"), encoding="utf-8")
    assert hashlib.sha256(file.read_bytes()).hexdigest() != before
    with pytest.raises(BadConfiguration, match="changed after it was signed"):
        check_signature(file, config.verifying_key, "2026-11-23", required=True)
