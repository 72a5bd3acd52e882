"""The coverage table's words go with its figures."""

from __future__ import annotations

import re

import pytest
from review_hall import Hall
from review_site import Visitor, open_all

from evidence.coverage import Gap, StreamCoverage
from server.review.coverage_lines import CoverageLine


def test_none_stands_only_beside_all_of_it(hall: Hall, visitor: Visitor) -> None:
    hall.record()
    open_all(visitor.site)
    visitor.sign_in()
    visitor.post("/language", visitor.page("/"), language="en", next="/")
    page = visitor.page("/sessions/sess1")
    rows = re.findall(
        r'<tr data-coverage="([\w-]+)">.*?<td class="number">([^<]+)</td>.*?<td>(.*?)</td></tr>', page, re.S
    )
    assert {name for name, _, _ in rows} == {"screen-1", "camera", "sound"}
    for name, share, gaps in rows:
        assert (share == "100\u00a0%") == (gaps.strip() == "none"), (name, share, gaps)
    sound = next(gaps for name, _, gaps in rows if name == "sound")
    assert "tiny gaps: 0.02 s" in sound


@pytest.mark.parametrize(
    ("covered", "gaps", "short"),
    [(10.0, [], 0.0), (9.96, [], 0.04), (5.94, [Gap(1000, 5000, "opening")], 0.06), (6.0, [Gap(1, 4001, "x")], 0.0)],
)
def test_what_no_gap_names_is_summed_up(covered: float, gaps: list[Gap], short: float) -> None:
    claimed = StreamCoverage("sound", 10.0, covered, covered / 10, gaps, 3, 30)
    assert CoverageLine("sound", claimed, None).short == short
