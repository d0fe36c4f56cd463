"""A Word file to write in: its styles and pages, from coplaunch or from a file of the project's own.

coplaunch's own stands unpacked in `templates/word/`, as the XML that a Word file consists of (ECMA-376), so that a
change to a style reads as one. A project's own file brings its styles, its page and what stands above and below it;
the styles that it lacks are added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cop_launch.documents.templates import templates_folder
from cop_launch.findings import Exit, Refused
from cop_launch.locales import Language, msg

if TYPE_CHECKING:
    from docx.document import Document

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
"""The language of a document as Word's spelling check knows it."""
LISTS = tuple(f"List {kind}{level}" for kind in ("Bullet", "Number") for level in ("", " 2", " 3"))
"""The styles of the items of a list, by kind and depth. What number or bullet they show belongs to the style."""

STYLES = "templates/word.docx"
"""Where a project keeps a Word file of its own with styles."""

_LARGEST = 100_000_000
"""Bytes: a file with styles that unpacks to more than this is none."""
_LONGEST_TITLE = 255
_KEPT = frozenset(
    {
        "styles",
        "numbering",
        "settings",
        "theme",
        "fontTable",
        "webSettings",
        "footnotes",
        "endnotes",
        "stylesWithEffects",
    }
)
"""What a file with styles brings along; whatever else its text referred to goes with that text."""


def default_styles() -> bytes:
    """coplaunch's own styles as a Word file, for a person to change: without text, the same bytes every time."""
    folder = templates_folder() / "word"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    # A reader looks for the content types first.
    return _packed((name, files[name].read_bytes()) for name in sorted(files, key=lambda name: (name[0] != "[", name)))


def empty_document(styles: bytes | None, language: Language, title: str) -> Document:
    """A document without text, in these styles or in coplaunch's own; `title` is its title in Word's properties.

    Refused for styles that are no Word file (`not-a-word-file`), and where python-docx is not installed
    (`word-missing`).
    """
    document = _opened(default_styles()) if styles is None else _emptied(_opened(styles))
    if styles is not None:
        _complete(document, _opened(default_styles()))
    _set_language(document.styles.element, LOCALES[language.code])
    _set_properties(document, title, LOCALES[language.code])
    return document


def saved(document: Document) -> bytes:
    """The document as a file: without a clock, and not compressed, since no two compressors agree on the bytes."""
    target = BytesIO()
    document.save(target)
    with ZipFile(target) as file:
        return _packed((name, file.read(name)) for name in file.namelist())


def _packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as file:
        for name, content in parts:
            entry = ZipInfo(name)  # of 1 January 1980, as far back as the format goes
            entry.create_system = 0  # otherwise the bytes tell which system wrote them
            file.writestr(entry, content)
    return target.getvalue()


