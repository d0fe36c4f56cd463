"""The dry run in the terminal: a day, a week, the whole run; and the same as data."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from cop_launch.console.screen import Line, plain, wrapped
from cop_launch.gates import Dossier
from cop_launch.locales import MONTHS, Language, Message, msg, nmsg
from cop_launch.model.plan import PlanItem
from cop_launch.records import Record
from cop_launch.schedule.days import DayOff, Occurrence, Schedule, Status, monday
from cop_launch.schedule.fit import Load

MARKS = {Status.DONE: ("✓", "good"), Status.SKIPPED: ("–", "warn"), Status.OPEN: ("○", "now")}
DAYS_OFF: dict[DayOff, Message] = {
    DayOff.NOT_A_WORKING_DAY: msg("no working day"),
    DayOff.HOLIDAY: msg("holiday"),
    DayOff.QUIET: msg("quiet day"),
    DayOff.VACATION: msg("vacation"),
}
BAR, SHORT_BAR = 20, 10
SHOWN = 5
"""How many items of earlier days are named."""


class Run(Record, dict=True):
    """The dry run of a project as one person sees it, or everybody."""

    dossier: Dossier
    language: Language
    person: str | None = None

    @property
    def schedule(self) -> Schedule:
        """The expanded plan."""
        return self.dossier.schedule

    @property
    def items(self) -> Mapping[str, PlanItem]:
        """The items by slug."""
        plan = self.dossier.project.plan
        return (plan.items if plan else None) or {}

    @property
    def loads(self) -> tuple[Load, ...]:
        """Hours planned beside hours available."""
        return self.dossier.loads

    @cached_property
    def moved_from(self) -> Mapping[date, list[Occurrence]]:
        """What moved to another day, by the day it was planned for."""
        gone = defaultdict(list)
        for one in self.schedule.occurrences:
            if one.moved:
                gone[one.planned_for].append(one)
        return gone

    def own(self, found: Iterable[Occurrence]) -> list[Occurrence]:
        """Those of the person that is looked at, or all."""
        return [one for one in found if self.person in {None, one.owner}]

    def week_number(self, day: date) -> int:
        """Which week of the run a day is in, from 1."""
        return (monday(day) - self.schedule.weeks[0]).days // 7 + 1

    def say(self, message: Message) -> str:
        """In the project's language."""
        return self.language.say(message)


# -- a day ------------------------------------------------------------------------------------------------------------


def today_lines(run: Run, day: date, waiting: Sequence[Occurrence], width: int) -> list[Line]:
    """One day: what is on, and what of the days before the log does not know yet."""
    lines = [_head(run, day), _day_line(run, day), []]
    found = run.own(run.schedule.on(day))
    for one in found:
        lines += item_lines(run, one, width)
    away = _gone_lines(run, day, width)
    lines += away
    if not found and not away:
        lines += wrapped(run.say(_nothing(run, day)), width, "  ", "quiet")
    return [*lines, [], *waiting_lines(run, waiting, width, SHOWN)] if waiting else lines


def waiting_lines(run: Run, waiting: Sequence[Occurrence], width: int, most: int | None = None) -> list[Line]:
    """What the log does not know yet; the latest where there is more than is shown."""
    if not waiting:
        return [[("✓ ", "good"), (run.say(msg("the log knows what came of everything")), "")]]
    shown = waiting if most is None else waiting[-most:]
    lines: list[Line] = [[(run.say(msg("Not in the log yet")), "title")]]
    if len(shown) < len(waiting):
        more = nmsg("one earlier, and", "{n} earlier, and", len(waiting) - len(shown))
        lines.append([(f"  {run.say(more)}", "quiet")])
    for one in shown:
        lines += item_lines(run, one, width, with_day=True)
    return lines


def _head(run: Run, day: date) -> Line:
    name = run.dossier.project.name or run.say(msg("A community without a name yet"))
    said = msg("week {week} of {weeks}", week=run.week_number(day), weeks=len(run.schedule.weeks))
    who = f" · {run.dossier.name(run.person)}" if run.person else ""
    return [(name, "title"), (f" · {run.say(said)}{who}", "quiet")]


