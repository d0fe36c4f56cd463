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
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Literal, assert_never

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


def occurrences(rule: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """The days from `start` to `end`, both included, on which the rule falls, in order."""
    if rule.until is not None:
        end = min(end, rule.until)
    if end < max(start, rule.first):
        return ()
    # `times` is counted here and not by rrule: a bound on the date keeps a rule that never falls from running on to
    # the year 9999, and rrule takes no bound beside a count.
    days = (moment.date() for moment in _rrule(rule, start, end))
    return tuple(day for day in islice(days, rule.times) if day >= start and day not in rule.except_dates)


def _rrule(rule: Recurrence, start: date, end: date) -> Iterable[datetime]:
    # Imported when something comes back: most commands on a project in its first phases need none of it.
    from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

    frequency: Literal[0, 1, 2, 3]
    match rule.unit:
        case Unit.DAY:
            frequency = DAILY
        case Unit.WEEK:
            frequency = WEEKLY
        case Unit.MONTH:
            frequency = MONTHLY
        case Unit.YEAR:
            frequency = YEARLY
        case _:
            assert_never(rule.unit)
    return rrule(
        frequency,
        dtstart=datetime.combine(_skip_ahead(rule, start), time()),
        interval=rule.every,
        wkst=0,
        until=datetime.combine(end, time()),
        byweekday=[weekday(day, rule.nth) for day in rule.weekdays] or None,
    )


def _skip_ahead(rule: Recurrence, start: date) -> date:
    """The first day, or a later one to start from that gives the same days from `start` on, for a rule that is old."""
    if rule.times is not None or start <= rule.first or rule.unit in {Unit.MONTH, Unit.YEAR}:
        return rule.first
    step = rule.every if rule.unit is Unit.DAY else 7 * rule.every
    return rule.first + timedelta(days=(start - rule.first).days // step * step)
