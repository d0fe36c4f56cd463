"""The text of a file, before it is read as YAML: its encoding, its lines, and what no YAML may hold."""

from __future__ import annotations

import re
from typing import Final

from cop_launch.findings import Finding, Place
from cop_launch.locales import msg
from cop_launch.records import Record

MOST_FINDINGS: Final = 100
"""After so many, a file is wrong in a way that more findings do not make clearer."""

NEWLINE: Final = re.compile(r"\r\n|\n|\r")
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What YAML does not allow, and the three line breaks that only YAML takes for such and no editor shows.

Compiled only for the few files that may hold one: that takes longer than reading a plan's text.
"""
_SURELY_PRINTABLE = bytes({*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2, 0xEF})
"""Bytes of no unprintable character but U+2028 and U+2029."""
_CONFLICT = re.compile(r"^(?:<<<<<<<(?=[ \r\n]|\Z)|=======(?=[\r\n]|\Z)|>>>>>>>(?=[ \r\n]|\Z))", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:\A|[\r\n])%")


class Lines(Record):
    """The lines of a text, counted as editors count them: LF, CRLF and a lone CR end one. Counted only when asked."""

    file: str
    text: str

    def position(self, index: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        text = self.text
        if text[index - 1 : index + 1] == "\r\n":
            index -= 1
        line = text.count("\n", 0, index) + 1
        returns = text.count("\r", 0, index)
        if returns:
            line += returns - text.count("\r\n", 0, index)
        return line, index - self.start_of_line(index) + 1

    def start_of_line(self, index: int) -> int:
        """Where the line that holds this character starts."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of a stretch of text, as far as its first line goes; past the end it is the last character's."""
        if start >= len(self.text):
            start = len(self.text.rstrip())
        line, column = self.position(start)
        upto = start + 1 if end is None else end
        if newline := NEWLINE.search(self.text, start, upto):
            upto = newline.start()
        return Place(self.file, line, column, max(1, len(self.text[start:upto].rstrip())))


def decode(raw: bytes, file: str) -> tuple[str, bool, tuple[Finding, ...]]:
    """The text, whether it had a byte order mark, and the first place that is not UTF-8.

    What is not UTF-8 in an otherwise readable text becomes a replacement character, so that the rest is still checked.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (raw[:4].count(0) >= 2):
        hint = msg("Save it as UTF-8; in Excel or Notepad this is a choice under 'Save as'.")
        problem = msg("This file is stored as UTF-16 or UTF-32 text, not as UTF-8.")
        return "", False, (Finding("not-utf8", problem, hint=hint, place=Place(file, 1, 1)),)
    bom = raw.startswith(b"\xef\xbb\xbf")
    if bom:
        raw = raw[3:]
    try:
        return raw.decode("utf-8"), bom, ()
    except UnicodeDecodeError as error:
        lines = Lines(file, raw[: error.start].decode("utf-8") + "?")
        line, column = lines.position(len(lines.text) - 1)
        finding = Finding(
            "not-utf8",
            msg("From here the file is not UTF-8 text."),
            hint=msg("Save it as UTF-8 in your editor, then check that letters such as é are still right."),
            place=Place(file, line, column),
        )
        return raw.decode("utf-8", "replace"), bom, (finding,)


def may_hold_unprintable(raw: bytes) -> bool:
    """A quick look, for most files enough."""
    return bool(raw.translate(None, _SURELY_PRINTABLE)) or b"\xe2\x80\xa8" in raw or b"\xe2\x80\xa9" in raw


def without_unprintable(text: str, lines: Lines) -> tuple[str, tuple[Finding, ...]]:
    """The text with U+FFFD for each character that no YAML may hold, and one finding for each line that has one."""
    findings: list[Finding] = []
    unprintable = re.compile(_UNPRINTABLE)
    end_of_line = 0
    while (found := unprintable.search(text, end_of_line)) and len(findings) < MOST_FINDINGS:
        newline = NEWLINE.search(text, found.start())
        end_of_line = newline.start() if newline else len(text)
        findings.append(
            Finding(
                "control-character",
                msg(
                    "There is an invisible character here that a text file cannot hold ({character}).",
                    character=f"U+{ord(found.group()):04X}",
                ),
                hint=msg("Delete it; it often comes along when text is pasted."),
                place=lines.place(found.start()),
            )
        )
    replaced = {ord(letter): "\N{REPLACEMENT CHARACTER}" for letter in set(text) if unprintable.match(letter)}
    return text.translate(replaced), tuple(findings)


def conflicts(text: str, lines: Lines) -> tuple[Finding, ...]:
    """One finding for each merge conflict that is left, at the line where it starts."""
    if "<<<<<<<" not in text and "=======" not in text and ">>>>>>>" not in text:
        return ()
    findings: list[Finding] = []
    opened = False
    for found in _CONFLICT.finditer(text):
        sign = found.group()[0]
        if sign == "<" or not opened:
            findings.append(
                Finding(
                    "merge-conflict",
                    msg("A merge conflict is left here."),
                    hint=msg("Keep one of the two versions, and delete the lines with <<<<<<<, ======= and >>>>>>>."),
                    place=lines.place(found.start(), len(text)),
                )
            )
        opened = sign != ">"
        if len(findings) == MOST_FINDINGS:
            break
    return tuple(findings)


def directives(text: str, lines: Lines) -> tuple[Finding, ...]:
    """The instruction to a YAML reader that a file may start with."""
    if not (text.startswith("%") or "\n%" in text or "\r%" in text):
        return ()
    found = _DIRECTIVE.search(text)
    assert found is not None
    before = NEWLINE.split(text[: found.start()])
    at_start = not any(line.strip() and not line.lstrip().startswith("#") for line in before)
    if not at_start and len(_DIRECTIVE.findall(text)) < MOST_FINDINGS:
        return ()  # further on it may be text; the parser knows. But thousands would keep it busy for minutes.
    return (
        Finding(
            "directive-not-allowed",
            msg("A line that starts with % is an instruction to a YAML reader, and these are not used here."),
            hint=msg("Delete this line."),
            place=lines.place(found.end() - 1),
        ),
    )
