"""The dry run, day by day: what is planned when, by whom, and what came of it.

The rules, in order:

1. An item falls on the days of its recurrence, from the first to the last day of the run.
2. A day off is a weekday that is not a working day (Monday to Friday where the plan names none), a holiday, a quiet
   day, or a day of a vacation: of everybody, or of the item's owner, for whose items alone it is off then. A recurring
   item that falls on one drops, or moves to the next day that is not off (`on_holiday: move`); it also drops when it
   falls there already or when the run is over.
3. What is written is what is meant: a weekday or a date that the item names itself is not off for being a weekday, and
   an item with a date stays on any other day off unless `on_holiday` says otherwise; that is a warning.
4. The log is laid on top, entry by entry: done, skipped, or moved to another day. It changes what came of the plan, not
   what was planned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain, groupby
from operator import attrgetter

from cop_launch.findings import Finding, Severity
from cop_launch.locales import msg
from cop_launch.model.plan import ItemKind, LogEntry, OnHoliday, Plan, PlanItem, Vacation
from cop_launch.records import Record, field, replace
from cop_launch.schedule.items import WEEKDAY_NUMBER, read_item
from cop_launch.schedule.recurrence import Recurrence, occurrences

LONGEST_RUN = 3 * 366
"""Days; a longer dry run is shown as far as this. Set here."""


class DayOff(StrEnum):
    """Why nothing is planned on a day."""

    NOT_A_WORKING_DAY = "not-a-working-day"
    HOLIDAY = "holiday"
    QUIET = "quiet"
    VACATION = "vacation"


class Status(StrEnum):
    """What came of something that was planned."""

    OPEN = "open"
    """The log says nothing of it yet, or only that it moved."""
    DONE = "done"
    SKIPPED = "skipped"


class Occurrence(Record):
    """One item on one day."""

    day: date
    """When it happens: where the log moved it, else as planned."""
    at: time | None
    item: str
    """The slug of the plan item."""
    kind: ItemKind | None
    owner: str | None
    minutes: int | None
    """Of the owner's time on this day: minutes times count. None when the item doesn't say."""
    planned_for: date
    instead_of: date | None = None
    """The day off from which the plan itself moved it."""
    status: Status = Status.OPEN
    note: str | None = None
    """What the log says of it."""

    @property
    def moved(self) -> bool:
        """Whether the log moved it to another day than it was planned for."""
        return self.day != self.planned_for


class Dropped(Record):
    """An item that would have fallen on a day off, and drops."""

    day: date
    item: str
    because: DayOff


class Tally(Record):
    """How many occurrences were planned, and what came of them; `done` + `skipped` + `open` is `planned`."""

    planned: int
    done: int
    skipped: int
    open: int
    moved: int
    """Those that happen, or happened, on another day than planned; counted among the others too."""


class Schedule(Record, dict=True):
    """The dry run, expanded. Empty when the plan does not say from when to when it runs."""

    days: tuple[date, ...] = ()
    """Every day of the run, from the first to the last."""
    days_off: Mapping[date, DayOff] = field(default_factory=dict)
    """The days of the run on which nothing is expected, and why."""
    occurrences: tuple[Occurrence, ...] = ()
    """By day, then time (what has no time first), then item, then the day that it was planned for."""
    dropped: tuple[Dropped, ...] = ()
    """By day, then item."""

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """The working days of the run, without holidays, quiet days and everybody's vacation."""
        return tuple(day for day in self.days if day not in self.days_off)

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The weeks of the run, each by its Monday, which may lie before the first day."""
        return tuple(sorted({monday(day) for day in self.days}))

    def on(self, day: date) -> tuple[Occurrence, ...]:
        """What happens on a day."""
        return self._by_day.get(day, ())

    def in_week(self, day: date) -> tuple[Occurrence, ...]:
        """What happens in the week of a day, from Monday to Sunday."""
        first = monday(day)
        return tuple(found for number in range(7) for found in self.on(first + timedelta(number)))

    @cached_property
    def _by_day(self) -> Mapping[date, tuple[Occurrence, ...]]:
        return {day: tuple(found) for day, found in groupby(self.occurrences, key=attrgetter("day"))}

    @cached_property
    def _kinds(self) -> Mapping[date, set[ItemKind | None]]:
        """What kinds of items are planned for a day; days without any left out."""
        kinds: defaultdict[date, set[ItemKind | None]] = defaultdict(set)
        for occurrence in self.occurrences:
            kinds[occurrence.planned_for].add(occurrence.kind)
        return dict(kinds)

    def tally(self, until: date | None = None) -> Tally:
        """What came of everything planned for the whole run, or up to and including a day."""
        counted = [o for o in self.occurrences if until is None or o.planned_for <= until]
        came = [o.status for o in counted]
        return Tally(
            planned=len(counted),
            done=came.count(Status.DONE),
            skipped=came.count(Status.SKIPPED),
            open=came.count(Status.OPEN),
            moved=sum(o.day != o.planned_for for o in counted),
        )

    def uncovered_days(self) -> tuple[date, ...]:
        """Working days, as they are above, for which nothing is planned."""
        return tuple(day for day in self.working_days if day not in self._kinds)

    def missing_kinds(self) -> dict[date, tuple[ItemKind, ...]]:
        """Which of content, interaction and member is not planned, by the Monday of the week; complete weeks left out.

        A week that keeps fewer than half of its working days, at the ends of the run or through holidays and quiet
        days, is not asked for.
        """
        usual = len({day.weekday() for day in self.days if self.days_off.get(day) is not DayOff.NOT_A_WORKING_DAY})
        working: defaultdict[date, int] = defaultdict(int)
        for day in self.working_days:
            working[monday(day)] += 1
        planned: defaultdict[date, set[ItemKind | None]] = defaultdict(set)
        for day, kinds in self._kinds.items():
            planned[monday(day)] |= kinds
        missing = {
            week: tuple(kind for kind in ItemKind if kind not in planned[week])
            for week in self.weeks
            if working[week] and 2 * working[week] >= usual
        }
        return {week: kinds for week, kinds in missing.items() if kinds}


@lru_cache(LONGEST_RUN)  # a plan has a dozen items on a day, and each is asked for its week time and again
def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def minutes_per_week(planned: Iterable[Occurrence]) -> dict[tuple[str, date], int]:
    """Minutes by person and Monday of the week, of everything that is handed in, skipped or not.

    What has no owner or no minutes adds nothing.
    """
    return _minutes((occurrence, monday(occurrence.day)) for occurrence in planned)


def minutes_per_month(planned: Iterable[Occurrence]) -> dict[tuple[str, date], int]:
    """Minutes by person and first day of the month, as `minutes_per_week`."""
    return _minutes((occurrence, occurrence.day.replace(day=1)) for occurrence in planned)


def _minutes(planned: Iterable[tuple[Occurrence, date]]) -> dict[tuple[str, date], int]:
    minutes: defaultdict[tuple[str, date], int] = defaultdict(int)
    for occurrence, period in planned:
        if occurrence.owner is not None and occurrence.minutes is not None:
            minutes[occurrence.owner, period] += occurrence.minutes
    return dict(sorted(minutes.items()))


def expand(plan: Plan | None) -> tuple[Schedule, tuple[Finding, ...]]:
    """The whole dry run, and what is wrong with the plan as it is written. The same plan gives the same days."""
    run, found = _run(plan)
    if plan is None or run is None:
        return Schedule(), tuple(found)
    by_item: list[list[Occurrence]] = []
    dropped: list[Dropped] = []
    for slug, item in (plan.items or {}).items():
        rule, wrong_with_item = read_item(slug, item, run.first)
        found += wrong_with_item
        if rule is not None:
            placed, left_out, wrong_with_days = _place(slug, item, rule, run)
            by_item.append(sorted(placed, key=attrgetter("planned_for")))
            dropped += left_out
            found += wrong_with_days
    # In the order within a day first: it is that of the items, far fewer than the days on which they fall.
    items = sorted([placed for placed in by_item if placed], key=_within_a_day)
    planned, wrong_with_log = _with_log(list(chain.from_iterable(items)), plan.log or (), plan.items or {})
    return (
        Schedule(
            days=run.days,
            days_off={day: off for day in run.days if (off := run.off(day)) is not None},
            occurrences=tuple(sorted(planned, key=attrgetter("day"))),
            dropped=tuple(sorted(dropped, key=lambda left_out: (left_out.day, left_out.item))),
        ),
        (*found, *wrong_with_log),
    )


def _within_a_day(item: Sequence[Occurrence]) -> tuple[bool, time, str]:
    """Where an item stands among those of a day: all its occurrences have its time."""
    at = item[0].at
    return (at is not None, at or time(), item[0].item)


class _Run(Record):
    first: date
    last: date
    weekdays: frozenset[int]
    holidays: frozenset[date]
    quiet: frozenset[date]
    away: Mapping[str | None, frozenset[date]]
    """The days of vacation within the run, by person; None: everybody's."""
    _special: dict[str | None, frozenset[date]] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(number) for number in range((self.last - self.first).days + 1))

    def off(self, day: date, named: Iterable[int] = (), owner: str | None = None) -> DayOff | None:
        """Whether a day is off, for an item of this owner that names these weekdays itself."""
        if day.weekday() not in self.weekdays and day.weekday() not in named:
            return DayOff.NOT_A_WORKING_DAY
        if day in self.holidays:
            return DayOff.HOLIDAY
        if day in self.quiet:
            return DayOff.QUIET
        return DayOff.VACATION if any(day in self.away.get(who, ()) for who in {None, owner}) else None

    def special(self, owner: str | None) -> Set[date]:
        """The days that are off for something else than their weekday, for an item of this owner."""
        found = self._special.get(owner)
        if found is None:
            away = self.away.get(None, frozenset()) | self.away.get(owner, frozenset())
            found = self._special[owner] = self.holidays | self.quiet | away
        return found

    def next_day(self, day: date, owner: str | None) -> date | None:
        """The first day after this one that is not off for this owner; None when the run is over before."""
        while day < self.last:
            day += timedelta(days=1)
            if self.off(day, owner=owner) is None:
                return day
        return None


