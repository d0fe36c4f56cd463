"""The commands that only look: status, check, report, explain, schema. None of them writes anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cop_launch.cli import looking
from cop_launch.cli.answer import (
    HERE,
    known_language,
    language_around,
    load_project,
    refuse_broken,
    say_as_json,
    show,
)
from cop_launch.cli.looking import CheckFormat
from cop_launch.cli.options import JsonOption, ProjectOption, WatchOption, in_words
from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.locales import in_language, msg

STATUS = msg(
    "Show where the project stands, and the next steps.\n\n"
    "The six phases, the verdict so far at the gate at hand, what is in the way, and at most three next steps, the "
    "cheapest first. Looks only; run it as often as you like."
)
CHECK = msg(
    "Find everything that is wrong in the file.\n\n"
    "All of it in one run, each with its line, its column and what to do. Exit 1 when something has to be mended. "
    "With --watch again whenever the file is saved; with --format github the lines of a pull request are annotated."
)
REPORT = msg(
    "Print the go/no-go report of a gate.\n\n"
    "The recorded one where the gate was decided; otherwise a preview of how it stands. It is Markdown: "
    "coplaunch report concept_test > report.md"
)
EXPLAIN = msg(
    "Explain anything that coplaunch speaks of.\n\n"
    "A criterion, a field, a phase, a finding, a verdict, a metric: what it is, what to do about it and where it comes "
    "from. coplaunch explain willing-share, coplaunch explain initiative.needs, coplaunch explain unknown-key. Other "
    "words are searched for, in Dutch and in English: coplaunch explain budget. Without a name: all criteria."
)
SCHEMA = msg(
    "Print the JSON Schema of the project file.\n\n"
    "For editors and other programs. To renew it in a project: coplaunch schema > coplaunch.schema.json"
)


def status(project: ProjectOption = HERE, json: JsonOption = False) -> int:
    """See STATUS."""
    return looking.status(project, json)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=in_words(msg("Projects or their files; without any, the one around here."))),
    ] = None,
    project: ProjectOption = HERE,
    format: Annotated[  # noqa: A002 - the option is called --format
        CheckFormat, typer.Option("--format", help=in_words(msg("`github` annotates the lines of a pull request.")))
    ] = CheckFormat.TEXT,
    watch: WatchOption = False,
    json: JsonOption = False,
) -> int:
    """See CHECK."""
    return looking.check(paths or [project], format, watch, json)


def report(
    gate: Annotated[
        str | None, typer.Argument(help=in_words(msg("The gate, such as concept_test; without it, the one at hand.")))
    ] = None,
    project: ProjectOption = HERE,
    json: JsonOption = False,
) -> int:
    """See REPORT."""
    from cop_launch.cli.own_templates import own_for_rendering, refuse_templates
    from cop_launch.console import as_json
    from cop_launch.documents import report_with
    from cop_launch.model.decision import Gate, standing
    from cop_launch.store.files import inside
    from cop_launch.workflow import GATES, assess, dossier_for, gate_of

    loaded = load_project(project)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    dossier, language = loaded.dossier, in_language(loaded.language)
    if gate is not None and gate.replace("-", "_") not in GATES:
        names = [name.value for name in GATES]
        hint = did_you_mean(gate, names) or msg("choose from {names}", names=", ".join(names))
        raise Refused(msg("there is no gate '{gate}'", gate=gate), hint, Exit.USAGE, "unknown-gate")
    chosen = GATES[Gate(gate.replace("-", "_"))] if gate else gate_of(dossier.project)
    decisions = dossier.project.decisions or []
    in_force = [decisions[position] for position in standing(decisions).in_force]
    recorded = next((made for made in reversed(in_force) if made.gate is chosen.gate and made.report), None)
    assessment = assess(dossier_for(dossier, chosen), chosen)
    if json:
        made = as_json.decision(recorded) if recorded else None
        say_as_json("report", decision=made, assessment=as_json.assessment(assessment, language))
    elif recorded and (file := inside(loaded.folder, recorded.report or "")).is_file():
        sys.stdout.write(file.read_text("utf-8"))
    else:
        own = own_for_rendering(loaded.folder, language)
        text, wrong = report_with(own, dossier, chosen.gate, language)
        if wrong:
            refuse_templates(loaded.folder, wrong, own, language)
        sys.stdout.write(text)
    return int(Exit.FINE)


def explain(
    name: Annotated[
        str | None,
        typer.Argument(help=in_words(msg("What to explain, such as willing-share; or a word to search for."))),
    ] = None,
    project: ProjectOption = HERE,
    json: JsonOption = False,
) -> int:
    """See EXPLAIN."""
    from cop_launch.console import explanations
    from cop_launch.console.screen import Screen

    language = in_language(language_around(project))
    if json:
        say_as_json("explain", **explanations.as_data(name, language))
        return int(Exit.FINE)
    show(explanations.lines(name, language, Screen().width))
    return int(Exit.FINE)


def schema(
    project: ProjectOption = HERE,
    language: Annotated[
        str | None, typer.Option("--language", help=in_words(msg("nl or en; without it, the project's language.")))
    ] = None,
    json: JsonOption = False,
) -> int:
    """See SCHEMA."""
    from cop_launch.model.schema import json_schema, schema_text

    made = json_schema(in_language(known_language(language) if language else language_around(project)))
    if json:
        say_as_json("schema", json_schema=made)
    else:
        sys.stdout.write(schema_text(made))
    return int(Exit.FINE)
