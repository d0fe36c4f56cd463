"""Whether anything changed since all documents of a project were up to date, without making them.

As with `make`: what the documents come from is compared with what it was when they were last found to be up to date.
That is kept in the user's own cache folder, and counts for nothing as soon as anything is not exactly as it was: the
plan, the evidence, a document, the name of any file beside them, coplaunch itself or what is installed beside it. A
project with templates of its own, with Word files or links among its documents, or with what a killed run left, is
always rendered.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cop_launch.kept import kept_folder
from cop_launch.locales import language_of_environment
from cop_launch.records import Record
from cop_launch.shipped import program
from cop_launch.store.files import FOLDERS, TEMPORARY
from cop_launch.store.places import EVIDENCE, PLAN, PLANS
from cop_launch.store.rendered import MEMORY, digest, remembered


class Current(Record):
    """What was known when all documents were up to date: the language in which to say so, and whether as a page too."""

    language: str
    page: bool


def unchanged(folder: Path) -> Current | None:
    """What was known, if nothing changed since; None when the documents have to be made to know."""
    kept = _kept(folder)
    try:
        state, language, page = kept.read_text("utf-8").split() if kept else ("", "", "")
        if not state or state != _state(folder, sources_of(folder)) or not _as_remembered(folder):
            return None
    except (OSError, ValueError):
        return None
    return Current(language, page == "page")


def keep_current(folder: Path, sources: str | None, known: Current) -> None:
    """Keeps that all documents are up to date with these sources, unless somebody has changed these since."""
    with suppress(OSError):
        kept, state = _kept(folder), _state(folder, sources)
        if kept and state and sources_of(folder) == sources:
            kept.write_text(f"{state} {known.language} {'page' if known.page else '-'}\n", "utf-8")


def sources_of(folder: Path) -> str | None:
    """A digest of what the documents tell, the plan and the evidence; None where that cannot be read."""
    try:
        evidence = sorted((folder / EVIDENCE).glob("*.yaml"))
        read = [(path.name, sha256(path.read_bytes()).hexdigest()) for path in (folder / PLAN, *evidence)]
    except OSError:
        return None
    return sha256(repr(read).encode()).hexdigest()


def _kept(folder: Path) -> Path | None:
    place = kept_folder("current")
    return place / sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:32] if place else None


def _state(folder: Path, sources: str | None) -> str | None:
    """A digest of all on which the documents depend, and of which there are; None where that is not so simple."""
    names = sorted(_names(folder))
    own = any(name.startswith("templates/") for _, name in names)
    plain = all(kind == "file" for kind, name in names if name.startswith(f"{PLANS}/"))
    left = any(TEMPORARY.fullmatch(os.path.basename(name)) for _, name in names)
    if sources is None or own or left or not plain:
        return None
    memory = sha256((folder / MEMORY).read_bytes()).hexdigest()
    return sha256(repr((program(), language_of_environment(), sources, names, memory)).encode()).hexdigest()


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of the project and in the folders in which coplaunch writes, by what it is; `link` for a link."""
    waiting = ["", *FOLDERS]
    while waiting:
        inner = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(folder / inner) as entries:
            for entry in entries:
                name = f"{inner}/{entry.name}" if inner else entry.name
                kind = "link" if entry.is_symlink() else "folder" if entry.is_dir() else "file"
                yield kind, name
                if inner and kind == "folder":
                    waiting.append(name)


def _as_remembered(folder: Path) -> bool:
    """Whether every document stands there as coplaunch wrote it."""
    memory, damaged = remembered((folder / MEMORY).read_bytes())
    return not damaged and all(_stands(folder / name, digests) for name, digests in memory.items())


def _stands(path: Path, digests: frozenset[str]) -> bool:
    data = path.read_bytes()
    lines_end_as_they_should = path.suffix != ".ics" or data.count(b"\n") == data.count(b"\r\n")
    return lines_end_as_they_should and digests == {digest(data)}
