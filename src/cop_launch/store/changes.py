"""What a command would change on disk, as data: a new project, a recorded decision, rendered documents."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from cop_launch.filling import Answer, with_value
from cop_launch.findings import Refused
from cop_launch.locales import Language, msg
from cop_launch.model.project import Project
from cop_launch.model.schema import json_schema, schema_text
from cop_launch.model.structure import keys, section_at
from cop_launch.store.emit import BlockMapping
from cop_launch.store.files import Write, inside, read
from cop_launch.store.project import PLAN, Loaded
from cop_launch.store.source import read_source
from cop_launch.store.splice import append_item, set_value
from cop_launch.store.starter import readme, starter
from cop_launch.workflow import Decided

PLANS = "plans"
SCHEMA = "coplaunch.schema.json"
IGNORED = ("evidence/raw/", ".coplaunch-*.tmp")
"""What git never sees: raw exports, with personal data; and files that a killed run left unfinished."""


def new_project(folder: Path, name: str, language: Language) -> tuple[Write, ...]:
    """The writes that start a project in a folder; what stands there already stays as it is."""
    if (folder / PLAN).exists():
        raise Refused(
            msg("there is a project in {folder} already", folder=str(folder)),
            msg("choose another folder; `coplaunch status` tells how this one stands"),
            code="already-a-project",
        )
    files = {
        ".gitignore": _ignore_raw(folder / ".gitignore"),
        SCHEMA: schema_text(json_schema(language)),
        PLAN: starter(name, language),
    }
    if not (folder / "README.md").exists():
        files["README.md"] = readme(name, language)
    return tuple(
        Write(folder / file, _bytes_or_none(folder / file), text.encode()) for file, text in sorted(files.items())
    )


def _ignore_raw(path: Path) -> str:
    """The .gitignore with what git must not see: raw exports, and what a killed run may leave for a while."""
    text = read(path).decode("utf-8", "surrogateescape") if path.exists() else ""
    missing = [line for line in IGNORED if line not in text.split("\n")]
    if not missing:
        return text
    return text + ("\n" if text and not text.endswith("\n") else "") + "\n".join(missing) + "\n"


def _bytes_or_none(path: Path) -> bytes | None:
    return read(path) if path.exists() else None


def record(loaded: Loaded, decided: Decided, report: str) -> tuple[Write, ...]:
    """The writes that record a decision: the report first, the entry second, both to be applied in this order.

    A report that stands there without an entry is the leftover of a killed run, and is replaced.
    """
    assert loaded.source is not None
    text = append_item(loaded.source.text, ("decisions",), decided.entry)
    written = loaded.dossier.project.phase if loaded.dossier else None
    if decided.phase is not written:
        text = set_value(text, ("phase",), decided.phase.value, order=("format", "name", "language", "phase"))
    after = (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()
    path = inside(loaded.folder, decided.report)
    return Write(path, _bytes_or_none(path), report.encode()), Write(loaded.folder / PLAN, loaded.raw, after)


def answered(loaded: Loaded, answers: Sequence[Answer]) -> bytes:
    """The plan's bytes with these answers in their places, everything else as it was."""
    assert loaded.source is not None
    text = loaded.source.text
    for answer in answers:
        text = append_item(text, answer.path, answer.value) if answer.adds else _put(text, answer)
    return (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()


def _put(text: str, answer: Answer) -> str:
    """Sets a value; a list entry that does not exist yet is added to its list."""
    source, _ = read_source(text.encode(), PLAN)
    held: Any = source.tree if source else None
    for depth, part in enumerate(answer.path):
        if isinstance(part, int) and (not isinstance(held, list) or part >= len(held)):
            inner = with_value(None, answer.path[depth + 1 :], answer.value)
            return append_item(text, answer.path[:depth], BlockMapping(inner) if isinstance(inner, dict) else inner)
        if isinstance(held, list) and isinstance(part, int):
            held = held[part]
        else:
            held = held.get(part) if isinstance(held, dict) else None
    holder = section_at(Project, answer.path[:-1])
    return set_value(text, answer.path, answer.value, order=keys(holder) if holder else ())


def standing_plans(folder: Path) -> dict[str, str]:
    """The documents that stand in a project now, by their path in it; what is not text is left out."""
    found = {}
    for path in sorted((folder / PLANS).glob("*")):
        if path.is_file():
            with suppress(UnicodeDecodeError):
                found[f"{PLANS}/{path.name}"] = read(path).decode()
    return found


def rendered(folder: Path, documents: Mapping[str, str]) -> tuple[Write, ...]:
    """The writes that put documents in their place, those that are there already as they should be included."""
    return tuple(
        Write(path, _bytes_or_none(path), text.encode())
        for name, text in sorted(documents.items())
        for path in [inside(folder, name)]
    )
