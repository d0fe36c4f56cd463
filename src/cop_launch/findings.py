"""What can be wrong, as data.

Two kinds of wrong are kept apart. What is wrong with the user's file is a `Finding`: functions return them, all of
them at once, and someone else prints. What cannot be done is a `Refused`: raised once, caught once, in `cli`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from cop_launch.locales import Message, msg
from cop_launch.records import Record

KeyPath = tuple[str | int, ...]
"""Where in a document: the keys and positions from its root, ``("concept_test", "themes", 2)``."""


class Severity(StrEnum):
    """How bad a finding is: an error makes the file unusable for a decision, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Exit(IntEnum):
    """The documented exit codes."""

    FINE = 0
    NO = 1
    """The answer is no, or what was read is wrong."""
    USAGE = 2
    """The command was used wrongly."""
    MACHINE = 3
    """The machine could not: disk, git, permission."""


class Place(Record):
    """A place in a file that people can go to. Line and column count from 1, the column in characters."""

    file: str
    line: int
    column: int
    length: int = 1


class Finding(Record):
    """One thing that is wrong with a file: what, where, how bad, and what to do.

    `path` is the symbolic place; `place` the line and column, filled in by `store`, which knows the text.
    """

    code: str
    message: Message
    path: KeyPath = ()
    severity: Severity = Severity.ERROR
    hint: Message | None = None
    at_key: bool = False
    """The key at `path` is what is wrong, not its value."""
    place: Place | None = None


class Refused(Exception):
    """Something that cannot be done, with what to do about it. The only exception that ends in a sentence."""

    def __init__(
        self,
        message: Message,
        hint: Message | None = None,
        exit_code: Exit = Exit.NO,
        code: str = "refused",
        findings: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint
        self.exit_code = exit_code
        self.code = code
        self.findings = findings


def did_you_mean(written: str, known: Iterable[str]) -> Message | None:
    """The nearest known word, as a question; None when nothing is near."""
    from difflib import get_close_matches  # only who mistypes needs it

    near = get_close_matches(written, list(known), n=1, cutoff=0.6)
    return msg("did you mean '{word}'?", word=near[0]) if near else None


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sorted as people read: by file, line, column, then code. Findings without a place come first."""

    def key(finding: Finding) -> tuple[str, int, int, str]:
        place = finding.place
        return (place.file, place.line, place.column, finding.code) if place else ("", 0, 0, finding.code)

    return tuple(sorted(findings, key=key))
