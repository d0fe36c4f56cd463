"""A project's own templates, for the commands that make documents with them: read, and refused when they are wrong."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cop_launch.cli.answer import from_here, wants_json
from cop_launch.findings import Exit, Refused, Severity
from cop_launch.locales import Language, msg, nmsg
from cop_launch.records import replace

if TYPE_CHECKING:
    from cop_launch.findings import Finding


def own_for_rendering(folder: Path, language: Language) -> Mapping[str, str]:
    """The texts of a project's own templates. Refused where one cannot be read; a file too many is a warning."""
    texts, findings = read_own(folder, language)
    if any(one.severity is Severity.ERROR for one in findings):
        refuse_templates(folder, findings, texts, language)
    _say(seen_from_here(folder, findings), {}, language)
    return texts


def refuse_templates(
    folder: Path, findings: Sequence[Finding], texts: Mapping[str, str], language: Language
) -> NoReturn:
    """Raises what keeps the documents from being made; says first what is wrong with each template."""
    seen = seen_from_here(folder, findings)
    if not wants_json():
        _say(seen, {from_here(folder / "templates" / name): text for name, text in texts.items()}, language)
    raise Refused(
        nmsg(
            "Nothing was written: there is something wrong with a template of this project.",
            "Nothing was written: there are {n} things wrong with the templates of this project.",
            sum(one.severity is Severity.ERROR for one in findings),
        ),
        msg("`coplaunch templates diff` shows what you changed; take your own away, and the shipped one is used"),
        Exit.NO,
        "templates",
        tuple(seen),
    )


def _say(findings: Sequence[Finding], texts: Mapping[str, str], language: Language) -> None:
    from cop_launch.console import views
    from cop_launch.console.screen import Screen

    screen = Screen(sys.stderr)
    screen.lines(views.findings_lines(findings, texts, language, screen.width))


def read_own(folder: Path, language: Language) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """The texts of a project's own templates, and what is wrong with the files in their folder."""
    from cop_launch.store.templates import own_templates

    found = own_templates(folder)
    if not found.files:
        return found.texts, found.findings
    from cop_launch.documents.faults import strays
    from cop_launch.documents.own import shipped_names

    readable = set(found.files) - {one.place.file.partition("/")[2] for one in found.findings if one.place}
    return found.texts, (*found.findings, *strays(readable, found.texts, shipped_names(language)))


def seen_from_here(folder: Path, findings: Sequence[Finding]) -> list[Finding]:
    """The same, their files by the name that opens them from where the command runs."""

    return [
        replace(one, place=replace(one.place, file=from_here(folder / one.place.file))) if one.place else one
        for one in findings
    ]
