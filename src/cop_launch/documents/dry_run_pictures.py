"""The dry run drawn: the run as a calendar, and hours beside the hours there are. SVG, readable in light and dark.

The geometry is worked out here, in whole pixels; the templates write it down, and escape every word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from cop_launch.documents.drawing import drawable, fitted, on_lines
from cop_launch.documents.planned import KINDS, Planned
from cop_launch.documents.rendering import KEPT, picture_templates
from cop_launch.gates import Dossier
from cop_launch.locales import Language, msg
from cop_launch.model.plan import ItemKind
from cop_launch.records import Record
from cop_launch.schedule.days import DayOff, Schedule, Status
from cop_launch.schedule.fit import Load

PICTURE = "plans/dry-run.svg"
WORKLOAD = "plans/workload.svg"

MOST_IN_A_CELL = 4
"""How many items of a day are drawn; the others are counted. Set here."""

_MARKS = {Status.DONE: "✓ ", Status.SKIPPED: "– ", Status.OPEN: ""}
_DAYS_OFF = {
    DayOff.HOLIDAY: msg("holiday"),
    DayOff.QUIET: msg("quiet day"),
    DayOff.VACATION: msg("vacation"),
}


def pictures(
    dossier: Dossier, found: tuple[Planned, ...], by_person: Mapping[str, Sequence[Load]], language: Language
) -> dict[str, str]:
    """Both pictures of what is planned, by their path; none while there is nothing to draw."""
    if not dossier.schedule.days or not found:
        return {}
    return {PICTURE: _calendar(dossier, found, language), WORKLOAD: _workload(dossier, by_person, language)}


def _name(dossier: Dossier, language: Language) -> str:
    return drawable(dossier.project.name or language.say(msg("A community without a name yet")))


# -- the run as a calendar --------------------------------------------------------------------------------------------


class Mark(Record):
    """An item in a day: its bar, its words, and everything about it for who asks."""

    x: int
    y: int
    kind: str
    status: str
    height: int
    lines: list[tuple[int, str]]
    """Each with where it stands."""
    full: str


class Cell(Record):
    """A day."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    """`day`, `off`, or `gap` for a working day with nothing on it."""
    label: str


class Row(Record):
    """A week: its label, its day cells, what is in them."""

    y: int
    week: str
    start: str
    cells: list[Cell]
    marks: list[Mark]


_LEFT, _TOP, _DAY, _LINE, _GAP = 100, 104, 160, 18, 4
_WORDS = _DAY - 6 - 12 - 4
"""The room for words in a cell, beside the bar of the item."""
_KIND, _LEGEND = 180, 130
"""What a kind of item takes in the legend, and what the signs take behind them."""


def _calendar(dossier: Dossier, found: tuple[Planned, ...], language: Language) -> str:
    schedule = dossier.schedule
    by_day: defaultdict[date, list[Planned]] = defaultdict(list)
    for one in found:
        by_day[one.occurrence.day].append(one)
    weekdays = sorted(
        {day.weekday() for day in schedule.days if schedule.days_off.get(day) is not DayOff.NOT_A_WORKING_DAY}
        | {day.weekday() for day in by_day}
    )
    gone = {one.occurrence.planned_for: one.occurrence.day for one in found if one.occurrence.moved}
    y, rows = _TOP, []
    for number, week in enumerate(schedule.weeks, 1):
        days = [week + timedelta(weekday) for weekday in weekdays]
        most = max(2, *(min(len(by_day.get(day, ())), MOST_IN_A_CELL + 1) for day in days))
        height = most * _LINE + 8
        rows.append(
            Row(
                y,
                language.say(msg("week {n}", n=number)),
                language.day_of_month(max(week, schedule.days[0])),
                [
                    Cell(_LEFT + at * _DAY, y, _DAY - 6, height, *_said_of(schedule, day, by_day, gone, language))
                    for at, day in enumerate(days)
                ],
                [mark for at, day in enumerate(days) for mark in _marks(by_day.get(day, []), at, y, language)],
            )
        )
        y += height + _GAP
    tally = schedule.tally()
    first, last = schedule.days[0], schedule.days[-1]
    wide = _LEFT + max(len(weekdays) * _DAY + 12, len(ItemKind) * _KIND + _LEGEND)
    return picture_templates().get_template("dry-run.svg.j2").render(
        language=language.code,
        width=wide,
        height=y + 8,
        title=_name(dossier, language),
        heading=fitted(_name(dossier, language), wide - 24, 17, bold=True),
        subtitle=language.say(msg("Dry run, {first} to {last}", first=first, last=last)),
        description=language.say(
            msg(
                "{planned} items in {weeks} weeks, a row for each week and a column for each day: {done} done, "
                "{skipped} skipped, {open} open.",
                planned=tally.planned,
                weeks=len(schedule.weeks),
                done=tally.done,
                skipped=tally.skipped,
                open=tally.open,
            )
        ),
        weekdays=[
            (_LEFT + at * _DAY, language.weekday(schedule.weeks[0] + timedelta(weekday)))
            for at, weekday in enumerate(weekdays)
        ],
        kinds=[
            (_LEFT + at * _KIND, kind.value, language.say(KINDS[kind])) for at, kind in enumerate(ItemKind)
        ],
        legend=language.say(msg("✓ done  – skipped")),
        rows=rows,
    )  # fmt: skip


def _said_of(
    schedule: Schedule, day: date, by_day: Mapping[date, list[Planned]], gone: Mapping[date, date], language: Language
) -> tuple[str, str]:
    """What kind of day it is, and what to say of it where nothing is on."""
    if by_day.get(day):
        return "day", ""
    off = schedule.days_off.get(day)
    if off is not None or day < schedule.days[0] or day > schedule.days[-1]:
        return "off", language.say(_DAYS_OFF[off]) if off in _DAYS_OFF else ""
    return ("day", f"→ {language.day_of_month(gone[day])}") if day in gone else ("gap", "")


def _marks(found: list[Planned], at: int, y: int, language: Language) -> list[Mark]:
    """What is drawn of a day."""
    if not found:
        return []
    x = _LEFT + at * _DAY + 4
    day = f"{language.weekday(found[0].occurrence.day)} {language.day_of_month(found[0].occurrence.day)}"
    shown = found if len(found) <= MOST_IN_A_CELL + 1 else found[:MOST_IN_A_CELL]
    marks = []
    for number, one in enumerate(shown):
        occurrence = one.occurrence
        what = f"{language.clock(occurrence.at)} {one.what}" if occurrence.at else one.what
        top = y + 4 + number * _LINE
        words = _in_a_cell(_MARKS[occurrence.status] + what, 2 if len(shown) == 1 else 1)
        marks.append(
            Mark(
                x,
                top,
                occurrence.kind.value if occurrence.kind else "other",
                occurrence.status.value,
                len(words) * _LINE - 3,
                [(top + 12 + line * _LINE, text) for line, text in enumerate(words)],
                f"{day}: {drawable(f'{what}, {one.owner}' if one.owner else what)}",
            )
        )
    if len(shown) < len(found):
        more = language.say(msg("and {n} more", n=len(found) - len(shown)))
        top = y + 4 + len(shown) * _LINE
        marks.append(Mark(x, top, "other", "open", _LINE - 3, [(top + 12, more)], more))
    return marks


@lru_cache(KEPT)  # an item stands in many cells
def _in_a_cell(words: str, most: int) -> tuple[str, ...]:
    return tuple(on_lines(words, _WORDS, most))


# -- hours ------------------------------------------------------------------------------------------------------------


class Bar(Record):
    """The hours of a week or month."""

    x: int
    y: int
    width: int
    height: int
    over: bool
    full: str


class Strip(Record):
    """A person: everything planned, beside a line at the hours that there are."""

    y: int
    name: str
    has: str
    line: int | None
    """Where the line of the available hours is; None when nobody wrote them down."""
    base: int
    bars: list[Bar]


_NAMES, _BARS, _STRIP, _TALLEST = 168, 600, 60, 40


def _workload(dossier: Dossier, by_person: Mapping[str, Sequence[Load]], language: Language) -> str:
    schedule = dossier.schedule
    strips = [
        _strip(dossier, slug, by_person[slug], 84 + number * _STRIP, language)
        for number, slug in enumerate(sorted(by_person, key=dossier.name))
    ]
    over = sum(load.over for found in by_person.values() for load in found)
    return picture_templates().get_template("workload.svg.j2").render(
        language=language.code,
        width=_NAMES + _BARS + 16,
        height=84 + len(strips) * _STRIP + 8,
        left=_NAMES,
        right=_NAMES + _BARS,
        title=_name(dossier, language),
        heading=fitted(_name(dossier, language), _NAMES + _BARS - 8, 17, bold=True),
        subtitle=language.say(
            msg("Hours planned and available, {first} to {last}", first=schedule.days[0], last=schedule.days[-1])
        ),
        description=language.say(
            msg(
                "A strip for each of {n} people, a bar for each week, or for each month where hours are given by the "
                "month. The line is what there is; bars over it: {over}.",
                n=len(strips),
                over=over,
            )
        ),
        available=language.say(msg("line: the hours there are")),
        strips=strips,
    )  # fmt: skip


def _strip(dossier: Dossier, slug: str, found: Sequence[Load], y: int, language: Language) -> Strip:
    schedule = dossier.schedule
    monthly, available = found[0].monthly, found[0].available
    starts = sorted({day.replace(day=1) for day in schedule.days}) if monthly else list(schedule.weeks)
    at = {start: number for number, start in enumerate(starts)}
    planned = [load.planned for load in found]
    most = max(planned + ([available] if available is not None else []))
    scale = Fraction(_TALLEST) / most if most else Fraction(0)
    base = y + _STRIP - 10
    bars = []
    for load, amount in zip(found, planned, strict=True):
        left, right = (_BARS * (at[load.start] + step) // len(starts) for step in (0, 1))
        tall = int(amount * scale)
        width = max(1, right - left - (2 if right - left > 4 else 0))
        full = drawable(f"{dossier.name(slug)}, {_said_of_hours(load.start, amount, available, language)}")
        bars.append(Bar(_NAMES + left, base - tall, width, tall, load.over, full))
    return Strip(
        y,
        fitted(dossier.name(slug), _NAMES - 24),
        _has(available, monthly, language),
        base - int(available * scale) if available is not None else None,
        base,
        bars,
    )


@lru_cache(KEPT)  # who shares the work has the same hours
def _said_of_hours(start: date, planned: Fraction, available: Fraction | None, language: Language) -> str:
    values = {
        "start": start,
        "planned": round(float(planned), 2),
        "available": round(float(available or 0), 2),
    }
    if available is None:
        return language.say(msg("from {start:date}: {planned:number} hours", **values))
    return language.say(msg("from {start:date}: {planned:number} of {available:number} hours", **values))


def _has(available: Fraction | None, monthly: bool, language: Language) -> str:
    if available is None:
        return language.say(msg("hours not said"))
    value = round(float(available), 2)
    if monthly:
        return language.say(msg("{hours:number} hours a month", hours=value))
    return language.say(msg("{hours:number} hours a week", hours=value))
