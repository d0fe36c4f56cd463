"""What our values are made of."""

from __future__ import annotations

from functools import cached_property

import pytest

from cop_launch.records import Record, as_mapping, field, replace


class _Point(Record):
    across: int
    down: int = 0
    seen: dict[str, int] = field(default_factory=dict)


class _Line(Record, dict=True):
    points: tuple[int, ...] = ()

    @cached_property
    def length(self) -> int:
        return len(self.points)


def test_a_record_never_changes() -> None:
    """Another one is made of it."""
    point = _Point(1)
    with pytest.raises(AttributeError):
        point.down = 2  # type: ignore[misc]
    assert replace(point, down=2) == _Point(1, 2)
    assert point == _Point(1)
    assert as_mapping(point) == {"across": 1, "down": 0, "seen": {}}


def test_what_is_worked_out_once_is_no_part_of_a_record() -> None:
    """Two with the same fields are equal, whatever has been asked of them."""
    line = _Line((1, 2))
    assert line.length == 2
    assert line == _Line((1, 2))
    assert hash(line) == hash(_Line((1, 2)))
