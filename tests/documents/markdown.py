"""Markdown as a reader sees it: which structure a text has, and which words stand in it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

_SLIDES = re.compile(r"\A---\nmarp: true\nlang: \w+\npaginate: true\n---\n\n")
"""What stands before the title of a document that is shown as slides."""


def structure(text: str) -> list[str]:
    """Every element in its order, words left out: what a text consists of."""
    return [token.type + (token.attrGet("href") or "") for token in _flat(_READER.parse(text)) if token.type != "text"]  # type: ignore[operator]


def words(text: str) -> str:
    """The words that a reader sees, elements left out."""
    return "".join(token.content for token in _flat(_READER.parse(text)) if token.type in {"text", "code_inline"})


def _flat(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *_flat(token.children or [])) if one.type != "inline"]


def faults(text: str) -> list[str]:
    """What the house style of a document forbids and this one has, line by line."""
    text = _SLIDES.sub("", text)
    lines = text.split("\n")
    found = [] if text.startswith("# ") else ["the first line is no title"]
    found += ["the end is not one line end"] if not text.endswith("\n") or text.endswith("\n\n") else []
    found += ["a carriage return"] if "\r" in text else []
    headings = [line for line in lines if re.match(r"#+ ", line)]
    found += [f"twice: {line}" for line in headings if headings.count(line) > 1]
    found += [f"ends in a stop: {line}" for line in headings if line[-1] in ".,;:!"]
    found += ["more than one title"] if sum(line.startswith("# ") for line in lines) != 1 else []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        found += [f"space at the end: {line}"] if line != line.rstrip() else []
        found += (
            [f"a word of the machine: {line}"]
            if re.search(r"\bNone\b(?! of)|Undefined|\{\{|\{%|object at", line)
            else []
        )
        found += [f"no empty line around: {line}"] if line in headings and (before or after) else []
        found += [f"two spaces: {line}"] if "  " in line else []
        found += [f"an empty cell: {line}"] if line.startswith("|") and re.search(r"\|\s*\|", line) else []
        found += [f"a hole: {line}"] if re.search(r"\*{4}|\( ?\)|[^.(]\.\.(?!\.)| [,.;]", line) else []
        found += [f"two empty lines after: {before}"] if number and not line and not before and after else []
        found += (
            [f"no empty line before: {line}"]
            if line.startswith(("- ", "| ")) and before and before[:2] != line[:2]
            else []
        )
    return found
