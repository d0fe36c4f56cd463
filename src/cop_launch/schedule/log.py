"""What came of an item, on its way into the log: which occurrence is meant, and whether that can be recorded.

The rules by which the log is read are those of `schedule.days`; nothing is written here that they would not understand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from cop_launch.findings import Exit, Refused, did_you_mean
from cop_launch.locales import msg
from cop_launch.model.plan import Plan
from cop_launch.schedule.days import Occurrence, Schedule, Status

NEAREST = 3
"""How many days a refusal names on which the item does fall."""


def open_until(schedule: Schedule, day: date, person: str | None = None) -> tuple[Occurrence, ...]:
    """What the log says nothing of yet, up to and including a day; of one person, or of all."""
    return tuple(
        found
        for found in schedule.occurrences
        if found.status is Status.OPEN and found.day <= day and person in {None, found.owner}
    )


def meant(plan: Plan | None, schedule: Schedule, item: str, day: date | None, today: date) -> Occurrence:
    """The occurrence of an item that people mean.

    With a day: the one planned for it; the day to which it moved, or the day off from which the plan moved it, will do.
    Without: today's that is open, else the latest open one before today. Raises `Refused` when there is none, or when
    the log says already what came of it.
    """
    items = (plan.items if plan else None) or {}
    if item not in items:
        names = ", ".join([*list(items)[:12], *(["…"] if len(items) > 12 else [])])
        hint = did_you_mean(item, items) or (msg("choose from {names}", names=names) if names else None)
        raise Refused(msg("there is no '{item}' in plan.items", item=item), hint, Exit.USAGE, "unknown-item")
    own = [found for found in schedule.occurrences if found.item == item]
    if not own:
        hint = msg("`coplaunch check` tells what is wrong with its days")
        raise Refused(msg("'{item}' falls on no day of the dry run", item=item), hint, Exit.NO, "not-planned")
    if day is not None:
        return _still_open(_on(own, item, day))
    waiting = [found for found in own if found.status is Status.OPEN]
    if not waiting:
        raise Refused(
            msg("the log says already what came of every '{item}'", item=item),
            msg("to correct it, change its line under `plan.log`"),
            Exit.NO,
            "logged-already",
        )
    due = [found for found in waiting if found.day <= today]
    if not due:
        raise Refused(
            msg("the next '{item}' is on {day}, and that is still to come", item=item, day=waiting[0].day),
            msg("add --date {day} to record it already", day=str(waiting[0].planned_for)),
            Exit.NO,
            "still-to-come",
        )
    return due[-1]


def _on(own: list[Occurrence], item: str, day: date) -> Occurrence:
    for days in (
        {found.planned_for: found for found in own},
        {found.day: found for found in own},
        {found.instead_of: found for found in own},
    ):
        if day in days:
            return days[day]
    nearest = sorted(sorted(own, key=lambda found: abs((found.planned_for - day).days))[:NEAREST], key=_planned_for)
    raise Refused(
        msg("'{item}' does not fall on {day}", item=item, day=day),
        msg("it falls on {days:list}", days=[str(found.planned_for) for found in nearest]),
        Exit.USAGE,
        "not-on-that-day",
    )


def _planned_for(found: Occurrence) -> date:
    return found.planned_for


def _still_open(found: Occurrence) -> Occurrence:
    if found.status is Status.OPEN:
        return found
    values = {"item": found.item, "day": found.planned_for}
    said = (
        msg("'{item}' of {day} is in the log already: done", **values)
        if found.status is Status.DONE
        else msg("'{item}' of {day} is in the log already: skipped", **values)
    )
    raise Refused(said, msg("to correct it, change its line under `plan.log`"), Exit.NO, "logged-already")


def done(found: Occurrence, note: str = "") -> dict[str, Any]:
    """The entry that it happened."""
    return _entry(found, done=True, note=note)


def skipped(found: Occurrence, because: str, note: str = "") -> dict[str, Any]:
    """The entry that it did not happen, and why. Raises `Refused` without a reason."""
    if not because.strip():
        hint = msg("add --because with a few words; the dry-run report tells what came of the plan")
        raise Refused(msg("what is skipped needs a reason"), hint, Exit.USAGE, "no-reason")
    return _entry(found, skipped=because.strip(), note=note)


def moved(found: Occurrence, to: date | None, note: str = "") -> dict[str, Any]:
    """The entry that it moved to another day. Raises `Refused` without one."""
    if to is None:
        hint = msg("add --to with the day, such as --to {day}", day=str(found.day))
        raise Refused(msg("what is moved needs a day to move to"), hint, Exit.USAGE, "no-day")
    if to == found.day:
        hint = msg("choose another day with --to")
        raise Refused(msg("'{item}' is on {day} already", item=found.item, day=to), hint, Exit.USAGE, "no-move")
    return _entry(found, moved_to=to, note=note)


def _entry(found: Occurrence, *, note: str, **result: Any) -> dict[str, Any]:
    entry = {"item": found.item, "date": found.planned_for, **result}
    return {**entry, "note": note.strip()} if note.strip() else entry