def _day_line(run: Run, day: date) -> Line:
    off = run.schedule.days_off.get(day)
    title = f"{run.language.weekday(day)} {run.language.day(day)}"
    return [(title[:1].upper() + title[1:], "title"), (f" · {run.say(DAYS_OFF[off])}" if off else "", "quiet")]


def _nothing(run: Run, day: date) -> Message:
    if run.person is not None:
        return msg("Nothing for {person} on this day.", person=run.dossier.name(run.person))
    if day in run.schedule.days_off:
        return msg("Nothing is planned, and nothing has to be.")
    return msg("Nothing is planned on this day.")


def item_lines(run: Run, one: Occurrence, width: int, with_day: bool = False) -> list[Line]:
    """An item: its mark, time, name, owner and minutes; below it what is needed to do it, or to record it."""
    language = run.language
    item = run.items[one.item]
    mark, style = MARKS[one.status]
    when = (
        f"{one.day.day:>2} {language.say(_month(one.day))[:3]}"
        if with_day
        else language.clock(one.at)
        if one.at
        else ""
    )
    who = run.dossier.name(one.owner) if one.owner else "–"
    who = textwrap.shorten(plain(who), 12, placeholder="…")
    takes = language.say(msg("{n:number} min", n=one.minutes)) if one.minutes is not None else ""
    right = f"{who:<12} {takes:>7}" if run.person is None else f"{takes:>7}"
    room = max(12, width - 12 - len(right))
    rows = textwrap.wrap(plain(what(item, one)), room) or [""]
    lines: list[Line] = [
        [(f"  {mark} ", style), (f"{when:<6} ", "quiet"), (f"{rows[0]:<{room}} ", ""), (right, "quiet")],
        *([(" " * 11 + row, "")] for row in rows[1:]),
    ]
    lines += wrapped(" · ".join(_details(run, one, item)), width, " " * 11, "quiet")
    if one.note:
        lines += wrapped(one.note, width, " " * 13, "quiet", " " * 11 + "→ ")
    return lines


def _gone_lines(run: Run, day: date, width: int) -> list[Line]:
    """What was planned for this day, and moved to another."""
    lines: list[Line] = []
    for one in run.own(run.moved_from.get(day, ())):
        to = run.language.day_of_month(one.day)
        said = msg("{item} moved to {day}", item=what(run.items[one.item], one), day=to)
        lines += wrapped(run.say(said), width, " " * 11, "quiet", f"  → {'':<7}")
    return lines


def what(item: PlanItem, one: Occurrence) -> str:
    """What happens, and how many of it."""
    name = item.what or one.item
    return f"{name} ({item.count}×)" if item.count is not None and item.count > 1 else name


def _month(day: date) -> Message:
    return MONTHS[day.month - 1]


def _details(run: Run, one: Occurrence, item: PlanItem) -> Iterable[str]:
    project = run.dossier.project
    channels = (project.strategy.channels if project.strategy else None) or {}
    themes = (project.concept_test.themes if project.concept_test else None) or {}
    yield one.item
    if item.channel:
        channel = channels.get(item.channel)
        yield (channel.name if channel else None) or item.channel
    if item.place:
        yield item.place
    if item.theme:
        theme = themes.get(item.theme)
        yield (theme.title if theme else None) or item.theme
    if item.asks:
        yield run.say(msg("asks {whom}", whom=item.asks))
    if one.moved:
        yield run.say(msg("moved from {day}", day=run.language.day_of_month(one.planned_for)))
    elif one.instead_of:
        yield run.say(msg("instead of {day}", day=run.language.day_of_month(one.instead_of)))


# -- a week -----------------------------------------------------------------------------------------------------------


