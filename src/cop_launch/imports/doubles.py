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
        if self._are_new_people(rows):
            return self._without_repeats(rows)
        return [cells for cells in rows if self._is_new_person(cells) and self._without_repeats([cells])]

    def _are_new_people(self, rows: Sequence[Cells]) -> bool:
        """Whether the number and person of each are new, asked of all at once; if so they are remembered."""
        written = [number for number in _column(rows, self._number) if number]
        numbers = set(map(hash, written))
        names = [name for name in map(_name, _names(rows, self._person)) if name]
        people = set(map(hash, names))
        if len(numbers) < len(written) or len(people) < len(names):
            return False
        if not (self._numbers.isdisjoint(numbers) and self._people.isdisjoint(people)):
            return False
        self._numbers |= numbers
        self._people |= people
        return True

    def _is_new_person(self, cells: Cells) -> bool:
        number = hash(cells[self._number]) if self._number is not None and cells[self._number] else None
        name = _name(cells[self._person]) if self._person is not None else ""
        if number in self._numbers or (name and hash(name) in self._people):
            return False
        if number is not None:
            self._numbers.add(number)
        if name:
            self._people.add(hash(name))
        return True

    def _without_repeats(self, rows: list[list[str]]) -> list[list[str]]:
        """Without those that say the same as one before them within a minute, and are one person's by that."""
        if self._submitted is None:
            return rows
        if len(self._lately) >= _REMEMBERED:
            self._lately, self._earlier = {}, self._lately
        said = list(map(hash, map(self._said, rows)))
        moments = _column(rows, self._submitted)
        alike = set(said)
        if len(alike) == len(said) and self._lately.keys().isdisjoint(alike) and self._earlier.keys().isdisjoint(alike):
            self._lately.update(zip(said, moments, strict=True))
            return rows
        lately, earlier, found = self._lately, self._earlier, []
        for cells, key, moment in zip(rows, said, moments, strict=True):
            before = lately.get(key) or earlier.get(key)
            if before is None or not self._is_one_person(cells, before, moment):
                lately[key] = moment
                found.append(cells)
        return found

    def _is_one_person(self, cells: Cells, before: str, moment: str) -> bool:
        if not _within_a_minute(before, moment):
            return False
        begun = self._started is not None and bool(cells[self._started])
        return begun or before == moment or any(cells[index].strip() for index in self._open)


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
