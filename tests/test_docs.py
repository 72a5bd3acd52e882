"""What the pages say exists: links, commands of the server, codes of the protocol."""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.commands import make_parser
from server.ingest.outcomes import Refusal

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"python -m server(?: --data \S+)?((?: (?:--)?[a-z][a-z-]*)*)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Every page of the project, also one not committed yet; nothing fetched or generated."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def anchors(page: Path) -> set[str]:
    """The names a page's headings can be linked by, as GitHub makes them."""
    titles = re.findall(r"^#{1,6} +(.+?)\s*$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The words that may follow, with what parses the rest."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def named_commands() -> Iterator[tuple[str, list[str]]]:
    for page in pages():
        for match in COMMAND.finditer(page.read_text(encoding="utf-8")):
            words = match[1].split()
            if words:
                yield page.name, words


def test_there_are_pages() -> None:
    assert ROOT / "docs" / "design.md" in pages()


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    broken = []
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or not there.is_relative_to(ROOT) or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def test_named_commands_exist() -> None:
    unknown, seen = [], set()
    for page, words in named_commands():
        parser = make_parser()
        for word in words:
            known = commands(parser)
            if word.startswith("--") or not known:
                break
            if word not in known:
                unknown.append(f"{page}: python -m server {' '.join(words)}")
                break
            seen.add(word)
            parser = known[word]
    assert unknown == []
    assert {"init", "serve", "backup", "restore", "keys", "make"} <= seen  # the pages were really read


def test_named_options_exist() -> None:
    """Each ``--option`` on a documented command line of the server belongs to that command."""
    unknown, checked = [], 0
    for page in pages():
        joined = page.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in re.findall(r"^python -m server .*$", joined, re.MULTILINE):
            parser, known = make_parser(), set(make_parser()._option_string_actions)
            for word in line.partition(" #")[0].split()[3:]:
                parser = commands(parser).get(word, parser)
                known |= set(parser._option_string_actions)
                if word.startswith("--"):
                    checked += 1
                    if word not in known:
                        unknown.append(f"{page.name}: {word} in {line}")
    assert unknown == []
    assert checked > 20


def test_codes_of_the_protocol_are_the_servers() -> None:
    text = (ROOT / "docs" / "PROTOCOL.md").read_text(encoding="utf-8")
    section = text.partition("## Problems")[2].partition("\n## ")[0]
    listed: set[str] = set()
    for line in section.splitlines():
        if line.startswith("- "):
            plain = re.sub(r"\([^)]*\)", "", line)  # in brackets: the fields that come with a code
            listed |= set(re.findall(r"`([a-z_]+)`", plain))
    codes = {str(code) for code in Refusal}
    assert listed - codes == set(), "named, but the server never says it"
    assert codes - listed == set(), "said by the server, but not named"
