"""A project's own templates, as they stand in its folder `templates/`: read with care, since a project may come from
anybody, and written where a shipped one is copied."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cop_launch.findings import Finding, Place, Refused
from cop_launch.locales import msg
from cop_launch.records import Record
from cop_launch.store.files import Write, inside, read

FOLDER = "templates"
ENDING = ".j2"
LARGEST = 256 * 1024
"""Bytes in a template; the longest that is shipped has ten thousand."""

MOST = 200
"""How many files the folder may hold."""


class OwnTemplates(Record):
    """What stands in `templates/`: texts by their name in it, all files by name, and what cannot be read.

    Hidden files and a README count for nothing.
    """

    texts: Mapping[str, str]
    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def own_templates(folder: Path) -> OwnTemplates:
    """The templates of a project; line ends are LF, whatever they are on disk."""
    top = folder / FOLDER
    if not os.path.lexists(top):
        return OwnTemplates({}, (), ())
    if top.is_symlink() or not top.is_dir():
        return OwnTemplates({}, (), (_not_ours(top, folder),))
    texts: dict[str, str] = {}
    names: list[str] = []
    findings: list[Finding] = []
    for path in _files(top):
        name = path.relative_to(top).as_posix()
        if len(names) == MOST:
            message = msg("there are more than {n} files in templates/", n=MOST)
            hint = msg("Leave only the templates of this project in it.")
            findings.append(Finding("too-large", message, hint=hint, place=_place(path, folder)))
            break
        names.append(name)
        found = _read(path, folder)
        if isinstance(found, Finding):
            findings.append(found)
        elif name.endswith(ENDING):
            texts[name] = found
    return OwnTemplates(texts, tuple(names), tuple(findings))


def _files(top: Path) -> list[Path]:
    """Every file below, and every link in its place: nothing is read through one."""
    found = []
    for here, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        found += [Path(here) / name for name in (*links, *files) if not name.startswith(".")]
    return sorted(path for path in found if path.name.casefold() not in {"readme.md", "readme.txt"})


def _read(path: Path, folder: Path) -> str | Finding:
    place = _place(path, folder)
    if path.is_symlink() or not path.is_file():
        return _not_ours(path, folder)
    if not path.name.endswith(ENDING):
        return ""
    if path.stat().st_size > LARGEST:
        message = msg("{file} is larger than any template is: more than {n} bytes", file=place.file, n=LARGEST)
        return Finding("too-large", message, hint=msg("Is this the right file?"), place=place)
    try:
        text = read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        message = msg("{file} is not stored as UTF-8 text", file=place.file)
        return Finding("not-utf8", message, hint=msg("Save it as UTF-8 in your editor."), place=place)
    except Refused as refused:
        return Finding("template-file", refused.message, hint=refused.hint, place=place)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_ours(path: Path, folder: Path) -> Finding:
    place = _place(path, folder)
    message = msg("{file} is a link, or no file at all: a template is a file of the project itself", file=place.file)
    return Finding("template-file", message, hint=msg("Put the file itself in its place."), place=place)


def _place(path: Path, folder: Path) -> Place:
    name = path.relative_to(folder).as_posix()
    return Place(name if name.isprintable() else ascii(name), 1, 1)


def copied(folder: Path, name: str, text: str) -> Write:
    """The write that puts a template in its place. Refused where a link leads out of the project."""
    path = inside(folder, f"{FOLDER}/{name}")
    return Write(path, read(path) if path.exists() else None, text.encode())
