"""Texts that people wrote and that others will read: each must look as it is. The client refuses the same signs."""

from __future__ import annotations

import unicodedata


def is_unseen(sign: str) -> bool:
    """Controls, line ends, what turns the direction of writing, tags (The Unicode Standard, section 4.5)."""
    category = unicodedata.category(sign)
    return category[0] == "C" or category in ("Zl", "Zp")
