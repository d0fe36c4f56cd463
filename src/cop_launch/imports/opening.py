"""Opening an export: which kind of file it is, by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from pathlib import Path

from cop_launch.findings import Exit, Refused
from cop_launch.imports.csv_tables import open_csv
from cop_launch.imports.tables import Table, no_table
from cop_launch.locales import Message, msg

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
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            hint = msg("Give the path of the export, such as evidence/raw/export.csv.")
            raise Refused(msg("The path {file} is not a file.", file=str(path)), hint, code="not-a-file")
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
        return (open_csv(path),)
    except FileNotFoundError:
        hint = msg("Give the path of the export, such as evidence/raw/export.csv.")
        raise Refused(msg("There is no file {file}.", file=str(path)), hint, code="no-such-file") from None
    except OSError as error:
        raise Refused(
            msg(
                "The file {file} cannot be read: {reason}.",
                file=str(path),
                reason=error.strerror or type(error).__name__,
            ),
            msg("Look whether you may read it, and whether its disk is there."),
            Exit.MACHINE,
            "unreadable",
        ) from error


def file_digest(path: Path) -> str:
    """The digest of a file's bytes, as evidence files hold it."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
