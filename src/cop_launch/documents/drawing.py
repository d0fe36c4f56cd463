"""What the pictures share: words as they are drawn, and texts that stay within the room that they have.

A picture has no browser that wraps its lines. How wide a text will be is reckoned here, from widths that are wide
enough for the fonts that people have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate, takewhile

from cop_launch.documents.rendering import on_one_line, words_of
from cop_launch.locales import Language

_NO_XML = re.compile("[\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(.)")

_WIDTHS = {
    letter: wide
    for letters, wide in (
        ("ijlIJ'’‘ìíîïÌÍÎÏ", 0.3),
        (" .,:;/\\|f·\N{NO-BREAK SPACE}", 0.36),
        ("-rt()[]!", 0.43),
        ('csz"“”_*`?–', 0.55),
        ("ABCEFKLPRSTVXYZ", 0.7),
        ("mMwWÆŒ%@—…©", 1.0),
        ("+<=>#~^&✓→", 0.85),
    )
    for letter in letters
}
_USUAL, _CAPITAL, _WIDE, _SQUARE = 0.64, 0.8, 1.0, 1.3
"""Parts of the letter size. Those of DejaVu Sans, the widest that a system commonly falls back on, rounded up."""
_BOLD = 1.12


def drawable(text: str) -> str:
    """A text as a picture may hold it: on one line, without what XML does not know."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", on_one_line(text))


def width(text: str, size: int = 12, *, bold: bool = False) -> float:
    """How many pixels a text takes at most, in letters of this size."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def _em(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _SQUARE
    if ord(letter) > 0x24F:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def fitted(text: str, room: float, size: int = 12, *, bold: bool = False) -> str:
    """A text that fits in the room: whole, or as much as fits, ending in an ellipsis."""
    shown = drawable(text)
    if width(shown, size, bold=bold) <= room:
        return shown
    pixels, dots = size * (_BOLD if bold else 1), _em("…")
    fits = sum(1 for _ in takewhile(lambda ems: (ems + dots) * pixels <= room, accumulate(map(_em, shown))))
    return f"{shown[:fits].rstrip()}…"


def on_lines(text: str, room: float, most: int, size: int = 12, *, bold: bool = False) -> list[str]:
    """A text on as few lines as it takes, and no more than so many: what does not fit ends in an ellipsis."""
    lines = [""]
    for word in drawable(text).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if len(lines) == most or not lines[-1] or width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, room, size, bold=bold) for line in lines[:most]]


def sayer(language: Language, template: str) -> Callable[..., str]:
    """What the macros of a template say, as plain text: by the name of the macro, with its values.

    So a picture has the words of the documents in which it stands, and its values are written as they are there.
    """
    words = words_of(template, language)

    def say(macro: str, *values: object) -> str:
        return drawable(_ESCAPED.sub(r"\1", words(macro, *values)))

    return say
