"""Something that comes back, and the days on which it does.

The rules are those of calendars (RFC 5545, iCalendar), so that a calendar file made from them shows the same days:

* A day that does not exist is skipped, never moved: the 31st in a short month, 29 February in an ordinary year, a
  fifth Tuesday where there are four.
* "Every two weeks" counts weeks from the Monday of the week of the first day; months and years count from the month
  and the year of the first day.
* `times` counts the days that the rule gives, before exceptions are taken out (as COUNT and EXDATE do).

One thing differs: the first day is where the rule starts, and is an occurrence only when the rule falls on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import assert_never

from cop_launch.records import Record


class Unit(StrEnum):
    """What an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def read_interval(written: str) -> tuple[int, Unit] | None:
    """`day`, `week`, `2 weeks`, `3 months`, `year`: how many of which unit. None when it is not written like that."""
    match = re.fullmatch(r"(?:([1-9][0-9]{0,2}) +)?(day|week|month|year)s?", written.strip().lower())
    return (int(match[1] or 1), Unit(match[2])) if match else None


class Recurrence(Record):
    """Comes back every so many days, weeks, months or years, from `first` on.

    `weekdays` (0 is Monday): with days, only those weekdays; with weeks, each of them, and without any the weekday of
    `first`; with months it goes with `nth`. `nth` (1 to 5, or -1 for the last): the first Tuesday of the month.
    `until` is the last day on which it may fall; where `times` is given as well, whichever ends first does.

    Raises ValueError for a rule that means nothing.
    """

    first: date
    every: int = 1
    unit: Unit = Unit.DAY
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    times: int | None = None
    until: date | None = None
    except_dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError(f"every {self.every}")
        if self.times is not None and self.times < 0:
            raise ValueError(f"{self.times} times")
        if not set(self.weekdays) <= set(range(7)):
            raise ValueError(f"weekdays {self.weekdays}")
        if self.nth is not None and self.nth not in {1, 2, 3, 4, 5, -1}:
            raise ValueError(f"nth {self.nth}")
        if self.unit in {Unit.MONTH, Unit.YEAR} or self.nth is not None:
            if self.unit is not Unit.MONTH and (self.weekdays or self.nth is not None):
                raise ValueError(f"a weekday of the {self.unit}")
            if len(self.weekdays) != (0 if self.nth is None else 1):
                raise ValueError("a weekday of the month takes one weekday and which one it is")


@lru_cache(1000)  # many items come back on the same days
def occurrences(rule: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """The days from `start` to `end`, both included, on which the rule falls, in order."""
    if rule.until is not None:
        end = min(end, rule.until)
    if end < max(start, rule.first):
        return ()
    return tuple(
        day
        for number in islice(_numbers(rule, start, end), rule.times)
        if (day := date.fromordinal(number)) >= start and day not in rule.except_dates
    )


def _numbers(rule: Recurrence, start: date, end: date) -> Iterator[int]:
    """The days on which the rule falls up to and including the last, each by its number (1 January of the year 1 is 1).

    From the first day of the rule on; of one that is old and counts no times, only what comes about from `start` on.
    Days are counted, not made: a plan of a year has thousands.
    """
    first, last = rule.first.toordinal(), end.toordinal()
    skipped = max(0, start.toordinal() - first) if rule.times is None else 0
    match rule.unit:
        case Unit.DAY:
            found = iter(range(first + skipped // rule.every * rule.every, last + 1, rule.every))
            # Day 1 was a Monday.
            yield from (number for number in found if (number - 1) % 7 in rule.weekdays) if rule.weekdays else found
        case Unit.WEEK:
            step = 7 * rule.every
            monday = first - rule.first.weekday()
            weekdays = sorted(rule.weekdays) or [rule.first.weekday()]
            for week in range(monday + skipped // step * step, last + 1, step):
                yield from (week + weekday for weekday in weekdays if first <= week + weekday <= last)
        case Unit.MONTH | Unit.YEAR:
            step = rule.every if rule.unit is Unit.MONTH else 12 * rule.every
            for month in range(12 * rule.first.year + rule.first.month - 1, 12 * end.year + end.month, step):
                number = _in_month(rule, *divmod(month, 12))
                if number is not None and first <= number <= last:
                    yield number
        case _:
            assert_never(rule.unit)


def _in_month(rule: Recurrence, year: int, after_january: int) -> int | None:
    """The number of the day on which the rule falls in a month; None where the month has no such day."""
    if rule.nth is None:
        days = [rule.first.day]
    else:
        such = 1 + (rule.weekdays[0] - date(year, after_january + 1, 1).weekday()) % 7
        days = [such + 28, such + 21] if rule.nth == -1 else [such + 7 * (rule.nth - 1)]
    for day in days:
        with suppress(ValueError):
            return date(year, after_january + 1, day).toordinal()
    return None
