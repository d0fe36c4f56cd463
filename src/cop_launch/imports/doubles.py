"""Which responses came before: the same number, the same person, or the same words within the same minute.

Two people can choose the same answers in the same minute. So alike answers are one person's only when they were begun
or sent at the same second, or hold words of somebody's own. Kept are numbers instead of texts, and alike answers only
among the last so many: the size of a file must not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import itemgetter

from cop_launch.imports.dates import day_text, seconds
from cop_launch.imports.layout import Cells
from cop_launch.imports.responses import Responses, open_columns

_NOBODY = frozenset({"", "anonymous", "anoniem", "anónimo", "n/a"})
_REMEMBERED = 10_000


class Doubles:
    """Takes out of the responses, as they come, those that came before."""

    def __init__(self, responses: Responses) -> None:
        layout = responses.layout
        self._number, self._person, self._submitted = layout.response, layout.person, layout.submitted
        self._started = layout.started
        self._open = open_columns(responses)
        answers = [column.index for asked in responses.asked for column in asked.columns]
        begun = [] if layout.started is None else [layout.started]
        self._said: Callable[[Cells], object] = itemgetter(*answers, *begun)
        self._numbers: set[int] = set()
        self._people: set[int] = set()
        self._lately: dict[int, str] = {}
        self._earlier: dict[int, str] = {}

    def first_ones(self, rows: list[list[str]]) -> list[list[str]]:
        """Those of these responses that did not come before."""
        if self._all_new(rows):
            return rows
        return [cells for cells in rows if not self._came_before(cells)]

    def _all_new(self, rows: Sequence[Cells]) -> bool:
        """Whether none of these can be a double, looked at for all of them at once; then they are remembered."""
        numbers = set(map(hash, filter(None, _column(rows, self._number))))
        people = [hash(name) for name in map(_name, _names(rows, self._person)) if name]
        said = list(map(hash, map(self._said, rows))) if self._submitted is not None else []
        alike = set(said)
        new = (
            len(numbers) == sum(map(bool, _column(rows, self._number)))
            and len(set(people)) == len(people)
            and len(alike) == len(said)
            and self._numbers.isdisjoint(numbers)
            and self._people.isdisjoint(people)
            and alike.isdisjoint(self._lately)
            and alike.isdisjoint(self._earlier)
        )
        if new:
            self._numbers |= numbers
            self._people.update(people)
            self._make_room()
            self._lately.update(zip(said, _column(rows, self._submitted), strict=False))
        return new

    def _came_before(self, cells: Cells) -> bool:
        number = hash(cells[self._number]) if self._number is not None and cells[self._number] else None
        if number in self._numbers:
            return True
        name = _name(cells[self._person]) if self._person is not None else ""
        if name and hash(name) in self._people:
            return True
        if self._submitted is not None:
            said, moment = hash(self._said(cells)), cells[self._submitted]
            before = self._lately.get(said) or self._earlier.get(said)
            self._make_room()
            if before is not None and self._is_one_person(cells, before, moment):
                return True
            self._lately[said] = moment
        if number is not None:
            self._numbers.add(number)
        if name:
            self._people.add(hash(name))
        return False

    def _is_one_person(self, cells: Cells, before: str, moment: str) -> bool:
        if not _within_a_minute(before, moment):
            return False
        begun = self._started is not None and bool(cells[self._started])
        return begun or before == moment or any(cells[index].strip() for index in self._open)

    def _make_room(self) -> None:
        if len(self._lately) >= _REMEMBERED:
            self._lately, self._earlier = {}, self._lately


def _column(rows: Sequence[Cells], index: int | None) -> Iterable[str]:
    return map(itemgetter(index), rows) if index is not None else repeat("", len(rows))


def _names(rows: Sequence[Cells], index: int | None) -> Sequence[str]:
    """The persons' names or addresses; none at all where everybody is the same nobody."""
    if index is None:
        return ()
    names = list(map(itemgetter(index), rows))
    return () if {name.strip().casefold() for name in set(names)} <= _NOBODY else names


def _name(written: str) -> str:
    name = written.strip().casefold()
    return "" if name in _NOBODY else name


def _within_a_minute(one: str, other: str) -> bool:
    first, second = seconds(one), seconds(other)
    if first is None or second is None:
        return False
    return day_text(one) == day_text(other) and abs(first - second) <= 60
