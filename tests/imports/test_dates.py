"""Days as exports write them."""

from __future__ import annotations

from datetime import date

import pytest

from cop_launch.imports.dates import Order, day_text, days_of, seconds

TENTH = date(2025, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-10",
        "2025-03-10 09:12:33",
        "2025-03-10T09:12:33.000+01:00",
        "2025/03/10 9:12:33 am CET",
        "10-3-2025 9:12:33",
        "10-03-2025",
        "10.3.2025 09:12",
        "10 maart 2025",
        "10-mrt-25",
        "March 10, 2025",
        "10 Mar 2025 09:12",
        "45726.38",
    ],
)
def test_one_day_in_many_ways(text: str) -> None:
    """Whichever way it is written, the tenth of March."""
    assert days_of([text], Order.MONTH) == (TENTH,)
    assert days_of([day_text(text)], Order.MONTH) == (TENTH,)


@pytest.mark.parametrize(
    ("texts", "order", "days"),
    [
        (["3/10/25"], Order.MONTH, (TENTH,)),
        (["10/3/2025"], Order.DAY, (TENTH,)),
        (["3/10/2025", "3/28/2025"], Order.DAY, (TENTH, date(2025, 3, 28))),
        (["10/3/2025", "28/3/2025"], Order.MONTH, (TENTH, date(2025, 3, 28))),
        (["13/3/2025", "3/13/2025"], Order.DAY, ()),
        (["", "n/a", "soon", "1980-01-01"], Order.DAY, ()),
    ],
)
def test_day_and_month_by_what_the_column_tells(texts: list[str], order: Order, days: tuple[date, ...]) -> None:
    """A figure over twelve settles it for the whole column; figures that contradict each other name no day."""
    assert days_of(texts, order) == days


def test_seconds_of_a_day() -> None:
    """Twelve hours or twenty-four."""
    assert [seconds(text) for text in ("9:12", "2025-03-10 09:12:33", "3/10/2025 1:05:00 PM", "12:00 am", "today")] == [
        33_120,
        33_153,
        47_100,
        0,
        None,
    ]
