"""What every field of the project file is made of: its question, and how its text is read.

The reader hands over every scalar as it was written, so `no` and `010` arrive here as text. The field's own type
decides what it reads; what it cannot read is an error that says what to write instead.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError


class Section(BaseModel):
    """A part of the project file. Unknown keys are errors; `x-…` keys are taken out before a section is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, populate_by_name=True)


def ask(title: str, question: str, example: str = "", source: str = "", *, key: str | None = None) -> Any:
    """A field that may stay open: what it is called, what it asks, what an answer looks like in YAML, where it is from.

    `key` is the word in the file where Python keeps that word for itself (`from`, `in`, `for`, `not`, `with`).
    """
    return Field(
        default=None,
        alias=key,
        title=title,
        description=question,
        examples=[example] if example else None,
        json_schema_extra={"source": source} if source else None,
    )


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a text that names an entry elsewhere: each target is the path of a mapping, `("evidence",)` the files."""

    targets: tuple[tuple[str, ...], ...]


def _cannot_read(code: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, code, context)


def _text(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise _cannot_read("empty-text")
    return value


def _whole(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"0|[1-9]\d{0,11}", value):
        return value
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


class _Reads:
    """How a scalar type is read: by one function, then checked to be what it promises.

    It hands pydantic the finished schema: 400 fields that each work theirs out make every start slower.
    """

    __slots__ = ("_core", "_json")

    def __init__(self, function: Any, core: dict[str, Any], **json: Any) -> None:
        self._core = {"type": "function-before", "function": {"type": "no-info", "function": function}, "schema": core}
        self._json = json

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return self._core.copy()

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return self._json.copy()


_STRING = {"type": "str"}

Text = Annotated[str, _Reads(_text, _STRING, type=["string", "number", "boolean"])]
"""Any text, kept as written."""
Whole = Annotated[int, _Reads(_whole, {"type": "int"}, type="integer", minimum=0)]
"""A whole number, 0 or more."""
Number = Annotated[Decimal, _Reads(_number, {"type": "decimal"}, type="number", minimum=0)]
"""A number of hours, minutes or money, 0 or more, with a decimal point."""
Flag = Annotated[bool, _Reads(_flag, {"type": "bool"}, type="boolean")]
"""true or false."""
Day = Annotated[date, _Reads(_day, {"type": "date"}, type="string", pattern=r"^\d{4}-\d\d-\d\d$")]
"""A date, written 2025-02-25."""
Clock = Annotated[time, _Reads(_clock, {"type": "time"}, type="string", pattern=r"^\d?\d[:.]\d\d$")]
"""A time of day, written 15:30."""
TimeZone = Annotated[str, _Reads(_time_zone, _STRING, type="string")]
"""A time zone as the tz database names it: Europe/Amsterdam."""
Slug = Annotated[str, _Reads(_slug, _STRING, type="string", minLength=1)]
"""A short name that others point at: letters, digits, hyphens."""

T = TypeVar("T")
_ONE_OR_MORE = BeforeValidator(_several)
Several = Annotated[list[T], _ONE_OR_MORE]
"""A list; one text stands for a list of one, and `none` for an empty one."""
Listing = Annotated[list[T], BeforeValidator(_listing)]
"""A list of mappings; `none` is an empty one."""
Named = Annotated[dict[Slug, T], BeforeValidator(_mapping)]
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


def _which(value: Any) -> str:
    says_not = isinstance(value, NotApplicable) or (isinstance(value, dict) and "not_applicable" in value)
    return _NOT_APPLICABLE if says_not else _VALUE


OrNotApplicable = Annotated[
    Annotated[T, Tag(_VALUE)] | Annotated[NotApplicable, Tag(_NOT_APPLICABLE)], Discriminator(_which)
]
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


Counted = Annotated[Figure, BeforeValidator(_figure)]
"""A figure, written out or named by the slug of its evidence file."""
