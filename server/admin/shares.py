"""The escrow key split among several people: SLIP-39 shares, any ``threshold`` of which give it back.

The splitting is SatoshiLabs' reference implementation (``shamir-mnemonic``, SLIP-0039). It runs in the console's
process only, for the moment of the ceremony: see decision 17.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from server.admin.errors import CommandFailed

MOST_SHARES = 16  # the format's own limit
WORDS = 33  # of a share of 32 bytes
_WORDS_A_LINE = 11
_NUMBERING = re.compile(r"[0-9]+[.):]?")
_KNOWN = frozenset(WORDLIST)


@dataclass(frozen=True)
class Given:
    """A share somebody brought. ``name``: what to call it when something is wrong with it, its file for one."""

    name: str
    text: str


def split(secret: bytes, threshold: int, count: int) -> list[str]:
    """``count`` shares of 33 words each. Raises ``CommandFailed`` for numbers that make no sense."""
    if not 2 <= threshold <= count <= MOST_SHARES:
        raise CommandFailed(f"shares: at least 2 needed, at most {MOST_SHARES} made, and not more needed than made")
    made: list[str] = generate_mnemonics(1, [(threshold, count)], secret)[0]
    for few in (made[:threshold], made[-threshold:]):  # nobody may find out later
        if combine_mnemonics(few) != secret:
            raise CommandFailed("the shares do not give the key back; nothing was changed")
    return made


def combine(given: Sequence[Given]) -> bytes:
    """The 32 bytes that were split. Raises ``CommandFailed`` that says which share is wrong, and how."""
    if not given:
        raise CommandFailed("no shares were given")
    read = [(one, _read(one)) for one in given]
    first, pattern = read[0]
    seen: dict[int, Given] = {}
    for one, share in read:
        if share.group_parameters() != pattern.group_parameters():
            raise CommandFailed(f"{one.name} belongs to another key, or to another splitting, than {first.name}")
        if share.index in seen:
            raise CommandFailed(f"{one.name} and {seen[share.index].name} are the same share")
        seen[share.index] = one
    needed = pattern.member_threshold
    if len(read) < needed:
        raise CommandFailed(f"{len(read)} shares were given, {needed} are needed")
    try:
        secret: bytes = combine_mnemonics([share.mnemonic() for _, share in read[:needed]])
    except MnemonicError as error:
        raise CommandFailed(f"the shares do not fit together: {error}") from error
    return secret


def text_of(share: str) -> str:
    """A share as it is written down: three lines of eleven words."""
    words = share.split()
    lines = (words[start : start + _WORDS_A_LINE] for start in range(0, len(words), _WORDS_A_LINE))
    return "".join(" ".join(line) + "\n" for line in lines)


def _read(given: Given) -> Share:
    """Lines beginning with # are for people; so are numbers before words."""
    lines = (line for line in given.text.splitlines() if not line.lstrip().startswith("#"))
    words = [word.lower() for line in lines for word in line.split() if not _NUMBERING.fullmatch(word)]
    for place, word in enumerate(words, 1):
        if word not in _KNOWN:
            near = difflib.get_close_matches(word, WORDLIST, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise CommandFailed(f"{given.name}: word {place}, {word!r}, is not in the list{hint}")
    if len(words) != WORDS:
        raise CommandFailed(f"{given.name}: {len(words)} words instead of {WORDS}")
    try:
        share = Share.from_mnemonic(" ".join(words))
    except MnemonicError as error:
        text = "its words do not fit together: one of them is another word of the list, or two are exchanged"
        raise CommandFailed(f"{given.name}: {text}") from error
    if (share.group_threshold, share.group_count) != (1, 1):
        raise CommandFailed(f"{given.name} is a share of several groups: this program makes none")
    return share
