"""A project's own templates: what is wrong with them, and documents made with them in the place of the shipped ones.

A template is looked at as a whole before it is rendered: names, filters and imports that there are not are found in
branches that are not taken this time, too. What only shows while rendering is found where it happens. One template that
cannot be rendered does not keep the others from being looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from enum import StrEnum
from types import TracebackType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.utils import missing

from cop_launch.documents.rendering import NoForm, shipped_environment
from cop_launch.documents.sandbox import FOLDER, LONGEST, Forbidden, Sandbox, TooMuch
from cop_launch.locales import Language
from cop_launch.records import Record


class Wrong(StrEnum):
    """What can be wrong with a template."""

    SYNTAX = "syntax"
    NAME = "name"
    PART = "part"
    FILTER = "filter"
    TEST = "test"
    TEMPLATE = "template"
    LACKS = "lacks"
    FORMLESS = "formless"
    FORBIDDEN = "forbidden"
    FAILED = "failed"
    TIME = "time"
    MEMORY = "memory"
    SIZE = "size"
    DEPTH = "depth"


class Fault(Record):
    """One thing that is wrong with an own template, and where: plain data, as it comes out of the other process.

    `said` is the name it is about, or what Jinja says of it; `known` are the names that there are instead.
    """

    wrong: Wrong
    template: str
    line: int = 1
    column: int = 1
    length: int = 1
    said: str = ""
    known: tuple[str, ...] = ()


class TooLong(BaseException):
    """A template takes more time than it is given. Nothing catches this on its way."""


class Shipped(Record):
    """A template that coplaunch ships: its text, the values that it uses, and the templates that it imports.

    `words`: it makes no document, and holds words for those that import it.
    """

    name: str
    text: str
    variables: tuple[str, ...]
    imports: tuple[str, ...]
    words: bool


def shipped_names(language: Language) -> tuple[str, ...]:
    """The names of all templates of a language."""
    return tuple(shipped_environment(language).list_templates(extensions=["j2"]))


def shipped_templates(language: Language) -> dict[str, Shipped]:
    """All templates of a language, by name."""
    environment = shipped_environment(language)
    found = {}
    for name in shipped_names(language):
        assert environment.loader is not None
        text = environment.loader.get_source(environment, name)[0]
        tree = environment.parse(text)
        found[name] = Shipped(
            name,
            text,
            tuple(sorted(meta.find_undeclared_variables(tree) - environment.globals.keys() - _set_somewhere(tree))),
            tuple(sorted({one for one in meta.find_referenced_templates(tree) if one})),
            _only_words(tree),
        )
    return found


class Own:
    """Renders with a project's own templates; `faults` are all that was wrong with them so far.

    `limited` bounds the time of what happens within it, where that can be done; see `apart`.
    """

    def __init__(
        self,
        texts: Mapping[str, str],
        language: Language,
        limited: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext(),
        found: Callable[[Fault], None] = lambda _: None,
    ) -> None:
        self.texts = texts
        self.sandbox = Sandbox(texts, shipped_environment(language))
        self._shipped = shipped_environment(language)
        self._words = frozenset(filter(self._holds_words, texts))
        self._at = ""
        self.faults: list[Fault] = []
        self._broken: set[str] = set()
        self._limited = limited
        self._found = found

    @property
    def environment(self) -> Environment:
        """Where the template at hand comes from: what has no own words in it is rendered as it always is."""
        return self.sandbox if self._is_own(self._at) else self._shipped

    def _is_own(self, template: str) -> bool:
        return template in self.texts or bool(self._words)

    def checked(self) -> bool:
        """Looks at all own templates; whether the words that other templates import can be used."""
        for name in sorted(self.texts):
            self._within(name, lambda name=name: self._look(name))  # type: ignore[misc]
        return not self._words & self._broken

    def attempt(self, template: str, work: Callable[[], str], values: Mapping[str, Any] | None) -> str:
        """What the work makes; empty, with a fault more, where an own template cannot be rendered."""

        def whole() -> str:
            if values is not None and template in self.texts:
                self._names(template, values.keys())
            self.sandbox.given = tuple((values or {}).values())
            text = "" if template in self._broken else work()
            if len(text) > LONGEST:
                raise TooMuch
            return text

        return "" if template in self._broken else self._within(template, whole)

    def blame(self, template: str, error: BaseException) -> bool:
        """Takes down what an error says about an own template; False when none has to do with it."""
        place = self._place(template, error)
        if place is None:
            return False
        name, line = place
        self._broken |= {template, name}
        self._take_down(self._fault(error, name, line))
        return True

    def _within(self, template: str, work: Callable[[], str]) -> str:
        self._at = template
        try:
            with self._limited(template) if self._is_own(template) else nullcontext():
                return work()
        except (Exception, TooLong) as error:
            if not self.blame(template, error):
                raise
            return ""

    def _take_down(self, fault: Fault) -> None:
        if fault not in self.faults:
            self.faults.append(fault)
            self._found(fault)
        self._broken.add(fault.template)

    # -- before rendering ---------------------------------------------------------------------------------------------

    def _look(self, name: str) -> str:
        environment, text = self.sandbox, self.texts[name]
        tree = environment.parse(text, name)
        for used in tree.find_all((nodes.Filter, nodes.Test)):
            wrong = Wrong.FILTER if isinstance(used, nodes.Filter) else Wrong.TEST
            known = environment.filters if isinstance(used, nodes.Filter) else environment.tests
            if used.name not in known:
                self._at_word(wrong, name, used.lineno, used.name, known)
        templates = environment.list_templates()
        for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            for target in _targets(node):
                if not environment.has(target):
                    self._at_word(Wrong.TEMPLATE, name, node.lineno, target, templates)
                elif isinstance(node, nodes.FromImport) and target not in self._broken:
                    self._imports(name, node, target)
        if name in self._words:
            there = _exported(tree)
            for word in sorted(_exported(environment.parse(environment.shipped_source(name))) - there):
                self._take_down(Fault(Wrong.LACKS, name, said=word))
            self._names(name, ())
        if name not in self._broken:
            environment.compile(text, name, f"{FOLDER}/{name}")
        return ""

    def _imports(self, name: str, node: nodes.FromImport, target: str) -> None:
        try:
            there = _exported(self.sandbox.parse(self.sandbox.source(target)))
        except TemplateSyntaxError:
            return  # is said at that template
        for one in node.names:
            asked = one if isinstance(one, str) else one[0]
            if asked not in there:
                self._at_word(Wrong.NAME, name, node.lineno, asked, there)

    def _names(self, name: str, known: Any) -> None:
        """Takes down every name in a template that nobody gives it, once, unless it asks whether there is one."""
        tree = self.sandbox.parse(self.texts[name], name)
        there = {*known, *self.sandbox.globals, *_set_somewhere(tree)}
        unknown = meta.find_undeclared_variables(tree) - there - _asked_about(tree)
        seen: set[str] = set()
        for node in tree.find_all(nodes.Name):
            if node.name in unknown - seen:
                seen.add(node.name)
                self._at_word(Wrong.NAME, name, node.lineno, node.name, known)

    def _holds_words(self, name: str) -> bool:
        try:
            return _only_words(self.sandbox.parse(self.sandbox.shipped_source(name)))
        except LookupError:  # no shipped template has this name
            return False

    # -- while rendering ----------------------------------------------------------------------------------------------

    def _place(self, template: str, error: BaseException) -> tuple[str, int] | None:
        """The own template and its line where an error comes from; the innermost, if several are under way."""
        if isinstance(error, TemplateSyntaxError):
            return (error.name, error.lineno) if error.name and error.name in self.texts else None
        places = [place for place in _template_lines(error.__traceback__) if place[0] in self.texts]
        if places:
            return places[-1]
        if template in self.texts:
            return template, 1
        # A shipped template that cannot do with words of the project's own.
        return (min(self._words), 1) if self._words else None

    def _fault(self, error: BaseException, name: str, line: int) -> Fault:
        asked, holder = getattr(error, "asked", (None, missing))
        match error:
            case TooLong():
                return Fault(Wrong.TIME, name, line, *self._whole(name, line))
            case MemoryError():
                return Fault(Wrong.MEMORY, name, line, *self._whole(name, line))
            case TooMuch() | OverflowError():
                return Fault(Wrong.SIZE, name, line, *self._whole(name, line))
            case RecursionError():
                return Fault(Wrong.DEPTH, name, line, *self._whole(name, line))
            case TemplateSyntaxError():
                return Fault(Wrong.SYNTAX, name, line, *self._whole(name, line), error.message or "")
            case Forbidden():
                return Fault(Wrong.FORBIDDEN, name, line, *self._column(name, line, error.name), error.name)
            case SecurityError():
                return Fault(
                    Wrong.FORBIDDEN, name, line, *self._column(name, line, str(asked or "")), str(asked or "…")
                )
            case UndefinedError() if asked is not None:
                if holder is missing:
                    return Fault(Wrong.NAME, name, line, *self._column(name, line, str(asked)), str(asked))
                known = _parts(holder)
                return Fault(Wrong.PART, name, line, *self._column(name, line, str(asked)), str(asked), known)
            case NoForm():
                return Fault(Wrong.FORMLESS, name, line, *self._whole(name, line), type(error.value).__name__)
            case _:
                said = str(error) if isinstance(error, TemplateRuntimeError) else f"{type(error).__name__}: {error}"
                return Fault(Wrong.FAILED, name, line, *self._whole(name, line), said[:200])

    # -- places in a text ---------------------------------------------------------------------------------------------

    def _at_word(self, wrong: Wrong, name: str, line: int, word: str, known: Any) -> None:
        listed = sorted(map(str, known))
        near = get_close_matches(word, listed, n=1)
        self._take_down(Fault(wrong, name, line, *self._column(name, line, word), word, (*near, *listed)))

    def _line(self, name: str, line: int) -> str:
        lines = re.split(r"\r\n|\r|\n", self.texts.get(name, ""))
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _column(self, name: str, line: int, word: str) -> tuple[int, int]:
        """Where a word stands in a line, inside a tag rather than in the text around it, and how long it is."""
        text = self._line(name, line)
        places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)] if word else []
        if not places:
            return self._whole(name, line)
        inside = next((at for at in places if text.rfind("{", 0, at) > text.rfind("}", 0, at)), places[0])
        return inside + 1, len(word)

    def _whole(self, name: str, line: int) -> tuple[int, int]:
        text = self._line(name, line)
        start = len(text) - len(text.lstrip())
        return start + 1, max(1, len(text.strip()))


# -- what a template is made of ---------------------------------------------------------------------------------------


def _targets(node: nodes.Node) -> Iterator[str]:
    """The templates that a tag names in so many words."""
    written = getattr(node, "template", None)
    values = written.items if isinstance(written, (nodes.List, nodes.Tuple)) else [written]
    if isinstance(node, nodes.Include) and node.ignore_missing:
        return
    yield from (one.value for one in values if isinstance(one, nodes.Const) and isinstance(one.value, str))


def _exported(tree: nodes.Template) -> set[str]:
    """What other templates can import: macros and values that are set at the top."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            found.add(node.name)
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            found |= {one.name for one in node.target.find_all(nodes.Name)}
            found |= {node.target.name} if isinstance(node.target, nodes.Name) else set()
        elif isinstance(node, nodes.FromImport):
            found |= {one if isinstance(one, str) else one[1] for one in node.names}
    return {name for name in found if not name.startswith("_")}


