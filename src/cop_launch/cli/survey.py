"""The questionnaire's answers: `survey import` reads what a form tool exports, and keeps the counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.answer import HERE, load_project, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.days import day_of
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.cli.survey_reading import Kind, Read, Wish, read_export, shortened
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, Message, in_language, msg
from cop_launch.store.places import PLAN, find_project

if TYPE_CHECKING:
    from cop_launch.filling.answers import Answer
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
    segment: Annotated[
        str,
        typer.Option("--segment", help=in_words(msg("The heading of the team, place or role that people chose."))),
    ] = "",
    initiator: Annotated[
        list[str] | None,
        typer.Option(
            "--initiator",
            help=in_words(msg("Name or address of an initiator, whose answers do not count; may be repeated.")),
        ),
    ] = None,
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

    columns = {
        ask.WANTS_A_ROLE.id: role_column,
        ask.RECOGNISES.id: recognise_column,
        ask.IN_TARGET_GROUP.id: target_column,
        ask.NAME.id: name_column,
        ask.CONTRIBUTION.id: contribution_column,
        ask.SEGMENT.id: segment,
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
    wish = Wish(
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
        day_of(period_from) if period_from else None,
        day_of(period_to) if period_to else None,
        initiator or (),
    )
    folder = find_project(project)
    if show_open:
        return _show_open(folder, file, wish, json)
    if dry_run:
        return _import(folder, file, wish, json, commit=False, dry_run=True)
    with locked(folder):
        return _import(folder, file, wish, json, commit=commit, dry_run=False)


# -- gather, decide, apply --------------------------------------------------------------------------------------------


def _import(folder: Path, file: Path, wish: Wish, json: bool, *, commit: bool, dry_run: bool) -> int:
    from cop_launch.cli.written import commit_files, names_in, show_diff
    from cop_launch.store.evidence import imported, raw_name
    from cop_launch.store.files import apply

    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    project = loaded.dossier.project
    found = read_export(loaded, file, wish, language, json)
    slug = _slug(wish, found, project)
    before = loaded.dossier.evidence.get(slug)
    counted_as = before.kind.value if before and before.kind else None
    kind = wish.kind or next((one for one in Kind if one.value == counted_as), Kind.QUESTIONNAIRE)
    values = _values(found, wish, kind, before, raw_name(folder, file), language)
    answers = _links(wish, found, project, slug, kind, before)
    writes = imported(loaded, slug, values, answers)
    if dry_run and json:
        return show_diff(folder, writes, json, "survey-import")
    linked = bool(answers) or _is_linked(project, slug)
    if not json:
        _show_found(found, _what_it_says(loaded, found, slug, kind, writes, linked), language)
    if dry_run:
        show([[]])
        return show_diff(folder, writes, json, "survey-import")
    written = apply(folder, writes)
    message = msg("Count the answers in {slug}", slug=slug)
    sha = commit_files(folder, [write.path for write in writes], message, language) if commit else None
    if json:
        _say_json(found, slug, values, names_in(folder, written), sha)
        return int(Exit.FINE)
    return _say_written(folder, slug, written, sha, linked, language)


def _slug(wish: Wish, found: Read, project: Project) -> str:
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
    found: Read, wish: Wish, kind: Kind, before: EvidenceFile | None, raw: str | None, language: Language
) -> dict[str, Any]:
    """The evidence file, key by key. What the export cannot tell stays as it was."""
    from cop_launch.imports.counts import INITIATORS, OUTSIDE
    from cop_launch.imports.mapping import INITIATORS_NAMED, written_mapping
    from cop_launch.imports.questions import IN_TARGET_GROUP
    from cop_launch.model.evidence import NO_ANSWER

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
    responded = counts.answered - sum(counts.excluded.get(reason, 0) for reason in NO_ANSWER)
    if invited is not None and responded > invited:
        raise Refused(
            msg("{answered} people answered, and {invited} were invited.", answered=responded, invited=invited),
            msg("Give with --invited how many were asked in all."),
            Exit.USAGE if wish.invited is not None else Exit.NO,
            "impossible-figure",
        )
    values["answered"] = counts.answered
    values["counts"] = {_key(question, kind): dict(answers) for question, answers in counts.by_question.items()}
    if counts.segments:
        values["segments"] = [
            {"name": one.name, "answered": one.answered} | ({} if one.active is None else {"active": one.active})
            for one in counts.segments
        ]
    excluded = dict(counts.excluded)
    if IN_TARGET_GROUP.id in found.columns.by_question:
        excluded.setdefault(OUTSIDE, 0)  # looked, and nobody is
    if wish.initiators:
        excluded.setdefault(INITIATORS, 0)
    if excluded:
        values["excluded"] = excluded
    values["mapping"] = {
        _key(key, kind): text for key, text in written_mapping(responses, found.columns, found.given).items()
    }
    if wish.initiators:
        values["mapping"][INITIATORS_NAMED] = "--initiator"
    return values


def _key(question: str, kind: Kind) -> str:
    """Interviews and questionnaires ask the same in other words, and keep their own counts."""
    if kind is Kind.INTERVIEWS and question.partition(".")[0] == "wants_a_role":
        return question.replace("wants_a_role", "want_to_contribute")
    return question


def _links(
    wish: Wish, found: Read, project: Project, slug: str, kind: Kind, before: EvidenceFile | None
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


# -- showing ----------------------------------------------------------------------------------------------------------


def _what_it_says(
    loaded: Loaded, found: Read, slug: str, kind: Kind, writes: Sequence[Any], linked: bool
) -> tuple[Message, ...]:
    """What the counts say about the threshold, as the gate will weigh them."""
    from fractions import Fraction

    from cop_launch.answers import Answers, weigh_answers
    from cop_launch.gates import Dossier
    from cop_launch.model.decision import Gate, Result
    from cop_launch.model.reading import read_evidence, read_project
    from cop_launch.statistics import minimum_answers
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
        outcomes = {one.criterion.id: one.outcome for one in assess(Dossier(project, evidence), GATES[gate]).items}
        outcome, firm = outcomes[id_], outcomes.get("evidence-solid")
        if kind is Kind.QUESTIONNAIRE and outcome.result is Result.MET and firm and firm.result is Result.UNMET:
            return (outcome.saw, firm.saw)
    else:
        said = found.counts.by_question.get("wants_a_role", {})
        answers = Answers(said.get("active", 0), found.counts.accepted, sum(said.values()))
        outcome = weigh_answers(answers, Fraction(1, 5), minimum_answers(None), None)
    return (outcome.saw, outcome.todo) if outcome.todo else (outcome.saw,)


def _show_found(found: Read, says: Sequence[Message], language: Language) -> None:
    from cop_launch.console.imported import Shown, import_lines
    from cop_launch.console.screen import Screen

    folded = _folded(found)
    responses = found.responses
    tool = language.say(msg("Table")) if responses.source.id == "plain" else responses.source.name
    used = {asked.label for asked in found.columns.by_question.values()}
    unused = [shortened(asked.label) for asked in responses.asked if asked.label not in used]
    shown = Shown(tool, responses.table.sheet, found.counts, _shown_mapping(found), unused, folded, says)
    show(import_lines(shown, language, Screen().width))


def _answers_given(found: Read, question: str) -> dict[str, int]:
    """Every answer to a question as it was written, with how many gave it."""
    from cop_launch.imports.columns import CLOSED

    answers: dict[str, int] = {}
    for key, number in found.tally.keys.items():
        written = str(key[CLOSED.index(question)])
        if written:
            answers[written] = answers.get(written, 0) + number
    return answers


def _is_folded(found: Read, question: str, answer: str) -> bool:
    """Whether an answer means what it does only because nobody said otherwise."""
    from cop_launch.imports.layout import same
    from cop_launch.imports.meanings import explained, kept_short

    given = {same(one) for said in found.given.get(question, {}).values() for one in said}
    return not (same(answer) in given or same(kept_short(answer)) in given or explained(question, answer))


def _folded(found: Read) -> int:
    answers = _answers_given(found, "wants_a_role")
    return sum(number for answer, number in answers.items() if _is_folded(found, "wants_a_role", answer))


def _shown_mapping(found: Read) -> dict[str, tuple[str, Mapping[str, Sequence[str]]]]:
    """For each question the heading of its column, and which answers were taken for what."""
    from cop_launch.imports.columns import CLOSED
    from cop_launch.imports.layout import same
    from cop_launch.imports.meanings import MEANINGS
    from cop_launch.imports.questions import QUESTIONS

    shown: dict[str, tuple[str, Mapping[str, Sequence[str]]]] = {}
    for question in (one.id for one in QUESTIONS):
        asked = found.columns.by_question.get(question)
        if asked is None:
            continue
        by_meaning: dict[str, list[str]] = {meaning: [] for meaning in MEANINGS.get(question, ())}
        if question in CLOSED:
            for answer in sorted(_answers_given(found, question)):
                if not _is_folded(found, question, answer):
                    by_meaning[found.meanings[question][same(answer)]].append(shortened(answer))
        shown[question] = (shortened(asked.label), by_meaning)
    return shown


def _say_json(found: Read, slug: str, values: Mapping[str, Any], written: Sequence[str], sha: str | None) -> None:
    from cop_launch.console.as_json import share_of
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
        share=share_of(Share(said.get("active", 0), found.counts.accepted)),
        written=written,
        commit=sha,
    )


def _say_written(
    folder: Path, slug: str, written: Sequence[Path], sha: str | None, linked: bool, language: Language
) -> int:
    from cop_launch.cli.written import names_in, say_commit
    from cop_launch.console.screen import Screen, wrapped

    said = (
        msg("Counted in evidence/{slug}.yaml.", slug=slug)
        if written
        else msg("evidence/{slug}.yaml says this already.", slug=slug)
    )
    show([[], [("✓ ", "good"), (language.say(said), "")]])
    show([[(f"    {name}", "quiet")] for name in names_in(folder, written)])
    if not linked:
        hint = msg(
            "No test of the concept in the plan uses these counts yet: add one, or run this again with --test {slug}.",
            slug=slug,
        )
        show(wrapped(language.say(hint), Screen().width, style="warn"))
    say_commit(sha, language)
    show_next(["coplaunch status"], language)
    return int(Exit.FINE)


def _show_open(folder: Path, file: Path, wish: Wish, json: bool) -> int:
    """What people wrote, question by question, on the screen only."""
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.imports.columns import Columns, find_columns
    from cop_launch.imports.opening import open_table
    from cop_launch.imports.questions import CONTACT, NAME
    from cop_launch.imports.responses import open_answers, recognise
    from cop_launch.store.evidence import refuse_tracked

    if json or not sys.stdout.isatty():
        hint = msg("Run it in a terminal, without --json and without a pipe.")
        raise Refused(msg("What people wrote is shown in a terminal only."), hint, Exit.USAGE, "no-terminal")
    if file.exists():
        refuse_tracked(folder, file)
    responses = recognise(open_table(file))
    columns = find_columns(responses, wish.columns, {})
    known = columns.by_question if isinstance(columns, Columns) else {}
    personal = [known[question] for question in (NAME.id, CONTACT.id) if question in known]
    width = Screen().width
    for asked, answers in open_answers(responses, personal):
        show([[(shortened(asked.label), "title")]])
        for answer in sorted(answers, key=str.casefold):
            show(wrapped(answer, width, "    ", "", "  · "))
        show([[]])
    return int(Exit.FINE)
