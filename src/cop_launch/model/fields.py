"""What every field of the project file is made of: its question, and how its text is read.

The reader hands over every scalar as it was written, so `no` and `010` arrive here as text. The field's own type
decides what it reads; what it cannot read is an error that says what to write instead.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, NoReturn, Self, TypeVar, get_args

from cop_launch.records import Record


class Asked:
    """What a field asks: its words, the key in the file, and what it takes."""

    __slots__ = ("annotation", "example", "key", "question", "source", "title")

    def __init__(self, title: str, question: str, example: str, source: str, key: str) -> None:
        self.title = title
        self.question = question
        self.example = example
        self.source = source
        # Both are known only where the field stands in its section.
        self.key = key
        self.annotation: Any = None

    def for_editors(self) -> dict[str, Any]:
        """Its words as a JSON Schema has them."""
        said: dict[str, Any] = {"title": self.title, "description": self.question}
        return {**said, "examples": [self.example]} if self.example else said


def ask(title: str, question: str, example: str = "", source: str = "", *, key: str = "") -> Any:
    """A field that may stay open: what it is called, what it asks, what an answer looks like in YAML, where it is from.

    `key` is the word in the file where Python keeps that word for itself (`from`, `in`, `for`, `not`, `with`).
    """
    return Asked(title, question, example, source, key)


class Section:
    """A part of the project file: a value for each of its fields, None where the answer is open. It never changes.

    Pydantic judges what is written (`validation.py`), and its names are those of what a section can do. Its base class
    is not used: making 83 of those took longer than all that most commands do, and where nothing is wrong with a plan,
    pydantic need not be there at all (`straight.py`). What it is told here are its core schemas, which are mappings.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    model_fields: ClassVar[Mapping[str, Asked]] = {}
    """The fields by their name in Python, in the order of the file."""
    model_config: ClassVar[Mapping[str, str]] = {"extra": "forbid"}
    """What pydantic's JSON Schema asks of a class: whether other keys are allowed."""

    def __init_subclass__(cls) -> None:
        cls.model_fields = dict(cls.model_fields)
        for name, annotation in cls.__annotations__.items():
            asked = cls.__dict__[name]
            asked.key, asked.annotation = asked.key or name, annotation
            cls.model_fields[name] = asked
            setattr(cls, name, None)

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values for these fields."""
        return type(self)(**{**self.__dict__, **update})

    def model_dump(self, *, mode: str = "python", by_alias: bool = False) -> dict[str, Any]:
        """What is answered, as mappings and lists; mode `json` makes texts of dates, numbers with decimals and choices.

        By the names in Python, or (`by_alias`) by the keys in the file.
        """
        return {
            (asked.key if by_alias else name): _dumped(value, mode == "json", by_alias)
            for name, asked in self.model_fields.items()
            if (value := getattr(self, name)) is not None
        }

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.model_fields)

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.model_fields)
        said = ", ".join(f"{name}={value!r}" for name, value in values if value is not None)
        return f"{type(self).__name__}({said})"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} never changes: {name}")

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        fields = {
            name: {
                "type": "model-field",
                "schema": {"type": "default", "schema": handler.generate_schema(asked.annotation), "default": None},
                "validation_alias": asked.key,
                "serialization_alias": asked.key,
                "metadata": {"pydantic_js_updates": asked.for_editors()},
            }
            for name, asked in cls.model_fields.items()
        }
        return {
            "type": "model",
            "cls": cls,
            "schema": {"type": "model-fields", "fields": fields},
            "config": {"extra_fields_behavior": "forbid"},
            "ref": f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        }


V = TypeVar("V")


def once_for_each(function: Callable[[type[Section]], V]) -> Callable[[type[Section]], V]:
    """What a section's class is asked again and again, worked out once. (To mypy, a class is nothing to look up by.)"""
    return cache(function)  # type: ignore[return-value]


def _dumped(value: Any, as_json: bool, by_alias: bool) -> Any:
    if isinstance(value, Section):
        return value.model_dump(mode="json" if as_json else "python", by_alias=by_alias)
    if isinstance(value, dict):
        return {key: _dumped(item, as_json, by_alias) for key, item in value.items()}
    if isinstance(value, list):
        return [_dumped(item, as_json, by_alias) for item in value]
    if not as_json:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class RefersTo(Record):
    """Marks a text that names an entry elsewhere: each target is the path of a mapping, `("evidence",)` the files."""

    targets: tuple[tuple[str, ...], ...]


