"""What `--watch` does: look, and look again whenever something was saved, until Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cop_launch.cli.answer import language_around, print_refused, show
from cop_launch.findings import Exit, Refused
from cop_launch.locales import in_language, msg


def refuse_beside_watch(options: Mapping[str, bool]) -> None:
    """Refuses --watch together with what is done once, or for a program."""
    beside = [name for name, given in options.items() if given]
    if beside:
        names = ", ".join(["--watch", *beside])
        raise Refused(
            msg("these do not go together: {names}", names=names),
            msg("--watch shows what people read; leave the rest out"),
            Exit.USAGE,
            "usage",
        )


def watching(folders: Sequence[Path], look: Callable[[], int]) -> int:
    """Looks now and after each time that something was saved; the exit code of the last look.

    A look that cannot be done, as while the file is away for a moment, is said and is not the end.
    """
    from cop_launch.console.screen import Screen
    from cop_launch.store.watching import saved, stamps

    screen = Screen()
    code = int(Exit.FINE)
    try:
        before = stamps(folders)
        code = _looked(look)
        _wait(folders[0])
        for _ in saved(folders, before):
            screen.again()
            code = _looked(look)
            _wait(folders[0])
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    return code


def _looked(look: Callable[[], int]) -> int:
    try:
        return look()
    except Refused as refused:
        print_refused(refused)
        return int(refused.exit_code)


def _wait(folder: Path) -> None:
    """Says that it waits. The exit code stands by then: whoever reads this may end it."""
    show([[], [(in_language(language_around(folder)).say(msg("Waiting for the next save; Ctrl-C ends it.")), "quiet")]])
    sys.stdout.flush()
