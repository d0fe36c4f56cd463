"""Exports that are no responses: recognised by their first rows, and refused with the way to the right one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cop_launch.findings import Refused
from cop_launch.imports.dates import seconds
from cop_launch.imports.layout import Cells, same
from cop_launch.locales import Message, msg
from cop_launch.records import Record


class WrongExport(Record):
    """What it is instead, and where the right one is found."""

    recognised: Callable[[Sequence[Cells]], bool]
    what: Message
    instead: Message


def _headings(*needed: str) -> Callable[[Sequence[Cells]], bool]:
    """Whether the first row has all of these headings."""
    return lambda head: set(needed) <= {same(cell) for cell in head[0]}


def _anywhere(pattern: str, *more: str) -> Callable[[Sequence[Cells]], bool]:
    """Whether one of the first rows begins with cells like these."""
    patterns = [re.compile(one, re.IGNORECASE) for one in (pattern, *more)]

    def found(head: Sequence[Cells]) -> bool:
        return any(
            len(row) >= len(patterns)
            and all(one.fullmatch(same(cell)) for one, cell in zip(patterns, row, strict=False))
            for row in head
        )  # fmt: skip

    return found


def _only(*headings: str) -> Callable[[Sequence[Cells]], bool]:
    return lambda head: tuple(same(cell) for cell in head[0]) == headings


def _percentages(head: Sequence[Cells]) -> bool:
    """A few rows of answers with shares behind them."""
    shares = [any(re.fullmatch(r"\d+([.,]\d+)?\s?%", cell.strip()) for cell in row) for row in head]
    return len(head) > 2 and sum(shares) * 2 > len(head)


_ACTIVITY = msg("This is about what people do on a platform; the answers to the questionnaire are in another tool.")

WRONG: tuple[WrongExport, ...] = (
    WrongExport(
        _anywhere(
            r"answer choices|antwoordkeuzen|antwoordopties|opciones de respuesta",
            r"responses?|reacties|antwoorden|respuestas",
        ),
        msg("this is a summary by SurveyMonkey: percentages, not the answers of each person"),
        msg("In SurveyMonkey: Analyze Results, Save As, Export file, All individual responses, XLS or CSV."),
    ),
    WrongExport(
        _anywhere(r"(field|question) summary for .*|(veld|vraag)?samenvatting voor .*|results survey \d+.*"),
        msg("these are LimeSurvey's statistics: counts, not the answers of each person"),
        msg("In LimeSurvey: Responses, Export, Export responses, CSV, with complete answers."),
    ),
    WrongExport(
        _headings("firstname", "lastname", "email", "token"),
        msg("this is LimeSurvey's list of participants, not their answers"),
        msg("In LimeSurvey: Responses, Export, Export responses, CSV."),
    ),
    WrongExport(
        _headings("username", "email", "status", "billing-active"),
        msg("this is Slack's list of members"),
        _ACTIVITY,
    ),
    WrongExport(
        _headings("user id", "username", "days active"), msg("these are Slack's figures on members"), _ACTIVITY
    ),
    WrongExport(
        _headings("username", "trust_level", "topics_entered"), msg("this is Discourse's list of members"), _ACTIVITY
    ),
    WrongExport(
        _headings("topic_title", "is_pm", "post"), msg("this is somebody's own archive from Discourse"), _ACTIVITY
    ),
    WrongExport(_only("date", "value"), msg("this is a report from Discourse"), _ACTIVITY),
    WrongExport(_headings("authorid", "author", "content"), msg("these are messages from Discord"), _ACTIVITY),
    WrongExport(
        _percentages,
        msg("this is a summary: percentages, not the answers of each person"),
        msg("Export all individual responses instead, one row for each person."),
    ),
)  # fmt: skip


def refuse_wrong_export(file: str, head: Sequence[Cells]) -> None:
    """Raises `Refused` (``wrong-export``) when these first rows are of a file that holds no responses."""
    for wrong in WRONG:
        if wrong.recognised(head):
            raise Refused(msg("In {file}: {what}", file=file, what=wrong.what), wrong.instead, code="wrong-export")


_AN_ANSWER = re.compile(r"[-+]?\d+([.,]\d+)?%?|\S+@\S+\.\w+|[0-9a-f]{8}-[0-9a-f]{4}-.*", re.IGNORECASE)


def has_no_headings(head: Sequence[Cells]) -> bool:
    """Whether the first row looks like a response itself: a number, a moment or an address in it, or answers that
    come back below."""
    first = head[0]
    named = [cell for cell in first if cell.strip()]
    if any(_AN_ANSWER.fullmatch(cell.strip()) or _moment(cell) for cell in named):
        return True
    below: list[set[str]] = [set() for _ in first]
    for row in head[1:]:
        for values, cell in zip(below, row, strict=False):
            values.add(same(cell))
    return any(same(cell) in values for cell, values in zip(first, below, strict=True) if cell.strip())


def _moment(cell: str) -> bool:
    return bool(re.match(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b", cell)) or (
        seconds(cell) is not None and not re.search(r"[^\W\d_]{3}", cell)
    )
