"""The bill of materials (CycloneDX) of what is shipped: names, versions and hashes out of the lock, no addresses."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from installer import tools
from installer.errors import InstallerError

LOCK = "setup/requirements.lock"


def bill(packages: dict[str, str], version: str, lock: str) -> str:
    """JSON, the same for the same build. ``lock``: the text of the commit's lock. Raises ``InstallerError`` when
    something shipped is not in it."""
    with tempfile.TemporaryDirectory() as folder:
        part, out = Path(folder) / "requirements.txt", Path(folder) / "sbom.json"
        part.write_text(locked(lock, packages), encoding="utf-8")
        tools.run("cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON", "-o", str(out), str(part))
        body: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    body.pop("$schema", None)  # an address too
    ours = {"type": "application", "name": "senim", "version": version}
    body["metadata"] = {"component": {**ours, "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}}
    for component in body.get("components", []):
        # The references name the registry beside the hashes: the hashes alone say which file it was.
        references = component.pop("externalReferences", [])
        component["hashes"] = [entry for reference in references for entry in reference.get("hashes", [])]
        component.pop("description", None)
    return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def locked(lock: str, packages: dict[str, str]) -> str:
    """The lock's own lines of ``packages``, without conditions on the system. Raises ``InstallerError``."""
    blocks = {}
    for block in re.split(r"\n(?=\S)", lock):
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block)
        if match:
            hashes = " \\\n".join(f"    --hash={found}" for found in re.findall(r"--hash=(\S+)", block))
            blocks[re.sub(r"[-_.]+", "-", match[1]).lower()] = (match[2], f"{match[1]}=={match[2]} \\\n{hashes}\n")
    wrong = [name for name, version in packages.items() if blocks.get(name, ("", ""))[0] != version]
    if wrong:
        raise InstallerError(f"shipped, but not as the lock says: {', '.join(wrong)}; run ./setup/setup.sh")
    return "".join(blocks[name][1] for name in sorted(packages))