def week_lines(run: Run, day: date, width: int) -> list[Line]:
    """One week, day by day, and the hours that it takes."""
    first = monday(day)
    lines = [_head(run, day)]
    for number in range(7):
        here = first + timedelta(number)
        found = run.own(run.schedule.on(here))
        away = _gone_lines(run, here, width)
        if not found and not away and not _expects_something(run, here):
            continue
        lines += [[], _day_line(run, here)]
        for one in found:
            lines += item_lines(run, one, width)
        lines += away
        if not found and not away:
            lines += wrapped(run.say(_nothing(run, here)), width, "  ", "quiet")
    if not any(run.own(run.schedule.in_week(day))) and run.person is not None:
        said = msg("Nothing for {person} in this week.", person=run.dossier.name(run.person))
        lines += [[], *wrapped(run.say(said), width, "  ", "quiet")]
    return [*lines, *_hours_lines(run, first, width)]


def _expects_something(run: Run, day: date) -> bool:
    """Whether a day is worth a line though nothing is planned: a working day, or one that is off for a reason."""
    return (
        run.person is None
        and day in run.schedule.days
        and run.schedule.days_off.get(day) is not DayOff.NOT_A_WORKING_DAY
    )


def _hours_lines(run: Run, week: date, width: int) -> list[Line]:
    shown = week_loads(run, week)
    if not shown:
        return []
    language = run.language
    lines: list[Line] = [[], [(run.say(msg("Hours")), "title")]]
    for load in shown:
        who = textwrap.shorten(plain(run.dossier.name(load.person)), 12, placeholder="…")
        planned = round(float(load.planned), 2)
        if load.available is None:
            said = msg("{planned:number} hours (available: not said)", planned=planned)
        elif load.monthly:
            said = msg(
                "{planned:number} of {available:number} hours in {month}",
                planned=planned,
                available=float(load.available),
                month=language.say(_month(load.start)),
            )
        else:
            said = msg("{planned:number} of {available:number} hours", planned=planned, available=float(load.available))
        lines.append(
            [
                (f"  {who:<12} ", ""),
                *_bar(load, BAR if width >= 70 else SHORT_BAR),
                ("  " + run.say(said), "bad" if load.over else "quiet"),
            ]
        )
    return lines


def _bar(load: Load, length: int) -> Line:
    if load.available is None:
        return [(" " * length, "")]
    full = min(Fraction(1), load.planned / load.available) if load.available else Fraction(1)
    filled = round(float(full) * length) or int(load.planned > 0)
    return [("█" * filled, "bad" if load.over else "good"), ("░" * (length - filled), "quiet")]


def week_loads(run: Run, week: date) -> list[Load]:
    """Everyone's hours in a week; in the month of its first day in the run for whoever has hours a month."""
    first_day = max(week, run.schedule.days[0])
    return [
        load
        for load in run.loads
        if load.start == (first_day.replace(day=1) if load.monthly else week) and run.person in {None, load.person}
    ]


# -- the run ----------------------------------------------------------------------------------------------------------


def run_lines(run: Run, width: int) -> list[Line]:
    """The whole run on one screen: a row for each week, a mark for each day."""
    schedule, language = run.schedule, run.language
    name = run.dossier.project.name or run.say(msg("A community without a name yet"))
    period = msg("{first} to {last}", first=language.day(schedule.days[0]), last=language.day(schedule.days[-1]))
    who = f" · {run.dossier.name(run.person)}" if run.person else ""
    lines: list[Line] = [[(name, "title"), (who, "quiet")], [(run.say(period), "quiet")], []]
    weekdays = sorted({day.weekday() for day in schedule.days if _shown(run, day)})
    heads = "  ".join(language.weekday(schedule.weeks[0] + timedelta(number))[:2] for number in weekdays)
    done_title, hours_title = run.say(msg("done")), run.say(msg("hours"))
    lines.append([(f"{'':<12}{heads}   {done_title:>9} {hours_title:>8}", "quiet")])
    for number, week in enumerate(schedule.weeks, 1):
        found = run.own(schedule.in_week(week))
        row: list[tuple[str, str]] = [
            (f"{number:>3} ", "title"),
            (f"{week.day:>2} {language.say(_month(week))[:3]}  ", "quiet"),
        ]
        for weekday in weekdays:
            sign, style = _sign(run, week + timedelta(weekday))
            row.append((f"{sign:<4}", style))
        done = sum(one.status is Status.DONE for one in found)
        minutes = sum(one.minutes or 0 for one in found)
        over = any(load.over and not load.monthly for load in week_loads(run, week))
        hours = language.number(round(minutes / 60, 1), 1)
        row += [(f" {f'{done}/{len(found)}':>9} ", "quiet"), (f"{hours:>8}", "bad" if over else "quiet")]
        lines.append(row)
    lines += [[], *wrapped(run.say(_tally(run)), width), *wrapped(run.say(_LEGEND), width, style="quiet")]
    return lines


