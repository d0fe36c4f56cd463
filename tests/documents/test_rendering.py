"""What anybody writes in a project lands in a document as text, whatever it looks like and wherever it stands."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from cop_launch.documents import rendering
from cop_launch.documents.rendering import Markdown, address, environment, escape, on_one_line, tidy
from cop_launch.locales import Message, in_language, msg
from cop_launch.statistics import Interval
from tests.documents.markdown import structure, words

PLACES = [
    "{{ x }}",
    "# {{ x }}",
    "Een zin met {{ x }}.",
    "- {{ x }}",
    "- {{ x }}: niet bereikt",
    "1. {{ x }}",
    "> {{ x }}",
    "een regel\n{{ x }}\nnog een regel",
    "- **{{ x }}**: punt",
    "| a | b |\n| --- | --- |\n| {{ x }} | c |",
    "[{{ x }}](../decisions/a.md)",
    "{{ x | sentence }} {{ x | full_stop }} {{ x | capital }}",
    "{{ [x, x, x] | joined }}",
    "{{ x }} {{ x }}",
    "({{ x }}) ‘{{ x }}’",
]
"""Where a template may print a value."""

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- <b>",
    "<https://example.org> https://example.org www.example.org iemand@example.org",
    "javascript:alert(1)",
    "](javascript:alert(1)) [a](b) ![a](b) [a]: b",
    "a | b || | --- |",
    "`code` ``` ~~~ ~~weg~~",
    "een\rtwee\r\ndrie\n\n# vier\n- vijf\n\n    zes\u2028zeven\u2029acht\x0b\x0c\x85",
    "nul\x00byte\x1b[31m",
    "\u202eomgekeerd\u2066\ufeff\u200b",
    "=HYPERLINK(1)",
    "-2+3",
    "@SUM(A1)",
    "\ttab",
    "# kop ##",
    "#",
    "- punt",
    "+ punt",
    "* punt",
    "12. punt",
    "1) punt",
    "> citaat",
    "---",
    "===",
    "***",
    "___",
    "_nadruk_ __sterk__ *nadruk* **sterk** snake_case",
    "&lt;b&gt; &#60; &amp; R&D",
    "\\ \\* \\| C:\\map\\",
    "{{ 7 * 7 }} {% raw %} {# #}",
    "<",
    "a <",
    "[ ] taak",
    "[^1]: voetnoot",
    ":---",
    "\ue000\ue001 eigen \ue002 tekens \ud800",
]
"""What has broken documents elsewhere."""

SIGNS = "ab1 \t\n\r\x00\u2028\u202e\u00a0\\`*_[]()<>#+-=.!|~&;:@/'\"{}%é€\ue000\ue001\ue002"
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\ue002\ud800-\udfff]")
NASTY = st.text(st.sampled_from(SIGNS), max_size=12)


def shown(template: str, language: str = "nl", **values: Any) -> str:
    """A template's text, as `render_template` makes it."""
    return tidy(environment(in_language(language)).from_string(template).render(values))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_stays_text(written: str, place: str) -> None:
    """A reader of Markdown sees the same structure as with a plain word, and the words as they were written."""
    assert_only_text(written, place)


@given(st.one_of(NASTY, st.text(max_size=30)), st.sampled_from(PLACES))
@example("a_", "{{ x }}")
def test_any_text_stays_text(written: str, place: str) -> None:
    """The same for whatever text."""
    assert_only_text(written, place)


def assert_only_text(written: str, place: str) -> None:
    if on_one_line(written) == "":
        written = "x"
    text = shown(place, x=written)
    assert structure(text) == structure(shown(place, x="woord"))
    assert text.count("\n") == shown(place, x="woord").count("\n")
    if "|" not in place.replace("| a | b |\n| --- | --- |\n| {{ x }} | c |", ""):
        whole = words(shown(place, x="woord"))
        assert words(text) == whole.replace("woord", on_one_line(written))
    assert not UNSEEN.search(text)


LEGITIMATE = [
    "-2 graden, en het was -5",
    "@joost, kijk even",
    "Zij zei: \"nee\", en 'ja'",
    "€ 5,50 (ongeveer)",
    "coördinatie, vraag 3, punt 4.",
    "snake_case en R&D",
    "a < b en b > a",
    "~20 mensen",
    "+31 6 en 50%",
    "10.000 mensen in 2025. Meer niet!",
    "wat? #1",
    "C++ & C#",
    "één – twee — drie…",
]


@pytest.mark.parametrize("written", LEGITIMATE)
def test_legitimate_text_stays_readable(written: str) -> None:
    """Where nothing would be read as markup, nothing is escaped: the source of a document reads like a letter."""
    assert shown("{{ x }}", x=written) == written + "\n"
    assert shown("- {{ x }}", x=written) == f"- {written}\n"
    assert shown("| {{ x }} |", x=written) == f"| {written} |\n"


