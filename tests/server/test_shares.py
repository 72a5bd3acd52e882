"""The escrow key in SLIP-39 shares: every set of enough gives it back, and each mistake is named."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from exam_hall import PASSPHRASES

from evidence import age
from server.admin import escrow, key_holders, shares
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.escrow import Splitting
from server.admin.shares import Given

SECRET = bytes(range(32))
# A 32-byte vector of SLIP-0039's own list (passphrase "TREZOR").
OTHER = (
    "theory painting academic academic armed sweater year military elder discuss acne wildlife boring employer fused "
    "large satoshi bundle carbon diagnose anatomy hamster leaves tracks paces beyond phantom capital marvel lips brave "
    "detect luck"
)


def given(*texts: str) -> list[Given]:
    return [Given(f"share {n}", text) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(("threshold", "count"), [(2, 2), (2, 3), (3, 5), (16, 16)])
def test_any_enough_shares_give_the_secret(threshold: int, count: int) -> None:
    made = shares.split(SECRET, threshold, count)
    assert len({*made}) == count and all(len(share.split()) == shares.WORDS for share in made)
    for some in itertools.islice(itertools.permutations(made, threshold), 12):
        assert shares.combine(given(*some)) == SECRET
    assert shares.combine(given(*made)) == SECRET, "more than enough"


@pytest.mark.parametrize(("threshold", "count"), [(1, 1), (1, 3), (3, 2), (2, 17), (0, 0)])
def test_numbers_that_make_no_sense(threshold: int, count: int) -> None:
    with pytest.raises(CommandFailed, match="shares"):
        shares.split(SECRET, threshold, count)


def test_each_mistake_has_its_word() -> None:
    a, b, c, _ = shares.split(SECRET, 3, 4)
    foreign = shares.split(bytes(32), 3, 4)[0]
    words = a.split()
    swapped = " ".join([*words[:10], words[11], words[10], *words[12:]])
    if words[10] == words[11]:
        swapped = " ".join([*words[:10], "academic" if words[10] != "academic" else "zero", *words[11:]])
    wrong = " ".join([*words[:6], words[6] + "x", *words[7:]])
    cases = [
        ((), "no shares"),
        ((a, b), "2 shares were given, 3 are needed"),
        ((a, b, foreign), "share 3 belongs to another key"),
        ((a, b, a), "share 3 and share 1 are the same"),
        ((a, b, wrong), f"share 3: word 7, '{words[6]}x', is not in the list; did you mean"),
        ((a, b, "1234 ?? " + c), "share 3: word 1, '\\?\\?', is not in the list"),
        ((a, b, swapped), "share 3: its words do not fit together"),
        ((a, b, " ".join(words[:-1])), "share 3: 32 words instead of 33"),
        ((a, b, ""), "share 3: 0 words instead of 33"),
    ]
    for texts, told in cases:
        with pytest.raises(CommandFailed, match=told):
            shares.combine(given(*texts))
    assert shares.combine(given(a.upper(), f"# note\n{shares.text_of(b)}", numbered(c))) == SECRET


def numbered(share: str) -> str:
    """As somebody writes it on paper."""
    return "\n".join(f"{n}. {word}" for n, word in enumerate(share.split(), 1))


def test_a_share_of_the_standards_own_list_is_read() -> None:
    """One of one, which this program never makes, from the published vectors."""
    from shamir_mnemonic import combine_mnemonics

    assert combine_mnemonics([OTHER], b"TREZOR").hex() == (
        "989baf9dcaad5b10ca33dfd8cc75e42477025dce88ae83e75a230086a0e00e92"
    )
    assert len(shares.combine(given(OTHER))) == 32


def test_shares_on_the_disk_are_the_escrow_key(console: Console, tmp_path: Path) -> None:
    folder = console.settings.folder
    whole = folder.root / "escrow.identity.age"
    identity = escrow.from_file(console, whole, PASSPHRASES.configuration)
    with pytest.raises(CommandFailed, match="passphrase is wrong"):
        escrow.from_file(console, whole, "another passphrase")
    files = escrow.write_shares(console, identity, Splitting(2, 3, tmp_path / "out"))
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 3
    assert "Test university" in files[0].read_text(encoding="utf-8")
    assert escrow.from_shares(console, files[1:]).text == identity.text
    with pytest.raises(CommandFailed, match="there already"):
        escrow.write_shares(console, identity, Splitting(2, 3, tmp_path / "out"))
    other = escrow.write_shares(console, age.generate_identity(), Splitting(2, 3, tmp_path / "other"))
    with pytest.raises(CommandFailed, match="not the escrow key in force"):
        escrow.from_shares(console, other[:2])
    with pytest.raises(CommandFailed, match="cannot be read"):
        escrow.from_shares(console, [tmp_path / "none", files[0]])
    with pytest.raises(CommandFailed, match="passphrase"):
        escrow.write_whole(identity, tmp_path / "whole.age", "short")


def test_holders_of_the_first_version_have_names(console: Console) -> None:
    folder = console.settings.folder
    before = key_holders.read(folder)
    assert [(one.role, one.name) for one in before] == [("review", "review"), ("escrow", "escrow")]
    folder.recipients.write_text("".join(one.recipient.text + "\n" for one in before), encoding="ascii")
    assert [(one.role, one.name, one.since) for one in key_holders.read(folder)] == [
        ("review", "review", ""), ("escrow", "escrow", ""),
    ]  # fmt: skip
    folder.recipients.write_text("age1nothing\n", encoding="ascii")
    with pytest.raises(CommandFailed, match="cannot be used"):
        key_holders.read(folder)
    with pytest.raises(CommandFailed, match="no name for a key"):
        key_holders.check_name("../x")
