"""Hostile words in every field of a whole launch at once: no document of any kind gets more in it than words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, get_args, get_origin
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.oxml.ns import qn

from cop_launch.documents import render
from cop_launch.documents.choice import PAGE
from cop_launch.documents.page import page
from cop_launch.documents.word import word
from cop_launch.gates import Dossier
from cop_launch.locales import in_language
from cop_launch.model.fields import RefersTo, Section, Text
from tests.documents.everything import dossier_of
from tests.documents.markdown import structure
from tests.documents.test_page import Seen
from tests.documents.test_rendering import HOSTILE, UNSEEN

EXAMPLE = "de-tweede-zin"
"""The launch that has every phase behind it, and every kind of document."""

WRITTEN = [
    *(text for text in HOSTILE if "\ud800" not in text),
    "</script><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)\" ' onfocus='alert(1)' autofocus x=`1`",
    "]]> --> */ </style> </svg> </title> </text><image href=x onerror=alert(1)>",
    "&#x27;&#39;&quot;&apos; &lt;script&gt;",
    '=HYPERLINK("https://example.org","klik"); =cmd|\' /C calc\'!A1',
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:https://example.org\r\nX-A",
    "</w:t></w:r><w:r><w:instrText>QUIT</w:instrText></w:r>",
    "مجتمع القراءة 👩‍👩‍👧‍👦 עברית",
    "x" * 5_000,
    "woord " * 800,
]


# -- a word in the place of every text --------------------------------------------------------------------------------

_PLAIN = get_args(Text)[1]


def overwritten(value: Any, kind: Any, text: str) -> Any:
    """The same value, with `text` for each text in it that people may write as they like; names that others point at
    stay."""
    if isinstance(value, Section):
        fields = value.model_fields
        return value.model_copy(
            update={name: overwritten(getattr(value, name), one.annotation, text) for name, one in fields.items()}
        )
    if isinstance(value, list):
        return [overwritten(one, kind, text) for one in value]
    if isinstance(value, dict):
        return {key: overwritten(one, kind, text) for key, one in value.items()}
    return text if type(value) is str and _is_free(kind) else value


def _is_free(kind: Any) -> bool:
    """Whether a field takes any text, itself or as items of a list or values of a mapping."""
    marks = list(_marks(kind))
    return _PLAIN in marks and not any(isinstance(mark, RefersTo) for mark in marks)


def _marks(kind: Any) -> Iterator[Any]:
    if isinstance(kind, tuple):
        for one in kind:
            yield from _marks(one)
    elif get_origin(kind) is Annotated:
        base, *marks = get_args(kind)
        yield from (*marks, *_marks(base))
    elif isinstance(kind, UnionType) or get_origin(kind) is not None:
        for one in get_args(kind)[1:] if get_origin(kind) is dict else get_args(kind):
            yield from _marks(one)
    else:
        yield kind


@cache
def dossier(text: str) -> Dossier:
    """The launch, in which everybody always wrote this."""
    whole = dossier_of(EXAMPLE, "nl")
    evidence = {slug: overwritten(file, type(file), text) for slug, file in whole.evidence.items()}
    return Dossier(overwritten(whole.project, type(whole.project), text), evidence)


@cache
def documents(text: str) -> Mapping[str, str]:
    """All that is rendered of it, the page too."""
    language = in_language("nl")
    made = render(dossier(text), language)
    return {**made, PAGE: page(made, dossier(text), language)}


def of_kind(text: str, *endings: str) -> dict[str, str]:
    """The documents whose names end so."""
    return {path: document for path, document in documents(text).items() if path.endswith(endings)}


each = pytest.mark.parametrize("written", WRITTEN, ids=range(len(WRITTEN)))


def test_every_text_is_overwritten() -> None:
    """Nothing that somebody wrote in the example is left, so each of these tests is about every field."""
    said = list(_texts(dossier("woord").project.model_dump()))
    assert [text for text in said if not re.fullmatch("[\\w.:/+-]+", text)] == []
    assert said.count("woord") > 400


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


SLIDES = "plans/presentation.md"
"""Of this the structure is another when words are longer: a slide that is too full goes on to the next."""


@each
def test_markdown(written: str) -> None:
    """No heading, link, row, tag, box or line more than with a plain word, and nothing that cannot be seen."""
    plain, found = of_kind("woord", ".md"), of_kind(written, ".md")
    assert found.keys() == plain.keys()
    for path, text in found.items():
        assert not UNSEEN.search(text), path
        if path == SLIDES:
            assert set(structure(text)) <= set(structure(plain[path])), path
        else:
            assert structure(text) == structure(plain[path]), path
            assert text.count("\n") == plain[path].count("\n"), path


@each
def test_the_page(written: str) -> None:
    """No element, attribute, link or comment more, and no sign outside its place in the style."""
    plain, found = _Elements(documents("woord")[PAGE]), _Elements(documents(written)[PAGE])
    assert found.left_open == []
    assert found.comments == []
    assert _kinds(found) <= _kinds(plain)
    assert _outside(found) == _outside(plain)
    (style,) = re.findall("<style>(.*?)</style>", documents(written)[PAGE], re.DOTALL)
    assert _own_words(style) == _own_words(*re.findall("<style>(.*?)</style>", documents("woord")[PAGE], re.DOTALL))


class _Elements(Seen):
    """Without its words, which in so long a page would have to be put together a thousand times."""

    def handle_data(self, data: str) -> None:
        """Nothing is kept."""


def _kinds(seen: Seen) -> set[tuple[str, tuple[str, ...]]]:
    return {(tag, tuple(sorted(attributes))) for tag, attributes in seen.elements}


def _outside(seen: Seen) -> list[tuple[str, str]]:
    """Every element outside slides and pictures, with where it leads."""
    inside = {"text", "tspan", "li", "ul", "h4", "p", "strong"}
    return [(tag, attributes.get("href", "")) for tag, attributes in seen.elements if tag not in inside]


def _own_words(style: str) -> str:
    """A style without the community's name, each sign of which stands there as a number."""
    return re.sub(r'"(\\[0-9a-f]+ )*"', '""', style)


