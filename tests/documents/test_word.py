"""Documents as Word files: nothing is lost, whatever is said is text, and a person's own styles are taken."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cop_launch.documents.rendering import escape
from cop_launch.documents.word import word
from cop_launch.documents.word_file import LISTS, default_styles, number_of
from cop_launch.findings import Exit, Refused
from cop_launch.locales import in_language, msg
from tests.documents.everything import rendered

DUTCH, ENGLISH = in_language("nl"), in_language("en")
DOCUMENTS = rendered(".md")

RICH = """\
# The *first* words

Some **bold *and italic* words**, ~~struck~~, `code` and a [page](https://example.org/a?b=c&d),
a [mail](mailto:a@b.example) and [another document](house-rules.md).<!-- said to nobody -->

<!-- nor
this -->

## A list:

- one
- two, with more to say

  in a second paragraph

  - inside
    1. deep
       - deeper
- [ ] to do
- [x] done

3. three
4. four

Between:

1. again one

> Quoted by *somebody*.
>
> - a point

| Name | Hours |
| --- | ---: |
| Ana | 3 |
| **Ben** | `4` |

![17 of 58 want to](share.svg)

    kept  as
      it stands

---

The end.\\
Really.
"""


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def made(text: str, styles: bytes | None = None) -> Document:
    return opened(word(text, styles=styles, language=ENGLISH))


def blocks(document: Document) -> Iterator[Paragraph]:
    """The paragraphs in their order, those of tables included."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs)
        else:
            yield block


def number(paragraph: Paragraph) -> str:
    """The list that a paragraph names itself, instead of the one of its style; 0 is none."""
    return "".join(f"#{one.get(qn('w:val'))}" for one in paragraph._element.iter(qn("w:numId")))


def style(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def said(document: Document) -> str:
    """All words in their order, spaces left out."""
    return re.sub(r"\s", "", "".join(paragraph.text for paragraph in blocks(document)))


def test_a_whole_text() -> None:
    """Every element has the style that Word has for it, and its words."""
    document = made(RICH)
    assert [(style(one), number(one), one.text) for one in blocks(document)] == [
        ("Heading 1", "", "The first words"),
        (
            "Normal",
            "",
            "Some bold and italic words, struck, code and a page, a mail and another document.",
        ),
        ("Heading 2", "", "A list:"),
        ("List Bullet", "", "one"),
        ("List Bullet", "", "two, with more to say"),
        ("List Continue", "", "in a second paragraph"),
        ("List Bullet 2", "", "inside"),
        ("List Number 3", "#7", "deep"),
        ("List Bullet 3", "", "deeper"),
        ("List Bullet", "#0", "☐\tto do"),
        ("List Bullet", "#0", "☑\tdone"),
        ("List Number", "#8", "three"),
        ("List Number", "#8", "four"),
        ("Normal", "", "Between:"),
        ("List Number", "#9", "again one"),
        ("Quote", "", "Quoted by somebody."),
        ("List Bullet", "", "a point"),
        ("Table Heading", "", "Name"),
        ("Table Heading", "", "Hours"),
        ("Table Text", "", "Ana"),
        ("Table Text", "", "3"),
        ("Table Text", "", "Ben"),
        ("Table Text", "", "4"),
        ("Table Text", "", ""),
        ("Caption", "", "[Picture: 17 of 58 want to]"),
        ("HTML Preformatted", "", "kept  as\n  it stands"),
        ("Horizontal Line", "", ""),
        ("Normal", "", "The end.\nReally."),
    ]


def test_marked_words() -> None:
    """Bold, italic, struck and code are that, also inside each other; a link to the web leads there."""
    paragraph = made(RICH).paragraphs[1]
    runs = [
        (run.text, bool(run.bold), bool(run.italic), bool(run.font.strike), run.style.name) for run in paragraph.runs
    ]
    plain = "Default Paragraph Font"
    assert runs == [
        ("Some ", False, False, False, plain),
        ("bold ", True, False, False, plain),
        ("and italic", True, True, False, plain),
        (" words", True, False, False, plain),
        (", ", False, False, False, plain),
        ("struck", False, False, True, plain),
        (", ", False, False, False, plain),
        ("code", False, False, False, "HTML Code"),
        (" and a ", False, False, False, plain),
        (",", False, False, False, plain),
        (" ", False, False, False, plain),
        ("a ", False, False, False, plain),
        (" and ", False, False, False, plain),
        ("another document", False, False, False, plain),
        (".", False, False, False, plain),
        ("", False, False, False, plain),
    ]
    links = [(link.text, link.url, link.runs[0].style.name) for link in paragraph.hyperlinks]
    assert links == [
        ("page", "https://example.org/a?b=c&d", "Hyperlink"),
        ("mail", "mailto:a@b.example", "Hyperlink"),
    ]


def test_each_numbered_list_counts_for_itself() -> None:
    """Every list has its own start, in the form that its style gives it."""
    document = made(RICH)
    numbering = document.part.numbering_part.element
    lists = {}
    for one in numbering.findall(qn("w:num"))[len(LISTS) :]:
        [override] = one.findall(qn("w:lvlOverride"))
        lists[int(one.numId)] = (int(one.abstractNumId.val), override.find(qn("w:startOverride")).get(qn("w:val")))
    kinds = {name: kind for name in LISTS for kind, _ in [number_of(document, name) or (-1, 0)]}
    assert lists == {
        7: (kinds["List Number 3"], "1"),
        8: (kinds["List Number"], "3"),
        9: (kinds["List Number"], "1"),
    }


def test_a_table() -> None:
    """As wide as the text, its head again on every page, no row over two pages, numbers where the text has them."""
    document = made(RICH)
    [table] = document.tables
    assert table.style is not None
    assert table.style.name == "Document Table"
    page = document.sections[0]
    assert page.page_width
    assert page.left_margin
    assert page.right_margin
    width = page.page_width - page.left_margin - page.right_margin
    assert abs(sum(column.width or 0 for column in table.columns) - width) < 1000
    rows = [[one.tag.split("}")[1] for one in row._tr.trPr] for row in table.rows if row._tr.trPr is not None]
    assert rows == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]
    right = WD_ALIGN_PARAGRAPH.RIGHT
    assert [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows] == [[None, right]] * 3


def test_slides_are_pages() -> None:
    """A presentation begins a page for every slide, and says nothing of how it is shown."""
    document = made(
        "---\nmarp: true\nlang: en\n---\n\n# One\n\nWords.\n\n---\n\n## Two\n\n---\n\n| A |\n| --- |\n| b |\n"
    )
    pages = [(bool(one.paragraph_format.page_break_before), one.text) for one in document.paragraphs]
    assert pages == [(False, "One"), (False, "Words."), (True, "Two"), (True, ""), (False, "")]
    assert document.core_properties.title == "One"


@pytest.mark.parametrize(("language", "locale"), [(DUTCH, "nl-NL"), (ENGLISH, "en-GB")])
def test_language_and_title(language: object, locale: str) -> None:
    """Word's spelling check knows the language; the properties have the title, and no author and no clock."""
    document = opened(word(RICH, styles=None, language=language))  # type: ignore[arg-type]
    tongues = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    properties = document.core_properties
    assert tongues == {properties.language} == {locale}
    assert (properties.title, properties.author, properties.last_modified_by) == ("The first words", "", "")
    assert (properties.created, properties.modified) == (None, None)


def _words_of(text: str, picture: str) -> str:
    """The words of Markdown as markdown-it reads them, without those of comments, boxes and pictures' frames."""
    text = re.sub(r"\A---\nmarp: true\n(?:.*\n)*?---\n", "", text)
    found = []
    for token in MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(text):
        for child in token.children or []:
            alone = child.content if child.type in {"text", "code_inline"} else ""
            found.append(picture.format(child.content) if child.type == "image" else alone)
        found.append(token.content if token.type in {"fence", "code_block"} else "")
    return re.sub(r"\s", "", "".join(found)).replace("[]", "☐").replace("[x]", "☑")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_word_is_lost(name: str) -> None:
    """Every document says as a Word file what it says as Markdown, in the same order."""
    text, language = DOCUMENTS[name], in_language("nl" if ".nl/" in name else "en")
    picture = language.say(msg("[Picture: {description}]", description="PLACE")).replace("PLACE", "{}")
    document = opened(word(text, styles=None, language=language))
    assert said(document) == _words_of(text, picture)
    headings = [style(one) for one in document.paragraphs if style(one).startswith("Heading ")]
    assert headings == [f"Heading {len(marks)}" for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


# -- the same bytes ---------------------------------------------------------------------------------------------------


def test_the_same_bytes_everywhere() -> None:
    """Time zone, locale and the order of hashes make no difference; no part of the file says when it was made."""
    ask = (
        "import hashlib, sys; from cop_launch.documents.word import word; from cop_launch.locales import in_language;"
        "print(hashlib.sha256(word(sys.stdin.read(), styles=None, language=in_language('en'))).hexdigest())"
    )
    expected = hashlib.sha256(word(RICH, styles=None, language=ENGLISH)).hexdigest()
    for seed, zone, locale in (("0", "Pacific/Auckland", "C"), ("42", "America/Lima", "tr_TR.UTF-8")):
        source = str(Path(__file__).parents[2] / "src")
        around = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        around["PYTHONPATH"] = source
        done = subprocess.run(
            [sys.executable, "-c", ask], input=RICH.encode(), env=around, capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == expected
    with ZipFile(BytesIO(word(RICH, styles=None, language=ENGLISH))) as file:
        parts = {(part.date_time, part.compress_type, part.create_system) for part in file.infolist()}
    assert parts == {((1980, 1, 1, 0, 0, 0), ZIP_STORED, 0)}


# -- a person's own styles --------------------------------------------------------------------------------------------


def saved(document: Document) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_own_styles() -> None:
    """A made file whose styles somebody changed gives those styles, header and margins; its text goes."""
    own = opened(word(RICH, styles=None, language=DUTCH))
    own.styles["Heading 1"].font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    own.sections[0].header.paragraphs[0].text = "Merelhof"
    own.sections[0].left_margin = 457_200
    own.core_properties.author = "Somebody"
    content = word("# Other\n\n1. words\n", styles=saved(own), language=ENGLISH)
    document = opened(content)
    assert [(style(one), one.text) for one in document.paragraphs] == [("Heading 1", "Other"), ("List Number", "words")]
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x12, 0x34, 0x56)
    assert document.sections[0].header.paragraphs[0].text == "Merelhof"
    assert document.sections[0].left_margin == 457_200
    assert (document.core_properties.author, document.core_properties.title) == ("", "Other")
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert not [one for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.HYPERLINK]
    assert b"example.org" not in content


def test_styles_that_lack_some() -> None:
    """A file from elsewhere keeps its styles and gets those that it lacks; its lists keep their own signs."""
    elsewhere = docx.Document()
    elsewhere.add_paragraph("A secret")
    elsewhere.add_picture(BytesIO(_PICTURE))
    for name in ("Quote", "List Bullet 2"):
        elsewhere.styles[name].delete()
    before = {one.name for one in elsewhere.styles}
    content = word(RICH, styles=saved(elsewhere), language=ENGLISH)
    document = opened(content)
    assert said(document) == said(made(RICH))
    assert {one.name for one in document.styles} - before == {
        "Quote", "List Bullet 2", "HTML Preformatted", "HTML Code", "Hyperlink", "Horizontal Line", "Table Text",
        "Table Heading", "Document Table",
    }  # fmt: skip
    assert all(number_of(document, name) for name in LISTS)
    assert number_of(document, "List Number") == number_of(elsewhere, "List Number")
    with ZipFile(BytesIO(content)) as file:
        assert [name for name in file.namelist() if "media" in name] == []


def test_styles_of_a_word_in_another_language() -> None:
    """Word has other ids for its styles in other languages, and the same names: the names count."""
    target = BytesIO()
    with ZipFile(BytesIO(default_styles())) as file, ZipFile(target, "w") as other:
        for name in file.namelist():
            content = file.read(name).replace(b'"Heading1"', b'"Kop1"').replace(b'"Normal"', b'"Standaard"')
            content = content.replace(b'<w:name w:val="Standaard"/>', b'<w:name w:val="Normal"/>')
            other.writestr(name, content)
    document = made("# Title\n\nWords.\n", target.getvalue())
    assert [one.style.style_id for one in document.paragraphs if one.style] == ["Kop1", "Standaard"]
    assert len([one for one in document.styles if one.name in ("Heading 1", "Normal")]) == 2


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def _zipped(**parts: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", default_styles()[:9000], _zipped(), _zipped(a="b"), _zipped(**{"[Content_Types].xml": "<"})],
)
def test_styles_that_are_no_word_file(content: bytes) -> None:
    """Anything else is refused with a sentence that says what to do."""
    with pytest.raises(Refused) as refused:
        word("Words.", styles=content, language=ENGLISH)
    assert (refused.value.code, refused.value.exit_code) == ("not-a-word-file", Exit.NO)
    assert str(refused.value.message) == "templates/word.docx cannot be read as a Word document."
    assert str(refused.value.hint) == "open it in Word and save it as .docx; or take it away, for the usual styles"


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_damaged_styles(at: int, written: bytes) -> None:
    """A damaged file is refused or still gives the words: there is never a traceback."""
    whole = default_styles()
    damaged = whole[:at] + written + whole[at + len(written) :]
    assert _outcome(damaged) in {"Words", "not-a-word-file"}


@pytest.mark.parametrize("part", ZipFile(BytesIO(default_styles())).namelist())
@pytest.mark.parametrize(
    "content", [None, b"", b"<a/>", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]><a>&b;</a>"]
)
def test_styles_with_a_part_that_is_wrong(part: str, content: bytes | None) -> None:
    """A part that is missing, empty or about something else: likewise."""
    target = BytesIO()
    with ZipFile(BytesIO(default_styles())) as whole, ZipFile(target, "w") as file:
        for name in whole.namelist():
            if name != part:
                file.writestr(name, whole.read(name))
            elif content is not None:
                file.writestr(name, content)
    assert _outcome(target.getvalue()) in {"Words", "not-a-word-file"}


def _outcome(styles: bytes) -> str:
    try:
        return said(opened(word("- Words\n", styles=styles, language=ENGLISH)))
    except Refused as refused:
        return refused.code


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who did not install it is told how, in one sentence."""
    monkeypatch.setitem(sys.modules, "docx", None)  # as if it were not there
    with pytest.raises(Refused) as refused:
        word("Words.", styles=None, language=ENGLISH)
    assert (refused.value.code, refused.value.exit_code) == ("word-missing", Exit.MACHINE)
    assert str(refused.value.message) == "Word files need one more package."
    assert str(refused.value.hint) == "install it with `pip install 'coplaunch[word]'`"


# -- whatever is said is text -----------------------------------------------------------------------------------------

SAID = (
    "<script>alert(1)</script>",
    "</w:t></w:r><w:r><w:instrText>QUIT</w:instrText></w:r>",
    "&lt;b&gt; & ]]> <!-- no comment",
    '{ INCLUDETEXT "C:\\\\secret.docx" }',
    '=HYPERLINK("http://a.example")',
    "DDEAUTO c:\\\\windows\\\\cmd.exe",
    "[here](javascript:alert(1))",
    "![](http://a.example/x.png)",
    "<https://a.example>",
    "_x0041_ %s {0} {{ name }}",
    "100 € “é” 𝄞 👩🏽‍🚀",
)


@pytest.mark.parametrize("given_text", SAID)
def test_whatever_a_project_says_is_text(given_text: str) -> None:
    """In every place of a document it reads as written, and is no field, no link and no markup."""
    text = escape(given_text)
    document = made(f"# {text}\n\n{text}\n\n- {text}\n\n| {text} |\n| --- |\n| **{text}** |\n")
    assert [one.text for one in blocks(document)][:5] == [given_text] * 5
    assert document.core_properties.title == given_text
    assert not list(document.element.iter(qn("w:hyperlink"), qn("w:instrText"), qn("w:fldSimple"), qn("w:drawing")))
    assert not [one for one in document.part.rels.values() if one.is_external]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "vbscript:x", "file:///etc/passwd", "data:text/html,x",
             "//a.example/x", "\\\\\\\\a.example\\\\x", "../../secret.docx", "#there", "ms-word:ofe|u|https://a.example"]
)  # fmt: skip
def test_links_that_lead_elsewhere(href: str) -> None:
    """Only a page and an address are links; of others the words remain."""
    document = made(f"[words](<{href}>)\n")
    assert "words" in document.paragraphs[0].text
    assert not [one for one in document.part.rels.values() if one.is_external]


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text(text: str) -> None:
    """What XML cannot hold goes, everything else stays; the file can be read."""
    expected = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    document = made(f"    {expected.translate(dict.fromkeys((9, 10, 13), 'x'))}\u0001\ufffe.\n")
    assert document.paragraphs[0].text == expected.translate(dict.fromkeys((9, 10, 13), "x")) + "."
    assert isinstance(made(text), Document)


def test_widths_of_columns() -> None:
    """Short columns get what they need, long texts divide the rest, and the longest word of each fits."""
    long = "word " * 40
    shares = {
        "| Day | What |\n| --- | --- |\n| 1 | two |\n": [0.4615, 0.5385],
        f"| No | What | Why |\n| --- | --- | --- |\n| 1 | {long} | {long} |\n": [0.0476, 0.4762, 0.4762],
        f"| {'x' * 60} | What |\n| --- | --- |\n| {long} | {long} |\n": [0.5455, 0.4545],
    }
    found = {text: made(text).tables[0].columns for text in shares}
    page = made("").sections[0]
    assert page.page_width
    width = page.page_width - 2 * 864_235
    assert {text: [round((one.width or 0) / width, 2) for one in columns] for text, columns in found.items()} == {
        text: [round(one, 2) for one in expected] for text, expected in shares.items()
    }
