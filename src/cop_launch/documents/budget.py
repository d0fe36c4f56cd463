"""The budget: its lines, and where the money goes, drawn with a bar for each line, the largest first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cop_launch.documents.core_group import in_words
from cop_launch.documents.drawing import drawable, fitted, on_lines, sayer, width
from cop_launch.documents.rendering import picture_templates
from cop_launch.documents.support import total
from cop_launch.gates import Dossier
from cop_launch.locales import Language
from cop_launch.model.fields import NotApplicable
from cop_launch.model.strategy import Budget
from cop_launch.records import Record

PICTURE = "plans/budget.svg"

MOST_LINES = 12
"""How many lines are drawn; what is over goes into one together. Set here."""

_WIDTH, _LEFT, _RIGHT, _TOP = 480, 12, 468, 76
_BAR, _REASON, _GAP = 10, 17, 24


class BudgetRow(Record):
    """A line of the budget; `why` is the reason for a zero, or why the line does not apply."""

    line: str
    amount: Decimal | None
    why: str | None


class Money(Record):
    """A budget in short: what it comes to, and its lines with an amount, the largest first."""

    total: Decimal
    currency: str
    budget: Budget
    lines: tuple[BudgetRow, ...]
    without: tuple[BudgetRow, ...]
    """Lines of nothing, or that do not apply, in the order of the file."""
    more: int
    """How many lines are in the last one together."""

    def share(self, row: BudgetRow) -> Fraction | None:
        """The part of the total; None for a line that does not apply."""
        return None if row.amount is None else Fraction(row.amount) / Fraction(self.total)


class Bar(Record):
    """A line where it stands."""

    y: int
    name: str
    amount: str
    bar: int
    width: int | None
    """None for a line of nothing: that has its reason in words instead of a bar."""
    reasons: list[tuple[int, str]]


def budget_picture(dossier: Dossier, language: Language) -> Mapping[str, str]:
    """The picture by its path; none while no budget comes to an amount."""
    found = money(dossier)
    if found is None:
        return {}
    say = sayer(language, "pictures")
    y, bars = _TOP, []
    for row in (*found.lines, *found.without):
        bars.append(_bar(found, row, y, language))
        last = bars[-1]
        y = (last.reasons[-1][0] + 5 if last.reasons else last.bar + _BAR) + _GAP
    name = dossier.project.name
    heading = say("budget_heading", found)
    return {
        PICTURE: picture_templates().get_template("budget.svg.j2").render(
            language=language.code,
            width=_WIDTH,
            height=y - _GAP + 12,
            left=_LEFT,
            right=_RIGHT,
            thick=_BAR,
            title=f"{drawable(name)}: {heading}" if name else heading,
            description=say("budget", found),
            heading=fitted(heading, _RIGHT - _LEFT, 17, bold=True),
            subtitle=fitted(say("budget_period", found), _RIGHT - _LEFT),
            bars=bars,
        )
    }  # fmt: skip


def money(dossier: Dossier) -> Money | None:
    """What the budget comes to and where it goes; None while it comes to nothing."""
    strategy = dossier.project.strategy
    budget = strategy.budget if strategy else None
    comes_to = total(budget)
    if budget is None or comes_to is None or comes_to <= 0:
        return None
    rows = budget_lines(budget)
    lines = sorted((row for row in rows if row.amount), key=lambda row: -(row.amount or 0))
    without = [row for row in rows if not row.amount]
    more = max(0, len(lines) - MOST_LINES)
    if more:
        more += 1
        together = sum((row.amount or Decimal(0) for row in lines[-more:]), Decimal(0))
        lines = [*lines[:-more], BudgetRow("", together, None)]
    return Money(comes_to, budget.currency or "EUR", budget, tuple(lines), tuple(without), more)


def budget_lines(budget: Budget | None) -> list[BudgetRow]:
    """The lines of the budget in the order of the file."""
    rows = []
    for line, amount in ((budget.lines if budget else None) or {}).items():
        reason = ((budget.reasons if budget else None) or {}).get(line)
        if isinstance(amount, NotApplicable):
            rows.append(BudgetRow(line, None, amount.not_applicable or reason))
        else:
            rows.append(BudgetRow(line, amount, reason))
    return [BudgetRow(in_words(row.line), row.amount, row.why) for row in rows]


def _bar(found: Money, row: BudgetRow, y: int, language: Language) -> Bar:
    say = sayer(language, "pictures")
    room = _RIGHT - _LEFT
    amount = fitted(say("amount_of", found, row), room / 2)
    name = fitted(say("line_of", found, row), room - width(amount) - 12, 13)
    share = found.share(row)
    if share:
        return Bar(y, name, amount, y + 7, max(2, int(room * share)), [])
    reasons = on_lines(say("reason_of", row), room, 2)
    return Bar(y, name, amount, y, None, [(y + _REASON * (at + 1), line) for at, line in enumerate(reasons)])
