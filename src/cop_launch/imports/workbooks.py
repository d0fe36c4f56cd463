"""Spreadsheets: XLSX, XLS and ODS, each sheet that holds anything as a table of text.

The reader makes room for every cell between the first and the last, so a file that claims a cell far away would take
all memory there is, and end the program without a word. What a file claims is looked at first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, cast

import python_calamine

from cop_launch.imports.tables import BLOCK, Advance, Block, Table, no_table
from cop_launch.locales import Message, msg

MOST_BYTES: Final = 512 << 20
"""Unpacked size over which a spreadsheet is refused."""
MOST_CELLS: Final = 8_000_000
"""Cells between the first and the last of a sheet over which it is refused: some 20,000 rows of 400 columns."""

_CHUNK = 1 << 22
# They begin with fixed signs, by which a search is quick; `_ROW` finds the rows of a sheet whose tags have no prefix.
_FAR_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_PREFIXED_ROW = re.compile(rb'<\w+:row\b[^>]*?\br="(\d+)"')
_SOME_PREFIXED_ROW = re.compile(rb"<\w+:row\b")
_OF_ODS = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?![\w-])([^>]*)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})')

Cell = int | float | str | bool | time | date | datetime | timedelta


def open_workbook(path: Path, digest: str) -> tuple[Table, ...]:
    """The sheets of a spreadsheet that hold anything. Raises `Refused` (``bad-table``) for what cannot be read."""
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if packed:
        _refuse_too_large(path)
    tables: list[Table] = []
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            for name, about in zip(book.sheet_names, book.sheets_metadata, strict=True):
                if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(name)
                if sheet.start is not None:
                    tables.append(_table(path, sheet, digest))
    except python_calamine.PasswordError:
        problem = msg("this spreadsheet is protected with a password")
        raise no_table(path.name, problem, msg("Save a copy without a password, and import that.")) from None
    except Exception as error:
        if not isinstance(error, (python_calamine.CalamineError, OSError, ValueError)):
            raise
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own, which it does not name
            raise
        raise _damaged(path) from None
    if not tables:
        hint = msg("Export it once more, and choose all responses.")
        raise no_table(path.name, msg("no sheet of this spreadsheet holds anything"), hint)
    return tuple(tables)


def _damaged(path: Path) -> Exception:
    hint = msg("Open it in a spreadsheet, save it as CSV, and import that.")
    return no_table(path.name, msg("this spreadsheet is damaged"), hint)


def _too_large(path: Path, problem: Message) -> Exception:
    hint = msg("Open it, copy the rows with answers to a new sheet, save that as CSV, and import it.")
    return no_table(path.name, problem, hint)


def _refuse_too_large(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if not any(name in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for name in names):
                problem = msg("this is a packed folder (zip), not a spreadsheet")
                raise no_table(path.name, problem, msg("Unpack it, and import the CSV or XLSX that is in it."))
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise _too_large(path, msg("this spreadsheet is too large to read"))
            for name in names:
                if name == "content.xml":
                    _refuse_if_far(path, _cells_of_ods(packed, name))
                elif re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    _refuse_if_far(path, _cells_of_xlsx(packed, name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise _damaged(path) from None


def _refuse_if_far(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        problem = msg("a sheet has a cell so far away that there is no room for all cells before it")
        raise _too_large(path, problem)


def _cells_of_xlsx(packed: zipfile.ZipFile, name: str) -> int:
    """At most so many cells lie between the first and the last of a sheet."""
    rows = counted = 0
    width, rest = 26, b""
    with packed.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = (rest + chunk).replace(b"'", b'"')
            prefixed = b":row" in text
            rows = max([rows, *map(int, (_PREFIXED_ROW if prefixed else _ROW).findall(text))])
            counted += len(_SOME_PREFIXED_ROW.findall(chunk)) if prefixed else chunk.count(b"<row")
            width = max([width, *map(_width, set(_FAR_COLUMN.findall(text)))])
            rest = chunk[-200:]
    return max(rows, counted) * width


def _cells_of_ods(packed: zipfile.ZipFile, name: str) -> int:
    """The same of an OpenDocument spreadsheet, where a row or cell can say how often it is repeated."""
    most = rows = filled_rows = width = column = repeated = 0
    filled, rest = False, b""
    with packed.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            end = len(text) if text.endswith(b">") else max(0, text.rfind(b"<"))
            rest = text[end:]
            for found in _OF_ODS.finditer(text, 0, end):
                closes, tag, attributes = found.groups()
                alone = attributes.endswith(b"/")
                often = _REPEATED.search(attributes)
                number = int(often[1]) if often else 1
                if tag == b"table":
                    rows = filled_rows = width = 0
                elif tag == b"table-row":
                    if not closes:
                        column, filled, repeated = 0, False, min(number, 1 << 20)
                    if closes or alone:
                        rows += repeated
                        filled_rows = rows if filled else filled_rows
                elif not closes:
                    column += min(number, 1 << 14)
                    if not alone or b"office:value" in attributes:
                        filled, width = True, max(width, column)
                most = max(most, filled_rows * width)
    return most


def _width(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number


def _table(path: Path, sheet: python_calamine.CalamineSheet, digest: str) -> Table:
    top, left = sheet.start or (0, 0)
    before = [""] * left

    def blocks(advance: Advance) -> Iterator[Block]:
        number, left_over = top + 1, sheet.iter_rows()
        while rows := [before + _seen(cells) for cells in islice(left_over, BLOCK)]:
            yield Block(number, rows)
            number += len(rows)
            advance(len(rows))

    return Table(path.name, sheet.name, digest, sheet.height, blocks)


def _seen(cells: list[Cell]) -> list[str]:
    if set(map(type, cells)) == {str}:
        return cast("list[str]", cells)
    return [cell if type(cell) is str else _as_seen(cell) for cell in cells]


def _as_seen(cell: Cell) -> str:
    """A cell as a person sees it: whole numbers without a point, dates as dates."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)
