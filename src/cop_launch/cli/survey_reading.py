"""An export, read with whoever runs the command: what is recognised, what is asked, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cop_launch.cli.answer import show
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, Message, msg
from cop_launch.records import Record

if TYPE_CHECKING:
    from cop_launch.imports.columns import Columns, Unsure
    from cop_launch.imports.counts import Counts
    from cop_launch.imports.meanings import Meanings
    from cop_launch.imports.responses import Responses
    from cop_launch.imports.tally import Tally
    from cop_launch.model.evidence import EvidenceFile
    from cop_launch.store.project import Loaded


class Kind(StrEnum):
    """How people were asked."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEWS = "interviews"


class Wish(Record):
    """What the options say: columns by question, answers by question and meaning, and what the file cannot tell."""

    columns: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Sequence[str]]]
    slug: str
    test: str
    kind: Kind | None
    invited: int | None
    first: date | None
    last: date | None
    initiators: Sequence[str] = ()
    """Names and addresses of initiators, as they may stand in the export; never written anywhere."""


class Read(Record):
    """An export, read: its responses, what answers what, and the counts."""

    responses: Responses
    columns: Columns
    meanings: Meanings
    given: Mapping[str, Mapping[str, Sequence[str]]]
    tally: Tally
    counts: Counts
    slug: str | None
    """The evidence file that knows this form already."""


def read_export(loaded: Loaded, file: Path, wish: Wish, language: Language, json: bool) -> Read:
    """The counts of an export; asks at a terminal what is not clear, and refuses where there is nobody to ask."""
    from cop_launch.console.progress import progress
    from cop_launch.imports.columns import Columns, find_columns
    from cop_launch.imports.counts import count
    from cop_launch.imports.layout import same
    from cop_launch.imports.mapping import INITIATORS_NAMED, read_mapping
    from cop_launch.imports.meanings import find_meanings
    from cop_launch.imports.opening import open_table
    from cop_launch.imports.questions import segment_names
    from cop_launch.imports.responses import recognise
    from cop_launch.imports.tally import tally
    from cop_launch.model.initiative import Initiative
    from cop_launch.store.evidence import refuse_tracked

    assert loaded.dossier is not None
    project = loaded.dossier.project
    if file.exists():
        refuse_tracked(loaded.folder, file)
    responses = recognise(open_table(file))
    slug, stored = _known_form(loaded.dossier.evidence, responses, wish)
    old_columns, old_answers = read_mapping(stored)
    columns_given = {**_still_there(responses, old_columns), **wish.columns}
    given: dict[str, dict[str, list[str]]] = {
        q: {m: list(a) for m, a in said.items()} for q, said in old_answers.items()
    }
    for question, said in wish.answers.items():
        given[question] = {meaning: list(answers) for meaning, answers in said.items()}
    themes = {
        name: theme.title or name
        for name, theme in ((project.concept_test.themes if project.concept_test else None) or {}).items()
    }
    groups = {same(name): group for name, group in segment_names(project).items()}
    asks_segment = any(groups.values())
    asking = not json and _can_ask()
    columns = find_columns(responses, columns_given, themes, asks_segment)
    while not isinstance(columns, Columns):
        columns_given[columns.question] = _ask_column(columns, responses, language, asking)
        columns = find_columns(responses, columns_given, themes, asks_segment)
    if INITIATORS_NAMED in stored and not wish.initiators:
        raise Refused(
            msg("The last time the answers of initiators were left out by their name or address."),
            msg("Give these again with --initiator; they are never kept."),
            Exit.USAGE,
            "unsure",
        )
    in_plan = [(project.people or {}).get(name) for name in (project.initiative or Initiative()).initiators or []]
    initiators = frozenset(
        map(same, [*wish.initiators, *(person.name for person in in_plan if person is not None and person.name)])
    )
    with progress(language.say(msg("Counting")), responses.table.size) as advance:
        counted = tally(responses, columns, themes, initiators, advance)
    meanings, unsure = find_meanings(counted, columns, given)
    while unsure is not None:
        given[unsure.question] = _ask_answers(unsure, given.get(unsure.question, {}), language, asking)
        meanings, unsure = find_meanings(counted, columns, given)
    counts = count(responses, columns, counted, meanings, groups)
    return Read(responses, columns, meanings, given, counted, counts, slug)


