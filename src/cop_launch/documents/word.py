"""A document as a Word file: its Markdown, element by element, in Word's own styles, lists, tables and headings.

Whatever the text says is text: it holds no fields, no markup, and no links but those to a web page or an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cop_launch.documents.word_file import LISTS, empty_document, number_of, saved
from cop_launch.locales import Language, msg
from cop_launch.records import Record, replace

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SHOWN = (
    *(f"Heading {level}" for level in range(1, 7)),
    "Normal",
    *LISTS,
    *(f"List Continue{level}" for level in ("", " 2", " 3")),
    "Quote",
    "Caption",
    "HTML Preformatted",
    "Horizontal Line",
)
"""The styles of paragraphs outside tables."""

_FRONT_MATTER = re.compile(r"\A---\n((?:[\w-]+:.*\n)+)---\n")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, section 2.2)."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINKS = ("http://", "https://", "mailto:")
_TASK = re.compile(r"\[([ xX])\] ")
_DEEPEST = 3
"""Word has styles for lists in lists up to here; what is deeper stands at this depth."""
_INDENT = 357
"""Twentieths of a point, for each depth of a list: 0.63 cm, as Word itself has it."""
_LINE = 105
"""Characters that stand beside each other in a table as wide as an A4 page, more or less."""
_GAP = 3
"""The space between two columns, as characters."""


def word(markdown: str, *, styles: bytes | None, language: Language) -> bytes:
    """A document as the bytes of a Word file (.docx), the same for the same input.

    `styles` is a Word file whose styles, page, header and footer are taken; None: coplaunch's own. A picture is told by
    its description, which holds its facts: pictures are SVG, and Word files want images of points beside those.
    Refused where `styles` is no Word file (`not-a-word-file`) or the extra `word` is not installed (`word-missing`).
    """
    front = _FRONT_MATTER.match(markdown)
    slides = front is not None and "marp: true\n" in front[1]
    text = markdown[front.end() :] if front and slides else markdown
    root = _read(text)
    heading = next((node for node in root.walk() if node.type == "heading"), None)
    document = empty_document(styles, language, _xml(_plain(heading)) if heading else "")
    _Writer(document, language, slides).blocks(root.children, _Place())
    return saved(document)


def styles_to_adjust(language: Language) -> bytes:
    """coplaunch's own styles as a Word file for a person to change: each shown by a line that says its name."""
    document = empty_document(None, language, "")
    for name in SHOWN:
        document.add_paragraph(name, style=name)
    table = document.add_table(2, 1, style="Document Table")
    for row, name in zip(table.rows, ("Table Heading", "Table Text"), strict=True):
        [paragraph] = row.cells[0].paragraphs
        paragraph.text, paragraph.style = name, document.styles[name]
    line = document.add_paragraph()
    for name in ("Hyperlink", "HTML Code"):
        line.add_run(name, style=name)
        line.add_run(" ")
    return saved(document)


def _read(text: str) -> SyntaxTreeNode:
    """Markdown as documents write it. HTML is recognised so that comments can be left out; the rest of it is text."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return SyntaxTreeNode(reader.parse(text))


def _xml(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _plain(node: SyntaxTreeNode) -> str:
    """The words of an element alone."""
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(_plain(child) for child in node.children)


class _Place(Record):
    """Where in the document a block stands: how deep in lists, in which item, and whether somebody is quoted."""

    depth: int = 0
    style: str | None = None
    """The style that the first paragraph of an item has."""
    number: int | None = None
    """The list whose number that paragraph has."""
    quoted: bool = False


class _Look(Record):
    """How words are marked, and where they lead."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    link: Any = None


