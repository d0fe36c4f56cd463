"""In the sandbox a template reaches the values of its document and nothing else; what it prints of them is text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateAssertionError

from cop_launch.documents.rendering import on_one_line, shipped_environment, tidy
from cop_launch.documents.sandbox import Forbidden, Sandbox, TooMuch
from cop_launch.locales import in_language
from cop_launch.model.project import Project
from cop_launch.model.validation import validate
from tests.documents.markdown import structure, words
from tests.documents.test_rendering import HOSTILE, NASTY, PLACES

SANDBOX = Sandbox({"mine.md.j2": "{{ x }}"}, shipped_environment(in_language("nl")))

MORE_PLACES = [
    *PLACES,
    "{{ x | e }} {{ x | escape }}",
    "{{ 'a: ' ~ x }} {{ x ~ 1 }}",
    "{{ (x | capital) ~ x }}",
    "{{ (x | sentence) + x }} {{ x + (x | sentence) }}",
    "{{ [x, x | capital] | join(', ') }} {{ [1, 2] | join(x) }}",
    "{{ x | replace('§', x) }}",
    "{% macro say(a) %}{{ a }}{% endmacro %}{{ say(x) }} {{ say(x) ~ x }} {{ say(say(x)) }}",
    "{% set y %}{{ x }}{% endset %}{{ y }} {{ y | trim }}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
    "{% filter trim %}{{ x }}{% endfilter %}",
    "{% include 'mine.md.j2' %}",
    "{{ {'a': x}.a }} {{ {'a': x}['a'] }} {{ [x] | first }} {{ [x] | last }} {{ [x] | reverse | first }}",
]
"""Where an own template may print a value; also where Jinja alone would have escaped it as HTML."""


def shown(template: str, **values: Any) -> str:
    """What a template makes in the sandbox."""
    return tidy(SANDBOX.from_string(template).render(values))


@pytest.mark.parametrize("place", MORE_PLACES)
@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_text_stays_text(written: str, place: str) -> None:
    """A template that forgets to escape cannot: a reader sees the structure that a plain word would have."""
    assert structure(shown(place, x=written)) == structure(shown(place, x="woord"))


@given(NASTY)
@example("a_")
def test_any_text_stays_text(written: str) -> None:
    """The same for whatever text, in every place at once."""
    if on_one_line(written) == "":
        written = "x"
    for place in MORE_PLACES:
        assert structure(shown(place, x=written)) == structure(shown(place, x="woord"))


@pytest.mark.parametrize("written", HOSTILE)
def test_text_reads_as_it_was_written(written: str) -> None:
    """Beside Markdown a text is escaped once, and as Markdown."""
    assert words(shown("Zin: {{ x ~ ('a' | capital) }}", x=written)) == f"Zin: {on_one_line(written)}A"


def test_words_between_quotes_are_printed_as_they_are() -> None:
    """What the template itself says in a tag is text too."""
    assert shown("{{ '*a* <b> & c' }}") == "\\*a\\* \\<b> & c\n"


FORBIDDEN = [
    "{{ x.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x.__class__.__mro__[1].__subclasses__() }}",
    "{{ x.format(1) }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ x.format_map({}) }}",
    "{{ x.encode() }}",
    "{{ x.ljust(1000000000) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ day.strftime('%999999d') }}",
    "{{ project.model_copy(update={}) }}",
    "{{ project.model_dump() }}",
    "{{ path.read_text() }}",
    "{{ function() }}",
    "{{ function.__globals__ }}",
    "{{ kind() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ range.__doc__ }}",
    "{{ things.append(1) }}",
    "{{ mapping.update({'a': 1}) }}",
    "{{ (x | capital)[1:] }}",
    "{{ (x | capital)[0] }}",
    "{{ (x | capital).strip('a') }}",
    "{{ x | capital | replace('a', 'b') }}",
    "{{ loop_.__init__ }}{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
]
"""Ways out that others have found, and some of our own."""


@pytest.mark.parametrize("template", FORBIDDEN)
def test_there_is_no_way_out(template: str) -> None:
    """Not through attributes, formats, methods or functions; nothing that is given can be changed."""
    things = [1]
    mapping = {"b": 2}
    values = {
        "x": "a",
        "day": date(2025, 3, 1),
        "project": validate(Project, {"format": 1}),
        "path": Path(__file__),
        "kind": Path,
        "things": things,
        "mapping": mapping,
        "loop_": 1,
    }
    made = SANDBOX.from_string(template)
    with pytest.raises(SecurityError):
        made.render(values, function=_named)
    assert (things, mapping) == ([1], {"b": 2})


HARMFUL = (
    "attr batch center filesizeformat forceescape format indent pprint random safe slice striptags tojson truncate "
    "urlencode urlize wordwrap xmlattr"
)


@pytest.mark.parametrize("name", HARMFUL.split())
def test_filters_that_could_do_harm_are_not_there(name: str) -> None:
    """Those that fill the memory, are different each time, or let through what was not escaped."""
    with pytest.raises(TemplateAssertionError, match="No filter named"):
        SANDBOX.from_string("{{ x | " + name + " }}")


def test_what_is_different_each_time_is_not_there() -> None:
    """A document is the same, whoever renders it and when."""
    assert sorted(SANDBOX.globals) == ["cycler", "dict", "joiner", "namespace", "range"]


TOO_MUCH = [
    "{{ 'a' * 10**9 }}",
    "{% set n = 10**9 %}{{ n * 'a' }}",
    "{{ [1] * 10**9 }}",
    "{{ 10 ** 1000000000 }}",
    "{% set n = 10**9 %}{% for a in range(n) %}{% endfor %}",
    "{% set ns = namespace(s='aaaa') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace(s='aaaa') %}{% for i in range(60) %}{% set ns.s = ns.s | replace('a', 'aa') %}{% endfor %}",
    "{% set ns = namespace(n=10) %}{% for i in range(60) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
]


@pytest.mark.parametrize("template", TOO_MUCH)
def test_a_few_words_do_not_become_a_memory_full(template: str) -> None:
    """What grows without measure is stopped before it is made, when the template is compiled too."""
    with pytest.raises((TooMuch, OverflowError)):
        shown(template)


@pytest.mark.parametrize("name", ["/etc/passwd", "../en/words.md.j2", "../../pyproject.toml", "..", "style.svg.j2"])
def test_only_templates_are_included(name: str) -> None:
    """The shipped ones of this language and the project's own; no other file, wherever it is."""
    with pytest.raises(TemplateNotFound):
        shown("{% include name %}", name=name)


