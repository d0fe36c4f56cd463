"""Any table that people export or save: CSV in every dialect that occurs, and spreadsheets; each cell as text.

Rows are numbered as a spreadsheet shows them and columns have its letters, so that a sentence about what is wrong
leads people to the cell. A CSV is read as a stream: its size does not matter.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from cop_launch.findings import Exit, Refused
from cop_launch.locales import Message, msg

Advance = Callable[[int], None]
"""Told how many bytes or rows further the reading is."""

DELIMITERS: Final = (";", "\t", ",", "|")
LONGEST_LINE: Final = 8 << 20
"""Bytes without a line end after which a file is no table."""
_CHUNK = 1 << 20
_HEAD = 1 << 16


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, its cells as text."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file; `rows` reads it from the start, as often as it is asked, blank rows included.

    `digest` is of the file's bytes. `size` is how far `rows` will advance in all.
    """

    file: str
    sheet: str
    digest: str
    size: int
    rows: Callable[[Advance], Iterator[Row]]
    ragged: bool = False
    """Whether rows can be shorter or longer than the headings: they cannot in a spreadsheet."""

    def head(self, most: int) -> list[Row]:
        """The first rows that hold anything."""
        found: list[Row] = []
        for row in self.rows(_nobody):
            if has_text(row.cells):
                found.append(row)
                if len(found) == most:
                    break
        return found


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
            "{file}, row {row}, column {column}: {problem}",
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
    return Refused(msg("{file}: {problem}", file=file, problem=problem), hint, code="bad-table")


_OTHER_FILES: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", msg("this is a PDF, a picture of a table and not a table")),
    (b"\x1f\x8b", msg("this file is packed (gzip)")),
    (b"Rar!", msg("this file is packed (RAR)")),
    (b"7z\xbc\xaf", msg("this file is packed (7-Zip)")),
    (b"\x89PNG", msg("this is a picture")),
    (b"\xff\xd8\xff", msg("this is a picture")),
)
_MARKUP = re.compile(rb"\s*(?:<(?:!doctype|html|\?xml|table|head|body)\b|[\[{]\s*[\"{\[])", re.IGNORECASE)


def open_table(path: Path) -> tuple[Table, ...]:
    """The tables of a file: one of a CSV, one for each sheet of a spreadsheet that holds anything.

    Raises `Refused` with code ``bad-table`` for what is no table, and ``no-such-file`` and the like for what the
    machine cannot read.
    """
    try:
        with path.open("rb") as stream:
            first = stream.read(4096)
        if not first.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            raise no_table(path.name, msg("this file is empty"), msg("Export it once more, and choose all responses."))
        for magic, problem in _OTHER_FILES:
            if first.startswith(magic):
                hint = msg("Export the responses as CSV or XLSX, unpack the file if it is packed, and import that.")
                raise no_table(path.name, problem, hint)
        if first.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            from cop_launch.imports.workbooks import open_workbook

            return open_workbook(path, file_digest(path))
        if _MARKUP.match(first.removeprefix(codecs.BOM_UTF8)):
            problem = msg("this is a web page or data for programs, whatever its name says")
            raise no_table(path.name, problem, msg("Export the responses as CSV or XLSX, and import that."))
        return (_open_csv(path),)
    except FileNotFoundError:
        hint = msg("Give the path of the export, such as evidence/raw/export.csv.")
        raise Refused(msg("There is no file {file}.", file=str(path)), hint, code="no-such-file") from None
    except IsADirectoryError:
        hint = msg("Give the path of the export in it, such as evidence/raw/export.csv.")
        raise Refused(msg("{file} is a folder.", file=str(path)), hint, code="not-a-file") from None
    except OSError as error:
        raise Refused(
            msg("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror or type(error).__name__),
            msg("Look whether you may read it, and whether its disk is there."),
            Exit.MACHINE,
            "unreadable",
        ) from error


def file_digest(path: Path) -> str:
    """The digest of a file's bytes, as evidence files hold it."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


# -- CSV --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    """How the bytes of a CSV are text. `flawed`: somewhere they are not, and reading has to look where."""

    encoding: str
    flawed: bool
    digest: str
    size: int


def _open_csv(path: Path) -> Table:
    text = _survey_bytes(path)
    with path.open("rb") as raw, _decoded(raw, text) as stream:
        head = stream.read(_HEAD)
    given = re.match(r"\"?sep=(.)\"?[ \t]*(?:\r\n|\n|\r)", head, re.IGNORECASE)
    if given:
        head = head[given.end() :]
    delimiter = given[1] if given else _delimiter(head)

    def rows(advance: Advance) -> Iterator[Row]:
        return _rows(path, text, delimiter, bool(given), advance)

    return Table(path.name, "", text.digest, text.size, rows, ragged=True)


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


def _rows(path: Path, text: _Text, delimiter: str, skip_first: bool, advance: Advance) -> Iterator[Row]:
    number = read = 0
    with path.open("rb") as raw, _decoded(raw, text) as stream:
        if skip_first:
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if text.flawed:
                    _refuse_flaw(path.name, number, cells)
                yield Row(number, cells)
                if not number % 1000:
                    now = raw.tell()
                    advance(now - read)
                    read = now
        except csv.Error:
            column = _where(path, text, delimiter, skip_first, number)
            problem = msg('a quotation mark (") opens here and does not close as it should')
            raise wrong_cell(path.name, number + 1, column, problem) from None
    advance(text.size - read)


def _refuse_flaw(file: str, number: int, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        if "\0" in cell:
            raise wrong_cell(
                file, number, column, msg("there is a zero byte, which no text holds: the file is damaged")
            )
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
