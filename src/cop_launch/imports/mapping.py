"""The mapping, as an evidence file keeps it: what the next import of the same form needs to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cop_launch.imports.columns import Columns
from cop_launch.imports.layout import same
from cop_launch.imports.questions import QUESTIONS, THEMES, WANTS_A_ROLE
from cop_launch.imports.responses import Responses
from cop_launch.imports.tables import letter

INITIATORS_NAMED = "initiators"
"""The key that says that initiators were left out by names or addresses which are nowhere written down."""

_BETWEEN = " | "


def written_mapping(
    responses: Responses, columns: Columns, given: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, str]:
    """What the next import needs to know: the column of each question, and which answers were said to mean what.

    Answers that our own form or their words explain are not kept: they would be explained in the same way again.
    """
    written: dict[str, str] = {}
    labels = Counter(asked.label for asked in responses.asked)
    for question in (one.id for one in QUESTIONS):
        asked = columns.by_question.get(question)
        if asked is None:
            continue
        unique = labels[asked.label] <= 1 or question == THEMES.id
        written[question] = asked.label if unique else letter(asked.columns[0].index)
        for meaning, answers in given.get(question, {}).items():
            if answers:
                written[f"{question}.{meaning}"] = _BETWEEN.join(answers)
    return written


def read_mapping(mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, dict[str, list[str]]]]:
    """The columns and the answers of a mapping that was written before."""
    columns: dict[str, str] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    known = {question.id for question in QUESTIONS}
    for key, value in mapping.items():
        question, _, meaning = key.partition(".")
        if question in known and not meaning:
            columns[question] = value
        elif question in known:
            answers.setdefault(question, {})[meaning] = value.split(_BETWEEN)
    return columns, answers


def fits(responses: Responses, mapping: Mapping[str, str]) -> bool:
    """Whether every column of a mapping is in this table: an export of the same form."""
    columns, _ = read_mapping(mapping)
    labels = {same(asked.label) for asked in responses.asked} | {same(asked.code) for asked in responses.asked}
    return WANTS_A_ROLE.id in columns and all(same(label) in labels for label in columns.values())
