"""`render --word`: documents also as Word files."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cop_launch.findings import Refused
from cop_launch.locales import Language, msg

if TYPE_CHECKING:
    from cop_launch.store.files import Write

FOLDER = "plans/word"


def word_files(
    folder: Path, texts: Mapping[str, str], asked: Collection[str], standing: Collection[str], language: Language
) -> tuple[dict[str, bytes], frozenset[str]]:
    """The Word files of documents by their path in the project, and those that stay as they are.

    `texts` are the documents by their path. Made are the Word files of those that are `asked` for, and those that are
    `standing` there already; the latter stay as they are where the extra that makes them is not installed.
    """
    meant = {
        place(path): text
        for path, text in texts.items()
        if path.endswith(".md") and (path in asked or place(path) in standing)
    }
    if not meant:
        return {}, frozenset()
    from cop_launch.documents.word import word
    from cop_launch.documents.word_file import STYLES
    from cop_launch.store.files import inside, read_if_there

    styles = read_if_there(inside(folder, STYLES))
    try:
        return {path: word(text, styles=styles, language=language) for path, text in meant.items()}, frozenset()
    except Refused as refused:
        if asked or refused.code != "word-missing":
            raise
        _say_not_made(refused, language)
        return {}, frozenset(meant)


def parted(words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the names of documents that somebody types, those of documents, and those of Word files: `concept.docx`."""
    files = [word for word in words if word.lower().endswith(".docx")]
    names = (PurePosixPath(word.replace("\\", "/")).stem for word in files)
    return tuple(word for word in words if word not in files), tuple(names)


def place(document: str) -> str:
    """Where the Word file of a document stands."""
    return f"{FOLDER}/{PurePosixPath(document).stem}.docx"


def styles_file(folder: Path, language: Language) -> Write:
    """The write that puts coplaunch's styles in the project, to be changed in Word."""
    from cop_launch.documents.word import styles_to_adjust
    from cop_launch.documents.word_file import STYLES
    from cop_launch.store.files import Write, inside, read_if_there

    path = inside(folder, STYLES)
    return Write(path, read_if_there(path), styles_to_adjust(language))


def _say_not_made(refused: Refused, language: Language) -> None:
    from cop_launch.console.screen import Screen, wrapped
    from cop_launch.console.views import sentence

    screen = Screen(sys.stderr)
    said = msg("The Word files in {folder} stay as they are: python-docx is not installed here.", folder=FOLDER)
    screen.lines(wrapped(language.say(said), screen.width, style="warn"))
    if refused.hint:
        screen.lines(wrapped(sentence(language.say(refused.hint)), screen.width, "    ", "", "  → "))
