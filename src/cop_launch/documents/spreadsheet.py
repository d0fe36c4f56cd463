"""The daily plan for a spreadsheet: one row for everything that is planned on a day.

Written so that it opens with a double click in the Excel of the people who read it. A Dutch Excel divides columns at
semicolons and an English one at commas; both take UTF-8 for what it is only when the file begins with a byte order
mark. Dates are written 2025-09-01, which every Excel reads as a date.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import StringIO

from cop_launch.documents.planned import KINDS, STATUSES, Planned, planned
from cop_launch.gates import Dossier
from cop_launch.locales import Language, Message, msg
from cop_launch.schedule.days import Status

SPREADSHEET = "plans/daily-plan.csv"

COLUMNS: tuple[Message, ...] = (
    msg("date"),
    msg("weekday"),
    msg("time"),
    msg("what"),
    msg("kind"),
    msg("owner"),
    msg("minutes"),
    msg("channel"),
    msg("theme"),
    msg("place"),
    msg("asks"),
    msg("status"),
    msg("note"),
)
_BEGINS_A_FORMULA = re.compile("""^(?=[=+@＝＋＠－-]) | (?<=[;,"])(?=[=+@＝＋＠]|[－-]\\S)""", re.VERBOSE)
"""Where a spreadsheet would read one: at the start, and behind what an Excel of another language divides columns at."""


def spreadsheet(dossier: Dossier, language: Language) -> dict[str, str]:
    """The daily plan as CSV, by its path; nothing as long as nothing is planned."""
    found = planned(dossier)
    if not found:
        return {}
    delimiter = ";" if language.code == "nl" else ","

    def written(cells: Iterable[str]) -> str:
        text = StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
        return text.getvalue()

    # A large plan has thousands of rows, of some hundred days and items: what a day or an item is, is written once.
    days: dict[date, str] = {}
    items: dict[str, str] = {}
    rows = [written(language.say(column) for column in COLUMNS)]
    for one in found:
        day, item = one.occurrence.day, one.occurrence.item
        if day not in days:
            days[day] = written((day.isoformat(), language.weekday(day))).removesuffix("\n") + delimiter
        if not one.usual:
            rows.append(days[day] + written(_what(one, language)))
            continue
        if item not in items:
            items[item] = written(_what(one, language))
        rows.append(days[day] + items[item])
    return {SPREADSHEET: "\N{BYTE ORDER MARK}" + "".join(rows)}


def _what(one: Planned, language: Language) -> list[str]:
    """The cells behind those that say the day."""
    occurrence = one.occurrence
    moved = occurrence.moved and occurrence.status is Status.OPEN
    return [
        f"{occurrence.at:%H:%M}" if occurrence.at else "",
        as_text(one.what),
        language.say(KINDS[occurrence.kind]) if occurrence.kind else "",
        as_text(one.owner),
        "" if occurrence.minutes is None else str(occurrence.minutes),
        as_text(one.channel),
        as_text(one.theme),
        as_text(one.place),
        as_text(one.asks),
        language.say(msg("moved") if moved else STATUSES[occurrence.status]),
        as_text(one.note),
    ]


def as_text(written: str) -> str:
    """A text on one line that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.

    Everything stays readable: `- call Joost` and `@marloes` stand behind it as they are, and `€ 5,-` has none.
    """
    return _BEGINS_A_FORMULA.sub("'", written)
