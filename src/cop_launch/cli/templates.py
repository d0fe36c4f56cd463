"""A project's own templates: `templates list|diff` look, `templates copy` writes one to change."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cop_launch.cli.answer import HERE, say_as_json, show, show_next
from cop_launch.cli.options import CommitOption, DryRunOption, JsonOption, ProjectOption, in_words
from cop_launch.cli.own_templates import read_own, seen_from_here
from cop_launch.cli.word import styles_file
from cop_launch.cli.written import commit_files, names_in, say_commit, show_diff
from cop_launch.findings import Exit, Refused, Severity, did_you_mean
from cop_launch.locales import Language, Message, in_language, msg, nmsg
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.console.screen import Line
    from cop_launch.documents.copies import Template

TEMPLATES = msg("The texts of the documents, to put in your own words.")
LIST = msg(
    "Show which templates there are, and which of them are your own.\n\n"
    "One of your own is a file in templates/ with the name of a shipped one, such as templates/concept.md.j2. "
    "It also tells when the shipped one changed since you copied it, and which files no document is made with."
)
COPY = msg(
    "Copy a shipped template into templates/, to change it.\n\n"
    "From then on it makes the document: coplaunch templates copy concept. At its top stands which values it may use. "
    "What stands there already stays, until you say --overwrite."
)
DIFF = msg(
    "Show what is different in your own templates.\n\n"
    "From the shipped text to yours, as diff shows it; exit 1 when there is a difference, as diff does. "
    "Without names, all of your own."
)

app = typer.Typer(no_args_is_help=True, help=in_words(TEMPLATES))


# -- the commands -----------------------------------------------------------------------------------------------------


@app.command("list", help=in_words(LIST))
def list_(project: ProjectOption = HERE, json: JsonOption = False) -> int:
    """See LIST."""
    from cop_launch.console import views

    folder, language = _project(project)
    found = _templates(folder, language)
    findings = seen_from_here(folder, read_own(folder, language)[1])
    if json:
        from cop_launch.console import as_json

        say_as_json(
            "templates-list",
            templates=[_as_data(one) for one in found],
            findings=[as_json.finding(one, language) for one in findings],
        )
        return int(Exit.FINE)
    own = [one for one in found if one.own is not None]
    documents = [one for one in found if one.own is None and one.makes]
    words = [one for one in found if one.own is None and not one.makes]
    groups = (
        (msg("Your own"), own),
        (msg("Shipped"), documents),
        (msg("Shipped, with words that the others import"), words),
    )
    lines: list[Line] = []
    for title, group in groups:
        if group:
            lines += [*([[]] if lines else []), [(language.say(title), "title")], *_lines(group, language)]
    if findings:
        lines += [[], *views.findings_lines(findings, {}, language, _width())]
    show(lines)
    show_next(["coplaunch templates diff"] if own else ["coplaunch templates copy concept"], language)
    return int(Exit.FINE)


@app.command("copy", help=in_words(COPY))
def copy(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help=in_words(msg("Which, such as concept.")))],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=in_words(msg("Also write over what you changed in your own.")))
    ] = False,
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See COPY."""
    from cop_launch.documents import copies
    from cop_launch.documents.word_file import STYLES
    from cop_launch.store.files import apply, locked
    from cop_launch.store.templates import copied

    folder, language = _project(project)
    styles = [one for one in dict.fromkeys(name) if Path(one).name == Path(STYLES).name]
    chosen = _chosen([one for one in name if one not in styles], _templates(folder, language))
    writes = [copied(folder, one.shipped.name, copies.copy(one.shipped, language)) for one in chosen]
    writes += [styles_file(folder, language)] if styles else []
    standing = [write.path for write in writes if write.before not in (None, write.after)]
    if standing and not overwrite:
        raise Refused(
            msg("{file} is there already; it is left as it is.", file=names_in(folder, standing[:1])[0]),
            msg("'coplaunch templates diff' shows what you changed in it; --overwrite writes over that"),
            Exit.NO,
            "already-there",
        )
    if dry_run:
        return show_diff(folder, writes, json, "templates-copy")
    with locked(folder):
        written = apply(folder, writes)
        words = language.join([*(one.word for one in chosen), *([STYLES] if styles else [])])
        said = nmsg("Copy the template {names}", "Copy the templates {names}", len(writes), names=words)
        sha = commit_files(folder, written, said, language) if commit else None
    if json:
        say_as_json("templates-copy", written=names_in(folder, written), commit=sha)
        return int(Exit.FINE)
    told = nmsg("{n} template copied: change it as you like.", "{n} templates copied: change them.", len(written))
    show([[("✓ ", "good"), (language.say(told if written else msg("Nothing has changed.")), "")]])
    show([[(f"    {path}", "quiet")] for path in names_in(folder, written)])
    say_commit(sha, language)
    show_next(["coplaunch render --dry-run"], language)
    return int(Exit.FINE)


