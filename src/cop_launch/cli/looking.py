"""What `status` and `check` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cop_launch.cli.answer import load_project, refuse_broken, say_as_json, seen_from_here, show, show_next
from cop_launch.cli.watch import refuse_beside_watch, watching
from cop_launch.findings import Exit
from cop_launch.locales import in_language, msg
from cop_launch.store.places import find_project

if TYPE_CHECKING:
    from cop_launch.store.project import Loaded
    from cop_launch.workflow import Assessment


class CheckFormat(StrEnum):
    """How `check` prints what it found."""

    TEXT = "text"
    GITHUB = "github"


def status(project: Path, json: bool) -> int:
    """Where the project stands, and the next steps."""
    from cop_launch.console import as_json, views
    from cop_launch.console.screen import Screen
    from cop_launch.workflow import assess, dossier_for, gate_of

    loaded = load_project(project)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    gate = gate_of(loaded.dossier.project)
    found = assess(dossier_for(loaded.dossier, gate), gate)
    if json:
        say_as_json("status", **as_json.status(loaded.dossier.project, found, loaded.findings, language))
        return int(Exit.FINE)
    width = Screen().width
    show(views.status_lines(loaded.dossier.project, found, language, width))
    if loaded.findings:
        show([[], *views.findings_lines(loaded.findings, {}, language, width)])
    show_next([next_command(loaded, found)], language)
    return int(Exit.FINE)


def next_command(loaded: Loaded, found: Assessment) -> str:
    """The one command that gets people further from here."""
    from cop_launch.console.views import reviewed
    from cop_launch.model.decision import State, VerdictKind, standing

    assert loaded.dossier is not None
    decisions = loaded.dossier.project.decisions or []
    stands = standing(decisions)
    if stands.state is not State.ACTIVE:
        return "coplaunch report"
    if found.gate.gate.value == "review" and not reviewed(loaded.dossier.project):
        return "coplaunch explain review"
    if found.verdict is VerdictKind.GO and found.gate.gate.value != "review":
        return "coplaunch advance"
    if found.verdict is VerdictKind.NO_GO:
        return "coplaunch report"
    return f"coplaunch explain {found.next_steps[0].criterion.id}" if found.next_steps else "coplaunch render"


def check(paths: Sequence[Path], form: CheckFormat, watch: bool, json: bool) -> int:
    """Everything that is wrong in these projects or their files."""

    folders = list(dict.fromkeys(find_project(path) for path in paths))
    if not watch:
        return _check(folders, form, json)
    refuse_beside_watch({"--json": json, "--format": form is not CheckFormat.TEXT})
    return watching(folders, lambda: _check(folders, form, json))


def _check(folders: Sequence[Path], form: CheckFormat, json: bool) -> int:
    from cop_launch.console import as_json, views
    from cop_launch.console.screen import Screen
    from cop_launch.store.project import load

    found = [seen_from_here(load(folder)) for folder in folders]
    broken = any(loaded.broken for loaded in found)
    language = in_language(found[0].language)
    if json:
        findings = [as_json.finding(one, in_language(loaded.language)) for loaded in found for one in loaded.findings]
        say_as_json("check", ok=not broken, findings=findings)
    elif form is CheckFormat.GITHUB:
        for loaded in found:
            sys.stdout.write("".join(_annotations(loaded)))
    else:
        width = Screen().width
        for loaded in found:
            show(views.findings_lines(loaded.findings, loaded.texts, in_language(loaded.language), width))
        findings_all = [one for loaded in found for one in loaded.findings]
        if findings_all:
            show([[], views.count_line(findings_all, language)])
        else:
            show([[("✓ ", "good"), (language.say(msg("nothing wrong in the file")), "")]])
        show_next(["coplaunch check" if broken else "coplaunch status"], language)
    return int(Exit.NO if broken else Exit.FINE)


def _annotations(loaded: Loaded) -> list[str]:
    """Workflow commands of GitHub Actions, which escape their values with percent signs."""
    from cop_launch.console.screen import plain
    from cop_launch.findings import Severity

    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    language = in_language(loaded.language)

    def value(text: str) -> str:
        return (
            text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
        )

    def message(text: str) -> str:
        text = "\n".join(plain(line) for line in text.split("\n"))
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    found = []
    for one in loaded.findings:
        place = one.place
        text = language.say(one.message) + (f"\n{language.say(one.hint)}" if one.hint else "")
        where = ""
        if place:
            where = f" file={value(place.file)},line={place.line},col={place.column},title={value(one.code)}"
        found.append(f"::{names[one.severity]}{where}::{message(text)}\n")
    return found
