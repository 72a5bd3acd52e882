"""From a folder of photographs to the figures: what is measured, in which order, and how it is printed."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure, Result
from benchmarks.identity import groups, plots
from benchmarks.identity.describing import Descriptions
from benchmarks.identity.photos import DataMissing, split_of
from benchmarks.identity.rates import Rate, fnmr, limit_at
from benchmarks.identity.rules import RULES, Part, Scores, part_of
from faces.detect import FaceAnalyser
from faces.model import ModelChoice, load_model
from faces.models import ModelError

PLOTS = Path("var/identity")
OPERATING = (1e-2, 1e-3)
GOALS = {
    "eer": "<= 0.009", "fnmr_at_fmr_1e3": "<= 0.038", "fnmr_3_frames": "<= 0.012", "server_eer": "<= 0.008",
    "server_fnmr_at_fmr_1e3": "<= 0.033", "worst_group_fmr": "<= 0.04", "darkest_band_fmr": "<= 0.004",
}  # fmt: skip


@dataclass(frozen=True)
class RuleRates:
    """One rule on the test people. ``at``: FMR aimed at -> limit (of other people), FMR found, FNMR."""

    rule: str
    eer: float
    at: dict[float, tuple[float, Rate, Rate]]
    three: tuple[float, Rate]


def measure(chosen: argparse.Namespace, data: Path, kept: Path) -> Result:
    """Raises ``DataMissing``."""
    cohort, limit_people, test_people = _parts(chosen, data, kept)
    labels = groups.read_groups(chosen.groups) if chosen.groups is not None else {}
    folder = chosen.plots or PLOTS
    folder.mkdir(parents=True, exist_ok=True)
    tested = {rule: Scores(test_people, cohort, rule) for rule in RULES}
    found = {rule: _rates(rule, tested[rule], Scores(limit_people, cohort, rule)) for rule in RULES}
    by_group = {rule: groups.table(tested[rule], found[rule].at[1e-3][0], labels) for rule in RULES}
    plots.trade_off({rule: scores.curve() for rule, scores in tested.items()}, folder / "trade-off.png")
    client = tested["client"]
    plots.histogram(
        client.genuine, client.impostor, {"FMR 0.1 %": found["client"].at[1e-3][0], "accept": -0.05, "reject": 0.10},
        folder / "scores.png",
    )  # fmt: skip
    plots.by_group(by_group["client"], folder / "groups.png")
    _print((cohort, limit_people, test_people), found, by_group, folder)
    return Result("identity", _figures(test_people, found, by_group))


def _parts(chosen: argparse.Namespace, data: Path, kept: Path) -> tuple[Part, Part, Part]:
    split = split_of(data, chosen.people)
    try:
        choice = ModelChoice(chosen.kind, chosen.sha256, chosen.model) if chosen.model else ModelChoice()
        model = load_model(choice)
    except ModelError as error:
        raise DataMissing(str(error)) from error
    with FaceAnalyser() as analyser:
        described = Descriptions(kept, model).of(split.photos, analyser)
    parts = part_of(split.cohort, described, 1), part_of(split.limit, described), part_of(split.test, described)
    if min(len(part.names) for part in parts) < 5:
        raise DataMissing("faces were found in too few photographs: each part needs five people")
    return parts


def _rates(rule: str, test: Scores, other: Scores) -> RuleRates:
    at = {}
    for rate in OPERATING:
        limit = other.limit(rate)
        at[rate] = limit, test.fmr(limit), test.fnmr(limit)
    impostor, genuine = other.of_three()[1], test.of_three()[0]
    limit = limit_at(impostor, 1e-3) if len(impostor) else float("nan")
    three = fnmr(genuine > limit, np.arange(len(genuine)))
    return RuleRates(rule, test.curve().eer, at, (limit, three))


def _print(
    parts: tuple[Part, Part, Part],
    found: dict[str, RuleRates],
    by_group: dict[str, list[groups.GroupRates]],
    folder: Path,
) -> None:
    cohort, limit_people, test = parts
    others = f"limits set on {len(limit_people.names)} others, cohort of {len(cohort.names)} more"
    print(f"test: {len(test.names)} people, {len(test.owner)} photographs; {others}")
    print("| rule | EER | limit | FMR found | FNMR | limit 1e-3 | FMR found | FNMR | of three |")
    print("|---|---|---|---|---|---|---|---|---|")
    for rates in found.values():
        cells = [f"{limit:.3f} | {fmr} | {fnmr}" for limit, fmr, fnmr in rates.at.values()]
        print(f"| {rates.rule} | {100 * rates.eer:.2f} % | {' | '.join(cells)} | {rates.three[1]} |")
    print("\n| group | people | rule | FMR at the 1e-3 limit | FNMR |\n|---|---|---|---|---|")
    for rows in zip(*by_group.values(), strict=True):
        for row in rows:
            print(f"| {row.group} | {row.people} | {row.rule} | {row.fmr} | {row.fnmr} |")
    print(f"\nplots: {folder}/trade-off.png, scores.png, groups.png\n")


def _figures(
    test: Part, found: dict[str, RuleRates], by_group: dict[str, list[groups.GroupRates]]
) -> dict[str, Figure]:  # fmt: skip
    client, server = found["client"], found["server"]
    named = [row for row in by_group["client"] if row.group not in groups.BANDS]
    worst = max(named, key=lambda row: row.fmr.value, default=None)
    darkest = next((row for row in by_group["client"] if row.group == groups.DARKEST), None)
    values = {
        "eer": client.eer,
        "fnmr_at_fmr_1e3": client.at[1e-3][2].value,
        "fnmr_at_fmr_1e3_low": client.at[1e-3][2].low,
        "fnmr_at_fmr_1e3_high": client.at[1e-3][2].high,
        "fnmr_at_fmr_1e2": client.at[1e-2][2].value,
        "fmr_found_1e3": client.at[1e-3][1].value,
        "fnmr_3_frames": client.three[1].value if client.three[1].people else None,
        "server_eer": server.eer,
        "server_fnmr_at_fmr_1e3": server.at[1e-3][2].value,
        "server_fnmr_at_fmr_1e3_low": server.at[1e-3][2].low,
        "server_fnmr_at_fmr_1e3_high": server.at[1e-3][2].high,
        "worst_group_fmr": worst.fmr.value if worst else None,
        "worst_group_fmr_low": worst.fmr.low if worst else None,
        "worst_group_fmr_high": worst.fmr.high if worst else None,
        "darkest_band_fmr": darkest.fmr.value if darkest else None,
        "darkest_band_fmr_low": darkest.fmr.low if darkest else None,
        "darkest_band_fmr_high": darkest.fmr.high if darkest else None,
        "people": float(len(test.names)),
        "photographs": float(len(test.owner)),
    }
    return {key: Figure(value, "", GOALS.get(key, "")) for key, value in values.items()}
