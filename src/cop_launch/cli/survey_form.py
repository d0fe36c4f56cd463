"""`survey form`: the questionnaire from the concept, as a text to paste and as files that form tools take."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cop_launch.cli.answer import HERE, load_project, refuse_broken, say_as_json, show, show_next
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.cli.written import commit_files
from cop_launch.findings import Exit
from cop_launch.locales import LANGUAGES, Language, Message, in_language, msg, nmsg
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.gates import Dossier
    from cop_launch.store.files import Write

FORM = msg(
    "Make the questionnaire from the concept.\n\n"
    "As Markdown with its mails, and as files for KoboToolbox and ODK, Google Forms, LimeSurvey and Microsoft Forms; "
    "--format makes one of them. The answers to such a form come back through `coplaunch survey import` as they are."
)


class Format(StrEnum):
    """What a questionnaire can be made as."""

    MARKDOWN = "markdown"
    XLSFORM = "xlsform"
    GOOGLE = "google"
    LIMESURVEY = "limesurvey"
    MSFORMS = "msforms"


HOW: Mapping[Format, Message] = {
    Format.MARKDOWN: msg("to paste into any form tool, with the invitation, the reminder and the outcome"),
    Format.XLSFORM: msg("KoboToolbox: New, Upload an XLSForm; ODK Central: a new form"),
    Format.GOOGLE: msg("script.google.com: New project, paste it, run makeForm"),
    Format.LIMESURVEY: msg("LimeSurvey: Create survey, Import"),
    Format.MSFORMS: msg(
        "paste it into Word, save that, and let Microsoft Forms import it; then allow several answers to the question "
        "about themes, and long answers to the open ones"
    ),
}
"""What people do with each file."""

QUESTIONNAIRE = "plans/questionnaire.md"
FOLDER = "plans/survey"


def form(
    format_: Annotated[
        list[Format] | None,
        typer.Option("--format", help=in_words(msg("Only this one; may be repeated.")), show_default=False),
    ] = None,
    both_languages: Annotated[
        bool,
        typer.Option("--both-languages", help=in_words(msg("Put Dutch and English in one form, where a tool can."))),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="DIR", help=in_words(msg("Where; without it, plans/ and plans/survey/."))),
    ] = None,
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See FORM."""
    from cop_launch.store.files import apply, locked
    from cop_launch.store.rendered import put, rendering

    folder = find_project(project)
    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    chosen = list(dict.fromkeys(format_ or Format))
    texts = _made(loaded.dossier, language, chosen, both_languages)
    root = output.absolute() if output else folder
    names = {one: Path(_place(one)).name if output else _place(one) for one in chosen}
    # In plans/ the text is a document like the others: what somebody changed in it stays.
    text = {QUESTIONNAIRE: texts[Format.MARKDOWN].decode()} if Format.MARKDOWN in chosen and not output else {}
    document = rendering(folder, text, language, wanted=text.keys())
    kept = {one.path for one in document.kept}
    writes = _writes(root, {names[one]: texts[one] for one in chosen if names[one] not in text})
    if dry_run:
        return _say_difference(root, [*(document.writes if text else ()), *writes], json)
    root.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        written = (*(put(document) if text else ()), *apply(root, writes))
        everything = [write.path for write in (*(document.writes if text else ()), *writes)]
        sha = commit_files(folder, everything, msg("Make the questionnaire"), language) if commit else None
    changed = {path.resolve() for path in written}
    files = [
        {
            "format": one.value,
            "file": names[one],
            "written": (root / names[one]).resolve() in changed,
            "kept": names[one] in kept,
        }
        for one in chosen
    ]
    if json:
        say_as_json("survey-form", folder=str(root), files=files, commit=sha)
        return int(Exit.FINE)
    from cop_launch.console.screen import Screen, wrapped

    said = nmsg("The questionnaire is there, as {n} file.", "The questionnaire is there, as {n} files.", len(chosen))
    show([[("✓ ", "good"), (language.say(said), "")]])
    width = Screen().width
    for one in chosen:
        show([[(f"    {names[one]}", "")]])
        show(wrapped(language.say(HOW[one]), width, "      ", "quiet"))
    if kept:
        from cop_launch.cli.rendering import say_kept

        say_kept(document, language)
    if sha:
        show([[(language.say(msg("Committed as {sha}.", sha=sha)), "quiet")]])
    show_next(["coplaunch survey import --help"], language)
    return int(Exit.FINE)


def _place(one: Format) -> str:
    """The file of a format in the project."""
    from cop_launch.documents.form_files import WRITERS

    return QUESTIONNAIRE if one is Format.MARKDOWN else f"{FOLDER}/{WRITERS[one.value][0]}"


def _made(dossier: Dossier, language: Language, chosen: Sequence[Format], both: bool) -> dict[Format, bytes]:
    from cop_launch.documents.form import form_of
    from cop_launch.documents.form_files import IN_SEVERAL_LANGUAGES, WRITERS
    from cop_launch.documents.questionnaire import questionnaire

    codes = [language.code, *(code for code in LANGUAGES if code != language.code)] if both else [language.code]
    forms = [form_of(dossier, code) for code in codes]
    texts: dict[Format, bytes] = {}
    for one in chosen:
        if one is Format.MARKDOWN:
            texts[one] = questionnaire(dossier, language).encode()
        else:
            _, write = WRITERS[one.value]
            texts[one] = write(*forms) if one.value in IN_SEVERAL_LANGUAGES else write(forms[0])
    return texts


def _writes(root: Path, texts: Mapping[str, bytes]) -> list[Write]:
    from cop_launch.store.files import Write, inside, read

    places = {inside(root, name): after for name, after in texts.items()}
    return [Write(path, read(path) if path.exists() else None, after) for path, after in places.items()]


def _say_difference(root: Path, writes: Sequence[Write], json: bool) -> int:
    """The diff; of a workbook, which is no text, only that it differs, as git says it."""
    from cop_launch.store.files import difference

    texts = [write for write in writes if write.path.suffix != ".xlsx"]
    diff = difference(root, texts)
    for write in writes:
        if write not in texts and write.before != write.after:
            name = write.path.relative_to(root).as_posix()
            diff += f"Binary files {'/dev/null' if write.before is None else f'a/{name}'} and b/{name} differ\n"
    if json:
        say_as_json("survey-form", dry_run=True, diff=diff)
    else:
        sys.stdout.write(diff)
    return int(Exit.FINE)
