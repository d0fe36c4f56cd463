"""Time zones: which one a plan's times are in, and when its clocks change.

A calendar states the changes of its zone, so that whoever reads it finds the instant of a local time without a table of
zones of their own (RFC 5545, 3.6.5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cop_launch.model.project import Project
from cop_launch.records import Record, replace

USUAL_ZONE = "Europe/Amsterdam"
"""Where a project says neither its zone nor a country that has one."""

ZONE_OF_COUNTRY = {
    "AT": "Europe/Vienna",
    "AW": "America/Aruba",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "CW": "America/Curacao",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "IT": "Europe/Rome",
    "LU": "Europe/Luxembourg",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "SE": "Europe/Stockholm",
    "SR": "America/Paramaribo",
}
"""The zone in which nearly everybody in a country lives, by its two letters; one that has several is not here."""

_YEARS_AHEAD = 12
"""In how many years a rule has to hold before it is taken for one: in six, the last Sunday may be the fourth always."""


class ClockChange(Record):
    """A moment at which the clocks of a zone change, once or every year."""

    at: datetime
    """What the clocks show when they change, without a zone."""
    before: timedelta
    """The distance to UTC until then."""
    after: timedelta
    name: str
    """What the time is called from then on: CEST."""
    nth: int | None = None
    """Given when it comes back every year: in the same month, on the nth such weekday, or the last (-1)."""

    @property
    def forward(self) -> bool:
        """Whether clocks go forward, as they do for the summer."""
        return self.after > self.before


def zone_of(project: Project) -> ZoneInfo:
    """The zone of all times in the plan: the one that is named, else that of the country of the holidays, else the
    usual one."""
    named = project.organisation.timezone if project.organisation else None
    holidays = project.plan.holidays if project.plan else None
    country = ((holidays.country if holidays else None) or "").strip().upper()[:2]
    return ZoneInfo(named or ZONE_OF_COUNTRY.get(country, USUAL_ZONE))


def once(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone show this local time exactly once: not when they skip it, nor when they repeat it."""
    early, late = (moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return early == late


@lru_cache(maxsize=4096)  # what is planned at a time asks it of its day
def steady(day: date, zone: ZoneInfo) -> bool:
    """Whether the clocks in the zone do not change on a day, nor on the next: each time is then shown once."""
    first = datetime.combine(day, time(), zone)
    return first.utcoffset() == (first + timedelta(days=1)).utcoffset() == (first + timedelta(days=2)).utcoffset()


@lru_cache(maxsize=64)  # a calendar for each person asks the same again
def clock_changes(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[ClockChange, ...]:
    """What a reader needs to know for local times from one year up to and including another.

    A zone whose clocks change by one rule gives that rule twice, there and back; one that never changes them a single
    change by nothing; any other every change, one by one.
    """
    years = range(first_year - 1, min(last_year + _YEARS_AHEAD, MAXYEAR))
    start = datetime(years.start, 1, 1, tzinfo=UTC)
    found = tuple(_changes(zone, start, datetime(years.stop, 1, 1, tzinfo=UTC)))
    yearly = _by_rule(found, years)
    if yearly:
        return yearly
    local = start.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    standing = ClockChange(local.replace(tzinfo=None), offset, offset, local.tzname() or "")
    return (standing, *(change for change in found if change.at.year <= last_year + 1))


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[ClockChange]:
    """Every change between two moments: week by week, and where one differs from the last, to the second."""
    earlier, shown = start, _clock(start, zone)
    while earlier < end:
        later = earlier + timedelta(weeks=1)
        shown_later = _clock(later, zone)
        if shown_later != shown:
            low, high = earlier, later
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) // 2).replace(microsecond=0)
                low, high = (middle, high) if _clock(middle, zone) == shown else (low, middle)
            yield ClockChange((high + shown[0]).replace(tzinfo=None), shown[0], *_clock(high, zone))
        earlier, shown = later, shown_later


def _clock(moment: datetime, zone: ZoneInfo) -> tuple[timedelta, str]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or ""


def _by_rule(changes: Sequence[ClockChange], years: range) -> tuple[ClockChange, ...]:
    """The changes as rules, when each of these years has the same ones; none where that is not so."""
    groups: defaultdict[tuple[object, ...], list[ClockChange]] = defaultdict(list)
    for change in changes:
        at = change.at
        groups[at.month, at.weekday(), at.time(), change.before, change.after, change.name].append(change)
    rules = []
    for group in groups.values():
        ordinals = {(change.at.day - 1) // 7 + 1 for change in group}
        last = all((change.at + timedelta(days=7)).month != change.at.month for change in group)
        if [change.at.year for change in group] != list(years) or (not last and len(ordinals) > 1):
            return ()
        rules.append(replace(group[0], nth=-1 if last else min(ordinals)))
    return tuple(rules)