def _opened(content: bytes) -> Document:
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise Refused(
            msg("Word files need one more package."),
            msg("install it with `pip install 'coplaunch[word]'`"),
            Exit.MACHINE,
            code="word-missing",
        ) from error
    wrong = Refused(
        msg("{file} cannot be read as a Word document.", file=STYLES),
        msg("open it in Word and save it as .docx; or take it away, for the usual styles"),
        code="not-a-word-file",
    )
    try:
        with ZipFile(BytesIO(content)) as file:
            if sum(part.file_size for part in file.infolist()) > _LARGEST:
                raise wrong
            # The standard allows no part to declare anything of its own (ECMA-376, part 2, on the markup of parts).
            if any(b"<!DOCTYPE" in file.read(part) for part in file.infolist()):
                raise wrong
        document = docx.Document(BytesIO(content))
        _look_at_roots(document)
    except (OpcError, BadZipFile, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise wrong from error
    except (SyntaxError, NotImplementedError, RuntimeError) as error:  # XML that is none; packed in an unknown way
        raise wrong from error
    return document


def _look_at_roots(document: Document) -> None:
    """Raises ValueError for a part that is not what its type says: a file that is only half a document."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.oxml.ns import qn

    roots = {
        CONTENT_TYPE.WML_STYLES: "w:styles",
        CONTENT_TYPE.WML_NUMBERING: "w:numbering",
        CONTENT_TYPE.OPC_CORE_PROPERTIES: "cp:coreProperties",
    }
    package = document.part.package
    assert package is not None
    for part in package.iter_parts():
        root = roots.get(part.content_type)
        if root and part.element.tag != qn(root):
            raise ValueError(root)
    if document.element.find(qn("w:body")) is None or document.styles.element is None:
        raise ValueError("w:body")


def _emptied(document: Document) -> Document:
    """Without its text, and without what only the text referred to: pictures, comments, links."""
    from docx.oxml.ns import qn

    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    if not len(body):
        body.get_or_add_sectPr()
    used = {value for element in body.iter() for value in element.attrib.values()}
    relations = document.part.rels
    for number in [n for n, one in relations.items() if n not in used and one.reltype.rsplit("/", 1)[-1] not in _KEPT]:
        del relations[number]
    return document


def _complete(document: Document, default: Document) -> None:
    """Adds what a file with styles may lack and a document needs: the size of its page, styles, the signs of lists."""
    page, usual = document.sections[-1], default.sections[-1]
    for side in ("page_width", "page_height", "left_margin", "right_margin", "top_margin", "bottom_margin"):
        if getattr(page, side) is None:
            setattr(page, side, getattr(usual, side))
    added = _add_styles(document.styles.element, default.styles.element)
    _add_signs(document, default, added)


def _add_styles(styles: Any, default: Any) -> dict[str, str]:
    """Adds the styles that are missing; the id that each of coplaunch's styles has in this file, by its own id."""
    from docx.oxml.ns import qn

    def name(style: Any) -> str:
        named = style.find(qn("w:name"))
        return "" if named is None else str(named.get(qn("w:val"))).casefold()

    there = {name(style): style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    taken = set(there.values())
    ids: dict[str, str] = {}
    missing = []
    for style in default.iter(qn("w:style")):
        own = style.get(qn("w:styleId"))
        if name(style) in there:
            ids[own] = there[name(style)]
            continue
        ids[own] = own if own not in taken else f"{own}-coplaunch"
        missing.append(deepcopy(style))
    for style in missing:
        style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
        style.attrib.pop(qn("w:default"), None)  # a file has its own, even where it calls it otherwise
        for tag in ("w:basedOn", "w:next"):
            for other in style.findall(qn(tag)):
                other.set(qn("w:val"), ids[other.get(qn("w:val"))])
        for number in list(style.iter(qn("w:numPr"))):
            number.getparent().remove(number)  # it would count on from a list of this file
        styles.append(style)
    return ids


def _add_signs(document: Document, default: Document, ids: dict[str, str]) -> None:
    """Gives the styles of lists that have no bullet or number those of coplaunch."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    numbering = _numbering(document)
    theirs = default.part.numbering_part.element
    for name in LISTS:
        if number_of(document, name):
            continue
        abstract = deepcopy(theirs.findall(qn("w:abstractNum"))[LISTS.index(name)])
        held = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
        abstract.set(qn("w:abstractNumId"), str(max(held, default=-1) + 1))
        for linked in abstract.iter(qn("w:pStyle")):
            linked.set(qn("w:val"), ids[linked.get(qn("w:val"))])
        first = numbering.find(qn("w:num"))
        numbering.insert(len(numbering) if first is None else numbering.index(first), abstract)  # kinds before lists
        made = numbering.add_num(max(held, default=-1) + 1)
        properties = document.styles[name].element.get_or_add_pPr()
        if properties.numPr is not None:
            properties.remove(properties.numPr)
        number = properties.get_or_add_numPr()
        number.append(OxmlElement("w:numId", {qn("w:val"): str(made.numId)}))


def _numbering(document: Document) -> Any:
    """The lists of a document; a file without any gets a place for them."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml
    from docx.parts.numbering import NumberingPart

    relations = document.part.rels.values()
    if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in relations):
        element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        package = document.part.package
        assert package is not None
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return document.part.numbering_part.element


def number_of(document: Document, style: str) -> tuple[int, int] | None:
    """The kind of list that a style belongs to, by its number in the file, and the level in it; None for no list."""
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    kinds = {int(num.numId): int(num.abstractNumId.val) for num in numbering.findall(qn("w:num"))}
    current: Any = document.styles[style]
    seen = set()
    while current is not None and current.style_id not in seen:
        seen.add(current.style_id)
        properties = current.element.pPr
        number = None if properties is None else properties.numPr
        if number is not None and number.numId is not None:
            kind = kinds.get(number.numId.val)
            return None if kind is None else (kind, 0 if number.ilvl is None else number.ilvl.val)
        current = current.base_style
    return None


def _set_language(styles: Any, locale: str) -> None:
    """The language of every style: a document has one, whatever the file was in that the styles come from."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)
    at = styles
    for tag in ("w:docDefaults", "w:rPrDefault", "w:rPr"):
        found = at.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            at.insert(0, found)
        at = found
    if at.find(qn("w:lang")) is None:
        at.append(OxmlElement("w:lang", {qn("w:val"): locale}))


def _set_properties(document: Document, title: str, locale: str) -> None:
    """Title and language, and nothing of what the file with styles was: no author, no clock."""
    from docx.opc.constants import CONTENT_TYPE

    properties = document.core_properties
    package = document.part.package
    assert package is not None
    for part in package.iter_parts():
        if part.content_type == CONTENT_TYPE.OPC_CORE_PROPERTIES:
            for element in list(part.element):
                part.element.remove(element)
    properties.title = title[:_LONGEST_TITLE]
    properties.language = locale
