"""Kills, flipped bits and forged requests: what is lost, what comes back, what is noticed (docs/design.md, 11)."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.reliability import flips, forged, kills
from benchmarks.reliability.institution import MortalInstitution


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=12, help="how many processes are killed; the goal is 200")
    parser.add_argument("--seats", type=int, default=4, help="how many students sit at the same time")
    parser.add_argument("--flips", type=int, default=5, help="flipped bits for each kind of byte")
    parser.add_argument("--forged", type=int, default=200, help="forged requests")
    parser.add_argument("--seed", type=int, default=20260131)


def run(chosen: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="senim-reliability-") as place:
        folder = Path(place)
        institution = MortalInstitution(folder)
        institution.start()
        try:
            killed = kills.run(institution, folder, chosen.kills, chosen.seats, chosen.seed)
            tried, refused = forged.run(institution, chosen.forged, chosen.seed)
        finally:
            institution.stop()
        flipped, detected = flips.run(institution, killed.sessions[0], folder, chosen.flips, chosen.seed)
    ended = len(killed.resumes)
    figures = {
        "kills": Figure(killed.kills, "", "200"),
        "kills_of_recorder": Figure(killed.by_kind["recorder"], "", ""),
        "kills_of_window": Figure(killed.by_kind["window"], "", ""),
        "kills_of_both": Figure(killed.by_kind["both"], "", ""),
        "kills_of_server": Figure(killed.by_kind["server"], "", ""),
        "seconds_lost_max": Figure(max(killed.lost, default=0.0), "s", "<= 5 per stream"),
        "seconds_lost_median": Figure(statistics.median(killed.lost or [0.0]), "s", ""),
        "answers_confirmed": Figure(killed.answers_confirmed, "", ""),
        "answers_lost": Figure(killed.answers_lost, "", "0"),
        "sessions_resumed": Figure(ended, "", f"{killed.ended} (kills that ended a session's process)"),
        "resume_median_s": Figure(statistics.median(killed.resumes) if ended else None, "s", "<= 10"),
        "resume_max_s": Figure(max(killed.resumes) if ended else None, "s", ""),
        "sessions_good": Figure(killed.good, "", f"{len(killed.sessions)}"),
        "flips_tried": Figure(flipped, "", ""),
        "flips_detected": Figure(detected, "", f"{flipped}"),
        "forged_tried": Figure(tried, "", ""),
        "forged_refused": Figure(refused, "", f"{tried}"),
    }
    return Result("reliability", figures)
