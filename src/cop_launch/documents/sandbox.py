"""The room in which a project's own templates run: nothing to read but what they are given, nothing to call but words.

A template comes with a project, and a project may come from anybody. So its own templates see the values of their
document and nothing else: no attribute that begins with an underscore, no method but those that look at a text, a
date or a mapping, no filter that could fill the memory, that answers otherwise the next time, or that lets a text
through as markup. Only the templates that coplaunch ships and the project's own can be included.

This is one wall. The other is that they run in a process of their own, with little time and memory; see `apart`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import partial
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    Undefined,
    UndefinedError,
    nodes,
    pass_environment,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import soft_str

from cop_launch.documents.rendering import Markdown

FOLDER = "templates"
"""Where a project's own templates are, and how they are called in what is said about them."""

LONGEST = 1_000_000
"""Characters or items: more than any document needs, and far less than a memory holds."""

_FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "first", "groupby", "int", "items", "length", "list"),
    *("lower", "map", "max", "min", "reject", "rejectattr", "select", "selectattr", "sort", "string", "sum", "title"),
    *("unique", "upper", "wordcount"),
)
"""Jinja's filters that an own template may use, as they are. Those that are not here could fill the memory (`center`,
`indent`), are different each time (`random`), or let through what was not escaped (`safe`, `tojson`)."""

