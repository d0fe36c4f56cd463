"""The evidence file of an import: its text, the place in the plan that names it, and the export that must stay out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cop_launch.filling.answers import Answer
from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg
from cop_launch.store import git
from cop_launch.store.changes import answered
from cop_launch.store.emit import BlockList, BlockMapping, Layout, entry
from cop_launch.store.files import Write, inside, read
from cop_launch.store.places import EVIDENCE, PLAN
from cop_launch.store.project import Loaded

RAW = f"{EVIDENCE}/raw/"


def evidence_text(values: Mapping[str, Any]) -> str:
    """An evidence file: the same values give the same text."""
    lines = []
    for key, value in values.items():
        block = (
            BlockMapping(value) if key in {"counts", "mapping"} else BlockList(value) if key == "segments" else value
        )
        lines += entry(f"{key}:", block, 0, Layout())
    return "\n".join(lines) + "\n"


def imported(loaded: Loaded, slug: str, values: Mapping[str, Any], answers: Sequence[Answer]) -> tuple[Write, ...]:
    """The writes of an import: the evidence file first, then the plan that names it."""
    path = inside(loaded.folder, f"{EVIDENCE}/{slug}.yaml")
    before = read(path) if path.exists() else None
    writes = [Write(path, before, evidence_text(values).encode())]
    if answers:
        writes.append(Write(loaded.folder / PLAN, loaded.raw, answered(loaded, answers)))
    return tuple(writes)


def raw_name(folder: Path, file: Path) -> str | None:
    """The export's name as the evidence file holds it: its path below the project where raw exports belong, else
    none."""
    try:
        name = file.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return None
    return name if name.startswith(RAW) else None


def refuse_tracked(folder: Path, file: Path) -> None:
    """Refuses an export that git follows or would follow: it holds what people wrote, under their names.

    Raises `Refused` with code ``raw-tracked`` or ``raw-not-ignored``, and the line to add to ``.gitignore``.
    """
    file = file.absolute()
    for path in dict.fromkeys((file, file.resolve())):
        found = git.repository(path.parent)
        if found is None or found.top is None:
            _refuse_loose(folder, path)
            continue
        if not path.resolve().is_relative_to(found.top.resolve()):
            continue
        if git.tracked(path.parent, path):
            raise Refused(
                msg("The file {file} holds personal data, and git follows it.", file=path.name),
                msg(
                    "Let git forget it: git rm --cached {file}. Add this line to .gitignore: {line}. Whoever has the "
                    "history still has the file.",
                    file=_quoted(path.name),
                    line=_line(folder, found.top, path),
                ),
                code="raw-tracked",
            )
        if not git.ignored(path.parent, path):
            raise Refused(
                msg("The file {file} holds personal data, and nothing keeps it out of git.", file=path.name),
                msg(
                    "Move it to {raw}, or add this line to .gitignore: {line}",
                    raw=RAW,
                    line=_line(folder, found.top, path),
                ),
                code="raw-not-ignored",
            )


def _refuse_loose(folder: Path, file: Path) -> None:
    """Inside a project without git as yet: only where raw exports belong, so that the first commit leaves it out."""
    root = folder.resolve()
    if not file.resolve().is_relative_to(root):
        return
    ignores = root / ".gitignore"
    lines = read(ignores).decode("utf-8", "replace").splitlines() if ignores.exists() else []
    where = raw_name(folder, file)
    if where is None or RAW not in [line.strip().removeprefix("/") for line in lines]:
        raise Refused(
            msg("The file {file} holds personal data, and nothing keeps it out of git.", file=file.name),
            msg("Move it to {raw}, and add this line to .gitignore: {raw}", raw=RAW),
            Exit.NO,
            "raw-not-ignored",
        )


def _line(folder: Path, top: Path, file: Path) -> str:
    """The line for the .gitignore of the project, or else of the repository."""
    real = file.resolve()
    root = folder.resolve() if real.is_relative_to(folder.resolve()) else top.resolve()
    name = real.relative_to(root).as_posix()
    return RAW if name.startswith(RAW) else "/" + re.sub(r"([\\*?\[\] ])", r"\\\1", name)


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w.-]+", name) else "'" + name.replace("'", "'\\''") + "'"
