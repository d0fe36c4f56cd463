"""Which column answers which question: as somebody said, by the words of our own form, or by words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cop_launch.findings import Exit, Refused
from cop_launch.imports.layout import Cells, Column, same
from cop_launch.imports.questions import (
    CONTACT,
    CONTRIBUTION,
    IN_TARGET_GROUP,
    NAME,
    RECOGNISES,
    SEGMENT,
    THEMES,
    WANTS_A_ROLE,
)
from cop_launch.imports.responses import Asked, Responses, distinct, sample_of
from cop_launch.imports.tables import letter
from cop_launch.imports.wording import by_words, is_about, own_question
from cop_launch.locales import msg
from cop_launch.records import Record

CLOSED = (WANTS_A_ROLE.id, RECOGNISES.id, IN_TARGET_GROUP.id)
"""Questions whose answers have a meaning, the one that decides first."""


class Unsure(Record):
    """What has to be asked of a person: which column, or what an answer means.

    `answers` is empty when the column of `question` is not known; then `choices` are the columns that it could be.
    """

    question: str
    choices: tuple[Asked, ...] = ()
    answers: tuple[tuple[str, int], ...] = ()


class Columns(Record):
    """Which column answers which question of ours; `own` are the questions with our own form's words or code."""

    by_question: Mapping[str, Asked]
    own: frozenset[str] = frozenset()


def find_columns(
    responses: Responses, given: Mapping[str, str], themes: Mapping[str, str], asks_segment: bool = False
) -> Columns | Unsure:
    """Which column answers which question: as given, else by the words of our own form, else by words alone.

    `given` names columns by question: a heading, a part of one that no other heading has, a code, or a letter.
    `themes` are the titles of the project's themes by slug; `asks_segment`: its form asks for a team or place, so that
    a column with these words is that one and no other's.
    """
    found: dict[str, Asked] = {}
    own: set[str] = set()
    for question, written in given.items():
        found[question] = _named(responses, written)
    for asked in responses.asked:
        known = own_question(asked.heading, asked.code)
        if known is not None and known.id not in found and (asks_segment or known is not SEGMENT):
            found[known.id] = asked
            own.add(known.id)
    for question, asked in found.items():
        known = own_question(asked.heading, asked.code)
        if known is not None and known.id == question:
            own.add(question)
    if THEMES.id not in found and (asked_themes := _asked_themes(responses.asked, themes)):
        found[THEMES.id] = asked_themes
    taken = {id(asked) for asked in found.values()}
    left = [asked for asked in responses.asked if id(asked) not in taken]
    sample = sample_of(responses)
    for question in (WANTS_A_ROLE.id, RECOGNISES.id, IN_TARGET_GROUP.id):
        if question not in found:
            about = [asked for asked in left if is_about(question, asked.heading) and asked.single is not None]
            sure = [asked for asked in about if _all_known(question, sample, asked)]
            if len(sure) == 1 and (len(about) == 1 or question == WANTS_A_ROLE.id):
                found[question] = sure[0]
                left.remove(sure[0])
            elif question == WANTS_A_ROLE.id:
                closed = [asked for asked in about if _is_closed(sample, asked)]
                if len(closed) == 1 and not sure:
                    found[question] = closed[0]
                    left.remove(closed[0])
                    continue
                return Unsure(question, tuple(closed or [asked for asked in left if _is_closed(sample, asked)] or left))
    for question in (CONTRIBUTION.id, NAME.id, CONTACT.id):
        about = [asked for asked in left if is_about(question, asked.heading)]
        if question not in found and len(about) == 1:
            found[question] = about[0]
            left.remove(about[0])
    if SEGMENT.id in given:
        _refuse_as_segment(responses, found)
    return Columns(found, frozenset(own))


def _named(responses: Responses, written: str) -> Asked:
    wanted = same(written)
    for fits in (
        lambda asked: wanted in {same(asked.heading), same(asked.label)},
        lambda asked: written == asked.code,
        lambda asked: wanted and wanted in same(asked.heading),
        lambda asked: written.isalpha() and written.isupper() and written in map(_letter, asked.columns),
    ):
        found = [asked for asked in responses.asked if fits(asked)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                msg("{n} columns of {file} fit '{written}'.", n=len(found), file=responses.table.file, written=written),
                msg("Write more of its heading, or the letter of the column."),
                Exit.USAGE,
                "unknown-column",
            )
    headings = [asked.label if len(asked.label) <= 60 else asked.label[:59] + "…" for asked in responses.asked[:20]]
    raise Refused(
        msg("There is no column '{written}' in {file}.", file=responses.table.file, written=written),
        msg("The columns are: {headings}", headings=" | ".join(headings)),
        Exit.USAGE,
        "unknown-column",
    )


def _refuse_as_segment(responses: Responses, found: Mapping[str, Asked]) -> None:
    """Refuses a column for the groups that answers another question, or in which more than one can be chosen."""
    segment = found[SEGMENT.id]
    other = next((one for question, one in found.items() if one is segment and question != SEGMENT.id), None)
    personal = any(is_about(question, segment.heading) for question in (NAME.id, CONTACT.id))
    if other is not None or personal or segment.single is None:
        raise Refused(
            msg(
                "The column '{heading}' in {file} does not tell which group somebody is in.",
                heading=segment.label,
                file=responses.table.file,
            ),
            msg("Name a column in which people chose one team, place or role, with --segment; or leave it out."),
            Exit.USAGE,
            "no-segment",
        )


def _letter(column: Column) -> str:
    return letter(column.index)


def _asked_themes(asked: Sequence[Asked], themes: Mapping[str, str]) -> Asked | None:
    """A question whose options are the themes: a column for each, called by its title."""
    titles = {same(title) for title in themes.values()}  # never by slug: a heading could be that word
    columns = tuple(
        Column(column.index, one.heading, column.option or column.heading)
        for one in asked
        for column in one.columns
        if same(column.option or column.heading) in titles
    )
    return (
        Asked(columns[0].heading if columns[0].heading != columns[0].option else THEMES.id, "", columns)
        if columns
        else None
    )


def _all_known(question: str, sample: Sequence[Cells], asked: Asked) -> bool:
    answers = distinct(sample, asked)
    return bool(answers) and all(by_words(question, answer) is not None for answer in answers)


def _is_closed(sample: Sequence[Cells], asked: Asked) -> bool:
    """Whether the answers of a question were chosen from a few."""
    answers = distinct(sample, asked)
    return 1 <= len(answers) <= 12 and (len(answers) <= 5 or len(answers) * 2 <= answers.total())
