"""The days that options name."""

from __future__ import annotations

from datetime import date

from cop_launch.findings import Exit, Refused
from cop_launch.locales import msg


def day_of(written: str) -> date:
    """The day that an option names. Raises `Refused` where it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        hint = msg("write year, month and day: 2025-02-25")
        raise Refused(msg("'{written}' is not a date", written=written), hint, Exit.USAGE, "usage") from None


def day_or_today(written: str) -> date:
    """The same; without one, today."""
    # The one place where today's date is asked.
    return day_of(written) if written else date.today()  # noqa: DTZ011 - people decide in their own time zone