_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(
        {"capitalize", "casefold", "count", "endswith", "find", "isdigit", "lower", "lstrip", "removeprefix"}
        | {"removesuffix", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper"}
    ),
    date: frozenset({"isoformat", "isoweekday", "weekday"}),
    time: frozenset({"isoformat"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    Mapping: frozenset({"get", "items", "keys", "values"}),
    LoopContext: frozenset({"changed", "cycle"}),
    Cycler: frozenset({"next", "reset"}),
}
"""What may be called on a value; on a value of another type, nothing."""

_MADE_FOR_TEMPLATES = "cop_launch.documents."
"""Where the classes are whose values a document hands to its template, with methods for it."""

_CALLABLE = (Macro, BlockReference, LoopContext, Joiner)


class TooMuch(Exception):
    """A template asks for more than there is room for."""


class Forbidden(SecurityError):
    """A template asks for what it may not use; `name` is what it calls it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Asked(StrictUndefined):
    """What a template asks and nobody gave. The error that it becomes knows the name, and where it was looked for."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        # Jinja calls it with the message when something is done with this value.
        super().__init__(hint, obj, name, partial(_error, exc, name, obj))  # type: ignore[arg-type]


def _error(kind: type[Exception], name: str | None, obj: Any, message: str) -> Exception:
    made = kind(message)
    made.asked = (name, obj)  # type: ignore[attr-defined]
    return made


class _Templates(BaseLoader):
    """The project's own templates, and for every name that it has none of, the one that is shipped."""

    def __init__(self, own: Mapping[str, str], shipped: FileSystemLoader) -> None:
        self.own = own
        self.shipped = shipped

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template in self.own:
            return self.own[template], f"{FOLDER}/{template}", lambda: True
        return self.shipped.get_source(environment, template)

    def list_templates(self) -> list[str]:
        return sorted({*self.own, *self.shipped.list_templates()})


class _Code(CodeGenerator):
    """Jinja's compiler; only `~` is ours, so that what it puts beside Markdown is escaped as Markdown, not as HTML."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        # What a template prints between quotes goes the way of everything that is printed.
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.cut(")
        self.visit(node.node, frame)
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.write(", ")
            if bound is None:
                self.write("None")
            else:
                self.visit(bound, frame)
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """The templates of one language, the project's own among them, with what those may use.

    `like` is the environment of the shipped templates: its finalizer and its own filters are taken over.
    """

    code_generator_class = _Code
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, own: Mapping[str, str], like: Environment) -> None:
        assert isinstance(like.loader, FileSystemLoader)
        assert like.finalize is not None
        super().__init__(
            loader=_Templates(own, like.loader),
            autoescape=True,
            finalize=like.finalize,
            undefined=_Asked,
            trim_blocks=like.trim_blocks,
            lstrip_blocks=like.lstrip_blocks,
            keep_trailing_newline=like.keep_trailing_newline,
            auto_reload=False,
            bytecode_cache=None,  # what is kept is code: a project's stays with the project
        )
        self.given: tuple[Any, ...] = ()
        """The values of the document at hand: a function among them is meant to be called."""
        printed = self._printed
        jinjas = FILTERS
        self.filters = {name: filter_ for name, filter_ in like.filters.items() if filter_ is not jinjas.get(name)}
        self.filters |= {name: like.filters[name] for name in _FILTERS}
        self.filters |= {
            "e": printed,
            "escape": printed,
            "join": partial(_join, self._beside),
            "last": _last,
            "replace": _replace,
            "reverse": _reverse,
            "trim": _trim,
        }
        self.globals = {
            "range": safe_range,
            "dict": dict,
            "cycler": Cycler,
            "joiner": Joiner,
            "namespace": Namespace,
        }

    def _printed(self, value: Any) -> Markdown:
        """A value as the document prints it."""
        assert self.finalize is not None
        return Markdown(self.finalize(value))

    def _beside(self, value: Any) -> Markdown:
        """The same as part of a longer text, where the spaces at its edges count."""
        if hasattr(value, "__html__") or not isinstance(value, str) or not value:
            return Markdown("") if value == "" else self._printed(value)
        inside = value.strip(" ")
        before, after = " " * value.startswith(" "), " " * (value.endswith(" ") and bool(inside))
        return Markdown(before + (self._printed(inside) if inside else "") + after)

    def joined(self, parts: Iterable[Any]) -> str:
        """What `~` makes: of plain values a text, and Markdown as soon as one of them is Markdown."""
        values = list(parts)
        if any(hasattr(value, "__html__") for value in values):
            return Markdown(_within("".join([self._beside(value) for value in values])))
        return _within("".join(map(str, values)))

    def cut(self, value: Any, start: Any, stop: Any, step: Any) -> Any:
        """`value[start:stop:step]`; not of Markdown, whose escapes could be cut in two."""
        if hasattr(value, "__html__"):
            raise Forbidden("[:]")
        return value[start:stop:step]

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`; not a character of Markdown, which may be half of an escape."""
        if hasattr(obj, "__html__"):
            raise Forbidden("[]")
        return super().getitem(obj, argument)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """A call, of what may be called."""
        if isinstance(__obj, Undefined):
            return __obj()
        if not __self.is_safe_callable(__obj):
            raise Forbidden(getattr(__obj, "__name__", type(__obj).__name__))
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic, as long as its result stays small; no formatting by `%`."""
        if operator == "%" and isinstance(left, str):
            raise Forbidden("%")
        if operator == "+" and (hasattr(left, "__html__") or hasattr(right, "__html__")):
            return self.joined((left, right))
        if operator == "*":
            for one, other in ((left, right), (right, left)):
                if isinstance(one, int) and hasattr(other, "__len__") and one * len(other) > LONGEST:
                    raise TooMuch
        if operator in {"*", "**"} and isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
            if bits > 10_000:
                raise TooMuch
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """What is named without an underscore; of a method, only one that may be called."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        return not isinstance(value, (MethodType, BuiltinMethodType)) or self.is_safe_callable(value)

    def is_safe_callable(self, obj: Any) -> bool:
        """A macro, a block, a global, and the methods of plain values that only look."""
        if isinstance(obj, _CALLABLE) or any(obj is one for one in (*self.globals.values(), *self.given)):
            return True
        whose = getattr(obj, "__self__", None)
        if hasattr(whose, "__html__"):
            return False  # what is escaped stays as it is
        if isinstance(obj, MethodType) and type(whose).__module__.startswith(_MADE_FOR_TEMPLATES):
            return True
        known = next((names for kind, names in _METHODS.items() if isinstance(whose, kind)), frozenset())
        return isinstance(obj, (MethodType, BuiltinMethodType)) and obj.__name__ in known

    def shipped_source(self, name: str) -> str:
        """The shipped template of this name. Raises jinja2's `TemplateNotFound`."""
        assert isinstance(self.loader, _Templates)
        return self.loader.shipped.get_source(self, name)[0]

    def source(self, name: str) -> str:
        """The template of this name, own or shipped. Raises jinja2's `TemplateNotFound`."""
        assert self.loader is not None
        return self.loader.get_source(self, name)[0]

    def has(self, name: str) -> bool:
        """Whether there is such a template, own or shipped."""
        try:
            self.source(name)
        except TemplateNotFound:
            return False
        return True


def _within(text: str) -> str:
    if len(text) > LONGEST:
        raise TooMuch
    return text


def _join(beside: Callable[[Any], Markdown], values: Iterable[Any], between: Any = "") -> Markdown:
    """Values as the document prints them, with something between them."""
    return Markdown(_within(beside(between).join([beside(value) for value in values])))


@pass_environment
def _last(environment: Environment, values: Iterable[Any]) -> Any:
    for value in _reverse(values):
        return value
    return environment.undefined("there is no last item")


def _reverse(values: Iterable[Any]) -> list[Any]:
    # As a list: the characters of Markdown are plain text again.
    return list(values)[::-1]


def _replace(text: Any, old: Any, new: Any) -> str:
    """A text with other words in it; not in Markdown, whose escapes could be taken out."""
    if any(hasattr(value, "__html__") for value in (text, old, new)):
        raise Forbidden("replace")
    return _within(str(text).replace(str(old), str(new)))


def _trim(text: Any) -> str:
    return soft_str(text).strip()
