"""Writes values as YAML text, as a person would: short collections on one line, text without quotes where that is safe.

Safe means for every YAML reader, also those of YAML 1.1 that take `no`, `12:30` and `010` for something else than text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from cop_launch.records import Record
from cop_launch.store.source import Tree

Scalar: TypeAlias = str | int | float | Decimal | bool | date | None
Value: TypeAlias = "Scalar | Sequence[Value] | Mapping[str, Value]"
"""What can be written."""

WIDTH: Final = 110
"""Columns that a collection on one line may reach to."""


class BlockMapping(dict[str, Value]):
    """A mapping that takes a line for each key, however short."""


class BlockList(list[Value]):
    """A list that takes a line for each item, however short."""


class Layout(Record):
    """How the text around is laid out: what nested mappings and lists are indented by, below their key."""

    step: int = 2
    dash: int = 2
    literal: bool = True
    """Text of several lines may be written as a block after `|`."""


# -- scalars ------------------------------------------------------------------------------------------------------

_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_PLAIN = re.compile(
    r"""
    (?: [^\W\d_] | [(€£§/©] | \d+[^\s]*\s+[^\W\d_]{2} )   # a letter, or a number of something
    [^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*
    """,
    re.VERBOSE,
)
_MEANS_MORE = re.compile(r": |:$| \#|\s$")
_MEANS_MORE_IN_FLOW = re.compile(r"[\[\]{},:#?]")
_ESCAPES: Final = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", "\x1b": "\\e",
    "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')


def scalar(value: Scalar, in_flow: bool = False, quote: str = "") -> str:
    """One value on one line; `quote` (" or ') is how text stood there before, and is kept where that can be."""
    if not isinstance(value, str):
        return _written(value)
    text = str(value)
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not quote and _is_plain(text, in_flow):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _written(value: int | float | Decimal | date | None) -> str:
    """A value that is not text, in a form that is also read back as such by others."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    if isinstance(value, Decimal):
        return f"{value:f}"
    written = repr(float(value))
    return written if "." in written else written.replace("e", ".0e")


def _is_plain(text: str, in_flow: bool) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and text.lower() not in _RESERVED
        and _MEANS_MORE.search(text) is None
        and not (in_flow and _MEANS_MORE_IN_FLOW.search(text))
        and _ESCAPED.search(text.replace('"', "").replace("\\", "")) is None
    )


def _escape(found: re.Match[str]) -> str:
    letter = found.group()
    code = ord(letter)
    return _ESCAPES.get(letter) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


# -- collections --------------------------------------------------------------------------------------------------


def as_read(value: Value) -> Tree:
    """What the reader makes of a value once it is written."""
    if value is None:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_read(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [as_read(inner) for inner in value]
    return _written(value)


def flow(value: Value) -> str:
    """The value within one line, however long."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(pair(key, inner) for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value, in_flow=True)


def pair(key: str, value: Value) -> str:
    """A key with its value, within brackets."""
    return f"{scalar(str(key), in_flow=True)}: {flow(value)}"


def short(value: Value, room: int, layout: Layout) -> str | None:
    """The value on one line, where a person would put it on one line; `room` is what is left of that line."""
    if isinstance(value, str):
        return None if layout.literal and literal(value) else scalar(value)
    if not isinstance(value, (Mapping, Sequence)):
        return scalar(value)
    if not value:
        return flow(value)
    if isinstance(value, (BlockMapping, BlockList)):
        return None
    inside = value.values() if isinstance(value, Mapping) else value
    if any(isinstance(inner, (Mapping, list, tuple)) or (isinstance(inner, str) and "\n" in inner) for inner in inside):
        return None
    written = flow(value)
    return written if len(written) <= room else None


_LITERAL_LINE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*")


def literal(text: str) -> tuple[str, list[str]] | None:
    """The sign (`|` or `|-`) and the lines of a text of several lines; None where only quotes keep it as it is."""
    if "\n" not in text:
        return None
    sign = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    if not lines[-1] or lines[0][:1] in {"", " ", "\t"}:
        return None
    if any(line != line.rstrip() or _LITERAL_LINE.fullmatch(line) is None for line in lines):
        return None
    return sign, lines


def entry(opening: str, value: Value, column: int, layout: Layout) -> list[str]:
    """The lines of a key (`name:`) or a dash with its value, to stand at this column but written from column 0."""
    written = short(value, WIDTH - column - len(opening) - 1, layout)
    if written is not None:
        return [f"{opening} {written}"]
    sign, lines = block(value, column + 2 if opening == "-" else column + layout.step, layout)
    if sign:
        return [f"{opening} {sign}", *indented(lines, 2 if opening == "-" else layout.step)]
    if opening == "-":
        return [f"- {lines[0]}", *indented(lines[1:], 2)]
    return [opening, *indented(lines, layout.step if isinstance(value, Mapping) else layout.dash)]


def block(value: Value, column: int, layout: Layout) -> tuple[str, list[str]]:
    """The sign that goes after the colon or dash (empty for a collection), and the lines below, from column 0."""
    if isinstance(value, str):
        written = literal(value)
        assert written is not None
        return written
    return "", list(_lines(value, column, layout))


def _lines(value: Value, column: int, layout: Layout) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from entry(f"{scalar(str(key))}:", inner, column, layout)
    else:
        assert isinstance(value, Sequence)
        for inner in value:
            yield from entry("-", inner, column, layout)


def indented(lines: Sequence[str], columns: int) -> list[str]:
    """The lines moved to the right; empty ones stay empty."""
    return [" " * columns + line if line else line for line in lines]
