"""The questionnaire's answers: `survey import` reads what a form tool exports, and keeps the counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.options import (
    HERE,
    CommitOption,
    DryRunOption,
    JsonOption,
    ProjectOption,
    in_words,
    load_project,
    refuse_broken,
    say_as_json,
    show,
)
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, Message, in_language, msg

if TYPE_CHECKING:
    from cop_launch.filling.answers import Answer
    from cop_launch.imports.survey import Columns, Counts, Meanings, Responses, Tally, Unsure
    from cop_launch.model.evidence import EvidenceFile
    from cop_launch.model.project import Project
    from cop_launch.store.project import Loaded

app = typer.Typer(
    name="survey",
    help=in_words(msg("Ask the target group, and read the answers.")),
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

IMPORT = msg(
    "Read what a form tool exports, and keep the counts.\n\n"
    "CSV or a spreadsheet, from Google Forms, Microsoft Forms, LimeSurvey, SurveyMonkey, Typeform, Qualtrics, Kobo, or "
    "any table. Shows what it recognised and which responses it left out, and writes counts to evidence/: never a "
    "name, never a word. What it does not know it asks; every question has an option, and is asked once."
)


class Kind(StrEnum):
    """How people were asked."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEWS = "interviews"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the options say: columns by question, answers by question and meaning, and what the file cannot tell."""

    columns: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Sequence[str]]]
    slug: str
    test: str
    kind: Kind | None
    invited: int | None
    first: date | None
    last: date | None


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=in_words(msg("The export, best kept in evidence/raw/.")))
    ],
    role_column: Annotated[
        str,
        typer.Option("--role-column", help=in_words(msg("The heading of the question whether people want a role."))),
    ] = "",
    active: Annotated[
        list[str] | None, typer.Option("--active", help=in_words(msg("An answer that is a yes; may be repeated.")))
    ] = None,
    maybe: Annotated[
        list[str] | None, typer.Option("--maybe", help=in_words(msg("An answer that is perhaps; may be repeated.")))
    ] = None,
    declined: Annotated[
        list[str] | None, typer.Option("--declined", help=in_words(msg("An answer that is a no; may be repeated.")))
    ] = None,
    recognise_column: Annotated[
        str, typer.Option("--recognise-column", help=in_words(msg("The heading of: do you recognise yourself?")))
    ] = "",
    recognise_answer: Annotated[
        list[str] | None,
        typer.Option("--recognise-answer", help=in_words(msg("An answer that means: I do; may be repeated."))),
    ] = None,
    target_column: Annotated[
        str, typer.Option("--target-column", help=in_words(msg("The heading that tells who is in the target group.")))
    ] = "",
    target_answer: Annotated[
        list[str] | None,
        typer.Option("--target-answer", help=in_words(msg("An answer of the target group; may be repeated."))),
    ] = None,
    name_column: Annotated[
        str, typer.Option("--name-column", help=in_words(msg("The heading below which people left their name.")))
    ] = "",
    contribution_column: Annotated[
        str, typer.Option("--contribution-column", help=in_words(msg("The heading of: what would you do?")))
    ] = "",
    invited: Annotated[
        int | None, typer.Option("--invited", min=0, help=in_words(msg("How many were invited.")))
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option("--kind", help=in_words(msg("Interviews keep their own count.")), show_default=False)
    ] = None,
    slug: Annotated[str, typer.Option("--slug", help=in_words(msg("The name of the file in evidence/.")))] = "",
    test: Annotated[
        str,
        typer.Option(
            "--test", metavar="ID", help=in_words(msg("Which test of the concept this is; a new one is added."))
        ),
    ] = "",
    period_from: Annotated[
        str, typer.Option("--period-from", metavar="DATE", help=in_words(msg("The first day, if not in the file.")))
    ] = "",
    period_to: Annotated[
        str, typer.Option("--period-to", metavar="DATE", help=in_words(msg("The last day, if not in the file.")))
    ] = "",
    show_open: Annotated[
        bool, typer.Option("--show-open", help=in_words(msg("Show what people wrote, here and nowhere else.")))
    ] = False,
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See IMPORT."""
    from cop_launch.imports import questions as ask
    from cop_launch.store.files import locked
    from cop_launch.store.project import find_project

    columns = {
        ask.WANTS_A_ROLE.id: role_column,
        ask.RECOGNISES.id: recognise_column,
        ask.IN_TARGET_GROUP.id: target_column,
        ask.NAME.id: name_column,
        ask.CONTRIBUTION.id: contribution_column,
    }
    answers = {
        ask.WANTS_A_ROLE.id: {ask.ACTIVE: active, ask.MAYBE: maybe, ask.DECLINED: declined},
        ask.RECOGNISES.id: {ask.YES: recognise_answer},
        ask.IN_TARGET_GROUP.id: {ask.YES: target_answer},
    }
    for name in filter(None, (slug, test)):
        if not re.fullmatch(r"[^\W_][\w'’.-]{0,63}", name):
            hint = msg("Use letters, digits and hyphens: march-2025.")
            raise Refused(
                msg("'{name}' cannot be the name of a file in evidence/.", name=name), hint, Exit.USAGE, "usage"
            )
    wish = _Wish(
        {question: written for question, written in columns.items() if written},
        {
            question: {meaning: said for meaning, said in meanings.items() if said}
            for question, meanings in answers.items()
            if any(meanings.values())
        },
        slug,
        test,
        kind,
        invited,
        _day(period_from),
        _day(period_to),
    )
    folder = find_project(project)
    if show_open:
        return _show_open(folder, file, wish, json)
    if dry_run:
        return _import(folder, file, wish, json, commit=False, dry_run=True)
    with locked(folder):
        return _import(folder, file, wish, json, commit=commit, dry_run=False)


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        hint = msg("write year, month and day: 2025-02-25")
        raise Refused(msg("'{written}' is not a date", written=written), hint, Exit.USAGE, "usage") from None


# -- gather, decide, apply --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """An export, read: its responses, what answers what, and the counts."""

    responses: Responses
    columns: Columns
    meanings: Meanings
    given: Mapping[str, Mapping[str, Sequence[str]]]
    tally: Tally
    counts: Counts
    slug: str | None
    """The evidence file that knows this form already."""


def _import(folder: Path, file: Path, wish: _Wish, json: bool, *, commit: bool, dry_run: bool) -> int:
    from cop_launch.cli.write import _commit, _names, _show_diff
    from cop_launch.store.evidence import imported, raw_name
    from cop_launch.store.files import apply

    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    project = loaded.dossier.project
    found = _read(loaded, file, wish, language, json)
    slug = _slug(wish, found, project)
    before = loaded.dossier.evidence.get(slug)
    counted_as = before.kind.value if before and before.kind else None
    kind = wish.kind or next((one for one in Kind if one.value == counted_as), Kind.QUESTIONNAIRE)
    values = _values(found, wish, kind, before, raw_name(folder, file), language)
    answers = _links(wish, found, project, slug, kind, before)
    writes = imported(loaded, slug, values, answers)
    if dry_run and json:
        return _show_diff(folder, writes, json, "survey-import")
    linked = bool(answers) or _is_linked(project, slug)
    if not json:
        _show_found(found, _what_it_says(loaded, found, slug, kind, writes, linked), language)
    if dry_run:
        show([[]])
        return _show_diff(folder, writes, json, "survey-import")
    written = apply(folder, writes)
    message = msg("Count the answers in {slug}", slug=slug)
    sha = _commit(folder, [write.path for write in writes], message, language) if commit else None
    if json:
        _say_json(found, slug, values, _names(folder, written), sha)
        return int(Exit.FINE)
    return _say_written(folder, slug, written, sha, linked, language)


def _read(loaded: Loaded, file: Path, wish: _Wish, language: Language, json: bool) -> _Read:
    from cop_launch.console.progress import progress
    from cop_launch.imports import survey
    from cop_launch.imports.layout import same
    from cop_launch.imports.opening import open_table
    from cop_launch.store.evidence import refuse_tracked

    assert loaded.dossier is not None
    project = loaded.dossier.project
    if file.exists():
        refuse_tracked(loaded.folder, file)
    responses = survey.recognise(open_table(file))
    slug, stored = _known_form(loaded.dossier.evidence, responses, wish)
    old_columns, old_answers = survey.read_mapping(stored)
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
    asking = not json and _can_ask()
    columns = survey.find_columns(responses, columns_given, themes)
    while not isinstance(columns, survey.Columns):
        columns_given[columns.question] = _ask_column(columns, responses, language, asking)
        columns = survey.find_columns(responses, columns_given, themes)
    initiators = frozenset(
        same(person.name)
        for name in ((project.initiative.initiators if project.initiative else None) or [])
        if (person := (project.people or {}).get(name)) is not None and person.name
    )
    with progress(language.say(msg("Counting")), responses.table.size) as advance:
        counted = survey.tally(responses, columns, themes, initiators, advance)
    meanings, unsure = survey.find_meanings(counted, columns, given)
    while unsure is not None:
        given[unsure.question] = _ask_answers(unsure, given.get(unsure.question, {}), language, asking)
        meanings, unsure = survey.find_meanings(counted, columns, given)
    counts = survey.count(responses, columns, counted, meanings)
    return _Read(responses, columns, meanings, given, counted, counts, slug)


def _known_form(
    evidence: Mapping[str, EvidenceFile], responses: Responses, wish: _Wish
) -> tuple[str | None, Mapping[str, str]]:
    """The evidence file that this export, or an earlier one of the same form, was counted in; and its mapping."""
    from cop_launch.imports.survey import fits

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


def _slug(wish: _Wish, found: _Read, project: Project) -> str:
    """What the evidence file is called: as wished, as before, as the test, or else by its kind and month."""
    if wish.slug:
        return wish.slug
    tests = (project.concept_test.tests if project.concept_test else None) or []
    if wish.test:
        return next((test.evidence for test in tests if test.id == wish.test and test.evidence), wish.test)
    if found.slug:
        return found.slug
    kind = wish.kind or Kind.QUESTIONNAIRE
    if kind is Kind.QUESTIONNAIRE:
        waiting = [test.id for test in tests if test.id and not _has_figures(test)]
        if waiting:
            return waiting[-1]
    last = wish.last or found.counts.last
    return f"{kind.value}-{last:%Y-%m}" if last else kind.value


def _has_figures(test: Any) -> bool:
    return bool(test.evidence) or test.answered is not None or test.wants_a_role is not None


def _values(
    found: _Read, wish: _Wish, kind: Kind, before: EvidenceFile | None, raw: str | None, language: Language
) -> dict[str, Any]:
    """The evidence file, key by key. What the export cannot tell stays as it was."""
    from cop_launch.imports.questions import IN_TARGET_GROUP
    from cop_launch.imports.survey import OUTSIDE, written_mapping

    counts, responses = found.counts, found.responses
    tool = language.say(msg("table")) if responses.source.id == "plain" else responses.source.name
    values: dict[str, Any] = {
        "format": 1,
        "kind": kind.value,
        "source": f"{tool}, {raw}" if raw else tool,
        "raw_digest": responses.table.digest,
    }
    same_file = before is not None and before.raw_digest == responses.table.digest
    kept = before.period if before else None
    first = wish.first or (kept.from_ if kept and same_file else None) or counts.first or (kept.from_ if kept else None)
    last = wish.last or (kept.to if kept and same_file else None) or counts.last or (kept.to if kept else None)
    if first or last:
        values["period"] = {key: day for key, day in (("from", first), ("to", last)) if day}
    invited = wish.invited if wish.invited is not None else before.invited if before else None
    if invited is not None:
        values["invited"] = invited
    values["answered"] = counts.answered
    values["counts"] = {_key(question, kind): dict(answers) for question, answers in counts.by_question.items()}
    excluded = dict(counts.excluded)
    if IN_TARGET_GROUP.id in found.columns.by_question:
        excluded.setdefault(OUTSIDE, 0)  # looked, and nobody is
    if excluded:
        values["excluded"] = excluded
    values["mapping"] = {
        _key(key, kind): text for key, text in written_mapping(responses, found.columns, found.given).items()
    }
    return values


def _key(question: str, kind: Kind) -> str:
    """Interviews and questionnaires ask the same in other words, and keep their own counts."""
    if kind is Kind.INTERVIEWS and question.partition(".")[0] == "wants_a_role":
        return question.replace("wants_a_role", "want_to_contribute")
    return question


def _links(
    wish: _Wish, found: _Read, project: Project, slug: str, kind: Kind, before: EvidenceFile | None
) -> tuple[Answer, ...]:
    """What the plan has to say so that these counts are used; nothing where it does already, or says figures itself."""
    from cop_launch.filling.answers import Answer

    if kind is Kind.INTERVIEWS:
        interviews = project.initiative.interviews if project.initiative else None
        if interviews and (interviews.evidence or interviews.held is not None or interviews.want_to_contribute):
            return ()
        return (Answer(("initiative", "interviews", "evidence"), slug),)
    tests = (project.concept_test.tests if project.concept_test else None) or []
    if wish.test and wish.test not in {test.id for test in tests}:
        return (Answer(("concept_test", "tests"), {"id": wish.test, "kind": kind.value, "evidence": slug}, adds=True),)
    left = found.counts.by_question.get("left_name_and_contribution", {}).get("yes")
    for number, test in enumerate(tests):
        if test.evidence == slug:
            # What stands in the plan and was counted here before follows the newer export; what somebody wrote stays.
            counted = ((before.counts if before else None) or {}).get("left_name_and_contribution", {}).get("yes")
            ours = counted is not None and test.left_name_and_contribution == counted
            path = ("concept_test", "tests", number, "left_name_and_contribution")
            return (Answer(path, left),) if ours and left is not None and left != counted else ()
    places = [
        number for number, test in enumerate(tests) if (test.id == wish.test if wish.test else not _has_figures(test))
    ]
    if not places:
        return ()
    place = places[-1]
    answers = [Answer(("concept_test", "tests", place, "evidence"), slug)]
    if left is not None and tests[place].left_name_and_contribution is None:
        answers.append(Answer(("concept_test", "tests", place, "left_name_and_contribution"), left))
    return tuple(answers)


def _is_linked(project: Project, slug: str) -> bool:
    tests = (project.concept_test.tests if project.concept_test else None) or []
    interviews = project.initiative.interviews if project.initiative else None
    return any(test.evidence == slug for test in tests) or bool(interviews and interviews.evidence == slug)


# -- asking -----------------------------------------------------------------------------------------------------------

_COLUMN_OPTION = {"wants_a_role": "--role-column", "recognises": "--recognise-column"}


def _can_ask() -> bool:
    from cop_launch.console.screen import can_ask

    return can_ask()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else text[:69] + "…"


def _ask_column(unsure: Unsure, responses: Responses, language: Language, asking: bool) -> str:
    """Which column it is, by number; without somebody to ask, the option to say it with."""
    if not asking:
        listed = " | ".join(_short(asked.label) for asked in unsure.choices[:12])
        raise Refused(
            msg("It is not clear in which column people say whether they want a role."),
            msg("Name it with --role-column, one of: {listed}", listed=listed),
            Exit.USAGE,
            "unsure",
        )
    show([[(language.say(msg("In which column do people say whether they want a role?")), "title")]])
    chosen = _choose([_short(asked.label) for asked in unsure.choices], language)
    asked = unsure.choices[chosen]
    labels = [one.label for one in responses.asked]
    from cop_launch.imports.tables import letter

    return asked.label if labels.count(asked.label) == 1 else letter(asked.columns[0].index)


def _ask_answers(
    unsure: Unsure, given: Mapping[str, Sequence[str]], language: Language, asking: bool
) -> dict[str, list[str]]:
    """What the answers mean that nobody knows; those of a few people are kept without their words."""
    from cop_launch.console.imported import MEANING_WORDS
    from cop_launch.imports.survey import MEANINGS, SMALL, kept_short

    heading = unsure.choices[0].label
    if not asking:
        raise Refused(*_which_answers(unsure, heading), Exit.USAGE, "unsure")
    found = {meaning: list(answers) for meaning, answers in given.items()}
    show([[(_short(heading), "title")]])
    for answer, number in unsure.answers:
        show([[(f"“{_short(answer)}” ({number})", "")]])
        meanings = MEANINGS[unsure.question]
        chosen = _choose([language.say(MEANING_WORDS[meaning]) for meaning in meanings], language)
        found.setdefault(meanings[chosen], []).append(answer if number >= SMALL else kept_short(answer))
    return found


def _which_answers(unsure: Unsure, heading: str) -> tuple[Message, Message]:
    listed = " | ".join(_short(answer) for answer, _ in unsure.answers[:8])
    problem = msg(
        "It is not clear what these answers to “{heading}” mean: {listed}", heading=_short(heading), listed=listed
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


# -- showing ----------------------------------------------------------------------------------------------------------


def _what_it_says(
    loaded: Loaded, found: _Read, slug: str, kind: Kind, writes: Sequence[Any], linked: bool
) -> tuple[Message, ...]:
    """What the counts say about the threshold, as the gate will weigh them."""
    from fractions import Fraction

    from cop_launch.answers import Answers, weigh_answers
    from cop_launch.gates import Dossier
    from cop_launch.model.decision import Gate
    from cop_launch.model.reading import read_evidence, read_project
    from cop_launch.statistics import minimum_answers
    from cop_launch.store.project import PLAN
    from cop_launch.store.source import read_source
    from cop_launch.workflow import GATES, assess

    assert loaded.dossier is not None
    gate, id_ = (
        (Gate.INITIATIVE, "willing-in-interviews") if kind is Kind.INTERVIEWS else (Gate.CONCEPT_TEST, "willing-share")
    )
    plan = writes[1].after if len(writes) > 1 else loaded.raw
    source, _ = read_source(plan, PLAN)
    file, _ = read_source(writes[0].after, slug)
    assert source is not None
    assert file is not None
    counted = read_evidence(file.tree)[0]
    evidence = {**loaded.dossier.evidence, **({slug: counted} if counted else {})}
    project = read_project(source.tree, evidence)[0]
    if linked and project is not None:
        item = next(item for item in assess(Dossier(project, evidence), GATES[gate]).items if item.criterion.id == id_)
        outcome = item.outcome
    else:
        said = found.counts.by_question.get("wants_a_role", {})
        answers = Answers(said.get("active", 0), found.counts.accepted, sum(said.values()))
        outcome = weigh_answers(answers, Fraction(1, 5), minimum_answers(None), None)
    return (outcome.saw, outcome.todo) if outcome.todo else (outcome.saw,)


def _show_found(found: _Read, says: Sequence[Message], language: Language) -> None:
    from cop_launch.console.imported import Shown, import_lines
    from cop_launch.console.screen import Screen

    folded = _folded(found)
    responses = found.responses
    tool = language.say(msg("Table")) if responses.source.id == "plain" else responses.source.name
    shown = Shown(tool, responses.table.sheet, found.counts, _shown_mapping(found), folded, says)
    show(import_lines(shown, language, Screen().width))


def _answers_given(found: _Read, question: str) -> dict[str, int]:
    """Every answer to a question as it was written, with how many gave it."""
    from cop_launch.imports.survey import CLOSED

    answers: dict[str, int] = {}
    for key, number in found.tally.keys.items():
        written = str(key[CLOSED.index(question)])
        if written:
            answers[written] = answers.get(written, 0) + number
    return answers


def _is_folded(found: _Read, question: str, answer: str) -> bool:
    """Whether an answer means what it does only because nobody said otherwise."""
    from cop_launch.imports.layout import same
    from cop_launch.imports.survey import explained, kept_short

    given = {same(one) for said in found.given.get(question, {}).values() for one in said}
    return not (same(answer) in given or same(kept_short(answer)) in given or explained(question, answer))


def _folded(found: _Read) -> int:
    answers = _answers_given(found, "wants_a_role")
    return sum(number for answer, number in answers.items() if _is_folded(found, "wants_a_role", answer))


def _shown_mapping(found: _Read) -> dict[str, tuple[str, Mapping[str, Sequence[str]]]]:
    """For each question the heading of its column, and which answers were taken for what."""
    from cop_launch.imports.layout import same
    from cop_launch.imports.questions import QUESTIONS
    from cop_launch.imports.survey import CLOSED, MEANINGS

    shown: dict[str, tuple[str, Mapping[str, Sequence[str]]]] = {}
    for question in (one.id for one in QUESTIONS):
        asked = found.columns.by_question.get(question)
        if asked is None:
            continue
        by_meaning: dict[str, list[str]] = {meaning: [] for meaning in MEANINGS.get(question, ())}
        if question in CLOSED:
            for answer in sorted(_answers_given(found, question)):
                if not _is_folded(found, question, answer):
                    by_meaning[found.meanings[question][same(answer)]].append(_short(answer))
        shown[question] = (_short(asked.label), by_meaning)
    return shown


def _say_json(found: _Read, slug: str, values: Mapping[str, Any], written: Sequence[str], sha: str | None) -> None:
    from cop_launch.console.as_json import _share
    from cop_launch.statistics import Share

    said = found.counts.by_question.get("wants_a_role", {})
    period = {key: str(day) for key, day in values.get("period", {}).items()}
    evidence = {**values, **({"period": period} if period else {})}
    say_as_json(
        "survey-import",
        source=found.responses.source.id,
        slug=slug,
        evidence=evidence,
        accepted=found.counts.accepted,
        answered_question=sum(said.values()),
        share=_share(Share(said.get("active", 0), found.counts.accepted)),
        written=written,
        commit=sha,
    )


def _say_written(
    folder: Path, slug: str, written: Sequence[Path], sha: str | None, linked: bool, language: Language
) -> int:
    from cop_launch.cli.write import _names, _say_commit
    from cop_launch.console import views
    from cop_launch.console.screen import Screen, wrapped

    said = (
        msg("Counted in evidence/{slug}.yaml.", slug=slug)
        if written
        else msg("evidence/{slug}.yaml says this already.", slug=slug)
    )
    show([[], [("✓ ", "good"), (language.say(said), "")]])
    show([[(f"    {name}", "quiet")] for name in _names(folder, written)])
    if not linked:
        hint = msg(
            "No test of the concept in the plan uses these counts yet: add one, or run this again with --test {slug}.",
            slug=slug,
        )
        show(wrapped(language.say(hint), Screen().width, style="warn"))
    _say_commit(sha, language)
    show(views.next_line(["coplaunch status"], language))
    return int(Exit.FINE)


def _show_open(folder: Path, file: Path, wish: _Wish, json: bool) -> int:
    """What people wrote, question by question, on the screen only."""
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.imports import survey
    from cop_launch.imports.opening import open_table
    from cop_launch.store.evidence import refuse_tracked

    if json or not sys.stdout.isatty():
        hint = msg("Run it in a terminal, without --json and without a pipe.")
        raise Refused(msg("What people wrote is shown in a terminal only."), hint, Exit.USAGE, "no-terminal")
    if file.exists():
        refuse_tracked(folder, file)
    responses = survey.recognise(open_table(file))
    columns = survey.find_columns(responses, wish.columns, {})
    if not isinstance(columns, survey.Columns):
        columns = survey.Columns({})
    width = Screen().width
    for asked, answers in survey.open_answers(responses, columns):
        show([[(_short(asked.label), "title")]])
        for answer in sorted(answers, key=str.casefold):
            show(wrapped(answer, width, "    ", "", "  · "))
        show([[]])
    return int(Exit.FINE)