def _run(plan: Plan | None) -> tuple[_Run | None, list[Finding]]:
    run = plan.dry_run if plan is not None else None
    if plan is None or run is None or run.from_ is None or run.to is None:
        return None, []
    first, last = run.from_, run.to
    path = ("plan", "dry_run", "to")
    if last < first:
        return None, []  # an impossible period, which the model's own checks say
    findings: list[Finding] = []
    if (last - first).days >= LONGEST_RUN:
        last = first + timedelta(days=LONGEST_RUN - 1)
        message = msg("The dry run lasts over three years; the schedule goes no further than {last}.", last=last)
        hint = msg("Check the years in 'from' and 'to'.")
        findings.append(Finding("run-too-long", message, path, Severity.WARNING, hint))
    weekdays = range(5) if run.working_days is None else [WEEKDAY_NUMBER[day] for day in run.working_days]
    holidays = (plan.holidays and plan.holidays.dates) or ()
    return (
        _Run(
            first,
            last,
            frozenset(weekdays),
            frozenset(holiday.date for holiday in holidays if holiday.date is not None),
            frozenset(plan.quiet_days or ()),
            _away(plan.vacations or (), first, last),
        ),
        findings,
    )


def _away(vacations: Iterable[Vacation], first: date, last: date) -> dict[str | None, frozenset[date]]:
    """The days of vacation between two days, by person. One that does not say from when to when has none."""
    away: defaultdict[str | None, set[date]] = defaultdict(set)
    for vacation in vacations:
        if vacation.from_ is None or vacation.to is None:
            continue
        start, end = max(first, vacation.from_), min(last, vacation.to)
        days = {start + timedelta(number) for number in range((end - start).days + 1)}
        for person in vacation.people or (None,):
            away[person] |= days
    return {person: frozenset(days) for person, days in away.items()}


