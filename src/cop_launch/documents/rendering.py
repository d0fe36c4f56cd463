"""From templates to Markdown: what a template says is structure, what anybody else says is text.

A template writes headings, lists and tables. Every value that it prints goes through `_finalize`, which says it in the
document's language and takes out of it whatever Markdown would read as markup. So no template can forget to: only what
is Markdown already (a macro's or a filter's result) is left as it is, and what has no form in a text (None above all)
is an error instead of a hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr

from cop_launch.documents.compiled import kept_templates
from cop_launch.documents.templates import templates_folder
from cop_launch.locales import MONTHS, Language, Message
from cop_launch.records import replace
from cop_launch.statistics import Interval

SUFFIX = ".md.j2"
KEPT = 20_000
"""How many texts are remembered as they are printed: a daily plan says the same few hundred on every page."""

_VALUE = "\ue000"
"""Stands before every printed value until the document is whole: only then is it known what begins a line."""
_WRITTEN, _WRITTEN_END = "\ue001", "\ue002"
"""Stand around somebody's own words inside a message."""

_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # no width, other direction
    "\ud800-\udfff\ue000-\ue002\U000e0000-\U000e007f]"  # half characters, our own marks, tags
)
_GAPS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_MARKUP = re.compile(
    r"""
      [\\`*\[\]|]                       # escapes, code, emphasis, links, cells
    | (?<![^\W_])_ | _(?![^\W_])        # emphasis begins or ends at the edge of a word, never inside one
    | <(?=[A-Za-z/!?]|$)                # a tag or an address; a < b is none
    | &(?=\#|\w+;)                      # a character by its number or name
    | ~(?=~) | (?<=\S)~                 # crossed out
    | (?<!\S)\#(?=\#*$)                 # closes a heading
    | :(?=//) | (?<=\bwww)\. | (?<=\w)@(?=\w)  # what a reader would make a link of by itself
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAYBE_MARKUP = re.compile(r"[\\`*\[\]|_<&~#@]|://|www\.", re.IGNORECASE)
"""Finds something wherever `_MARKUP` does, and in most texts finds nothing in a tenth of the time."""
_LINE_START = re.compile(
    rf"""
    ^(?P<before>(?:[ >]|[-*+][ ]|\d+[.)][ ])*){_VALUE}
    (?: (?P<sign>[#>]|[-+](?=[ ]|$)|-(?=[-\ {_VALUE}]*$)|=(?==*$)) | (?P<number>\d{{1,9}})(?=[.)](?:[ ]|$)) )
    """,
    re.VERBOSE,
)


_BEGINS = frozenset("#>-+=0123456789")
"""With what a value starts wherever `_LINE_START` finds something."""


class NoForm(TypeError):
    """A value that has no form in a text: nothing, a list, a yes or no."""

    def __init__(self, value: Any) -> None:
        super().__init__(f"a document cannot print {value!r}")
        self.value = value


class Markdown(str):
    """Text that is Markdown already. Jinja knows such text, and that of its own macros, by the method `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def address(written: str) -> str:
    """An e-mail address as a link to write to; any other text as it is, to be escaped where it is printed."""
    return Markdown(f"<{written}>") if _ADDRESS.fullmatch(written) else written


@lru_cache(KEPT)
def on_one_line(written: str) -> str:
    """A text on one line: line ends, tabs and control characters become spaces, invisible and reversing ones go.

    What nobody would see at all becomes U+FFFD, so that it leaves no hole.
    """
    if written.isprintable() and "  " not in written:  # what is taken out cannot be printed
        shown = written.strip()
    else:
        shown = _GAPS.sub(" ", _UNSEEN.sub("", written)).strip()
    return shown or ("\N{REPLACEMENT CHARACTER}" if written else "")


@lru_cache(KEPT)
def escape(written: str) -> str:
    """A text as Markdown that reads as exactly that text, wherever in a line it stands; its start is seen to later."""
    shown = on_one_line(written)
    return _MARKUP.sub(r"\\\g<0>", shown) if _MAYBE_MARKUP.search(shown) else shown


def message_as_markdown(message: Message, language: Language) -> str:
    """A message as Markdown: its own `words` between backticks are code, the values in it are text."""
    said = language.say(_marked(message))
    parts = re.split(f"({_WRITTEN}.*?{_WRITTEN_END}|`)", said)
    if parts.count("`") % 2:
        return escape(said)
    done: list[str] = []
    in_code = False
    for part in parts:
        if part == "`":
            in_code = not in_code
            done.append(part)
        elif in_code:
            shown = on_one_line(part) if part.startswith(_WRITTEN) else part
            done.append(shown.replace("`", "'").replace("|", r"\|"))
        elif part.strip(" "):
            # The spaces at the edges of a part belong to the sentence.
            before, after = part[: len(part) - len(part.lstrip(" "))], part[len(part.rstrip(" ")) :]
            done.append(f"{before}{escape(part)}{after}")
        else:
            done.append(part)
    return "".join(done)


def _marked(message: Message) -> Message:
    return replace(message, values={name: _mark(value) for name, value in message.values.items()})


def _mark(value: Any) -> Any:
    if isinstance(value, Message):
        return _marked(value)
    if isinstance(value, str):
        return f"{_WRITTEN}{on_one_line(value)}{_WRITTEN_END}"
    if isinstance(value, (list, tuple)):
        return [_mark(item) for item in value]
    return value


# -- values as a template prints them ---------------------------------------------------------------------------------


def _markdown(language: Language, value: Any) -> str:
    if hasattr(value, "__html__"):
        return str(value).replace(_VALUE, "")
    if isinstance(value, Message):
        return message_as_markdown(value, language)
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, date):
        return language.day(value)
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return _number(language, value)
    if isinstance(value, Undefined):
        return str(value)
    raise NoForm(value)


def _finalize(language: Language, value: Any) -> Any:
    if type(value) is str:
        return _text(value)
    return value if hasattr(value, "__html__") else Markdown(_VALUE + _markdown(language, value))


@lru_cache(KEPT)
def _text(written: str) -> Markdown:
    return Markdown(_VALUE + escape(written))


def _number(language: Language, value: int | Decimal | Fraction) -> str:
    if isinstance(value, Fraction):
        return language.number(int(value) if value.denominator == 1 else float(value))
    return language.number(value)


def _percent(language: Language, value: Fraction) -> str:
    """20%, 18,2%: a decimal only where there is one."""
    return language.percent(value)


def _margin(language: Language, interval: Interval) -> str:
    """22,2–40,9%."""
    return f"{language.percent(interval.low).removesuffix('%')}–{language.percent(interval.high)}"


def _joined(language: Language, values: Iterable[Message | str]) -> Markdown:
    """a, b and c, each escaped by itself."""
    shown = language.join([_markdown(language, value) for value in values])
    return Markdown(_VALUE + shown)


def _capital(language: Language, value: Any) -> Markdown:
    """With a capital at the start, as the language writes it: IJsselstein."""
    shown = _markdown(language, value)
    if language.code == "nl" and shown.startswith("één"):
        # A Dutch capital has no accent.
        return Markdown(_VALUE + "Eén" + shown[3:])
    first = 2 if language.code == "nl" and shown.startswith("ij") else 1
    return Markdown(_VALUE + shown[:first].upper() + shown[first:])


def _full_stop(language: Language, value: Any) -> Markdown:
    """With a full stop at the end, where the words do not end in one of their own."""
    shown = _markdown(language, value)
    ends = re.search(r"[.!?…][\"'”’»)]*$", shown)
    return Markdown(_VALUE + (shown if ends else f"{shown}."))


def _sentence(language: Language, value: Any) -> Markdown:
    """With both."""
    return _full_stop(language, _capital(language, value))


@lru_cache(KEPT)
def _weekday(language: Language, day: date) -> str:
    """maandag 29 september: a day inside a week whose year is plain."""
    return f"{language.weekday(day)} {language.day_of_month(day)}"


def _month(language: Language, day: date) -> str:
    return language.say(MONTHS[day.month - 1])


def shipped_templates(folder: str, **more: Any) -> Environment:
    """The templates of a folder that is shipped: what is printed is escaped, what nobody gave is an error."""
    return Environment(
        loader=FileSystemLoader(templates_folder() / folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=kept_templates(),
        **more,
    )


@cache
def picture_templates() -> Environment:
    """The templates of the pictures, which are SVG."""
    return shipped_templates("pictures")


class Renderer(Protocol):
    """Who renders instead, where a project has templates of its own; see `own`."""

    @property
    def environment(self) -> Environment:
        """The templates that count now."""
        ...

    def attempt(self, template: str, work: Callable[[], str], values: Mapping[str, Any] | None) -> str:
        """What the work makes of a template; empty where it cannot be made, which the renderer remembers.

        `values` are all that the template may ask for; None for a template of words, which asks for nothing.
        """
        ...


_instead: ContextVar[Renderer | None] = ContextVar("instead", default=None)


@contextmanager
def rendered_by(renderer: Renderer) -> Iterator[None]:
    """As long as this holds, documents come from the renderer's templates."""
    before = _instead.set(renderer)
    try:
        yield
    finally:
        _instead.reset(before)


def environment(language: Language) -> Environment:
    """The templates of one language, with the filters that they use."""
    renderer = _instead.get()
    return renderer.environment if renderer else shipped_environment(language)


class _FinalizedOnly(CodeGenerator):
    """Prints what `_finalize` makes of a value as it is: Markdown, in which there is nothing left to escape."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(f"({finalize.src}")


@cache
def shipped_environment(language: Language) -> Environment:
    """The templates that coplaunch ships."""
    # Nothing is escaped as HTML here: that it is switched on only marks the result of a macro.
    made = shipped_templates(language.code, finalize=partial(_finalize, language))
    made.code_generator_class = _FinalizedOnly
    made.filters.update(
        {
            "percent": partial(_percent, language),
            "margin": partial(_margin, language),
            "money": language.money,
            "joined": partial(_joined, language),
            "capital": partial(_capital, language),
            "full_stop": partial(_full_stop, language),
            "sentence": partial(_sentence, language),
            "weekday": partial(_weekday, language),
            "day_of_month": language.day_of_month,
            "month": partial(_month, language),
            "clock": language.clock,
        }
    )
    return made


def render_template(template: str, language: Language, /, **values: Any) -> str:
    """The document of a template: no spaces at line ends, no two empty lines in a row, one line end at the end.

    Raises jinja2's `UndefinedError` for a value that the template asks and nobody gave, TypeError for one that has no
    form in a text.
    """
    name = template + SUFFIX
    return _attempted(name, lambda: tidy(environment(language).get_template(name).render(values)), values)


def words_of(template: str, language: Language) -> Callable[..., str]:
    """What the macros of a template say, on one line or more: called with a macro's name and what the macro takes."""
    name = template + SUFFIX

    def say(macro: str, *arguments: Any) -> str:
        def work() -> str:
            words = environment(language).get_template(name).module
            return tidy(str(getattr(words, macro)(*arguments))).strip("\n")

        return _attempted(name, work, None)

    return say


def _attempted(template: str, work: Callable[[], str], values: Mapping[str, Any] | None) -> str:
    renderer = _instead.get()
    return renderer.attempt(template, work, values) if renderer else work()


def tidy(rendered: str) -> str:
    """A document, finished: what would begin a block at the start of a line is escaped, empty lines are thinned."""
    lines = [_tidy(line) for line in rendered.split("\n")]
    return re.sub(r"\n\n\n+", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _tidy(line: str) -> str:
    line = line.rstrip(" ")
    at = line.find(_VALUE)
    if at < 0:
        return line
    if line[at + 1 : at + 2] in _BEGINS:
        line = _LINE_START.sub(_held_down, line)
    return line.replace(_VALUE, "").rstrip(" ")


def _held_down(match: re.Match[str]) -> str:
    return match["before"] + (f"\\{match['sign']}" if match["sign"] else f"{match['number']}\\")