@app.command("diff", help=in_words(DIFF))
def diff(
    name: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help=in_words(msg("Which, such as concept.")))
    ] = None,
    project: ProjectOption = HERE,
    json: JsonOption = False,
) -> int:
    """See DIFF."""
    from cop_launch.console import views
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.documents import copies

    folder, language = _project(project)
    unread = [one for one in seen_from_here(folder, read_own(folder, language)[1]) if one.severity is Severity.ERROR]
    every = _templates(folder, language)
    chosen = _chosen(name, every) if name else [one for one in every if one.own is not None]
    if name and not unread and (shipped := [one for one in chosen if one.own is None]):
        raise Refused(
            msg("there is no template of your own for {name}", name=shipped[0].word),
            msg("`coplaunch templates copy {name}` makes one", name=shipped[0].word),
            code="no-own-template",
        )
    differences = {one.shipped.name: copies.difference(one) for one in chosen}
    whole = "".join(differences.values())
    if json:
        from cop_launch.console import as_json

        say_as_json(
            "templates-diff",
            differ=[one for one, text in differences.items() if text],
            outdated=[one.shipped.name for one in chosen if _old(one)],
            diff=whole,
            findings=[as_json.finding(one, language) for one in unread],
        )
        return int(Exit.NO if whole or unread else Exit.FINE)
    sys.stdout.write(whole)
    screen = Screen(sys.stderr)
    screen.lines(views.findings_lines(unread, {}, language, screen.width))
    for one in filter(_old, chosen):
        note = msg(
            "The shipped {name} has changed since it was copied. Take over what you need, then write {digest} in the "
            "first line of your own.",
            name=one.word,
            digest=copies.digest(one.shipped.text),
        )
        screen.lines(wrapped(language.say(note), screen.width, style="warn"))
    return int(Exit.NO if whole or unread else Exit.FINE)


# -- what there is ----------------------------------------------------------------------------------------------------


def _project(start: Path) -> tuple[Path, Language]:
    from cop_launch.store.project import language_of

    folder = find_project(start)
    return folder, in_language(language_of(folder))


def _templates(folder: Path, language: Language) -> list[Template]:
    """All templates by name, as the project stands to them."""
    from cop_launch.documents.copies import template
    from cop_launch.documents.own import shipped_templates
    from cop_launch.store.templates import own_templates

    own = own_templates(folder).texts
    return [template(one, own.get(name)) for name, one in sorted(shipped_templates(language).items())]


def _chosen(names: Sequence[str], every: Sequence[Template]) -> list[Template]:
    """The templates that are meant, each once: concept, concept.md.j2, templates/concept.md.j2 or plans/concept.md."""
    known = {one.word: one for one in every}
    chosen = []
    for name in names:
        word = Path(name).name.removesuffix(".j2").removesuffix(".md")
        if word not in known:
            hint = did_you_mean(word, known) or msg("`coplaunch templates list` shows them")
            raise Refused(msg("there is no template '{name}'", name=name), hint, Exit.USAGE, "unknown-template")
        chosen.append(known[word])
    return list(dict.fromkeys(chosen))


def _old(one: Template) -> bool:
    return one.standing.value == "outdated"


_STANDINGS: Mapping[str, tuple[Message, str]] = {
    "same": (msg("the same as the shipped one"), "quiet"),
    "own": (msg("different from the shipped one"), "good"),
    "outdated": (msg("the shipped one has changed since it was copied"), "warn"),
}


def _lines(group: Sequence[Template], language: Language) -> list[Line]:
    width = max(len(one.word) for one in group)
    made = max(len(one.makes or "") for one in group)
    lines: list[Line] = []
    for one in group:
        line: Line = [(f"  {one.word:<{width}}  ", ""), (f"{one.makes or '':<{made}}", "quiet")]
        if one.standing.value in _STANDINGS:
            said, style = _STANDINGS[one.standing.value]
            line = [*line, ("  " if made else "", ""), (language.say(said), style)]
        elif one.shipped.words:
            line = line[:1]
        lines.append([(text, style) for text, style in line if text])
    return [[*line[:-1], (line[-1][0].rstrip(), line[-1][1])] for line in lines]


def _as_data(one: Template) -> dict[str, object]:
    return {
        "name": one.word,
        "file": f"templates/{one.shipped.name}",
        "makes": one.makes,
        "standing": one.standing.value,
        "values": list(one.shipped.variables),
        "imports": list(one.shipped.imports),
    }


def _width() -> int:
    from cop_launch.console.screen import Screen

    return Screen().width
