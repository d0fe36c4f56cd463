"""The examples that come with the program: whole projects, to look at and to start from."""

from __future__ import annotations

from pathlib import Path

from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.locales import msg
from cop_launch.shipped import shipped
from cop_launch.store.changes import SCHEMA, ignore_raw, refuse_project, with_attributes
from cop_launch.store.files import Write, read, read_if_there
from cop_launch.store.places import PLAN

_OWN = {".gitattributes", ".gitignore"}
_NOT_COPIED = {*_OWN, "steps"}
"""What git is told is the copy's own; the steps only serve to tell the example's story again."""


def example_names() -> tuple[str, ...]:
    """The names of all examples, in order."""
    folder = shipped("examples")
    if folder is None:
        raise Refused(
            msg("The examples that belong to coplaunch are missing."),
            hint=msg("The installation is not complete: install coplaunch again."),
            exit_code=Exit.MACHINE,
            code="examples-missing",
        )
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{PLAN}")))


def example_folder(name: str) -> Path:
    """The folder of an example. Raises `Refused` (code `unknown-example`) with the nearest name."""
    names = example_names()
    folder = shipped("examples")
    if folder is None or name not in names:
        hint = did_you_mean(name, names) or msg("choose from {names}", names=", ".join(names))
        raise Refused(msg("there is no example '{name}'", name=name), hint, Exit.USAGE, "unknown-example")
    return folder / name


def copied(example: Path, folder: Path) -> tuple[Write, ...]:
    """The writes that start a project as a copy of an example: plan, evidence, decisions and documents.

    Nothing that stands in the folder is lost: a README stays as it is, and for any other file the copy is refused.
    """
    refuse_project(folder)
    files = {
        ".gitattributes": with_attributes(folder / ".gitattributes"),
        ".gitignore": ignore_raw(folder / ".gitignore"),
    }
    for path in sorted(example.rglob("*")):
        place = path.relative_to(example)
        if path.is_file() and place.parts[0] not in _NOT_COPIED:
            files[place.as_posix()] = read(path)
    writes = []
    for name, content in sorted(files.items()):
        before = read_if_there(folder / name)
        if before is not None and name == "README.md":
            continue
        if before not in (None, content) and name not in {*_OWN, SCHEMA}:
            raise Refused(
                msg("{file} is there already; it is left as it is.", file=name),
                msg("Choose an empty folder for the example."),
                code="already-there",
            )
        writes.append(Write(folder / name, before, content))
    return tuple(writes)
