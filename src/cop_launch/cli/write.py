"""The commands that begin and decide: init, advance. Each gathers, decides, and only then applies."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cop_launch.cli.answer import (
    HERE,
    known_language,
    load_project,
    refuse_broken,
    say_as_json,
    show,
    show_next,
)
from cop_launch.cli.days import day_or_today
from cop_launch.cli.looking import next_command
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.cli.written import commit_files, names_in, say_commit, show_diff
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, in_language, language_of_environment, msg
from cop_launch.records import replace
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.model.decision import DecisionKind
    from cop_launch.store.files import Write
    from cop_launch.store.project import Loaded
    from cop_launch.workflow import Assessment, Choice, Decided

INIT = msg(
    "Start a project.\n\n"
    "Writes the plan with its first questions, its schema for editors, a README and a .gitignore: coplaunch init "
    "my-community --language nl. With --example it is a copy of a whole project, to look around in. What stands there "
    "already stays as it is."
)
ADVANCE = msg(
    "Decide at the gate, and move on.\n\n"
    "Without an option this is a go, and the evidence has to carry it. Who decides and why are part of it: coplaunch "
    'advance --by anna --because "the need is there". The decision is added to the file, its report to decisions/.'
)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=in_words(msg("Where; it is made if need be.")))
    ] = HERE,
    name: Annotated[str, typer.Option("--name", help=in_words(msg("What the community is called.")))] = "",
    language: Annotated[str, typer.Option("--language", help=in_words(msg("nl or en: what people read.")))] = "",
    example: Annotated[
        str,
        typer.Option(
            "--example",
            metavar="NAME",
            help=in_words(msg("Start from an example: buurtdata, de-tweede-zin or platform-engineers.")),
        ),
    ] = "",
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See INIT."""
    from cop_launch.store.files import apply, locked

    target = folder.absolute()
    if dry_run or not target.is_dir():
        writes, code = _start(target, name, language, example)
        if dry_run:
            return show_diff(target, writes, json, "init")
        target.mkdir(parents=True)
    with locked(target):
        # Under the lock, which sweeps up after a killed run, also where there turns out to be a project already.
        writes, code = _start(target, name, language, example)
        said = in_language(code)
        written = apply(target, writes)
        sha = commit_files(target, written, msg("Start {name}", name=name or target.name), said) if commit else None
    if json:
        say_as_json("init", folder=str(target), written=names_in(target, written), commit=sha)
        return int(Exit.FINE)
    where = str(folder) if folder != HERE else target.name
    show([[("✓ ", "good"), (said.say(msg("A project was started in {folder}.", folder=where)), "")]])
    show([[(f"    {path}", "quiet")] for path in names_in(target, written)])
    say_commit(sha, said)
    from shlex import quote

    into = [f"cd {quote(str(folder))}"] if folder != HERE else []
    show_next([*into, "coplaunch status"], said)
    return int(Exit.FINE)


def _start(target: Path, name: str, language: str, example: str) -> tuple[tuple[Write, ...], str]:
    return _example(example, target, name, language) if example else _new(target, name, language)


def _new(target: Path, name: str, language: str) -> tuple[tuple[Write, ...], str]:
    """The files of a new project and its language."""
    from cop_launch.store.changes import new_project

    code = known_language(language or language_of_environment())
    return new_project(target, name or target.name or "my-community", in_language(code)), code


def _example(example: str, target: Path, name: str, language: str) -> tuple[tuple[Write, ...], str]:
    """The files of a copy of an example and its language."""
    from cop_launch.store.examples import copied, example_folder
    from cop_launch.store.project import language_of

    if name or language:
        names = ", ".join(["--example", *(["--name"] if name else []), *(["--language"] if language else [])])
        hint = msg("an example is copied as it is; change the copy afterwards")
        raise Refused(msg("these do not go together: {names}", names=names), hint, Exit.USAGE, "usage")
    source = example_folder(example)
    return copied(source, target), language_of(source)


