"""Texts of an institution inside recipes of other languages: quotes, dollars and ampersands stay what they are."""

from __future__ import annotations

from xml.sax.saxutils import escape


def nsis_text(text: str) -> str:
    """Between double quotes in an NSIS script."""
    return text.replace("$", "$$").replace('"', '$\\"').replace("`", "$\\`")


def xml_text(text: str) -> str:
    """Between double quotes in a wixl recipe."""
    return escape(text, {'"': "&quot;", "'": "&apos;"}).replace("$", "$$")  # wixl has variables


def version_of_four(version: str) -> str:
    """``0.1.0`` as Windows wants it: four numbers."""
    numbers = [part if part.isdigit() else "0" for part in version.split(".")]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])
