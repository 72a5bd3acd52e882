"""What a benchmark returns and how it is printed. Keys are stable: others read them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured value with its unit and the goal of docs/design.md section 11 ("" if it has none)."""

    value: float | None
    unit: str
    goal: str


@dataclass(frozen=True)
class Result:
    """``beside``: what the figures were made of, for charts; it may change with each version."""

    name: str
    figures: dict[str, Figure]
    beside: Mapping[str, float] = field(default_factory=dict)

    def table(self) -> str:
        if not self.figures:
            return ""  # what was asked for is told in words
        width = max(len(key) for key in self.figures)
        rows = [f"{'figure':{width}}  {'value':>12}  {'unit':8}  goal"]
        for key, figure in self.figures.items():
            value = "not measured" if figure.value is None else f"{figure.value:.4g}"
            rows.append(f"{key:{width}}  {value:>12}  {figure.unit:8}  {figure.goal}")
        return "\n".join(rows)

    def json(self) -> str:
        """The one object that ``--json`` prints last."""
        body: dict[str, Any] = {
            "name": self.name,
            "commit": _commit(),
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "figures": {key: asdict(figure) for key, figure in self.figures.items()},
        }
        if self.beside:
            body["beside"] = dict(self.beside)
        return json.dumps(body)


def _commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()