_LEGEND = msg("✓ done  – skipped  ○ open  → moved away  · nothing planned  2 several, mixed")


def _shown(run: Run, day: date) -> bool:
    return run.schedule.days_off.get(day) is not DayOff.NOT_A_WORKING_DAY or bool(run.schedule.on(day))


def _sign(run: Run, day: date) -> tuple[str, str]:
    found = run.own(run.schedule.on(day))
    if not found and run.own(run.moved_from.get(day, ())):
        return "→", "quiet"
    if not found:
        # Nobody does something every day: a gap is one in the plan of all.
        gap = run.person is None and day in run.schedule.working_days
        return ("·", "warn") if gap else (" ", "")
    statuses = {one.status for one in found}
    if len(statuses) == 1:
        return MARKS[statuses.pop()]
    return str(len(found)), MARKS[Status.OPEN][1] if Status.OPEN in statuses else "warn"


def _tally(run: Run) -> Message:
    found = run.own(run.schedule.occurrences)
    counts = {status: sum(one.status is status for one in found) for status in Status}
    return msg(
        "{done} of {planned} done, {skipped} skipped, {open} open; {moved} moved to another day.",
        planned=len(found),
        done=counts[Status.DONE],
        skipped=counts[Status.SKIPPED],
        open=counts[Status.OPEN],
        moved=sum(one.moved for one in found),
    )


def outside_lines(run: Run, day: date, width: int) -> list[Line]:
    """A day on which the dry run is not: when it is."""
    first, last = run.schedule.days[0], run.schedule.days[-1]
    said = (
        msg("{day} is before the dry run, which lasts from {first} to {last}.", day=day, first=first, last=last)
        if day < first
        else msg("{day} is after the dry run, which lasted from {first} to {last}.", day=day, first=first, last=last)
    )
    return wrapped(run.say(said), width)


# -- as data ----------------------------------------------------------------------------------------------------------


def as_data(run: Run, found: Iterable[Occurrence]) -> list[dict[str, Any]]:
    """Occurrences for programs."""
    return [
        {
            "item": one.item,
            "what": run.items[one.item].what,
            "kind": one.kind.value if one.kind else None,
            "owner": one.owner,
            "date": str(one.day),
            "at": f"{one.at:%H:%M}" if one.at else None,
            "minutes": one.minutes,
            "planned_for": str(one.planned_for),
            "instead_of": str(one.instead_of) if one.instead_of else None,
            "status": one.status.value,
            "note": one.note,
            "channel": run.items[one.item].channel,
            "theme": run.items[one.item].theme,
            "asks": run.items[one.item].asks,
            "place": run.items[one.item].place,
        }
        for one in found
    ]


def hours_as_data(found: Iterable[Load]) -> list[dict[str, Any]]:
    """Hours planned and available, for programs."""
    return [
        {
            "person": load.person,
            "start": str(load.start),
            "per": "month" if load.monthly else "week",
            "planned": round(float(load.planned), 4),
            "available": float(load.available) if load.available is not None else None,
            "over": load.over,
        }
        for load in found
    ]
