"""The commands that people type most, with nothing behind them but flags: these need no Typer to be understood.

`coplaunch status` ends a third sooner for it. Whatever else is typed, also a flag that is not known here, is for Typer,
which says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cop_launch.cli.answer import HERE


def plainly(words: Sequence[str]) -> Callable[[], int] | None:
    """What was typed, ready to be done; None where that takes Typer."""
    command, flags = words[:1], frozenset(words[1:])
    known = FLAGS.get(command[0]) if command else None
    if known is None or not flags <= known.keys():
        return None
    return lambda: _DONE[command[0]]({known[flag]: True for flag in flags})


FLAGS: Mapping[str, Mapping[str, str]] = {
    "status": {"--json": "json"},
    "check": {"--json": "json", "--watch": "watch"},
    "render": {
        "--html": "html",
        "--word": "word",
        "--overwrite": "overwrite",
        "--check": "check",
        "--dry-run": "dry_run",
        "--commit": "commit",
        "--json": "json",
        "--watch": "watch",
    },
}
"""The flags of these commands, and what they are called in Python."""


def _status(given: Mapping[str, bool]) -> int:
    from cop_launch.cli import looking

    return looking.status(HERE, **{"json": False, **given})


def _check(given: Mapping[str, bool]) -> int:
    from cop_launch.cli import looking

    return looking.check([HERE], looking.CheckFormat.TEXT, **{"watch": False, "json": False, **given})


def _render(given: Mapping[str, bool]) -> int:
    from cop_launch.cli import rendering

    return rendering.render(HERE, rendering.Asked((), **given))


_DONE: Mapping[str, Callable[[Mapping[str, bool]], int]] = {"status": _status, "check": _check, "render": _render}
