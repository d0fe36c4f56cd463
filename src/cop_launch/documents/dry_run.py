"""The dry run on paper: the daily plan, a week sheet for each person, and the report of what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import groupby

from jinja2.runtime import Macro

from cop_launch.documents.dry_run_pictures import PICTURE, WORKLOAD, pictures
from cop_launch.documents.planned import Planned, planned
from cop_launch.documents.rendering import KEPT, Markdown, render_template, tidy
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.fields import Figure
from cop_launch.model.plan import DryRunResults, Plan, Vacation
from cop_launch.model.strategy import ChannelKind, Cycle
from cop_launch.records import Record, field
from cop_launch.schedule.days import DayOff, Status, Tally, monday
from cop_launch.schedule.fit import Load
from cop_launch.statistics import Share

DAILY_PLAN = "plans/daily-plan.md"
REPORT = "plans/dry-run-report.md"
WEEK_SHEETS = "plans/week-sheets-{person}.md"
HUNDREDTH = Decimal("0.01")


def dry_run(dossier: Dossier, language: Language) -> Mapping[str, str]:
    """All documents about the dry run, by their path; none while the project says nothing of a plan."""
    if dossier.project.plan is None:
        return {}
    run = _Run.of(dossier, language)
    made = pictures(dossier, run.planned, run.loads_of, language)
    made |= {DAILY_PLAN: _daily_plan(run, language), REPORT: _report(run, language)}
    owners = sorted({one.occurrence.owner for one in run.planned if one.occurrence.owner})
    return made | {WEEK_SHEETS.format(person=slug): _week_sheets(run, slug, language) for slug in owners}


def hours(value: Fraction | float) -> Decimal:
    """Hours as people write them, to a hundredth."""
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(HUNDREDTH)


@lru_cache(KEPT)  # the same few sums stand in every week of everybody
def in_hours(minutes: int) -> Decimal:
    """Minutes as hours, to a hundredth."""
    return hours(Fraction(minutes, 60))


# -- lines about what is planned ---------------------------------------------------------------------------------------

_DAY = "\N{NULL}"
"""Stands in a line for its day: a sign that no printed text has, see `on_one_line`."""


class Lines(Record):
    """A line for each thing that is planned, as a macro says it: once for all days on which it is the same.

    A year of a large plan has thousands of lines in a document, of a few hundred items.
    """

    _language: Language
    _said: dict[Macro, dict[str, str]] = field(default_factory=dict)
    _days: dict[bool, dict[date, str]] = field(default_factory=lambda: {False: {}, True: {}})
    """How a day is written, inside a sentence and at the start of one."""

    def of(
        self, those: Iterable[Planned | Attention], line: Macro, *, listed: bool = False, capital: bool = False
    ) -> Markdown:
        """All lines; `line` takes what is planned, and its day as it is printed. With `listed`, all on one line.

        Raises TypeError for a line that is no macro: what else a template could hand over would not be held back here.
        """
        if not isinstance(line, Macro):
            raise TypeError(f"a line is a macro, not {line!r}")
        day_in_line = Markdown(_DAY)
        said, days = self._said.setdefault(line, {}), self._days[capital]
        lines = []
        for each in those:
            one = each.one if isinstance(each, Attention) else each
            day, item = one.occurrence.day, one.occurrence.item
            words = said.get(item) if one.usual else None
            if words is None:
                words = str(line(each, day_in_line))
                # Finished here, where it stands on a line of its own: the whole document has many times as many.
                words = words if listed else tidy(words).removesuffix("\n")
                if one.usual:
                    said[item] = words
            written = days.get(day)
            if written is None:
                written = days[day] = self._day(day, capital)
            lines.append(words.replace(_DAY, written))
        return Markdown((", " if listed else "\n").join(lines))

    def _day(self, day: date, capital: bool) -> str:
        """Monday 1 September."""
        written = f"{self._language.weekday(day)} {self._language.day_of_month(day)}"
        return written[0].upper() + written[1:] if capital else written


# -- what all three look at -------------------------------------------------------------------------------------------


class _Run(Record, dict=True):
    """The dry run, expanded, with the names of everything in it."""

    dossier: Dossier
    plan: Plan
    planned: tuple[Planned, ...]
    by_week: Mapping[date, list[Planned]]
    minutes: Mapping[str, Mapping[date, int]]
    """Minutes planned by owner and Monday of the week."""
    loads: tuple[Load, ...]
    lines: Lines

    @classmethod
    def of(cls, dossier: Dossier, language: Language) -> _Run:
        """Everything that is planned, put together once for all documents."""
        plan = dossier.project.plan
        assert plan is not None
        found = planned(dossier)
        by_week = {week: list(those) for week, those in groupby(found, lambda one: monday(one.occurrence.day))}
        minutes: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        for occurrence in dossier.schedule.occurrences:
            if occurrence.owner and occurrence.minutes is not None:
                minutes[occurrence.owner][monday(occurrence.planned_for)] += occurrence.minutes
        return cls(dossier, plan, found, by_week, minutes, dossier.loads, Lines(language))

    @cached_property
    def loads_of(self) -> Mapping[str, list[Load]]:
        """What is planned for each."""
        by_person: defaultdict[str, list[Load]] = defaultdict(list)
        for load in self.loads:
            by_person[load.person].append(load)
        return by_person

    @cached_property
    def needs(self) -> Mapping[str, list[str]]:
        """The needs behind each theme."""
        project = self.dossier.project
        themes = (project.concept_test.themes if project.concept_test else None) or {}
        needs = (project.initiative.needs if project.initiative else None) or {}
        return {
            slug: [need.need for one in theme.needs or [] if (need := needs.get(one)) and need.need]
            for slug, theme in themes.items()
        }

    @cached_property
    def weeks(self) -> list[Week]:
        """Week by week."""
        return _weeks(self)

    @cached_property
    def columns(self) -> list[Column]:
        """The hours of each, who has most planned first."""
        return _columns(self)

    @cached_property
    def full(self) -> list[Full]:
        """Where more is planned than there is."""
        return _full(self)

    @property
    def pictured(self) -> bool:
        """Whether there is something to draw."""
        return bool(self.dossier.schedule.days and self.planned)


class Week(Record, dict=True):
    """A week of the run: its number, its days, what happens in it. `number` is None for what moved out of the run."""

    number: int | None
    first: date
    last: date
    items: list[Planned]
    days_off: list[tuple[date, DayOff]] = field(default_factory=list)
    empty: list[date] = field(default_factory=list)
    """Working days with nothing on them."""

    @cached_property
    def themes(self) -> list[str]:
        """The themes of the week, in the order in which they come up."""
        return list(dict.fromkeys(one.theme for one in self.items if one.theme))

    @cached_property
    def by_owner(self) -> Mapping[str | None, list[Planned]]:
        """What each does."""
        found: defaultdict[str | None, list[Planned]] = defaultdict(list)
        for one in self.items:
            found[one.occurrence.owner].append(one)
        return found

    @cached_property
    def together(self) -> list[Planned]:
        """Where people come together."""
        return [one for one in self.items if one.live]

    @cached_property
    def heard(self) -> list[Planned]:
        """What the log remembers, of what was not skipped."""
        return [one for one in self.items if one.note and one.occurrence.status is not Status.SKIPPED]


def _weeks(run: _Run) -> list[Week]:
    schedule = run.dossier.schedule
    uncovered = set(schedule.uncovered_days())
    in_run = set(schedule.days)
    numbers = {start: number for number, start in enumerate(schedule.weeks, 1)}
    weeks = []
    for start in sorted({*numbers, *run.by_week}):
        days = [start + timedelta(number) for number in range(7)]
        items = run.by_week.get(start, [])
        busy = {one.occurrence.day for one in items}
        shown = [
            day
            for day in days
            if day in busy or (day in in_run and schedule.days_off.get(day) is not DayOff.NOT_A_WORKING_DAY)
        ]
        weeks.append(
            Week(
                numbers.get(start),
                shown[0] if shown else start,
                shown[-1] if shown else days[-1],
                items,
                [
                    (day, off)
                    for day in days
                    if (off := schedule.days_off.get(day)) is not None and off is not DayOff.NOT_A_WORKING_DAY
                ],
                [day for day in days if day in uncovered],
            )
        )
    return weeks


def _name(dossier: Dossier, slug: str) -> str:
    return dossier.name(slug)


# -- the daily plan ---------------------------------------------------------------------------------------------------


class Column(Record):
    """A person's hours through the whole run. `per` says in what they are given: week, month, or nothing."""

    name: str
    by_week: Mapping[date, int]
    """Minutes by the Monday of the week."""
    over: frozenset[date]
    available: Decimal | None
    per: str
    in_all: Decimal | None
    """The hours that this person has in the whole run; a month counts as 52/12 weeks."""

    @property
    def total(self) -> Decimal:
        """Everything that is planned."""
        return in_hours(sum(self.by_week.values()))


