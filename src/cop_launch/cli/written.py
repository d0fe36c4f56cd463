"""What every command that writes has in common: the difference it would make, what it wrote, and the commit of that."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cop_launch.cli.answer import say_as_json, show
from cop_launch.findings import Exit
from cop_launch.locales import Language, Message, msg

if TYPE_CHECKING:
    from cop_launch.store.files import Write


def show_diff(folder: Path, writes: Sequence[Write], json: bool, kind: str) -> int:
    """What `--dry-run` answers: the difference that the writes would make, and the exit code."""
    from cop_launch.store.files import difference

    diff = difference(folder, writes)
    if json:
        say_as_json(kind, dry_run=True, diff=diff)
    else:
        sys.stdout.write(diff)
    return int(Exit.FINE)


def commit_files(folder: Path, written: Sequence[Path], message: Message | str, language: Language) -> str | None:
    """Commits the files; what is worth knowing about it goes to standard error."""
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.store.git import commit

    made = commit(folder, written, language.say(message))
    screen = Screen(sys.stderr)
    for note in made.notes:
        screen.lines(wrapped(language.say(note), screen.width, style="warn"))
    return made.sha


def say_commit(sha: str | None, language: Language) -> None:
    """Says which commit was made, if one was."""
    if sha:
        show([[(language.say(msg("Committed as {sha}.", sha=sha)), "quiet")]])


def names_in(folder: Path, paths: Sequence[Path]) -> list[str]:
    """Paths as people know them: from the project's folder. Written paths have their links followed."""
    root = folder.resolve()
    return [Path(os.path.realpath(path)).relative_to(root).as_posix() for path in paths]
