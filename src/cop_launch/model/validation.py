"""What a tree says as a section, judged by pydantic wherever it does not go straight; and what editors are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from cop_launch.model.fields import Section, once_for_each
from cop_launch.model.straight import read_straight

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

S = TypeVar("S", bound=Section)


@once_for_each
def judge(section: type[Section]) -> TypeAdapter[Any]:
    """What pydantic has to say on this section."""
    from pydantic import TypeAdapter  # only what is wrong somewhere needs it

    return TypeAdapter(section)


def validate(section: type[S], tree: Any) -> S:
    """The section that a tree of mappings, lists and texts says.

    Raises pydantic's `ValidationError`, with everything in it that cannot be read and where.
    """
    made = read_straight(section, tree)
    if made is None:
        made = judge(section).validate_python(tree)
    return made


def judged(section: type[S], tree: Any) -> tuple[S | None, Sequence[ErrorDetails]]:
    """The same; None, and what cannot be read and where, when there is such a thing."""
    made = read_straight(section, tree)
    if made is not None:
        return made, ()
    from pydantic import ValidationError

    try:
        return judge(section).validate_python(tree), ()
    except ValidationError as error:
        return None, error.errors(include_url=False)


def schema_for_editors(section: type[Section]) -> dict[str, Any]:
    """The JSON Schema of a section as pydantic writes it, by the keys of the file."""
    return judge(section).json_schema(by_alias=True)
