"""What a command would change on disk, as data: a new project, answers, a recorded decision."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cop_launch.filling.answers import Answer, value_at, with_value
from cop_launch.findings import KeyPath, Refused
from cop_launch.locales import Language, in_language, msg
from cop_launch.model.decision import DecisionKind, Phase
from cop_launch.model.project import Project
from cop_launch.model.schema import json_schema, schema_text
from cop_launch.model.structure import keys, section_at
from cop_launch.store.emit import WIDTH, BlockList, BlockMapping
from cop_launch.store.files import Write, inside, read, read_if_there
from cop_launch.store.places import PLAN
from cop_launch.store.project import Loaded
from cop_launch.store.rendered import ATTRIBUTES
from cop_launch.store.source import read_source
from cop_launch.store.splice import add_section, append_item, remove, set_value
from cop_launch.store.starter import phase_section, readme, starter
from cop_launch.workflow import Decided

SCHEMA = "coplaunch.schema.json"
IGNORED = ("evidence/raw/", ".coplaunch-*.tmp")
"""What git never sees: raw exports, with personal data; and files that a killed run left unfinished."""


def new_project(folder: Path, name: str, language: Language) -> tuple[Write, ...]:
    """The writes that start a project in a folder; what stands there already stays as it is."""
    refuse_project(folder)
    files = {
        ".gitattributes": with_attributes(folder / ".gitattributes"),
        ".gitignore": ignore_raw(folder / ".gitignore"),
        SCHEMA: schema_text(json_schema(language)).encode(),
        PLAN: starter(name, language).encode(),
    }
    if not (folder / "README.md").exists():
        files["README.md"] = readme(name, language).encode()
    return tuple(Write(folder / file, read_if_there(folder / file), content) for file, content in sorted(files.items()))


def refuse_project(folder: Path) -> None:
    """Refuses to start a project where there is one (code `already-a-project`)."""
    if (folder / PLAN).exists():
        raise Refused(
            msg("there is a project in {folder} already", folder=str(folder)),
            msg("choose another folder; `coplaunch status` tells how this one stands"),
            code="already-a-project",
        )


def ignore_raw(path: Path) -> bytes:
    """The .gitignore with what git must not see: raw exports, and what a killed run may leave for a while."""
    return _with_lines(path, IGNORED)


def with_attributes(path: Path) -> bytes:
    """The .gitattributes with what git must know of the documents."""
    return _with_lines(path, (ATTRIBUTES,))


def _with_lines(path: Path, lines: Sequence[str]) -> bytes:
    """A file with these lines, those that are missing at its end."""
    text = read(path) if path.exists() else b""
    missing = [line.encode() for line in lines if line.encode() not in text.split(b"\n")]
    if not missing:
        return text
    return text + (b"\n" if text and not text.endswith(b"\n") else b"") + b"\n".join(missing) + b"\n"


def record(loaded: Loaded, decided: Decided, report: str) -> tuple[Write, ...]:
    """The writes that record a decision: the report first, the entry second, both to be applied in this order.

    A report that stands there without an entry is the leftover of a killed run, and is replaced.
    """
    assert loaded.source is not None
    text = append_item(loaded.source.text, ("decisions",), decided.entry)
    written = loaded.dossier.project.phase if loaded.dossier else None
    if decided.phase is not written:
        text = set_value(text, ("phase",), decided.phase.value, order=("format", "name", "language", "phase"))
    if decided.choice.kind is DecisionKind.GO and decided.phase is not Phase.LAUNCHED:
        text = _with_questions(text, decided.phase.value, in_language(loaded.language))
    after = (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()
    path = inside(loaded.folder, decided.report)
    return Write(path, read_if_there(path), report.encode()), Write(loaded.folder / PLAN, loaded.raw, after)


def _with_questions(text: str, phase: str, language: Language) -> str:
    """The text with the section of a phase and its questions as comments, unless something of it is there already."""
    if phase in (_tree_of(text) or ()) or re.search(rf"^#+ ?{phase}:", text, re.MULTILINE):
        return text
    return add_section(text, phase, phase_section(phase, language), order=keys(Project))


def answered(loaded: Loaded, answers: Sequence[Answer]) -> bytes:
    """The plan's bytes with these answers in their places, everything else as it was."""
    assert loaded.source is not None
    text = loaded.source.text
    for answer in answers:
        text = _grown(text, answer.path, answer.value) if answer.adds else _put(text, answer)
    return (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()


def taken_away(loaded: Loaded, path: KeyPath) -> bytes:
    """The plan's bytes without the value at this path, and without what would be left empty around it.

    An empty list or mapping would be an answer: `none`.
    """
    assert loaded.source is not None
    text, tree = loaded.source.text, loaded.source.tree
    while len(path) > 2 and len(value_at(tree, path[:-1]) or ()) == 1:
        path = path[:-1]
    alone = len(value_at(tree, path[:-1]) or ()) == 1  # all that a phase says: the phase is open again, as before
    text = set_value(text, path[:-1], None) if alone else remove(text, path)
    return (codecs.BOM_UTF8 if loaded.source.bom else b"") + text.encode()


def _put(text: str, answer: Answer) -> str:
    """Sets a value, at the place that the model gives it; a list entry that does not exist yet is added to its list."""
    path = answer.path
    tree = _tree_of(text)
    if path[:1] and len(path) > 1 and isinstance(path[0], str) and isinstance(tree, dict) and path[0] not in tree:
        text = add_section(text, path[0], [f"{path[0]}:"], keys(Project))
    held: Any = tree
    for depth, part in enumerate(path):
        if isinstance(held, list) and isinstance(part, int) and part < len(held):
            held = held[part]
        elif isinstance(part, int):
            inner = with_value(None, path[depth + 1 :], answer.value)
            return _grown(text, path[:depth], inner)
        elif isinstance(held, dict) and part in held:
            held = held[part]
        else:
            upto = next((at for at in range(depth, len(path)) if isinstance(path[at], int)), len(path))
            value = with_value(None, path[upto:], answer.value)
            holder = section_at(Project, path[:depth])
            return set_value(text, path[:upto], _as_written(value), order=keys(holder) if holder else ())
    return set_value(text, path, _as_written(answer.value))


def _grown(text: str, path: KeyPath, item: Any) -> str:
    """Adds an item to a list: a few words to the others on their line, a sentence or an entry on a line of its own."""
    held = value_at(_tree_of(text), path)
    if held == "none" or isinstance(held, str) or held == []:
        items = [] if held in ("none", []) else [held]
        return set_value(text, path, _as_written([*items, item]))
    if not isinstance(held, list):
        return _put(text, Answer(path, [item]))
    written = append_item(text, path, BlockMapping(item) if isinstance(item, dict) and _in_block(text, path) else item)
    if len(max(written.splitlines(), key=len, default="")) <= WIDTH or any(isinstance(one, dict) for one in held):
        return written
    return set_value(text, path, BlockList([*held, item])) if _on_one_line(text, path) else written


def _in_block(text: str, path: KeyPath) -> bool:
    """Whether the entries of a list have a line for each key, or there is no entry yet that could tell."""
    source, _ = read_source(text.encode(), PLAN)
    return source is None or all(
        mark.style != "flow" for place, mark in source.marks.items() if place[:-1] == path and place != path
    )


def _on_one_line(text: str, path: KeyPath) -> bool:
    source, _ = read_source(text.encode(), PLAN)
    mark = source.marks.get(path) if source else None
    return mark is not None and mark.style == "flow" and "\n" not in text[mark.start : mark.end]


def _tree_of(text: str) -> Any:
    source, _ = read_source(text.encode(), PLAN)
    return source.tree if source else None


_WORDS_ON_A_LINE = 4
"""A list of short items stands on one line; items of more words than this get a line each."""


def _as_written(value: Any) -> Any:
    """A value in the layout in which a person would write it: sentences and entries with a line each."""
    if isinstance(value, list) and value:
        long = any(isinstance(item, str) and len(item.split()) > _WORDS_ON_A_LINE for item in value)
        if long or any(isinstance(item, dict) for item in value):
            return BlockList([BlockMapping(item) if isinstance(item, dict) else item for item in value])
    return value
