"""From Markdown to HTML: the documents of a project as parts of one page.

The Markdown is our own (see `rendering`: what anybody writes in a project is text in it already), and it is read by
markdown-it with HTML switched off. What comes out has no attribute but those that are set here or there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from html import escape
from itertools import takewhile
from operator import is_
from pathlib import PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from cop_launch.records import Record

_FRONT_MATTER = re.compile(r"\A---\n(?P<says>.*?)^---\n", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?:https?:|mailto:)[^\s]+|(?![/\\])[^\s:\\]*(?:#[^\s]*)?", re.IGNORECASE)
"""Where a link may lead: the web, a mailbox, a file beside the page; nothing that runs."""
_BOX = re.compile(r"\[(?P<tick>[ xX])\] ")


class Read(Record):
    """A document that was read. Its title is not among the tokens; it is None for slides, or where there is none."""

    path: str
    anchor: str
    title: str | None
    slides: bool
    tokens: tuple[Token, ...]
    headings: Mapping[str, str]
    """The anchor of each heading on the page, by the one that it has in its own file."""


class Around(Record):
    """What a document is put into: where its links lead, what stands for a picture, what a table is called."""

    anchors: Mapping[str, Read]
    """Every document on the page by the name of its file."""
    picture: Callable[[str, str], str]
    """From a picture's file name and its alternative text to HTML."""
    table: Callable[[str], str]
    """From the heading above a table to the name of the table."""
    box: Callable[[bool], str]
    """What an empty box is called, and a ticked one."""
    deeper: int = 2
    """How many levels the headings sink."""


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(["table", "strikethrough"])
    reader.block.ruler.before("html_block", "comment", _comment, {"alt": ["paragraph", "blockquote", "reference"]})
    reader.validateLink = lambda url: bool(_LINK.fullmatch(url))  # type: ignore[method-assign]
    return reader


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment on lines of its own is for who reads the source: it is skipped."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", first):
        return False
    for line in range(start, end):
        if "-->" in (said := state.src[first : state.eMarks[line]]):
            if not said.rstrip().endswith("-->"):
                return False
            if not silent:
                state.line = line + 1
            return True
    return False


def read(path: str, text: str, used: set[str]) -> Read:
    """A document as tokens. Its anchors are new ones: `used` holds those that are taken, and takes these."""
    front = _FRONT_MATTER.match(text)
    slides = bool(front and re.search(r"^marp: true$", front["says"], re.MULTILINE))
    tokens = _reader().parse(text[front.end() :] if front else text)
    anchor = _free(PurePosixPath(path).stem, used)
    used.add(f"{anchor}--title")
    title = plain(tokens[1]) if not slides and tokens and tokens[0].tag == "h1" else None
    headings, seen, tried = dict[str, str](), set[str](), dict[str, int]()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            own = _free(_slug(plain(tokens[place + 1])), seen, tried)
            headings[own] = anchor if place == 0 and title is not None else _free(f"{anchor}--{own}", used)
            token.attrs = {"id": headings[own]}
    return Read(path, anchor, title, slides, tuple(tokens if title is None else tokens[3:]), headings)


def plain(token: Token) -> str:
    """The words of a line, without what is around them."""
    return "".join(part.content for part in token.children or [] if part.type in {"text", "code_inline"}).strip()


def _slug(said: str) -> str:
    """A heading's name in a link, as the sites where people read Markdown make it."""
    kept = "".join(sign for sign in said.lower() if sign.isalnum() or sign in " -_")
    return kept.strip().replace(" ", "-") or "x"


def _free(name: str, used: set[str], tried: dict[str, int] | None = None) -> str:
    """The name, with the first number that makes it a new one. `tried` remembers where the last search ended."""
    tried = {} if tried is None else tried
    number = tried.get(name, 0)
    found = f"{name}-{number}" if number else name
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    tried[name] = number
    return found


# -- HTML -------------------------------------------------------------------------------------------------------------


