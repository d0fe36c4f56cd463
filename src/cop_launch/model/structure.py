"""The project file's own structure, read off the model: what can be written where, and what it asks.

From this come the references that are checked, the JSON Schema's words, `explain` and the reference page.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from cop_launch.locales import Message
from cop_launch.model.fields import NotApplicable, RefersTo, Section, once_for_each
from cop_launch.records import Record, replace


class FieldDoc(Record):
    """A field of the project file: its path (`*` for any name or position), its words, and what it takes."""

    path: tuple[str, ...]
    title: Message
    question: Message
    example: Message
    source: str
    choices: tuple[str, ...]
    refers_to: tuple[tuple[str, ...], ...]
    kind: str
    """What it takes: text, number, date, list, mapping, section …, as in the JSON Schema."""

    @property
    def name(self) -> str:
        """The path as people write it: `initiative.needs.*.heard_from`."""
        return ".".join(self.path)


class _Shape(Record):
    """What an annotation takes: a section, a collection of such, or a scalar."""

    section: type[Section] | None = None
    choices: tuple[str, ...] = ()
    refers_to: tuple[tuple[str, ...], ...] = ()
    key_refers_to: tuple[tuple[str, ...], ...] = ()
    levels: tuple[str, ...] = ()
    """The collections around it, from outside in: `list`, `mapping`."""
    may_not_apply: bool = False
    scalar: str = "text"


_SCALARS = {
    "str": "text",
    "int": "whole number",
    "Decimal": "number",
    "bool": "true or false",
    "date": "date",
    "time": "time",
}


@cache  # 480 fields are of some 120 types
def _shape(annotation: Any) -> _Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner = _shape(get_args(annotation)[0])
        for extra in annotation.__metadata__:
            if isinstance(extra, RefersTo):
                inner = replace(inner, refers_to=extra.targets)
        return inner
    if origin in {Union, types.UnionType}:
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        shapes = [_shape(arm) for arm in arms]
        chosen = next((shape for shape in shapes if shape.section is not NotApplicable), shapes[0])
        return replace(chosen, may_not_apply=any(one.may_not_apply or one.section is NotApplicable for one in shapes))
    if origin is list:
        inner = _shape(get_args(annotation)[0])
        return replace(inner, levels=("list", *inner.levels))
    if origin is dict:
        key, value = (_shape(argument) for argument in get_args(annotation))
        return replace(value, levels=("mapping", *value.levels), key_refers_to=key.refers_to)
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return _Shape(section=annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _Shape(choices=tuple(str(member.value) for member in annotation), scalar="choice")
    return _Shape(scalar=_SCALARS.get(getattr(annotation, "__name__", ""), "text"))


@once_for_each
def shapes(section: type[Section]) -> dict[str, _Shape]:
    """For each key of a section, what it takes."""
    found = {}
    for field in section.model_fields.values():
        found[field.key] = _shape(field.annotation)
    return found


def fields(section: type[Section], path: tuple[str, ...] = ()) -> Iterator[FieldDoc]:
    """Every field below a section, in the order of the file, each before those inside it."""
    for asked in section.model_fields.values():
        key = asked.key
        shape = shapes(section)[key]
        yield FieldDoc(
            (*path, key),
            Message(asked.title, domain="fields"),
            Message(asked.question, domain="fields"),
            Message(asked.example, domain="fields"),
            asked.source,
            shape.choices,
            shape.refers_to or shape.key_refers_to,
            shape.levels[0] if shape.levels else "section" if shape.section else shape.scalar,
        )
        if shape.section is not None:
            yield from fields(shape.section, (*path, key, *("*" for _ in shape.levels)))


@once_for_each
def _has_references(section: type[Section]) -> bool:
    return any(
        shape.refers_to or shape.key_refers_to or (shape.section is not None and _has_references(shape.section))
        for shape in shapes(section).values()
    )


class Reference(Record):
    """A place in a project that names an entry elsewhere."""

    path: tuple[str | int, ...]
    written: str
    targets: tuple[tuple[str, ...], ...]
    is_key: bool


def references(value: Section, path: tuple[str | int, ...] = ()) -> Iterator[Reference]:
    """Every reference that a part of a project holds."""
    section = type(value)
    for key, shape in shapes(section).items():
        if not (shape.refers_to or shape.key_refers_to or (shape.section and _has_references(shape.section))):
            continue
        inside = getattr(value, _attribute(section, key))
        if inside is not None:
            yield from _inside(inside, shape, shape.levels, (*path, key))


def _inside(value: Any, shape: _Shape, levels: tuple[str, ...], path: tuple[str | int, ...]) -> Iterator[Reference]:
    if levels and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _inside(item, shape, levels[1:], (*path, number))
    elif levels and isinstance(value, dict):
        for key, item in value.items():
            if shape.key_refers_to:
                yield Reference((*path, key), key, shape.key_refers_to, True)
            yield from _inside(item, shape, levels[1:], (*path, key))
    elif isinstance(value, Section):
        if not isinstance(value, NotApplicable):
            yield from references(value, path)
    elif shape.refers_to and isinstance(value, str):
        yield Reference(path, value, shape.refers_to, False)


@once_for_each
def attributes(section: type[Section]) -> dict[str, str]:
    """The names in Python of a section's fields, by their keys in the file."""
    return {asked.key: name for name, asked in section.model_fields.items()}


def _attribute(section: type[Section], key: str) -> str:
    return attributes(section)[key]


def keys(section: type[Section]) -> tuple[str, ...]:
    """The keys that a section knows, as written in the file."""
    return tuple(attributes(section))


def section_at(root: type[Section], path: tuple[str | int, ...]) -> type[Section] | None:
    """The section that stands at a path; None where none does."""
    section: type[Section] | None = root
    rest = list(path)
    while rest and section is not None:
        shape = shapes(section).get(str(rest.pop(0)))
        if shape is None:
            return None
        del rest[: len(shape.levels)]
        section = shape.section
    return section