class Full(Record):
    """A week or month in which more is planned than there is."""

    name: str
    start: date
    monthly: bool
    planned: Decimal
    available: Decimal
    parts: list[tuple[str, Decimal]]


def _columns(run: _Run) -> list[Column]:
    dossier = run.dossier
    people = dossier.project.people or {}
    minutes = run.minutes
    columns = []
    for slug in sorted(minutes, key=lambda slug: (-sum(minutes[slug].values()), slug)):
        person = people.get(slug)
        weekly = person.hours_per_week if person else None
        monthly = person.hours_per_month if person and weekly is None else None
        a_week = dossier.hours_per_week(slug)
        columns.append(
            Column(
                _name(dossier, slug),
                minutes[slug],
                frozenset(load.start for load in run.loads_of.get(slug, ()) if load.over and not load.monthly),
                weekly if weekly is not None else monthly,
                "week" if weekly is not None else "month" if monthly is not None else "",
                hours(a_week * len(dossier.schedule.weeks)) if a_week is not None else None,
            )
        )
    return columns


def _full(run: _Run) -> list[Full]:
    items = run.plan.items or {}
    return [
        Full(
            _name(run.dossier, load.person),
            load.start,
            load.monthly,
            hours(load.planned),
            hours(load.available or 0),
            [(items[slug].what or slug, in_hours(minutes)) for slug, minutes in load.items],
        )
        for load in run.loads
        if load.over
    ]