@each
def test_pictures(written: str) -> None:
    """XML that can be read, with the elements and attributes of one that says a word; only its lines may be more."""
    plain, found = of_kind("woord", ".svg"), of_kind(written, ".svg")
    assert found.keys() == plain.keys()
    for path, text in found.items():
        assert _drawn(text) <= _drawn(plain[path]), path
        assert "<!--" not in text
        assert "<![CDATA" not in text


def _drawn(svg: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.tag, tuple(sorted(one.attrib))) for one in ET.fromstring(svg).iter()}  # noqa: S314 - our own


@each
def test_calendars(written: str) -> None:
    """The lines of one that says a word, property for property, with every line end as the format asks."""
    plain, found = of_kind("woord", ".ics"), of_kind(written, ".ics")
    assert found.keys() == plain.keys()
    assert found
    for path, text in found.items():
        assert not re.search("\r(?!\n)|(?<!\r)\n", text), path
        assert _properties(text) == _properties(plain[path]), path


def _properties(calendar: str) -> list[str]:
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return [re.split("[:;]", line)[0] for line in lines]


@each
def test_tables(written: str) -> None:
    """As many rows and cells, and no cell that a spreadsheet takes for a formula, whatever it divides columns at."""
    plain, found = of_kind("woord", ".csv"), of_kind(written, ".csv")
    assert found.keys() == plain.keys()
    assert found
    for path, text in found.items():
        rows = _cells(text, ";")
        assert [len(row) for row in rows] == [len(row) for row in _cells(plain[path], ";")], path
        for delimiter in ";,\t":
            cells = [cell for row in _cells(text, delimiter) for cell in row]
            assert [cell for cell in cells if re.match(r"\s*[=+@＝＋＠]|[-－]\S", cell)] == [], path


def _cells(table: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


_FORBIDDEN = tuple(
    qn(name) for name in ("w:instrText", "w:fldSimple", "w:drawing", "w:object", "w:pict", "w:altChunk", "w:subDoc")
)
WORD = ("plans/overview.md", "plans/community-manager-guide.md")
"""Two documents in Word, which together hold headings, lists, boxes, tables, links and pictures."""


@each
def test_word_files(written: str) -> None:
    """No field, picture, object, part or link more than with a plain word."""
    for path in WORD:
        plain, found = _in_word("woord", path), _in_word(written, path)
        assert found == plain, path


@cache
def _in_word(text: str, path: str) -> tuple[list[str], list[str], list[str]]:
    data = word(documents(text)[path], styles=None, language=in_language("nl"))
    made = Document(io.BytesIO(data))
    fields = [one.tag for one in made.element.iter(*_FORBIDDEN)]
    links = sorted({one.target_ref for one in made.part.rels.values() if one.is_external})
    parts = sorted(str(part.partname) for part in made.part.package.iter_parts())
    return fields, links, parts
