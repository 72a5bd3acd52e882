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
from benchmarks.identity.rules import RULES, Part, Scores, first_people, part_of
from faces.detect import FaceAnalyser
from faces.match import Limits
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
    """One rule on the test people. ``at``: FMR aimed at -> limit (of other people), FMR found, FNMR. ``own``: FMR and
    FNMR at the limits the product ships with, one picture each; ``refused``: share of genuine and of impostor pairs
    beyond its upper limit. ``three``: limit of the median of three (set on other people too), FMR found, FNMR."""

    rule: str
    eer: float
    at: dict[float, tuple[float, Rate, Rate]]
    three: tuple[float, float, Rate]
    own: tuple[Rate, Rate]
    refused: tuple[float, float]


def measure(chosen: argparse.Namespace, data: Path, kept: Path) -> Result:
    """Raises ``DataMissing``."""
    cohort, others, test_people = _parts(chosen, data, kept)
    labels = groups.read_groups(chosen.groups) if chosen.groups is not None else {}
    folder = chosen.plots or PLOTS
    folder.mkdir(parents=True, exist_ok=True)
    tested = {rule: Scores(test_people, cohort, rule) for rule in RULES}
    found = {rule: _rates(rule, tested[rule], Scores(others, cohort, rule)) for rule in RULES}
    by_group = {rule: groups.table(tested[rule], found[rule].at[1e-3][0], labels) for rule in RULES}
    plots.trade_off({rule: scores.curve() for rule, scores in tested.items()}, folder / "trade-off.png")
    client = tested["client"]
    plots.histogram(
        client.genuine, client.impostor, {"FMR 0.1 %": found["client"].at[1e-3][0], "accept": -0.05, "reject": 0.10},
        folder / "scores.png",
    )  # fmt: skip
    plots.by_group(by_group["client"], folder / "groups.png")
    _print((cohort, others, test_people), found, by_group, folder)
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
    others = part_of(split.others, described)
    cohort = part_of({name: own[:1] for name, own in split.others.items()}, described, 1)
    parts = first_people(cohort, chosen.cohort), others, part_of(split.test, described)
    if min(len(part.names) for part in parts) < 5:
        raise DataMissing("faces were found in too few photographs: each part needs five people")
    return parts


def _rates(rule: str, test: Scores, other: Scores) -> RuleRates:
    at = {}
    for rate in OPERATING:
        limit = other.limit(rate)
        at[rate] = limit, test.fmr(limit), test.fnmr(limit)
    shipped = Limits()
    own = test.fmr(shipped.accept), test.fnmr(shipped.accept)
    refused = float((test.genuine > shipped.reject).mean()), float((test.impostor > shipped.reject).mean())
    return RuleRates(rule, test.curve().eer, at, _of_three(test, other), own, refused)


def _of_three(test: Scores, other: Scores) -> tuple[float, float, Rate]:
    (genuine, impostor), others = test.of_three(), other.of_three()[1]
    limit = limit_at(others, 1e-3) if len(others) else float("nan")
    found = float((impostor <= limit).mean()) if len(impostor) else float("nan")
    return limit, found, fnmr(genuine > limit, np.arange(len(genuine)))


def _print(
    parts: tuple[Part, Part, Part],
    found: dict[str, RuleRates],
    by_group: dict[str, list[groups.GroupRates]],
    folder: Path,
) -> None:
    cohort, others, test = parts
    set_on = f"limits set on {len(others.names)} others, of whom {len(cohort.names)} are the cohort"
    print(f"test: {len(test.names)} people, {len(test.owner)} photographs; {set_on}")
    print("| rule | EER | limit | FMR found | FNMR | limit 1e-3 | FMR found | FNMR |")
    print("|---|---|---|---|---|---|---|---|")
    for rates in found.values():
        cells = [f"{limit:.3f} | {fmr} | {fnmr}" for limit, fmr, fnmr in rates.at.values()]
        print(f"| {rates.rule} | {100 * rates.eer:.2f} % | {' | '.join(cells)} |")
    print(f"\nmedian of three pictures against the first: {found['client'].three[2].people} people")
    print("| rule | limit 1e-3 | FMR found | FNMR |\n|---|---|---|---|")
    for rates in found.values():
        limit, accepted, refused = rates.three
        print(f"| {rates.rule} | {limit:.3f} | {100 * accepted:.2g} % | {refused} |")
    print(f"\n| rule | FMR at {Limits().accept} | FNMR | right ones beyond {Limits().reject} | others beyond it |")
    print("|---|---|---|---|---|")
    for rates in found.values():
        if rates.rule != "plain":
            right, wrong = rates.refused
            print(f"| {rates.rule} | {rates.own[0]} | {rates.own[1]} | {100 * right:.2g} % | {100 * wrong:.3g} % |")
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
        "fnmr_3_frames": client.three[2].value if client.three[2].people else None,
        "fmr_found_3_frames": client.three[1] if client.three[2].people else None,
        "people_3_frames": float(client.three[2].people),
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
        "fmr_at_shipped_limit": client.own[0].value,
        "fnmr_at_shipped_limit": client.own[1].value,
        "people": float(len(test.names)),
        "photographs": float(len(test.owner)),
    }
    return {key: Figure(value, "", GOALS.get(key, "")) for key, value in values.items()}