def _daily_plan(run: _Run, language: Language) -> str:
    schedule = run.dossier.schedule
    items = run.plan.items or {}
    return render_template(
        "daily-plan",
        language,
        name=run.dossier.project.name,
        days=schedule.days,
        working_days=len(schedule.working_days),
        weeks=run.weeks,
        of=len(schedule.weeks),
        lines=run.lines,
        count=len(run.planned),
        has_items=bool(items),
        pictured=run.pictured,
        picture=PICTURE.rpartition("/")[2],
        workload=WORKLOAD.rpartition("/")[2],
        # What comes back every day is not expected on a Sunday: that it drops there is no news.
        dropped=[
            (one.day, items[one.item].what or one.item, one.because)
            for one in schedule.dropped
            if one.because is not DayOff.NOT_A_WORKING_DAY
        ],
        columns=run.columns,
        week_starts=list(enumerate(schedule.weeks, 1)),
        in_hours=in_hours,
        hours=hours,
        full=run.full,
        holidays={holiday.date: holiday.name for holiday in (run.plan.holidays and run.plan.holidays.dates) or []},
    )


# -- the week sheets --------------------------------------------------------------------------------------------------


class Attention(Record):
    """Somebody to turn to: what for, and the needs behind it."""

    one: Planned
    needs: list[str]


class Away(Record):
    """A vacation that touches a week; no names: everybody's."""

    names: list[str]
    first: date
    last: date
    why: str | None


class Sheet(Record):
    """A week as one person needs it."""

    week: Week
    agenda: list[Planned]
    together: list[Planned]
    """Where others invite to, and people come together."""
    attention: list[Attention]
    away: list[Away]
    planned: Decimal
    months: list[tuple[date, Decimal]]
    """For whoever has hours a month: the months of this week with everything planned in them."""
    heard: list[Planned]
    """What the log remembers of this week."""
    next: Week | None
    next_agenda: list[Planned]


def _week_sheets(run: _Run, slug: str, language: Language) -> str:
    dossier, project = run.dossier, run.dossier.project
    person = (project.people or {}).get(slug)
    weekly = person.hours_per_week if person else None
    routes = (project.core_group.questions if project.core_group else None) or {}
    channels = (project.strategy.channels if project.strategy else None) or {}
    weeks = [week for week in run.weeks if week.number is not None or _own(week, slug)]
    return render_template(
        "week-sheets",
        language,
        name=project.name,
        person=_name(dossier, slug),
        of=len(dossier.schedule.weeks),
        lines=run.lines,
        sheets=[_sheet(run, slug, weeks, position) for position in range(len(weeks))],
        hours_a_week=weekly,
        hours_a_month=person.hours_per_month if person and weekly is None else None,
        routes=[(name, route.working_days) for name, route in routes.items() if route.to == slug],
        channels=[one.name or name for name, one in channels.items() if one.kind is ChannelKind.DIGITAL],
    )


def _own(week: Week, slug: str) -> list[Planned]:
    return week.by_owner.get(slug, [])


