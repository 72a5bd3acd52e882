"""``senim --unsent``: tells which recordings on this computer were not delivered, and keeps delivery files of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from client.check.reset import save
from client.check.unsent import UNSENT, sentence, unsent
from client.errors import SenimError


def main(folders: Iterable[Path], *, as_json: bool, keep: bool = False) -> int:
    """Print what is found; ``UNSENT`` if there is any, else 0. ``keep``: a delivery file of each beside it as well."""
    folders = list(folders)
    found = [item for folder in folders for item in unsent(folder)]
    if as_json:
        sys.stdout.write(json.dumps([asdict(item) for item in found], ensure_ascii=False) + "\n")
    for item in found if not as_json else []:
        sys.stdout.write(sentence(item) + "\n")
    for data_dir in folders if keep else []:
        if unsent(data_dir):
            _keep(data_dir)
    return UNSENT if found else 0


def _keep(data_dir: Path) -> None:
    """Delivery files into the folder ``undelivered``, written by the person whose data it is: root follows nobody's
    links. What fails is said; the recordings stay in any case."""
    if sys.platform != "win32" and os.geteuid() == 0 and data_dir.stat().st_uid != 0:
        owner = data_dir.stat()
        own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "client.main"]
        subprocess.run([*own, "--unsent", "--keep", "--data", str(data_dir)], user=owner.st_uid, group=owner.st_gid,
                       extra_groups=[], env={"PATH": os.defpath}, check=False)  # fmt: skip
        return

    def say(text: str) -> None:
        sys.stderr.write(text + "\n")

    try:
        save(unsent(data_dir), data_dir, data_dir / "undelivered", say)
    except (OSError, SenimError) as error:
        say(f"senim: no delivery file: {error}")
