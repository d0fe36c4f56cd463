"""The catalogues: complete, current, and saying the same with the same values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from cop_launch.locales import DOMAINS
from tests import catalogues

PAIRS = [(domain, language) for language in catalogues.TRANSLATED for domain in DOMAINS]


@pytest.mark.parametrize(("domain", "language"), PAIRS)
def test_every_message_is_translated(domain: str, language: str) -> None:
    """Every message that the program can say has a translation."""
    assert catalogues.untranslated(catalogues.updated(domain, language)) == []


@pytest.mark.parametrize(("domain", "language"), PAIRS)
def test_catalogues_are_current(domain: str, language: str) -> None:
    """The committed catalogues, as people edit them and as the program reads them, are what `make messages` writes."""
    catalogue = catalogues.updated(domain, language)
    path = catalogues.LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    assert path.read_bytes() == catalogues.as_po(catalogue)
    assert path.with_suffix(".mo").read_bytes() == catalogues.as_mo(catalogue)


@pytest.mark.parametrize(("domain", "language"), PAIRS)
def test_translations_use_the_same_values(domain: str, language: str) -> None:
    """A translation names the fields of its message, each as it is formatted there, and no others."""
    wrong = [text for text, said in _pairs(domain, language) if _fields(text) - {"n"} != _fields(said) - {"n"}]
    assert wrong == []


def _pairs(domain: str, language: str) -> Iterator[tuple[str, str]]:
    if domain != "coplaunch":
        return
    for message in catalogues.updated(domain, language):
        if message.id:
            yield from _texts(message)


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, tuple(message.string or ()), strict=True)


def _fields(text: str) -> set[str]:
    return {f"{name}:{spec}" if spec else name for _, name, spec, _ in string.Formatter().parse(text) if name}


def test_no_message_stands_inside_an_f_string() -> None:
    """Before Python 3.12, what is inside an f-string is not found for the catalogue."""
    hidden = [
        f"{path.relative_to(catalogues.SOURCE)}:{call.lineno}"
        for path in sorted(catalogues.SOURCE.rglob("*.py"))
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"msg", "nmsg"}
    ]
    assert hidden == []