@given(
    st.text(max_size=20) | st.lists(st.sampled_from([*"ab .:/@_~#&<|*`]\\", "www.", "WWW.", "://", "  "])).map("".join)
)
def test_the_quick_look_misses_nothing(written: str) -> None:
    """What is left as it is has nothing in it that the long look would find."""
    long_look = rendering._GAPS.sub(" ", rendering._UNSEEN.sub("", written)).strip()
    long_look = long_look or ("\N{REPLACEMENT CHARACTER}" if written else "")
    assert on_one_line(written) == long_look
    assert escape(written) == rendering._MARKUP.sub(r"\\\g<0>", long_look)


def test_only_what_begins_a_block_is_escaped_there() -> None:
    """A hyphen with a space begins a list only at the start of a line."""
    assert shown("{{ x }}", x="- een") == "\\- een\n"
    assert shown("Zin: {{ x }}", x="- een") == "Zin: - een\n"
    assert shown("1. {{ x }}", x="2. een") == "1. 2\\. een\n"
    assert escape("a | b") == "a \\| b"


MESSAGES = [
    (msg("add `by` and `date`"), "add `by` and `date`\n"),
    (msg("{by} said it", by="`*x*` | <b>"), "\\`\\*x\\*\\` \\| \\<b> said it\n"),
    (msg("run `coplaunch advance --back-to {gate}`", gate="a`b|c"), "run `coplaunch advance --back-to a'b\\|c`\n"),
    (msg("one ` alone, {x}", x="`y`"), "one \\` alone, \\`y\\`\n"),
    (msg("{names:list} came", names=["*a*", "b", "c"]), "\\*a\\*, b and c came\n"),
    (msg("{inner}!", inner=msg("say {word}", word="[x]")), "say \\[x\\]!\n"),
    (
        msg("on {day} {k:percent} of {n}", day=date(2025, 3, 1), k=Fraction(1, 8), n=8),
        "on 1 March 2025 12.5% of 8\n",
    ),
    (Message("{n} times", {"n": 12000}, "{n} times", 2), "12,000 times\n"),
]


@pytest.mark.parametrize(("message", "expected"), MESSAGES)
def test_a_message_keeps_its_own_code_and_nobody_elses(message: Message, expected: str) -> None:
    """Words between backticks in a message are code; the values that it carries are text."""
    assert shown("{{ x }}", "en", x=message) == expected


VALUES: list[tuple[str, Any, str, str]] = [
    ("{{ x }}", 1234567, "1.234.567", "1,234,567"),
    ("{{ x }}", Decimal("7.5"), "7,5", "7.5"),
    ("{{ x }}", Fraction(6), "6", "6"),
    ("{{ x }}", Fraction(5, 2), "2,5", "2.5"),
    ("{{ x | percent }}", Fraction(1, 5), "20%", "20%"),
    ("{{ x | percent }}", Fraction(28, 91), "30,8%", "30.8%"),
    ("{{ x | margin }}", Interval(0.2221, 0.4093), "22,2–40,9%", "22.2–40.9%"),
    ("{{ x | money }}", 53360, "€\u00a053.360", "€53,360"),
    ("{{ x | sentence }}", "ijs is klaar", "IJs is klaar.", "Ijs is klaar."),
    ("{{ x | sentence }}", "nee!", "Nee!", "Nee!"),
    ("{{ x | full_stop }}", 'hij zei "nee."', 'hij zei "nee."', 'hij zei "nee."'),
]


@pytest.mark.parametrize(("template", "value", "dutch", "english"), VALUES)
def test_values_are_written_as_people_write_them(template: str, value: Any, dutch: str, english: str) -> None:
    """Numbers, percentages, margins, money and sentences, in Dutch and in English."""
    assert (shown(template, "nl", x=value), shown(template, "en", x=value)) == (dutch + "\n", english + "\n")


@pytest.mark.parametrize("value", [None, True, 0.5, ["a"], {"a": 1}, object()])
def test_what_has_no_form_is_an_error(value: Any) -> None:
    """No document says None, and no hole goes unseen."""
    with pytest.raises(TypeError, match="a document cannot print"):
        shown("{{ x }}", x=value)


def test_a_value_that_nobody_gave_is_an_error() -> None:
    """A template that asks for something unknown fails when it is rendered."""
    with pytest.raises(UndefinedError):
        shown("{{ x.y }}", x="a")
    with pytest.raises(UndefinedError):
        shown("{{ z }}")


def test_a_document_is_tidy() -> None:
    """No spaces at line ends, no two empty lines in a row, none at the edges, one line end at the end."""
    assert tidy("\n\n# a  \n\n\n\nb \n\n\n") == "# a\n\nb\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("night.shift@example.org", "<night.shift@example.org>"),
        ("a+b@x-y.example", "<a+b@x-y.example>"),
        ("see the intranet", "see the intranet"),
        ("two@example.org, three@example.org", "two@example.org, three@example.org"),
        ("x@y>.example", "x@y>.example"),
        ("<b@example.org>", "<b@example.org>"),
        ("a@b.example\nc", "a@b.example\nc"),
    ],
)
def test_an_address_becomes_a_link_and_nothing_else_does(written: str, expected: str) -> None:
    """A whole address and nothing else is passed on as Markdown; the rest is text, which is escaped when printed."""
    made = address(written)
    assert (made, isinstance(made, Markdown)) == (expected, expected != written)
