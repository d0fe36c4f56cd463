"""Markdown becomes HTML, and nothing else: no element and no link that was not meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.documents.markup import Around, anchors_of, body, read
from tests.documents.test_page import Seen
from tests.documents.test_rendering import SIGNS


def html(text: str, **beside: str) -> str:
    """The document `own.md` as it comes out beside others, in a page with pictures in square brackets."""
    used: set[str] = set()
    own = read("plans/own.md", text, used)
    others = [read(f"plans/{name}.md", written, used) for name, written in beside.items()]
    around = Around(
        anchors_of([own, *others]),
        lambda file, alt: f"[{file}: {alt}]",
        lambda above: f"Table: {above}",
        lambda done: "done" if done else "to do",
    )
    return body(own, around)


RENDERED = {
    "headings sink, and each has an anchor of its own": (
        "# Own\n\n## Why now\n\n### Why now\n\n## R&D, *soon*\n",
        '<h4 id="own--why-now">Why now</h4>\n<h5 id="own--why-now-1">Why now</h5>\n'
        '<h4 id="own--rd-soon">R&amp;D, <em>soon</em></h4>\n',
    ),
    "a table scrolls by itself, and numbers stand to the right": (
        "# Own\n\n## Costs\n\n| Post | € |\n| --- | ---: |\n| a \\| b | 1 |\n",
        '<h4 id="own--costs">Costs</h4>\n'
        '<div class="table" role="group" tabindex="0" aria-label="Table: Costs">\n<table>\n<thead>\n<tr>\n'
        '<th scope="col">Post</th>\n<th scope="col" class="number">€</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td>a | b</td>\n<td class="number">1</td>\n</tr>\n</tbody>\n</table>\n</div>\n',
    ),
    "links between documents stay on the page": (
        "# Own\n\n[a](other.md) [b](other.md#what-else) [c](#own) [d](other.md#gone) [e](calendar.ics) "
        "[f](../decisions/x.md) [g](https://example.org/?a=b&c) [h](gone.md)\n",
        '<p><a href="#other">a</a> <a href="#other--what-else">b</a> <a href="#own">c</a> <a href="#other">d</a> '
        '<a href="calendar.ics">e</a> <a href="../decisions/x.md">f</a> <a href="https://example.org/?a=b&amp;c">g</a> '
        '<a href="gone.md">h</a></p>\n',
    ),
    "a link that runs something, or leaves by a back door, is text": (
        "# Own\n\n[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](data:text/html,x) [d](//example.org) "
        "[e](vbscript:x) [f](file:///etc/passwd) <javascript:alert(1)>\n",
        "<p>[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](data:text/html,x) [d](//example.org) "
        "[e](vbscript:x) [f](file:///etc/passwd) &lt;javascript:alert(1)&gt;</p>\n",
    ),
    "HTML is text": (
        "# Own\n\n<script>alert(1)</script>\n\na <b onclick=x>b</b> &lt;i&gt; `<u>`\n",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        "<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;i&gt; <code>&lt;u&gt;</code></p>\n",
    ),
    "a comment is for who reads the source": (
        "# Own\n\n<!-- one -->\n\na\n<!-- two\nlines -->\n\n    <!-- code -->\n\n<!-- open\n",
        "<p>a</p>\n<pre><code>&lt;!-- code --&gt;\n</code></pre>\n<p>&lt;!-- open</p>\n",
    ),
    "a picture takes the place of its paragraph; elsewhere its words are enough": (
        '# Own\n\n![How *much* \\* it is](budget.svg)\n\nSee ![the share](share.svg "x").\n',
        "[budget.svg: How much * it is]\n<p>See the share.</p>\n",
    ),
    "what is to be ticked has a box with a name, and a box that was written is text": (
        "# Own\n\n- [ ] call *Jo*\n- [x] write\n- \\[ \\] text\n",
        '<ul>\n<li><span class="box" role="img" aria-label="to do"></span> call <em>Jo</em></li>\n'
        '<li><span class="box done" role="img" aria-label="done"></span> write</li>\n<li>[ ] text</li>\n</ul>\n',
    ),
    "slides come one after another, without what only a slide program reads": (
        "---\nmarp: true\nlang: en\n---\n\n# Own\n\na\n\n---\n\n## Next\n\nb\n",
        '<ol class="slides">\n<li class="slide">\n<h4 id="own--own">Own</h4>\n<p>a</p>\n</li>\n'
        '<li class="slide">\n<h4 id="own--next">Next</h4>\n<p>b</p>\n</li>\n</ol>\n',
    ),
}


@pytest.mark.parametrize(("text", "expected"), RENDERED.values(), ids=RENDERED)
def test_markdown_comes_out_as_html(text: str, expected: str) -> None:
    """Whole, and in the form that the page asks for."""
    assert html(text, other="# Other\n\n## What else\n") == expected


def test_a_title_is_told_apart() -> None:
    """It stands above the document, where the page sets it; slides have none of their own."""
    used = {"own"}
    document = read("plans/own.md", "# A *title* `x`\n\ntext\n", used)
    assert (document.title, document.anchor) == ("A title x", "own-1")
    assert read("plans/talk.md", "---\nmarp: true\n---\n\n# A\n", used).title is None
    assert read("plans/none.md", "text\n", used).title is None


ALLOWED = {
    *("p", "ul", "ol", "li", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "span", "a"),
}


@given(st.text(st.sampled_from(SIGNS + "hscriptjavx"), max_size=60))
def test_whatever_is_written_is_known_html(text: str) -> None:
    """Elements and attributes are among those that the page knows, each is closed, and no link runs anything."""
    seen = Seen(f"<main>{html(text)}</main>")
    assert {tag for tag, _ in seen.elements[1:]} <= ALLOWED
    names = {name for _, attributes in seen.elements for name in attributes}
    assert names <= {"id", "class", "href", "role", "tabindex", "aria-label", "scope", "start"}
    assert seen.left_open == []
    assert [href for href in seen.all("href") if ":" in href.split("#")[0]] == []
