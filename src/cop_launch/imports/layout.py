"""What a source makes of a table: which columns hold answers, and what the others tell about each response."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from cop_launch.imports.dates import Order
from cop_launch.records import Record

Cells = Sequence[str]
Says = Callable[[Cells], bool]
"""What the cells of one response say about it."""


class Column(Record):
    """A column that holds answers.

    `option` is the answer that the column stands for, where a question has a column for each; `code` is the tool's own
    name of the question.
    """

    index: int
    heading: str
    option: str = ""
    code: str = ""


def never(_: Cells) -> bool:
    """What no response says."""
    return False


class Layout(Record):
    """A table of responses, column by column. Columns are numbered from 0.

    `heading_rows` come before the first response, blank rows not counted. `response` tells one response from another,
    `person` one person. `separator` is what stands between several answers in one cell.
    """

    heading_rows: int
    columns: tuple[Column, ...]
    response: int | None = None
    person: int | None = None
    submitted: int | None = None
    started: int | None = None
    unfinished: Says = never
    preview: Says = never
    order: Order = Order.DAY
    separator: str = ";"


class Source(Record):
    """A tool that exports responses: its name, and how its tables are recognised, by their first rows alone."""

    id: str
    name: str
    layout: Callable[[Sequence[Cells]], Layout | None]


def same(text: str) -> str:
    """A text as it is compared: without the differences that tools, spreadsheets and people make along the way."""
    return _same_often(text) if len(text) < 60 else _same(text)


def _same(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(text.split()).strip(" *:.?!").casefold()


_same_often = lru_cache(maxsize=2000)(_same)


def positions(headings: Cells) -> dict[str, int]:
    """Where each heading stands first, by its text as it is compared."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        found.setdefault(same(heading), index)
    return found


def first_of(found: dict[str, int], names: Iterable[str]) -> int | None:
    """The column of the first of these headings that is there."""
    return next((found[name] for name in names if name in found), None)


def blank(column: int | None) -> Says:
    """Whether a column that has to be filled is not."""
    if column is None:
        return never
    return lambda cells: not cells[column].strip()


def one_of(column: int | None, values: frozenset[str]) -> Says:
    """Whether a column holds one of these values."""
    if column is None:
        return never
    return lambda cells: same(cells[column]) in values


_TAIL = re.compile(r"^(.*?)\s*\[([^\[\]]*)\]\s*$", re.DOTALL)


def split_option(heading: str) -> tuple[str, str]:
    """A heading with its option in square brackets behind it: `Themes [Tone]`."""
    found = _TAIL.match(heading)
    return (found[1], found[2]) if found else (heading, "")


EMAIL = ("e-mail", "email", "e-mail address", "email address", "e-mailadres", "emailadres", "correo electrónico")
"""Headings of the address of who answered."""
