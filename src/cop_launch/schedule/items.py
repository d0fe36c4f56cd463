"""A plan item as people write it, read as a recurrence."""

from __future__ import annotations

from datetime import date

from cop_launch.findings import Finding, KeyPath, Severity
from cop_launch.locales import Message, msg
from cop_launch.model.plan import Nth, PlanItem, Weekday
from cop_launch.schedule.recurrence import Recurrence, Unit, read_interval

WEEKDAY_NUMBER = {weekday: number for number, weekday in enumerate(Weekday)}
"""Monday is 0, as everywhere in Python's calendar."""

_NTH = {Nth.FIRST: 1, Nth.SECOND: 2, Nth.THIRD: 3, Nth.FOURTH: 4, Nth.LAST: -1}


def read_item(slug: str, item: PlanItem, run_first: date) -> tuple[Recurrence | None, tuple[Finding, ...]]:
    """On which days an item falls, and what is wrong with how it is written.

    An item happens once, on its `date`, or comes back `every` so often from its `from` day, or else from the first day
    of the run. None when it is not said on which days: a `week`, `month` or `year` needs a `day` or a `from`.
    """
    findings: list[Finding] = []

    def found(code: str, message: Message, hint: Message, key: str | None = None, warning: bool = False) -> None:
        path: KeyPath = ("plan", "items", slug) if key is None else ("plan", "items", slug, key)
        findings.append(Finding(code, message, path, Severity.WARNING if warning else Severity.ERROR, hint))

    for key, number in (("times", item.times), ("count", item.count)):
        if number == 0:
            found(
                "never",
                msg("0 times is never, so '{item}' does not happen.", item=slug),
                msg("Write 1 or more, or remove the item."),
                key,
            )
    minutes = (item.minutes or 0) * (1 if item.count is None else item.count)
    if minutes > 24 * 60:
        found(
            "more-than-a-day",
            msg("'{item}' takes {hours:number} hours in one day.", item=slug, hours=round(minutes / 60, 2)),
            msg("A day has 24; `minutes` is the time of the owner, each time."),
            "minutes",
        )
    if item.date is not None:
        if item.every is not None:
            found(
                "once-or-recurring",
                msg("'{item}' happens once, on its date, or it comes back; it can't do both.", item=slug),
                msg("Remove 'date' or 'every'."),
                "every",
            )
        return Recurrence(item.date, times=1), tuple(findings)

    interval = read_interval(item.every) if item.every is not None else None
    if item.every is not None and interval is None:
        found(
            "unknown-interval",
            msg("'{written}' does not say how often.", written=item.every),
            msg("Write day, week, month or year, with a number before it if it is more than one: 2 weeks."),
            "every",
        )
        return None, tuple(findings)

    every, unit = interval or (1, Unit.DAY)
    weekdays = tuple(sorted({WEEKDAY_NUMBER[day] for day in item.day or ()}))
    if item.nth is not None and (unit is not Unit.MONTH or len(weekdays) != 1):
        found(
            "which-weekday",
            msg("'nth' says which weekday of the month '{item}' falls on, so it needs a month and one day.", item=slug),
            msg("Write 'every: month' and one 'day', or remove 'nth'."),
            "nth",
        )
    elif unit is Unit.MONTH and weekdays and item.nth is None:
        found(
            "which-weekday",
            msg("'{item}' does not say which such day of the month it falls on.", item=slug),
            msg("Add 'nth': first, second, third, fourth or last."),
            "day",
        )
    elif unit is Unit.YEAR and weekdays:
        found(
            "which-weekday",
            msg("'{item}' comes back every year, on a date: a day of the week says nothing then.", item=slug),
            msg("Write the first date as 'from', and remove 'day'."),
            "day",
        )
    if item.from_ is not None and item.until is not None and item.until < item.from_:
        found(
            "ends-before-it-starts",
            msg(
                "'{item}' ends on {until}, before it starts on {first}.", item=slug, until=item.until, first=item.from_
            ),
            msg("Correct 'from' or 'until'."),
            "until",
        )
    if interval is None or (unit is not Unit.DAY and not weekdays and item.from_ is None):
        found(
            "item-without-day",
            msg("'{item}' does not say on which days it falls, so it is not in the schedule.", item=slug),
            msg("Give it a 'date', or 'every' with a 'day' or a 'from'."),
            warning=True,
        )
        return None, tuple(findings)
    if any(finding.code == "which-weekday" for finding in findings):
        return None, tuple(findings)
    rule = Recurrence(
        first=item.from_ or run_first,
        every=every,
        unit=unit,
        weekdays=weekdays,
        nth=_NTH[item.nth] if item.nth is not None else None,
        times=item.times,
        until=item.until,
        except_dates=frozenset(item.except_ or ()),
    )
    return rule, tuple(findings)