def test_what_documents_are_made_of_works() -> None:
    """Loops, macros, blocks, counters, and the methods that only look."""
    assert shown("{% for a in [1, 2] %}{{ loop.index }}{{ loop.cycle('a', 'b') }} {% endfor %}") == "1a 2b\n"
    assert shown("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}") == "aba\n"
    assert shown("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}a{% endcall %}") == "(a)\n"
    assert shown("{% block b %}a{% endblock %}{{ self.b() }}") == "aa\n"
    assert shown("{% for k, v in {'a': 1}.items() %}{{ k.upper() }}{{ v }}{% endfor %}") == "A1\n"
    assert shown("{{ 'a-b'.split('-') | join(' ') }} {{ 'abc'[1:] }} {{ [1, 2, 3][:2] | sum }}") == "a b bc 3\n"
    assert shown("{{ 7 // 2 + 2 ** 3 * 2 % 5 }} {{ x | percent }}", x=Fraction(1, 5)) == "4 20%\n"
    assert shown("{{ f(2) }}", f=_given_function(lambda n: n + 1)) == "3\n"


def _given_function(function: Any) -> Any:
    SANDBOX.given = (function,)
    return function


def test_what_may_not_be_used_is_named() -> None:
    """So that a person can find it in the line."""
    with pytest.raises(Forbidden) as caught:
        shown("{{ f() }}", f=_named)
    assert caught.value.name == "_named"


def _named() -> None:
    raise AssertionError("was called")
