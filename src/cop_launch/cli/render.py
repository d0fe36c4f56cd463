"""The documents, written into plans/."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from cop_launch.cli.watch import WatchOption, refuse_beside_watch, watching
from cop_launch.cli.write import _commit, _names, _say_commit, _show_diff
from cop_launch.findings import Exit
from cop_launch.locales import Language, in_language, msg, nmsg

if TYPE_CHECKING:
    from cop_launch.store.files import Write

RENDER = msg(
    "Write the documents into plans/.\n\n"
    "Each only when it changed. With --check nothing is written, and exit 1 tells that a document is stale; "
    "with --watch they are written again whenever the plan is saved."
)


def render(
    check: Annotated[
        bool, typer.Option("--check", help=in_words(msg("Write nothing; exit 1 with a list when a document is stale.")))
    ] = False,
    watch: WatchOption = False,
    project: ProjectOption = HERE,
    dry_run: DryRunOption = False,
    commit: CommitOption = False,
    json: JsonOption = False,
) -> int:
    """See RENDER."""
    from cop_launch.store.project import find_project

    folder = find_project(project)
    if not watch:
        return _render(folder, check, dry_run, commit, json)
    refuse_beside_watch({"--check": check, "--dry-run": dry_run, "--commit": commit, "--json": json})
    return watching([folder], lambda: _render(folder, check, dry_run, commit, json))


def _render(folder: Path, check: bool, dry_run: bool, commit: bool, json: bool) -> int:
    from cop_launch.documents import render as render_documents
    from cop_launch.store.changes import rendered, standing_plans
    from cop_launch.store.files import apply, locked

    loaded = load_project(folder)
    if loaded.broken or loaded.dossier is None:
        return refuse_broken(loaded, json)
    language = in_language(loaded.language)
    writes = rendered(folder, render_documents(loaded.dossier, language, standing_plans(folder)))
    if check:
        return _stale(folder, writes, language, json)
    if dry_run:
        return _show_diff(folder, writes, json, "render")
    everything = [write.path for write in writes]
    with locked(folder):
        written = apply(folder, writes)
        sha = _commit(folder, everything, msg("Render the plans"), language) if commit else None
    if json:
        say_as_json("render", written=_names(folder, written), current=_names(folder, everything), commit=sha)
        return int(Exit.FINE)
    from cop_launch.console import views

    said = nmsg("{n} document written.", "{n} documents written.", len(written))
    show([[("✓ ", "good"), (language.say(said if written else msg("All documents were up to date.")), "")]])
    show([[(f"    {name}", "quiet")] for name in _names(folder, written)])
    _say_commit(sha, language)
    show(views.next_line(["coplaunch status"], language))
    return int(Exit.FINE)


def _stale(folder: Path, writes: Sequence[Write], language: Language, json: bool) -> int:
    stale = [write.path for write in writes if write.before != write.after]
    if json:
        say_as_json("render-check", ok=not stale, stale=_names(folder, stale))
    elif stale:
        from cop_launch.console import views

        said = nmsg("{n} document is stale:", "{n} documents are stale:", len(stale))
        show([[(language.say(said), "bad")], *([(f"    {name}", "")] for name in _names(folder, stale))])
        show(views.next_line(["coplaunch render"], language))
    else:
        show([[("✓ ", "good"), (language.say(msg("All documents are up to date.")), "")]])
    return int(Exit.NO if stale else Exit.FINE)
