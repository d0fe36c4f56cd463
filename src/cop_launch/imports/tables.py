"""Tables as people export or save them: rows and cells of text, whatever file they come from.

Rows are numbered as a spreadsheet shows them and columns have its letters, so that a sentence about what is wrong
leads people to the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cop_launch.findings import Refused
from cop_launch.locales import Message, msg
from cop_launch.records import Record

Advance = Callable[[int], None]
"""Told how many bytes or rows further the reading is."""


BLOCK = 1000
"""Rows that are read at a time: what is looked at for all of them at once costs little for each."""


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells as text."""

    number: int
    cells: list[str]


class Block(NamedTuple):
    """Rows one after another: the number of the first as a spreadsheet shows it, and the cells of each as text."""

    first: int
    rows: list[list[str]]


class Table(Record):
    """A table in a file; `blocks` reads it from the start, as often as it is asked, blank rows included.

    `digest` is of the file's bytes. `size` is how far `blocks` will advance in all.
    """

    file: str
    sheet: str
    digest: str
    size: int
    blocks: Callable[[Advance], Iterator[Block]]
    ragged: bool = False
    """Whether rows can be shorter or longer than the headings: they cannot in a spreadsheet."""

    def head(self, most: int) -> list[Row]:
        """The first rows that hold anything."""
        filled = (
            Row(number, cells)
            for first, rows in self.blocks(_nobody)
            for number, cells in enumerate(rows, first)
            if has_text(cells)
        )
        return list(islice(filled, most))


def _nobody(_: int) -> None:
    """Where nobody looks at the progress."""


def has_text(cells: Sequence[str]) -> bool:
    """Whether a row holds anything at all."""
    return any(cells) and not "".join(cells).isspace()


def letter(index: int) -> str:
    """The letters of a column, as a spreadsheet has them: 0 is A, 26 is AA."""
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def wrong_cell(file: str, row: int, column: int, problem: Message, hint: Message | None = None) -> Refused:
    """What is wrong with a file, at its row and column."""
    return Refused(
        msg(
            "In {file}, row {row}, column {column}: {problem}",
            file=file,
            row=str(row),
            column=letter(column),
            problem=problem,
        ),
        hint or msg("Export it once more from the tool that made it; nothing was changed."),
        code="bad-table",
    )


def no_table(file: str, problem: Message, hint: Message) -> Refused:
    """A file that is no table that can be read."""
    return Refused(msg("In {file}: {problem}", file=file, problem=problem), hint, code="bad-table")
