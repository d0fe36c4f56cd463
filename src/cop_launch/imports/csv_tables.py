"""CSV in every dialect that occurs: its delimiter, its encoding, its line ends. Read as a stream, whatever its size."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from cop_launch.imports.tables import BLOCK, Advance, Block, Table, no_table, wrong_cell
from cop_launch.locales import msg
from cop_launch.records import Record

DELIMITERS: Final = (";", "\t", ",", "|")
LONGEST_LINE: Final = 8 << 20
"""Bytes without a line end after which a file is no table."""
_CHUNK = 1 << 20
_HEAD = 1 << 16


class _Text(Record):
    """How the bytes of a CSV are text. `flawed`: somewhere they are not, and reading has to look where."""

    encoding: str
    flawed: bool
    digest: str
    size: int


def open_csv(path: Path) -> Table:
    """The one table of a CSV file. Raises `Refused` (``bad-table``) for a file that is no text in lines."""
    text = _survey_bytes(path)
    with path.open("rb") as raw, _decoded(raw, text) as stream:
        head = stream.read(_HEAD)
    given = re.match(r"\"?sep=(.)\"?[ \t]*(?:\r\n|\n|\r)", head, re.IGNORECASE)
    if given:
        head = head[given.end() :]
    delimiter = given[1] if given else _delimiter(head)

    def blocks(advance: Advance) -> Iterator[Block]:
        return _blocks(path, text, delimiter, bool(given), advance)

    return Table(path.name, "", text.digest, text.size, blocks, ragged=True)


def _survey_bytes(path: Path) -> _Text:
    """One pass over the bytes: digest, encoding, and whether there is anything that no text holds."""
    digest = hashlib.sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    utf16 = cp1252 = None
    encoding, flawed, size, since_line_end = "utf-8-sig", False, 0, 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not size and (found := _utf16(chunk)):
                encoding = found
                utf16 = codecs.getincrementaldecoder(found)()
            digest.update(chunk)
            size += len(chunk)
            since_line_end = 0 if b"\n" in chunk or b"\r" in chunk else since_line_end + len(chunk)
            if since_line_end > LONGEST_LINE:
                problem = msg("this file has a line that is too long for a table")
                raise no_table(path.name, problem, msg("Export the responses as CSV or XLSX, and import that."))
            if utf16 is not None:
                flawed = flawed or not _decodes(utf16, chunk)
                continue
            flawed = flawed or b"\0" in chunk
            if encoding == "utf-8-sig" and not _decodes(utf8, chunk):
                encoding = "cp1252"
    if encoding == "utf-8-sig" and not _decodes(utf8, b"", final=True):
        encoding = "cp1252"
    if utf16 is not None:
        flawed = flawed or not _decodes(utf16, b"", final=True)
    if encoding == "cp1252":
        with path.open("rb") as stream:
            cp1252 = codecs.getincrementaldecoder("cp1252")()
            while not flawed and (chunk := stream.read(_CHUNK)):
                flawed = not _decodes(cp1252, chunk)
    return _Text(encoding, flawed, "sha256:" + digest.hexdigest(), size)


def _utf16(start: bytes) -> str | None:
    """UTF-16 by its mark, or by every other byte being zero, as it is for the letters of our languages."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = start[:2000]
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) * 0.4 and 0 not in sample[0::2]:
        return "utf-16-le"
    if len(sample) >= 4 and sample[0::2].count(0) > len(sample) * 0.4 and 0 not in sample[1::2]:
        return "utf-16-be"
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(raw: BinaryIO, text: _Text) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, text.encoding, "replace" if text.flawed else "strict", newline="")


def _delimiter(head: str) -> str:
    """The sign between cells: the one by which the rows are as wide as the headings, and then the widest."""
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells, _ in zip(reader, range(40), strict=False) if cells]
        except csv.Error:
            continue
        if len(head) >= _HEAD and len(widths) > 1 and len(widths) < 40:
            widths.pop()  # cut off in the middle
        if not widths or widths[0] < 2:
            continue
        found = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if found > score:
            best, score = delimiter, found
    return best


def _blocks(path: Path, text: _Text, delimiter: str, skip_first: bool, advance: Advance) -> Iterator[Block]:
    number, read, broken = 1, 0, False
    with path.open("rb") as raw, _decoded(raw, text) as stream:
        if skip_first:
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        while not broken:
            rows: list[list[str]] = []
            try:
                rows.extend(islice(reader, BLOCK))
            except csv.Error:  # the rows before it are there
                broken = True
            if text.flawed:
                for at, cells in enumerate(rows, number):
                    _refuse_flaw(path.name, at, cells)
            if rows:
                yield Block(number, rows)
            elif not broken:
                break
            number += len(rows)
            now = raw.tell()
            advance(now - read)
            read = now
    if broken:
        column = _where(path, text, delimiter, skip_first, number - 1)
        problem = msg('a quotation mark (") opens here and does not close as it should')
        raise wrong_cell(path.name, number, column, problem)
    advance(text.size - read)


def _refuse_flaw(file: str, number: int, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        if "\0" in cell:
            raise wrong_cell(file, number, column, msg("a zero byte, which no text holds: the file is damaged"))
        if "\N{REPLACEMENT CHARACTER}" in cell:
            raise wrong_cell(file, number, column, msg("there are bytes here that are no text: the file is damaged"))


def _where(path: Path, text: _Text, delimiter: str, skip_first: bool, number: int) -> int:
    """The column of the first quotation mark that does not close as it should, in the row after this one."""
    with path.open("rb") as raw, _decoded(raw, text) as stream:
        if skip_first:
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        for _ in zip(range(number), reader, strict=False):
            pass
        # The reader has taken whole lines: what comes next is the row itself.
        row = stream.read(4 * csv.field_size_limit())
    column, at = 0, 0
    while at < len(row):
        if row[at] == '"':
            closing = at + 1
            while (closing := row.find('"', closing)) >= 0 and row[closing + 1 : closing + 2] == '"':
                closing += 2
            if closing < 0:
                return column
            at = closing + 1
            if row[at : at + 1] not in {delimiter, "\r", "\n", ""}:
                return column
        else:
            end = re.compile(f"[{re.escape(delimiter)}\r\n]").search(row, at)
            at = end.start() if end else len(row)
        if row[at : at + 1] != delimiter:
            return column
        column, at = column + 1, at + 1
    return column