def advance(
    no_go: Annotated[bool, typer.Option("--no-go", help=in_words(msg("Stop here.")))] = False,
    back_to: Annotated[
        str, typer.Option("--back-to", metavar="PHASE", help=in_words(msg("Go back to this phase and adjust.")))
    ] = "",
    support_existing: Annotated[
        bool, typer.Option("--support-existing", help=in_words(msg("In phase 1: start nothing, support what exists.")))
    ] = False,
    continue_: Annotated[bool, typer.Option("--continue", help=in_words(msg("In a review: go on.")))] = False,
    adjust: Annotated[bool, typer.Option("--adjust", help=in_words(msg("In a review: go on, and change.")))] = False,
    hand_over: Annotated[bool, typer.Option("--hand-over", help=in_words(msg("In a review: hand over.")))] = False,
    stop: Annotated[bool, typer.Option("--stop", help=in_words(msg("In a review: close the community.")))] = False,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="PERSON", help=in_words(msg("Who decides, by short name; may be repeated."))),
    ] = None,
    because: Annotated[str, typer.Option("--because", help=in_words(msg("Why, in one sentence.")))] = "",
    day: Annotated[str, typer.Option("--date", metavar="DATE", help=in_words(msg("When; without it, today.")))] = "",
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See ADVANCE."""
    flags = {
        "no_go": no_go,
        "back": bool(back_to),
        "support_existing": support_existing,
        "continue": continue_,
        "adjust": adjust,
        "hand_over": hand_over,
        "stop": stop,
    }
    kind = _kind([name for name, given in flags.items() if given])
    from cop_launch.store.files import locked

    folder = find_project(project)
    if dry_run:
        return _advance(folder, kind, by, because, day, back_to, json, commit=False, dry_run=True)
    with locked(folder):
        return _advance(folder, kind, by, because, day, back_to, json, commit=commit, dry_run=False)


def _kind(given: Sequence[str]) -> DecisionKind:
    from cop_launch.model.decision import DecisionKind

    if len(given) > 1:
        names = ", ".join(f"--{name.replace('_', '-')}".replace("--back", "--back-to") for name in given)
        hint = msg("choose one; nothing for a go")
        raise Refused(msg("these do not go together: {names}", names=names), hint, Exit.USAGE, "usage")
    return DecisionKind(given[0]) if given else DecisionKind.GO


def _advance(
    folder: Path,
    kind: DecisionKind,
    by: list[str] | None,
    because: str,
    day: str,
    back_to: str,
    json: bool,
    *,
    commit: bool,
    dry_run: bool,
) -> int:
    from cop_launch import __version__
    from cop_launch.cli.own_templates import own_for_rendering, refuse_templates
    from cop_launch.documents import report_with
    from cop_launch.model.decision import DecisionKind, VerdictKind
    from cop_launch.store.changes import record
    from cop_launch.store.files import apply
    from cop_launch.workflow import Choice, assess, decide, dossier_for, gate_of

    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    gate = gate_of(loaded.dossier.project)
    dossier = dossier_for(loaded.dossier, gate)
    assessment = assess(dossier, gate)
    choice = Choice(kind, day_or_today(day), tuple(by or ()), because, _phase(back_to))
    if kind is DecisionKind.GO and gate.gate.value != "review" and assessment.verdict is not VerdictKind.GO:
        return _not_carried(loaded, assessment, language, json)
    if kind is DecisionKind.GO or assessment.gate is gate:
        choice = _asked(choice, loaded, language, json)
    decided = decide(loaded.dossier, choice, __version__)
    own = own_for_rendering(folder, language)
    report, wrong = report_with(own, loaded.dossier, gate.gate, language, choice)
    if wrong:
        refuse_templates(folder, wrong, own, language)
    writes = record(loaded, decided, report)
    if dry_run:
        return show_diff(folder, writes, json, "advance")
    written = apply(folder, writes)
    sha = commit_files(folder, written, _commit_message(loaded, decided, language), language) if commit else None
    return _recorded(folder, decided, written, sha, language, json)


def _phase(written: str) -> Any:
    from cop_launch.findings import did_you_mean
    from cop_launch.model.decision import Phase

    if not written:
        return None
    names = [phase.value for phase in Phase][:-1]
    if written.replace("-", "_") not in names:
        hint = did_you_mean(written, names) or msg("choose from {names}", names=", ".join(names))
        raise Refused(msg("there is no phase '{phase}'", phase=written), hint, Exit.USAGE, "usage")
    return Phase(written.replace("-", "_"))


def _asked(choice: Choice, loaded: Loaded, language: Language, json: bool) -> Choice:
    """In a terminal, who and why are asked where the options did not say."""
    from cop_launch.console.screen import can_ask

    if (choice.by and choice.because.strip()) or json or not can_ask() or loaded.dossier is None:
        return choice
    by, because = choice.by, choice.because
    people = list(loaded.dossier.project.people or {})
    if not by and people:
        for number, slug in enumerate(people, 1):
            sys.stdout.write(f"  {number}. {loaded.dossier.name(slug)}\n")
        answer = typer.prompt(language.say(msg("Who decides? Numbers, with commas")))
        chosen = [part.strip() for part in str(answer).split(",")]
        by = tuple(people[int(n) - 1] if n.isdigit() and 0 < int(n) <= len(people) else n for n in chosen if n)
    if not because.strip():
        because = str(typer.prompt(language.say(msg("Why? One sentence"))))
    return replace(choice, by=by, because=because)


def _not_carried(loaded: Loaded, assessment: Assessment, language: Language, json: bool) -> int:
    """A go against the verdict: what is missing, what to do next, and nothing on disk has changed."""
    from cop_launch.console import as_json, views
    from cop_launch.console.screen import Screen

    title = views.title_of(assessment.gate, language).lower()
    message = (
        msg("No go on {phase}: the evidence says no.", phase=title)
        if assessment.verdict.value == "no_go"
        else msg("Not yet a go on {phase}: something is still missing.", phase=title)
    )
    if json:
        refused = Refused(message, code="against-verdict")
        say_as_json("error", **as_json.refused(refused, language), assessment=as_json.assessment(assessment, language))
        return int(Exit.NO)
    width = Screen().width
    show([[(language.say(message), "bad")], []])
    show(views.assessment_lines(assessment, language, width))
    show(views.next_step_lines(assessment, language, width))
    show(views.kill_lines(assessment.kill_criteria, language, width))
    show([[], [(language.say(msg("Nothing was recorded; no file was changed.")), "quiet")]])
    show_next([next_command(loaded, assessment)], language)
    return int(Exit.NO)


def _recorded(
    folder: Path, decided: Decided, written: Sequence[Path], sha: str | None, language: Language, json: bool
) -> int:
    from cop_launch.console import as_json, views

    if json:
        say_as_json(
            "advance",
            decision=as_json.entry(decided.entry),
            phase=decided.phase.value,
            written=names_in(folder, written),
            commit=sha,
        )
        return int(Exit.FINE)
    title = views.title_of(decided.assessment.gate, language)
    word = language.say(views.DECISIONS[decided.choice.kind])
    show(
        [
            [
                ("✓ ", "good"),
                (language.say(msg("Recorded: {decision} on {phase}.", decision=word, phase=title.lower())), ""),
            ]
        ]
    )
    show([[(f"    {name}", "quiet")] for name in names_in(folder, written)])
    say_commit(sha, language)
    show_next(["coplaunch render", "coplaunch status"], language)
    return int(Exit.FINE)


def _commit_message(loaded: Loaded, decided: Decided, language: Language) -> str:
    from cop_launch.console import views

    assert loaded.dossier is not None
    who = language.join([loaded.dossier.name(slug) for slug in decided.choice.by])
    word = language.say(views.DECISIONS[decided.choice.kind])
    phase = views.title_of(decided.assessment.gate, language).lower()
    subject = language.say(msg("Decide {decision} on {phase}", decision=word, phase=phase))
    body = language.say(msg("{who}: {because}", who=who, because=decided.choice.because.strip()))
    return f"{subject}\n\n{body}\n"
