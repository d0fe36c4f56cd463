"""Time zones: when clocks change, in few words where one rule holds, and one by one where none does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import MONTHLY, rrule, weekday
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.schedule.zones import ZONE_OF_COUNTRY, ClockChange, clock_changes, once, steady

HOUR = timedelta(hours=1)
ZONES = ["Europe/Amsterdam", "Europe/Dublin", "America/New_York", "America/Santiago", "Africa/Casablanca", "Asia/Gaza"]
ZONES += ["Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Pyongyang", "Europe/Istanbul", "UTC"]


def test_the_clocks_of_amsterdam() -> None:
    """The last Sundays of March and October, for good."""
    assert clock_changes(ZoneInfo("Europe/Amsterdam"), 2025, 2026) == (
        ClockChange(datetime(2024, 3, 31, 2), HOUR, 2 * HOUR, "CEST", -1),
        ClockChange(datetime(2024, 10, 27, 3), 2 * HOUR, HOUR, "CET", -1),
    )


def test_clocks_that_do_not_change() -> None:
    """One change by nothing, before the first year."""
    half = timedelta(hours=5, minutes=30)
    assert clock_changes(ZoneInfo("Asia/Kolkata"), 2025, 2026) == (
        ClockChange(datetime(2024, 1, 1, 5, 30), half, half, "IST"),
    )


def test_clocks_that_change_by_the_moon() -> None:
    """Morocco goes back for Ramadan: every change by itself."""
    changes = clock_changes(ZoneInfo("Africa/Casablanca"), 2025, 2025)
    assert [(change.at.date().isoformat(), change.forward, change.nth) for change in changes] == [
        ("2024-01-01", False, None),
        ("2024-03-10", False, None),
        ("2024-04-14", True, None),
        ("2025-02-23", False, None),
        ("2025-04-06", True, None),
        ("2026-02-15", False, None),
        ("2026-03-22", True, None),
    ]


def offset_by(changes: tuple[ClockChange, ...], local: datetime) -> timedelta:
    """The distance to UTC at a local time that is shown once, by the changes alone."""
    latest: tuple[datetime, timedelta] | None = None
    for change in changes:
        moments = [change.at]
        if change.nth is not None:
            day = weekday(change.at.weekday(), change.nth)
            rule = rrule(MONTHLY, dtstart=change.at, bymonth=change.at.month, byweekday=day, until=local)
            moments = list(rule)
        for moment in moments:
            if moment <= local and (latest is None or moment > latest[0]):
                latest = moment, change.after
    assert latest is not None
    return latest[1]


@given(
    st.sampled_from(ZONES),
    st.datetimes(min_value=datetime(2005, 1, 1), max_value=datetime(2035, 12, 31)),
    st.integers(0, 3),
)
def test_the_changes_say_what_the_clocks_show(zone: str, local: datetime, more: int) -> None:
    """For any local time that there is once, in the years that were asked for: the same distance to UTC."""
    there = ZoneInfo(zone)
    local = local.replace(microsecond=0)
    if once(local, there):
        changes = clock_changes(there, local.year - more, local.year + more)
        assert offset_by(changes, local) == local.replace(tzinfo=there).utcoffset()


@pytest.mark.parametrize(
    ("local", "shown_once"),
    [
        (datetime(2025, 10, 26, 1, 59), True),
        (datetime(2025, 10, 26, 2, 0), False),
        (datetime(2025, 10, 26, 2, 59), False),
        (datetime(2025, 10, 26, 3, 0), True),
        (datetime(2026, 3, 29, 1, 59), True),
        (datetime(2026, 3, 29, 2, 0), False),
        (datetime(2026, 3, 29, 2, 59), False),
        (datetime(2026, 3, 29, 3, 0), True),
    ],
)
def test_the_hour_that_comes_twice_or_not_at_all(local: datetime, shown_once: bool) -> None:
    """In the night in which clocks change, an hour of local time says no instant."""
    assert once(local, ZoneInfo("Europe/Amsterdam")) is shown_once


@pytest.mark.parametrize("zone", ZONES)
def test_on_a_steady_day_all_times_are_shown_once(zone: str) -> None:
    """At the same distance to UTC, and so on the next; nearly all days of a year are steady."""
    there = ZoneInfo(zone)
    days = [date(2010, 1, 1) + timedelta(number) for number in range(2 * 365)]
    found = [day for day in days if steady(day, there)]
    assert len(days) - len(found) <= 2 * 8
    for day in found:
        times = [datetime.combine(day, time()) + number * HOUR / 2 for number in range(96)]
        assert all(once(moment, there) for moment in times)
        assert len({moment.replace(tzinfo=there).utcoffset() for moment in times}) == 1


@pytest.mark.parametrize("country", ZONE_OF_COUNTRY)
def test_every_country_has_a_zone_that_exists(country: str) -> None:
    """And one that is near: today's time there can be told."""
    assert datetime(2025, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(ZONE_OF_COUNTRY[country])).tzinfo is not None