def body(document: Read, around: Around) -> str:
    """A document without its title, as HTML; slides as a list of slides."""
    fitted = _fitted(document.tokens, document, around)
    if not document.slides:
        return _html(fitted)
    slides: list[list[Token]] = [[]]
    for token in fitted:
        if token.type == "hr":
            slides.append([])
        else:
            slides[-1].append(token)
    shown = "".join(f'<li class="slide">\n{_html(slide)}</li>\n' for slide in slides)
    return f'<ol class="slides">\n{shown}</ol>\n'


def _html(tokens: Sequence[Token]) -> str:
    reader = _reader()
    return str(reader.renderer.render(tokens, reader.options, {}))


def _raw(html: str) -> Token:
    """HTML of our own between the tokens."""
    return Token("html_block", "", 0, content=html)


def _fitted(tokens: Sequence[Token], document: Read, around: Around) -> list[Token]:
    fitted: list[Token] = []
    heading = document.title or ""
    for place, token in enumerate(tokens):
        match token.type:
            case "heading_open" | "heading_close":
                if token.type == "heading_open":
                    heading = plain(tokens[place + 1])
                level = 4 if document.slides else min(int(token.tag[1]) + around.deeper, 6)
                fitted.append(token.copy(tag=f"h{level}"))
            case "table_open":
                head = takewhile(lambda one: one.type != "thead_close", tokens[place:])
                wide = " wide" if sum(one.type == "th_open" for one in head) > 3 else ""
                name = escape(around.table(heading))
                fitted += [_raw(f'<div class="table{wide}" role="group" tabindex="0" aria-label="{name}">\n'), token]
            case "table_close":
                fitted += [token, _raw("</div>\n")]
            case "th_open" | "td_open":
                attributes: dict[str, str | int | float] = {"scope": "col"} if token.type == "th_open" else {}
                if "right" in str(token.attrGet("style") or ""):
                    attributes["class"] = "number"
                fitted.append(token.copy(attrs=attributes))
            case "inline" if (image := _only_image(token)) is not None:
                fitted[-1] = _raw(_picture(image, around) + "\n")
            case "paragraph_close" if _only_image(tokens[place - 1]) is not None:
                pass
            case "inline":
                children = [_inline(child, document, around.anchors) for child in token.children or []]
                children = _ticked(token, children, around)
                # Most lines have neither a link nor a box: these need no copy.
                same = len(children) == len(token.children or []) and all(map(is_, children, token.children or []))
                fitted.append(token if same else token.copy(children=children))
            case _:
                fitted.append(token)
    return fitted


def _only_image(token: Token) -> Token | None:
    """The picture that a paragraph consists of."""
    children = token.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _picture(image: Token, around: Around) -> str:
    return around.picture(str(image.attrGet("src") or ""), plain(image))


def _inline(token: Token, document: Read, anchors: Mapping[str, Read]) -> Token:
    if token.type == "link_open":
        return token.copy(attrs={"href": _target(str(token.attrGet("href") or ""), document, anchors)})
    if token.type == "image":
        return Token("text", "", 0, content=plain(token))
    return token


def _ticked(line: Token, children: list[Token], around: Around) -> list[Token]:
    """A line with its box, where it begins with one: a box that somebody wrote is escaped, and stays text."""
    state = _BOX.match(line.content)
    if state is None or not children or children[0].type != "text":
        return children
    done = state["tick"] != " "
    box = f'<span class="box{" done" if done else ""}" role="img" aria-label="{escape(around.box(done))}"></span> '
    rest = children[0].copy(content=children[0].content[len(state[0]) :])
    return [Token("html_inline", "", 0, content=box), rest, *children[1:]]


def _target(href: str, document: Read, anchors: Mapping[str, Read]) -> str:
    """Where a link leads on the page: to the document or heading itself where that is on it."""
    name, _, fragment = href.partition("#")
    to = document if not name else anchors.get(name)
    if to is None:
        return href
    return "#" + to.headings.get(fragment, to.anchor)


def anchors_of(documents: Collection[Read]) -> dict[str, Read]:
    """Documents by the name of their file, as links beside them name it."""
    return {PurePosixPath(document.path).name: document for document in documents}
