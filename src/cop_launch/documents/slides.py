"""Slides that are not too full: what does not fit on one goes on to another with the same heading."""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil

LINES = 20
"""How many half lines stand under a heading in Marp's own look, 1280 by 720 pixels. What parts paragraphs is a half."""
SIGNS = 64
"""How many signs stand on a line there: somewhat fewer than on average, for a word goes to the next line as a whole."""
_BREAK = "\n\n---\n\n"
"""What parts slides. A text of somebody's own never reads so: its dashes are escaped."""
_PLAIN = re.compile(r"- .*(?:\n- .*)*|(?:[^\s#`~|<>!*+\d-]|\d++(?![.)])|\*(?! )).*")
"""A list or a paragraph. A slide with anything else is left as whoever made its template wrote it."""


def fitting(presentation: str) -> str:
    """A presentation as Markdown, with a slide parted in several where it holds more than there is room for."""
    return _BREAK.join(part for slide in presentation.rstrip("\n").split(_BREAK) for part in _parted(slide)) + "\n"


def _parted(slide: str) -> list[str]:
    blocks = slide.split("\n\n")
    before = [blocks.pop(0)] if blocks[0].startswith("---\n") else []
    heading, *rest = blocks or [""]
    if not heading.startswith("#") or not all(map(_PLAIN.fullmatch, rest)):
        return [slide]
    pieces = [piece for block in rest for piece in (block.split("\n") if block.startswith("- ") else [block])]
    parts = _filled(pieces, LINES)
    if len(parts) < 2:
        return [slide]
    # As few slides as it takes, and these about equally full.
    parts = next(even for room in range(1, LINES + 1) if len(even := _filled(pieces, room)) == len(parts))
    slides = [
        _joined([heading if number == 1 else f"{heading} ({number})", *part]) for number, part in enumerate(parts, 1)
    ]
    return ["\n\n".join([*before, slides[0]]), *slides[1:]]


def _filled(pieces: list[str], room: int) -> list[list[str]]:
    """The pieces on as many slides as they need, in their order; one that is larger than the room has its own."""
    parts: list[list[str]] = []
    left = 0
    for piece in pieces:
        size = 2 * ceil(len(piece) / SIGNS) + (not piece.startswith("- "))
        if size > left or not parts:
            parts.append([])
            left = room
        parts[-1].append(piece)
        left -= size
    return parts


def _joined(pieces: list[str]) -> str:
    """Items of a list on lines that follow each other, everything else with an empty line around it."""
    text = pieces[0]
    for before, piece in pairwise(pieces):
        text += ("\n" if before.startswith("- ") and piece.startswith("- ") else "\n\n") + piece
    return text
