"""Where the parts of a project stand, and how it is found."""

from __future__ import annotations

from pathlib import Path

from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg

PLAN = "coplaunch.yaml"
EVIDENCE = "evidence"
PLANS = "plans"


def find_project(start: Path) -> Path:
    """The folder of the project: `start` or the nearest folder above it that holds a coplaunch.yaml.

    `start` may also be a file, such as that one. Raises `Refused` (code `no-project`) when there is none.
    """
    start = start.absolute()
    if not start.exists():
        raise Refused(
            msg("there is no {path}", path=str(start)),
            msg("look whether the name is right"),
            Exit.USAGE,
            "no-project",
        )
    if start.name == PLAN and start.is_file():
        return start.parent
    for folder in (start, *start.parents):
        if (folder / PLAN).is_file():
            return folder
    raise Refused(
        msg("there is no coplaunch.yaml in {folder}, nor in a folder above it", folder=str(start)),
        msg("`coplaunch init my-community` starts a project; --project names the folder of one"),
        Exit.USAGE,
        "no-project",
    )
