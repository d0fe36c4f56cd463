from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_launch.schedule.recurrence import Recurrence, Unit, occurrences

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def falls_on(rule: Recurrence, day: date) -> bool:
    """Whether a rule falls on a day, read off the calendar: the day's own place in its week, month and year."""
    first = rule.first
    if rule.unit is Unit.DAY:
        return (day - first).days % rule.every == 0 and (not rule.weekdays or day.weekday() in rule.weekdays)
    if rule.unit is Unit.WEEK:
        mondays_apart = ((day - timedelta(day.weekday())) - (first - timedelta(first.weekday()))).days // 7
        return mondays_apart % rule.every == 0 and day.weekday() in (rule.weekdays or (first.weekday(),))
    if rule.unit is Unit.YEAR:
        return (day.year - first.year) % rule.every == 0 and (day.month, day.day) == (first.month, first.day)
    if ((day.year - first.year) * 12 + day.month - first.month) % rule.every:
        return False
    if rule.nth is None:
        return day.day == first.day
    same_weekday = [
        number
        for number in range(1, monthrange(day.year, day.month)[1] + 1)
        if date(day.year, day.month, number).weekday() == rule.weekdays[0]
    ]
    which = rule.nth - 1 if rule.nth > 0 else -1
    return day.weekday() == rule.weekdays[0] and same_weekday[which : which + 1 or None] == [day.day]


def by_walking(rule: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """Every day from the first one on, one at a time."""
    found: list[date] = []
    day = rule.first
    while day <= min(end, rule.until or end):
        if falls_on(rule, day):
            found.append(day)
        day += timedelta(1)
    return tuple(day for day in found[: rule.times] if day >= start and day not in rule.except_dates)


days = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    unit = draw(st.sampled_from(Unit))
    given: dict[str, Any] = {
        "first": draw(days | st.sampled_from([date(2024, 2, 29), date(2024, 1, 31), date(2025, 12, 30)])),
        "every": draw(st.integers(1, 14)),
        "unit": unit,
        "times": draw(st.none() | st.integers(0, 60)),
        "until": draw(st.none() | days),
        "except_dates": draw(st.frozensets(days, max_size=8)),
    }
    if unit in {Unit.DAY, Unit.WEEK}:
        given["weekdays"] = tuple(draw(st.lists(st.integers(0, 6), unique=True, max_size=7)))
    elif unit is Unit.MONTH and draw(st.booleans()):
        given["weekdays"] = (draw(st.integers(0, 6)),)
        given["nth"] = draw(st.sampled_from([1, 2, 3, 4, 5, -1]))
    return Recurrence(**given)


@settings(max_examples=300, deadline=None)
@given(rules(), days, days)
def test_equals_walking_through_the_calendar(rule: Recurrence, one: date, other: date) -> None:
    """Any rule gives what going through six years day by day finds, leap days included."""
    start, end = min(one, other), max(one, other)
    assert occurrences(rule, start, end) == by_walking(rule, start, end)


def by_the_standard(rule: Recurrence, start: date, end: date) -> tuple[date, ...]:
    """What dateutil, by which calendars in Python are read, makes of the same rule of RFC 5545."""
    last = min(end, rule.until or end)
    frequencies: dict[Unit, Any] = {Unit.DAY: DAILY, Unit.WEEK: WEEKLY, Unit.MONTH: MONTHLY, Unit.YEAR: YEARLY}
    found = rrule(
        frequencies[rule.unit],
        dtstart=datetime.combine(rule.first, time()),
        interval=rule.every,
        wkst=0,
        until=datetime.combine(last, time()),
        byweekday=[weekday(day, rule.nth) for day in rule.weekdays] or None,
    )
    days = [moment.date() for moment in found][: rule.times]
    return tuple(day for day in days if day >= start and day not in rule.except_dates)


@settings(max_examples=300, deadline=None)
@given(rules(), days, days)
def test_equals_what_calendars_make_of_the_rule(rule: Recurrence, one: date, other: date) -> None:
    """The calendars that people import hold the same rules: they have to mean the same days."""
    start, end = min(one, other), max(one, other)
    assert occurrences(rule, start, end) == by_the_standard(rule, start, end)


@settings(max_examples=100, deadline=None)
@given(rules(), days, st.data())
def test_exceptions_take_out_what_they_name(rule: Recurrence, end: date, data: st.DataObject) -> None:
    """Leaving a day out removes that day and changes nothing else, however many times the rule may fall."""
    found = occurrences(rule, date(2023, 1, 1), end)
    if found:
        left_out = data.draw(st.sampled_from(found))
        without = Recurrence(
            rule.first,
            rule.every,
            rule.unit,
            rule.weekdays,
            rule.nth,
            rule.times,
            rule.until,
            rule.except_dates | {left_out},
        )
        assert occurrences(without, date(2023, 1, 1), end) == tuple(day for day in found if day != left_out)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            Recurrence(date(2025, 1, 31), unit=Unit.MONTH),
            ["2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31", "2025-08-31", "2025-10-31", "2025-12-31"],
            id="the 31st, where there is one",
        ),
        pytest.param(
            Recurrence(date(2024, 2, 29), unit=Unit.YEAR), ["2028-02-29", "2032-02-29"], id="29 February, in leap years"
        ),
        pytest.param(
            Recurrence(date(2025, 9, 1), unit=Unit.MONTH, weekdays=(TUESDAY,), nth=1, until=date(2026, 1, 6)),
            ["2025-09-02", "2025-10-07", "2025-11-04", "2025-12-02", "2026-01-06"],
            id="the first Tuesday of the month, the last day included",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 10), unit=Unit.MONTH, weekdays=(TUESDAY,), nth=1, times=2),
            ["2025-10-07", "2025-11-04"],
            id="the first Tuesday has passed when the rule starts",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 1), unit=Unit.MONTH, weekdays=(FRIDAY,), nth=5, times=2),
            ["2025-10-31", "2026-01-30"],
            id="a fifth Friday, where there is one",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 1), unit=Unit.MONTH, weekdays=(FRIDAY,), nth=-1, times=2),
            ["2025-09-26", "2025-10-31"],
            id="the last Friday",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 11), 2, Unit.WEEK, (MONDAY, THURSDAY), times=4),
            ["2025-09-11", "2025-09-22", "2025-09-25", "2025-10-06"],
            id="every two weeks counts from the Monday of the first week",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 7), 2, Unit.WEEK, (MONDAY, SUNDAY), times=3),
            ["2025-09-07", "2025-09-15", "2025-09-21"],
            id="Sunday ends a week",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 4), weekdays=(MONDAY, THURSDAY, FRIDAY), times=4),
            ["2025-09-04", "2025-09-05", "2025-09-08", "2025-09-11"],
            id="every day, on some weekdays only",
        ),
        pytest.param(
            Recurrence(date(2025, 9, 1), unit=Unit.WEEK, times=3, except_dates=frozenset({date(2025, 9, 8)})),
            ["2025-09-01", "2025-09-15"],
            id="an exception counts as one of the times",
        ),
        pytest.param(Recurrence(date(2025, 9, 1), times=0), [], id="no times at all"),
        pytest.param(Recurrence(date(2025, 9, 1), 7, weekdays=(TUESDAY,)), [], id="a rule that never falls"),
        pytest.param(Recurrence(date(2025, 9, 1), 10**9, Unit.YEAR), ["2025-09-01"], id="every thousand million years"),
    ],
)
def test_days(rule: Recurrence, expected: list[str]) -> None:
    """Rules that people write, from 2025 to 2035 or the last day that is shown."""
    last = date(2025, 12, 31) if rule.unit is Unit.MONTH and rule.nth is None else date(2035, 12, 31)
    assert [str(day) for day in occurrences(rule, date(2025, 1, 1), last)] == expected