def _place(
    slug: str, item: PlanItem, rule: Recurrence, run: _Run
) -> tuple[list[Occurrence], list[Dropped], list[Finding]]:
    """An item's days within the run, once days off have been taken into account."""
    findings: list[Finding] = []
    on_its_day: list[date] = []
    off: list[tuple[date, DayOff]] = []
    named = {item.date.weekday()} if item.date is not None else set(rule.weekdays)
    expected = run.weekdays | named
    special = run.special(item.owner)
    for day in occurrences(rule, run.first, run.last):
        # Nearly every day is an ordinary one, of which nothing else has to be asked.
        reason = run.off(day, named, item.owner) if day in special or day.weekday() not in expected else None
        if reason is None:
            on_its_day.append(day)
        elif item.date is not None and item.on_holiday is None:
            on_its_day.append(day)
            findings.append(_on_day_off(slug, day))
        else:
            off.append((day, reason))

    days: dict[date, date | None] = dict.fromkeys(on_its_day)
    dropped: list[Dropped] = []
    for day, reason in off:
        instead = run.next_day(day, item.owner) if item.on_holiday is OnHoliday.MOVE else None
        if instead is None or instead in days:
            dropped.append(Dropped(day, slug, reason))
        else:
            days[instead] = day
    if not days and not dropped:
        message = msg("'{item}' falls on no day of the dry run.", item=slug)
        hint = msg("Correct its days, or remove it.")
        findings.append(Finding("outside-the-run", message, ("plan", "items", slug), Severity.WARNING, hint))
    minutes = item.minutes * (1 if item.count is None else item.count) if item.minutes is not None else None
    placed = [
        Occurrence(day, item.at, slug, item.kind, item.owner, minutes, planned_for=day, instead_of=instead_of)
        for day, instead_of in days.items()
    ]
    return placed, dropped, findings


