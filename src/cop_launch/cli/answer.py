"""How a command begins and how it ends: the project around it, and an answer on the screen, as JSON or as a refusal.

Nothing here needs Typer, so that the commands that people type most can do without (`plainly.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cop_launch.findings import Exit, Refused
from cop_launch.locales import LANGUAGES, Language, in_language, language_of_environment, msg
from cop_launch.records import replace
from cop_launch.store.places import PLAN, find_project

if TYPE_CHECKING:
    from cop_launch.console.screen import Line, Screen
    from cop_launch.store.project import Loaded

HELP = in_language(language_of_environment())
"""The language of the environment, in which help is given: it is asked for outside a project too."""
HERE = Path()


def wants_json() -> bool:
    """Whether the command was asked for JSON, also where its options could not be read."""
    return "--json" in sys.argv[1:]


def known_language(code: str) -> str:
    """The code of a language that there is."""
    if code not in LANGUAGES:
        choices = msg("choose from {names}", names=", ".join(LANGUAGES))
        raise Refused(msg("there is no language '{code}'", code=code), choices, Exit.USAGE, "unknown-language")
    return code


def language_around(start: Path) -> str:
    """The project's language where there is one, else the environment's; the rest of the file may be broken."""
    from cop_launch.store.project import language_of

    try:
        return language_of(find_project(start))
    except Refused:
        return language_of_environment()


def load_project(start: Path) -> Loaded:
    """The project around a folder, loaded."""
    from cop_launch.store.project import load

    return seen_from_here(load(find_project(start)))


def seen_from_here(loaded: Loaded) -> Loaded:
    """The same, its findings with their files by the name that opens them from where the command runs."""

    names = {file: from_here(loaded.folder / file) for file in loaded.texts}
    findings = tuple(
        replace(one, place=replace(one.place, file=names.get(one.place.file, one.place.file))) if one.place else one
        for one in loaded.findings
    )
    return replace(loaded, findings=findings, texts={names[file]: text for file, text in loaded.texts.items()})


def from_here(path: Path) -> str:
    """The name that opens a file from where the command runs."""
    here = Path.cwd()
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    up = [parent for parent in here.parents if path.is_relative_to(parent)]
    # A few folders up is a name that people read; from elsewhere the whole path is.
    if up and path.parent in {up[0], up[0] / "evidence"}:
        return "../" * (here.parents.index(up[0]) + 1) + path.relative_to(up[0]).as_posix()
    return path.as_posix()


def say_as_json(kind: str, **values: Any) -> None:
    """Prints one JSON object."""
    from cop_launch.console.as_json import dumps

    sys.stdout.write(dumps(kind, **values))


def refuse_broken(loaded: Loaded, as_json: bool) -> int:
    """Prints what has to be mended before this command can do its work."""
    from cop_launch.console import views

    language = in_language(loaded.language)
    if as_json:
        from cop_launch.console.as_json import finding

        say_as_json("check", ok=False, findings=[finding(found, language) for found in loaded.findings])
        return int(Exit.NO)
    screen = _screen()
    screen.lines(views.findings_lines(loaded.findings, loaded.texts, language, screen.width))
    screen.lines([[], views.count_line(loaded.findings, language)])
    show_next(["coplaunch check"], language)
    return int(Exit.NO)


def show(lines: Sequence[Line]) -> None:
    """Prints lines on standard output."""
    _screen().lines(lines)


def show_next(commands: Sequence[str], language: Language) -> None:
    """Prints the one runnable line at the end."""
    from cop_launch.console.screen import next_line

    show(next_line(commands, language))


def _screen() -> Screen:
    from cop_launch.console.screen import Screen

    return Screen()


def print_refused(refused: Refused) -> None:
    """What could not be done and what to do, on standard error; with --json as an object on standard output."""
    language = _language_here()
    if wants_json():
        from cop_launch.console.as_json import refused as as_data

        say_as_json("error", **as_data(refused, language))
        return
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.console.views import sentence

    screen = Screen(sys.stderr)
    text = language.say(refused.message)
    head, _, rest = text.partition("\n")
    screen.lines(wrapped(sentence(head), screen.width, style="bad"))
    if rest:
        screen.text(rest)
    if refused.hint is not None:
        screen.lines(wrapped(sentence(language.say(refused.hint)), screen.width, "  ", "", "→ "))


def _language_here() -> Language:
    """The language of the project that the command is about, as far as it says one; else the environment's."""
    import re

    arguments = sys.argv[1:]
    start = next((arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word in {"-C", "--project"}), ".")
    try:
        head = (find_project(Path(start)) / PLAN).read_text("utf-8", "replace")[:100_000]
    except (Refused, OSError):
        return HELP
    match = re.search(r"^language:[ ]*[\"']?(nl|en)\b", head, re.MULTILINE)
    return in_language(match[1]) if match else HELP
