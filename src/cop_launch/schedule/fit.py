"""Whether the plan fits: the people's hours, the members' patience, and what a community is.

The criteria of the plan and the findings of `check` rest on the same functions here: a criterion gives one answer for
the whole plan, a finding says at which line it goes wrong. The log is left out: what was planned does not change by
what came of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from operator import itemgetter

from cop_launch.findings import Finding, KeyPath, Severity
from cop_launch.locales import Message, msg, nmsg
from cop_launch.model.plan import ItemKind, PlanItem
from cop_launch.model.project import Project
from cop_launch.records import Record
from cop_launch.schedule.days import Schedule, monday

KINDS = {
    ItemKind.CONTENT: msg("content"),
    ItemKind.INTERACTION: msg("interaction"),
    ItemKind.MEMBER: msg("attention to members"),
}
MINUTES_IN_A_DAY = 24 * 60
MOST_PARTS = 6
"""How many items the arithmetic of a full week names before it sums up the rest. Set here."""

_COURSE = re.compile(
    r"\b(cursus|cursussen|(?<!of )courses?|trainingen|trainings?|les|lessen|lessons?|class|classes|klas|klassen)\b",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"\b(everyone|everybody|anyone|anybody|all members|all colleagues|who would like)\b"
    r"|\b(iedereen|allemaal|alle leden|alle collega'?s|wie wil)\b"
    r"|^(all|alle|allen)$",
    re.IGNORECASE,
)


# -- what the criteria and the findings both look at ------------------------------------------------------------------


class Load(Record, dict=True):
    """What is planned for a person in a week, or in a month for whoever has hours a month."""

    person: str
    start: date
    """The Monday of the week, or the first of the month."""
    monthly: bool
    available: Fraction | None
    """The hours that this person has; None when nobody wrote them down."""
    items: tuple[tuple[str, int], ...]
    """The minutes of each item, the most first."""

    @cached_property
    def minutes(self) -> int:
        """What the items add up to."""
        return sum(minutes for _, minutes in self.items)

    @cached_property
    def planned(self) -> Fraction:
        """The same in hours."""
        return Fraction(self.minutes, 60)

    @cached_property
    def over(self) -> bool:
        """Whether more is planned than there is."""
        return self.available is not None and self.minutes > 60 * self.available


def loads(project: Project, schedule: Schedule) -> tuple[Load, ...]:
    """Hours planned beside hours available of everyone who owns an item: by week first, then by month.

    What has no owner or no minutes adds nothing.
    """
    people = project.people or {}
    by_month = {slug for slug, one in people.items() if one.hours_per_week is None and one.hours_per_month is not None}
    minutes: defaultdict[tuple[bool, str, date], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for occurrence in schedule.occurrences:
        owner, day = occurrence.owner, occurrence.planned_for
        if owner is not None and occurrence.minutes is not None:
            monthly = owner in by_month
            start = day.replace(day=1) if monthly else monday(day)
            minutes[monthly, owner, start][occurrence.item] += occurrence.minutes
    available: dict[str, Fraction | None] = {}
    for slug, one in people.items():
        hours = one.hours_per_month if slug in by_month else one.hours_per_week
        available[slug] = Fraction(hours) if hours is not None else None
    found = []
    for monthly, owner, start in sorted(minutes):
        by_name = sorted(minutes[monthly, owner, start].items())
        largest_first = tuple(sorted(by_name, key=itemgetter(1), reverse=True))
        found.append(Load(owner, start, monthly, available.get(owner), largest_first))
    return tuple(found)


def mails_per_week(items: Mapping[str, PlanItem], schedule: Schedule) -> dict[date, int]:
    """How many mails to all members are planned, by the Monday of the week; weeks without any left out."""
    mails = {slug for slug, item in items.items() if item.mail}
    return dict(Counter(monday(o.planned_for) for o in schedule.occurrences if o.item in mails))


def asks_somebody(item: PlanItem) -> bool:
    """Whether the item has to say whom it asks: interaction, unless people are together at one time."""
    return item.kind is ItemKind.INTERACTION and not item.live


def asks_everyone(item: PlanItem) -> bool:
    """Whether it asks everyone, and so nobody."""
    return item.asks is not None and _EVERYONE.search(item.asks) is not None


def courses(project: Project) -> list[tuple[str, KeyPath]]:
    """The meetings and items that are called a course, by their name, and where that stands."""
    return [(name, path) for name, path in names_of_meetings(project) if _COURSE.search(name)]


def names_of_meetings(project: Project) -> list[tuple[str, KeyPath]]:
    """What every meeting and every item is called, and where that stands."""
    meetings = (project.strategy.meetings if project.strategy else None) or {}
    items = (project.plan.items if project.plan else None) or {}
    return [
        *_named(("strategy", "meetings"), "name", {slug: meeting.name for slug, meeting in meetings.items()}),
        *_named(("plan", "items"), "what", {slug: item.what for slug, item in items.items()}),
    ]


def _named(path: KeyPath, key: str, names: Mapping[str, str | None]) -> Iterator[tuple[str, KeyPath]]:
    """What has no name is called by its slug, which stands in its key."""
    for slug, name in names.items():
        yield (slug, (*path, slug)) if name is None else (name, (*path, slug, key))


# -- what is wrong, at its line ---------------------------------------------------------------------------------------


def misfits(
    project: Project, schedule: Schedule, planned: tuple[Load, ...], mail_limit: Fraction
) -> tuple[Finding, ...]:
    """Where the plan does not fit, with its `loads`. `mail_limit` is the most mails to all members in a week."""
    items = (project.plan.items if project.plan else None) or {}
    if not items:
        return ()
    return (
        *_impossible_days(project, schedule, items),
        *_overfull(project, items, planned),
        *_hours_unknown(project, planned),
        *_too_much_mail(items, schedule, mail_limit),
        *_asking_nobody(items),
        *_without_need(project, items),
        *_courses(project),
        *_gaps(schedule),
    )


def _item(slug: str, key: str | None = None) -> KeyPath:
    return ("plan", "items", slug) if key is None else ("plan", "items", slug, key)


def _name(project: Project, slug: str) -> str:
    person = (project.people or {}).get(slug)
    return (person.name if person else None) or slug


def _hours(minutes: Fraction | int) -> float:
    return round(float(Fraction(minutes, 60)), 2)


def _what(items: Mapping[str, PlanItem], slug: str) -> str:
    return items[slug].what or slug


def _impossible_days(project: Project, schedule: Schedule, items: Mapping[str, PlanItem]) -> Iterator[Finding]:
    """More hours than a day has; where one item has them alone, that is said of the item as it is written."""
    in_all: defaultdict[tuple[str, date], int] = defaultdict(int)
    for occurrence in schedule.occurrences:
        if occurrence.owner is not None and occurrence.minutes:
            in_all[occurrence.owner, occurrence.planned_for] += occurrence.minutes
    too_full: dict[tuple[str, date], Counter[str]] = {
        at: Counter() for at, minutes in sorted(in_all.items()) if minutes > MINUTES_IN_A_DAY
    }
    for occurrence in schedule.occurrences if too_full else ():
        if occurrence.owner is not None and occurrence.minutes:
            parts = too_full.get((occurrence.owner, occurrence.planned_for))
            if parts is not None:
                parts[occurrence.item] += occurrence.minutes
    said: set[str] = set()
    for (owner, day), parts in too_full.items():
        if owner in said or max(parts.values()) > MINUTES_IN_A_DAY:
            continue
        said.add(owner)
        largest = max(parts, key=lambda slug: (parts[slug], slug))
        yield Finding(
            "more-than-a-day",
            msg(
                "{person} has {hours:number} hours planned on {day}: {parts:list}",
                person=_name(project, owner),
                hours=_hours(parts.total()),
                day=day,
                parts=_parts(items, parts.most_common()),
            ),
            _item(largest, "minutes"),
            hint=msg("a day has 24; `minutes` is the time of the owner, each time"),
        )


def _parts(
    items: Mapping[str, PlanItem], minutes: list[tuple[str, int]] | tuple[tuple[str, int], ...]
) -> list[Message]:
    """Each item with its hours, the most first; what is left of a long list in one sum."""
    shown = minutes if len(minutes) <= MOST_PARTS else minutes[: MOST_PARTS - 1]
    said = [msg("{item} {hours:number} h", item=_what(items, slug), hours=_hours(count)) for slug, count in shown]
    rest = sum(count for _, count in minutes[len(shown) :])
    return [*said, msg("the rest {hours:number} h", hours=_hours(rest))] if rest else said


def _overfull(project: Project, items: Mapping[str, PlanItem], planned: tuple[Load, ...]) -> Iterator[Finding]:
    """A warning at each line that fills a week, or month, too far: the fullest that it is in, with the arithmetic."""
    worst: dict[tuple[str, str], Load] = {}
    full: Counter[tuple[str, str]] = Counter()
    for load in planned:
        if not load.over:
            continue
        for slug, minutes in load.items:
            if minutes:
                full[load.person, slug] += 1
                held = worst.get((load.person, slug))
                if held is None or load.planned > held.planned:
                    worst[load.person, slug] = load
    for (person, slug), load in worst.items():
        assert load.available is not None
        values = {
            "person": _name(project, person),
            "start": load.start,
            "planned": round(float(load.planned), 2),
            "available": round(float(load.available), 2),
        }
        if slug == load.items[0][0]:
            values["parts"] = _parts(items, load.items)
            message = (
                msg(
                    "{person}, month from {start:date}: {planned:number} of {available:number} hours: {parts:list}",
                    **values,
                )
                if load.monthly
                else msg(
                    "{person}, week of {start:date}: {planned:number} of {available:number} hours: {parts:list}",
                    **values,
                )
            )
        else:
            values |= {"item": slug, "hours": _hours(dict(load.items)[slug])}
            message = (
                msg(
                    "'{item}' takes {hours:number} of the {planned:number} hours that {person} is planned for in the "
                    "month from {start:date}, and has {available:number}",
                    **values,
                )
                if load.monthly
                else msg(
                    "'{item}' takes {hours:number} of the {planned:number} hours that {person} is planned for in the "
                    "week of {start:date}, and has {available:number}",
                    **values,
                )
            )
        others = full[person, slug] - 1
        hint = (
            nmsg(
                "one more period with it is too full; plan less often, take fewer minutes, or give it to somebody else",
                "{n} more periods with it are too full; plan less often, take fewer minutes, or give it to somebody "
                "else",
                others,
            )
            if others
            else msg("move something, take fewer minutes, or give it to somebody else")
        )
        yield Finding("overfull", message, _item(slug, "minutes"), Severity.WARNING, hint)


def _hours_unknown(project: Project, planned: tuple[Load, ...]) -> Iterator[Finding]:
    minutes: Counter[str] = Counter()
    for load in planned:
        if load.available is None and load.person in (project.people or {}):
            minutes[load.person] += sum(count for _, count in load.items)
    for person, count in sorted(minutes.items()):
        yield Finding(
            "hours-unknown",
            msg(
                "{hours:number} hours are planned for {person}, and nobody wrote down how many there are",
                hours=_hours(count),
                person=_name(project, person),
            ),
            ("people", person),
            Severity.WARNING,
            msg("add `hours_per_week` or `hours_per_month`"),
            at_key=True,
        )


def _too_much_mail(items: Mapping[str, PlanItem], schedule: Schedule, limit: Fraction) -> Iterator[Finding]:
    weeks = mails_per_week(items, schedule)
    over = {week: count for week, count in weeks.items() if count > limit}
    for slug, item in items.items():
        own = [monday(o.planned_for) for o in schedule.occurrences if o.item == slug] if item.mail and over else []
        full = sorted({week for week in own if week in over}, key=lambda week: (-over[week], week))
        if full:
            yield Finding(
                "too-much-mail",
                nmsg(
                    "one mail to all members in the week of {week:date}, this one among them; the limit is {limit}",
                    "{n} mails to all members in the week of {week:date}, this one among them; the limit is {limit}",
                    over[full[0]],
                    week=full[0],
                    limit=limit,
                ),
                _item(slug, "mail"),
                Severity.WARNING,
                msg("put what is for all members into one mail a week"),
            )


def _asking_nobody(items: Mapping[str, PlanItem]) -> Iterator[Finding]:
    for slug, item in items.items():
        if not asks_somebody(item):
            continue
        if asks_everyone(item):
            yield Finding(
                "asks-nobody",
                msg("'{item}' asks everyone, and so nobody", item=slug),
                _item(slug, "asks"),
                Severity.WARNING,
                msg("write who is asked, by name"),
            )
        elif item.asks is None:
            yield Finding(
                "asks-nobody",
                msg("'{item}' does not say whom it asks", item=slug),
                _item(slug),
                Severity.NOTE,
                msg("add `asks:` with the name of somebody; or `live: true` where people are together"),
                at_key=True,
            )


def _without_need(project: Project, items: Mapping[str, PlanItem]) -> Iterator[Finding]:
    themes = (project.concept_test.themes if project.concept_test else None) or {}
    used = Counter(item.theme for item in items.values() if item.theme is not None)
    for slug, count in used.items():
        theme = themes.get(slug)
        if theme is not None and not theme.needs:
            yield Finding(
                "theme-without-need",
                nmsg(
                    "one item of the plan is about '{theme}', and no need stands behind it",
                    "{n} items of the plan are about '{theme}', and no need stands behind it",
                    count,
                    theme=slug,
                ),
                ("concept_test", "themes", slug),
                Severity.WARNING,
                msg("add `needs:` with what people said in the interviews, or drop the theme"),
                at_key=True,
            )


def _courses(project: Project) -> Iterator[Finding]:
    for name, path in courses(project):
        yield Finding(
            "called-a-course",
            msg("'{name}' sounds like a course", name=name),
            path,
            Severity.WARNING,
            msg("give it a name that says what people do together"),
            at_key=path[-1] == name,
        )


def _gaps(schedule: Schedule) -> Iterator[Finding]:
    """Days and weeks on which something is missing: said once, at the items."""
    path: KeyPath = ("plan", "items")
    empty = schedule.uncovered_days()
    if empty:
        yield Finding(
            "uncovered-days",
            nmsg(
                "one of {total} working days has nothing planned: {first:date}",
                "{n} of {total} working days have nothing planned, the first is {first:date}",
                len(empty),
                total=len(schedule.working_days),
                first=empty[0],
            ),
            path,
            Severity.NOTE,
            msg("plan something for it, if only a personal message, or make it a quiet day"),
            at_key=True,
        )
    weeks = schedule.missing_kinds()
    if weeks:
        week, kinds = next(iter(weeks.items()))
        yield Finding(
            "one-sided-week",
            nmsg(
                "the week of {week:date} lacks {kinds:list}",
                "{n} weeks are one-sided; that of {week:date} lacks {kinds:list}",
                len(weeks),
                week=week,
                kinds=[KINDS[kind] for kind in kinds],
            ),
            path,
            Severity.NOTE,
            msg("a week has content, interaction and attention to members"),
            at_key=True,
        )
