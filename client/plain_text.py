"""Texts that people wrote and that others will read: each must look as it is."""

from __future__ import annotations

import unicodedata

# Line and paragraph separators. What begins with "C" has no picture of its own: controls, marks that turn the direction
# of writing or join letters, tags, private and unassigned signs, half pairs (The Unicode Standard, section 4.5).
_LINES = ("Zl", "Zp")


def is_unseen(sign: str) -> bool:
    """Whether ``sign``, one letter, shows nothing and does something all the same, or means nothing."""
    category = unicodedata.category(sign)
    return category[0] == "C" or category in _LINES


def has_unseen(text: str) -> bool:
    return any(map(is_unseen, text))


def whole(text: str) -> str:
    """``text`` as UTF-8 can hold it: Windows and JavaScript count in halves of a pair and may cut between the two."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