def _sheet(run: _Run, slug: str, weeks: list[Week], position: int) -> Sheet:
    week = weeks[position]
    following = weeks[position + 1] if position + 1 < len(weeks) else None
    own = _own(week, slug)
    start = monday(week.first)
    mine = run.loads_of.get(slug, [])
    touched = {week.first.replace(day=1), week.last.replace(day=1)}
    minutes = run.minutes[slug].get(start, 0) if slug in run.minutes else 0
    return Sheet(
        week,
        agenda=own,
        together=[one for one in week.together if one.occurrence.owner != slug],
        attention=[
            Attention(one, run.needs.get(one.item.theme or "", []))
            for one in own
            if one.asks or one.occurrence.kind == "member"
        ],
        away=[away for vacation in run.plan.vacations or [] if (away := _away(run, vacation, week))],
        planned=in_hours(minutes),
        months=[(load.start, hours(load.planned)) for load in mine if load.monthly and load.start in touched],
        heard=week.heard,
        next=following,
        next_agenda=_own(following, slug) if following else [],
    )


def _away(run: _Run, vacation: Vacation, week: Week) -> Away | None:
    first, last = vacation.from_, vacation.to
    start = monday(week.first)
    if first is None or last is None or last < first or last < start or first > start + timedelta(days=6):
        return None
    return Away([_name(run.dossier, slug) for slug in vacation.people or []], first, last, vacation.why)


# -- the report -------------------------------------------------------------------------------------------------------


class Came(Record):
    """What came of an item through the whole run."""

    what: str | None
    planned: int
    done: int
    skipped: int
    open: int


class Told(Record):
    """A value story that may be told."""

    cycle: Cycle | None
    by: str | None
    text: str


def _report(run: _Run, language: Language) -> str:
    dossier, plan = run.dossier, run.plan
    schedule = dossier.schedule
    results = plan.results or DryRunResults()
    tally = schedule.tally()
    logged = [one for one in run.planned if not one.usual]
    stories = [story for story in plan.stories or [] if story.text]
    told = [
        Told(story.cycle, _name(dossier, story.by) if story.by else None, story.text or "")
        for story in stories
        if story.consent
    ]
    return render_template(
        "dry-run-report",
        language,
        name=dossier.project.name,
        days=schedule.days,
        weeks=len(schedule.weeks),
        pictured=run.pictured,
        picture=PICTURE.rpartition("/")[2],
        tally=tally,
        rhythm=_rhythm(tally),
        logged=bool(tally.done or tally.skipped or tally.moved),
        came=_came(run),
        notes=[one for one in logged if one.note and one.occurrence.status is Status.DONE],
        skipped=[one for one in logged if one.occurrence.status is Status.SKIPPED],
        moved=[one for one in logged if one.occurrence.moved],
        learned=results.learned,
        core_group_active=_share(dossier, results.core_group_active, "core_group_active"),
        answered=_share(dossier, results.answered_within_a_working_day, "answered_within_a_working_day"),
        started=[
            share
            for figure in results.started_by_members or []
            if (share := _share(dossier, figure, "started_by_members"))
        ],
        second_ring=results.second_ring,
        meetings_held=results.meetings_held,
        told=told,
        untold=len(stories) - len(told),
        adopted=plan.agreements_adopted,
        trials=[(trial.by, trial.found) for trial in plan.onboarding or [] if trial.by or trial.found],
        vote=plan.vote,
        columns=run.columns,
        full=run.full,
    )


def _share(dossier: Dossier, figure: Figure | None, question: str) -> Share | None:
    share = dossier.share(figure, question)
    return share if share is not None and share.denominator else None


def _rhythm(tally: Tally) -> Fraction | None:
    """The share of everything planned that was done."""
    return Fraction(tally.done, tally.planned) if tally.planned else None


def _came(run: _Run) -> list[Came]:
    """What came back, the most often first; what was planned once is taken together."""
    counted: defaultdict[str, list[Status]] = defaultdict(list)
    for one in run.planned:
        counted[one.what].append(one.occurrence.status)
    once = [status for found in counted.values() if len(found) == 1 for status in found]
    often = sorted((-len(found), what, found) for what, found in counted.items() if len(found) > 1)
    rows: list[tuple[str | None, list[Status]]] = [(what, found) for _, what, found in often]
    return [
        Came(what, len(found), found.count(Status.DONE), found.count(Status.SKIPPED), found.count(Status.OPEN))
        for what, found in (*rows, (None, once))
        if found
    ]
