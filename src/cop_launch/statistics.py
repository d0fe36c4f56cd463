"""Shares, the margin around them, and what they say about a threshold.

Standard library only. Shares stay whole numbers and fractions for as long as something is decided with them: 3 of 15
is exactly 20%, whatever a float makes of it. Only the bounds of an interval are floats.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, sqrt

from cop_launch.records import Record

MINIMUM_ANSWERS = 30
"""Below this many answers a share says too little, unless the group itself is small. Set here."""

SMALL_GROUP = 250
"""Below this size a known group has an interval of its own: who answered is no longer uncertain. Set here."""

PART_THAT_MATTERS = Fraction(1, 10)
"""From this part of the group on, that interval differs enough to be reckoned with. Set here."""

SETTLE_AT_MOST = 10_000
"""A number of answers in total over which `answers_to_settle` gives up: no community asks more people. Set here."""

# NormalDist().inv_cdf(0.975), written out, since importing the library's `statistics` makes every start slower.
_Z_95 = 1.959963984540054


class Share(Record):
    """So many of so many: ``Share(23, 87)`` is 23 of 87 answers.

    Raises ValueError unless 0 <= numerator <= denominator.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"not a share: {self.numerator} of {self.denominator}")

    @property
    def fraction(self) -> Fraction:
        """The share as an exact number from 0 to 1. Raises ZeroDivisionError for 0 of 0, which is no number at all."""
        return Fraction(self.numerator, self.denominator)


class Interval(Record):
    """From `low` to `high`, both included, both from 0 to 1."""

    low: float
    high: float


EVERYTHING = Interval(0.0, 1.0)
"""What is known of a share when nobody has answered: nothing."""


class Weighed(StrEnum):
    """What a share says about a threshold."""

    MET = "met"
    UNMET = "unmet"
    TOO_FEW = "too-few"
    """Too few answers to say anything, and there are people left to ask."""
    UNDECIDED = "undecided"
    """Under the threshold, but so near that more answers could change it."""


def wilson(share: Share, confidence: float = 0.95) -> Interval:
    """Wilson's score interval, without continuity correction: where the share of a large group may lie.

    Source: Newcombe (1998), Two-sided confidence intervals for the single proportion: comparison of seven methods,
    Statistics in Medicine 17:857-872, method 3; after Wilson (1927), JASA 22:209-212.

    Nobody answered: 0 to 1, since nothing is known. Holds for all answers: 0 <= low <= share <= high <= 1, and both
    bounds rise with the numerator.
    """
    if share.denominator == 0:
        return EVERYTHING
    return _score_interval(share, _z(confidence) ** 2 / share.denominator)


def wilson_finite(share: Share, population: int, confidence: float = 0.95) -> Interval:
    """The finite-population Wilson interval: where the share of these `population` people may lie.

    Whoever answered is no longer uncertain, so the interval is narrower than `wilson`, equals it when the population
    is very large, and is the share itself (as the nearest float, at both ends) when everybody answered.

    The variance of a share drawn without replacement is P(1-P)/n * (N-n)/(N-1) (Cochran, Sampling Techniques, 3rd ed.
    1977, section 3.2); put into the score interval, n becomes n(N-1)/(N-n). Source: O'Neill (2021), Mathematical
    properties and finite-population correction for the Wilson score interval.

    Raises ValueError when more people answered than there are.
    """
    n = share.denominator
    if n > population:
        raise ValueError(f"{n} answers of {population} people")
    if n == 0:
        return EVERYTHING
    if n == population:
        point = float(share.fraction)
        return Interval(point, point)
    return _score_interval(share, _z(confidence) ** 2 / n * (population - n) / (population - 1))


def wilson_of_small_group(share: Share, group_size: int | None) -> Interval | None:
    """The finite-population interval where the group is known and small, and a good part of it answered; else None.

    None too when everybody answered, for then there is nothing to reckon.
    """
    if group_size is None or group_size >= SMALL_GROUP:
        return None
    if not PART_THAT_MATTERS * group_size <= share.denominator < group_size:
        return None
    return wilson_finite(share, group_size)