def _on_day_off(slug: str, day: date) -> Finding:
    return Finding(
        "planned-on-day-off",
        msg("'{item}' is planned for {day}, which is a day off.", item=slug, day=day),
        ("plan", "items", slug, "date"),
        Severity.WARNING,
        msg("Choose another date, or add 'on_holiday': drop or move."),
    )


def _with_log(
    planned: list[Occurrence], log: Sequence[LogEntry], items: Mapping[str, PlanItem]
) -> tuple[list[Occurrence], list[Finding]]:
    """What came of the plan. An entry names the day that was planned; the day it moved to, or moved from, will do."""
    if not log:
        return planned, []
    result = list(planned)
    findings: list[Finding] = []
    days_off = {(o.item, o.instead_of): number for number, o in enumerate(planned) if o.instead_of is not None}
    planned_for = {(o.item, o.planned_for): number for number, o in enumerate(planned)}
    moved_to: dict[tuple[str, date], int] = {}
    for position, entry in enumerate(log):
        if entry.item is None or entry.date is None or entry.item not in items:
            continue
        key = (entry.item, entry.date)
        number = planned_for.get(key, moved_to.get(key, days_off.get(key)))
        if number is None:
            findings.append(_not_planned(position, entry.item, entry.date))
            continue
        if entry.skipped is not None and (entry.done or entry.moved_to is not None):
            findings.append(_done_and_skipped(position, entry.item, entry.date))
            continue
        if entry.moved_to is not None:
            result[number] = replace(result[number], day=entry.moved_to)
            moved_to[entry.item, entry.moved_to] = number
        if entry.done:
            result[number] = replace(result[number], status=Status.DONE)
        elif entry.skipped is not None or (entry.done is False and entry.moved_to is None):
            result[number] = replace(result[number], status=Status.SKIPPED)
        result[number] = replace(result[number], note=entry.skipped or entry.note or result[number].note)
    return result, findings


def _not_planned(position: int, item: str, day: date) -> Finding:
    return Finding(
        "log-without-plan",
        msg("'{item}' is in the log for {day}, but it was not planned for that day.", item=item, day=day),
        ("plan", "log", position, "date"),
        Severity.WARNING,
        msg("Write the day it was planned for; 'moved_to' says on which day it happened."),
    )


def _done_and_skipped(position: int, item: str, day: date) -> Finding:
    return Finding(
        "done-and-skipped",
        msg("'{item}' on {day} can't be skipped and also done or moved.", item=item, day=day),
        ("plan", "log", position, "skipped"),
        hint=msg("Leave one of them."),
    )