def _known_form(
    evidence: Mapping[str, EvidenceFile], responses: Responses, wish: Wish
) -> tuple[str | None, Mapping[str, str]]:
    """The evidence file that this export, or an earlier one of the same form, was counted in; and its mapping."""
    from cop_launch.imports.mapping import fits

    named = wish.slug or wish.test
    if named:
        file = evidence.get(named)
        return None, (file.mapping or {}) if file else {}
    for slug, file in evidence.items():
        if file.raw_digest == responses.table.digest:
            return slug, file.mapping or {}
    same_form = [
        (slug, file) for slug, file in evidence.items() if file.raw_digest and fits(responses, file.mapping or {})
    ]
    if len(same_form) == 1:
        ((slug, file),) = same_form
        return slug, file.mapping or {}
    return None, {}


def _still_there(responses: Responses, columns: Mapping[str, str]) -> dict[str, str]:
    """The columns of a mapping that this export has; the others are looked for anew."""
    from cop_launch.imports.layout import same

    labels = {same(text) for asked in responses.asked for text in (asked.label, asked.code)}
    return {question: label for question, label in columns.items() if same(label) in labels or label.isupper()}


# -- asking -----------------------------------------------------------------------------------------------------------


def _can_ask() -> bool:
    from cop_launch.console.screen import can_ask

    return can_ask()


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:69] + "…"


def _ask_column(unsure: Unsure, responses: Responses, language: Language, asking: bool) -> str:
    """Which column it is, by number; without somebody to ask, the option to say it with."""
    if not asking:
        listed = " | ".join(shortened(asked.label) for asked in unsure.choices[:12])
        raise Refused(
            msg("It is not clear in which column people say whether they want a role."),
            msg("Name it with --role-column, one of: {listed}", listed=listed),
            Exit.USAGE,
            "unsure",
        )
    show([[(language.say(msg("In which column do people say whether they want a role?")), "title")]])
    chosen = _choose([shortened(asked.label) for asked in unsure.choices], language)
    asked = unsure.choices[chosen]
    labels = [one.label for one in responses.asked]
    from cop_launch.imports.tables import letter

    return asked.label if labels.count(asked.label) == 1 else letter(asked.columns[0].index)


def _ask_answers(
    unsure: Unsure, given: Mapping[str, Sequence[str]], language: Language, asking: bool
) -> dict[str, list[str]]:
    """What the answers mean that nobody knows; those of a few people are kept without their words."""
    from cop_launch.console.imported import MEANING_WORDS
    from cop_launch.imports.meanings import MEANINGS, kept_short
    from cop_launch.model.evidence import SMALL

    heading = unsure.choices[0].label
    if not asking:
        raise Refused(*_which_answers(unsure, heading), Exit.USAGE, "unsure")
    found = {meaning: list(answers) for meaning, answers in given.items()}
    show([[(shortened(heading), "title")]])
    for answer, number in unsure.answers:
        show([[(f"“{shortened(answer)}” ({number})", "")]])
        meanings = MEANINGS[unsure.question]
        chosen = _choose([language.say(MEANING_WORDS[meaning]) for meaning in meanings], language)
        found.setdefault(meanings[chosen], []).append(answer if number >= SMALL else kept_short(answer))
    return found


def _which_answers(unsure: Unsure, heading: str) -> tuple[Message, Message]:
    listed = " | ".join(shortened(answer) for answer, _ in unsure.answers[:8])
    problem = msg(
        "It is not clear what these answers to “{heading}” mean: {listed}", heading=shortened(heading), listed=listed
    )
    if unsure.question == "wants_a_role":
        return problem, msg(
            "Say which one is a yes, with --active; the others then count as perhaps, or name them too."
        )
    if unsure.question == "recognises":
        return problem, msg("Say which one means that they recognise themselves, with --recognise-answer.")
    return problem, msg("Say which one means that they belong to the target group, with --target-answer.")


def _choose(choices: Sequence[str], language: Language) -> int:
    for number, choice in enumerate(choices, 1):
        show([[(f"  {number}. ", "now"), (choice, "")]])
    while True:
        answer = str(typer.prompt(language.say(msg("Number")))).strip()
        if answer.isdecimal() and 0 < int(answer) <= len(choices):
            return int(answer) - 1