@dataclass(slots=True)
class _Writer:
    """Writes the elements of a text into a document, one after the other."""

    document: Document
    language: Language
    slides: bool
    new_page: bool = False
    """Whether what comes next begins a page."""
    latest: Paragraph | None = None
    styles: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.styles = {style.name or "": style for style in self.document.styles}

    # -- blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[SyntaxTreeNode], place: _Place) -> None:
        """Writes blocks; only the first of an item has its bullet."""
        for at, node in enumerate(nodes):
            after = nodes[at + 1].type if at + 1 < len(nodes) else ""
            self._block(node, place, after)
            place = replace(place, style=None)

    def _block(self, node: SyntaxTreeNode, place: _Place, after: str) -> None:
        match node.type:
            case "heading":
                self._words(self._paragraph(f"Heading {node.tag[1]}"), node)
            case "paragraph":
                self._text(node, place, after)
            case "bullet_list" | "ordered_list":
                self._list(node, place)
            case "blockquote":
                self.blocks(node.children, replace(place, style=None, quoted=True))
            case "fence" | "code_block":
                self._at(self._paragraph("HTML Preformatted"), place).add_run(_xml(node.content.rstrip("\n")))
            case "hr" if self.slides:
                self.new_page = True
            case "hr":
                self._paragraph("Horizontal Line")
            case "table":
                self._table(node)
                if after != "heading":  # two tables in a row would become one
                    self._paragraph("Table Text")
            case "html_block":
                if text := _COMMENT.sub("", node.content).strip():
                    self._at(self._paragraph(self._style(place)), place).add_run(_xml(text))
            case _:
                raise NotImplementedError(f"no form in Word for {node.type}")

    def _paragraph(self, style: str) -> Paragraph:
        made = self.document.add_paragraph(style=self.styles[style])
        if self.new_page:
            made.paragraph_format.page_break_before = True
            self.new_page = False
        self.latest = made
        return made

    @staticmethod
    def _style(place: _Place) -> str:
        if place.style:
            return place.style
        if place.quoted:
            return "Quote"
        return _at_depth("List Continue", place.depth) if place.depth else "Normal"

    @staticmethod
    def _at(paragraph: Paragraph, place: _Place) -> Paragraph:
        """What has a style of its own, as far in as the item that it stands in."""
        from docx.shared import Twips

        if (
            place.depth
            and not place.style
            and not ((paragraph.style and paragraph.style.name) or "").startswith("List ")
        ):
            paragraph.paragraph_format.left_indent = Twips(_INDENT * (min(place.depth, _DEEPEST) + place.quoted))
        return paragraph

    def _text(self, node: SyntaxTreeNode, place: _Place, after: str) -> None:
        inline = node.children[0].children if node.children else []
        if len(inline) == 1 and inline[0].type == "image":
            self._picture(inline[0])
            return
        paragraph = self._at(self._paragraph(self._style(place)), place)
        task = _TASK.match(inline[0].content) if place.style and inline and inline[0].type == "text" else None
        if task:
            self._tick(paragraph, place, done=task[1] != " ")
        elif place.style and place.number is not None:
            self._count(paragraph, place.number)
        if _plain(node).endswith(":") and after not in {"", "heading", "hr"}:
            paragraph.paragraph_format.keep_with_next = True
        self._words(paragraph, node, skip=task.end() if task else 0)

    def _list(self, node: SyntaxTreeNode, place: _Place) -> None:
        depth = min(place.depth + 1, _DEEPEST)
        style = _at_depth("List Bullet" if node.type == "bullet_list" else "List Number", depth)
        number = None if node.type == "bullet_list" else self._new_list(style, int(node.attrs.get("start", 1)))
        for item in node.children:
            inside = _Place(place.depth + 1, style, number, place.quoted)
            if not item.children or item.children[0].type not in {"paragraph", "bullet_list", "ordered_list"}:
                # Something else than words comes first, or nothing at all: the bullet stands by itself.
                paragraph = self._paragraph(style)
                if number is not None:
                    self._count(paragraph, number)
                inside = replace(inside, style=None)
            self.blocks(item.children, inside)
        usual = self.styles["Normal"].paragraph_format.space_after
        if place.depth == 0 and self.latest is not None and usual is not None:
            # After a list there is as much space as after a paragraph.
            self.latest.paragraph_format.space_after = usual

    def _new_list(self, style: str, start: int) -> int:
        """A list that counts from its own start, in the form that the style gives it; its number in the file."""
        kind = number_of(self.document, style)
        assert kind is not None, "word_file gives every list style its sign"
        made = self.document.part.numbering_part.element.add_num(kind[0])
        made.add_lvlOverride(ilvl=kind[1]).add_startOverride(start)
        return int(made.numId)

    def _count(self, paragraph: Paragraph, number: int) -> None:
        kind = number_of(self.document, paragraph.style.name or "") if paragraph.style else None
        properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = kind[1] if kind else 0
        properties.get_or_add_numId().val = number

    @staticmethod
    def _tick(paragraph: Paragraph, place: _Place, *, done: bool) -> None:
        """A box in the place of the bullet."""
        from docx.shared import Twips

        properties = paragraph._element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 0  # no bullet, whatever the style says
        paragraph.paragraph_format.left_indent = Twips(_INDENT * min(place.depth, _DEEPEST))
        paragraph.paragraph_format.first_line_indent = Twips(-_INDENT)
        paragraph.add_run("☑\t" if done else "☐\t")

    # -- pictures and tables ------------------------------------------------------------------------------------------

    def _picture(self, node: SyntaxTreeNode) -> None:
        """What a picture shows, in words."""
        self._paragraph("Caption").add_run(self._told(node))

    def _told(self, picture: SyntaxTreeNode) -> str:
        return self.language.say(msg("[Picture: {description}]", description=_xml(_plain(picture))))

    def _width(self) -> int:
        """Between the margins, in Word's own unit (EMU)."""
        page = self.document.sections[-1]
        return int((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))

    def _table(self, node: SyntaxTreeNode) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement
        from docx.shared import Emu

        if self.new_page:
            self._paragraph("Normal")
        rows = [row for part in node.children for row in part.children]
        table = self.document.add_table(len(rows), len(rows[0].children), style=self.styles["Document Table"])
        size = table._element.tblPr.find(qn("w:tblW"))
        size.set(qn("w:type"), "pct")
        size.set(qn("w:w"), "5000")  # fiftieths of a percent: as wide as the text
        widths = [Emu(round(self._width() * share)) for share in column_shares(rows)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, (made, row) in enumerate(zip(table.rows, rows, strict=True)):
            properties = made._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))  # again on top of every page
            for cell, column, width in zip(made.cells, row.children, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.style = self.styles["Table Text" if at else "Table Heading"]
                if column.attrs.get("style") == "text-align:right":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                elif column.attrs.get("style") == "text-align:center":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._words(paragraph, column)

    # -- words --------------------------------------------------------------------------------------------------------

    def _words(self, paragraph: Paragraph, node: SyntaxTreeNode, skip: int = 0) -> None:
        """The words of a block; `skip` characters at its start are said already."""
        for inline in node.children:
            self._inline(paragraph, inline.children, _Look(), skip)

    def _inline(self, paragraph: Paragraph, nodes: Sequence[SyntaxTreeNode], look: _Look, skip: int = 0) -> None:
        for node in nodes:
            match node.type:
                case "text":
                    self._run(paragraph, node.content[skip:], look)
                    skip = 0
                case "strong":
                    self._inline(paragraph, node.children, replace(look, bold=True))
                case "em":
                    self._inline(paragraph, node.children, replace(look, italic=True))
                case "s":
                    self._inline(paragraph, node.children, replace(look, struck=True))
                case "code_inline":
                    run = self._run(paragraph, node.content, look)
                    if look.link is None:
                        run.style = self.styles["HTML Code"]
                case "softbreak":
                    self._run(paragraph, " ", look)
                case "hardbreak":
                    self._run(paragraph, "\n", look)
                case "link":
                    link = self._link(paragraph, str(node.attrs["href"]))
                    self._inline(paragraph, node.children, look if link is None else replace(look, link=link))
                case "image":
                    self._run(paragraph, self._told(node), replace(look, italic=True))
                case "html_inline":
                    self._run(paragraph, _COMMENT.sub("", node.content), look)
                case _:
                    raise NotImplementedError(f"no form in Word for {node.type}")

    def _run(self, paragraph: Paragraph, text: str, look: _Look) -> Run:
        run = paragraph.add_run(_xml(text))
        if look.link is not None:
            look.link.append(run._element)
            run.style = self.styles["Hyperlink"]
        # Said only where it holds: otherwise a style could not say it.
        run.bold, run.italic, run.font.strike = look.bold or None, look.italic or None, look.struck or None
        return run

    @staticmethod
    def _link(paragraph: Paragraph, href: str) -> Any:
        """A link to a page or an address. Other documents are other files here, elsewhere: their names are text."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        if not href.lower().startswith(_LINKS):
            return None
        number = paragraph.part.relate_to(_xml(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink", {qn("r:id"): number})
        paragraph._element.append(link)
        return link


def _at_depth(style: str, depth: int) -> str:
    return style if depth == 1 else f"{style} {min(depth, _DEEPEST)}"


def column_shares(rows: Sequence[SyntaxTreeNode]) -> list[float]:
    """The share of the width that each column gets, together 1.

    A column whose longest cell fits into an equal share gets what it needs. The others divide the rest by the root of
    their longest cell, so that a longer text is wider and higher at once; the longest word of each fits.
    """
    columns = [[_plain(row.children[at]) for row in rows] for at in range(len(rows[0].children))]
    longest = [_GAP + max(len(text) for text in cells) for cells in columns]
    words = [_GAP + max((len(word) for text in cells for word in text.split()), default=0) for cells in columns]
    widths = dict.fromkeys(range(len(columns)), 0.0)
    rest, wide = float(_LINE), set(widths)
    while fitting := {at for at in wide if longest[at] <= rest / len(wide)}:
        widths |= {at: float(longest[at]) for at in fitting}
        rest -= sum(longest[at] for at in fitting)
        wide -= fitting
    roots = sum(sqrt(longest[at]) for at in wide)
    widths |= {at: max(words[at], rest * sqrt(longest[at]) / roots) for at in wide}
    together = sum(widths.values())
    return [width / together for width in widths.values()]
