"""The options that several commands have, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cop_launch.cli.answer import HELP
from cop_launch.locales import Message, msg


def in_words(message: Message) -> str:
    """A help text, in the language of the environment: help is asked for outside a project too."""
    return HELP.say(message)


ProjectOption = Annotated[
    Path,
    typer.Option("--project", "-C", help=in_words(msg("The folder of the project, or a folder in it.")), metavar="DIR"),
]
JsonOption = Annotated[bool, typer.Option("--json", help=in_words(msg("Answer as one JSON object, for programs.")))]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=in_words(msg("Show as a diff what would be written, and write nothing.")))
]
CommitOption = Annotated[
    bool, typer.Option("--commit", help=in_words(msg("Commit exactly the files that this command wrote, with git.")))
]
WatchOption = Annotated[
    bool, typer.Option("--watch", help=in_words(msg("Once more whenever a file is saved, until Ctrl-C.")))
]
WordOption = Annotated[
    bool,
    typer.Option(
        "--word",
        help=in_words(
            msg("Also as Word files, in plans/word/. To change their styles: coplaunch templates copy word.docx.")
        ),
    ),
]