def _cannot_read(code: str, **context: Any) -> Exception:
    from pydantic_core import PydanticCustomError

    return PydanticCustomError(code, code, context)


def _text(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise _cannot_read("empty-text")
    return value


def _whole(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"0|[1-9]\d{0,11}", value):
        return int(value)
    raise _cannot_read("negative-number" if re.fullmatch(r"-\d{1,12}", value) else "not-a-whole-number", written=value)


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"(0|[1-9]\d{0,11})(\.\d{1,6})?", value):
        # 20 and 20.0 are one value: a decision's seal is over values.
        exact = Decimal(value)
        return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    if re.fullmatch(r"-?\d+,\d+", value):
        raise _cannot_read("decimal-comma", written=value, instead=value.replace(",", "."))
    negative = re.fullmatch(r"-\d{1,12}(\.\d{1,6})?", value)
    raise _cannot_read("negative-number" if negative else "not-a-number", written=value)


def _flag(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value in {"true", "True", "TRUE"}:
        return True
    if value in {"false", "False", "FALSE"}:
        return False
    yes = value.lower() in {"yes", "on", "y", "ja", "j"}
    no = value.lower() in {"no", "off", "n", "nee"}
    if yes or no:
        raise _cannot_read("not-true-or-false", written=value, instead="true" if yes else "false")
    raise _cannot_read("not-true-or-false", written=value)


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        dutch = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", value)
        if dutch:
            instead = f"{dutch[3]}-{int(dutch[2]):02d}-{int(dutch[1]):02d}"
            raise _cannot_read("not-a-date", written=value, instead=instead)
        raise _cannot_read("not-a-date", written=value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _cannot_read("impossible-date", written=value) from None


def _clock(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", value)
    if not match:
        raise _cannot_read("not-a-time", written=value)
    return time(int(match[1]), int(match[2]))


def _time_zone(value: Any) -> Any:
    """A zone by its name in the tz database; one that means another thing on another machine, `localtime`, is none."""
    from zoneinfo import ZoneInfo  # only the few projects that name one need it

    if not isinstance(value, str):
        return value
    if re.fullmatch(r"UTC|[A-Z]\w*(/[A-Z][\w+-]*)+", value, re.ASCII):
        try:
            return ZoneInfo(value).key
        except (ValueError, OSError, LookupError):
            pass
    raise _cannot_read("not-a-time-zone", written=value)


def _slug(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[^\W_][\w'’.-]{0,63}", value):
        raise _cannot_read("not-an-id", written=value)
    return value


def _several(value: Any) -> Any:
    """`none` is an answer: nothing. One text is a list of one."""
    if value == "none":
        return []
    return [value] if isinstance(value, str) else value


def _listing(value: Any) -> Any:
    return [] if value == "none" else value


def _mapping(value: Any) -> Any:
    return {} if value == "none" else value


class Reads:
    """How a scalar is read: by one function, then checked to be what it promises."""

    __slots__ = ("core", "function", "json")

    def __init__(self, function: Callable[[Any], Any], core: str, **json: Any) -> None:
        self.function = function
        self.core = core
        self.json = json

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return before(self.function, {"type": self.core})

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return self.json.copy()


class Takes:
    """What is written in other ways too: a function makes the usual one of it before that is read."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return before(self.function, handler(source))


def before(function: Callable[[Any], Any], schema: Any) -> dict[str, Any]:
    """Pydantic's schema for: this function first, then what this schema says."""
    return {"type": "function-before", "function": {"type": "no-info", "function": function}, "schema": schema}


Text = Annotated[str, Reads(_text, "str", type=["string", "number", "boolean"])]
"""Any text, kept as written."""
Whole = Annotated[int, Reads(_whole, "int", type="integer", minimum=0)]
"""A whole number, 0 or more."""
Number = Annotated[Decimal, Reads(_number, "decimal", type="number", minimum=0)]
"""A number of hours, minutes or money, 0 or more, with a decimal point."""
Flag = Annotated[bool, Reads(_flag, "bool", type="boolean")]
"""true or false."""
Day = Annotated[date, Reads(_day, "date", type="string", pattern=r"^\d{4}-\d\d-\d\d$")]
"""A date, written 2025-02-25."""
Clock = Annotated[time, Reads(_clock, "time", type="string", pattern=r"^\d?\d[:.]\d\d$")]
"""A time of day, written 15:30."""
TimeZone = Annotated[str, Reads(_time_zone, "str", type="string")]
"""A time zone as the tz database names it: Europe/Amsterdam."""
Slug = Annotated[str, Reads(_slug, "str", type="string", minLength=1)]
"""A short name that others point at: letters, digits, hyphens."""

T = TypeVar("T")
Several = Annotated[list[T], Takes(_several)]
"""A list; one text stands for a list of one, and `none` for an empty one."""
Listing = Annotated[list[T], Takes(_listing)]
"""A list of mappings; `none` is an empty one."""
Named = Annotated[dict[Slug, T], Takes(_mapping)]
"""A mapping by slug, for what others point at; `none` is an empty one."""

PersonRef = Annotated[Slug, RefersTo((("people",),))]
GroupRef = Annotated[Slug, RefersTo((("initiative", "target_groups"),))]
NeedRef = Annotated[Slug, RefersTo((("initiative", "needs"),))]
ThemeRef = Annotated[Slug, RefersTo((("concept_test", "themes"),))]
GoalRef = Annotated[Slug, RefersTo((("strategy", "goals"),))]
ChannelRef = Annotated[Slug, RefersTo((("strategy", "channels"),))]
ItemRef = Annotated[Slug, RefersTo((("plan", "items"),))]
EvidenceRef = Annotated[Slug, RefersTo((("evidence",),))]
HeardRef = Annotated[Slug, RefersTo((("initiative", "needs"), ("evidence",)))]
"""A need that was heard in the interviews, or the evidence file of a test."""


class NotApplicable(Section):
    """Said where something does not apply here, and why."""

    not_applicable: Text | None = ask(
        "Does not apply", "Why does this not apply to your community?", "one building, so nobody travels"
    )


_VALUE, _NOT_APPLICABLE = "«value»", "«not-applicable»"
UNION_TAGS = frozenset({_VALUE, _NOT_APPLICABLE})
"""Names that pydantic puts in the path of an error for a field that may not apply; they are no keys of the file."""


def says_not(value: Any) -> bool:
    """Whether this says that something does not apply."""
    return isinstance(value, NotApplicable) or (isinstance(value, dict) and "not_applicable" in value)


def _which(value: Any) -> str:
    return _NOT_APPLICABLE if says_not(value) else _VALUE


class MayNotApply:
    """Marks an answer, or `{not_applicable: why}`."""

    __slots__ = ()

    @staticmethod
    def answer(annotation: Any) -> Any:
        """The type of the answer, beside which it may be said that there is none."""
        return next(arm for arm in get_args(annotation) if arm is not NotApplicable)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        answer = self.answer(source)
        choices = {_VALUE: handler.generate_schema(answer), _NOT_APPLICABLE: handler.generate_schema(NotApplicable)}
        return {"type": "tagged-union", "choices": choices, "discriminator": _which}


OrNotApplicable = Annotated[T | NotApplicable, MayNotApply()]
"""An answer, or `{not_applicable: why}`."""


class Period(Section):
    """From one day to another, both included."""

    from_: Day | None = ask("From", "What is the first day?", "2025-01-20", key="from")
    to: Day | None = ask("To", "What is the last day?", "2025-02-14")


class Figure(Section):
    """A counted share: how many of how many, over which period, from where; or the slug of an evidence file."""

    numerator: Whole | None = ask("How many", "How many of them?", "34")
    denominator: Whole | None = ask("Of how many", "Of how many in all?", "36")
    period: Period | None = ask("Period", "Over which period was this counted?", "{from: 2025-10-23, to: 2025-11-21}")
    source: Text | None = ask("Counted in", "Where was this counted?", "export of the questions channel")
    note: Text | None = ask("Note", "What should a reader know about this figure?", "two questions were asked by phone")
    evidence: EvidenceRef | None = ask("Evidence file", "Which file in evidence/ holds the counts?", "march-2025")


def _figure(value: Any) -> Any:
    return {"evidence": value} if isinstance(value, str) else value


Counted = Annotated[Figure, Takes(_figure)]
"""A figure, written out or named by the slug of its evidence file."""