def _only_words(tree: nodes.Template) -> bool:
    """Whether a template prints nothing by itself."""
    return not any(
        not isinstance(node, (nodes.Macro, nodes.Assign, nodes.AssignBlock, nodes.FromImport, nodes.Import))
        and not (isinstance(node, nodes.Output) and all(_blank(one) for one in node.nodes))
        for node in tree.body
    )


def _blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _set_somewhere(tree: nodes.Template) -> set[str]:
    """The names that a template sets itself, if only in one branch: whether it came by there shows while rendering."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}


def _asked_about(tree: nodes.Template) -> set[str]:
    """The names of which a template asks whether they are there."""
    tests = [node.node for node in tree.find_all(nodes.Test) if node.name in {"defined", "undefined"}]
    defaults = [node.node for node in tree.find_all(nodes.Filter) if node.name in {"default", "d"}]
    return {node.name for node in (*tests, *defaults) if isinstance(node, nodes.Name)}


def _template_lines(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    """Through which templates an error came, and at which of their lines, the outermost first."""
    while traceback is not None:
        frame = traceback.tb_frame
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            yield str(template.name), template.get_corresponding_lineno(traceback.tb_lineno)
        elif frame.f_code.co_filename.startswith(f"{FOLDER}/"):
            yield frame.f_code.co_filename.removeprefix(f"{FOLDER}/"), traceback.tb_lineno
        traceback = traceback.tb_next


def _parts(holder: Any) -> tuple[str, ...]:
    """What can be asked of a value: the keys of a mapping, the fields and properties of anything else of ours."""
    if isinstance(holder, Undefined):
        return ()
    if isinstance(holder, Mapping):
        return tuple(sorted(map(str, holder)))
    fields = getattr(type(holder), "__struct_fields__", None) or getattr(type(holder), "model_fields", None)
    return tuple(sorted(fields)) if fields else ()