def test_an_end_before_the_start() -> None:
    """Gives nothing."""
    assert occurrences(Recurrence(date(2025, 9, 1)), date(2025, 9, 9), date(2025, 9, 8)) == ()


def test_the_ends_of_the_calendar() -> None:
    """A rule that started in the year 1 or runs to the year 9999 is answered."""
    week = (date(2025, 9, 1), date(2025, 9, 7))
    assert occurrences(Recurrence(date.min, 7), *week) == (date(2025, 9, 1),)
    assert occurrences(Recurrence(date.min, 1, Unit.WEEK), *week) == (date(2025, 9, 1),)
    assert occurrences(Recurrence(date.max - timedelta(1)), date.min, date.max) == (date(9999, 12, 30), date.max)


@pytest.mark.parametrize(
    "given",
    [
        {"every": 0},
        {"times": -1},
        {"weekdays": (7,)},
        {"unit": Unit.MONTH, "weekdays": (1,), "nth": 0},
        {"unit": Unit.MONTH, "weekdays": (1,), "nth": 6},
        {"unit": Unit.MONTH, "weekdays": (1,)},
        {"unit": Unit.MONTH, "weekdays": (1, 2), "nth": 1},
        {"unit": Unit.MONTH, "nth": 1},
        {"unit": Unit.WEEK, "weekdays": (1,), "nth": 1},
        {"unit": Unit.DAY, "nth": 1},
        {"unit": Unit.YEAR, "weekdays": (1,)},
    ],
)
def test_rules_that_mean_nothing(given: dict[str, Any]) -> None:
    """Are refused where they are made."""
    with pytest.raises(ValueError, match=r"\w"):
        Recurrence(date(2025, 9, 1), **given)
