"""Straight from a tree to a section, where everything in it can be read: what almost every command meets.

The model's own types read the texts, as they do for pydantic (`validation.py`), which judges whatever does not go
straight. Without it, a command starts in two thirds of the time.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from cop_launch.model.fields import MayNotApply, NotApplicable, Reads, Section, Takes, says_not

S = TypeVar("S", bound=Section)
_Reader = Callable[[Any], Any]


class _NotStraight(Exception):
    """Something here is for pydantic to judge."""


def read_straight(section: type[S], tree: Any) -> S | None:
    """The section that a tree says; None as soon as anything in it is not as it should be."""
    try:
        made: S = _reader(cast(Any, section))(tree)
    except (_NotStraight, ValueError):
        return None
    return made


@cache
def _reader(annotation: Any) -> _Reader:
    """What reads a value of this type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(arguments[0], annotation.__metadata__)
    if origin in {Union, types.UnionType}:
        (answer,) = (arm for arm in arguments if arm is not type(None))
        return _reader(answer)
    if origin is list:
        return _list(_reader(arguments[0]))
    if origin is dict:
        return _mapping(*map(_reader, arguments))
    if issubclass(annotation, Section):
        return _section(annotation)
    if issubclass(annotation, Enum):
        return _choice(annotation)
    raise TypeError(f"nothing reads {annotation!r}")


def _marked(annotation: Any, marks: tuple[Any, ...]) -> _Reader:
    for mark in marks:
        if isinstance(mark, Reads):
            return _scalar(mark)
        if isinstance(mark, Takes):
            return _made_usual(mark.function, _reader(annotation))
        if isinstance(mark, MayNotApply):
            return _either(_reader(mark.answer(annotation)), _reader(NotApplicable))
    return _reader(annotation)


def _scalar(reads: Reads) -> _Reader:
    def read(written: Any) -> Any:
        if type(written) is not str:
            raise _NotStraight
        return reads.function(written)

    return read


def _made_usual(function: _Reader, inner: _Reader) -> _Reader:
    return lambda written: inner(function(written))


def _either(answer: _Reader, none: _Reader) -> _Reader:
    return lambda written: none(written) if says_not(written) else answer(written)


def _list(item: _Reader) -> _Reader:
    def read(written: Any) -> list[Any]:
        if type(written) is not list:
            raise _NotStraight
        return [item(one) for one in written]

    return read


def _mapping(key: _Reader, item: _Reader) -> _Reader:
    def read(written: Any) -> dict[str, Any]:
        if type(written) is not dict:
            raise _NotStraight
        return {key(name): item(one) for name, one in written.items()}

    return read


def _choice(choices: type[Enum]) -> _Reader:
    known = {choice.value: choice for choice in choices}

    def read(written: Any) -> Enum:
        if type(written) is not str or written not in known:
            raise _NotStraight
        return known[written]

    return read


def _section(section: type[Section]) -> _Reader:
    readers: dict[str, tuple[str, _Reader]] = {}

    def read(written: Any) -> Section:
        if type(written) is not dict:
            raise _NotStraight
        if not readers:
            readers.update({one.key: (name, _reader(one.annotation)) for name, one in section.model_fields.items()})
        values = {}
        for key, value in written.items():
            if key not in readers:
                raise _NotStraight
            name, reader = readers[key]
            values[name] = None if value is None else reader(value)
        return section(**values)

    return read
