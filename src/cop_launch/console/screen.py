"""Where lines go: coloured in a terminal, plain in a pipe, always as the text that it is.

Whatever comes from a project is printed as text, never as markup, and without characters that steer a terminal.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TextIO

from cop_launch.locales import Language, msg

STYLES = {
    "": "",
    "title": "bold",
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "now": "bold cyan",
    "quiet": "dim",
}
"""What a piece of a line is, and how a terminal that has colours shows it."""

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn the direction of reading; a tab and a line's end are none."""

Piece = tuple[str, str]
"""A text and its style."""
Line = Sequence[Piece]


def plain(text: str) -> str:
    """A text of the user's on one line, without characters that steer a terminal or turn the direction of reading."""
    return STEERS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


class Screen:
    """Prints lines; colours only where a person looks and did not ask to leave them out."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self.is_terminal = self._stream.isatty()
        dumb = os.environ.get("TERM") == "dumb"
        self._colours = self.is_terminal and not dumb and not os.environ.get("NO_COLOR")

    @property
    def width(self) -> int:
        """Columns to write in: the window's, and never so wide that lines get hard to read; 80 in a pipe."""
        if not self.is_terminal:
            return 80
        try:
            columns = int(os.environ.get("COLUMNS", "")) or 80
        except ValueError:
            try:
                columns = os.get_terminal_size(self._stream.fileno()).columns or 80
            except (OSError, ValueError):
                columns = 80
        return max(40, min(100, columns))

    def lines(self, lines: Iterable[Line]) -> None:
        """Prints each line; spaces at its end are left out."""
        if not self._colours:
            for line in lines:
                self._stream.write("".join(plain(text) for text, _ in line).rstrip() + "\n")
            return
        from rich.console import Console
        from rich.text import Text

        console = Console(file=self._stream, highlight=False, markup=False, soft_wrap=True, legacy_windows=False)
        for line in lines:
            console.print(Text.assemble(*((plain(text), STYLES[style]) for text, style in line)))

    def again(self) -> None:
        """Begins anew: on a clear window where there is one, what was scrolled away kept; else under a line."""
        if self.is_terminal and os.environ.get("TERM") != "dumb":
            self._stream.write("\x1b[H\x1b[2J")
        else:
            self._stream.write("-" * 40 + "\n")
        self._stream.flush()  # before what comes now, which may go to standard error

    def text(self, text: str) -> None:
        """Prints a whole text as it is, such as a document or a diff."""
        self._stream.write(text if text.endswith("\n") else text + "\n")


def wrapped(text: str, width: int, indent: str = "", style: str = "", first: str | None = None) -> list[Line]:
    """A text over as many lines as it needs; `first` starts the first line, `indent` all others."""
    start = indent if first is None else first
    rows = textwrap.wrap(
        plain(text), max(20, width), initial_indent=start, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return [[(row, style)] for row in rows]


def can_ask() -> bool:
    """Whether a person sits at a terminal who can answer: not in a pipe, not in CI."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def next_line(commands: Sequence[str], language: Language) -> list[Line]:
    """The one runnable line at the end."""
    return [[], [(language.say(msg("Next:")) + " ", "now"), (" && ".join(commands), "title")]]
