"""Days and times as exports write them: which day a text is, and which of two orders a column follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d\d)(?![\d:])")
_IN_WORDS = re.compile(
    r"(\d{1,2})[- .]*([a-zé]{3,})[-,. ]*(\d{4}|\d\d)(?!\d)|([a-zé]{3,})[ .]*(\d{1,2}),? (\d{4})", re.IGNORECASE
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*([ap]\.?m\b)?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mrt maa mär", "apr", "may mei", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec"), 1
    )
    for name in names.split()
}


class Order(StrEnum):
    """What comes first in 3/4/2025: the day, or the month as in the United States."""

    DAY = "day"
    MONTH = "month"


def days_of(texts: Iterable[str], order: Order) -> tuple[date, ...]:
    """The days that these texts name, sorted; none where the texts contradict each other about their order.

    `order` is what the source does where the figures themselves do not tell; a hyphen or a dot between them tells.
    """
    years_last: list[tuple[int, int, int, str]] = []
    days: set[date | None] = set()
    for text in texts:
        if found := _YEAR_FIRST.search(text):
            days.add(_day(int(found[1]), int(found[2]), int(found[3])))
        elif found := _YEAR_LAST.search(text):
            years_last.append((int(found[1]), int(found[3]), _year(found[4]), found[2]))
        elif found := _IN_WORDS.search(text):
            day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
            month = _MONTHS.get(name[:3].lower())
            days.add(_day(_year(year), month, int(day)) if month else None)
        elif _SERIAL.fullmatch(text.strip()):
            days.add(date(1899, 12, 30) + timedelta(days=int(float(text))))
    if years_last:
        day_first = any(first > 12 for first, _, _, _ in years_last)
        month_first = any(second > 12 for _, second, _, _ in years_last)
        if day_first and month_first:
            return ()
        if not day_first and not month_first:
            day_first = order is Order.DAY or all(sign != "/" for _, _, _, sign in years_last)
        days |= {
            _day(year, second, first) if day_first else _day(year, first, second)
            for first, second, year, _ in years_last
        }
    # A survey tool without a date in its answers writes the first day that it knows.
    return tuple(sorted(day for day in days if day is not None and day.year > 1990))


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_text(moment: str) -> str:
    """The part of a moment that names the day, as far as that can be cut off; else all of it."""
    first, _, _ = moment.partition(" ")
    if len(first) < 6 or not first[0].isdigit():
        return moment
    return first[:10] if first[10:11] == "T" else first


def seconds(moment: str) -> int | None:
    """The second of the day; None where a moment has no time."""
    found = _CLOCK.search(moment)
    if not found:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    return (hour * 60 + int(found[2])) * 60 + int(found[3] or 0)