def _score_interval(share: Share, w: float) -> Interval:
    """Both roots of (p - x)^2 = w * x(1-x) in x; `w` is z squared over the (effective) number of answers."""
    yes = share.numerator / share.denominator
    no = (share.denominator - share.numerator) / share.denominator
    return Interval(_lower_root(yes, w), 1.0 - _lower_root(no, w))


def _lower_root(p: float, w: float) -> float:
    # The usual form subtracts two nearly equal numbers; this one is the same root without a subtraction, so that 0
    # of n has 0 as its bound, exactly.
    return 2 * p * p / (2 * p + w + sqrt(w * (w + 4 * p * (1 - p)))) if p else 0.0


def _z(confidence: float) -> float:
    if confidence == 0.95:
        return _Z_95
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + confidence) / 2)


def minimum_answers(group_size: int | None) -> int:
    """How many answers are needed before a share may be weighed: 30, or half of a known smaller group, at least one."""
    if group_size is None:
        return MINIMUM_ANSWERS
    return max(1, min(MINIMUM_ANSWERS, (group_size + 1) // 2))


def reaches(share: Share, threshold: Fraction) -> bool:
    """Whether the share is at or over the threshold, compared in whole numbers. Nobody answered: no."""
    if share.denominator == 0:
        return False
    return share.numerator * threshold.denominator >= threshold.numerator * share.denominator


def weigh(share: Share, threshold: Fraction, minimum: int, left_to_ask: bool, group_size: int | None = None) -> Weighed:
    """What the answers so far say about a threshold.

    * fewer answers than `minimum`, and people left to ask: too few, never met and never unmet
    * at or over the threshold: met
    * under it: unmet when even the upper bound of Wilson's 95% interval is under it, in a small group of known size
      that of the finite-population interval, or when nobody is left to ask; undecided otherwise

    When nobody is left to ask, everyone has spoken and the minimum holds nobody up. No answers at all are too few.
    """
    if share.denominator == 0 or (share.denominator < minimum and left_to_ask):
        return Weighed.TOO_FEW
    if reaches(share, threshold):
        return Weighed.MET
    interval = wilson_of_small_group(share, group_size) or wilson(share)
    if not left_to_ask or interval.high < threshold:
        return Weighed.UNMET
    return Weighed.UNDECIDED


def answers_to_settle(share: Share, threshold: Fraction, group_size: int | None = None) -> int | None:
    """How many more answers would settle it, if people go on answering in this same proportion.

    Settled means that the threshold lies outside the 95% interval. For a share p of n answers and a threshold t that
    is n(p-t)^2 > z^2 t(1-t) for Wilson's. In a small group of N people (`wilson_of_small_group`) n(N-1)/(N-n) takes
    the place of n. So the smallest such n is found without trying; p is the exact share, not rounded to whole people
    at the new n. 0 when it is settled already. Says nothing about the minimum of answers.

    None when no number of answers would do it: nobody has answered yet, the share is exactly at the threshold, or it
    takes everybody in the group or more people than `SETTLE_AT_MOST`.
    """
    n = share.denominator
    if n == 0 or share.fraction == threshold:
        return None
    large = Fraction(_Z_95) ** 2 * threshold * (1 - threshold) / (share.fraction - threshold) ** 2
    needed = floor(large) + 1
    if group_size is not None and group_size < SMALL_GROUP:
        in_group = floor(large * group_size / (group_size - 1 + large)) + 1
        needed = min(needed, max(in_group, ceil(PART_THAT_MATTERS * group_size)))
    if needed <= n:
        return 0
    at_most = SETTLE_AT_MOST if group_size is None else min(group_size - 1, SETTLE_AT_MOST)
    return needed - n if needed <= at_most else None
