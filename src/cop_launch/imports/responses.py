"""The responses in a table: which tool they come from, how it lays them out, and what it asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from cop_launch.imports.layout import Cells, Column, Layout, Source, same
from cop_launch.imports.plain import PLAIN
from cop_launch.imports.sources import SURVEYS
from cop_launch.imports.tables import Advance, Row, Table, has_text, no_table, wrong_cell
from cop_launch.imports.wrong import has_no_headings, refuse_wrong_export
from cop_launch.locales import msg
from cop_launch.records import Record

SAMPLE = 2000
"""Responses that are looked at to tell which column is which."""


class Asked(Record):
    """A question as the form asked it: its words, its code, and the columns that hold its answers."""

    heading: str
    code: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """What it is called where the mapping is written down."""
        return " ".join((self.heading or self.code).split())

    @property
    def single(self) -> int | None:
        """The column of the answer where one is chosen; None where every option has its own column."""
        return next((column.index for column in self.columns if not column.option), None)


class Responses(Record):
    """A table of responses: the tool it comes from, how it is laid out, and the questions in it."""

    source: Source
    table: Table
    layout: Layout
    asked: tuple[Asked, ...]


def recognise(tables: Sequence[Table]) -> Responses:
    """The first sheet that some tool's export is in, or else the first with headings.

    Raises `Refused`: ``wrong-export`` for what is no table of responses, ``bad-table`` where the headings are missing.
    """
    heads = [(table, table.head(40)) for table in tables]
    for table, head in heads:
        refuse_wrong_export(table.file, [row.cells for row in head])
    for source in SURVEYS:
        for table, head in heads:
            cells = _padded(head)
            if len(cells) < 2 and source is PLAIN:
                continue
            if source is PLAIN and has_no_headings(cells):
                raise wrong_cell(
                    table.file,
                    head[0].number,
                    0,
                    msg("the first row looks like an answer, not like a heading above a column"),
                    msg("Put a row above it with the question of each column; a heading is never counted as a person."),
                )
            layout = source.layout(cells)
            if layout is not None and layout.columns:
                return Responses(source, table, layout, _questions(layout.columns))
    problem = msg("there are headings in it at most, and no responses")
    raise no_table(tables[0].file, problem, msg("Export it once more, and choose all responses."))


def _padded(head: Sequence[Row]) -> list[Cells]:
    width = max((len(row.cells) for row in head), default=0)
    return [[*row.cells, *[""] * (width - len(row.cells))] for row in head]


def _questions(columns: Sequence[Column]) -> tuple[Asked, ...]:
    """Columns of one question together: those with options, by code or words; a column without is its own question,
    or the whole answer of the question with options after it."""
    grouped: dict[str, list[Column]] = {}
    for column in columns:
        key = f"{column.code}\0{column.heading}" if column.code else column.heading
        if not column.option and any(not other.option for other in grouped.get(key, ())):
            key += f"\0{column.index}"  # another question with the same words
        grouped.setdefault(key, []).append(column)
    return tuple(Asked(group[0].heading, group[0].code, tuple(group)) for group in grouped.values())


# -- row by row -------------------------------------------------------------------------------------------------------


def ignore(_: int) -> None:
    """Nobody waits for a sample."""


def blocks_of(responses: Responses, advance: Advance = ignore) -> Iterator[list[list[str]]]:
    """The responses, many at a time: the rows below the headings that hold anything, each as wide as the headings."""
    left, width = responses.layout.heading_rows, 0
    for number, rows in responses.table.blocks(advance):
        start = 0
        while left and start < len(rows):
            cells = rows[start]
            if has_text(cells):
                width = max(width, max(index for index, cell in enumerate(cells) if cell.strip()) + 1)
                left -= 1
            start += 1
        below = rows[start:] if start else rows
        if set(map(len, below)) == {width} and all(map(itemgetter(0), below)):
            yield below
            continue
        found = [
            cells if len(cells) == width else _fitted(responses, Row(at, cells), width)
            for at, cells in enumerate(below, number + start)
            if has_text(cells)
        ]
        if found:
            yield found


def _fitted(responses: Responses, row: Row, width: int) -> list[str]:
    cells = row.cells
    if len(cells) > width:
        extra = next((index for index in range(width, len(cells)) if cells[index].strip()), None)
        if extra is None:
            return cells[:width]
        problem = msg("there is something in this row where no column has a heading")
        hint = msg("Export it once more, or open it in a spreadsheet and look what went wrong in this row.")
        raise wrong_cell(responses.table.file, row.number, extra, problem, hint)
    if responses.table.ragged:
        problem = msg("this row ends before the last column does")
        hint = msg("A line break in an answer may have cut it in two. Export it once more from the tool that made it.")
        raise wrong_cell(responses.table.file, row.number, len(cells), problem, hint)
    return [*cells, *[""] * (width - len(cells))]


def sample_of(responses: Responses) -> list[Cells]:
    """The first responses, by which a column is told from another."""
    found: list[Cells] = []
    for rows in blocks_of(responses):
        found += rows
        if len(found) >= SAMPLE:
            break
    return found[:SAMPLE]


def distinct(sample: Sequence[Cells], asked: Asked) -> Counter[str]:
    """The different answers to a question of which one answer is chosen, as they are compared."""
    index = asked.single
    return Counter(same(cells[index]) for cells in sample if cells[index].strip()) if index is not None else Counter()


# -- people's own words -----------------------------------------------------------------------------------------------


def open_columns(responses: Responses) -> tuple[int, ...]:
    """The columns with people's own words."""
    sample = sample_of(responses)
    found = []
    for asked in responses.asked:
        index = asked.single
        if index is None:
            continue
        answers = distinct(sample, asked)
        if len(answers) > 1 and len(answers) * 2 > answers.total() and sum(map(len, answers)) > 12 * len(answers):
            found.append(index)
    return tuple(found)


def open_answers(responses: Responses, but: Sequence[Asked]) -> Iterator[tuple[Asked, Iterator[str]]]:
    """The open questions but these, and what people wrote there: for reading in a terminal, never for a file."""
    skipped = set(map(id, but))
    open_ = set(open_columns(responses))
    for asked in responses.asked:
        if id(asked) not in skipped and asked.single in open_:
            yield asked, _written(responses, asked.single)


def _written(responses: Responses, index: int) -> Iterator[str]:
    return (cells[index].strip() for rows in blocks_of(responses) for cells in rows if cells[index].strip())
