"""Pictures on a page: each keeps to itself, and brings nothing along but what draws."""

from __future__ import annotations

from cop_launch.documents.inline_pictures import pictures, style_of

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50" aria-labelledby="title">
  <title id="title">T</title>
  <desc id="description">What &lt;it&gt; shows</desc>
  <style>.bar, text { fill: #000; } @media (prefers-color-scheme: dark) { .bar { fill: #fff; } }</style>
  <defs><clipPath id="cut"><rect width="5" height="5"/></clipPath></defs>
  <g clip-path="url(#cut)"><rect class="bar" x="1" width="2"><title>a &amp; "b"</title></rect></g>
  <text x="1">one <tspan class="b">two</tspan> three</text>
</svg>
"""


def test_a_picture_becomes_a_part_of_the_page() -> None:
    """Named as the document names it, with its description; its ids are its own on every page it stands on."""
    picture = pictures({"plans/share.svg": DRAWN, "plans/x.md": "# X\n"})["plans/share.svg"]
    assert picture.inline('A "share" <b>', 7) == (
        '<svg width="100" height="50" viewBox="0 0 100 50" role="img" aria-label="A &quot;share&quot; &lt;b&gt;" '
        'aria-describedby="picture-7-description"><desc id="picture-7-description">What &lt;it&gt; shows</desc>'
        '<defs><clipPath id="picture-7-cut"><rect width="5" height="5"></rect></clipPath></defs>'
        '<g clip-path="url(#picture-7-cut)"><rect class="bar" x="1" width="2"><title>a &amp; "b"</title></rect></g>'
        '<text x="1">one <tspan class="b">two</tspan> three</text></svg>'
    )


def test_the_style_of_a_picture_reaches_that_picture_only() -> None:
    """A style that two have in common stands there once; dark colours are for a screen, not for paper."""
    found = pictures({"plans/a.svg": DRAWN, "plans/b.svg": DRAWN.replace("#000", "#111"), "plans/c.svg": DRAWN})
    assert style_of([found["plans/a.svg"], found["plans/b.svg"], found["plans/c.svg"], found["plans/a.svg"]]) == (
        ":is(.picture-a, .picture-c) .bar, :is(.picture-a, .picture-c) text { fill: #000; }\n"
        "@media screen and (prefers-color-scheme: dark) {\n:is(.picture-a, .picture-c) .bar { fill: #fff; }\n}\n"
        ":is(.picture-b) .bar, :is(.picture-b) text { fill: #111; }\n"
        "@media screen and (prefers-color-scheme: dark) {\n:is(.picture-b) .bar { fill: #fff; }\n}\n"
        ".picture-a svg { width: 100px; min-width: 80px; }\n"
        ".picture-b svg { width: 100px; min-width: 80px; }\n"
        ".picture-c svg { width: 100px; min-width: 80px; }"
    )


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  viewBox="0 0 9 9" onload="x()">
<style>
@import "https://example.org/x.css";
.a { fill: url(https://example.org/x.svg); }
.b) , body { display: none; }
~ * { display: none; }
.c { fill: red; } } body { color: red; } &lt;/style&gt;&lt;script&gt;
@media (prefers-color-scheme: dark) { .d { fill: blue; }
</style>
<script>alert(1)</script>
<a xlink:href="javascript:alert(1)"><text>linked</text></a>
<foreignObject><b>b</b></foreignObject>
<image href="https://example.org/x.png"/>
<use xlink:href="#x"/>
<animate attributeName="href" to="javascript:alert(1)"/>
<rect class="&quot;&gt;&lt;b&gt;" style="fill: red" onclick="x()" width="1"/>
</svg>
"""


def test_a_picture_that_somebody_changed_brings_nothing_else_along() -> None:
    """No script, link, foreign element, inline style or handler; a rule that is not plain is left out."""
    picture = pictures({"plans/a.svg": HOSTILE})["plans/a.svg"]
    assert picture.inline("a", 1) == (
        '<svg viewBox="0 0 9 9" role="img" aria-label="a"><rect class="&quot;&gt;&lt;b&gt;" width="1"></rect></svg>'
    )
    assert style_of([picture]) == (
        ":is(.picture-a) .c { fill: red; }\n"
        ":is(.picture-a) body { color: red; }\n"
        "@media screen and (prefers-color-scheme: dark) {\n:is(.picture-a) .d { fill: blue; }\n}\n"
        ".picture-a svg { width: 9px; min-width: 7px; }"
    )


def test_what_is_no_picture_is_left_out() -> None:
    """Something that cannot be read, has no size, is no SVG, or names what is elsewhere."""
    for text in ("", "<svg", "<svg/>", "<svg viewBox='0 0 x 1'/>", "<html viewBox='0 0 1 1'/>"):
        assert pictures({"plans/a.svg": text}) == {}
    assert pictures({"plans/a.svg": '<!DOCTYPE svg [<!ENTITY a "a">]><svg viewBox="0 0 1 1">&a;</svg>'}) == {}
