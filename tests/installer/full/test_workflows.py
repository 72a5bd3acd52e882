"""The workflows of a public CI: nothing here runs them, so the schema of their format is what can be held."""

from __future__ import annotations

from installer import places, tools


def test_the_schema_holds() -> None:
    files = sorted((places.ROOT / ".github" / "workflows").glob("*.yml"))
    assert files
    tools.run("check_jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, files))
