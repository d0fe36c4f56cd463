"""The documents, written into plans/."""

from __future__ import annotations

from typing import Annotated

import typer

from cop_launch.cli import rendering
from cop_launch.cli.answer import HERE
from cop_launch.cli.options import (
    CommitOption,
    DryRunOption,
    JsonOption,
    ProjectOption,
    WatchOption,
    WordOption,
    in_words,
)
from cop_launch.cli.rendering import Asked
from cop_launch.locales import msg

RENDER = msg(
    "Write the documents into plans/.\n\n"
    "All of them, or only some: coplaunch render core-group is a whole phase, coplaunch render concept one document. "
    "Each only when it changed. What you changed in one by hand stays, until you say --overwrite. "
    "With --check nothing is written, and exit 1 tells that a document is stale; "
    "with --watch they are written again whenever the plan is saved."
)


def render(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help=in_words(msg("Phases or documents, such as concept; without any, all of them."))
        ),
    ] = None,
    html: Annotated[
        bool, typer.Option("--html", help=in_words(msg("Also as one page for the browser, plans/index.html.")))
    ] = False,
    word: WordOption = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=in_words(msg("Also write over what was changed by hand.")))
    ] = False,
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
    asked = Asked(tuple(what or ()), html, word, overwrite, check, dry_run, commit, json, watch)
    return rendering.render(project, asked)
