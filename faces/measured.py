"""What was measured of each model by group, and what follows: where a group is served badly, a person decides.

Figures of ``./benchmark identity`` with labels that stay outside the repository; see ``docs/identity.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

from faces.models import MODEL_SHA256

MOST_GROUP_FMR = 0.04  # false matches among a named group's own people, at the limit that gives 0.1 % over all
MOST_BAND_FMR = 0.004  # the same among the darkest 15 % of skin by picture


@dataclass(frozen=True)
class Measured:
    """FMR by the client's rule at the limit for 0.1 %, and from how many others cohort numbers were made for it. Fewer
    others lie further away: with a small cohort the shipped limits accept far more, and named groups fare worse."""

    worst_group_fmr: float
    darkest_band_fmr: float
    others: int


MEASURED = {MODEL_SHA256: Measured(worst_group_fmr=0.0185, darkest_band_fmr=0.0034, others=840)}


def automatic_match(model: str, others: int, measured: dict[str, Measured] | None = None) -> bool:
    """Whether the software may say "match" by itself with this model where so many ``others`` are enrolled, unless the
    institution says otherwise. False for a model nobody has measured, and with fewer others than in the measurement."""
    found = (MEASURED if measured is None else measured).get(model)
    if found is None or others < found.others:
        return False
    return found.worst_group_fmr <= MOST_GROUP_FMR and found.darkest_band_fmr <= MOST_BAND_FMR
