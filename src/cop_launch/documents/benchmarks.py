"""What others found, to lay beside a community's own figures; where they contradict each other, all of them.

Each counted in its own way, in other communities: these are no thresholds, and nothing is concluded from them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from cop_launch.documents.support import TAKE_PART
from cop_launch.records import Record
from cop_launch.sources import SOURCES, Source


class Benchmark(Record):
    """A published figure: one value, or from one to another. What was counted, the template says by source."""

    name: str
    low: Fraction | Decimal
    high: Fraction | Decimal | None = None

    @property
    def source(self) -> Source:
        """Who found it."""
        return SOURCES[self.name]


BENCHMARKS: dict[str, tuple[Benchmark, ...]] = {
    "members": (
        Benchmark("learning-community", Decimal(40)),
        Benchmark("garfield", Decimal(100), Decimal(200)),
    ),
    "active": (
        Benchmark("learning-community", TAKE_PART),
        Benchmark("participation", Fraction(10, 100)),
        Benchmark("cultivating", Fraction(25, 100), Fraction(35, 100)),
    ),
    "answered": (
        Benchmark("newcomers", Fraction(61, 100)),
        Benchmark("garfield", Fraction(1)),
    ),
    "first_reply_hours": (Benchmark("garfield", Decimal(24)),),
    "replies_per_question": (Benchmark("hard-work", Decimal(10)),),
    "started_by_members": (Benchmark("feverbee", Fraction(50, 100)),),
}
"""By the figure of a review beside which they stand."""
